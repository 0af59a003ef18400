import { Button } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { asApiError } from '@/api/errors';
import { restoreVersion, versionsQuery } from '@/api/saved-queries';
import type { QueryVersion } from '@/api/types';
import { Ago } from '@/components/Ago';
import { Choice } from '@/components/Choice';
import { ErrorNotice } from '@/components/ErrorNotice';
import { Bone, Tag, ui } from '@/components/primitives';
import { toast } from '@/components/toast';
import { openedTab } from '../saved';
import { useTabs } from '../tabs';
import type { PanelProps } from './Panels';
import p from './panels.module.css';
import { SqlDiff } from './SqlDiff';

function Diff({ before, after }: { before: QueryVersion; after: QueryVersion }) {
  const other = JSON.stringify(before.parameter_definitions) !== JSON.stringify(after.parameter_definitions);
  return (
    <>
      <SqlDiff
        before={before.sql_query}
        after={after.sql_query}
        label={`From version ${before.version} to version ${after.version}`}
      />
      {before.sql_query === after.sql_query ? <p className={ui.meta}>The SQL is the same.</p> : null}
      {other ? <p className={ui.meta}>The parameters are defined differently.</p> : null}
    </>
  );
}

/** What a saved query was before, what changed, and back to it. */
export default function VersionsPanel({ id }: PanelProps) {
  const client = useQueryClient();
  const { data, error, refetch } = useQuery({ ...versionsQuery(id), staleTime: 0 });
  const [picked, setPicked] = useState<number | null>(null);
  const [against, setAgainst] = useState<number | null>(null);
  const [busy, setBusy] = useState(false);
  if (error) return <ErrorNotice error={error} onRetry={() => void refetch()} />;
  if (!data) return <Bone height={240} />;
  const { versions } = data;
  const after = versions.find((one) => one.version === picked) ?? versions[0];
  if (!after) return null;
  const before =
    versions.find((one) => one.version === against && one !== after) ??
    versions.find((one) => one.version < after.version);
  const newest = versions[0] === after;
  const restore = async () => {
    setBusy(true);
    try {
      const query = await restoreVersion(id, after.version);
      const { tabs, change } = useTabs.getState();
      for (const tab of tabs) if (tab.saved?.id === id) change(tab.id, openedTab(query));
      void client.invalidateQueries({ queryKey: ['saved-queries'] });
      setPicked(null);
      void toast(`Version ${after.version} is in force again, as version ${query.version}.`);
    } catch (failure) {
      void toast(asApiError(failure).message, { bad: true });
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className={p.panel}>
      <ul className={p.versions} aria-label="Versions">
        {versions.map((one) => (
          <li key={one.version}>
            <button type="button" aria-pressed={one === after} onClick={() => setPicked(one.version)}>
              <b>Version {one.version}</b>
              {one === versions[0] ? <Tag tone="accent">in force</Tag> : null}
              <span className={ui.meta}>
                <Ago time={one.created_at} />
              </span>
            </button>
          </li>
        ))}
      </ul>
      {before ? (
        <>
          <div className={p.filters}>
            <span className={ui.meta}>What changed since</span>
            <Choice
              label="Compared with"
              value={String(before.version)}
              options={versions
                .filter((one) => one !== after)
                .map((one): [string, string] => [String(one.version), `Version ${one.version}`])}
              onChange={(value) => setAgainst(Number(value))}
            />
          </div>
          <Diff before={before} after={after} />
        </>
      ) : (
        <Diff before={after} after={after} />
      )}
      {newest ? null : (
        <div>
          <Button variant="filled" loading={busy} onClick={() => void restore()}>
            Go back to version {after.version}
          </Button>
        </div>
      )}
    </div>
  );
}
