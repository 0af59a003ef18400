import { describe, expect, it } from 'vitest';
import { isTable, pastedFile } from './pasted';

describe('a pasted table', () => {
  it('has lines and cells', () => {
    expect(isTable('a\tb\n1\t2\n')).toBe(true);
    expect(isTable('a;b\r\n1;2')).toBe(true);
    expect(isTable('just one line, with a comma')).toBe(false);
    expect(isTable('two lines\nof prose')).toBe(false);
    expect(isTable('')).toBe(false);
  });

  it('becomes a file with the time in its name', async () => {
    const file = pastedFile('a\tb\n1\t2\n', new Date(2026, 2, 5, 9, 7));
    expect(file.name).toBe('Pasted 2026-03-05 09.07.tsv');
    expect(await file.text()).toBe('a\tb\n1\t2\n');
    expect(pastedFile('a,b\n1,2', new Date()).name).toMatch(/\.csv$/);
  });
});
