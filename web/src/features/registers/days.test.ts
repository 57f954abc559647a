import { describe, expect, it } from 'vitest';
import { addDays, addMonths, monday, monthGrid, weekday } from './days';

describe('days of the calendar', () => {
  it('cross months and years', () => {
    expect(addDays('2026-12-31', 1)).toBe('2027-01-01');
    expect(addMonths('2026-12-15', 1)).toBe('2027-01-01');
    expect(addMonths('2026-01-31', -1)).toBe('2025-12-01');
  });
  it('begin the week on Monday', () => {
    expect(weekday('2026-11-29')).toBe(7);
    expect(monday('2026-11-29')).toBe('2026-11-23');
  });
  it('fill whole weeks around a month', () => {
    const weeks = monthGrid('2026-11-10');
    expect(weeks[0]?.[0]).toBe('2026-10-26');
    expect(weeks.at(-1)?.[6]).toBe('2026-12-06');
    expect(monthGrid('2027-02-01')).toHaveLength(4);
  });
});
