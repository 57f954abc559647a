import { describe, expect, it } from 'vitest';
import { nextMonday } from './Composer';
import { moveTo } from './flow';
import type { Board, Card } from './types';
import { boardAfter } from './useMove';

const card = (id: string, stage: string, area = '80.00') => ({ id, stage, area }) as Card;
const column = (stage: string, items: Card[]) => ({
  stage,
  label: stage,
  tone: 'gray' as const,
  count: items.length,
  area: items.reduce((sum, one) => sum + Number(one.area), 0).toFixed(2),
  items,
  next: null,
});

describe('moves of a lead', () => {
  it('go step by step', () => {
    expect(moveTo('new', 'visited')?.action).toBe('visit');
    expect(moveTo('new', 'negotiating')).toBeUndefined();
    expect(moveTo('signed', 'lost')).toBeUndefined();
  });
  it('ask for the reason of a loss and what was said at the first contact', () => {
    expect(moveTo('negotiating', 'lost')?.asks).toBe(true);
    expect(moveTo('new', 'contacted')?.asks).toBe(true);
    expect(moveTo('intention', 'negotiating')?.asks).toBeUndefined();
  });
  it('take count and area with the card', () => {
    const moved = card('1', 'new');
    const board: Board = {
      columns: [column('new', [moved, card('2', 'new', '20.50')]), column('visited', [])],
    };
    const [from, to] = boardAfter(board, moved, 'visited').columns;
    expect([from?.count, from?.area]).toEqual([1, '20.50']);
    expect([to?.count, to?.area, to?.items[0]?.stage]).toEqual([1, '80.00', 'visited']);
  });
  it('put next week on its Monday', () => {
    expect(nextMonday('2026-11-23')).toBe('2026-11-30');
    expect(nextMonday('2026-11-29')).toBe('2026-11-30');
  });
});
