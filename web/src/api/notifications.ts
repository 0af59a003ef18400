import { queryOptions } from '@tanstack/react-query';
import { request } from './client';
import type { NotificationList } from './types';

export const notificationsQuery = queryOptions({
  queryKey: ['notifications'],
  queryFn: ({ signal }) => request<NotificationList>('/integration/notifications', { signal }),
  staleTime: 60_000,
});

/** These, or all of them. */
export const markRead = (ids?: string[]) =>
  request<void>('/integration/notifications/read', { method: 'POST', body: ids ? { ids } : {} });
