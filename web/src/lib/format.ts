/** Numbers and dates as people write them, in the browser's locale. */
const NBSP = '\u00a0';
const MINUS = '\u2212';

let locale: string | undefined =
  typeof navigator === 'undefined' ? undefined : (navigator.languages?.[0] ?? navigator.language);
const formats = new Map<string, Intl.NumberFormat>();

export function setLocale(name: string | undefined): void {
  locale = name;
  formats.clear();
}

export const currentLocale = () => locale;

function numberFormat(options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = JSON.stringify(options);
  let format = formats.get(key);
  if (!format) {
    format = new Intl.NumberFormat(locale, options);
    formats.set(key, format);
  }
  return format;
}

const minus = (text: string) => text.replace(/-/g, MINUS);

/** 12,480 */
export const count = (n: number) => minus(numberFormat({ maximumFractionDigits: 0 }).format(n));

/** 12,480.5: all that is there, up to `digits` decimals. */
export const exact = (n: number, digits = 6) => minus(numberFormat({ maximumFractionDigits: digits }).format(n));

/** 67.50: always so many decimals, so that a column of figures stands in line. */
export const fixed = (n: number, digits: number) =>
  minus(numberFormat({ minimumFractionDigits: digits, maximumFractionDigits: digits }).format(n));

/** 1.23 M in two parts, so that the unit can be set smaller. */
export function compactParts(n: number): { figure: string; unit: string } {
  const size = Math.abs(n);
  const [divisor, unit] =
    size >= 1e12
      ? [1e12, 'T']
      : size >= 1e9
        ? [1e9, 'B']
        : size >= 1e6
          ? [1e6, 'M']
          : size >= 1e4
            ? [1e3, 'k']
            : [1, ''];
  const value = n / divisor;
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  const places = unit === '' && Number.isInteger(n) ? 0 : unit === '' && size >= 1000 ? 0 : digits;
  return {
    figure: minus(
      numberFormat({ maximumFractionDigits: places, minimumFractionDigits: unit ? places : 0 }).format(value),
    ),
    unit,
  };
}

/** 1.23 M */
export function compact(n: number): string {
  const { figure, unit } = compactParts(n);
  return unit ? `${figure}${NBSP}${unit}` : figure;
}

/** 40 k: for axes, no decimals that are only zeros. */
export function axis(n: number, unit?: string | null): string {
  const size = Math.abs(n);
  const [divisor, suffix] = size >= 1e9 ? [1e9, 'B'] : size >= 1e6 ? [1e6, 'M'] : size >= 1e4 ? [1e3, 'k'] : [1, ''];
  const figure = numberFormat({ maximumFractionDigits: 2 }).format(Number((size / divisor).toFixed(3)));
  const text = suffix ? `${figure}${NBSP}${suffix}` : figure;
  return `${n < 0 ? MINUS : ''}${withUnit(text, unit)}`;
}

/** 34.5 % from 0.345 */
export const percent = (ratio: number, digits = 1) =>
  `${minus(numberFormat({ minimumFractionDigits: digits, maximumFractionDigits: digits }).format(ratio * 100))}${NBSP}%`;

/** Share of a whole, with a decimal only where it tells something. */
export function share(ratio: number): string {
  if (ratio > 0 && ratio < 0.001) return `<${NBSP}${percent(0.001)}`;
  return percent(ratio, ratio === 0 || ratio === 1 || ratio >= 0.1 ? 0 : 1);
}

const isCurrency = (unit: string) => /^[A-Z]{3}$/.test(unit);

function currencySymbol(code: string): string {
  try {
    const parts = numberFormat({ style: 'currency', currency: code, currencyDisplay: 'narrowSymbol' }).formatToParts(0);
    return parts.find((part) => part.type === 'currency')?.value ?? code;
  } catch {
    return code;
  }
}

/** Puts the unit where it belongs: a currency before the figure, everything else after it. */
export function withUnit(figure: string, unit?: string | null): string {
  if (!unit) return figure;
  if (!isCurrency(unit)) return `${figure}${NBSP}${unit}`;
  const symbol = currencySymbol(unit);
  return symbol.length > 1 && /[A-Za-z]$/.test(symbol) ? `${symbol}${NBSP}${figure}` : `${symbol}${figure}`;
}

/** €12,300 or €160.27: money shows cents when it has any. */
export function amount(n: number, unit?: string | null): string {
  const digits = unit && isCurrency(unit) && !Number.isInteger(n) ? 2 : undefined;
  const figure = numberFormat(
    digits === undefined
      ? { maximumFractionDigits: Math.abs(n) >= 1000 ? 2 : 4 }
      : { minimumFractionDigits: digits, maximumFractionDigits: digits },
  ).format(Math.abs(n));
  return `${n < 0 ? MINUS : ''}${withUnit(figure, unit)}`;
}

/** €412 k, for labels at marks. */
export function amountCompact(n: number, unit?: string | null): string {
  const { figure, unit: suffix } = compactParts(Math.abs(n));
  return `${n < 0 ? MINUS : ''}${withUnit(suffix ? `${figure}${NBSP}${suffix}` : figure, unit)}`;
}

export function bytes(n: number): string {
  if (n < 1000) return `${count(n)}${NBSP}B`;
  const units = ['kB', 'MB', 'GB', 'TB'];
  let value = n;
  let index = -1;
  while (value >= 1000 && index < units.length - 1) {
    value /= 1000;
    index++;
  }
  const digits = value >= 100 ? 0 : 1;
  return `${numberFormat({ minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value)}${NBSP}${units[index]}`;
}

export const plural = (n: number, one: string, many = `${one}s`) => `${count(n)}${NBSP}${n === 1 ? one : many}`;

/** 14 ms, 1.4 s, 2 min */
export function duration(ms: number): string {
  if (ms < 1) return `<${NBSP}1${NBSP}ms`;
  if (ms < 1000) return `${Math.round(ms)}${NBSP}ms`;
  if (ms < 60_000) return `${numberFormat({ maximumFractionDigits: ms < 10_000 ? 1 : 0 }).format(ms / 1000)}${NBSP}s`;
  const minutes = Math.round(ms / 60_000);
  return minutes < 60 ? `${minutes}${NBSP}min` : `${Math.floor(minutes / 60)}${NBSP}h ${minutes % 60}${NBSP}min`;
}
