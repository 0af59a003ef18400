/** The row below a result: what all rows of a column come to. */
import type { ResultColumn, SemanticType } from '@/api/types';
import { cellText, isLabelNumber, kindOf, toNumber } from '@/lib/cells';
import { count, exact, withUnit } from '@/lib/format';
import type { Figure } from './statement';

const AVERAGED = /(^|_)(avg|average|mean|median|share|ratio|rate|percent|percentage|price|score|age|growth|rank)(_|$)/i;
const AVERAGED_TYPES: SemanticType[] = ['price', 'share', 'measure', 'latitude', 'longitude'];
const LABEL_TYPES: SemanticType[] = ['identifier', 'code', 'year', 'month'];

/** Money and quantities add up, prices and shares do not, labels are counted. */
export function figureOf(column: ResultColumn, meaning: SemanticType | undefined): Figure {
  switch (kindOf(column.type)) {
    case 'number':
      if (meaning ? LABEL_TYPES.includes(meaning) : isLabelNumber(column.name)) return 'distinct';
      return (meaning && AVERAGED_TYPES.includes(meaning)) || AVERAGED.test(column.name) ? 'average' : 'sum';
    case 'date':
    case 'time':
      return 'range';
    case 'boolean':
      return 'none';
    case 'text':
      return /\[\]$|^(STRUCT|MAP|JSON|UNION)/.test(column.type) ? 'none' : 'distinct';
  }
}

function figureCells(figure: Figure, values: unknown[]): unknown[] {
  switch (figure) {
    case 'sum':
    case 'average': {
      const numbers = values.map(toNumber).filter((value) => value !== null);
      if (numbers.length === 0) return [null];
      const sum = numbers.reduce((a, b) => a + b, 0);
      return [figure === 'sum' ? sum : sum / numbers.length];
    }
    case 'distinct':
      return [new Set(values.map((value) => (typeof value === 'object' ? JSON.stringify(value) : value))).size];
    case 'range': {
      const sorted = values.map(String).sort();
      return [sorted[0] ?? null, sorted.at(-1) ?? null];
    }
    case 'none':
      return [null];
  }
}

/** What the server would say to `summarySql`, from rows that are all here. */
export const summarise = (rows: unknown[][], figures: Figure[]): unknown[] =>
  figures.flatMap((figure, index) =>
    figureCells(
      figure,
      rows.map((row) => row[index]).filter((value) => value !== null && value !== undefined),
    ),
  );

/** Texts per column, from a row as `summarySql` asks for it. */
export function summaryTexts(
  columns: (ResultColumn & { unit?: string | null })[],
  figures: Figure[],
  row: unknown[],
): string[] {
  let at = 0;
  return columns.map((column, index) => {
    const value = row[at++];
    const figure = figures[index];
    if (figure === 'range') {
      const last = row[at++];
      const from = cellText(value, column);
      const to = cellText(last, column);
      return from === to ? from : `${from} – ${to}`;
    }
    const number = toNumber(value);
    if (number === null) return '';
    if (figure === 'distinct') return `${count(number)} distinct`;
    const text = withUnit(exact(number, Math.abs(number) >= 1000 ? 0 : 2), column.unit);
    return figure === 'average' ? `avg ${text}` : text;
  });
}
