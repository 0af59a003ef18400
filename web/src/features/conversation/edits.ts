/**
 * Changes of a reading that a chip offers. The reading is a plain value (the server's `logical`), so a
 * chip edits that value and sends it back; the words of the question stay as they were asked.
 */
import type { Chip } from '@/api/types';
import { count } from '@/lib/format';

interface Measure {
  aggregate?: string;
  metric?: string;
  column?: string;
}

interface Reading {
  measures?: Measure[];
  dimensions?: { grain?: string }[];
  filters?: { negated?: boolean }[];
  order?: { descending?: boolean }[];
  limit?: number | null;
}

export interface Edit {
  label: string;
  reading: unknown;
}

const AGGREGATES: [string, string][] = [
  ['sum', 'Sum'],
  ['avg', 'Average'],
  ['median', 'Median'],
  ['min', 'Smallest'],
  ['max', 'Largest'],
];
const GRAINS: [string, string][] = [
  ['day', 'By day'],
  ['week', 'By week'],
  ['month', 'By month'],
  ['quarter', 'By quarter'],
  ['year', 'By year'],
];
const LIMITS = [3, 5, 10, 20, 50];

const replaced = <T>(list: T[], index: number, value: T): T[] => list.map((one, at) => (at === index ? value : one));
const without = <T>(list: T[], index: number): T[] => list.filter((_, at) => at !== index);

export function editsOf(chip: Chip, logical: unknown): Edit[] {
  if (typeof logical !== 'object' || logical === null) return [];
  const reading = logical as Reading;
  const [kind, position] = chip.key.split(':');
  const index = Number(position ?? 0);
  switch (kind) {
    case 'measure': {
      const measures = reading.measures ?? [];
      const measure = measures[index];
      if (!measure?.column || measure.metric || !AGGREGATES.some(([name]) => name === measure.aggregate)) return [];
      return AGGREGATES.filter(([name]) => name !== measure.aggregate).map(([aggregate, label]) => ({
        label,
        reading: { ...reading, measures: replaced(measures, index, { ...measure, aggregate }) },
      }));
    }
    case 'dimension': {
      const dimensions = reading.dimensions ?? [];
      const dimension = dimensions[index];
      if (!dimension?.grain || !GRAINS.some(([name]) => name === dimension.grain)) return [];
      return GRAINS.filter(([name]) => name !== dimension.grain).map(([grain, label]) => ({
        label,
        reading: { ...reading, dimensions: replaced(dimensions, index, { ...dimension, grain }) },
      }));
    }
    case 'filter': {
      const filters = reading.filters ?? [];
      const filter = filters[index];
      if (!filter) return [];
      return [
        { label: 'Leave this filter out', reading: { ...reading, filters: without(filters, index) } },
        {
          label: filter.negated ? 'Only these' : 'All but these',
          reading: { ...reading, filters: replaced(filters, index, { ...filter, negated: !filter.negated }) },
        },
      ];
    }
    case 'order': {
      const order = reading.order ?? [];
      const first = order[index];
      if (!first) return [];
      const descending = !(first.descending ?? true);
      return [
        {
          label: descending ? 'Largest first' : 'Smallest first',
          reading: { ...reading, order: replaced(order, index, { ...first, descending }) },
        },
      ];
    }
    case 'limit':
      return [
        ...LIMITS.filter((limit) => limit !== reading.limit).map((limit) => ({
          label: `${count(limit)} rows`,
          reading: { ...reading, limit },
        })),
        { label: 'All rows', reading: { ...reading, limit: null } },
      ];
    default:
      return [];
  }
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
