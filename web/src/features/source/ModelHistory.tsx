import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { modelHistoryQuery, restoreModel } from '@/api/models';
import type { Model } from '@/api/types';
import { Ago } from '@/components/Ago';
import { ErrorNotice } from '@/components/ErrorNotice';
import { Bone, Card, Section, Tag } from '@/components/primitives';
import { toast } from '@/components/toast';
import s from './model.module.css';

/** Who changed what, and the way back. */
export function ModelHistory({ model }: { model: Model }) {
  const client = useQueryClient();
  const history = useQuery(modelHistoryQuery(model.id));
  const restore = useMutation({
    mutationFn: (version: number) => restoreModel(model.id, version),
    onSuccess: (_, version) => {
      void client.invalidateQueries({ queryKey: ['models'] });
      void client.invalidateQueries({ queryKey: ['source-info', model.source_id] });
      void toast(`Version ${version} is in force again.`);
    },
  });
  return (
    <Section title="History">
      {history.error ? <ErrorNotice error={history.error} onRetry={() => void history.refetch()} /> : null}
      {history.isPending ? <Bone height={48} /> : null}
      {history.data ? (
        <Card className={s.list}>
          {history.data.versions.map((version) => (
            <div key={version.version} className={s.lineRow}>
              <span className={s.versionNumber}>{version.version}</span>
              <span className={s.lineName}>
                <b>{version.note}</b>
                <small>
                  {version.user ?? 'Sextant'}, <Ago time={version.created_at} />
                </small>
              </span>
              {version.version === model.version ? (
                <Tag tone="good">in force</Tag>
              ) : (
                <Button
                  size="compact-sm"
                  loading={restore.isPending && restore.variables === version.version}
                  onClick={() => restore.mutate(version.version)}
                >
                  Restore
                </Button>
              )}
            </div>
          ))}
        </Card>
      ) : null}
      {restore.error ? <ErrorNotice error={restore.error} /> : null}
    </Section>
  );
}
