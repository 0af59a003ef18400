/** Parts of a reading in the few words of a pill. */
import { cellText } from '@/lib/cells';
import type { SchemaColumn, SchemaTable } from '../schema';
import { AGGREGATES, type ColumnRef, type Filter, type Measure, OPERATORS, type Order, type Reading } from './reading';

export const columnOf = (tables: SchemaTable[], ref: ColumnRef): SchemaColumn | undefined =>
  tables.find((table) => table.name === ref.table)?.columns.find((column) => column.name === ref.column);

export const fullName = (ref: ColumnRef, main: string) =>
  ref.table === main ? ref.column : `${ref.table}.${ref.column}`;

export function measureWords(measure: Measure, main: string): string {
  if (measure.metric) return measure.metric;
  if (measure.arithmetic && measure.arithmetic !== 'none') {
    const signs: Record<string, string> = {
      difference: ' − ',
      ratio: ' ÷ ',
      percentage: ' as % of ',
      sum: ' + ',
      product: ' × ',
    };
    return (measure.operands ?? []).map((one) => measureWords(one, main)).join(signs[measure.arithmetic] ?? ' ');
  }
  const plain =
    measure.column === ''
      ? `number of ${measure.table}`
      : `${AGGREGATES[measure.aggregate]} ${fullName(measure, main)}`;
  const windows: Record<string, string> = {
    running_total: 'running ',
    change: 'change of ',
    growth: 'growth of ',
    rank: 'rank by ',
  };
  return `${windows[measure.window ?? ''] ?? ''}${plain}${measure.filters?.length ? ', filtered' : ''}`;
}

const SHOWN = 3;

export function filterWords(filter: Filter, tables: SchemaTable[]): string {
  const [first] = filter.any_of;
  if (!first) return 'anything';
  if (first.of && first.of.length > 0) return `${filter.negated ? 'not: ' : ''}${OPERATORS[first.op]} another query`;
  const column = columnOf(tables, first) ?? { name: first.column, type: 'VARCHAR' };
  const text = (value: unknown) => cellText(value, column);
  if (filter.any_of.length > 1 && filter.any_of.every((one) => one.op === 'equal')) {
    const values = filter.any_of.map((one) => text(one.values[0]));
    const more = values.length > SHOWN ? ` and ${values.length - SHOWN} more` : '';
    return `${filter.negated ? 'is none of' : 'is'} ${values.slice(0, SHOWN).join(filter.negated ? ', ' : ' or ')}${more}`;
  }
  const one = (condition: (typeof filter.any_of)[number]) => {
    if (condition.op === 'between') return `from ${text(condition.values[0])} to ${text(condition.values[1])}`;
    return [OPERATORS[condition.op], ...condition.values.slice(0, 1).map(text)].join(' ');
  };
  return `${filter.negated ? 'not: ' : ''}${filter.any_of.map(one).join(' or ')}`;
}

export function orderWords(order: Order, reading: Reading): string {
  if (order.by === 'column') return fullName(order, reading.table);
  if (order.by === 'measure') {
    const measure = reading.measures[order.index];
    return measure ? measureWords(measure, reading.table) : '';
  }
  const dimension = reading.dimensions[order.index];
  return dimension ? fullName(dimension, reading.table) : '';
}
