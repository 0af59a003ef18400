import { useEffect } from 'react';
import { create } from 'zustand';

interface CrumbState {
  leaf: string | null;
}

/** The name of what is open, shown in the top bar and in the browser's tab. */
export const useCrumbStore = create<CrumbState>(() => ({ leaf: null }));

export function useCrumb(leaf: string | null | undefined): void {
  useEffect(() => {
    useCrumbStore.setState({ leaf: leaf ?? null });
    return () => useCrumbStore.setState({ leaf: null });
  }, [leaf]);
}
