/**
 * How far runs are, as the server pushes it. A run is followed by the client_run_id that the page chose;
 * nothing is kept of those that nobody follows.
 */
import { create } from 'zustand';
import { request } from './client';
import type { Event, RunningQuery, RunStatus } from './types';

export interface RunState {
  state: 'starting' | RunningQuery['state'] | RunStatus;
  /** 1 is next, while it is queued. */
  queuePosition: number | undefined;
  /** 0 … 1; 0 when the engine does not know. */
  fraction: number;
  rows: number;
  bytes: number;
  error: string | undefined;
}

const STARTING: RunState = {
  state: 'starting',
  queuePosition: undefined,
  fraction: 0,
  rows: 0,
  bytes: 0,
  error: undefined,
};

export const useRunStates = create<Record<string, RunState>>(() => ({}));

let made = 0;

/** Follows a new run; gives its client_run_id. */
export function followRun(): string {
  const id = `page-${Date.now().toString(36)}-${Math.random().toString(36).slice(2, 8)}-${(made++).toString(36)}`;
  useRunStates.setState({ [id]: STARTING });
  return id;
}

export function unfollowRun(id: string): void {
  useRunStates.setState((all) => Object.fromEntries(Object.entries(all).filter(([key]) => key !== id)), true);
}

type Told = Partial<Pick<RunningQuery, 'client_run_id' | 'state' | 'queue_position' | 'fraction' | 'rows' | 'bytes'>>;

function put(id: string, change: Partial<RunState>): void {
  const before = useRunStates.getState()[id];
  if (before) useRunStates.setState({ [id]: { ...before, ...change } });
}

const progressed = (id: string, told: Told) =>
  put(id, {
    state: told.state ?? 'running',
    queuePosition: told.queue_position,
    fraction: told.fraction ?? 0,
    rows: told.rows ?? 0,
    bytes: told.bytes ?? 0,
  });

export function applyRunEvent(event: Event): void {
  const data = event.data as Told & { status?: RunStatus; error_message?: string; row_count?: number };
  const id = data.client_run_id;
  if (!id) return;
  if (event.type === 'query.progress') progressed(id, data);
  else if (event.type === 'query.finished')
    put(id, {
      state: data.status ?? 'completed',
      error: data.error_message,
      ...(data.row_count === undefined ? {} : { rows: data.row_count }),
    });
}

/** Asks for what is not pushed, e.g. when the push channel is closed; false when it is not under way. */
export async function askForRun(id: string): Promise<boolean> {
  const { runs } = await request<{ runs: RunningQuery[] }>('/queries/running');
  const run = runs.find((one) => one.client_run_id === id);
  if (run) progressed(id, run);
  return run !== undefined;
}

export const cancelRun = (id: string) =>
  request<void>(`/queries/running/${encodeURIComponent(id)}/cancel`, { method: 'POST', body: {} });

/** Of a run that is not under way any more, whose end was not told. */
export function assumeEnded(id: string): void {
  const state = useRunStates.getState()[id]?.state;
  if (state === 'starting' || state === 'queued' || state === 'running') put(id, { state: 'completed' });
}
