/** Where in the editor's text an error of the server is, and what could be written instead. */
import { asApiError } from '@/api/errors';
import type { Validation } from '@/api/types';

export interface Problem {
  message: string;
  hint: string | undefined;
  /** Places in the text (UTF-16 units); none when the server does not know. */
  from: number | undefined;
  to: number | undefined;
  line: number | undefined;
  /** What to write instead of [from, to). */
  suggestion: string | undefined;
}

/** The server counts bytes of UTF-8; editors count UTF-16 units. */
export function unitsOf(text: string, bytes: number): number {
  let passed = 0;
  let at = 0;
  for (const character of text) {
    if (passed >= bytes) break;
    const code = character.codePointAt(0) ?? 0;
    passed += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    at += character.length;
  }
  return at;
}

const WORD = /^(?:"(?:[^"]|"")*"|'(?:[^']|'')*'|[\p{L}_][\p{L}\p{N}_.]*|\d[\d.]*|\S)/u;

function wordAt(text: string, from: number): number {
  const match = WORD.exec(text.slice(from));
  return match ? from + match[0].length : Math.min(text.length, from + 1);
}

const QUOTED = /Did you mean (?:`([^`]+)`|([\w.]+)\(\))\?/;

function suggestionOf(hint: string | undefined, candidates: unknown): string | undefined {
  const match = hint ? QUOTED.exec(hint) : null;
  if (match) return match[1] ?? match[2];
  const best = Array.isArray(candidates) ? candidates[0] : undefined;
  return typeof best === 'string' ? best : undefined;
}

/** `ran` is what was sent, `start` where it begins in the editor's text. */
export function problemOf(error: unknown, text: string, ran: string, start: number): Problem {
  const { message, hint, detail } = asApiError(error);
  const suggestion = suggestionOf(hint, detail?.candidates);
  const position = detail?.position;
  const none = { message, hint, from: undefined, to: undefined, line: undefined, suggestion: undefined };
  // Edited since: its places are not those of the text any more.
  if (typeof position !== 'number' || text.slice(start, start + ran.length) !== ran) return none;
  return placed(none, suggestion, text, start + unitsOf(ran, position));
}

/** A mistake that was found while one types; `text` is what was checked. */
export function problemOfCheck({ message, hint, from, saved_query }: Validation['problems'][number], text: string) {
  const none = { message, hint, from: undefined, to: undefined, line: undefined, suggestion: undefined };
  // In the SQL of another query its places mean nothing here.
  if (from === undefined || saved_query) return none;
  return placed(none, suggestionOf(hint, undefined), text, from);
}

function placed(problem: Problem, suggestion: string | undefined, text: string, from: number): Problem {
  const to = wordAt(text, from);
  const line = text.slice(0, from).split('\n').length;
  // A qualified name is underlined whole; what is suggested stands for its last part.
  const dot = text.slice(from, to).lastIndexOf('.');
  const last = suggestion && !suggestion.includes('.') && dot > 0 ? from + dot + 1 : from;
  const replaces = suggestion !== undefined && /^[\p{L}_"]/u.test(text.slice(last, to));
  return { ...problem, from: replaces ? last : from, to, line, suggestion: replaces ? suggestion : undefined };
}
