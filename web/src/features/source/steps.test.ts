import { describe, expect, it } from 'vitest';
import { FIELDS, isComplete, KINDS, stepInWords } from './steps';

describe('clean-up steps', () => {
  it('have a form for each kind', () => {
    expect(KINDS.map(([kind]) => kind).sort()).toEqual(Object.keys(FIELDS).sort());
  });

  it('are complete when all is said that the kind needs', () => {
    expect(isComplete({ kind: 'rename', table: 't', column: 'a' })).toBe(false);
    expect(isComplete({ kind: 'rename', table: 't', column: 'a', name: 'b' })).toBe(true);
    expect(isComplete({ kind: 'trim', table: 't' })).toBe(true);
    expect(isComplete({ kind: 'hide', table: 't', columns: [] })).toBe(false);
    expect(isComplete({ kind: 'fill', table: 't', columns: ['a'] })).toBe(false);
    expect(isComplete({ kind: 'fill', table: 't', columns: ['a'], previous: true })).toBe(true);
    expect(isComplete({ kind: 'split', table: 't', column: 'a', separator: ' ', names: ['x'] })).toBe(false);
  });

  it('read as sentences', () => {
    expect(stepInWords({ kind: 'compute', table: 't', name: 'total', expression: 'a + b' })).toBe('total = a + b');
    expect(stepInWords({ kind: 'remove_duplicates', table: 't' })).toBe('Rows equal in all columns removed');
  });
});
