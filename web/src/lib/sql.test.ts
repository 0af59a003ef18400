import { expect, test } from 'vitest';
import { brokenSql, sqlPieces } from './sql';

test('words inside texts and names are not keywords', () => {
  const kinds = sqlPieces(`SELECT "from" FROM t WHERE x = 'where and' -- and`).map((piece) => piece.kind);
  expect(kinds.filter((kind) => kind === 'keyword')).toHaveLength(3);
  expect(kinds).toContain('text');
  expect(kinds).toContain('comment');
  expect(kinds).toContain('name');
});

test('long queries break before clauses and conditions, and not inside of anything', () => {
  const sql =
    "SELECT a, sum(b) AS s FROM t LEFT JOIN u ON t.k = u.k WHERE d BETWEEN 1 AND 2 AND e = 'x and y' AND f IN (SELECT g FROM h) GROUP BY a ORDER BY s DESC LIMIT 5";
  expect(brokenSql(sql)).toBe(
    [
      'SELECT a, sum(b) AS s',
      'FROM t',
      'LEFT JOIN u ON t.k = u.k',
      'WHERE d BETWEEN 1 AND 2',
      "  AND e = 'x and y'",
      '  AND f IN (SELECT g FROM h)',
      'GROUP BY a',
      'ORDER BY s DESC',
      'LIMIT 5',
    ].join('\n'),
  );
});

test('what has line breaks stays as it is', () => {
  expect(brokenSql('SELECT 1\nFROM t')).toBe('SELECT 1\nFROM t');
});
