/** The open tabs of the Query Builder, kept across reloads, apart for each user of this browser. */
import { create } from 'zustand';
import { persist } from 'zustand/middleware';
import { currentSession } from '@/api/session';
import type { ParameterDefinition } from '@/api/types';
import type { Reading } from './builder/reading';
import type { SavedState } from './saved';

export type Mode = 'visual' | 'sql';

export interface QueryTab {
  id: string;
  title: string;
  mode: Mode;
  sql: string;
  /** What the visual builder shows; null before it was used. */
  reading: Reading | null;
  /**
   * The SQL that stands for the reading; empty from a change of the reading until it is written. When the
   * text differs, the reading is not of it any more.
   */
  composed: string;
  /** The text was written by hand and says what the reading says: it stays until the reading is changed. */
  kept: boolean;
  /** The saved query that it shows, as it was when it was opened or saved last. */
  saved: SavedState | null;
  /** What is known of the text's parameters: types, labels, choices. */
  definitions: ParameterDefinition[];
  /** What stands in their controls, by name. */
  values: Record<string, string>;
}

interface TabsState {
  tabs: QueryTab[];
  active: string;
  /** Opens a tab and gives its id. An untouched one is used again. */
  open: (tab?: Partial<Omit<QueryTab, 'id'>>) => string;
  close: (id: string) => void;
  choose: (id: string) => void;
  change: (id: string, change: Partial<Omit<QueryTab, 'id'>>) => void;
}

const UNTITLED = /^Query \d+$/;

export const isUntouched = (tab: QueryTab) =>
  tab.sql.trim() === '' && (tab.reading?.table ?? '') === '' && UNTITLED.test(tab.title);

function freeTitle(tabs: QueryTab[]): string {
  const taken = new Set(tabs.map((tab) => tab.title));
  let number = 1;
  while (taken.has(`Query ${number}`)) number++;
  return `Query ${number}`;
}

let made = 0;
const newId = () => `${Date.now().toString(36)}${(made++).toString(36)}`;

const blank = (tabs: QueryTab[], mode: Mode = 'visual'): QueryTab => ({
  id: newId(),
  title: freeTitle(tabs),
  mode,
  sql: '',
  reading: null,
  composed: '',
  kept: false,
  saved: null,
  definitions: [],
  values: {},
});

const first = blank([]);

export const useTabs = create<TabsState>()(
  persist(
    (set, get) => ({
      tabs: [first],
      active: first.id,
      open: (given = {}) => {
        const { tabs, active } = get();
        const mode = tabs.find((tab) => tab.id === active)?.mode;
        const free = tabs.find(isUntouched);
        const tab = { ...(free ?? blank(tabs, mode)), ...given };
        set({
          tabs: free ? tabs.map((one) => (one.id === free.id ? tab : one)) : [...tabs, tab],
          active: tab.id,
        });
        return tab.id;
      },
      close: (id) => {
        const { tabs, active } = get();
        const index = tabs.findIndex((tab) => tab.id === id);
        if (index < 0) return;
        const left = tabs.filter((tab) => tab.id !== id);
        if (left.length === 0) left.push(blank([], tabs[index]?.mode));
        const next = left[Math.min(index, left.length - 1)];
        set({ tabs: left, active: active === id && next ? next.id : active });
      },
      choose: (id) => set({ active: id }),
      change: (id, change) =>
        set(({ tabs }) => ({ tabs: tabs.map((tab) => (tab.id === id ? { ...tab, ...change } : tab)) })),
    }),
    {
      name: `sextant.queries.${currentSession()?.user?.id ?? 'nobody'}`,
      partialize: ({ tabs, active }) => ({ tabs, active }),
      // Tabs that were kept before a field was there have it empty.
      merge: (kept, current) => {
        const { tabs = [], active } = (kept ?? {}) as Partial<Pick<TabsState, 'tabs' | 'active'>>;
        if (tabs.length === 0) return current;
        return { ...current, tabs: tabs.map((tab) => ({ ...blank([]), ...tab })), active: active ?? tabs[0]?.id ?? '' };
      },
    },
  ),
);

export const activeTab = (state: TabsState): QueryTab =>
  state.tabs.find((tab) => tab.id === state.active) ?? (state.tabs[0] as QueryTab);
