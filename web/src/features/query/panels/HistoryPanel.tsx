import { Button } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { historyQuery, pastRunQuery } from '@/api/statements';
import type { Run, RunStatus } from '@/api/types';
import { Ago } from '@/components/Ago';
import { Choice, SmallInput } from '@/components/Choice';
import { ErrorNotice } from '@/components/ErrorNotice';
import { Bone, ScrollCard, Tag, ui } from '@/components/primitives';
import { Sql } from '@/components/Sql';
import { cellText } from '@/lib/cells';
import { duration, plural } from '@/lib/format';
import { valueText } from '../parameters';
import { ABOUT_RESULT } from '../statement';
import { useTabs } from '../tabs';
import p from './panels.module.css';
import { closePanel } from './store';

const STATUSES: [RunStatus | '', string][] = [
  ['', 'All runs'],
  ['completed', 'Completed'],
  ['failed', 'Failed'],
  ['cancelled', 'Cancelled'],
];

/** The first rows of what a run gave. */
function Preview({ id }: { id: string }) {
  const { data, error } = useQuery(pastRunQuery(id));
  if (error) return <ErrorNotice error={error} />;
  if (!data) return <Bone height={64} />;
  const { preview } = data;
  if (!preview || preview.rows.length === 0) return <p className={ui.meta}>It gave no rows.</p>;
  return (
    <ScrollCard label="First rows of the result" className={p.preview}>
      <table className={ui.table}>
        <thead>
          <tr>
            {preview.columns.map((column, index) => (
              <th key={index}>{column.name}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {preview.rows.slice(0, 10).map((row, number) => (
            <tr key={number}>
              {preview.columns.map((column, index) => (
                <td key={index}>{cellText(row[index], column, null)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollCard>
  );
}

function openInTab(run: Run): void {
  const values = Object.fromEntries(Object.entries(run.parameters).map(([name, value]) => [name, valueText(value)]));
  useTabs.getState().open({ mode: 'sql', sql: run.sql_query, values });
  closePanel();
}

function PastRun({ run }: { run: Run }) {
  const [opened, setOpened] = useState(false);
  const words = run.sql_query.replace(/\s+/g, ' ').trim();
  return (
    <li className={p.run}>
      <button type="button" className={p.runHead} aria-expanded={opened} onClick={() => setOpened(!opened)}>
        <code className={ui.ellipsis}>{words}</code>
        <span className={p.rowMeta}>
          {run.status === 'completed' ? null : <Tag tone={run.status === 'failed' ? 'bad' : 'none'}>{run.status}</Tag>}
          {run.started_by === 'schedule' ? <Tag>by schedule</Tag> : null}
          <span className={ui.meta}>
            <Ago time={run.created_at} />
            {run.row_count === undefined ? '' : `, ${plural(run.row_count, 'row')}`},{' '}
            {duration(run.execution_time * 1000)}
            {run.cached ? ', kept from before' : ''}
          </span>
        </span>
      </button>
      {opened ? (
        <div className={p.runBody}>
          <Sql code={run.sql_query} />
          {run.error_message ? <p className={p.failure}>{run.error_message}</p> : null}
          {run.status === 'completed' ? <Preview id={run.query_id} /> : null}
          <div>
            <Button size="compact-sm" variant="filled" onClick={() => openInTab(run)}>
              Open in a tab
            </Button>
          </div>
        </div>
      ) : null}
    </li>
  );
}

/** Everything that was run, newest first. */
export default function HistoryPanel() {
  const [search, setSearch] = useState('');
  const [status, setStatus] = useState<RunStatus | ''>('');
  const [wanted] = useDebouncedValue(search.trim(), 200);
  const { data, error, isPending, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(
    historyQuery(wanted, status),
  );
  // What the page asks about a result is not what anybody ran.
  const runs = data?.pages.flatMap((page) => page.runs).filter((run) => !run.sql_query.startsWith(ABOUT_RESULT)) ?? [];
  return (
    <div className={p.panel}>
      <div className={p.filters}>
        <SmallInput
          type="search"
          label="Find in the SQL"
          placeholder="Find in the SQL"
          data-autofocus
          autoFocus
          value={search}
          onChange={setSearch}
        />
        <Choice
          label="How it ended"
          value={status}
          options={STATUSES}
          onChange={(value) => setStatus(value as RunStatus | '')}
        />
      </div>
      {error ? <ErrorNotice error={error} onRetry={() => void refetch()} /> : null}
      {isPending ? <Bone height={120} /> : null}
      {data && runs.length === 0 ? (
        <p className={p.nothing}>{wanted || status ? 'No run is like this.' : 'Nothing was run yet.'}</p>
      ) : null}
      <ul className={p.list}>
        {runs.map((run) => (
          <PastRun key={run.query_id} run={run} />
        ))}
      </ul>
      {hasNextPage ? (
        <div>
          <Button size="compact-sm" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            Earlier runs
          </Button>
        </div>
      ) : null}
    </div>
  );
}
