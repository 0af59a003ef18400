/** How a cell of a result is shown, from its DuckDB type and its column's name. */
import { amount, exact, fixed } from './format';
import { day, dayAndTime } from './time';

export type CellKind = 'number' | 'date' | 'time' | 'boolean' | 'text';

export function kindOf(type: string): CellKind {
  const name = type.toUpperCase();
  if (/^(U?(TINY|SMALL|BIG|HUGE)INT|U?INTEGER|DECIMAL|NUMERIC|DOUBLE|FLOAT|REAL)/.test(name) && !name.endsWith('[]'))
    return 'number';
  if (name === 'DATE') return 'date';
  if (name.startsWith('TIMESTAMP')) return 'time';
  if (name === 'BOOLEAN') return 'boolean';
  return 'text';
}

/** Whole numbers that name something are not grouped: 2025, not 2,025. */
const LABEL_NUMBER = /(^|[_\s])(id|year|zip|zipcode|postcode|postal_code|code|plz|phone|no)$/i;

export const isLabelNumber = (columnName: string) => LABEL_NUMBER.test(columnName);

/** Numbers beyond 2^53 and decimals travel as text. */
export function toNumber(value: unknown): number | null {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value === 'boolean') return null;
  if (typeof value !== 'string' || value.trim() === '') return null;
  const number = Number(value);
  return Number.isFinite(number) ? number : null;
}

const MOST_DECIMALS = 4;

/** Decimals that a column of figures needs, so that its points stand below each other. */
export function decimalsOf(values: unknown[]): number {
  let most = 0;
  for (const value of values) {
    const number = toNumber(value);
    if (number === null || Number.isInteger(number)) continue;
    const text = String(Number(number.toFixed(MOST_DECIMALS)));
    most = Math.max(most, text.includes('.') ? text.length - text.indexOf('.') - 1 : 0);
    if (most === MOST_DECIMALS) break;
  }
  return most;
}

export function cellText(
  value: unknown,
  column: { name: string; type: string; decimals?: number },
  unit?: string | null,
): string {
  if (value === null || value === undefined) return '';
  switch (kindOf(column.type)) {
    case 'number': {
      const number = toNumber(value);
      if (number === null) return String(value);
      if (isLabelNumber(column.name)) return String(value).replace('-', '\u2212');
      if (typeof value === 'string' && !Number.isSafeInteger(number) && /^-?\d+$/.test(value)) return value;
      if (unit) return amount(number, unit);
      if (column.decimals !== undefined) return fixed(number, column.decimals);
      return exact(number, Math.abs(number) >= 1000 ? 2 : MOST_DECIMALS);
    }
    case 'date':
      return day(String(value));
    case 'time':
      return dayAndTime(String(value));
    case 'boolean':
      return value === true || value === 'true' ? 'Yes' : 'No';
    default:
      return typeof value === 'object' ? JSON.stringify(value) : String(value);
  }
}
