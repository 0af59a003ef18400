import { Button } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import {
  IconArrowBackUp,
  IconCalendarTime,
  IconCode,
  IconCopy,
  IconInfoCircle,
  IconLock,
  IconTrash,
  IconUsers,
  IconVersions,
} from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { asApiError } from '@/api/errors';
import {
  changeQuery,
  deleteQuery,
  duplicateQuery,
  restoreQuery,
  savedQueriesQuery,
  trashQuery,
} from '@/api/saved-queries';
import type { SavedQuery } from '@/api/types';
import { ActionMenu } from '@/components/ActionMenu';
import { Ago } from '@/components/Ago';
import { Choice, SmallInput } from '@/components/Choice';
import { ConfirmDialog } from '@/components/ConfirmDialog';
import { ErrorNotice } from '@/components/ErrorNotice';
import { Bone, Chip, Tag, ui } from '@/components/primitives';
import { toast } from '@/components/toast';
import { plural } from '@/lib/format';
import { keepSaved, letGo, openSaved } from '../opening';
import { useTabs } from '../tabs';
import p from './panels.module.css';
import { closePanel, openPanel } from './store';

/** In the order of their folders; those in none come first. */
function byFolder(queries: SavedQuery[]): [string, SavedQuery[]][] {
  const folders = new Map<string, SavedQuery[]>();
  for (const query of queries) folders.set(query.folder, [...(folders.get(query.folder) ?? []), query]);
  return [...folders].sort(([a], [b]) => a.localeCompare(b));
}

function useActions(query: SavedQuery, onDeleteForGood: () => void) {
  const client = useQueryClient();
  const refresh = () => client.invalidateQueries({ queryKey: ['saved-queries'] });
  const act = (work: () => Promise<unknown>) => () =>
    void work()
      .then(refresh)
      .catch((error: unknown) => toast(asApiError(error).message, { bad: true }));
  const restore = async () => {
    await restoreQuery(query.id);
    await toast(`“${query.name}” is back.`);
  };
  if (query.deleted_at)
    return [
      { label: 'Take it back', icon: IconArrowBackUp, onClick: act(restore) },
      { label: 'Delete for good', icon: IconTrash, onClick: onDeleteForGood, danger: true },
    ];
  return [
    {
      label: 'Name, folder, tags, sharing',
      icon: IconInfoCircle,
      onClick: () => openPanel({ name: 'details', id: query.id }),
    },
    {
      label: 'Duplicate',
      icon: IconCopy,
      onClick: act(async () => {
        const copy = await duplicateQuery(query.id);
        await toast(`The copy is “${copy.name}”.`);
      }),
    },
    ...(query.owned
      ? [
          {
            label: query.shared ? 'Keep to myself' : 'Share in the workspace',
            icon: query.shared ? IconLock : IconUsers,
            onClick: act(async () => keepSaved(await changeQuery(query.id, { shared: !query.shared }))),
          },
        ]
      : []),
    { label: 'Versions', icon: IconVersions, onClick: () => openPanel({ name: 'versions', id: query.id }) },
    { label: 'Schedule', icon: IconCalendarTime, onClick: () => openPanel({ name: 'schedule', id: query.id }) },
    {
      label: 'Use in a new query',
      icon: IconCode,
      onClick: () => {
        useTabs.getState().open({ mode: 'sql', sql: `SELECT *\nFROM saved.${query.reference}` });
        closePanel();
      },
    },
    {
      label: 'Move to the trash',
      icon: IconTrash,
      danger: true,
      onClick: act(async () => {
        await trashQuery(query.id);
        letGo(query.id);
        void toast(`“${query.name}” is in the trash.`, {
          action: { label: 'Undo', onClick: act(restore) },
        });
      }),
    },
  ];
}

