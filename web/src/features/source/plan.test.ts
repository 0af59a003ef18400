import { describe, expect, it } from 'vitest';
import type { LoadPlan } from '@/api/types';
import {
  badRange,
  columnChoice,
  onlyColumns,
  samePlan,
  typeName,
  withColumn,
  withHeaderRow,
  withRanges,
  withSheet,
  wordsOf,
} from './plan';

describe('a load plan', () => {
  it('keeps what was chosen for a column and forgets what was taken back', () => {
    const typed = withColumn({}, '', 'day', { type: 'DATE' });
    expect(columnChoice(typed, '', 'day')).toEqual({ column: 'day', type: 'DATE' });
    const more = withColumn(typed, '', 'day', { date_order: 'month_first' });
    expect(columnChoice(more, '', 'day')).toEqual({ column: 'day', type: 'DATE', date_order: 'month_first' });
    expect(withColumn(more, '', 'day', { type: undefined, date_order: undefined })).toEqual({});
  });

  it('leaves other tables and columns alone', () => {
    const plan: LoadPlan = { tables: [{ key: 'A', columns: [{ column: 'x', type: 'DATE' }] }] };
    const next = withColumn(plan, 'B', 'y', { type: 'BIGINT' });
    expect(columnChoice(next, 'A', 'x')?.type).toBe('DATE');
    expect(columnChoice(next, 'B', 'y')?.type).toBe('BIGINT');
    expect(plan.tables).toHaveLength(1);
  });

  it('tells re-typing from another shape', () => {
    const typed = withColumn({}, '', 'day', { type: 'DATE' });
    expect(onlyColumns({}, typed)).toBe(true);
    expect(onlyColumns({}, withHeaderRow(typed, '', 3))).toBe(false);
    expect(onlyColumns({}, withSheet({}, 'Hidden', { load: true }))).toBe(false);
    expect(onlyColumns({}, { delimiter: ';' })).toBe(false);
  });

  it('keeps ranges of a sheet that differ from what was found', () => {
    const cut = withRanges({}, 'Sales', 'b3:f20; h1:j9', ['A1:F20']);
    expect(cut).toEqual({ sheets: [{ sheet: 'Sales', ranges: ['B3:F20', 'H1:J9'] }] });
    expect(badRange(cut)).toBeUndefined();
    expect(withRanges(cut, 'Sales', '', ['A1:F20'])).toEqual({});
    expect(withRanges({}, 'Sales', 'A1:F20', ['A1:F20'])).toEqual({});
    const off = withSheet({}, 'Sales', { load: true });
    expect(withRanges(withRanges(off, 'Sales', 'B2:C', []), 'Sales', ' ', [])).toEqual(off);
    expect(badRange(withRanges(off, 'Sales', 'B2:C', []))).toBe('B2:C');
  });

  it('is the same in another order', () => {
    const a = withColumn(withColumn({}, '', 'x', { type: 'DATE' }), '', 'y', { type: 'DATE' });
    const b = withColumn(withColumn({}, '', 'y', { type: 'DATE' }), '', 'x', { type: 'DATE' });
    expect(samePlan(a, b)).toBe(true);
    expect(samePlan(a, {})).toBe(false);
  });

  it('names types and splits words', () => {
    expect(typeName('DECIMAL(18,2)')).toBe('Number, exact');
    expect(typeName('HUGEINT')).toBe('HUGEINT');
    expect(wordsOf(' NA, none ,, - ')).toEqual(['NA', 'none', '-']);
  });
});
