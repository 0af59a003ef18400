import { expect, it } from 'vitest';
import { putComputed, removeComputed, usesComputed, withComputed } from './computed';
import { EMPTY } from './reading';

const margin = { table: 'orders', name: 'margin', expression: 'amount - cost', type: 'DOUBLE' };
const orders = { name: 'orders', title: 'orders', source: 'o.csv', rows: 1, joins: [], columns: [] };

it('computed columns are columns of their table, and stay while they are used', () => {
  const reading = putComputed({ ...EMPTY, table: 'orders' }, 0, margin);
  const [table] = withComputed([orders, { ...orders, name: 'other' }], reading.computed ?? []);
  expect(table?.columns).toMatchObject([
    { table: 'orders', name: 'margin', type: 'DOUBLE', expression: 'amount - cost' },
  ]);
  expect(usesComputed(reading, margin)).toBe(false);
  const ref = { table: 'orders', column: 'margin' };
  expect(usesComputed({ ...reading, measures: [{ ...ref, aggregate: 'sum' }] }, margin)).toBe(true);
  expect(usesComputed({ ...reading, filters: [{ any_of: [{ ...ref, op: 'not_null', values: [] }] }] }, margin)).toBe(
    true,
  );
  expect(putComputed(reading, 0, { ...margin, expression: 'amount' }).computed?.[0]?.expression).toBe('amount');
  expect(removeComputed(reading, 0).computed).toEqual([]);
});
