import type { Receipt } from '@/api/types';
import { count, duration, plural } from '@/lib/format';

/** The receipt in one line: 1 table, 2,676 of 12,480 rows, no join, built-in, 14 ms. */
export function receiptLine(receipt: Receipt): string {
  const rows =
    receipt.rows_matched != null && receipt.rows_matched !== receipt.rows_in
      ? `${count(receipt.rows_matched)} of ${plural(receipt.rows_in, 'row')}`
      : plural(receipt.rows_in, 'row');
  const joins = receipt.joins.length === 0 ? 'no join' : plural(receipt.joins.length, 'join');
  return [plural(receipt.tables.length, 'table'), rows, joins, receipt.engine, duration(receipt.elapsed_ms)].join(', ');
}
