import type { LoadReport } from '@/api/types';

export interface QuarantineGroup {
  column: string;
  reason: string;
  /** The first raw text of this kind. */
  raw: string;
  count: number;
  /** False when there are more cells than the report keeps samples of. */
  complete: boolean;
}

/** Cells that were set aside, put together by column and cause, largest group first. */
export function groupQuarantine(report: LoadReport | undefined): QuarantineGroup[] {
  const groups = new Map<string, QuarantineGroup>();
  for (const table of report?.tables ?? []) {
    const complete = table.samples.length >= table.quarantined;
    for (const cell of table.samples) {
      const column = cell.column ?? 'whole line';
      const key = `${table.table}\n${column}\n${cell.reason}`;
      const group = groups.get(key) ?? { column, reason: cell.reason, raw: cell.raw, count: 0, complete };
      group.count++;
      groups.set(key, group);
    }
  }
  return [...groups.values()].sort((a, b) => b.count - a.count);
}
