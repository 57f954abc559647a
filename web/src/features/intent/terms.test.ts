import { describe, expect, test } from 'vitest';
import { earnestEstimate, monthsOf, validityOf } from './terms';

const row = {
  price: '310.0000',
  area: '178.61',
  price_basis: 'per_m2_month',
  from_on: '2027-01-01',
  to_on: '2029-12-31',
  deposit_amount: '10000.00',
};

describe('terms of a letter of intent', () => {
  test('three years are 36 months, whatever their days', () => {
    expect(monthsOf('2027-01-01', '2029-12-31')).toBe(36);
    expect(monthsOf('2027-03-15', '2030-03-14')).toBe(36);
    expect(monthsOf('2027-03-15', '2027-03-31')).toBe(1);
  });

  test('a fifth of the rent is the ceiling of earnest money', () => {
    expect(earnestEstimate(row)).toEqual({ rent: '1993287.60', cap: '398657.52', over: false });
    expect(earnestEstimate({ ...row, deposit_amount: '398657.53' })?.over).toBe(true);
  });

  test('a price by day counts days', () => {
    const daily = { ...row, price: '10.0000', area: '100.00', price_basis: 'per_m2_day' };
    expect(earnestEstimate({ ...daily, to_on: '2027-12-31' })?.rent).toBe('365000.00');
  });

  test('without a price or with a term that ends before it begins there is no estimate', () => {
    expect(earnestEstimate({ ...row, price: null })).toBeNull();
    expect(earnestEstimate({ ...row, to_on: '2026-12-31' })).toBeNull();
  });

  test('the last day still counts, the day after is past', () => {
    expect(validityOf('2026-12-14', '2026-12-13', 'signed')).toEqual({ kind: 'left', days: 1 });
    expect(validityOf('2026-12-14', '2026-12-14', 'signed')).toEqual({ kind: 'last', days: 0 });
    expect(validityOf('2026-12-14', '2026-12-15', 'signed')).toEqual({ kind: 'past', days: 1 });
    expect(validityOf('2026-12-14', '2026-12-01', 'converted').kind).toBe('over');
  });
});
