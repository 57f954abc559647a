/* What the pages of a letter of intent work out themselves, on decimal text. Pure functions. */
import { daysBetween } from '@/shared/format';

/* A decimal text as a whole number of its last digit: "310.5", 4 → 3105000n. */
function scaled(value: unknown, digits: number): bigint | null {
  const match = /^(\d+)(?:\.(\d+))?$/.exec(String(value ?? ''));
  if (!match) return null;
  return BigInt(match[1]! + (match[2] ?? '').slice(0, digits).padEnd(digits, '0'));
}

const text = (fen: bigint) => {
  const digits = fen.toString().padStart(3, '0');
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
};

/* Whole months of a term, its last day included; part of a month counts as one. */
export function monthsOf(from: string, to: string): number {
  const [y1 = 0, m1 = 0, d1 = 0] = from.split('-').map(Number);
  const [y2 = 0, m2 = 0, d2 = 0] = to.split('-').map(Number);
  const months = (y2 - y1) * 12 + (m2 - m1);
  return d2 >= d1 ? months + 1 : months;
}

export interface Estimate {
  rent: string;
  cap: string;
  /* The earnest money is more than a fifth of the rent. */
  over: boolean;
}

/* The rent of the whole term at today's price, without rent-free days and steps, and a fifth of it. */
export function earnestEstimate(row: Record<string, unknown>): Estimate | null {
  const price = scaled(row.price, 4);
  const area = scaled(row.area, 2);
  const paid = scaled(row.deposit_amount ?? '0', 2);
  const { from_on: from, to_on: to } = row;
  if (price === null || area === null || paid === null) return null;
  if (typeof from !== 'string' || typeof to !== 'string' || to < from) return null;
  const units = row.price_basis === 'per_m2_day' ? daysBetween(from, to) + 1 : monthsOf(from, to);
  const fen = (price * area * BigInt(units)) / 10_000n; // 1/10000 yuan × 1/100 m² → fen
  return { rent: text(fen), cap: text(fen / 5n), over: paid > fen / 5n };
}

export type Validity = { kind: 'left' | 'last' | 'past' | 'over'; days: number };

/* How long it still holds. What was converted, voided or has lapsed counts down no more. */
export function validityOf(until: string, today: string, state: string): Validity {
  const days = daysBetween(today, until);
  if (['converted', 'void', 'expired'].includes(state)) return { kind: 'over', days };
  if (days < 0) return { kind: 'past', days: -days };
  return { kind: days === 0 ? 'last' : 'left', days };
}
