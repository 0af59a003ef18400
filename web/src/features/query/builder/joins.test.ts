import { expect, it } from 'vitest';
import type { JoinEdge, TableLink } from '@/api/types';
import { needPartner, takeWay } from './joins';
import { EMPTY } from './reading';

const edge = (column: string, inner = false): JoinEdge => ({
  left: { table: 'orders', column },
  right: { table: 'customers', column: 'id' },
  inner,
  multiplies: false,
});
const link = (inner: boolean): TableLink => ({
  table: 'customers',
  path: [edge('customer_id', inner)],
  ways: [[edge('customer_id', inner)], [edge('payer_id')]],
});

it('another way takes the place of the one before, and keeps whether partners are needed', () => {
  const first = takeWay({ ...EMPTY, table: 'orders' }, link(true), [edge('payer_id')]);
  expect(first.joins).toMatchObject([{ left: { column: 'payer_id' }, inner: true }]);
  const back = takeWay(first, { ...link(false), path: [edge('payer_id')] }, [edge('customer_id')]);
  expect(back.joins).toMatchObject([{ left: { column: 'customer_id' }, inner: false }]);
});

it('partners are needed in one table, not in all, once that is said of one', () => {
  const all = { ...EMPTY, table: 'orders', matched: true };
  const other: TableLink = {
    table: 'stores',
    path: [
      {
        left: { table: 'orders', column: 'store' },
        right: { table: 'stores', column: 'id' },
        inner: true,
        multiplies: false,
      },
    ],
    ways: [],
  };
  const changed = needPartner(all, [link(true), other], link(true), false);
  expect(changed.matched).toBe(false);
  expect(changed.joins).toMatchObject([
    { right: { table: 'stores' }, inner: true },
    { right: { table: 'customers' }, inner: false },
  ]);
});
