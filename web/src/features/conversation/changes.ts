import type { Chip } from '@/api/types';
import { editsOf, questionWith } from './edits';

/** What is asked next: words, and a reading that stands for them when one was picked or edited. */
export interface Change {
  message: string;
  reading?: unknown;
}

export interface LabelledChange {
  label: string;
  change: Change;
}

/**
 * Everything that a chip can be changed to. Edits of the reading say exactly what is meant, so where they
 * cover the whole part (grain, limit, aggregate) other words for the same are left out; a filter's other
 * values come first, then its edits.
 */
export function changesOf(chip: Chip, question: string, logical: unknown): LabelledChange[] {
  const edits = editsOf(chip, logical).map(({ label, reading }) => ({ label, change: { message: question, reading } }));
  if (edits.length > 0 && !chip.key.startsWith('filter')) return edits;
  const others = chip.alternatives.flatMap((words) => {
    const message = questionWith(question, chip, words);
    return message ? [{ label: words, change: { message } }] : [];
  });
  return [...others, ...edits];
}
