import { infiniteQueryOptions } from '@tanstack/react-query';
import { request } from './client';
import type { ExportFormat, ParameterType, QueryResult, Ticket } from './types';

/** The values of a statement's parameters, by name, and what they are bound as. */
export interface Bound {
  parameters?: Record<string, unknown>;
  parameter_types?: Record<string, ParameterType>;
}

export interface RunFields extends Bound {
  saved_query_id?: string;
  client_run_id?: string;
}

export const runQuery = (sql_query: string, limit: number, signal?: AbortSignal, fields: RunFields = {}) =>
  request<QueryResult>('/queries/execute-enhanced', { method: 'POST', body: { sql_query, limit, ...fields }, signal });

/** For one download of the whole result, by the browser itself. */
export const exportTicket = (sql_query: string, format: ExportFormat, file_name: string, fields: RunFields) =>
  request<Ticket>('/queries/export/ticket', { method: 'POST', body: { sql_query, format, file_name, ...fields } });

/** More rows of an earlier run, over the same version of the data. */
export const moreRows = (query_id: string, offset: number, limit: number, signal?: AbortSignal) =>
  request<QueryResult>(`/queries/${encodeURIComponent(query_id)}/rows`, { query: { offset, limit }, signal });

/** A name as SQL wants it. */
export const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;

const PAGE = 200;
/** A preview is for looking, not for exporting: it ends here. */
export const PREVIEW_ROWS = 1_000;

interface PageParam {
  queryId: string | null;
  offset: number;
}

/** The first rows of a table in the order of the file, page by page. */
export const previewQuery = (table: string, version: number) =>
  infiniteQueryOptions({
    queryKey: ['preview', table, version],
    queryFn: ({ pageParam, signal }: { pageParam: PageParam; signal: AbortSignal }) =>
      pageParam.queryId
        ? moreRows(pageParam.queryId, pageParam.offset, PAGE, signal)
        : runQuery(`SELECT * FROM ${quoted(table)}`, PAGE, signal),
    initialPageParam: { queryId: null, offset: 0 } as PageParam,
    getNextPageParam: (last, pages): PageParam | undefined => {
      const offset = pages.reduce((sum, page) => sum + page.rows.length, 0);
      const queryId = pages[0]?.query_id;
      return queryId && last.rows.length === PAGE && offset < PREVIEW_ROWS ? { queryId, offset } : undefined;
    },
    staleTime: Number.POSITIVE_INFINITY,
  });
