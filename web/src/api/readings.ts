import { request } from './client';
import type { ComposedReading, RecognisedReading } from './types';

/** The SQL of a reading, and the reading in words. */
export const composeReading = (reading: unknown, signal?: AbortSignal) =>
  request<ComposedReading>('/queries/from-reading', { method: 'POST', body: { reading }, signal });

/** The reading of a statement, or why there is none. */
export const recogniseSql = (sql_query: string, signal?: AbortSignal) =>
  request<RecognisedReading>('/queries/to-reading', { method: 'POST', body: { sql_query }, signal });
