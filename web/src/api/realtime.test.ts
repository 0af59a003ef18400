import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { realtimeAddress, startRealtime, waitBefore } from './realtime';
import type { Event } from './types';

class FakeSocket {
  onopen: (() => void) | null = null;
  onclose: (() => void) | null = null;
  onmessage: ((message: { data: string }) => void) | null = null;
  closed = false;
  readonly url: string;
  constructor(url: string) {
    this.url = url;
  }
  close() {
    this.closed = true;
  }
  say(event: Partial<Event>) {
    this.onmessage?.({ data: JSON.stringify({ data: {}, ...event }) });
  }
}

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

async function start() {
  const sockets: FakeSocket[] = [];
  const events: Event[] = [];
  let tickets = 0;
  const stop = startRealtime({
    onEvent: (event) => events.push(event),
    getTicket: async () => ({ ticket: `t${++tickets}`, expires_in: 30 }),
    connect: (url) => {
      const socket = new FakeSocket(url);
      sockets.push(socket);
      return socket as unknown as WebSocket;
    },
  });
  await vi.advanceTimersByTimeAsync(0);
  return { sockets, events, stop };
}

test('after a cut it comes back with a new ticket and the last number', async () => {
  const { sockets, events, stop } = await start();
  sockets[0]?.onopen?.();
  sockets[0]?.say({ seq: 41, type: 'source.published' });
  sockets[0]?.say({ seq: 0, type: 'file.progress' });
  sockets[0]?.onclose?.();
  await vi.advanceTimersByTimeAsync(1000);
  expect(sockets).toHaveLength(2);
  expect(new URL(sockets[1]?.url ?? '').searchParams.get('after')).toBe('41');
  expect(new URL(sockets[1]?.url ?? '').searchParams.get('ticket')).toBe('t2');
  sockets[1]?.say({ seq: 41, type: 'source.published' });
  sockets[1]?.say({ seq: 42, type: 'source.profiled' });
  expect(events.map((event) => event.type)).toEqual(['source.published', 'file.progress', 'source.profiled']);
  stop();
  expect(sockets[1]?.closed).toBe(true);
});

test('once stopped it stays away', async () => {
  const { sockets, stop } = await start();
  stop();
  sockets[0]?.onclose?.();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(sockets).toHaveLength(1);
});

test('waiting doubles up to half a minute', () => {
  expect(waitBefore(0, () => 1)).toBe(500);
  expect(waitBefore(3, () => 1)).toBe(4000);
  expect(waitBefore(20, () => 1)).toBe(30_000);
  expect(waitBefore(3, () => 0)).toBe(2000);
});

test('the address carries no number before the first event', () => {
  expect(new URL(realtimeAddress('t', null)).searchParams.has('after')).toBe(false);
});
