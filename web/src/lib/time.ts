/** Dates in words. A date without a time is a calendar day and never shifts with the time zone. */
import { currentLocale } from './format';

const DATE = /^(\d{4})-(\d{2})-(\d{2})$/;
const DATE_TIME = /^(\d{4})-(\d{2})-(\d{2})[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?(Z|[+-]\d{2}(?::?\d{2})?)?$/;

const formats = new Map<string, Intl.DateTimeFormat>();

/** Made once: a grid writes thousands of dates while one scrolls, and each format is costly to make. */
function formatOf(locale: string | undefined, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale} ${JSON.stringify(options)}`;
  let format = formats.get(key);
  if (!format) {
    format = new Intl.DateTimeFormat(locale, options);
    formats.set(key, format);
  }
  return format;
}

/** English is written with the day first and months of three letters, whatever its region prefers. */
function dayText(date: Date, options: Intl.DateTimeFormatOptions = {}): string {
  const locale = currentLocale();
  const english = locale === undefined || locale.startsWith('en');
  const parts: Intl.DateTimeFormatOptions = {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    timeZone: 'UTC',
    ...options,
  };
  const format = formatOf(english ? 'en-US' : locale, parts);
  if (!english) return format.format(date);
  const found = new Map(format.formatToParts(date).map((part) => [part.type, part.value]));
  return [found.get('day'), found.get('month'), found.get('year')].filter(Boolean).join(' ');
}

function parsed(text: string): Date | null {
  if (DATE.test(text)) return valid(new Date(text));
  const zone = DATE_TIME.exec(text)?.[7];
  if (zone === undefined && !DATE_TIME.test(text)) return null;
  const iso = text.replace(' ', 'T');
  if (zone === undefined) return valid(new Date(`${iso}Z`));
  return valid(new Date(/^[+-]\d{2}$/.test(zone) ? `${iso}:00` : iso));
}

const valid = (date: Date) => (Number.isNaN(date.getTime()) ? null : date);

/** 3 Mar 2026 */
export function day(text: string): string {
  const date = parsed(text);
  return date ? dayText(date) : text;
}

/** 3 Mar 2026, 14:05: the clock as the data has it. */
export function dayAndTime(text: string): string {
  const date = parsed(text);
  if (!date) return text;
  const seconds = date.getUTCSeconds() !== 0;
  const clock = formatOf('en-GB', {
    hour: '2-digit',
    minute: '2-digit',
    ...(seconds ? { second: '2-digit' } : {}),
    timeZone: 'UTC',
  }).format(date);
  return `${dayText(date)}, ${clock}`;
}

/** The label of a period: 2026, Q1 2026, Mar 2026, 3 Mar 2026. */
export function period(text: string, grain: string | null | undefined): string {
  const date = parsed(text);
  if (!date) return text;
  if (grain === 'year') return String(date.getUTCFullYear());
  if (grain === 'quarter') return `Q${Math.floor(date.getUTCMonth() / 3) + 1} ${date.getUTCFullYear()}`;
  if (grain === 'month') return dayText(date, { day: undefined });
  if (grain === 'hour' || grain === 'minute') return dayAndTime(text);
  return dayText(date);
}

/** now, 2 min ago, 3 h ago, yesterday, 3 Mar 2026 */
export function ago(text: string, now: number = Date.now()): string {
  const date = parsed(text);
  if (!date) return text;
  const seconds = Math.round((now - date.getTime()) / 1000);
  if (seconds < 45) return 'now';
  if (seconds < 3600) return `${Math.max(1, Math.round(seconds / 60))}\u00a0min ago`;
  if (seconds < 20 * 3600) return `${Math.round(seconds / 3600)}\u00a0h ago`;
  if (seconds < 40 * 3600) return 'yesterday';
  return dayText(date, { timeZone: undefined });
}

/** Local date and time, for titles. */
export function moment(text: string): string {
  const date = parsed(text);
  if (!date) return text;
  const clock = formatOf('en-GB', { hour: '2-digit', minute: '2-digit' }).format(date);
  return `${dayText(date, { timeZone: undefined })}, ${clock}`;
}

export const isDateText = (text: string) => DATE.test(text) || DATE_TIME.test(text);
