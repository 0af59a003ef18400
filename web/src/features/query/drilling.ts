/** Opens the rows behind a group of a result in a tab, or says why there are none. */
import { recogniseSql } from '@/api/readings';
import { toast } from '@/components/toast';
import { rowsBehind } from './drill';
import type { Run } from './runs';
import type { SchemaTable } from './schema';
import { type QueryTab, useTabs } from './tabs';

const LONGEST_TITLE = 60;

export async function openRowsBehind(tab: QueryTab, known: Run, tables: SchemaTable[], row: unknown[]): Promise<void> {
  const { reading } = tab;
  if (tab.mode !== 'visual' || !reading || known.sql !== tab.composed || !known.result) {
    const found = await recogniseSql(known.sql);
    await toast(
      found.expressible
        ? 'In Visual, a row opens the rows behind it. Switch this query to Visual first.'
        : `The rows behind it can not be found in this SQL. ${found.reason}`,
    );
    return;
  }
  const listed = (tables.find((table) => table.name === reading.table)?.columns ?? []).map(({ name, table }) => ({
    table,
    column: name,
  }));
  const drill = rowsBehind(reading, known.result.columns, row, listed);
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
