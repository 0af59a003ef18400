import { queryOptions } from '@tanstack/react-query';
import { request } from './client';
import { isRunning } from './progress';
import { realtimeIsOpen } from './realtime';
import type { DataSourceInfo, File, FileList, SyncReply, UploadReply } from './types';

/** Without the push channel a running file is asked about now and then. */
const POLL_MS = 1_500;

export const filesQuery = queryOptions({
  queryKey: ['files'],
  queryFn: ({ signal }) => request<FileList>('/files', { query: { limit: 200 }, signal }),
  refetchInterval: (query) =>
    query.state.data?.files.some(isRunning) ? (realtimeIsOpen() ? POLL_MS * 4 : POLL_MS) : false,
});

export const fileQuery = (id: string) =>
  queryOptions({
    queryKey: ['files', id],
    queryFn: ({ signal }) => request<File>(`/files/${encodeURIComponent(id)}`, { signal }),
  });

/** Everything about one source: schema, versions, load report, profiles, questions. */
export const sourceInfoQuery = (id: string) =>
  queryOptions({
    queryKey: ['source-info', id],
    queryFn: ({ signal }) => request<DataSourceInfo>(`/files/${encodeURIComponent(id)}/data-source-info`, { signal }),
    staleTime: 60_000,
  });

/** The version that queries see: the newest one, unless an earlier one was restored. */
export const versionInUse = (info: DataSourceInfo) =>
  info.versions.find((version) => version.version === info.data_source_info?.version) ?? info.versions[0];

export const deleteFile = (id: string) => request<void>(`/files/${encodeURIComponent(id)}`, { method: 'DELETE' });

export const retryFile = (id: string) =>
  request<File>(`/files/${encodeURIComponent(id)}/retry`, { method: 'POST', body: {} });

export const loadSampleData = () => request<UploadReply>('/files/sample', { method: 'POST', body: {} });

export const syncFeatures = (source_id?: string) =>
  request<SyncReply>('/files/sync-features', { method: 'POST', body: source_id ? { source_id } : {} });
