import { useEffect, useRef, useState } from 'react';
import { composeReading } from '@/api/readings';
import type { ComposedReading } from '@/api/types';
import { run } from '../runs';
import { type QueryTab, useTabs } from '../tabs';
import { sendable } from './edit';
import { isEmpty, type Reading } from './reading';

/** Changes that come closer together than this are one. */
const PAUSE_MS = 200;

export interface Composition {
  reply: ComposedReading | null;
  error: unknown;
}

const NOTHING: Composition = { reply: null, error: null };

/** Writes the tab's reading as SQL and runs it, a moment after each change and in place of the run before. */
export function useComposition(tab: QueryTab): Composition {
  const [composition, setComposition] = useState<Composition>(NOTHING);
  const change = useTabs((tabs) => tabs.change);
  const reading: Reading | null = tab.mode === 'visual' ? (tab.reading ?? null) : null;
  const now = useRef(tab);
  now.current = tab;
  useEffect(() => {
    if (!reading || isEmpty(reading)) {
      setComposition(NOTHING);
      // All was taken off the shelves.
      if (reading && now.current.sql !== '') change(tab.id, { sql: '', composed: '' });
      return;
    }
    const controller = new AbortController();
    const timer = setTimeout(async () => {
      try {
        const reply = await composeReading(sendable(reading), controller.signal);
        if (controller.signal.aborted) return;
        setComposition({ reply, error: null });
        const sql = now.current.kept ? now.current.sql : reply.sql_query;
        change(tab.id, { sql, composed: sql });
        await run(tab.id, sql, { live: true });
      } catch (error) {
        if (!controller.signal.aborted) setComposition((before) => ({ ...before, error }));
      }
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [reading, tab.id, change]);
  return composition;
}
