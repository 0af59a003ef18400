/** From a group of a result to the rows that it was made of. */
import type { ResultColumn } from '@/api/types';
import type { Bin } from '@/charts/types';
import type { ColumnRef, Condition, Dimension, Filter, Grain, Reading } from './builder/reading';

export type Drill = { reading: Reading; words: string } | { reason: string };

const only = (condition: Condition): Filter => ({ any_of: [condition] });

/** Months that a period has; days are counted apart. */
const MONTHS: Partial<Record<Grain, number>> = { month: 1, quarter: 3, year: 12 };
const DAYS: Partial<Record<Grain, number>> = { day: 1, week: 7 };

const PERIOD = /^(\d{4})(?:-(\d{2})-(\d{2})(?:[T ]00:00(?::00(?:\.0+)?)?)?)?$/;

/** The first day of a period and the first one after it; null when the value is no start of a period. */
function periodOf(value: unknown, grain: Grain): [string, string] | null {
  const found = PERIOD.exec(String(value));
  if (!found) return null;
  const [year, month, day] = [Number(found[1]), Number(found[2] ?? 1) - 1, Number(found[3] ?? 1)];
  const months = MONTHS[grain] ?? 0;
  const days = DAYS[grain] ?? 0;
  if (months + days === 0) return null;
  const text = (date: number) => new Date(date).toISOString().slice(0, 10);
  return [text(Date.UTC(year, month, day)), text(Date.UTC(year, month + months, day + days))];
}

function filtersOf({ table, column, grain }: Dimension, value: unknown): Filter[] | null {
  if (value === null || value === undefined) return [only({ table, column, op: 'is_null', values: [] })];
  if (grain === 'none') {
    const known = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
    return known ? [only({ table, column, op: 'equal', values: [value] })] : null;
  }
  const period = periodOf(value, grain);
  if (!period) return null;
  return [
    only({ table, column, op: 'greater_or_equal', values: [period[0]] }),
    only({ table, column, op: 'less', values: [period[1]] }),
  ];
}

/**
 * `row` is one of the result of `reading` as it was composed: groups, then figures, or figures first. `listed` are
 * the columns to show of its table.
 */
export function rowsBehind(reading: Reading, columns: ResultColumn[], row: unknown[], listed: ColumnRef[]): Drill {
  if (reading.measures.length === 0) return { reason: 'These are the rows themselves.' };
  if ((reading.absences?.length ?? 0) > 0 || (reading.others?.length ?? 0) > 0)
    return {
      reason: 'A figure here says what is not there, or is of several questions: no rows stand behind it alone.',
    };
  const groups = reading.dimensions.filter((dimension) => !dimension.hidden);
  const figures = reading.measures.filter((measure) => !measure.hidden);
  if (groups.length !== reading.dimensions.length || columns.length !== groups.length + figures.length)
    return { reason: 'The groups of this result are not all shown, so a row does not say which one it is.' };
  const filters = [...reading.filters];
  const first = reading.figures_first && !reading.per_group ? figures.length : 0;
  for (const [index, group] of groups.entries()) {
    const added = filtersOf(group, row[first + index]);
    if (!added) return { reason: `A part of “${columns[first + index]?.name}” can not be looked up as a condition.` };
    filters.push(...added);
  }
  // The conditions of a figure are of all of its rows; of several figures each has its own.
  if (figures.length === 1) filters.push(...(figures[0]?.filters ?? []));
  const words = groups.map((_, index) => String(row[first + index] ?? 'empty')).join(', ');
  return {
    reading: {
      ...reading,
      columns: listed,
      measures: [],
      dimensions: [],
      having: [],
      order: [],
      limit: null,
      per_group: false,
      distinct: false,
      filters,
    },
    words: words || 'everything',
  };
}

/** `reading` lists rows; those of `column` within a bin of its distribution, as the columns were listed. */
export function rowsWithin(reading: Reading, columns: ResultColumn[], { column, from, to, closed }: Bin): Drill {
  const shown = reading.columns[column];
  if (reading.measures.length > 0 || reading.dimensions.length > 0 || !shown)
    return { reason: 'These are figures of groups. A row of the table leads to the rows behind it.' };
  const { table, column: name } = shown;
  return {
    reading: {
      ...reading,
      order: [],
      filters: [
        ...reading.filters,
        only({ table, column: name, op: 'greater_or_equal', values: [from] }),
        only({ table, column: name, op: closed ? 'less_or_equal' : 'less', values: [to] }),
      ],
    },
    words: `${columns[column]?.name} from ${from} to ${to}`,
  };
}
