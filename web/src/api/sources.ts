import { queryOptions } from '@tanstack/react-query';
import { request } from './client';
import type { Sources } from './types';

export const sourcesQuery = queryOptions({
  queryKey: ['sources'],
  queryFn: ({ signal }) => request<Sources>('/integration/data-sources', { signal }),
  staleTime: 30_000,
});
