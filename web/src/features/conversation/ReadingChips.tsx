import { IconChevronDown } from '@tabler/icons-react';
import { lazy, Suspense } from 'react';
import type { Answer, Chip as ChipData } from '@/api/types';
import { Chip, ui } from '@/components/primitives';
import { type Change, changesOf } from './changes';
import s from './conversation.module.css';

const ChipMenu = lazy(() => import('./ChipMenu'));

function ChipText({ chip }: { chip: ChipData }) {
  const value = chip.value.replaceAll('"', '');
  // "country" and "country is Germany" say the same thing twice.
  if (value.toLowerCase().includes(chip.label.toLowerCase())) return <b>{value}</b>;
  return (
    <>
      <b>{chip.label}</b> {value}
    </>
  );
}

/** What was understood, part by part; a part that could be meant otherwise opens. */
export function ReadingChips({
  answer,
  question,
  onChange,
}: {
  answer: Answer;
  question: string;
  onChange: (change: Change) => void;
}) {
  const reading = answer.reading;
  if (!reading || reading.chips.length === 0) return null;
  return (
    <div className={s.chips} title={reading.sentence}>
      <small>{answer.status === 'answered' ? 'Read as' : 'Understood'}</small>
      {reading.chips.map((chip) => {
        const changes = changesOf(chip, question, reading.logical);
        if (changes.length === 0) {
          return (
            <span key={chip.key} className={ui.chip}>
              <ChipText chip={chip} />
            </span>
          );
        }
        const button = (
          <Chip>
            <ChipText chip={chip} />
            <IconChevronDown size={12} />
          </Chip>
        );
        return (
          <Suspense key={chip.key} fallback={button}>
            <ChipMenu
              title={`Change ${chip.kind === 'measure' ? 'the figure' : `the ${chip.kind}`} to`}
              changes={changes}
              onChange={onChange}
            >
              {button}
            </ChipMenu>
          </Suspense>
        );
      })}
    </div>
  );
}
