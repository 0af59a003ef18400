/** The open tabs of the Query Builder, kept across reloads, apart for each user of this browser. */
import { create } from 'zustand';
import { persist } from 'zustand/middleware';
import { currentSession } from '@/api/session';

export type Mode = 'visual' | 'sql';

export interface QueryTab {
  id: string;
  title: string;
  mode: Mode;
  sql: string;
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

export const isUntouched = (tab: QueryTab) => tab.sql.trim() === '' && UNTITLED.test(tab.title);

function freeTitle(tabs: QueryTab[]): string {
  const taken = new Set(tabs.map((tab) => tab.title));
  let number = 1;
  while (taken.has(`Query ${number}`)) number++;
  return `Query ${number}`;
}

let made = 0;
const newId = () => `${Date.now().toString(36)}${(made++).toString(36)}`;

const blank = (tabs: QueryTab[], id = newId()): QueryTab => ({ id, title: freeTitle(tabs), mode: 'sql', sql: '' });

const first = blank([]);

export const useTabs = create<TabsState>()(
  persist(
    (set, get) => ({
      tabs: [first],
      active: first.id,
      open: (given = {}) => {
        const { tabs } = get();
        const free = tabs.find(isUntouched);
        const tab = { ...(free ?? blank(tabs)), ...given };
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
        if (left.length === 0) left.push(blank([]));
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
    },
  ),
);

export const activeTab = (state: TabsState): QueryTab =>
  state.tabs.find((tab) => tab.id === state.active) ?? (state.tabs[0] as QueryTab);
