import { describe, expect, test } from 'vitest';
import { isPlanned, NO_PLAN, plannedSales, spread } from './salesPlan';

describe('assumed sales', () => {
  test('one figure stands for every month of the lease, first and last included', () => {
    const plan = { ...NO_PLAN, same: '100,000' };
    const sales = plannedSales(plan, '2025-11-15', '2026-02-01');
    expect(sales.map((one) => one.month)).toEqual(['2025-11', '2025-12', '2026-01', '2026-02']);
    expect(sales[0]?.amount).toBe('100000');
  });
  test('twelve figures repeat every year, and an empty month sold nothing', () => {
    const months = Array(12).fill('');
    months[0] = '50000';
    const sales = plannedSales({ ...NO_PLAN, kind: 'months', months }, '2025-12-01', '2027-01-31');
    expect(sales).toHaveLength(14);
    expect(sales.filter((one) => one.amount === '50000').map((one) => one.month)).toEqual([
      '2026-01',
      '2027-01',
    ]);
    expect(sales[0]).toEqual({ month: '2025-12', amount: '0' });
  });
  test('nothing is assumed without a figure or without days', () => {
    expect(plannedSales(NO_PLAN, '2026-01-01', '2026-12-31')).toEqual([]);
    expect(plannedSales({ ...NO_PLAN, same: '1' }, null, '2026-12-31')).toEqual([]);
    expect(plannedSales({ ...NO_PLAN, same: '1' }, '2026-12-31', '2026-01-01')).toEqual([]);
    expect(isPlanned({ ...NO_PLAN, same: '  ' })).toBe(false);
  });
  test('going over to twelve figures begins with the one that was typed, and keeps twelve that were', () => {
    const once = spread({ ...NO_PLAN, same: '9' });
    expect(once.months).toEqual(Array(12).fill('9'));
    expect(spread({ ...once, same: '5' }).months[0]).toBe('9');
  });
});
