/**
 * Who is logged in, for every tab of this browser. The session lives in localStorage (one key) and
 * changes in one tab are seen by all; see docs/decisions/0060-browser-session.md.
 */
import type { Session as SessionAnswer, User } from './types';

export interface StoredSession {
  accessToken: string;
  refreshToken: string;
  /** Milliseconds since 1970 by this browser's clock. */
  expiresAt: number;
  user: User | null;
}

const KEY = 'sextant.session';
const listeners = new Set<() => void>();
let memory: StoredSession | null = read();

function read(): StoredSession | null {
  try {
    const text = localStorage.getItem(KEY);
    return text ? (JSON.parse(text) as StoredSession) : null;
  } catch {
    return null;
  }
}

function changed() {
  for (const listener of listeners) listener();
}

globalThis.addEventListener?.('storage', (event: StorageEvent) => {
  if (event.key !== KEY && event.key !== null) return;
  memory = read();
  changed();
});

export function currentSession(): StoredSession | null {
  return memory;
}

/** Looks into the store again: another tab may have renewed the session since. */
export function rereadSession(): StoredSession | null {
  const stored = read();
  if (stored?.accessToken !== memory?.accessToken) {
    memory = stored;
    changed();
  }
  return memory;
}

export function saveSession(answer: SessionAnswer): void {
  memory = {
    accessToken: answer.access_token,
    refreshToken: answer.refresh_token,
    expiresAt: Date.now() + answer.expires_in * 1000,
    user: answer.user,
  };
  persist();
}

export function saveUser(user: User): void {
  if (!memory) return;
  memory = { ...memory, user };
  persist();
}

export function clearSession(): void {
  if (!memory && !read()) return;
  memory = null;
  try {
    localStorage.removeItem(KEY);
  } catch {
    // Without storage the session lived in this tab only.
  }
  changed();
}

function persist() {
  try {
    localStorage.setItem(KEY, JSON.stringify(memory));
  } catch {
    // Without storage the session lives in this tab only.
  }
  changed();
}

export function subscribeSession(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
