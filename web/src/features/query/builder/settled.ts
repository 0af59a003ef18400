/** A tab whose SQL is that of its reading, however lately the reading was changed. */
import { composeReading } from '@/api/readings';
import { type QueryTab, useTabs } from '../tabs';
import { sendable } from './edit';
import { isEmpty, type Reading } from './reading';

const tabOf = (id: string) => useTabs.getState().tabs.find((tab) => tab.id === id);

/** The reading to be written as SQL, when it was changed since that was done last. */
const unwritten = (tab: QueryTab | undefined): Reading | null =>
  tab?.mode === 'visual' && tab.reading && !isEmpty(tab.reading) && tab.composed === '' ? tab.reading : null;

/** Writes what is not written yet and gives the tab; throws what the server says of a reading without SQL. */
export async function settled(tab: QueryTab): Promise<QueryTab> {
  for (;;) {
    const now = tabOf(tab.id);
    const reading = unwritten(now);
    if (!now || !reading) return now ?? tab;
    const { sql_query } = await composeReading(sendable(reading));
    if (tabOf(tab.id)?.reading === reading) useTabs.getState().change(tab.id, { sql: sql_query, composed: sql_query });
  }
}
