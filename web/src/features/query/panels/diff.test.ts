import { describe, expect, it } from 'vitest';
import { diffLines } from './diff';

const marked = (before: string, after: string) =>
  diffLines(before, after).map(({ kind, text }) => ({ same: ' ', removed: '-', added: '+' })[kind] + text);

describe('diffLines', () => {
  it('keeps what is the same', () => {
    expect(marked('a\nb', 'a\nb')).toEqual([' a', ' b']);
  });
  it('shows what went before what came', () => {
    expect(marked('SELECT a\nFROM t', 'SELECT b\nFROM t')).toEqual(['-SELECT a', '+SELECT b', ' FROM t']);
  });
  it('finds lines put in between and taken away at the end', () => {
    expect(marked('a\nc\nd', 'a\nb\nc')).toEqual([' a', '+b', ' c', '-d']);
  });
  it('changes as few lines as possible', () => {
    expect(marked('x\na\nb\nc', 'a\nb\nc\nx').filter((line) => line.startsWith(' '))).toHaveLength(3);
  });
  it('shows a text that comes where none was', () => {
    expect(marked('', 'a')).toEqual(['-', '+a']);
  });
});
