import type { CSSProperties } from 'react';
import { STAGE_LABELS, STAGES, type StageState, stageAt, stageStates, uploadStates } from '@/api/progress';
import type { File } from '@/api/types';
import f from './stages.module.css';

const STATE_WORDS: Record<StageState['state'], string> = {
  done: 'done',
  now: 'under way',
  next: 'to come',
  failed: 'failed',
};

/** The six steps of a file; `fraction` fills the one that is under way. */
export function FileStages({
  file,
  fraction,
}: {
  /** Absent while the file is on its way to the server. */
  file?: Pick<File, 'processing_status' | 'progress'>;
  fraction?: number;
}) {
  return (
    <ol className={f.stages} aria-label="Steps">
      {(file ? stageStates(file) : uploadStates()).map(({ stage, state }) => (
        <li
          key={stage}
          className={f.stage}
          data-state={state}
          aria-current={state === 'now' ? 'step' : undefined}
          style={
            state === 'now' ? ({ '--done': `${Math.round((fraction ?? 0.5) * 100)}%` } as CSSProperties) : undefined
          }
        >
          <i />
          {STAGE_LABELS[stage]}
          <span className={f.hidden}>, {STATE_WORDS[state]}</span>
        </li>
      ))}
    </ol>
  );
}

/** How far the stage under way is, from the fraction of the whole way. */
export function stageFraction(progress: File['progress']): number {
  const share = progress.fraction * STAGES.length - stageAt(progress);
  return Math.min(1, Math.max(0.08, share));
}
