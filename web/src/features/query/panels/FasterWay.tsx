import { Button } from '@mantine/core';
import { IconBolt } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Bound } from '@/api/queries';
import { fasterSql } from '@/api/statements';
import { ErrorNotice } from '@/components/ErrorNotice';
import { Bone, ui } from '@/components/primitives';
import { duration, plural } from '@/lib/format';
import { type QueryTab, useTabs } from '../tabs';
import { AdviceList } from './AdviceList';
import p from './panels.module.css';
import { SqlDiff } from './SqlDiff';
import { closePanel } from './store';

/** Another way to say the statement, tried against it; taken by a click alone. */
export function FasterWay({ tab, bound }: { tab: QueryTab; bound: Bound }) {
  const [asked, setAsked] = useState<string | null>(null);
  const { data, error, refetch } = useQuery({
    queryKey: ['faster', tab.sql, bound],
    queryFn: ({ signal }) => fasterSql(tab.sql, bound, signal),
    enabled: asked === tab.sql,
    staleTime: 0,
    retry: false,
  });
  const faster = data?.faster;
  const take = (sql: string) => {
    // The reading of the builder says it in its own way; this text stands for itself.
    useTabs.getState().change(tab.id, { mode: 'sql', sql });
    closePanel();
  };
  if (asked !== tab.sql)
    return (
      <div className={p.filters}>
        <Button size="compact-sm" leftSection={<IconBolt size={14} stroke={1.6} />} onClick={() => setAsked(tab.sql)}>
          Make it faster
        </Button>
        <span className={ui.meta}>
          Other ways to say it are run and compared with it. Nothing is changed by itself.
        </span>
      </div>
    );
  if (error) return <ErrorNotice error={error} onRetry={() => void refetch()} />;
  if (!data)
    return (
      <div role="status" aria-label="Other ways are run and compared">
        <Bone height={64} />
      </div>
    );
  if (!faster) return <p className={ui.meta}>No faster way was found. {data.reason}</p>;
  const before = faster.seconds_before * 1000;
  const after = faster.seconds_after * 1000;
  return (
    <section className={p.panel} aria-label="A faster way">
      <div className={p.filters}>
        <b>
          {duration(after)} instead of {duration(before)}
        </b>
        <span className={ui.meta}>
          Both were run on the data of now and gave the same {plural(faster.rows_compared, 'row')}.
        </span>
      </div>
      <AdviceList advice={faster.changes} label="What was changed" />
      <SqlDiff before={tab.sql} after={faster.sql_query} label="What would change" />
      <div>
        <Button variant="filled" onClick={() => take(faster.sql_query)}>
          Use the faster one
        </Button>
      </div>
    </section>
  );
}
