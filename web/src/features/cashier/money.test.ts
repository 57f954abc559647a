import { describe, expect, test } from 'vitest';
import { isNothing, less, matches, share, sumByWay, waitingOf } from './money';
import type { Order, ReceiptRow } from './types';

const receipt = (way: string, amount: string) => ({ way, amount }) as ReceiptRow;

describe('cashier sums', () => {
  test('what is left is exact to the fen', () => {
    expect(less('242195.16', '0.17')).toBe('242194.99');
    expect(isNothing(less('0.30', '0.30'))).toBe(true);
    expect(isNothing('0.01')).toBe(false);
  });

  test('an amount pays the chosen charges from the first, the last in part', () => {
    const charges = [
      { id: 'a', open: '100.00' },
      { id: 'b', open: '50.00' },
      { id: 'c', open: '1.00' },
    ];
    expect(share(charges, '120')).toEqual([
      { charge_id: 'a', amount: '100.00' },
      { charge_id: 'b', amount: '20.00' },
    ]);
    expect(share(charges, '500').length).toBe(3);
    expect(share(charges, '0')).toEqual([]);
  });

  test('only receipts that wait hold their share', () => {
    const order = {
      receipts: [
        { state: 'registered', amount: '100.10' },
        { state: 'confirmed', amount: '5.00' },
        { state: 'refused', amount: '7.00' },
        { state: 'registered', amount: '0.90' },
      ],
    } as Order;
    expect(waitingOf(order)).toBe('101.00');
  });

  test('totals by way keep the declared order and leave out what did not happen', () => {
    const rows = [receipt('cash', '0.10'), receipt('pos', '5.00'), receipt('cash', '0.20')];
    expect(sumByWay(rows, ['bank_transfer', 'pos', 'cash'])).toEqual([
      { way: 'pos', n: 1, amount: '5.00' },
      { way: 'cash', n: 2, amount: '0.30' },
    ]);
  });

  test('an order is found by number, merchant and unit, all words at once', () => {
    const order = {
      no: 'JK-2026-00010',
      unit_nos: 'L2-20',
      merchant_id: { id: '1', label: '云江葭径服饰有限公司' },
    } as Order;
    expect(matches(order, '')).toBe(true);
    expect(matches(order, '葭径 l2-20')).toBe(true);
    expect(matches(order, '00010')).toBe(true);
    expect(matches(order, '葭径 L3')).toBe(false);
  });
});
