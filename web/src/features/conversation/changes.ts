import type { Chip } from '@/api/types';
import { questionWith, readingWith } from './edits';

/** What is asked next: words, and a reading that stands for them when one was picked or edited. */
export interface Change {
  message: string;
  reading?: unknown;
  /** The sources that the words are about; else all of the workspace. */
  sources?: string[];
  /** The turn that it goes on from, when that is not the last one. */
  after?: string;
}

export interface LabelledChange {
  label: string;
  change: Change;
}

/**
 * Everything that a chip can be changed to. Edits of the reading say exactly what is meant; other words for
 * the question stand for what only they can say, such as another period.
 */
export function changesOf(chip: Chip, question: string, logical: unknown): LabelledChange[] {
  const edits = chip.options.flatMap(({ label, part }): LabelledChange[] => {
    const reading = readingWith(logical, chip.key, part);
    return reading === null ? [] : [{ label, change: { message: question, reading } }];
  });
  if (edits.length > 0 && chip.kind !== 'time') return edits;
  const others = chip.alternatives.flatMap((words) => {
    const message = questionWith(question, chip, words);
    return message ? [{ label: words, change: { message } }] : [];
  });
  return [...others, ...edits];
}
