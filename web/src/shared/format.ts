/* Values as people read them. Decimals stay strings all the way: no float ever holds money. */
import type { Lang } from '@/shared/prefs';

export const EMPTY = '—';

/* "1234567.5", 2 → "1,234,567.50". Rounds half up when digits are dropped. Text that is no number comes back as is. */
export function formatDecimal(value: string | number, digits?: number): string {
  const text = String(value).trim();
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text);
  if (!match) return text;
  let [, sign = '', whole = '0', fraction = ''] = match;
  if (digits !== undefined && fraction.length > digits) {
    const scaled = BigInt(whole + fraction.slice(0, digits)) + (fraction[digits]! >= '5' ? 1n : 0n);
    const padded = scaled.toString().padStart(digits + 1, '0');
    whole = digits ? padded.slice(0, -digits) : padded;
    fraction = digits ? padded.slice(-digits) : '';
  }
  if (digits !== undefined) fraction = fraction.padEnd(digits, '0');
  whole = whole.replace(/^0+(?=\d)/, '');
  if (!/[1-9]/.test(whole + fraction)) sign = '';
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return fraction ? `${sign}${grouped}.${fraction}` : `${sign}${grouped}`;
}

export function formatMoney(value: string | number): string {
  const text = formatDecimal(value, 2);
  return text.startsWith('-') ? `-¥${text.slice(1)}` : `¥${text}`;
}

/* A unit price keeps what was agreed, but at least two digits: "1.1000" → "1.10", "3.6550" → "3.655". */
export function formatPrice(value: string | number): string {
  const text = String(value);
  const fraction = /\.(\d*?)0*$/.exec(text)?.[1] ?? '';
  return `¥${formatDecimal(text, Math.max(2, fraction.length))}`;
}

/* Adds decimal strings exactly, for totals rows: ["0.10", "0.2"] → "0.30". */
export function sumDecimals(values: Iterable<string | null | undefined>, digits: number): string {
  let sum = 0n;
  for (const value of values) {
    const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(value ?? '');
    if (!match) continue;
    const scaled = BigInt(match[2]! + (match[3] ?? '').slice(0, digits).padEnd(digits, '0'));
    sum += match[1] ? -scaled : scaled;
  }
  const negative = sum < 0n;
  const text = (negative ? -sum : sum).toString().padStart(digits + 1, '0');
  const body = digits ? `${text.slice(0, -digits)}.${text.slice(-digits)}` : text;
  return negative ? `-${body}` : body;
}

/* What people type as a number, made plain: full-width digits, "1,234.5 元" → "1234.5". */
export function plainNumber(text: string): string {
  return text
    .replace(/[０-９]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0))
    .replace(/．|。/g, '.')
    .replace(/[，,\s¥￥元㎡%％]/g, '');
}

const CHINA_MS = 8 * 3600 * 1000; // China has one time zone and no summer time

function chinaTime(instant: string): string {
  const ms = Date.parse(instant);
  return Number.isNaN(ms) ? '' : new Date(ms + CHINA_MS).toISOString();
}

/* An instant as China time, "2026-03-01 16:30". */
export function formatInstant(instant: string): string {
  const local = chinaTime(instant);
  return local ? `${local.slice(0, 10)} ${local.slice(11, 16)}` : instant;
}

export function chinaDay(instant: string): string {
  return chinaTime(instant).slice(0, 10);
}

/* China time from a picker, "2026-03-01 16:30", as an instant. */
export function instantFromChina(text: string): string {
  return new Date(`${text.slice(0, 10)}T${text.slice(11, 16)}:00+08:00`).toISOString();
}

/* Today in China, for defaults only; the server's `me.today` decides. */
export function todayInChina(now = Date.now()): string {
  return new Date(now + CHINA_MS).toISOString().slice(0, 10);
}

export function formatDayLong(day: string, lang: Lang): string {
  const date = new Date(`${day}T00:00:00Z`);
  if (Number.isNaN(date.getTime())) return day;
  return new Intl.DateTimeFormat(lang === 'zh' ? 'zh-CN' : 'en-GB', {
    dateStyle: 'full',
    timeZone: 'UTC',
  }).format(date);
}

/* Whole days from one day to another: "2026-03-01" to "2026-03-04" is 3. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);
}

/* "3 分钟前", "昨天", then the date. */
export function formatAgo(instant: string, lang: Lang, now = Date.now()): string {
  const ms = Date.parse(instant);
  if (Number.isNaN(ms)) return instant;
  const rtf = new Intl.RelativeTimeFormat(lang === 'zh' ? 'zh-CN' : 'en', { numeric: 'auto' });
  const minutes = Math.round((ms - now) / 60_000);
  if (Math.abs(minutes) < 60) return rtf.format(minutes, 'minute');
  if (Math.abs(minutes) < 60 * 12) return rtf.format(Math.round(minutes / 60), 'hour');
  const days = daysBetween(todayInChina(now), chinaDay(instant));
  return Math.abs(days) <= 6 ? rtf.format(days, 'day') : formatInstant(instant);
}

export function formatBytes(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  if (bytes < 1024 * 1024) return `${(bytes / 1024).toFixed(0)} KB`;
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