function Row({ query, onTag, onDelete }: { query: SavedQuery; onTag: (tag: string) => void; onDelete: () => void }) {
  const actions = useActions(query, onDelete);
  const run = query.last_run;
  return (
    <li className={p.row}>
      <div className={p.rowText}>
        {query.deleted_at ? (
          <b>{query.name}</b>
        ) : (
          <button
            type="button"
            className={p.rowName}
            onClick={() => {
              openSaved(query);
              closePanel();
            }}
          >
            {query.name}
          </button>
        )}
        {query.description ? <p className={ui.meta}>{query.description}</p> : null}
        <p className={p.rowMeta}>
          {query.shared ? <Tag>{query.owned ? 'Shared' : 'Shared with you'}</Tag> : null}
          {query.tags.map((tag) => (
            <Chip key={tag} quiet onClick={() => onTag(tag)} aria-label={`Only those with the tag ${tag}`}>
              {tag}
            </Chip>
          ))}
          <span className={ui.meta}>
            changed <Ago time={query.updated_at} />
            {run ? (
              <>
                , {run.status === 'failed' ? 'failed' : 'run'} <Ago time={run.created_at} />
                {run.row_count === undefined ? '' : ` (${plural(run.row_count, 'row')})`}
              </>
            ) : null}
          </span>
        </p>
      </div>
      <ActionMenu label={`More for ${query.name}`} actions={actions} />
    </li>
  );
}

/** All saved queries, own and shared; or what is in the trash. */
export default function SavedPanel() {
  const [search, setSearch] = useState('');
  const [folder, setFolder] = useState('');
  const [tag, setTag] = useState('');
  const [trash, setTrash] = useState(false);
  const [forGood, setForGood] = useState<SavedQuery | null>(null);
  const [wanted] = useDebouncedValue(search.trim(), 200);
  const client = useQueryClient();
  const { data, error, isPending, refetch } = useQuery(savedQueriesQuery({ search: wanted, tag, folder, trash }));
  const narrowed = wanted !== '' || tag !== '' || folder !== '';
  return (
    <div className={p.panel}>
      <div className={p.filters}>
        <SmallInput
          type="search"
          label="Find a saved query"
          placeholder="Find by name, words or SQL"
          data-autofocus
          autoFocus
          value={search}
          onChange={setSearch}
        />
        <Choice
          label="Folder"
          value={folder}
          options={[
            ['', 'All folders'],
            ...(data?.folders ?? []).filter(Boolean).map((one): [string, string] => [one, one]),
          ]}
          onChange={setFolder}
        />
        <Choice
          label="Tag"
          value={tag}
          options={[['', 'All tags'], ...(data?.tags ?? []).map((one): [string, string] => [one, one])]}
          onChange={setTag}
        />
        <Button size="compact-sm" variant="subtle" onClick={() => setTrash(!trash)}>
          {trash ? 'Back to the queries' : 'Trash'}
        </Button>
      </div>
      {error ? <ErrorNotice error={error} onRetry={() => void refetch()} /> : null}
      {isPending && !error ? <Bone height={96} /> : null}
      {data && data.queries.length === 0 ? (
        <p className={p.nothing}>
          {trash
            ? 'The trash is empty. What is in it stays for 30 days.'
            : narrowed
              ? 'No saved query is like this.'
              : 'Nothing is saved yet. Write a query and press Ctrl S.'}
        </p>
      ) : null}
      {byFolder(data?.queries ?? []).map(([name, queries]) => (
        <section key={name} aria-label={name || 'In no folder'}>
          {name ? <h3 className={p.folder}>{name}</h3> : null}
          <ul className={p.list}>
            {queries.map((query) => (
              <Row key={query.id} query={query} onTag={setTag} onDelete={() => setForGood(query)} />
            ))}
          </ul>
        </section>
      ))}
      {data && data.queries.length < data.total_count ? (
        <p className={p.nothing}>The {plural(data.queries.length, 'query', 'queries')} changed last are shown.</p>
      ) : null}
      {forGood ? (
        <ConfirmDialog
          title="Delete for good"
          action="Delete"
          onConfirm={async () => {
            await deleteQuery(forGood.id);
            await client.invalidateQueries({ queryKey: ['saved-queries'] });
          }}
          onClose={() => setForGood(null)}
        >
          “{forGood.name}” and all of its versions are deleted. This can not be undone.
        </ConfirmDialog>
      ) : null}
    </div>
  );
}
