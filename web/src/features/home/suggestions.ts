import type { Source } from '@/api/types';

/** Questions from several sources in turn, so that one source does not fill the row. */
export function suggestionsOf(sources: Source[], most: number): string[] {
  const out: string[] = [];
  for (let round = 0; out.length < most; round++) {
    const before = out.length;
    for (const source of sources) {
      const question = source.suggested_questions[round];
      if (question && !out.includes(question) && out.length < most) out.push(question);
    }
    const more = sources.some((source) => source.suggested_questions.length > round + 1);
    if (out.length === before && !more) break;
  }
  return out;
}

export function greeting(hour: number): string {
  if (hour < 5) return 'Good evening';
  if (hour < 12) return 'Good morning';
  return hour < 18 ? 'Good afternoon' : 'Good evening';
}
