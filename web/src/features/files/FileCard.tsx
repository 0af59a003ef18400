import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { ApiError } from '@/api/errors';
import { retryFile } from '@/api/files';
import { isRunning, STAGE_WORDS, STAGES, stageIndex } from '@/api/progress';
import type { File } from '@/api/types';
import { Ago } from '@/components/Ago';
import { ErrorNotice } from '@/components/ErrorNotice';
import { FileStages, stageFraction } from '@/components/FileStages';
import { Card } from '@/components/primitives';
import { bytes, compact, count, duration, percent } from '@/lib/format';
import { FileHead } from './FileHead';
import s from './files.module.css';
import { ReadyCard } from './ReadyCard';
import { Stats } from './Stats';
import { useSpeed } from './useSpeed';

function RunningCard({ file, onDelete }: { file: File; onDelete: () => void }) {
  const { progress } = file;
  const { perSecond, msLeft } = useSpeed(progress.rows, progress.fraction);
  const stage = STAGES[stageIndex(progress.stage)] ?? 'received';
  return (
    <Card className={s.narrow} aria-busy>
      <FileHead
        name={file.filename}
        type={file.file_type}
        meta={`${bytes(file.file_size)}, ${STAGE_WORDS[stage].toLowerCase()}`}
        side={
          <Button size="compact-sm" onClick={onDelete}>
            Delete
          </Button>
        }
      />
      <Stats
        stats={[
          [percent(progress.fraction, 0), progress.rows > 0 ? `${count(progress.rows)} rows read` : 'of the way'],
          stage === 'loaded' && perSecond ? [compact(perSecond), 'rows a second'] : null,
          msLeft !== undefined && msLeft > 1500 ? [duration(msLeft), 'left'] : null,
        ]}
      />
      <FileStages file={file} fraction={stageFraction(progress)} />
    </Card>
  );
}

function FailedCard({ file, onDelete }: { file: File; onDelete: () => void }) {
  const client = useQueryClient();
  const retry = useMutation({
    mutationFn: () => retryFile(file.id),
    onSettled: () => client.invalidateQueries({ queryKey: ['files'] }),
  });
  const error =
    retry.error ?? new ApiError(0, file.error ?? { code: 'failed', message: 'The file could not be read.' });
  return (
    <Card className={s.narrow}>
      <FileHead
        name={file.filename}
        type={file.file_type}
        meta={
          <>
            {bytes(file.file_size)}, <Ago time={file.updated_at} />
          </>
        }
      />
      <FileStages file={file} />
      <ErrorNotice error={error}>
        <span className={s.noticeActions}>
          <Button size="xs" loading={retry.isPending} onClick={() => retry.mutate()}>
            Retry
          </Button>
          <Button size="xs" onClick={onDelete}>
            Delete
          </Button>
        </span>
      </ErrorNotice>
    </Card>
  );
}

export function FileCard({ file, onDelete }: { file: File; onDelete: () => void }) {
  if (isRunning(file)) return <RunningCard file={file} onDelete={onDelete} />;
  if (file.processing_status === 'failed') return <FailedCard file={file} onDelete={onDelete} />;
  return <ReadyCard file={file} />;
}
