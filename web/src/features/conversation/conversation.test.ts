import { expect, test } from 'vitest';
import type { Chip } from '@/api/types';
import { changesOf } from './changes';
import { questionWith, readingWith } from './edits';
import { groupThreads } from './threads';
import { tracedPieces, traceWords } from './trace';
import { completionsOf } from './vocabulary';

const chip = (change: Partial<Chip>): Chip => ({
  key: '',
  kind: '',
  label: '',
  value: '',
  alternatives: [],
  options: [],
  ...change,
});

test('a sentence is cut at its traced numbers, each once and in order', () => {
  const pieces = tracedPieces('10 of 100 rows, 10 left', [
    { text: '100', row: 0, column: 'rows' },
    { text: '10', row: 1, column: 'n' },
    { text: '10', derivation: '100 minus 90' },
    { text: '77' },
  ]);
  expect(pieces.map((piece) => piece.text).join('')).toBe('10 of 100 rows, 10 left');
  expect(pieces.filter((piece) => piece.trace).map((piece) => piece.text)).toEqual(['10', '100', '10']);
  expect(traceWords({ text: '100', row: 0, column: 'rows' })).toBe('Result, row 1, column rows');
});

test('an edit of a chip is an edit of the reading', () => {
  const logical = { measures: [{ aggregate: 'sum' }, { aggregate: 'avg' }], filters: [1, 2], order: [3], limit: 5 };
  expect(readingWith(logical, 'measure:1', { aggregate: 'max' })).toEqual({
    ...logical,
    measures: [{ aggregate: 'sum' }, { aggregate: 'max' }],
  });
  expect(readingWith(logical, 'filter:0', null)).toEqual({ ...logical, filters: [2] });
  expect(readingWith(logical, 'limit', null)).toEqual({ ...logical, limit: null });
  expect(readingWith(logical, 'order', 4)).toEqual({ ...logical, order: [4] });
  expect(logical.filters).toEqual([1, 2]);
  expect(readingWith(logical, 'measure:4', {})).toBeNull();
  expect(readingWith(logical, 'table', {})).toBeNull();
  expect(readingWith(null, 'measure:0', {})).toBeNull();
});

test('other words stand where the chip came from, counted in bytes', () => {
  const question = 'Erlöse by month';
  expect(questionWith(question, chip({ span_start: 0, span_end: 7 }), 'sum of amount')).toBe('sum of amount by month');
  expect(questionWith(question, chip({ span_start: 0, span_end: 99 }), 'x')).toBeNull();
  expect(questionWith(question, chip({}), 'x')).toBeNull();
});

test('a period offers other words besides its edits; any other part its edits alone', () => {
  const logical = { filters: [{ negated: false }] };
  const options = [{ label: 'Leave this filter out', part: null }];
  const country = chip({
    key: 'filter:0',
    kind: 'filter',
    span_start: 12,
    span_end: 19,
    alternatives: ['France'],
    options,
  });
  expect(changesOf(country, 'orders from Germany', logical)).toEqual([
    { label: 'Leave this filter out', change: { message: 'orders from Germany', reading: { filters: [] } } },
  ]);
  const period = chip({ ...country, kind: 'time', alternatives: ['last year'] });
  expect(changesOf(period, 'orders from Germany', logical)[0]).toEqual({
    label: 'last year',
    change: { message: 'orders from last year' },
  });
});

test('completions look at the last words, longest phrase first', () => {
  const vocabulary = {
    words: [
      { text: 'Online store', kind: 'value of channel' },
      { text: 'store', kind: 'column of orders' },
    ],
    questions: ['Revenue by month'],
  };
  expect(completionsOf('only online st', vocabulary)[0]).toMatchObject({ result: 'only Online store ' });
  expect(completionsOf('rev', vocabulary)[0]).toMatchObject({ result: 'Revenue by month', kind: 'question' });
  expect(completionsOf('orders ', vocabulary)).toEqual([]);
  expect(completionsOf('s', vocabulary)).toEqual([]);
});

test('conversations stand in the groups that memory has', () => {
  const now = new Date(2026, 2, 10, 12).getTime();
  const head = (id: string, at: number) => ({
    id,
    title: id,
    turns: 1,
    created_at: '',
    updated_at: new Date(at).toISOString(),
  });
  const day = 86_400_000;
  const groups = groupThreads([head('a', now), head('b', now - 2 * day), head('c', now - 30 * day)], now);
  expect(groups.map(([name, list]) => [name, list.map((one) => one.id)])).toEqual([
    ['Today', ['a']],
    ['Last 7 days', ['b']],
    ['Earlier', ['c']],
  ]);
});
