import { Button } from '@mantine/core';
import { IconCheck, IconClock, IconMinus, IconRefresh } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from 'react-router';
import { syncFeatures } from '@/api/files';
import { sourcesQuery } from '@/api/sources';
import type { FeatureState, Source } from '@/api/types';
import { Ago } from '@/components/Ago';
import { Empty } from '@/components/Empty';
import { ErrorNotice } from '@/components/ErrorNotice';
import { Bone, Page, PageHead, ScrollCard, ui } from '@/components/primitives';
import { toast } from '@/components/toast';
import { count } from '@/lib/format';
import { featureName } from '@/lib/words';
import { integrationSentence, type Reach, reachOf } from './features';
import s from './status.module.css';

const WORDS: Record<Reach, string> = {
  current: 'up to date',
  behind: 'behind',
  never: 'not yet',
  off: 'off',
};

function Cell({ state, version }: { state: FeatureState | undefined; version: number }) {
  const reach = reachOf(state, version);
  const Sign = reach === 'current' ? IconCheck : reach === 'off' ? IconMinus : IconClock;
  return (
    <td data-reach={reach} className={s.cell}>
      <Sign size={14} stroke={2} />
      {reach === 'current' && state?.last_sync ? <Ago time={state.last_sync} /> : WORDS[reach]}
    </td>
  );
}

function Matrix({ sources, features }: { sources: Source[]; features: string[] }) {
  return (
    <ScrollCard label="Sources and features">
      <table className={ui.table}>
        <thead>
          <tr>
            <th>Source</th>
            <th className={ui.num}>Version</th>
            {features.map((name) => (
              <th key={name}>{featureName(name)}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {sources.map((source) => (
            <tr key={source.source_id}>
              <td>
                <Link to={`/sources/${source.source_id}`} className={s.name} title={source.source_name}>
                  {source.source_name}
                </Link>
              </td>
              <td className={ui.num}>{count(source.version)}</td>
              {features.map((name) => (
                <Cell key={name} state={source.feature_integrations[name]} version={source.version} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollCard>
  );
}

/** Which version of which source each feature works with. */
export default function IntegrationPage() {
  const sources = useQuery(sourcesQuery);
  const client = useQueryClient();
  const sync = useMutation({
    mutationFn: () => syncFeatures(),
    onSuccess: (reply) => {
      void toast(reply.started > 0 ? 'The features are being brought up to date.' : 'Every feature is up to date.');
      void client.invalidateQueries({ queryKey: ['sources'] });
    },
  });
  const data = sources.data;
  return (
    <Page>
      <PageHead
        title={data ? integrationSentence(data.sources, data.available_features) : <Bone width={320} height={20} />}
        lede="A new version of a source reaches every feature by itself; a sync by hand catches up on what was missed."
        actions={
          <Button
            leftSection={<IconRefresh size={16} stroke={1.6} />}
            loading={sync.isPending}
            disabled={!data || data.sources.length === 0}
            onClick={() => sync.mutate()}
          >
            Sync all
          </Button>
        }
      />
      {sources.error ? <ErrorNotice error={sources.error} onRetry={() => void sources.refetch()} /> : null}
      {sync.error ? <ErrorNotice error={sync.error} /> : null}
      {data && data.sources.length > 0 ? (
        <Matrix sources={data.sources} features={data.available_features} />
      ) : data ? (
        <Empty sentence="Upload a file, and this page shows how far each feature is with it.">
          <Button variant="filled" component={Link} to="/files">
            Go to Files
          </Button>
        </Empty>
      ) : sources.isPending ? (
        <Bone height={180} />
      ) : null}
    </Page>
  );
}
