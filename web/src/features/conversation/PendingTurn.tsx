import { useEffect, useState } from 'react';
import { ErrorNotice } from '@/components/ErrorNotice';
import { Bone } from '@/components/primitives';
import { duration } from '@/lib/format';
import { capital } from '@/lib/words';
import s from './conversation.module.css';
import type { Pending } from './useThread';

const STAGES: Record<string, string> = {
  understanding: 'Reading the question',
  linking: 'Looking for its words in the data',
  executing: 'Computing',
  charting: 'Drawing',
};

/** Numbers appear when it takes longer than two seconds. */
const SHOW_TIME_MS = 2_000;

function useElapsed(): number {
  const [elapsed, setElapsed] = useState(0);
  useEffect(() => {
    const start = performance.now();
    const timer = setInterval(() => setElapsed(performance.now() - start), 500);
    return () => clearInterval(timer);
  }, []);
  return elapsed;
}

function Working({ stage }: { stage: string | undefined }) {
  const elapsed = useElapsed();
  if (elapsed < 300) return <div className={s.workingSpace} />;
  const words = stage ? (STAGES[stage] ?? capital(stage.replaceAll('_', ' '))) : 'Reading the question';
  return (
    <div className={s.working} role="status">
      <span>
        {words}
        {elapsed > SHOW_TIME_MS ? `, ${duration(elapsed)}` : ''}
      </span>
      <Bone width="80%" height={16} />
      <Bone height={208} />
    </div>
  );
}

/** The question that is being worked on, or that failed and can be asked again. */
export function PendingTurn({ pending, onRetry }: { pending: Pending; onRetry: () => void }) {
  return (
    <section className={s.turn} aria-busy={!pending.error}>
      <p className={s.question}>{pending.change.message}</p>
      {pending.error ? <ErrorNotice error={pending.error} onRetry={onRetry} /> : <Working stage={pending.stage} />}
    </section>
  );
}
