/* Months as the program counts them: 202603. */

export function monthOf(day: string): number {
  return Number(day.slice(0, 4)) * 100 + Number(day.slice(5, 7));
}

export function addMonths(month: number, n: number): number {
  const all = Math.floor(month / 100) * 12 + (month % 100) - 1 + n;
  return Math.floor(all / 12) * 100 + (all % 12) + 1;
}

/* "2026-03", as the browser's month field writes it. */
export function monthText(month: number): string {
  return `${Math.floor(month / 100)}-${String(month % 100).padStart(2, '0')}`;
}

/* undefined if it is no month. */
export function parseMonth(text: string | null): number | undefined {
  const found = /^(\d{4})-?(0[1-9]|1[0-2])$/.exec(text ?? '');
  return found ? Number(found[1]) * 100 + Number(found[2]) : undefined;
}
