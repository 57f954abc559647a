/* Sums of a cashier, on decimal text. Pure functions. */
import { sumDecimals } from '@/shared/format';
import type { Order, ReceiptRow } from './types';

const minus = (amount: string) => (amount.startsWith('-') ? amount.slice(1) : `-${amount}`);

export const less = (from: string, amount: string) => sumDecimals([from, minus(amount)], 2);

/* Registered receipts hold their share of the order until somebody confirms or refuses them. */
export function waitingOf(order: Order): string {
  return sumDecimals(
    order.receipts.filter((one) => one.state === 'registered').map((one) => one.amount),
    2,
  );
}

export const isNothing = (amount: string) => !/[1-9]/.test(amount);

export interface WaySum {
  way: string;
  n: number;
  amount: string;
}

/* Totals by way of payment, in the order in which the ways are declared. */
export function sumByWay(receipts: readonly ReceiptRow[], ways: readonly string[]): WaySum[] {
  return ways.flatMap((way) => {
    const own = receipts.filter((one) => one.way === way);
    if (!own.length) return [];
    return [
      {
        way,
        n: own.length,
        amount: sumDecimals(
          own.map((one) => one.amount),
          2,
        ),
      },
    ];
  });
}

/* Finds by number, merchant, unit or lease: the list of open orders is short enough to be searched here. */
export function matches(order: Order, text: string): boolean {
  const words = text.trim().toLowerCase().split(/\s+/);
  const all = [
    order.no,
    order.unit_nos,
    order.merchant_id?.label,
    order.unit_id?.label,
    order.lease_id?.label,
  ]
    .filter(Boolean)
    .join(' ')
    .toLowerCase();
  return words.every((word) => all.includes(word));
}

/* What an amount pays of chosen charges, the first ones first; the server judges it. */
export function share(
  charges: readonly { id: string; open: string }[],
  amount: string,
): { charge_id: string; amount: string }[] {
  let left = sumDecimals([amount], 2);
  return charges.flatMap(({ id, open }) => {
    if (isNothing(left) || left.startsWith('-')) return [];
    const rest = less(left, open);
    const paid = rest.startsWith('-') ? left : open;
    left = rest.startsWith('-') ? '0.00' : rest;
    return [{ charge_id: id, amount: paid }];
  });
}
