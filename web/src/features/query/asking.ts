/** From a query to a conversation about it. */
import { recogniseSql } from '@/api/readings';
import { isEmpty, readingOf } from './builder/reading';
import { openPanel } from './panels/store';
import type { QueryTab } from './tabs';

export interface Question {
  message: string;
  reading: unknown;
}

/** What is asked; null when no reading says what the SQL says: then a panel offers to keep the result. */
export async function questionOf(tab: QueryTab, sentence: string | undefined): Promise<Question | null> {
  if (tab.mode === 'visual' && tab.reading && !isEmpty(tab.reading) && sentence !== undefined)
    return { message: sentence, reading: tab.reading };
  const found = await recogniseSql(tab.sql);
  if (found.expressible) return { message: found.sentence, reading: readingOf(found.reading) };
  openPanel({ name: 'ask', id: found.reason });
  return null;
}
