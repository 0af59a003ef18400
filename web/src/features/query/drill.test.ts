import { describe, expect, it } from 'vitest';
import { EMPTY, type Reading } from './builder/reading';
import { rowsBehind, rowsWithin } from './drill';

const LISTED = [{ table: 'orders', column: 'id' }];
const columns = (...names: string[]) => names.map((name) => ({ name, type: 'VARCHAR' }));
const READING: Reading = {
  ...EMPTY,
  table: 'orders',
  measures: [{ table: 'orders', column: 'revenue', aggregate: 'sum' }],
  dimensions: [{ table: 'orders', column: 'country', grain: 'none' }],
  filters: [{ any_of: [{ table: 'orders', column: 'paid', op: 'equal', values: [true] }] }],
  having: [{ measure: 0, op: 'greater', value: 5 }],
  limit: 3,
};
const conditions = (drill: ReturnType<typeof rowsBehind>) =>
  'reading' in drill
    ? drill.reading.filters.map(({ any_of: [one] }) => [one?.column, one?.op, ...(one?.values ?? [])])
    : drill.reason;

describe('rowsBehind', () => {
  it('keeps the conditions, adds the group, lists the rows', () => {
    const drill = rowsBehind(READING, columns('country', 'revenue'), ['Norway', 12], LISTED);
    expect(conditions(drill)).toEqual([
      ['paid', 'equal', true],
      ['country', 'equal', 'Norway'],
    ]);
    expect(drill).toMatchObject({
      words: 'Norway',
      reading: { columns: LISTED, measures: [], dimensions: [], having: [], order: [], limit: null },
    });
  });
  it('finds the group behind a figure that stands first', () => {
    const first: Reading = { ...READING, figures_first: true };
    const drill = rowsBehind(first, columns('revenue', 'country'), [12, 'Norway'], LISTED);
    expect(conditions(drill)).toContainEqual(['country', 'equal', 'Norway']);
    expect(drill).toMatchObject({ words: 'Norway' });
  });
  it('finds rows without the value', () => {
    const drill = rowsBehind(READING, columns('country', 'revenue'), [null, 12], LISTED);
    expect(conditions(drill)).toContainEqual(['country', 'is_null']);
  });
  it.each([
    ['month', '2025-12-01', '2025-12-01', '2026-01-01'],
    ['quarter', '2025-04-01T00:00:00', '2025-04-01', '2025-07-01'],
    ['year', 2024, '2024-01-01', '2025-01-01'],
    ['week', '2025-12-29', '2025-12-29', '2026-01-05'],
    ['day', '2024-02-29', '2024-02-29', '2024-03-01'],
  ] as const)('a %s is from its first day to before the next one', (grain, value, from, to) => {
    const reading: Reading = { ...READING, dimensions: [{ table: 'orders', column: 'day', grain }] };
    expect(conditions(rowsBehind(reading, columns('day', 'revenue'), [value, 1], LISTED))).toEqual([
      ['paid', 'equal', true],
      ['day', 'greater_or_equal', from],
      ['day', 'less', to],
    ]);
  });
  it('adds the condition of a figure that has one', () => {
    const refunds = { any_of: [{ table: 'orders', column: 'state', op: 'equal' as const, values: ['refunded'] }] };
    const reading: Reading = {
      ...READING,
      measures: [{ table: 'orders', column: 'revenue', aggregate: 'sum', filters: [refunds] }],
    };
    expect(conditions(rowsBehind(reading, columns('country', 'revenue'), ['Norway', 1], LISTED))).toContainEqual([
      'state',
      'equal',
      'refunded',
    ]);
  });
  it('says why when there are none', () => {
    const weekday: Reading = { ...READING, dimensions: [{ table: 'orders', column: 'day', grain: 'weekday' }] };
    expect(rowsBehind(weekday, columns('weekday', 'n'), ['Monday', 1], LISTED)).toHaveProperty('reason');
    expect(rowsBehind({ ...READING, measures: [] }, columns('id'), [1], LISTED)).toHaveProperty('reason');
    expect(rowsBehind(READING, columns('revenue'), [1], LISTED)).toHaveProperty('reason');
  });
});

describe('rowsWithin', () => {
  const bin = { column: 1, from: 10, to: 20, closed: false };
  const listing: Reading = {
    ...READING,
    measures: [],
    dimensions: [],
    having: [],
    columns: [...LISTED, { table: 'orders', column: 'revenue' }],
  };
  it('keeps the rows of the bin, its lower end in it and its upper end not', () => {
    expect(conditions(rowsWithin(listing, columns('id', 'revenue'), bin))).toEqual([
      ['paid', 'equal', true],
      ['revenue', 'greater_or_equal', 10],
      ['revenue', 'less', 20],
    ]);
  });
  it('takes the upper end of the last bin', () => {
    expect(conditions(rowsWithin(listing, columns('id', 'revenue'), { ...bin, closed: true }))).toContainEqual([
      'revenue',
      'less_or_equal',
      20,
    ]);
  });
  it('says so when the bins are of figures', () => {
    expect(rowsWithin(READING, columns('country', 'revenue'), bin)).toHaveProperty('reason');
  });
});
