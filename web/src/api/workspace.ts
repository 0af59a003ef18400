import { queryOptions } from '@tanstack/react-query';
import { request } from './client';
import type { WorkspaceSettings } from './types';

/** What questions of the workspace take for granted. */
export const settingsQuery = queryOptions({
  queryKey: ['workspace-settings'],
  queryFn: ({ signal }) => request<WorkspaceSettings>('/workspaces/current/settings', { signal }),
});

export const changeSettings = (change: Partial<WorkspaceSettings>) =>
  request<WorkspaceSettings>('/workspaces/current/settings', { method: 'PATCH', body: change });
