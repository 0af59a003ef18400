/** How the tables of a reading are joined, and changes of that. Pure functions. */
import type { JoinEdge, TableLink } from '@/api/types';
import type { JoinChoice, Reading } from './reading';

type Ends = Pick<JoinEdge, 'left' | 'right'>;

/** The same join, whichever side it is written from. */
const keyOf = ({ left, right }: Ends) =>
  [`${left.table}.${left.column}`, `${right.table}.${right.column}`].sort().join(' = ');

export const wayOf = (path: Ends[]) => path.map(keyOf).join(', ');

export const edgeWords = ({ left, right }: Ends) => `${left.table}.${left.column} = ${right.table}.${right.column}`;

const chosen = ({ left, right }: Ends, inner: boolean): JoinChoice => ({ left, right, inner });

const without = (joins: JoinChoice[], edges: Ends[]) => {
  const gone = new Set(edges.map(keyOf));
  return joins.filter((join) => !gone.has(keyOf(join)));
};

/** Joins the table of this link another way; whether rows need a partner stays. */
export function takeWay(reading: Reading, link: TableLink, way: JoinEdge[]): Reading {
  const inner = link.path.at(-1)?.inner === true && reading.matched !== true;
  return {
    ...reading,
    joins: [
      ...without(reading.joins ?? [], link.ways.flat()),
      ...way.map((edge, place) => chosen(edge, inner && place === way.length - 1)),
    ],
  };
}

/** Keeps all rows beside this table, or those that have a partner there. */
export function needPartner(reading: Reading, links: TableLink[], link: TableLink, needed: boolean): Reading {
  // "All tables need partners" becomes "each of the others does".
  const others = reading.matched === true ? links.filter((one) => one.table !== link.table) : [];
  const changed = [
    ...others.map((one) => ({ edge: one.path.at(-1), inner: true })),
    { edge: link.path.at(-1), inner: needed },
  ].flatMap(({ edge, inner }) => (edge ? [chosen(edge, inner)] : []));
  return { ...reading, matched: false, joins: [...without(reading.joins ?? [], changed), ...changed] };
}
