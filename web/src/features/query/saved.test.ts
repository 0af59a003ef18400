import { describe, expect, it } from 'vitest';
import type { SavedQuery } from '@/api/types';
import { fileNameOf } from './exports';
import { fieldsOf, isChanged, openedTab } from './saved';

const QUERY: SavedQuery = {
  id: 'q1',
  name: 'Revenue',
  reference: 'revenue',
  description: '',
  sql_query: 'SELECT {{x}}',
  tags: [],
  folder: '',
  shared: false,
  version: 3,
  parameter_definitions: [{ name: 'x', type: 'integer' }],
  owned: true,
  created_at: '2026-01-01T00:00:00Z',
  updated_at: '2026-01-01T00:00:00Z',
};
const tab = { id: 't', values: {}, ...openedTab(QUERY) };

describe('a tab with a saved query', () => {
  it('is unchanged when it is opened', () => {
    expect(isChanged(tab)).toBe(false);
    expect(tab.mode).toBe('sql');
  });
  it('is changed by its text, its name and its parameters', () => {
    expect(isChanged({ ...tab, sql: 'SELECT 1' })).toBe(true);
    expect(isChanged({ ...tab, title: 'Sales' })).toBe(true);
    expect(isChanged({ ...tab, definitions: [{ name: 'x', type: 'number' }] })).toBe(true);
  });
  it('is not changed by the values of its parameters', () => {
    expect(isChanged({ ...tab, values: { x: '4' } })).toBe(false);
  });
  it('is saved with the definitions of the parameters that it has', () => {
    expect(fieldsOf({ ...tab, sql: 'SELECT 1' }).parameter_definitions).toEqual([]);
    expect(fieldsOf(tab).parameter_definitions).toEqual(QUERY.parameter_definitions);
  });
});

it('a tab without a saved query is never “not saved”', () => {
  expect(isChanged({ ...tab, saved: null, sql: 'x' })).toBe(false);
});

it('files get names that every system can keep', () => {
  expect(fileNameOf('Sales/Q1: "net"', 'csv')).toBe('Sales Q1 net.csv');
  expect(fileNameOf('  ', 'xlsx')).toBe('result.xlsx');
});
