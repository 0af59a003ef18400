import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { request } from './client';
import { realtimeIsOpen } from './realtime';
import type { LoadPlan, PlanReply, QuarantinePage, RawPage, Sources, Step, VersionHead, VersionsReply } from './types';

export const sourcesQuery = queryOptions({
  queryKey: ['sources'],
  queryFn: ({ signal }) => request<Sources>('/integration/data-sources', { signal }),
  staleTime: 30_000,
});

const POLL_MS = 1_500;
const of = (id: string) => `/sources/${encodeURIComponent(id)}`;

/** Every version of a source; one that is being made is asked about now and then. */
export const versionsQuery = (id: string) =>
  queryOptions({
    queryKey: ['source-versions', id],
    queryFn: ({ signal }) => request<VersionsReply>(`${of(id)}/versions`, { signal }),
    refetchInterval: (query) =>
      query.state.data?.versions.some((version) => version.status === 'loading')
        ? realtimeIsOpen()
          ? POLL_MS * 2
          : POLL_MS
        : false,
  });

/** How the version in use was read. */
export const planQuery = (id: string, version: number) =>
  queryOptions({
    queryKey: ['source-plan', id, version],
    queryFn: ({ signal }) => request<PlanReply>(`${of(id)}/plan`, { query: { version }, signal }),
    staleTime: 60_000,
  });

export const changePlan = (id: string, plan: LoadPlan, confirm: boolean) =>
  request<VersionHead>(`${of(id)}/plan`, { method: 'PUT', body: { plan, confirm } });

export const changeSteps = (id: string, steps: Step[], preview = false) =>
  request<VersionHead>(`${of(id)}/steps`, { method: 'PUT', body: { steps, preview } });

const LOOK_ROWS = 8;

/** The first rows of a version that may not be in use yet. */
export const versionRowsQuery = (id: string, version: number, table?: string) =>
  queryOptions({
    queryKey: ['version-rows', id, version, table],
    queryFn: ({ signal }) =>
      request<RawPage>(`${of(id)}/rows`, { query: { version, table, limit: LOOK_ROWS }, signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });

export const publishVersion = (id: string, version: number) =>
  request<VersionHead>(`${of(id)}/versions/${version}/publish`, { method: 'POST', body: {} });

export const restoreVersion = (id: string, version: number) =>
  request<VersionHead>(`${of(id)}/versions/${version}/restore`, { method: 'POST', body: {} });

export const discardVersion = (id: string, version: number) =>
  request<void>(`${of(id)}/versions/${version}`, { method: 'DELETE' });

const CELLS = 100;

/** Cells that were kept aside, page by page. */
export const quarantineQuery = (id: string, version: number, table: string) =>
  infiniteQueryOptions({
    queryKey: ['quarantine', id, version, table],
    queryFn: ({ pageParam, signal }: { pageParam: number; signal: AbortSignal }) =>
      request<QuarantinePage>(`${of(id)}/quarantine`, {
        query: { version, table, offset: pageParam, limit: CELLS },
        signal,
      }),
    initialPageParam: 0,
    getNextPageParam: (last, pages) => {
      const seen = pages.reduce((sum, page) => sum + page.cells.length, 0);
      return last.cells.length > 0 && seen < last.total_count ? seen : undefined;
    },
    staleTime: Number.POSITIVE_INFINITY,
  });

const ROWS = 200;

/** Rows with every cell as the text that the file has. */
export const rawQuery = (id: string, version: number, table: string) =>
  infiniteQueryOptions({
    queryKey: ['raw', id, version, table],
    queryFn: ({ pageParam, signal }: { pageParam: number; signal: AbortSignal }) =>
      request<RawPage>(`${of(id)}/raw`, { query: { version, table, offset: pageParam, limit: ROWS }, signal }),
    initialPageParam: 0,
    getNextPageParam: (last, pages) => {
      const seen = pages.reduce((sum, page) => sum + page.rows.length, 0);
      return last.rows.length > 0 && seen < last.total_rows ? seen : undefined;
    },
    staleTime: Number.POSITIVE_INFINITY,
  });
