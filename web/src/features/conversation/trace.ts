import type { NumberTrace } from '@/api/types';
import { count } from '@/lib/format';

export interface TextPiece {
  text: string;
  trace?: NumberTrace;
}

interface Mark {
  start: number;
  end: number;
  trace: NumberTrace;
}

/** The next place of a number that is not a part of a longer one, nor taken already. */
function placeOf(sentence: string, text: string, from: number, marks: Mark[]): number {
  for (let start = sentence.indexOf(text, from); start >= 0; start = sentence.indexOf(text, start + 1)) {
    const end = start + text.length;
    const partial = /[\d][.,]?$/.test(sentence.slice(0, start)) || /^[.,]?\d/.test(sentence.slice(end));
    if (!partial && marks.every((mark) => end <= mark.start || start >= mark.end)) return start;
  }
  return -1;
}

/** Cuts the sentence at its traced numbers, each taken once and in order. */
export function tracedPieces(sentence: string, traces: NumberTrace[]): TextPiece[] {
  const marks: Mark[] = [];
  for (const trace of traces) {
    if (!trace.text) continue;
    const start = placeOf(sentence, trace.text, 0, marks);
    if (start >= 0) marks.push({ start, end: start + trace.text.length, trace });
  }
  marks.sort((a, b) => a.start - b.start);
  const pieces: TextPiece[] = [];
  let last = 0;
  for (const mark of marks) {
    if (mark.start > last) pieces.push({ text: sentence.slice(last, mark.start) });
    pieces.push({ text: sentence.slice(mark.start, mark.end), trace: mark.trace });
    last = mark.end;
  }
  if (last < sentence.length) pieces.push({ text: sentence.slice(last) });
  return pieces;
}

/** Where a number comes from, in words. */
export function traceWords(trace: NumberTrace): string {
  if (trace.derivation) return trace.derivation;
  const place = [
    trace.row == null ? null : `row ${count(trace.row + 1)}`,
    trace.column == null ? null : `column ${trace.column}`,
  ].filter((part) => part !== null);
  return place.length > 0 ? `Result, ${place.join(', ')}` : 'Computed from the result';
}
