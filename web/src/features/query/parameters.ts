/** The parameters of a statement: found in its text, with a type, a control and a bound value each. */
import type { Bound } from '@/api/queries';
import type { ParameterDefinition, ParameterType, ResultColumn } from '@/api/types';
import { sqlPieces } from '@/lib/sql';

export const TYPES: [ParameterType, string][] = [
  ['text', 'Text'],
  ['integer', 'Whole number'],
  ['number', 'Number'],
  ['boolean', 'Yes or no'],
  ['date', 'Date'],
  ['timestamp', 'Date and time'],
  ['text_list', 'Texts'],
  ['integer_list', 'Whole numbers'],
  ['number_list', 'Numbers'],
];

const NAMED = /\{\{\s*([\p{L}_][\p{L}\p{N}_]*)\s*\}\}|\$([\p{L}_][\p{L}\p{N}_]*)/gu;

/** Names in the order in which they come; {{name}} and $name outside of texts and comments. */
export function parametersIn(sql: string): string[] {
  const names = new Set<string>();
  // Names may hold what the colouring takes for a keyword, so texts and comments are blanked, not cut out.
  const text = sqlPieces(sql)
    .map(({ kind, text: piece }) =>
      kind === 'text' || kind === 'comment' || kind === 'name' ? ' '.repeat(piece.length) : piece,
    )
    .join('');
  for (const match of text.matchAll(NAMED)) names.add(match[1] ?? match[2] ?? '');
  return [...names];
}

/** What the statement needs at the parameter's place, as the server names it (DuckDB's types). */
export function typeNeeded(needed: string): ParameterType | undefined {
  const list = needed.endsWith('[]');
  const name = needed.replace(/\[\]$/, '').replace(/\(.*/, '');
  if (/^(U?(TINY|SMALL|BIG|HUGE)INT|U?INTEGER)$/.test(name)) return list ? 'integer_list' : 'integer';
  if (/^(DOUBLE|FLOAT|DECIMAL)$/.test(name)) return list ? 'number_list' : 'number';
  if (name === 'VARCHAR') return list ? 'text_list' : 'text';
  if (list) return undefined;
  if (name === 'BOOLEAN') return 'boolean';
  if (name === 'DATE') return 'date';
  return name.startsWith('TIMESTAMP') ? 'timestamp' : undefined;
}

/** One definition for each parameter of the text: what is known of it, else what the statement needs there. */
export function definitionsFor(
  sql: string,
  known: ParameterDefinition[],
  needed: ResultColumn[],
): ParameterDefinition[] {
  return parametersIn(sql).map((name) => {
    const defined = known.find((one) => one.name === name);
    if (defined) return defined;
    const need = needed.find((one) => one.name === name);
    return { name, type: (need && typeNeeded(need.type)) ?? 'text' };
  });
}

export const isList = (type: ParameterType) => type.endsWith('_list');

const DATE = /^\d{4}-\d{2}-\d{2}$/;
const MOMENT = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?$/;

const isDay = (text: string) => DATE.test(text) && new Date(`${text}T00:00:00Z`).toISOString().startsWith(text);

function isRealDay(text: string): boolean {
  try {
    return isDay(text);
  } catch {
    return false;
  }
}

type Read = { value: unknown } | { problem: string };

function readOne(type: ParameterType, text: string): Read {
  switch (type) {
    case 'integer':
    case 'integer_list':
      // As text: it may be beyond 2^53.
      return /^[+-]?\d+$/.test(text) ? { value: text } : { problem: `“${text}” is no whole number, such as 42.` };
    case 'number':
    case 'number_list':
      return text !== '' && Number.isFinite(Number(text))
        ? { value: Number(text) }
        : { problem: `“${text}” is no number, such as 1.5.` };
    case 'boolean':
      return text === 'true' || text === 'false' ? { value: text === 'true' } : { problem: 'Choose yes or no.' };
    case 'date':
      return isRealDay(text) ? { value: text } : { problem: `“${text}” is no date, such as 2026-01-31.` };
    case 'timestamp':
      return (MOMENT.test(text) || DATE.test(text)) && isRealDay(text.slice(0, 10))
        ? { value: text }
        : { problem: `“${text}” is no date with a time, such as 2026-01-31T10:00.` };
    case 'text':
    case 'text_list':
      return { value: text };
  }
}

/** The value of what stands in a control. Several values are separated by commas. */
export function readValue(type: ParameterType, text: string): Read {
  if (!isList(type)) {
    if (text.trim() === '' && type !== 'text') return { problem: 'Give a value.' };
    return readOne(type, type === 'text' ? text : text.trim());
  }
  const values: unknown[] = [];
  for (const part of text.split(',')) {
    const trimmed = part.trim();
    if (trimmed === '') continue;
    const read = readOne(type, trimmed);
    if ('problem' in read) return read;
    values.push(read.value);
  }
  return { value: values };
}

/** A value as it stands in a control. */
export function valueText(value: unknown): string {
  if (value === null || value === undefined) return '';
  return Array.isArray(value) ? value.map(String).join(', ') : String(value);
}

/** What stands in the control of a parameter: what was written there, else its default. */
export const textOf = (definition: ParameterDefinition, values: Record<string, string>): string =>
  values[definition.name] ?? valueText(definition.default_value);

/** What is sent with the statement, and what is wrong with the values, by name. */
export function bind(
  definitions: ParameterDefinition[],
  values: Record<string, string>,
): { bound: Bound; problems: Record<string, string> } {
  if (definitions.length === 0) return { bound: {}, problems: {} };
  const parameters: Record<string, unknown> = {};
  const parameter_types: Record<string, ParameterType> = {};
  const problems: Record<string, string> = {};
  for (const definition of definitions) {
    const read = readValue(definition.type, textOf(definition, values));
    // A text is bound as what the statement needs at its place, e.g. a date.
    if (definition.type !== 'text') parameter_types[definition.name] = definition.type;
    if ('problem' in read) problems[definition.name] = read.problem;
    else parameters[definition.name] = read.value;
  }
  return { bound: { parameters, parameter_types }, problems };
}
