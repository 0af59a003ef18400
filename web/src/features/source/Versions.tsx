import { IconArrowBackUp, IconTrash } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { discardVersion, restoreVersion, versionsQuery } from '@/api/sources';
import type { VersionHead } from '@/api/types';
import { ActionMenu } from '@/components/ActionMenu';
import { Ago } from '@/components/Ago';
import { ConfirmDialog } from '@/components/ConfirmDialog';
import { ErrorNotice } from '@/components/ErrorNotice';
import { Card, Section, Tag } from '@/components/primitives';
import { bytes, plural } from '@/lib/format';
import s from './source.module.css';

const STATES = { loading: 'being made', staged: 'waits', failed: 'failed', published: '' } as const;

/** The versions of a source, newest first; earlier ones can be used again. */
export function Versions({ sourceId }: { sourceId: string }) {
  const client = useQueryClient();
  const versions = useQuery(versionsQuery(sourceId));
  const [leaving, setLeaving] = useState<VersionHead | null>(null);
  const refresh = () => client.invalidateQueries({ queryKey: ['source-versions', sourceId] });
  const restore = useMutation({
    mutationFn: (version: number) => restoreVersion(sourceId, version),
    onSuccess: () => {
      void refresh();
      void client.invalidateQueries({ queryKey: ['source-info', sourceId] });
    },
  });
  return (
    <Section title="Versions">
      <Card>
        {(versions.data?.versions ?? []).map((version) => (
          <div className={s.item} key={version.version}>
            <span className={s.number}>{version.version}</span>
            <div>
              <p title={version.note}>{version.note || plural(version.rows, 'row')}</p>
              <p className={s.sub}>
                {version.status === 'published'
                  ? `${version.rows > 0 ? `${plural(version.rows, 'row')}, ` : ''}${bytes(version.bytes)}, `
                  : ''}
                <Ago time={version.created_at} />
              </p>
            </div>
            {version.in_use ? (
              <Tag tone="good">in use</Tag>
            ) : version.status !== 'published' ? (
              <Tag tone={version.status === 'failed' ? 'bad' : 'warn'}>{STATES[version.status]}</Tag>
            ) : (
              <ActionMenu
                label={`What to do with version ${version.version}`}
                actions={[
                  { label: 'Use it again', icon: IconArrowBackUp, onClick: () => restore.mutate(version.version) },
                  { label: 'Remove it', icon: IconTrash, onClick: () => setLeaving(version), danger: true },
                ]}
              />
            )}
          </div>
        ))}
      </Card>
      {restore.error ? <ErrorNotice error={restore.error} /> : null}
      {leaving ? (
        <ConfirmDialog
          title={`Remove version ${leaving.version}?`}
          action="Remove"
          onClose={() => setLeaving(null)}
          onConfirm={async () => {
            await discardVersion(sourceId, leaving.version);
            await refresh();
          }}
        >
          Its {plural(leaving.rows, 'row')} can not be used again then. The files that it was made of are kept.
        </ConfirmDialog>
      ) : null}
    </Section>
  );
}
