import { describe, expect, it } from 'vitest';
import { addMonths, monthOf, monthText, parseMonth } from './month';

describe('months', () => {
  it('go over the end of a year and back', () => {
    expect(addMonths(202612, 1)).toBe(202701);
    expect(addMonths(202601, -1)).toBe(202512);
    expect(addMonths(202603, -15)).toBe(202412);
  });
  it('are read as they are written', () => {
    expect(monthText(202603)).toBe('2026-03');
    expect(parseMonth('2026-03')).toBe(202603);
    expect(parseMonth('202603')).toBe(202603);
    expect(monthOf('2026-11-28')).toBe(202611);
  });
  it('that do not exist are none', () => {
    expect(parseMonth('2026-13')).toBeUndefined();
    expect(parseMonth('2026-00')).toBeUndefined();
    expect(parseMonth(null)).toBeUndefined();
  });
});
