import { count, plural } from './format';

const SMALL = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve'];

/** Up to twelve in words, as sentences have them. */
export const inWords = (n: number) => SMALL[n] ?? count(n);

export const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** a, b and c */
export function listed(parts: string[]): string {
  if (parts.length <= 1) return parts[0] ?? '';
  return `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
}

/** sales_2025.csv → CSV */
export const kindOfFile = (name: string, type?: string) =>
  (type || name.split('.').pop() || 'file').slice(0, 5).toUpperCase();

/** number_of_orders → number of orders */
export const readable = (name: string) => name.replaceAll('_', ' ');

/** A file's name without its ending. */
export const stem = (name: string) => name.replace(/\.[A-Za-z0-9]{1,8}$/, '');

/** conversational_ai → Conversational AI */
export const featureName = (name: string) => capital(readable(name).replace(/\bai\b/i, 'AI'));

/** How much there is in a source: its rows, or its text where it has no table. */
export const sizeOf = (source: { rows: number; sentence: string; schema: { tables: unknown[] } }) =>
  source.schema.tables.length === 0 && source.sentence ? source.sentence : plural(source.rows, 'row');

/** Where a passage of a document is read on. */
export const passageAddress = (sourceId: string, ordinal: number) =>
  `/sources/${encodeURIComponent(sourceId)}?tab=text&passage=${ordinal}`;
