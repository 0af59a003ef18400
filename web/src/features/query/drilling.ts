/** Opens the rows behind a group of a result in a tab, or says why there are none. */
import { composeReading, recogniseSql } from '@/api/readings';
import type { QueryResult } from '@/api/types';
import { toast } from '@/components/toast';
import { sendable } from './builder/edit';
import { type Reading, readingOf } from './builder/reading';
import { type Drill, rowsBehind } from './drill';
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
  row: unknown[],
): Promise<Drill> {
  const reading = await readingOfRun(tab, sql);
  if ('reason' in reading) return reading;
  // A text that was written by hand may have its columns in another order than groups, then figures.
  const { columns } = await composeReading(sendable(reading));
  const groups = columns.filter((column) => !column.measure).length;
  const same =
    columns.length === result.columns.length &&
    columns.every(({ name, measure }, at) => name === result.columns[at]?.name && measure === at >= groups);
  if (!same)
    return {
      reason:
        'Which group a row is can not be told: the columns have other names or another order than in Visual. Run it there first.',
    };
  const listed = tables.find((table) => table.name === reading.table)?.columns ?? [];
  return rowsBehind(
    reading,
    result.columns,
    row,
    listed.map(({ name, table }) => ({ table, column: name })),
  );
}

export async function openRowsBehind(tab: QueryTab, known: Run, tables: SchemaTable[], row: unknown[]): Promise<void> {
  if (!known.result) return;
  const drill = await drillInto(tab, known.sql, known.result, tables, row);
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
