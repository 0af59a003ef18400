import '@mantine/core/styles/CloseButton.layer.css';
import '@mantine/core/styles/Drawer.layer.css';
import '@mantine/core/styles/ModalBase.layer.css';
import '@mantine/core/styles/Overlay.layer.css';
import '@mantine/core/styles/Paper.layer.css';
import { Drawer } from '@mantine/core';
import { type ComponentType, lazy, Suspense } from 'react';
import { Bone } from '@/components/primitives';
import type { QueryTab } from '../tabs';
import p from './panels.module.css';
import { closePanel, type Panel } from './store';

const AskPanel = lazy(() => import('./AskPanel'));
const SavedPanel = lazy(() => import('./SavedPanel'));
const SavePanel = lazy(() => import('./SavePanel'));
const DetailsPanel = lazy(() => import('./DetailsPanel'));
const VersionsPanel = lazy(() => import('./VersionsPanel'));
const SchedulePanel = lazy(() => import('./SchedulePanel'));
const HistoryPanel = lazy(() => import('./HistoryPanel'));
const PlanPanel = lazy(() => import('./PlanPanel'));
const WordsPanel = lazy(() => import('./WordsPanel'));

export interface PanelProps {
  tab: QueryTab;
  /** Of the saved query that it is about, or what the panel was opened with; else empty. */
  id: string;
}

const PANELS: Record<Panel['name'], { title: string; body: ComponentType<PanelProps>; wide?: boolean }> = {
  saved: { title: 'Saved queries', body: SavedPanel },
  ask: { title: 'Ask about this result', body: AskPanel },
  save: { title: 'Save the query', body: SavePanel },
  details: { title: 'Name, folder, tags, sharing', body: DetailsPanel },
  versions: { title: 'Versions', body: VersionsPanel, wide: true },
  schedule: { title: 'Schedule', body: SchedulePanel },
  history: { title: 'History', body: HistoryPanel, wide: true },
  plan: { title: 'Plan', body: PlanPanel, wide: true },
  words: { title: 'In words', body: WordsPanel },
};

/** The open panel, at the right edge; over everything on a phone. */
export default function Panels({ panel, tab }: { panel: Panel; tab: QueryTab }) {
  const { title, body: Body, wide } = PANELS[panel.name];
  return (
    <Drawer
      opened
      onClose={closePanel}
      title={title}
      position="right"
      size={wide ? 640 : 440}
      overlayProps={{ backgroundOpacity: 0.2 }}
      transitionProps={{ duration: 120 }}
      closeButtonProps={{ 'aria-label': 'Close' }}
      classNames={{ content: p.content ?? '', header: p.header ?? '', title: p.title ?? '', body: p.body ?? '' }}
    >
      <Suspense fallback={<Bone height={120} />}>
        <Body key={panel.name} tab={tab} id={'id' in panel ? panel.id : ''} />
      </Suspense>
    </Drawer>
  );
}
