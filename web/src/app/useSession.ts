import { useSyncExternalStore } from 'react';
import { currentSession, type StoredSession, subscribeSession } from '@/api/session';

/** Follows log-ins, renewals and log-outs of every tab. */
export function useSession(): StoredSession | null {
  return useSyncExternalStore(subscribeSession, currentSession);
}
