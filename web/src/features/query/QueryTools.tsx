import { ActionIcon, Button } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import {
  IconBooks,
  IconCalendarTime,
  IconCopyPlus,
  IconDeviceFloppy,
  IconHistory,
  IconInfoCircle,
  IconSchema,
  IconTextCaption,
  IconVersions,
} from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { ApiError, asApiError } from '@/api/errors';
import { changeQuery } from '@/api/saved-queries';
import type { ResultColumn } from '@/api/types';
import { ActionMenu } from '@/components/ActionMenu';
import { ConfirmDialog } from '@/components/ConfirmDialog';
import { toast } from '@/components/toast';
import { settled } from './builder/settled';
import { useSavedFromAddress } from './opening';
import { openPanel, usePanel } from './panels/store';
import { definitionsFor } from './parameters';
import { fieldsOf, isChanged, savedState } from './saved';
import { type QueryTab, useTabs } from './tabs';

const Panels = lazy(() => import('./panels/Panels'));

/** Saves what the tab holds as the next version; `over` takes the place of a version that came meanwhile. */
function useSave(tab: QueryTab) {
  const change = useTabs((tabs) => tabs.change);
  const client = useQueryClient();
  const [conflict, setConflict] = useState(false);
  const whole = async (): Promise<QueryTab> => {
    const { sql, reading, composed } = await settled(tab);
    return { ...tab, sql, reading, composed };
  };
  const send = async (over: boolean) => {
    if (!tab.saved) return;
    const version = over ? {} : { version: tab.saved.version };
    const query = await changeQuery(tab.saved.id, { ...fieldsOf(await whole()), ...version });
    change(tab.id, { saved: savedState(query), definitions: query.parameter_definitions });
    void client.invalidateQueries({ queryKey: ['saved-queries'] });
    void toast(`Saved. It is at version ${query.version}.`);
  };
  const save = async () => {
    if (!tab.sql.trim()) return;
    if (!tab.saved) {
      openPanel({ name: 'save' });
      return;
    }
    try {
      if (isChanged(await whole())) await send(false);
      else void toast('Nothing was changed since it was saved.');
    } catch (error) {
      if (error instanceof ApiError && error.status === 409) setConflict(true);
      else void toast(asApiError(error).message, { bad: true });
    }
  };
  return { save, conflict, saveOver: () => send(true), dismiss: () => setConflict(false) };
}

/** What can be done with the query of a tab, and the way to the others. */
export default function QueryTools({ tab: shown, needed }: { tab: QueryTab; needed: ResultColumn[] }) {
  // Types that the statement needs are saved as if they had been chosen.
  const tab = { ...shown, definitions: definitionsFor(shown.sql, shown.definitions, needed) };
  const { save, conflict, saveOver, dismiss } = useSave(tab);
  const panel = usePanel((state) => state.panel);
  const written = tab.sql.trim() !== '';
  const saved = tab.saved;
  useSavedFromAddress();
  useHotkeys(
    [
      ['mod+S', () => void save()],
      ['mod+shift+S', () => written && openPanel({ name: 'save' })],
      ['alt+O', () => openPanel({ name: 'saved' })],
      ['alt+H', () => openPanel({ name: 'history' })],
      ['alt+P', () => written && openPanel({ name: 'plan' })],
      ['alt+E', () => written && openPanel({ name: 'words' })],
    ],
    [],
    true,
  );
  return (
    <>
      <ActionIcon
        size={32}
        aria-label="Saved queries (Alt O)"
        title="Saved queries (Alt O)"
        onClick={() => openPanel({ name: 'saved' })}
      >
        <IconBooks size={17} stroke={1.6} />
      </ActionIcon>
      <ActionIcon
        size={32}
        aria-label="History (Alt H)"
        title="History (Alt H)"
        onClick={() => openPanel({ name: 'history' })}
      >
        <IconHistory size={17} stroke={1.6} />
      </ActionIcon>
      <ActionMenu
        label="More for this query"
        actions={[
          ...(written
            ? [
                { label: 'Say it in words', icon: IconTextCaption, onClick: () => openPanel({ name: 'words' }) },
                {
                  label: 'Plan, and how to make it faster',
                  icon: IconSchema,
                  onClick: () => openPanel({ name: 'plan' }),
                },
                { label: 'Save as another query', icon: IconCopyPlus, onClick: () => openPanel({ name: 'save' }) },
              ]
            : []),
          ...(saved
            ? [
                {
                  label: 'Name, folder, tags, sharing',
                  icon: IconInfoCircle,
                  onClick: () => openPanel({ name: 'details', id: saved.id }),
                },
                { label: 'Versions', icon: IconVersions, onClick: () => openPanel({ name: 'versions', id: saved.id }) },
                {
                  label: 'Schedule',
                  icon: IconCalendarTime,
                  onClick: () => openPanel({ name: 'schedule', id: saved.id }),
                },
              ]
            : []),
          { label: 'Saved queries', icon: IconBooks, onClick: () => openPanel({ name: 'saved' }) },
          { label: 'History', icon: IconHistory, onClick: () => openPanel({ name: 'history' }) },
        ]}
      />
      <Button
        leftSection={<IconDeviceFloppy size={16} stroke={1.6} />}
        disabled={!written}
        title="Save (Ctrl S)"
        onClick={() => void save()}
      >
        Save
      </Button>
      {panel ? (
        <Suspense>
          <Panels panel={panel} tab={tab} />
        </Suspense>
      ) : null}
      {conflict ? (
        <ConfirmDialog title="Changed by somebody else" action="Save over it" onConfirm={saveOver} onClose={dismiss}>
          “{saved?.name}” has a newer version than the one that you opened. It stays among the versions when yours is
          saved over it.
        </ConfirmDialog>
      ) : null}
    </>
  );
}
