/**
 * The rows of one run: the first ones come with it, others page by page while one scrolls. Only pages
 * looked at lately are kept, so that a million rows do not fill the page's memory.
 */
import { moreRows } from '@/api/queries';
import type { QueryResult } from '@/api/types';

export const PAGE_ROWS = 250;
const KEPT_PAGES = 60;
const AT_ONCE = 2;
/** Scrolling through is not looking: pages are asked for when the rows stand still this long. */
const REST_MS = 60;

type Fetch = (queryId: string, offset: number, limit: number, signal: AbortSignal) => Promise<QueryResult>;

export class Rows {
  readonly first: unknown[][];
  private total: number | null;
  private readonly pages = new Map<number, unknown[][]>();
  private readonly running = new Map<number, AbortController>();
  private wanted: number[] = [];
  /** The page that tells how many rows there are; not given up when it is not looked at. */
  private counting = -1;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly listeners = new Set<() => void>();
  private version = 0;
  private failure: unknown = null;

  constructor(
    private readonly result: QueryResult,
    private readonly fetch: Fetch = moreRows,
  ) {
    this.first = result.rows;
    this.total = result.truncated ? (result.total_rows ?? null) : result.rows.length;
  }

  subscribe = (listener: () => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };
  snapshot = () => this.version;

  /** Rows that can be scrolled to: all, once their number is known. */
  get count() {
    return this.total ?? this.first.length;
  }
  get isCounted() {
    return this.total !== null;
  }
  get error() {
    return this.failure;
  }

  at = (index: number): unknown[] | undefined => {
    if (index < this.first.length) return this.first[index];
    return this.pages.get(Math.floor(index / PAGE_ROWS))?.[index % PAGE_ROWS];
  };

  /** Rows [from, to) are in view. */
  look = (from: number, to: number) => {
    const pages: number[] = [];
    for (let page = Math.floor(from / PAGE_ROWS); page * PAGE_ROWS < Math.min(to, this.count); page++) {
      if ((page + 1) * PAGE_ROWS <= this.first.length) continue;
      const held = this.pages.get(page);
      if (held) {
        // Looked at last: dropped last.
        this.pages.delete(page);
        this.pages.set(page, held);
      } else pages.push(page);
    }
    this.wanted = pages;
    for (const [page, controller] of this.running) {
      if (!pages.includes(page) && page !== this.counting) controller.abort();
    }
    clearTimeout(this.timer);
    if (pages.length > 0) this.timer = setTimeout(this.pump, REST_MS);
  };

  /** Asks how many rows there are; the server then keeps the whole result to page in. */
  learnTotal = () => {
    if (this.total !== null) return;
    this.counting = Math.floor(this.first.length / PAGE_ROWS);
    void this.load(this.counting);
  };

  retry = () => {
    this.failure = null;
    this.changed();
    this.pump();
  };

  /** Rows [from, to), fetched when they are not here. */
  async between(from: number, to: number): Promise<unknown[][]> {
    const here: unknown[][] = [];
    for (let index = from; index < to; index++) {
      const row = this.at(index);
      if (!row) return (await this.fetch(this.result.query_id, from, to - from, new AbortController().signal)).rows;
      here.push(row);
    }
    return here;
  }

  stop = () => {
    clearTimeout(this.timer);
    this.wanted = [];
    for (const controller of this.running.values()) controller.abort();
  };

  private pump = () => {
    if (this.failure) return;
    for (const page of this.wanted) {
      if (this.running.size >= AT_ONCE) return;
      if (!this.running.has(page) && !this.pages.has(page)) void this.load(page);
    }
  };

  private async load(page: number) {
    const controller = new AbortController();
    this.running.set(page, controller);
    try {
      const answer = await this.fetch(this.result.query_id, page * PAGE_ROWS, PAGE_ROWS, controller.signal);
      if (controller.signal.aborted) return;
      this.pages.set(page, answer.rows);
      this.total ??= answer.total_rows ?? null;
      for (const oldest of this.pages.keys()) {
        if (this.pages.size <= KEPT_PAGES) break;
        this.pages.delete(oldest);
      }
    } catch (error) {
      if (controller.signal.aborted) return;
      this.failure = error;
    } finally {
      this.running.delete(page);
      this.changed();
      this.pump();
    }
  }

  private changed() {
    this.version++;
    for (const listener of this.listeners) listener();
  }
}
