/** Which panel is open beside the queries; one at a time. */
import { create } from 'zustand';

export type Panel =
  | { name: 'saved' }
  | { name: 'history' }
  | { name: 'plan' }
  | { name: 'words' }
  /** What the tab holds becomes a saved query of its own. */
  | { name: 'save' }
  /** The result becomes a table to ask about; `id`: why the SQL itself can not be. */
  | { name: 'ask'; id: string }
  | { name: 'details' | 'versions' | 'schedule'; id: string };

export const usePanel = create<{ panel: Panel | null }>(() => ({ panel: null }));

export const openPanel = (panel: Panel) => usePanel.setState({ panel });
export const closePanel = () => usePanel.setState({ panel: null });
