import { queryOptions } from '@tanstack/react-query';
import { request } from './client';
import type { Meaning, Teaching, TeachingDetail, TeachingList } from './types';

/** What the question engine was taught, newest first. */
export const teachingsQuery = queryOptions({
  queryKey: ['teachings'],
  queryFn: ({ signal }) => request<TeachingList>('/ai/teachings', { signal }),
  staleTime: 60_000,
});

export const teach = (kind: Teaching['kind'], phrase: string, meaning: Meaning) =>
  request<TeachingDetail>('/ai/teachings', { method: 'POST', body: { kind, phrase, meaning } });

export const forget = (id: string) => request<void>(`/ai/teachings/${encodeURIComponent(id)}`, { method: 'DELETE' });
