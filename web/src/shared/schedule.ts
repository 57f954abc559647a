/* What the engine answers about charges, the same in previews, stored schedules and payment orders. Pure functions; money
 * stays decimal text. docs/domain/lease-terms.md is the vocabulary. */
import { sumDecimals } from '@/shared/format';
import type { Lang } from '@/shared/prefs';

export interface WorkingStep {
  op?: string;
  text_zh: string;
  text_en: string;
}

export type LineKind =
  | 'billed'
  | 'free'
  | 'provisional'
  | 'settlement'
  | 'awaiting_sales'
  | 'adjustment';

export interface ScheduleLine {
  term?: number;
  item: string;
  unit?: string;
  kind: LineKind;
  from: string;
  to: string;
  cycle_from: string;
  cycle_to: string;
  due_on: string;
  price: string | null;
  quantity: string | null;
  tax_rate: string;
  net: string;
  tax: string;
  gross: string;
  working: WorkingStep[] | null;
}

export interface SchedulePrice {
  term: number;
  item: string;
  unit?: string;
  from: string;
  to: string;
  price: string;
}

export interface Schedule {
  lines: ScheduleLine[];
  prices: SchedulePrice[];
  totals: Record<string, string>;
}

export interface Bill {
  due_on: string;
  from: string;
  to: string;
  lines: ScheduleLine[];
  gross: string;
}

export interface BillYear {
  year: string;
  bills: Bill[];
  gross: string;
}

export const stepText = (step: WorkingStep, lang: Lang) =>
  lang === 'zh' ? step.text_zh : step.text_en;

const total = (lines: readonly { gross: string }[]) =>
  sumDecimals(
    lines.map((line) => line.gross),
    2,
  );

/* Lines that are paid together: those of one due day. */
export function billsOf(lines: readonly ScheduleLine[]): Bill[] {
  const byDay = new Map<string, ScheduleLine[]>();
  for (const line of lines) {
    const bill = byDay.get(line.due_on);
    if (bill) bill.push(line);
    else byDay.set(line.due_on, [line]);
  }
  return [...byDay.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([due_on, own]) => ({
      due_on,
      from: own.reduce((least, line) => (line.from < least ? line.from : least), own[0]!.from),
      to: own.reduce((most, line) => (line.to > most ? line.to : most), own[0]!.to),
      lines: [...own].sort((a, b) => (a.term ?? 0) - (b.term ?? 0) || (a.from < b.from ? -1 : 1)),
      gross: total(own),
    }));
}

export function yearsOf(bills: readonly Bill[]): BillYear[] {
  const years = new Map<string, Bill[]>();
  for (const bill of bills) {
    const year = bill.due_on.slice(0, 4);
    years.set(year, [...(years.get(year) ?? []), bill]);
  }
  return [...years.entries()].map(([year, own]) => ({ year, bills: own, gross: total(own) }));
}

/* Sums of one item by the year in which they fall due. */
export function itemByYear(lines: readonly ScheduleLine[], item: string, years: string[]) {
  return years.map((year) =>
    total(lines.filter((line) => line.item === item && line.due_on.startsWith(year))),
  );
}

export function grandTotal(totals: Record<string, string>): string {
  return sumDecimals(Object.values(totals), 2);
}
