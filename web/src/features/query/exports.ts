/** Exports under way: the browser streams each to disk by itself, the page follows how far it is. */
import { create } from 'zustand';
import { address } from '@/api/client';
import { asApiError } from '@/api/errors';
import { exportTicket, type RunFields } from '@/api/queries';
import { followRun, unfollowRun } from '@/api/runs';
import type { ExportFormat } from '@/api/types';
import { toast } from '@/components/toast';

export interface Export {
  /** Its client_run_id. */
  id: string;
  fileName: string;
  /** ms since 1970 */
  startedAt: number;
}

export const FORMATS: [ExportFormat, string][] = [
  ['csv', 'CSV'],
  ['xlsx', 'Excel (XLSX)'],
  ['json', 'JSON'],
  ['parquet', 'Parquet'],
];

export const useExports = create<{ exports: Export[] }>(() => ({ exports: [] }));

export function forgetExport(id: string): void {
  unfollowRun(id);
  useExports.setState(({ exports }) => ({ exports: exports.filter((one) => one.id !== id) }));
}

/** A name that every system can keep. */
export const fileNameOf = (title: string, format: ExportFormat): string =>
  `${
    title
      .replace(/[\\/:*?"<>|\p{Cc}\s]+/gu, ' ')
      .trim()
      .slice(0, 80) || 'result'
  }.${format}`;

export async function startExport(sql: string, title: string, format: ExportFormat, fields: RunFields): Promise<void> {
  const id = followRun();
  const fileName = fileNameOf(title, format);
  try {
    const { ticket } = await exportTicket(sql, format, fileName, { ...fields, client_run_id: id });
    useExports.setState(({ exports }) => ({ exports: [...exports, { id, fileName, startedAt: Date.now() }] }));
    const link = document.createElement('a');
    link.href = address('/queries/download', { ticket });
    link.download = '';
    link.click();
  } catch (error) {
    unfollowRun(id);
    void toast(asApiError(error).message, { bad: true });
  }
}
