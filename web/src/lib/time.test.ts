import { expect, test } from 'vitest';
import { ago, day, dayAndTime, period } from './time';

test('a day is a day in every time zone', () => {
  expect(day('2026-03-03')).toBe('3 Mar 2026');
  expect(day('2026-09-03')).toBe('3 Sep 2026');
  expect(day('not a date')).toBe('not a date');
});

test('times keep the clock of the data, seconds only where there are any', () => {
  expect(dayAndTime('2026-03-03 14:05:00')).toBe('3 Mar 2026, 14:05');
  expect(dayAndTime('2026-03-03T14:05:09.5')).toBe('3 Mar 2026, 14:05:09');
  expect(dayAndTime('2026-03-03 14:05:00+02')).toBe('3 Mar 2026, 12:05');
});

test('periods are named by their grain', () => {
  expect(period('2026-01-01', 'month')).toBe('Jan 2026');
  expect(period('2026-04-01', 'quarter')).toBe('Q2 2026');
  expect(period('2026-04-01 00:00:00', 'year')).toBe('2026');
  expect(period('2026-04-06', 'week')).toBe('6 Apr 2026');
  expect(period('Monday', 'weekday')).toBe('Monday');
});

test('how long ago', () => {
  const now = Date.parse('2026-03-03T12:00:00Z');
  expect(ago('2026-03-03T11:59:40Z', now)).toBe('now');
  expect(ago('2026-03-03T11:58:00Z', now)).toBe('2\u00a0min ago');
  expect(ago('2026-03-03T09:00:00Z', now)).toBe('3\u00a0h ago');
  expect(ago('2026-03-02T09:00:00Z', now)).toBe('yesterday');
});
