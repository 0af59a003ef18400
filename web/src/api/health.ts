import { queryOptions } from '@tanstack/react-query';
import { request } from './client';
import type { HealthReport } from './types';

const EVERY_MS = 15_000;

/** Every component, checked by doing the real thing; a failing one is an error that names it. */
export const healthQuery = queryOptions({
  queryKey: ['health'],
  queryFn: ({ signal }) => request<HealthReport>('/health/ready', { signal }),
  refetchInterval: EVERY_MS,
  retry: false,
});
