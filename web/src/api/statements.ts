/** What can be asked about a statement besides running it: its mistakes, its plan, a correction, its past runs. */
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { request } from './client';
import type { Bound } from './queries';
import type { ExplainedPlan, FasterReply, Run, RunPage, RunStatus, Suggestion, Validation } from './types';

export const validateSql = (sql_query: string, signal?: AbortSignal) =>
  request<Validation>('/queries/validate', { method: 'POST', body: { sql_query }, signal });

/** With `run` it is run, for its times. */
export const explainSql = (sql_query: string, bound: Bound, run: boolean, signal?: AbortSignal) =>
  request<ExplainedPlan>('/queries/explain', { method: 'POST', body: { sql_query, ...bound, run }, signal });

/** Another way to say it that was run beside it and is faster, or why there is none. */
export const fasterSql = (sql_query: string, bound: Bound, signal?: AbortSignal) =>
  request<FasterReply>('/queries/faster', { method: 'POST', body: { sql_query, ...bound }, signal });

/** The statement without its mistake, when one is found that passes the check. */
export async function correctedSql(sql_query: string): Promise<Suggestion | undefined> {
  const reply = await request<{ suggestions: Suggestion[] }>('/ai/query-suggestions', {
    method: 'POST',
    body: { sql_query, failed: true },
  });
  return reply.suggestions.find((one) => one.kind === 'fix');
}

const PAGE = 50;

export const historyQuery = (search: string, status: RunStatus | '') =>
  infiniteQueryOptions({
    queryKey: ['query-history', search, status],
    queryFn: ({ pageParam, signal }) =>
      request<RunPage>('/queries/history', {
        query: { search: search || undefined, status: status || undefined, limit: PAGE, cursor: pageParam },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next_cursor,
    placeholderData: (before) => before,
    staleTime: 0,
  });

/** With the first rows of its result. */
export const pastRunQuery = (id: string) =>
  queryOptions({
    queryKey: ['past-run', id],
    queryFn: ({ signal }) => request<Run>(`/queries/history/${encodeURIComponent(id)}`, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
