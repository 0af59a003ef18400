import { QueryClient } from '@tanstack/react-query';
import { ApiError } from '@/api/errors';

/** Only what may be gone in a moment is tried again by itself: no connection, or a busy server. */
function retry(failures: number, error: Error): boolean {
  if (failures >= 2 || !(error instanceof ApiError)) return false;
  return error.status === 0 || error.status === 502 || error.status === 503 || error.status === 504;
}

export const queryClient = new QueryClient({
  defaultOptions: { queries: { retry, staleTime: 10_000, refetchOnWindowFocus: false } },
});
