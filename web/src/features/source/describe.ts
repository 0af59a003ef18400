import type { ColumnProfile } from '@/api/types';
import { toNumber } from '@/lib/cells';
import { amount, exact, fixed, share } from '@/lib/format';
import { day, dayAndTime } from '@/lib/time';

const isTime = (column: ColumnProfile) => column.type === 'DATE' || column.type.startsWith('TIMESTAMP');
const KEEPS_DIGITS = new Set(['year', 'identifier', 'code', 'month', 'latitude', 'longitude', 'phone']);

function edge(column: ColumnProfile, text: string): string {
  if (isTime(column)) {
    // Over more than a day, the clock says nothing.
    const sameDay = column.min?.slice(0, 10) === column.max?.slice(0, 10);
    return column.type === 'DATE' || !sameDay ? day(text.slice(0, 10)) : dayAndTime(text);
  }
  const number = toNumber(text);
  if (number === null || KEEPS_DIGITS.has(column.semantic_type)) return text;
  if (column.unit) return amount(number, column.unit);
  const places = /^DECIMAL\(\d+,(\d+)\)$/.exec(column.type)?.[1];
  if (places !== undefined) return fixed(number, Math.min(4, Number(places)));
  const money = column.semantic_type === 'amount' || column.semantic_type === 'price';
  return exact(number, money || Math.abs(number) >= 100 ? 2 : 4);
}

const isNumber = (column: ColumnProfile) => column.histogram.length > 0 || column.quantiles.length > 0;

/** A score of 0 … 1 as people say it; only what is without fault gets 100. */
export const outOf100 = (score: number) => (score < 1 ? Math.min(99, Math.round(score * 100)) : 100);

/** What a column holds, in a few words. */
export function inWords(column: ColumnProfile): string {
  const filled = column.rows - column.nulls;
  if (column.rows === 0) return 'No rows';
  if (filled === 0) return 'Always empty';
  const unique = column.distinct_is_exact && column.distinct === filled && filled > 1;
  const range =
    column.min != null && column.max != null
      ? column.min === column.max
        ? `Always ${edge(column, column.min)}`
        : `${edge(column, column.min)} – ${edge(column, column.max)}`
      : '';
  if (isTime(column)) return range;
  if (column.semantic_type === 'identifier' || column.semantic_type === 'code') {
    return unique ? `All different${range ? `, ${range}` : ''}` : topWords(column, filled) || range;
  }
  if (isNumber(column)) {
    const median = column.quantiles[2];
    const about = column.quantiles_are_exact === false ? '~' : '';
    const middle =
      median === undefined || column.min === column.max ? '' : `, median ${about}${edge(column, String(median))}`;
    return `${range}${middle}`;
  }
  if (unique) return 'All different';
  return topWords(column, filled) || range;
}

function topWords(column: ColumnProfile, filled: number): string {
  const most = (column.top[0]?.count ?? 0) / filled;
  if (column.top.length > 0 && most < 0.01) return `${exact(filled / column.distinct, 1)} rows each`;
  return column.top
    .slice(0, 2)
    .map(({ value, count }) => `${value === '' ? '(empty text)' : value} ${share(count / filled)}`)
    .join(', ');
}

export interface Shape {
  kind: 'time' | 'histogram' | 'shares' | 'words';
  values: number[];
  /** Place of the median in a histogram, 0 … 1. */
  mark?: number;
  words?: string;
}

const SHARES = 5;
/** Frequent values that are not frequent are not worth a bar. */
const LEAST_SHARE = 0.05;

/** What is drawn in the column's row. */
export function shapeOf(column: ColumnProfile): Shape {
  const filled = column.rows - column.nulls;
  if (filled === 0) return { kind: 'words', values: [], words: 'nothing' };
  if (column.timeline.length > 1) return { kind: 'time', values: column.timeline.map((point) => point.count) };
  if (column.histogram.length > 1 && !KEEPS_DIGITS.has(column.semantic_type)) {
    const first = column.histogram[0];
    const last = column.histogram.at(-1);
    const median = column.quantiles[2];
    const span = first && last ? last.to - first.from : 0;
    return {
      kind: 'histogram',
      values: column.histogram.map((bin) => bin.count),
      mark: median !== undefined && first && span > 0 ? (median - first.from) / span : undefined,
    };
  }
  if (column.distinct === filled) return { kind: 'words', values: [], words: 'one row each' };
  const head = column.top.slice(0, SHARES).map((value) => value.count);
  const named = head.reduce((sum, value) => sum + value, 0);
  if (named > filled * LEAST_SHARE) {
    const rest = filled - named;
    return { kind: 'shares', values: rest > 0 ? [...head, rest] : head };
  }
  return { kind: 'words', values: [], words: 'no pattern' };
}
