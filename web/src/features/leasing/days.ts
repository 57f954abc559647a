/* Civil days as "YYYY-MM-DD" text; no time zones. */
const MS = 86_400_000;

const parse = (day: string) => Date.parse(`${day}T00:00:00Z`);
const format = (ms: number) => new Date(ms).toISOString().slice(0, 10);

export function addDays(day: string, n: number): string {
  const ms = parse(day);
  return Number.isNaN(ms) ? day : format(ms + n * MS);
}

/* A day that the month has not becomes its last: 2026-01-31 plus one month is 2026-02-28. */
export function addMonths(day: string, n: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const first = Date.UTC(year, month - 1 + n, 1);
  if (Number.isNaN(first)) return day;
  const at = new Date(first);
  const last = new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + 1, 0)).getUTCDate();
  return format(first + (Math.min(date, last) - 1) * MS);
}

export function firstOfNextMonth(day: string): string {
  return `${addMonths(`${day.slice(0, 7)}-01`, 1)}`;
}

/* Whole months and left-over days of a period, both ends included. */
export function spanOf(from: string, to: string): { months: number; days: number } | null {
  if (!from || !to || to < from) return null;
  const end = addDays(to, 1);
  let months = 0;
  while (months < 2400 && addMonths(from, months + 1) <= end) months += 1;
  return { months, days: Math.round((parse(end) - parse(addMonths(from, months))) / MS) };
}

/* The last day a lease of that first day may have: twenty years (civil code, article 705). */
export function lastLawfulDay(from: string): string {
  return addDays(addMonths(from, 240), -1);
}
