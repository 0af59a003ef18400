import { expect, test } from 'vitest';
import {
  amount,
  amountCompact,
  axis,
  bytes,
  compact,
  count,
  duration,
  percent,
  plural,
  share,
  withUnit,
} from './format';

test('numbers read like people write them', () => {
  expect(compact(1_234_000)).toBe('1.23\u00a0M');
  expect(compact(984)).toBe('984');
  expect(compact(0.5)).toBe('0.5');
  expect(count(-12480)).toBe('\u221212,480');
  expect(percent(0.345)).toBe('34.5\u00a0%');
  expect(bytes(1_840_000)).toBe('1.8\u00a0MB');
  expect(bytes(640)).toBe('640\u00a0B');
  expect(plural(1, 'row')).toBe('1\u00a0row');
  expect(plural(12480, 'row')).toBe('12,480\u00a0rows');
});

test('a currency stands before its figure, every other unit behind it', () => {
  expect(amount(12300, 'EUR')).toBe('€12,300');
  expect(amount(160.27, 'EUR')).toBe('€160.27');
  expect(amount(160.2, 'EUR')).toBe('€160.20');
  expect(amount(-18_240, 'EUR')).toBe('\u2212€18,240');
  expect(amount(3.5, 'kg')).toBe('3.5\u00a0kg');
  expect(amount(12, '%')).toBe('12\u00a0%');
  expect(amountCompact(412_300, 'EUR')).toBe('€412\u00a0k');
  expect(withUnit('7', null)).toBe('7');
});

test('a code that is no currency is still shown', () => {
  expect(withUnit('7', 'QQQ')).toBe('QQQ\u00a07');
});

test('axes have no decimals that are only zeros', () => {
  expect(axis(40_000, 'EUR')).toBe('€40\u00a0k');
  expect(axis(0, 'EUR')).toBe('€0');
  expect(axis(-2_500_000)).toBe('\u22122.5\u00a0M');
});

test('shares tell small parts from nothing', () => {
  expect(share(0)).toBe('0\u00a0%');
  expect(share(0.0004)).toBe('<\u00a00.1\u00a0%');
  expect(share(0.034)).toBe('3.4\u00a0%');
  expect(share(0.42)).toBe('42\u00a0%');
});

test('durations keep to what matters', () => {
  expect(duration(0.2)).toBe('<\u00a01\u00a0ms');
  expect(duration(14.2)).toBe('14\u00a0ms');
  expect(duration(1400)).toBe('1.4\u00a0s');
  expect(duration(150_000)).toBe('3\u00a0min');
});
