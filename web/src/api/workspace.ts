import { queryOptions } from '@tanstack/react-query';
import { request } from './client';
import type { LimitsChange, LimitsInForce, WorkspaceSettings } from './types';

/** What questions of the workspace take for granted. */
export const settingsQuery = queryOptions({
  queryKey: ['workspace-settings'],
  queryFn: ({ signal }) => request<WorkspaceSettings>('/workspaces/current/settings', { signal }),
});

export const changeSettings = (change: Partial<WorkspaceSettings>) =>
  request<WorkspaceSettings>('/workspaces/current/settings', { method: 'PATCH', body: change });

/** How much the queries of the workspace may take. */
export const limitsQuery = queryOptions({
  queryKey: ['query-limits'],
  queryFn: ({ signal }) => request<LimitsInForce>('/queries/limits', { signal }),
});

/** What is not given is the server's again. */
export const changeLimits = (limits: LimitsChange) =>
  request<LimitsInForce>('/queries/limits', { method: 'PUT', body: limits });
