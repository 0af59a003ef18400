import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { request } from './client';
import type { PassagePage, SearchReply } from './types';

/** Shorter words find too much. */
export const SHORTEST_SEARCH = 3;

/** Passages of documents with the words of `q`, best first; of one source when it is given. */
export const searchQuery = (q: string, source_id?: string, limit = 20) =>
  queryOptions({
    queryKey: ['search', q, source_id, limit],
    queryFn: ({ signal }) => request<SearchReply>('/integration/search', { query: { q, source_id, limit }, signal }),
    enabled: q.length >= SHORTEST_SEARCH,
    staleTime: 30_000,
  });

/** The text of a document in reading order, from behind the passage `after`. */
export const passagesQuery = (fileId: string, after: number) =>
  infiniteQueryOptions({
    queryKey: ['passages', fileId, after],
    queryFn: ({ pageParam, signal }) =>
      request<PassagePage>(`/files/${encodeURIComponent(fileId)}/passages`, {
        query: { after: pageParam, limit: 100 },
        signal,
      }),
    initialPageParam: after,
    getNextPageParam: (last) => last.next_after,
    staleTime: 60_000,
  });
