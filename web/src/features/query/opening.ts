/** Saved queries in tabs: opened from the list, from a link, and saved back. */
import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useSearchParams } from 'react-router';
import { asApiError } from '@/api/errors';
import { savedQueryQuery } from '@/api/saved-queries';
import type { SavedQuery } from '@/api/types';
import { toast } from '@/components/toast';
import { isChanged, openedTab, savedState } from './saved';
import { useTabs } from './tabs';

/** Goes to the tab that shows it, or opens one. Changes that are not saved stay. */
export function openSaved(query: SavedQuery): void {
  const { tabs, open, choose, change } = useTabs.getState();
  const there = tabs.find((tab) => tab.saved?.id === query.id);
  if (!there) {
    open({ ...openedTab(query), values: {} });
    return;
  }
  if (!isChanged(there) && there.saved?.version !== query.version) change(there.id, openedTab(query));
  choose(there.id);
}

/** Tabs that show the query have what was saved now; their text stays. */
export function keepSaved(query: SavedQuery): void {
  const { tabs, change } = useTabs.getState();
  for (const tab of tabs) {
    if (tab.saved?.id !== query.id) continue;
    const renamed = tab.title === tab.saved.name ? { title: query.name } : {};
    change(tab.id, { saved: savedState(query), ...renamed });
  }
}

/** Tabs that show it go on as queries of their own. */
export function letGo(id: string): void {
  const { tabs, change } = useTabs.getState();
  for (const tab of tabs) if (tab.saved?.id === id) change(tab.id, { saved: null });
}

/** Opens the saved query that the address names, once. */
export function useSavedFromAddress(): void {
  const [search, setSearch] = useSearchParams();
  const client = useQueryClient();
  const id = search.get('saved');
  useEffect(() => {
    if (!id) return;
    client
      .fetchQuery(savedQueryQuery(id))
      .then(openSaved)
      .catch((error: unknown) => toast(asApiError(error).message, { bad: true }));
    setSearch(
      (before) => {
        const next = new URLSearchParams(before);
        next.delete('saved');
        return next;
      },
      { replace: true },
    );
  }, [id, client, setSearch]);
}
