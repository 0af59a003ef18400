import { describe, expect, it } from 'vitest';
import type { SemanticType } from '@/api/types';
import type { SchemaColumn, SchemaTable } from '../schema';
import {
  addColumn,
  addMeasure,
  changeSplit,
  countRows,
  isWhole,
  moveWithin,
  putAcross,
  removeFrom,
  sendable,
  splitsOf,
  usualShelf,
  withFreshColumns,
} from './edit';
import { EMPTY, readingOf } from './reading';
import { filterWords, measureWords, orderWords } from './words';

const column = (name: string, type: string, meaning: SemanticType, values: string[] = []): SchemaColumn => ({
  table: 'orders',
  name,
  label: name,
  type,
  meaning,
  unit: undefined,
  values: values.map((value) => ({ value, count: 1 })),
});
const amount = column('amount', 'DOUBLE', 'amount');
const price = column('price', 'DOUBLE', 'price');
const day = column('day', 'DATE', 'date');
const country = column('country', 'VARCHAR', 'country', ['Norway', 'Spain']);
const id = column('order_id', 'BIGINT', 'identifier');
const tables: SchemaTable[] = [
  { name: 'orders', title: 'orders', source: 'o.csv', rows: 1, joins: [], columns: [amount, price, day, country, id] },
];

describe('fields on shelves', () => {
  it('go where they are used to go', () => {
    expect(usualShelf(amount)).toBe('measures');
    expect(usualShelf(id)).toBe('split');
    expect(addColumn(EMPTY, 'measures', price).measures[0]?.aggregate).toBe('avg');
    expect(addColumn(EMPTY, 'measures', country).measures[0]?.aggregate).toBe('count_distinct');
  });

  it('are listed without a figure and make groups with one', () => {
    const listed = addColumn(EMPTY, 'split', country);
    expect(listed).toMatchObject({ table: 'orders', columns: [{ column: 'country' }], dimensions: [] });
    const sorted = addColumn(listed, 'sort', country);
    const grouped = addColumn(sorted, 'measures', amount);
    expect(grouped).toMatchObject({
      columns: [],
      dimensions: [{ column: 'country', grain: 'none' }],
      order: [{ by: 'dimension', index: 0 }],
    });
    expect(removeFrom(grouped, 'measures', 0)).toMatchObject({
      columns: [{ column: 'country' }],
      dimensions: [],
      order: [{ by: 'column', column: 'country' }],
    });
  });

  it('are grouped by month when they are times beside a figure', () => {
    const reading = addColumn(addColumn(EMPTY, 'measures', amount), 'split', day);
    expect(splitsOf(reading)[0]).toMatchObject({ column: 'day', grain: 'month' });
    const yearly = changeSplit(reading, 0, { grain: 'year' });
    expect(yearly.dimensions[0]?.grain).toBe('year');
  });

  it('are not put twice on one shelf', () => {
    const once = addColumn(EMPTY, 'split', country);
    expect(addColumn(once, 'split', country)).toBe(once);
  });

  it('keep conditions and orders at the figures they are of', () => {
    let reading = addMeasure(addColumn(EMPTY, 'measures', amount), countRows('orders'));
    reading = {
      ...reading,
      having: [{ measure: 1, op: 'greater', value: 5 }],
      order: [{ by: 'measure', index: 1, table: '', column: '', descending: true }],
    };
    const moved = moveWithin(reading, 'measures', 1, 0);
    expect(moved.measures[0]?.column).toBe('');
    expect(moved.having[0]?.measure).toBe(0);
    expect(moved.order[0]?.index).toBe(0);
    const first = addColumn(moved, 'measures', price, 0);
    expect(first.having[0]?.measure).toBe(1);
    const removed = removeFrom(first, 'measures', 1);
    expect(removed.having).toEqual([]);
    expect(removed.order).toEqual([]);
  });

  it('become columns of values, one group at a time', () => {
    const grouped = addColumn(addColumn(EMPTY, 'measures', amount), 'split', country);
    const across = addColumn({ ...grouped, per_group: true, limit: 3 }, 'across', day);
    expect(across.dimensions).toMatchObject([
      { column: 'country', pivot: false },
      { column: 'day', grain: 'month', pivot: true },
    ]);
    expect(across.per_group).toBe(false);
    const both = addColumn({ ...addColumn(grouped, 'split', day), per_group: true, limit: 3 }, 'across', price);
    expect(both.per_group).toBe(true);
    expect(putAcross(both, 0).per_group).toBe(true);
    expect(splitsOf(addColumn(across, 'across', country)).map((split) => split.pivot)).toEqual([true, false]);
    expect(splitsOf(putAcross(across, -1)).some((split) => split.pivot)).toBe(false);
    const sorted = addColumn(grouped, 'sort', country);
    expect(addColumn(sorted, 'across', country).order).toEqual([]);
    expect(addColumn(addColumn(EMPTY, 'split', country), 'across', day).dimensions).toEqual([]);
    const known = changeSplit(across, 1, { values: ['2025-01-01'] });
    expect(withFreshColumns(known).dimensions[1]?.values).toEqual([]);
  });

  it('leave nothing behind when the last is gone', () => {
    const reading = addColumn(addColumn(EMPTY, 'split', country), 'filters', country);
    expect(removeFrom(reading, 'split', 0)).toMatchObject({ table: '', columns: [], filters: [] });
  });
});

describe('conditions', () => {
  it('begin with the most frequent value', () => {
    expect(addColumn(EMPTY, 'filters', country).filters[0]?.any_of[0]).toMatchObject({
      op: 'equal',
      values: ['Norway'],
    });
  });

  it('that are not written to the end are not sent', () => {
    expect(isWhole({ any_of: [{ table: 'orders', column: 'day', op: 'between', values: ['2025-01-01', ''] }] })).toBe(
      false,
    );
    const reading = {
      ...EMPTY,
      filters: [{ any_of: [{ table: 'orders', column: 'amount', op: 'greater' as const, values: [] }] }],
    };
    expect(sendable(reading).filters).toEqual([]);
  });

  it('are said in words', () => {
    const is = (value: string) => ({ table: 'orders', column: 'country', op: 'equal' as const, values: [value] });
    expect(filterWords({ any_of: [is('a'), is('b')] }, tables)).toBe('is a or b');
    expect(filterWords({ any_of: [is('a'), is('b'), is('c'), is('d')], negated: true }, tables)).toBe(
      'is none of a, b, c and 1 more',
    );
  });
});

it('takes a reading of the server with what the page does not know', () => {
  const reading = readingOf({
    table: 'orders',
    measures: [{ table: 'orders', column: 'amount', aggregate: 'sum', window: 'growth', span: { start: 0, end: 1 } }],
    order: [{ index: 0 }],
    study: null,
  });
  expect(reading).toMatchObject({ study: null, dimensions: [], order: [{ by: 'measure', descending: true }] });
  expect(measureWords(reading.measures[0] ?? countRows('x'), 'orders')).toBe('growth of sum of amount');
  expect(
    orderWords(reading.order[0] ?? { by: 'measure', index: 0, table: '', column: '', descending: true }, reading),
  ).toContain('amount');
});
