import { queryOptions } from '@tanstack/react-query';
import { request } from './client';
import type { GoldenList, GoldenQuestion } from './types';

/** Answers that somebody vouches for, newest first. */
export const goldenQuery = queryOptions({
  queryKey: ['golden'],
  queryFn: ({ signal }) => request<GoldenList>('/ai/golden', { signal }),
  staleTime: 30_000,
});

export const markGolden = (turn_id: string) =>
  request<GoldenQuestion>('/ai/golden', { method: 'POST', body: { turn_id } });

export const runGolden = () => request<GoldenList>('/ai/golden/run', { method: 'POST', body: {} });

export const acceptGolden = (id: string) =>
  request<GoldenQuestion>(`/ai/golden/${encodeURIComponent(id)}/accept`, { method: 'POST', body: {} });

export const removeGolden = (id: string) => request<void>(`/ai/golden/${encodeURIComponent(id)}`, { method: 'DELETE' });
