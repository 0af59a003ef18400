import { type ReactNode, useEffect, useRef } from 'react';
import { Navigate, useLocation } from 'react-router';
import { queryClient } from './query-client';
import { useSession } from './useSession';

/** Without a session the log-in page is shown, and leads back to where one wanted to go. */
export function RequireSession({ children }: { children: ReactNode }) {
  const session = useSession();
  const { pathname, search } = useLocation();
  const userId = session?.user?.id;
  const lastUser = useRef(userId);
  useEffect(() => {
    // Nothing of one person is shown to the next one.
    if (lastUser.current !== userId && lastUser.current !== undefined) queryClient.clear();
    lastUser.current = userId;
  }, [userId]);
  if (!session) {
    const from = pathname + search;
    return <Navigate to={from === '/' ? '/login' : `/login?next=${encodeURIComponent(from)}`} replace />;
  }
  return children;
}
