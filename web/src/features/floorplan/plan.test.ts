import { describe, expect, it } from 'vitest';
import { quarterOf, rentBreaks } from './colours';
import { fitText, labelSpot, neighbour, textWidth } from './geometry';
import { labelLines } from './PlanMap';
import type { Point } from './types';

const square: Point[] = [
  [0, 0],
  [100, 0],
  [100, 40],
  [0, 40],
];
// An L whose box centre lies outside of it.
const corner: Point[] = [
  [0, 0],
  [100, 0],
  [100, 20],
  [20, 20],
  [20, 100],
  [0, 100],
];

describe('labels of the plan', () => {
  it('lie in the middle of a rectangle', () => {
    const spot = labelSpot(square);
    expect(spot.x).toBeCloseTo(50);
    expect(spot.y).toBeCloseTo(20);
    expect(spot.w).toBeCloseTo(100);
  });
  it('lie inside an angle, not in the hole of its box', () => {
    const { x, y } = labelSpot(corner);
    expect(x <= 20 || y <= 20).toBe(true);
  });
  it('are hidden where not even the number fits', () => {
    expect(labelLines('青禾里', '012  87㎡', '012', 90, 40)?.title).toEqual(['青禾里']);
    expect(labelLines('一个很长的品牌名称', '012  87㎡', '012', 30, 16)?.title).toEqual(['012']);
    expect(labelLines('青禾里', '012  87㎡', '012', 12, 12)).toBeNull();
  });
  it('break into two lines at a blank where there is one', () => {
    expect(fitText('MUJI Hotel', 4, 2)).toEqual(['MUJI', 'Hotel']);
    expect(fitText('朴素衣橱', 2.2, 1)).toBeNull();
    expect(textWidth('兰亭')).toBe(2);
  });
});

describe('the plan', () => {
  it('finds the neighbour in a direction', () => {
    const at = (id: string, x: number, y: number) => ({ id, spot: { x, y, w: 1, h: 1 } });
    const units = [at('a', 0, 0), at('b', 10, 1), at('c', 0, 10), at('d', 40, 0)];
    expect(neighbour(units, units[0]!, 'ArrowRight')?.id).toBe('b');
    expect(neighbour(units, units[0]!, 'ArrowDown')?.id).toBe('c');
    expect(neighbour(units, units[0]!, 'ArrowLeft')).toBeUndefined();
  });
  it('cuts rents into at most five steps at round figures', () => {
    expect(rentBreaks([])).toEqual([]);
    const breaks = rentBreaks([101, 118, 132, 149, 155, 183, 204, 226, 251, 298]);
    expect(breaks.length).toBeLessThanOrEqual(4);
    expect(breaks.every((one) => one % 10 === 0)).toBe(true);
    expect(rentBreaks([200, 200, 200])).toEqual([200]);
  });
  it('counts quarters across years', () => {
    expect(quarterOf('2027-01-01') - quarterOf('2026-12-31')).toBe(1);
  });
});
