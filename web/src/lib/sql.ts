/** SQL cut into pieces for colouring; reading only, so no editor is loaded for it. */
export type SqlPieceKind = 'plain' | 'keyword' | 'text' | 'number' | 'comment' | 'name';

export interface SqlPiece {
  kind: SqlPieceKind;
  text: string;
}

const KEYWORDS =
  'select|from|where|group|order|by|with|recursive|as|and|or|not|in|is|null|left|right|full|inner|cross|join|on|using|filter|desc|asc|nulls|first|last|limit|offset|between|like|ilike|date|timestamp|interval|case|when|then|else|end|over|partition|distinct|having|union|intersect|except|all|any|exists|cast|true|false|qualify|window|rows|range|preceding|following|unbounded|current|row|lateral|values';

const PIECE = new RegExp(
  `(--[^\\n]*|/\\*[\\s\\S]*?\\*/)|('(?:[^']|'')*')|("(?:[^"]|"")*")|\\b(\\d+(?:\\.\\d+)?)\\b|\\b(${KEYWORDS})\\b`,
  'gi',
);

export function sqlPieces(sql: string): SqlPiece[] {
  const pieces: SqlPiece[] = [];
  let last = 0;
  for (const match of sql.matchAll(PIECE)) {
    if (match.index > last) pieces.push({ kind: 'plain', text: sql.slice(last, match.index) });
    const kind = match[1] ? 'comment' : match[2] ? 'text' : match[3] ? 'name' : match[4] ? 'number' : 'keyword';
    pieces.push({ kind, text: match[0] });
    last = match.index + match[0].length;
  }
  if (last < sql.length) pieces.push({ kind: 'plain', text: sql.slice(last) });
  return pieces;
}

const CLAUSES = new Set([
  'from',
  'where',
  'group',
  'order',
  'having',
  'limit',
  'union',
  'intersect',
  'except',
  'qualify',
]);
const JOIN_START = new Set(['left', 'right', 'full', 'inner', 'cross', 'join']);

/** Breaks a one-line query before its clauses and conditions; one that has line breaks stays as it is. */
export function brokenSql(sql: string): string {
  if (sql.includes('\n') || sql.length < 60) return sql;
  let out = '';
  let depth = 0;
  let between = false;
  let inJoin = false;
  for (const piece of sqlPieces(sql)) {
    if (piece.kind === 'plain') {
      for (const character of piece.text) depth += character === '(' ? 1 : character === ')' ? -1 : 0;
    }
    if (piece.kind === 'keyword' && depth === 0) {
      const word = piece.text.toLowerCase();
      const startsJoin = JOIN_START.has(word) && !inJoin && /\s$/.test(out);
      if (CLAUSES.has(word) || startsJoin) out = `${out.trimEnd()}\n`;
      else if (word === 'and' && !between) out = `${out.trimEnd()}\n  `;
      if (word === 'between') between = true;
      else if (word === 'and') between = false;
      inJoin = JOIN_START.has(word) && word !== 'join';
    }
    out += piece.text;
  }
  return out.trimStart();
}
