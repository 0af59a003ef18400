/** Saved queries: the list, their versions, schedules and the trash. */
import { queryOptions } from '@tanstack/react-query';
import { request } from './client';
import { ApiError } from './errors';
import type {
  QueryFields,
  QueryVersionList,
  RunPage,
  SavedQuery,
  SavedQueryPage,
  Schedule,
  ScheduleFields,
} from './types';

export interface SavedFilter {
  search: string;
  tag: string;
  folder: string;
  trash: boolean;
}

const path = (id: string) => `/queries/${encodeURIComponent(id)}`;

/** More than this in one workspace is found by searching. */
const SHOWN = 200;

export const savedQueriesQuery = ({ search, tag, folder, trash }: SavedFilter) =>
  queryOptions({
    queryKey: ['saved-queries', { search, tag, folder, trash }],
    queryFn: ({ signal }) =>
      request<SavedQueryPage>('/queries', {
        query: {
          search: search || undefined,
          tag: tag || undefined,
          folder: folder || undefined,
          trash: trash || undefined,
          limit: SHOWN,
        },
        signal,
      }),
    placeholderData: (before) => before,
  });

export const savedQueryQuery = (id: string) =>
  queryOptions({
    queryKey: ['saved-queries', id],
    queryFn: ({ signal }) => request<SavedQuery>(path(id), { signal }),
  });

export const versionsQuery = (id: string) =>
  queryOptions({
    queryKey: ['saved-queries', id, 'versions'],
    queryFn: ({ signal }) => request<QueryVersionList>(`${path(id)}/versions`, { signal }),
  });

export const savedRunsQuery = (id: string) =>
  queryOptions({
    queryKey: ['saved-queries', id, 'runs'],
    queryFn: ({ signal }) => request<RunPage>(`${path(id)}/runs`, { query: { limit: 20 }, signal }),
  });

/** null: it has none. */
export const scheduleQuery = (id: string) =>
  queryOptions({
    queryKey: ['saved-queries', id, 'schedule'],
    queryFn: async ({ signal }) => {
      try {
        return await request<Schedule>(`${path(id)}/schedule`, { signal });
      } catch (error) {
        if (error instanceof ApiError && error.status === 404) return null;
        throw error;
      }
    },
  });

export const createQuery = (fields: QueryFields) => request<SavedQuery>('/queries', { method: 'POST', body: fields });

/** With `version` it is refused (409) when that is not the present one. */
export const changeQuery = (id: string, fields: QueryFields) =>
  request<SavedQuery>(path(id), { method: 'PATCH', body: fields });

export const trashQuery = (id: string) => request<void>(path(id), { method: 'DELETE' });

export const deleteQuery = (id: string) => request<void>(path(id), { method: 'DELETE', query: { permanently: true } });

export const restoreQuery = (id: string) => request<SavedQuery>(`${path(id)}/restore`, { method: 'POST', body: {} });

export const duplicateQuery = (id: string) =>
  request<SavedQuery>(`${path(id)}/duplicate`, { method: 'POST', body: {} });

export const restoreVersion = (id: string, version: number) =>
  request<SavedQuery>(`${path(id)}/versions/${version}/restore`, { method: 'POST', body: {} });

export const putSchedule = (id: string, fields: ScheduleFields) =>
  request<Schedule>(`${path(id)}/schedule`, { method: 'PUT', body: fields });

export const removeSchedule = (id: string) => request<void>(`${path(id)}/schedule`, { method: 'DELETE' });
