import '@mantine/core/styles/Progress.layer.css';
import { ActionIcon, Button, Progress } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useEffect } from 'react';
import { askForRun, assumeEnded, cancelRun, useRunStates } from '@/api/runs';
import { bytes, plural } from '@/lib/format';
import { type Export, forgetExport, useExports } from './exports';
import s from './exports.module.css';

/** How often it is asked how far an export is, should the push channel be closed. */
const ASK_MS = 2_000;
/** An export that is not under way after this long has ended. */
const SETTLED_MS = 6_000;

function Row({ one }: { one: Export }) {
  const run = useRunStates((all) => all[one.id]);
  const state = run?.state ?? 'starting';
  const ended = state === 'completed' || state === 'failed' || state === 'cancelled';
  useEffect(() => {
    if (ended) return;
    const timer = setInterval(() => {
      askForRun(one.id)
        .then((underWay) => {
          if (!underWay && Date.now() - one.startedAt > SETTLED_MS) assumeEnded(one.id);
        })
        .catch(() => undefined);
    }, ASK_MS);
    return () => clearInterval(timer);
  }, [ended, one]);
  const fraction = run?.fraction ?? 0;
  const done = [run && run.rows > 0 ? plural(run.rows, 'row') : null, run && run.bytes > 0 ? bytes(run.bytes) : null]
    .filter(Boolean)
    .join(', ');
  const words = {
    starting: 'begins',
    queued: `waits, ${run?.queuePosition === 1 ? 'next' : `number ${run?.queuePosition ?? ''} in the queue`}`,
    running: done ? `${done} so far` : 'is computed',
    completed: `is complete${run && run.rows > 0 ? `: ${plural(run.rows, 'row')}` : ''}`,
    failed: `failed. ${run?.error ?? ''}`,
    cancelled: 'was cancelled',
  }[state];
  return (
    <li data-tone={state === 'failed' ? 'bad' : undefined}>
      <span className={s.words} role="status">
        <b>{one.fileName}</b> {words}
      </span>
      {ended ? (
        <ActionIcon size={24} aria-label={`Put ${one.fileName} away`} onClick={() => forgetExport(one.id)}>
          <IconX size={13} stroke={1.8} />
        </ActionIcon>
      ) : (
        <>
          <Progress
            className={s.progress ?? ''}
            value={fraction > 0 ? fraction * 100 : 100}
            animated={fraction <= 0}
            size={4}
            aria-label={`How far ${one.fileName} is`}
          />
          <Button size="compact-xs" onClick={() => void cancelRun(one.id).catch(() => undefined)}>
            Cancel
          </Button>
        </>
      )}
    </li>
  );
}

export default function ExportList() {
  const exports = useExports((all) => all.exports);
  if (exports.length === 0) return null;
  return (
    <ul className={s.list} aria-label="Exports">
      {exports.map((one) => (
        <Row key={one.id} one={one} />
      ))}
    </ul>
  );
}
