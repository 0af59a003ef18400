import { expect, test } from 'vitest';
import type { ModelJoin } from '@/api/types';
import { diagramOf, NODE_HEAD, NODE_WIDTH } from './diagram';

const join = (left: string, right: string, column = 'id'): ModelJoin => ({
  left: { table: left, column },
  right: { table: right, column },
  cardinality: 'many_to_one',
  match_ratio: 1,
  orphans: 0,
});

test('what is pointed to stands to the right of what points to it', () => {
  const { nodes, edges } = diagramOf(['items'], [join('items', 'orders'), join('orders', 'customers')]);
  const x = Object.fromEntries(nodes.map((node) => [node.table, node.x]));
  expect(x.items).toBe(0);
  expect(x.orders).toBeGreaterThan(NODE_WIDTH);
  expect(x.customers).toBeGreaterThan(x.orders ?? 0);
  expect(edges).toHaveLength(2);
});

test('tables of one column do not overlap', () => {
  const { nodes, height } = diagramOf(['a'], [join('a', 'b', 'x'), join('a', 'c', 'y')]);
  const column = nodes.filter((node) => node.x > 0).sort((one, other) => one.y - other.y);
  expect(column.map((node) => node.table)).toEqual(['b', 'c']);
  expect(column[1]?.y).toBeGreaterThan((column[0]?.y ?? 0) + (column[0]?.height ?? 0));
  expect(height).toBeGreaterThan(NODE_HEAD);
});

test('joins in a circle still end', () => {
  const { nodes } = diagramOf(['a', 'b'], [join('a', 'b'), join('b', 'a', 'other')]);
  expect(nodes).toHaveLength(2);
});

test('a table without joins stands alone', () => {
  expect(diagramOf(['a'], []).nodes).toEqual([{ table: 'a', columns: [], x: 0, y: 0, height: NODE_HEAD }]);
});
