import { describe, expect, test } from 'vitest';
import {
  daysBetween,
  formatAgo,
  formatDecimal,
  formatInstant,
  formatMoney,
  formatPrice,
  instantFromChina,
  plainNumber,
  sumDecimals,
} from './format';

describe('decimals', () => {
  test('thousands are separated and nothing is lost', () => {
    expect(formatDecimal('1234567.5')).toBe('1,234,567.5');
    expect(formatDecimal('99999999999999999.99')).toBe('99,999,999,999,999,999.99');
    expect(formatDecimal('0007.10')).toBe('7.10');
  });
  test('dropped digits round half up, over all nines too', () => {
    expect(formatDecimal('0.125', 2)).toBe('0.13');
    expect(formatDecimal('0.999', 2)).toBe('1.00');
    expect(formatDecimal('9.5', 0)).toBe('10');
  });
  test('minus zero is zero', () => expect(formatDecimal('-0.001', 2)).toBe('0.00'));
  test('what is no number stays as it is', () => expect(formatDecimal('约八十')).toBe('约八十'));
  test('money has two digits and the sign before the currency', () => {
    expect(formatMoney('3658.4')).toBe('¥3,658.40');
    expect(formatMoney('-3658.40')).toBe('-¥3,658.40');
  });
  test('a unit price keeps what was agreed', () => {
    expect(formatPrice('1.1000')).toBe('¥1.10');
    expect(formatPrice('3.6550')).toBe('¥3.655');
    expect(formatPrice('8')).toBe('¥8.00');
  });
  test('sums are exact and skip what is empty', () => {
    expect(sumDecimals(['0.10', '0.2', null, undefined], 2)).toBe('0.30');
    expect(sumDecimals(['-1.05', '1.00'], 2)).toBe('-0.05');
    expect(sumDecimals(Array(1000).fill('0.01'), 2)).toBe('10.00');
  });
  test('typed numbers become plain', () => {
    expect(plainNumber('１，２３４．５０ 元')).toBe('1234.50');
    expect(plainNumber('91.46㎡')).toBe('91.46');
    expect(plainNumber('5％')).toBe('5');
  });
});

describe('time', () => {
  test('an instant is shown in China time, over midnight too', () => {
    expect(formatInstant('2026-03-01T08:30:00.000Z')).toBe('2026-03-01 16:30');
    expect(formatInstant('2026-12-31T16:00:00.000Z')).toBe('2027-01-01 00:00');
  });
  test('what a picker gives comes back as the same instant', () => {
    expect(instantFromChina('2026-03-01 16:30')).toBe('2026-03-01T08:30:00.000Z');
  });
  test('days between two days', () => {
    expect(daysBetween('2026-02-27', '2026-03-01')).toBe(2);
    expect(daysBetween('2026-03-01', '2026-02-27')).toBe(-2);
  });
  test('recent instants are relative, old ones are dates', () => {
    const now = Date.parse('2026-11-23T04:00:00Z');
    expect(formatAgo('2026-11-23T03:57:00Z', 'zh', now)).toBe('3分钟前');
    expect(formatAgo('2026-11-22T04:00:00Z', 'zh', now)).toBe('昨天');
    expect(formatAgo('2026-10-01T04:00:00Z', 'zh', now)).toBe('2026-10-01 12:00');
  });
});
