/** What can be written next: pure functions over the text before the cursor and the schema. */
import { type SchemaColumn, type SchemaTable, sqlName } from '../schema';

export interface Proposal {
  label: string;
  /** What is written; the label when absent. */
  apply?: string;
  detail: string;
  type: 'table' | 'column' | 'value' | 'function' | 'keyword';
  /** Higher comes first. */
  boost: number;
}

export interface Proposals {
  /** Where the word that is completed begins. */
  from: number;
  options: Proposal[];
}

const STRING_START = /'((?:[^']|'')*)$/;
/** column = '… · column IN ('a', '… · column LIKE '… */
const COMPARED =
  /("(?:[^"]|"")*"|[\p{L}_][\p{L}\p{N}_]*)\s*(?:=|<>|!=|(?:not\s+)?(?:i?like|in)\s*\(?(?:\s*'(?:[^']|'')*'\s*,)*|is\s+(?:not\s+)?distinct\s+from)\s*$/iu;
const PREFIX = /("?)([\p{L}_][\p{L}\p{N}_]*)?$/u;
const QUALIFIER = /("(?:[^"]|"")*"|[\p{L}_][\p{L}\p{N}_]*)\.$/u;
const AFTER_TABLE_WORD = /\b(?:from|join)\s+$|\bfrom\s+[^()]*,\s*$/i;

const plain = (name: string) => (name.startsWith('"') ? name.slice(1, -1).replaceAll('""', '"') : name.toLowerCase());

const NOT_ALIASES =
  /^(?:on|using|where|group|order|left|right|full|inner|cross|join|limit|having|union|qualify|natural|asof|window|as)$/i;

/** Names by which tables are called in the text: themselves and their aliases. */
export function tablesInText(sql: string, tables: SchemaTable[]): Map<string, SchemaTable> {
  const named = new Map<string, SchemaTable>();
  const text = sql.replace(/--[^\n]*|'(?:[^']|'')*'/g, ' ');
  const mention =
    /(?:\b(?:from|join)\s+|,\s*)("(?:[^"]|"")*"|[\p{L}_][\p{L}\p{N}_]*)(?:\s+(?:as\s+)?("(?:[^"]|"")*"|[\p{L}_][\p{L}\p{N}_]*))?/giu;
  for (const match of text.matchAll(mention)) {
    const table = tables.find((one) => one.name === plain(match[1] ?? ''));
    if (!table) continue;
    named.set(table.name, table);
    const alias = match[2];
    if (alias && !NOT_ALIASES.test(alias)) named.set(plain(alias), table);
  }
  return named;
}

const quotedText = (value: string) => value.replaceAll("'", "''");

function columnProposal(column: SchemaColumn, boost: number): Proposal {
  const apply = sqlName(column.name);
  return {
    label: column.name,
    ...(apply === column.name ? {} : { apply }),
    detail: `${column.type.toLowerCase()} of ${column.table}`,
    type: 'column',
    boost,
  };
}

export function proposalsFor(
  text: string,
  cursor: number,
  tables: SchemaTable[],
  functions: readonly string[],
  keywords: readonly string[],
  explicit: boolean,
): Proposals | null {
  const before = text.slice(0, cursor);
  const line = before.slice(before.lastIndexOf('\n') + 1);
  if (/--/.test(line.replace(/'(?:[^']|'')*'/g, ''))) return null;
  const mentioned = tablesInText(text, tables);

  const quotes = before.replace(/--[^\n]*/g, '').split("'").length - 1;
  if (quotes % 2 === 1) {
    const written = STRING_START.exec(before);
    if (!written) return null;
    const from = cursor - (written[1]?.length ?? 0);
    const compared = COMPARED.exec(before.slice(0, from - 1));
    if (!compared) return null;
    const name = plain(compared[1] ?? '');
    const scope = mentioned.size > 0 ? [...new Set(mentioned.values())] : tables;
    const columns = scope.flatMap((table) => table.columns.filter((column) => column.name.toLowerCase() === name));
    const closed = text[cursor] === "'";
    const options = columns.flatMap((column) =>
      column.values.map((one, rank) => ({
        label: one.value,
        apply: quotedText(one.value) + (closed ? '' : "'"),
        detail: `${one.count.toLocaleString()} rows`,
        type: 'value' as const,
        boost: 50 - rank,
      })),
    );
    return options.length > 0 ? { from, options } : null;
  }

  const prefix = PREFIX.exec(before);
  const length = prefix?.[0].length ?? 0;
  const from = cursor - length;
  const head = before.slice(0, from);
  const qualifier = QUALIFIER.exec(head);
  if (qualifier) {
    const name = plain(qualifier[1] ?? '');
    const table = mentioned.get(name) ?? tables.find((one) => one.name === name);
    return table ? { from, options: table.columns.map((column) => columnProposal(column, 10)) } : null;
  }
  if (length === 0 && !explicit && !AFTER_TABLE_WORD.test(head)) return null;
  const tableOptions = (boost: number): Proposal[] =>
    tables.map((table) => ({
      label: table.name,
      ...(sqlName(table.name) === table.name ? {} : { apply: sqlName(table.name) }),
      detail: `${table.rows.toLocaleString()} rows`,
      type: 'table',
      boost,
    }));
  if (AFTER_TABLE_WORD.test(head)) return { from, options: tableOptions(20) };
  const here = [...new Set(mentioned.values())];
  const others = tables.filter((table) => !here.includes(table));
  return {
    from,
    options: [
      ...here.flatMap((table) => table.columns.map((column) => columnProposal(column, 20))),
      ...tableOptions(5),
      ...others.flatMap((table) => table.columns.map((column) => columnProposal(column, here.length > 0 ? -20 : 0))),
      ...functions.map((name) => ({
        label: name,
        apply: `${name}(`,
        detail: 'function',
        type: 'function' as const,
        boost: -5,
      })),
      ...keywords.map((word) => ({ label: word, detail: '', type: 'keyword' as const, boost: -2 })),
    ],
  };
}
