/** Queries over the result of a query: sorted, counted, looked into column by column. */
import { sqlPieces } from '@/lib/sql';

/** Marks what the page itself asks about a result, so that the history shows what people ran. */
export const ABOUT_RESULT = '/* about a result */ ';

/** The text without what follows the statement: semicolons, comments, blanks. */
export function bareStatement(sql: string): string {
  const pieces = sqlPieces(sql);
  while (pieces.length > 0) {
    const last = pieces.at(-1);
    if (!last) break;
    if (last.kind === 'comment') {
      pieces.pop();
      continue;
    }
    if (last.kind !== 'plain') break;
    const kept = last.text.replace(/[;\s]+$/, '');
    if (kept === '') {
      pieces.pop();
      continue;
    }
    pieces[pieces.length - 1] = { ...last, text: kept };
    break;
  }
  return pieces
    .map((piece) => piece.text)
    .join('')
    .trimEnd();
}

/** As a source for another query; its columns are named c1, c2 … so that no name is met twice. */
export function asSource(sql: string, columns: number): string {
  const names = Array.from({ length: columns }, (_, index) => `c${index + 1}`).join(', ');
  return `(\n${bareStatement(sql)}\n) AS result(${names})`;
}

export const sortedBy = (sql: string, column: number, descending: boolean): string =>
  `SELECT * FROM (\n${bareStatement(sql)}\n) AS result\nORDER BY ${column + 1}${descending ? ' DESC' : ''} NULLS LAST`;

/** One row: rows, values, distinct values, least, greatest and, of a number, mean and median. */
export function profileSql(sql: string, columns: number, column: number, number: boolean): string {
  const c = `c${column + 1}`;
  const more = number ? `, avg(${c}), median(${c})` : '';
  return `${ABOUT_RESULT}SELECT count(*), count(${c}), count(DISTINCT ${c}), min(${c}), max(${c})${more}\nFROM ${asSource(sql, columns)}`;
}

export function topSql(sql: string, columns: number, column: number): string {
  const c = `c${column + 1}`;
  return `${ABOUT_RESULT}SELECT ${c}, count(*)\nFROM ${asSource(sql, columns)}\nWHERE ${c} IS NOT NULL\nGROUP BY 1\nORDER BY 2 DESC, 1\nLIMIT 6`;
}

export type Figure = 'sum' | 'average' | 'distinct' | 'range' | 'none';

function figureSql(figure: Figure, index: number): string {
  const c = `c${index + 1}`;
  switch (figure) {
    case 'sum':
      return `sum(${c})`;
    case 'average':
      return `avg(${c})`;
    case 'distinct':
      return `count(DISTINCT ${c})`;
    case 'range':
      return `min(${c}), max(${c})`;
    case 'none':
      return 'NULL';
  }
}

/** One row with the summary of each column: one cell, or two of a range. */
export const summarySql = (sql: string, figures: Figure[]): string =>
  `${ABOUT_RESULT}SELECT ${figures.map(figureSql).join(', ')}\nFROM ${asSource(sql, figures.length)}`;
