import { describe, expect, it } from 'vitest';
import type { ColumnProfile } from '@/api/types';
import { inWords } from './describe';

const amounts = (fields: Partial<ColumnProfile>): ColumnProfile => ({
  name: 'amount',
  original_name: 'Amount',
  type: 'BIGINT',
  semantic_type: 'measure',
  rows: 10,
  nulls: 0,
  null_ratio: 0,
  distinct: 8,
  distinct_is_exact: true,
  min: '1',
  max: '20',
  quantiles: [1, 4, 7, 12, 19],
  quantiles_are_exact: true,
  top: [],
  histogram: [],
  timeline: [],
  notes: [],
  patterns: [],
  pattern_count: 0,
  padded: 0,
  respelled: 0,
  ...fields,
});

describe('inWords', () => {
  it('marks a median that is an estimate', () => {
    expect(inWords(amounts({}))).toBe('1 – 20, median 7');
    expect(inWords(amounts({ quantiles_are_exact: false }))).toBe('1 – 20, median ~7');
  });
});
