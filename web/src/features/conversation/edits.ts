/**
 * Changes of a reading that a chip offers. The reading is a plain value (the server's `logical`), so a
 * chip edits that value and sends it back; the words of the question stay as they were asked.
 */
import type { Chip } from '@/api/types';

const MEMBERS: Record<string, string> = {
  measure: 'measures',
  column: 'columns',
  dimension: 'dimensions',
  filter: 'filters',
  order: 'order',
};

/** The reading with the part that the chip's key addresses replaced; null leaves it out. */
export function readingWith(logical: unknown, key: string, part: unknown): unknown {
  if (typeof logical !== 'object' || logical === null) return null;
  const [kind = '', position = '0'] = key.split(':');
  if (kind === 'limit') return { ...logical, limit: part };
  const member = MEMBERS[kind];
  const list = member === undefined ? undefined : (logical as Record<string, unknown>)[member];
  const index = Number(position);
  if (member === undefined || !Array.isArray(list) || index >= list.length) return null;
  return {
    ...logical,
    [member]: part === null ? list.filter((_, at) => at !== index) : list.map((one, at) => (at === index ? part : one)),
  };
}

/** The question with the words that a chip came from replaced; spans count bytes of UTF-8. */
export function questionWith(question: string, chip: Chip, words: string): string | null {
  const { span_start: start, span_end: end } = chip;
  if (start == null || end == null || end <= start) return null;
  const bytes = new TextEncoder().encode(question);
  if (end > bytes.length) return null;
  const decoder = new TextDecoder();
  return `${decoder.decode(bytes.slice(0, start))}${words}${decoder.decode(bytes.slice(end))}`;
}
