/**
 * Where the tables of the diagram stand and which way the joins run. A table stands one column to the right
 * of those whose rows point to it; positions follow from the sizes alone, so nothing is measured on screen.
 */
import type { ModelJoin } from '@/api/types';

export const NODE_WIDTH = 172;
export const NODE_HEAD = 48;
export const LINE = 24;
const GAP_X = 112;
const GAP_Y = 20;

export interface Node {
  table: string;
  /** Columns that joins use, in order. */
  columns: string[];
  x: number;
  y: number;
  height: number;
}

export interface Edge {
  join: ModelJoin;
  path: string;
  /** Place of the label. */
  x: number;
  y: number;
}

export interface Diagram {
  nodes: Node[];
  edges: Edge[];
  width: number;
  height: number;
}

export const joinKey = (join: Pick<ModelJoin, 'left' | 'right'>) =>
  `${join.left.table}.${join.left.column}=${join.right.table}.${join.right.column}`;

/** The longest way of joins that leads to each table; circles end after as many steps as there are tables. */
function levelsOf(tables: string[], joins: ModelJoin[]): Map<string, number> {
  const levels = new Map(tables.map((table) => [table, 0]));
  for (let round = 0; round < tables.length; round++) {
    let moved = false;
    for (const { left, right } of joins) {
      const level = (levels.get(left.table) ?? 0) + 1;
      if ((levels.get(right.table) ?? 0) < level && level < tables.length) {
        levels.set(right.table, level);
        moved = true;
      }
    }
    if (!moved) break;
  }
  return levels;
}

export function diagramOf(own: string[], joins: ModelJoin[]): Diagram {
  const tables = [...new Set([...own, ...joins.flatMap((join) => [join.left.table, join.right.table])])];
  const levels = levelsOf(tables, joins);
  const ranks = [...new Set(levels.values())].sort((a, b) => a - b);
  const bottoms: number[] = [];
  const nodes = tables.map((table): Node => {
    const columns = [
      ...new Set(
        joins.flatMap(({ left, right }) => [left, right].filter((side) => side.table === table).map((s) => s.column)),
      ),
    ];
    const rank = ranks.indexOf(levels.get(table) ?? 0);
    const y = bottoms[rank] ?? 0;
    const height = NODE_HEAD + columns.length * LINE;
    bottoms[rank] = y + height + GAP_Y;
    return { table, columns, x: rank * (NODE_WIDTH + GAP_X), y, height };
  });
  const byTable = new Map(nodes.map((node) => [node.table, node]));
  const edges = joins.flatMap((join): Edge[] => {
    const from = byTable.get(join.left.table);
    const to = byTable.get(join.right.table);
    if (!from || !to) return [];
    const lineOf = (node: Node, column: string) => node.y + NODE_HEAD + (node.columns.indexOf(column) + 0.5) * LINE;
    const y1 = lineOf(from, join.left.column);
    const y2 = lineOf(to, join.right.column);
    const forward = to.x > from.x;
    const same = to.x === from.x;
    const x1 = forward || same ? from.x + NODE_WIDTH : from.x;
    const x2 = forward ? to.x : to.x + NODE_WIDTH;
    const bend = same ? GAP_X / 2 : (x2 - x1) / 2;
    const path = same
      ? `M${x1},${y1} C${x1 + bend},${y1} ${x2 + bend},${y2} ${x2},${y2}`
      : `M${x1},${y1} C${x1 + bend},${y1} ${x2 - bend},${y2} ${x2},${y2}`;
    return [{ join, path, x: same ? x1 + bend * 0.75 : (x1 + x2) / 2, y: (y1 + y2) / 2 }];
  });
  return {
    nodes,
    edges,
    width: Math.max(0, ...nodes.map((node) => node.x + NODE_WIDTH)) + (edges.length > 0 ? 8 : 0),
    height: Math.max(0, ...nodes.map((node) => node.y + node.height)),
  };
}
