import { expect, test } from 'vitest';
import type { Chip } from '@/api/types';
import { changesOf } from './changes';
import { editsOf, questionWith } from './edits';
import { groupThreads } from './threads';
import { tracedPieces, traceWords } from './trace';
import { completionsOf } from './vocabulary';

const chip = (change: Partial<Chip>): Chip => ({
  key: '',
  kind: '',
  label: '',
  value: '',
  alternatives: [],
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
  const logical = {
    measures: [{ aggregate: 'sum', table: 't', column: 'amount', metric: '' }],
    filters: [
      { any_of: [], negated: false },
      { any_of: [1], negated: false },
    ],
    limit: 5,
  };
  const average = editsOf(chip({ key: 'measure:0' }), logical).find((edit) => edit.label === 'Average');
  expect(average?.reading).toMatchObject({ measures: [{ aggregate: 'avg', column: 'amount' }], limit: 5 });
  const without = editsOf(chip({ key: 'filter:0' }), logical)[0]?.reading as typeof logical;
  expect(without.filters).toEqual([{ any_of: [1], negated: false }]);
  expect(logical.filters).toHaveLength(2);
  expect(editsOf(chip({ key: 'limit' }), logical).some((edit) => edit.label === '5 rows')).toBe(false);
  expect(editsOf(chip({ key: 'measure:4' }), logical)).toEqual([]);
  expect(editsOf(chip({ key: 'measure:0' }), null)).toEqual([]);
});

test('other words stand where the chip came from, counted in bytes', () => {
  const question = 'Erlöse by month';
  expect(questionWith(question, chip({ span_start: 0, span_end: 7 }), 'sum of amount')).toBe('sum of amount by month');
  expect(questionWith(question, chip({ span_start: 0, span_end: 99 }), 'x')).toBeNull();
  expect(questionWith(question, chip({}), 'x')).toBeNull();
});

test('what an edit covers is offered once; a filter offers other values besides', () => {
  const question = 'orders by month from Germany';
  const logical = { dimensions: [{ grain: 'month' }], filters: [{ negated: false }] };
  const grain = chip({ key: 'dimension:0', span_start: 7, span_end: 15, alternatives: ['by week'] });
  expect(changesOf(grain, question, logical).map((one) => one.label)).toEqual([
    'By day',
    'By week',
    'By quarter',
    'By year',
  ]);
  const country = chip({ key: 'filter:0', span_start: 21, span_end: 28, alternatives: ['France'] });
  expect(changesOf(country, question, logical)[0]).toEqual({
    label: 'France',
    change: { message: 'orders by month from France' },
  });
  expect(changesOf(country, question, logical)).toHaveLength(3);
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
