/** What each open tab ran last, and what it runs now. Kept while the page is open. */
import { create } from 'zustand';
import { type Bound, runQuery } from '@/api/queries';
import { followRun, unfollowRun } from '@/api/runs';
import type { QueryResult } from '@/api/types';
import type { GridSort } from '@/components/grid/DataGrid';
import { Rows } from './rows';
import { sortedBy } from './statement';

/** Rows that come with a run: enough for its chart. */
export const FIRST_ROWS = 1_000;

export interface Failure {
  error: unknown;
  /** What was sent, and where it begins in the editor; none of a sorting of the result. */
  sql: string | null;
  start: number;
}

export interface Run {
  /** What the result is of, and where it begins in the editor. */
  sql: string;
  start: number;
  /** The values that it was run with. */
  bound: Bound;
  result: QueryResult | null;
  rows: Rows | null;
  /** When the result came, ms since 1970. */
  at: number;
  running: AbortController | null;
  /** The client_run_id of what runs now. */
  runId: string | null;
  failure: Failure | null;
  sort: GridSort | null;
}

const NOTHING: Run = {
  sql: '',
  start: 0,
  bound: {},
  result: null,
  rows: null,
  at: 0,
  running: null,
  runId: null,
  failure: null,
  sort: null,
};

export const useRuns = create<Record<string, Run>>(() => ({}));

export const runOf = (runs: Record<string, Run>, tab: string): Run => runs[tab] ?? NOTHING;

const put = (tab: string, change: Partial<Run>) =>
  useRuns.setState((runs) => ({ [tab]: { ...runOf(runs, tab), ...change } }));

const get = (tab: string) => runOf(useRuns.getState(), tab);

interface Options {
  start?: number;
  sort?: GridSort | null;
  bound?: Bound;
  /** The saved query that it is a run of. */
  savedId?: string | undefined;
  /** Shown while one builds: nobody scrolls it yet, so its rows are not counted. */
  live?: boolean;
}

/** Runs in place of what the tab runs now. The last result stays until the next one is there. */
export async function run(tab: string, sql: string, options: Options = {}): Promise<void> {
  get(tab).running?.abort();
  const running = new AbortController();
  const sort = options.sort ?? null;
  const start = options.start ?? 0;
  const bound = options.bound ?? {};
  const runId = followRun();
  put(tab, { running, runId, failure: null });
  try {
    const sent = sort ? sortedBy(sql, sort.column, sort.descending) : sql;
    const result = await runQuery(sent, FIRST_ROWS, running.signal, {
      ...bound,
      client_run_id: runId,
      ...(options.savedId ? { saved_query_id: options.savedId } : {}),
    });
    if (running.signal.aborted) return;
    get(tab).rows?.stop();
    const rows = new Rows(result);
    if (!options.live) rows.learnTotal();
    put(tab, { sql, start, bound, result, rows, at: Date.now(), running: null, runId: null, sort, failure: null });
  } catch (error) {
    if (running.signal.aborted) return;
    put(tab, { running: null, runId: null, failure: { error, sql: sort ? null : sql, start } });
  } finally {
    unfollowRun(runId);
  }
}

export function stop(tab: string): void {
  get(tab).running?.abort();
  put(tab, { running: null, runId: null });
}

export function forget(tab: string): void {
  const known = get(tab);
  known.running?.abort();
  known.rows?.stop();
  useRuns.setState((runs) => Object.fromEntries(Object.entries(runs).filter(([id]) => id !== tab)), true);
}

/** Up, down, as it came. */
export function sortBy(tab: string, column: number): void {
  const { sql, sort, bound, start } = get(tab);
  const next =
    sort?.column !== column ? { column, descending: false } : sort.descending ? null : { column, descending: true };
  void run(tab, sql, { sort: next, start, bound });
}
