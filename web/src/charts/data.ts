/** From result rows to the series that charts are made of. */
import { cellText, kindOf, toNumber } from '@/lib/cells';
import { period } from '@/lib/time';
import { readable } from '@/lib/words';
import type { ChartInput, Drawing, ResultData } from './types';

export const EMPTY_LABEL = '(empty)';

export function indexOf(data: ResultData, name: string | null | undefined): number {
  return name ? data.columns.findIndex((column) => column.name === name) : -1;
}

/** The column of the x axis: as the specification names it, else the first. */
export function xIndex(input: ChartInput): number {
  const named = indexOf(input, input.spec.configuration.x);
  if (named >= 0) return named;
  const measures = new Set(input.spec.configuration.y);
  return Math.max(
    0,
    input.columns.findIndex((column) => !measures.has(column.name)),
  );
}

/** The columns of the measures: as named, else every number that is not the axis. */
export function yIndexes(input: ChartInput): number[] {
  const named = input.spec.configuration.y.map((name) => indexOf(input, name)).filter((index) => index >= 0);
  if (named.length > 0) return named;
  const x = xIndex(input);
  return input.columns.flatMap((column, index) => (index !== x && kindOf(column.type) === 'number' ? [index] : []));
}

const isTime = (type: string) => ['date', 'time'].includes(kindOf(type));
const MIDNIGHT = /^\d{4}-\d{2}-(\d{2})(?:[T ]00:00(?::00(?:\.0+)?)?)?$/;
const wholeDays = new WeakMap<ResultData['rows'], Map<number, 'day' | 'month' | null>>();

/** Times that are all at midnight are days; days that are all the first of a month stand for months. */
function daysOrMonths(input: ChartInput, column: number): 'day' | 'month' | null {
  const known = wholeDays.get(input.rows) ?? new Map<number, 'day' | 'month' | null>();
  wholeDays.set(input.rows, known);
  const found = known.get(column);
  if (found !== undefined) return found;
  const values = new Set(input.rows.flatMap((row) => (row[column] == null ? [] : [String(row[column])])));
  const matches = [...values].map((value) => MIDNIGHT.exec(value));
  const whole = matches.length > 0 && matches.every((match) => match !== null);
  const months = whole && matches.length > 1 && matches.every((match) => match?.[1] === '01');
  const grain = months ? 'month' : whole ? 'day' : null;
  known.set(column, grain);
  return grain;
}

export function label(input: ChartInput, column: number, value: unknown): string {
  const definition = input.columns[column];
  if (value === null || value === undefined || !definition) return EMPTY_LABEL;
  const grain = input.spec.configuration.x_grain;
  const text = String(value);
  if (grain && column === xIndex(input)) return period(text, grain);
  const days = isTime(definition.type) ? daysOrMonths(input, column) : null;
  if (days) return period(text, days);
  return cellText(value, definition) || EMPTY_LABEL;
}

export interface Series {
  name: string;
  values: (number | null)[];
  /** The row of the result that each value is from; none where several were put together. */
  rows: (unknown[] | undefined)[];
}

export interface Categories {
  labels: string[];
  series: Series[];
}

/** A line over time runs in the order of time, whatever the rows were ordered by. */
export function inTimeOrder(input: ChartInput): ChartInput {
  const x = xIndex(input);
  const type = input.columns[x]?.type;
  if (!input.spec.configuration.x_grain && !(type && isTime(type))) return input;
  const rows = [...input.rows].sort((a, b) => String(a[x] ?? '').localeCompare(String(b[x] ?? '')));
  return { ...input, rows };
}

/** One series per measure over the categories of x. */
export function byMeasure(input: ChartInput): Categories {
  const x = xIndex(input);
  return {
    labels: input.rows.map((row) => label(input, x, row[x])),
    series: yIndexes(input).map((y) => ({
      name: readable(input.columns[y]?.name ?? ''),
      values: input.rows.map((row) => toNumber(row[y])),
      rows: input.rows,
    })),
  };
}

/** One series per value of the series column; categories keep the order in which they come. */
export function bySeries(input: ChartInput): Categories {
  const split = indexOf(input, input.spec.configuration.series);
  const y = yIndexes(input)[0] ?? -1;
  if (split < 0 || y < 0) return byMeasure(input);
  const x = xIndex(input);
  const labels: string[] = [];
  const positions = new Map<string, number>();
  const series = new Map<string, Series>();
  for (const row of input.rows) {
    const at = label(input, x, row[x]);
    let position = positions.get(at);
    if (position === undefined) {
      position = labels.length;
      positions.set(at, position);
      labels.push(at);
    }
    const name = label(input, split, row[split]);
    let one = series.get(name);
    if (!one) {
      one = { name, values: [], rows: [] };
      series.set(name, one);
    }
    one.values[position] = toNumber(row[y]);
    one.rows[position] = row;
  }
  const list = [...series.values()];
  for (const one of list) one.values = labels.map((_, index) => one.values[index] ?? null);
  return { labels, series: list };
}

/** Stacks whose rows come with the largest part first stand by their whole height; time goes on. */
export function byHeight(input: ChartInput, categories: Categories): Categories {
  const type = input.columns[xIndex(input)]?.type;
  const y = yIndexes(input)[0] ?? -1;
  const parts = input.rows.map((row) => toNumber(row[y]) ?? 0);
  const falling = parts.every((part, index) => index === 0 || part <= (parts[index - 1] ?? part));
  if (input.spec.configuration.x_grain || (type && isTime(type)) || !falling) return categories;
  const heights = categories.labels.map((_, index) =>
    categories.series.reduce((sum, series) => sum + (series.values[index] ?? 0), 0),
  );
  const order = heights.map((_, index) => index).sort((a, b) => (heights[b] ?? 0) - (heights[a] ?? 0));
  return {
    labels: order.map((index) => categories.labels[index] ?? ''),
    series: categories.series.map((series) => ({
      name: series.name,
      values: order.map((index) => series.values[index] ?? null),
      rows: order.map((index) => series.rows[index]),
    })),
  };
}

const total = (series: Series) => series.values.reduce<number>((sum, value) => sum + (value ?? 0), 0);

/** Ten colours can be told apart: the largest series stay, the others are put together. */
export function largestSeries(
  categories: Categories,
  most: number,
  together: boolean,
): { categories: Categories; left: number } {
  if (categories.series.length <= most) return { categories, left: 0 };
  const bySize = [...categories.series].sort((a, b) => total(b) - total(a));
  const kept = new Set(bySize.slice(0, together ? most - 1 : most));
  const rest = categories.series.filter((series) => !kept.has(series));
  const shown = categories.series.filter((series) => kept.has(series));
  if (together) {
    shown.push({
      name: `${rest.length} others`,
      values: categories.labels.map((_, index) => rest.reduce((sum, series) => sum + (series.values[index] ?? 0), 0)),
      rows: [],
    });
  }
  return { categories: { labels: categories.labels, series: shown }, left: rest.length };
}

/** Which row a mark of these categories was drawn from; `place` where the marks are in another order. */
export function marksOf({ series }: Categories, place = (index: number) => index): Drawing['markAt'] {
  return (one, index) => {
    const row = series[one]?.rows[place(index)];
    return row ? { row } : undefined;
  };
}
