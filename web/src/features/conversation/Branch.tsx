import type { Turn } from '@/api/types';
import s from './conversation.module.css';

/** Where a step goes on from, when that is not the step before it. */
export function Branch({ turn, turns, index }: { turn: Turn; turns: Turn[]; index: number }) {
  const { follows } = turn.answer;
  if (!follows || follows === turns[index - 1]?.id) return null;
  const from = turns.find((one) => one.id === follows);
  if (!from) return null;
  return (
    <p className={s.reread}>
      Goes on from <a href={`#turn-${from.id}`}>“{from.question}”</a>
    </p>
  );
}
