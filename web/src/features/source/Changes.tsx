import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { ApiError } from '@/api/errors';
import { discardVersion, publishVersion, versionRowsQuery, versionsQuery } from '@/api/sources';
import type { SchemaChange, VersionHead } from '@/api/types';
import { ErrorNotice } from '@/components/ErrorNotice';
import { Bone, Card, Dot, ScrollCard, ui } from '@/components/primitives';
import { plural } from '@/lib/format';
import { typeName } from './plan';
import s from './source.module.css';

function inWords(change: SchemaChange): string {
  const types = `${typeName(change.before ?? '')} becomes ${typeName(change.after ?? '')}`;
  switch (change.kind) {
    case 'table_added':
      return `Table ${change.table} is new`;
    case 'table_removed':
      return `Table ${change.table} is gone`;
    case 'column_added':
      return `Column ${change.column} is new (${typeName(change.after ?? '')})`;
    case 'column_removed':
      return `Column ${change.column} is gone`;
    default:
      return `${change.column}: ${types}`;
  }
}

const breaks = (change: SchemaChange) =>
  change.kind === 'table_removed' ||
  change.kind === 'column_removed' ||
  change.kind === 'type_narrowed' ||
  change.kind === 'type_changed';

/** A version's difference to the one before it. */
export function ChangeList({ changes }: { changes: SchemaChange[] }) {
  return (
    <ul className={s.changes}>
      {changes.map((change) => (
        <li key={`${change.kind} ${change.table} ${change.column}`}>
          <Dot tone={breaks(change) ? 'warn' : 'good'} />
          {inWords(change)}
        </li>
      ))}
    </ul>
  );
}

/** The first rows that a version would have. */
function Look({ sourceId, version, table }: { sourceId: string; version: number; table: string | undefined }) {
  const page = useQuery(versionRowsQuery(sourceId, version, table));
  if (page.error) return <ErrorNotice error={page.error} onRetry={() => void page.refetch()} />;
  if (!page.data) return <Bone height={240} />;
  return (
    <ScrollCard label={`First rows of version ${version}`}>
      <table className={ui.table}>
        <caption className={s.offer}>
          {page.data.table}, the first of {plural(page.data.total_rows, 'row')}
        </caption>
        <thead>
          <tr>
            {page.data.columns.map((column) => (
              <th key={column}>{column}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {(page.data.rows as unknown[][]).map((row, index) => (
            <tr key={index}>
              {row.map((cell, at) => (
                <td key={at}>{cell === null ? <span className={s.sub}>–</span> : String(cell)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollCard>
  );
}

function Staged({ version, sourceId, table }: { version: VersionHead; sourceId: string; table: string | undefined }) {
  const client = useQueryClient();
  const done = () => client.invalidateQueries({ queryKey: ['source-versions', sourceId] });
  const publish = useMutation({ mutationFn: () => publishVersion(sourceId, version.version), onSuccess: done });
  const discard = useMutation({ mutationFn: () => discardVersion(sourceId, version.version), onSuccess: done });
  const { difference } = version;
  return (
    <Card className={s.pending} role="status">
      <p>
        <b>Version {version.version} would change what is there.</b> {version.note}.{' '}
        {plural(difference.rows_after, 'row')} instead of {plural(difference.rows_before, 'row')}.
        {difference.breaking
          ? ' Queries and dashboards that use what is gone or has another type may fail.'
          : ' Nothing that uses it breaks.'}
      </p>
      <ChangeList changes={difference.changes} />
      <Look sourceId={sourceId} version={version.version} table={table} />
      <div className={s.pendingActions}>
        <Button loading={discard.isPending} onClick={() => discard.mutate()}>
          Discard it
        </Button>
        <Button variant="filled" loading={publish.isPending} onClick={() => publish.mutate()}>
          Publish it
        </Button>
      </div>
      {publish.error || discard.error ? <ErrorNotice error={publish.error ?? discard.error} /> : null}
    </Card>
  );
}

/** What becomes of the last change, above everything else: being made, waiting for a yes, or failed. */
export default function PendingChange({
  sourceId,
  inUse,
  table,
}: {
  sourceId: string;
  inUse: number;
  table: string | undefined;
}) {
  const client = useQueryClient();
  const versions = useQuery(versionsQuery(sourceId));
  const discard = useMutation({
    mutationFn: (version: number) => discardVersion(sourceId, version),
    onSuccess: () => client.invalidateQueries({ queryKey: ['source-versions', sourceId] }),
  });
  const latest = versions.data?.versions[0];
  if (!latest || latest.version === inUse || latest.status === 'published') return null;
  if (latest.status === 'staged') return <Staged version={latest} sourceId={sourceId} table={table} />;
  if (latest.status === 'loading') {
    return (
      <Card className={s.pending} role="status" aria-busy>
        <p>
          <b>Version {latest.version} is being made.</b> {latest.note}. Version {inUse} stays in use until then.
        </p>
      </Card>
    );
  }
  return (
    <ErrorNotice error={latest.error ? new ApiError(422, latest.error) : null}>
      <Button size="xs" loading={discard.isPending} onClick={() => discard.mutate(latest.version)}>
        Dismiss
      </Button>
    </ErrorNotice>
  );
}
