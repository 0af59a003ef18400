import { create } from 'zustand';
import { persist } from 'zustand/middleware';

interface UiState {
  navCollapsed: boolean;
  toggleNav: () => void;
}

/** What the browser remembers about the frame; server state never lives here. */
export const useUi = create<UiState>()(
  persist(
    (set) => ({
      navCollapsed: false,
      toggleNav: () => set((state) => ({ navCollapsed: !state.navCollapsed })),
    }),
    { name: 'sextant.ui' },
  ),
);
