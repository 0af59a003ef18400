import { expect, test } from 'vitest';
import { cellText, decimalsOf, kindOf, toNumber } from './cells';

test('types of the engine', () => {
  expect(kindOf('DECIMAL(18,2)')).toBe('number');
  expect(kindOf('UBIGINT')).toBe('number');
  expect(kindOf('INTEGER[]')).toBe('text');
  expect(kindOf('INTERVAL')).toBe('text');
  expect(kindOf('TIMESTAMP WITH TIME ZONE')).toBe('time');
});

test('cells read like people write them', () => {
  expect(cellText('1234.50', { name: 'amount', type: 'DECIMAL(18,2)' }, 'EUR')).toBe('€1,234.50');
  expect(cellText(12480, { name: 'rows', type: 'BIGINT' })).toBe('12,480');
  expect(cellText(2025, { name: 'year', type: 'BIGINT' })).toBe('2025');
  expect(cellText('90071992547409931', { name: 'big', type: 'HUGEINT' })).toBe('90071992547409931');
  expect(cellText(true, { name: 'paid', type: 'BOOLEAN' })).toBe('Yes');
  expect(cellText(null, { name: 'paid', type: 'BOOLEAN' })).toBe('');
  expect(cellText({ a: 1 }, { name: 'x', type: 'STRUCT(a INTEGER)' })).toBe('{"a":1}');
});

test('figures of one column have the same decimals', () => {
  expect(decimalsOf([67.5, 53.44, 2, null])).toBe(2);
  expect(decimalsOf([1 / 3, 1])).toBe(4);
  expect(decimalsOf([1, 2])).toBe(0);
  expect(cellText(67.5, { name: 'amount', type: 'DOUBLE', decimals: 2 })).toBe('67.50');
});

test('an empty text is no number', () => {
  expect(toNumber('')).toBeNull();
  expect(toNumber('12.5')).toBe(12.5);
  expect(toNumber(Number.NaN)).toBeNull();
});
