/**
 * The push channel: one WebSocket per tab, opened with a one-use ticket (never a token in an address),
 * reconnecting with the last sequence number, so that nothing that happened in between is missed.
 */
import { API_BASE, request } from './client';
import { ApiError } from './errors';
import type { Event, Ticket } from './types';

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 30_000;

export type RealtimeState = 'closed' | 'connecting' | 'open';

let state: RealtimeState = 'closed';
export const realtimeIsOpen = () => state === 'open';

export interface RealtimeOptions {
  onEvent: (event: Event) => void;
  /** The channel is open; `resumed` is false the first time. */
  onOpen?: (resumed: boolean) => void;
  getTicket?: () => Promise<Ticket>;
  connect?: (url: string) => WebSocket;
}

export function realtimeAddress(ticket: string, after: number | null): string {
  const base = new URL(API_BASE || location.origin, location.origin);
  base.protocol = base.protocol === 'https:' ? 'wss:' : 'ws:';
  const url = new URL(`${base.pathname.replace(/\/$/, '')}/api/realtime`, base);
  url.searchParams.set('ticket', ticket);
  if (after !== null) url.searchParams.set('after', String(after));
  return url.toString();
}

/** Doubles with every failure, spread so that many pages do not come back in one moment. */
export function waitBefore(attempt: number, random: () => number = Math.random): number {
  return Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** attempt) * (0.5 + random() / 2);
}

/** Opens the channel and keeps it open; the returned function closes it for good. */
export function startRealtime(options: RealtimeOptions): () => void {
  const getTicket = options.getTicket ?? (() => request<Ticket>('/realtime/ticket', { method: 'POST', body: {} }));
  const connect = options.connect ?? ((url) => new WebSocket(url));
  let socket: WebSocket | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let lastSeq: number | null = null;
  let attempt = 0;
  let opened = false;
  let stopped = false;

  const again = () => {
    state = 'closed';
    if (stopped) return;
    clearTimeout(timer);
    timer = setTimeout(open, waitBefore(attempt));
    attempt++;
  };

  const open = async () => {
    if (stopped || state !== 'closed') return;
    state = 'connecting';
    try {
      const { ticket } = await getTicket();
      if (stopped) return;
      const next = connect(realtimeAddress(ticket, lastSeq));
      socket = next;
      next.onopen = () => {
        state = 'open';
        attempt = 0;
        options.onOpen?.(opened);
        opened = true;
      };
      next.onmessage = (message) => {
        const event = parse(message.data);
        if (!event) return;
        // Progress is transient and has number 0; everything else is ordered and comes once.
        if (event.seq > 0) {
          if (lastSeq !== null && event.seq <= lastSeq) return;
          lastSeq = event.seq;
        }
        options.onEvent(event);
      };
      next.onclose = again;
    } catch (error) {
      // Without a session, or where push is switched off, there is nothing to wait for.
      if (error instanceof ApiError && (error.status === 401 || error.status === 404)) {
        state = 'closed';
        return;
      }
      again();
    }
  };

  const onOnline = () => {
    attempt = 0;
    clearTimeout(timer);
    void open();
  };
  globalThis.addEventListener?.('online', onOnline);
  void open();

  return () => {
    stopped = true;
    state = 'closed';
    clearTimeout(timer);
    globalThis.removeEventListener?.('online', onOnline);
    if (socket) {
      socket.onclose = null;
      socket.close();
    }
  };
}

function parse(data: unknown): Event | null {
  try {
    const event = JSON.parse(String(data)) as Event;
    return typeof event?.type === 'string' ? { ...event, seq: event.seq ?? 0 } : null;
  } catch {
    return null;
  }
}
