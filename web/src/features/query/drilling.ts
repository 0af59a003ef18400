/** Opens the rows behind a group of a result, or behind a mark of its chart, in a tab, or says why there are none. */
import { composeReading, recogniseSql } from '@/api/readings';
import type { QueryResult } from '@/api/types';
import type { Mark } from '@/charts/types';
import { toast } from '@/components/toast';
import { sendable } from './builder/edit';
import { type Reading, readingOf } from './builder/reading';
import { type Drill, rowsBehind, rowsWithin } from './drill';
import type { Run } from './runs';
import type { SchemaTable } from './schema';
import { type QueryTab, useTabs } from './tabs';

const LONGEST_TITLE = 60;

async function readingOfRun(tab: QueryTab, sql: string): Promise<Reading | { reason: string }> {
  if (tab.mode === 'visual' && tab.reading && sql === tab.composed) return tab.reading;
  const found = await recogniseSql(sql);
  if (found.expressible) return readingOf(found.reading);
  return { reason: `The rows behind it can not be found in this SQL. ${found.reason}` };
}

async function drillInto(
  tab: QueryTab,
  sql: string,
  result: QueryResult,
  tables: SchemaTable[],
  mark: Mark,
): Promise<Drill> {
  const reading = await readingOfRun(tab, sql);
  if ('reason' in reading) return reading;
  // Groups, then figures, as in every reading; only the names may be others.
  const { columns } = await composeReading(sendable(reading));
  const groups = columns.filter((column) => !column.measure).length;
  const same = columns.length === result.columns.length && columns.every(({ measure }, at) => measure === at >= groups);
  if (!same)
    return {
      reason:
        'Which rows are meant can not be told: the columns have another order than in Visual. Run it there first.',
    };
  if (!('row' in mark)) return rowsWithin(reading, result.columns, mark);
  const listed = tables.find((table) => table.name === reading.table)?.columns ?? [];
  return rowsBehind(
    reading,
    result.columns,
    mark.row,
    listed.map(({ name, table }) => ({ table, column: name })),
  );
}

export async function openRowsBehind(tab: QueryTab, known: Run, tables: SchemaTable[], mark: Mark): Promise<void> {
  if (!known.result) return;
  const drill = await drillInto(tab, known.sql, known.result, tables, mark);
  if ('reason' in drill) {
    await toast(drill.reason);
    return;
  }
  useTabs.getState().open({
    title: `Rows of ${drill.words}`.slice(0, LONGEST_TITLE),
    mode: 'visual',
    reading: drill.reading,
    saved: null,
  });
}
