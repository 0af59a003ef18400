import { ActionIcon, Button } from '@mantine/core';
import { IconPlayerPause, IconPlayerPlay, IconX } from '@tabler/icons-react';
import { cancelUpload, dismissUpload, pauseUpload, retryUpload, type Upload } from '@/api/uploads';
import { ErrorNotice } from '@/components/ErrorNotice';
import { FileStages } from '@/components/FileStages';
import { Card } from '@/components/primitives';
import { bytes, duration, percent } from '@/lib/format';
import { FileHead } from './FileHead';
import s from './files.module.css';
import { Stats } from './Stats';

/** The same bytes are refused again when it is them that are refused. */
function mayHelp(upload: Upload): boolean {
  const status = upload.error?.status ?? 0;
  return status < 400 || status >= 500 || status === 401 || status === 429;
}

const STATES = {
  waiting: 'waiting for its turn',
  sending: 'uploading',
  paused: 'paused',
  sent: 'uploaded',
  failed: 'not uploaded',
} as const;

/** A file on its way to the server. */
export function UploadCard({ upload }: { upload: Upload }) {
  const fraction = upload.size > 0 ? upload.sent / upload.size : 1;
  if (upload.state === 'failed') {
    return (
      <Card className={s.narrow}>
        <FileHead name={upload.name} meta={`${bytes(upload.size)}, not uploaded`} />
        <ErrorNotice error={upload.error}>
          {mayHelp(upload) ? (
            <Button size="xs" onClick={() => retryUpload(upload.key)}>
              Try again
            </Button>
          ) : null}
          <ActionIcon aria-label="Dismiss" onClick={() => dismissUpload(upload.key)}>
            <IconX size={16} stroke={1.6} />
          </ActionIcon>
        </ErrorNotice>
      </Card>
    );
  }
  return (
    <Card className={s.narrow} aria-busy>
      <FileHead
        name={upload.name}
        meta={`${bytes(upload.size)}, ${STATES[upload.state]}`}
        side={
          <>
            {upload.state === 'paused' ? (
              <ActionIcon
                aria-label={`Go on with the upload of ${upload.name}`}
                onClick={() => retryUpload(upload.key)}
              >
                <IconPlayerPlay size={16} stroke={1.6} />
              </ActionIcon>
            ) : upload.resumable ? (
              <ActionIcon aria-label={`Pause the upload of ${upload.name}`} onClick={() => pauseUpload(upload.key)}>
                <IconPlayerPause size={16} stroke={1.6} />
              </ActionIcon>
            ) : null}
            <ActionIcon aria-label={`Cancel the upload of ${upload.name}`} onClick={() => cancelUpload(upload.key)}>
              <IconX size={16} stroke={1.6} />
            </ActionIcon>
          </>
        }
      />
      <Stats
        stats={[
          [percent(fraction, 0), `${bytes(upload.sent)} of ${bytes(upload.size)}`],
          upload.speed ? [bytes(upload.speed), 'a second'] : null,
          upload.msLeft !== undefined ? [duration(upload.msLeft), 'left'] : null,
        ]}
      />
      <FileStages fraction={fraction} />
    </Card>
  );
}
