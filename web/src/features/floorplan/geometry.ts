/* Pure geometry of the plan: boxes, where a label fits, who lies next to whom. All in drawing units. */
import type { Plan, Point } from './types';

export interface Box {
  x: number;
  y: number;
  w: number;
  h: number;
}

export function boxOf(points: readonly Point[]): Box {
  let [x0, y0, x1, y1] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [x, y] of points) {
    x0 = Math.min(x0, x);
    y0 = Math.min(y0, y);
    x1 = Math.max(x1, x);
    y1 = Math.max(y1, y);
  }
  return { x: x0, y: y0, w: x1 - x0, h: y1 - y0 };
}

/* What is drawn, not the sheet of paper: a plan with wide margins still fills the window. */
export function contentBox(plan: Plan): Box | null {
  const points = [
    ...plan.shapes.flatMap((shape) => shape.points),
    ...plan.units.flatMap((unit) => unit.points ?? []),
  ];
  if (points.length === 0) return null;
  const box = boxOf(points);
  return box.w > 0 && box.h > 0 ? box : null;
}

/* The free stretch through (x, y) along one axis; null if the point lies outside. */
function stretch(points: readonly Point[], x: number, y: number, across: boolean): Point | null {
  const at = across ? y : x;
  const from = across ? x : y;
  const cuts: number[] = [];
  for (let i = 0; i < points.length; i += 1) {
    const [ax, ay] = points[i]!;
    const [bx, by] = points[(i + 1) % points.length]!;
    const [a, b] = across ? [ay, by] : [ax, bx];
    if (a > at === b > at) continue;
    const [p, q] = across ? [ax, bx] : [ay, by];
    cuts.push(p + ((at - a) / (b - a)) * (q - p));
  }
  cuts.sort((m, n) => m - n);
  for (let i = 0; i + 1 < cuts.length; i += 2) {
    if (cuts[i]! <= from && from <= cuts[i + 1]!) return [cuts[i]!, cuts[i + 1]!];
  }
  return null;
}

const GRID = 9;

/* The roomiest place for a label inside a polygon: its centre and the room around it. */
export function labelSpot(points: readonly Point[]): Box {
  const box = boxOf(points);
  let best: Box = { x: box.x + box.w / 2, y: box.y + box.h / 2, w: 0, h: 0 };
  let bestScore = 0;
  for (let i = 1; i < GRID; i += 1) {
    for (let j = 1; j < GRID; j += 1) {
      const x = box.x + (box.w * i) / GRID;
      const y = box.y + (box.h * j) / GRID;
      const across = stretch(points, x, y, true);
      if (!across) continue;
      // Centred sideways first, then up and down from there, so that the place stays inside.
      const cx = (across[0] + across[1]) / 2;
      const along = stretch(points, cx, y, false);
      if (!along) continue;
      const cy = (along[0] + along[1]) / 2;
      const room = stretch(points, cx, cy, true);
      if (!room) continue;
      const w = 2 * Math.min(cx - room[0], room[1] - cx);
      const h = along[1] - along[0];
      const score = Math.min(w, h * 2.4) + Math.min(w, h) * 0.01;
      if (score > bestScore + 1e-6) {
        bestScore = score;
        best = { x: cx, y: cy, w, h };
      }
    }
  }
  return best;
}

export type Direction = 'ArrowLeft' | 'ArrowRight' | 'ArrowUp' | 'ArrowDown';

/* The neighbour in a direction: near, and not far off the line. */
export function neighbour<T extends { id: string; spot: Box }>(
  units: readonly T[],
  from: T,
  direction: Direction,
): T | undefined {
  const sideways = direction === 'ArrowLeft' || direction === 'ArrowRight';
  const sign = direction === 'ArrowRight' || direction === 'ArrowDown' ? 1 : -1;
  let best: T | undefined;
  let bestCost = Infinity;
  for (const one of units) {
    if (one.id === from.id) continue;
    const dx = one.spot.x - from.spot.x;
    const dy = one.spot.y - from.spot.y;
    const ahead = (sideways ? dx : dy) * sign;
    const off = Math.abs(sideways ? dy : dx);
    if (ahead <= 0) continue;
    const cost = ahead + off * 2.2;
    if (cost < bestCost) {
      bestCost = cost;
      best = one;
    }
  }
  return best;
}

/* Width of a text in em, near enough: Han characters are square, Latin about 0.56. */
export function textWidth(text: string): number {
  let width = 0;
  for (const c of text) width += c.charCodeAt(0) > 0x2e80 ? 1 : c === ' ' || c === '.' ? 0.3 : 0.58;
  return width;
}

/* Lines that fit: one, else two cut at a sensible place; null if not even two. */
export function fitText(text: string, room: number, lines: number): string[] | null {
  if (textWidth(text) <= room) return [text];
  if (lines < 2) return null;
  const chars = [...text];
  const half = Math.ceil(chars.length / 2);
  const space = text.indexOf(' ', Math.max(1, half - 4));
  const cut = space > 0 && space < chars.length - 1 ? space : half;
  const parts = [chars.slice(0, cut).join('').trim(), chars.slice(cut).join('').trim()];
  return parts.every((part) => part && textWidth(part) <= room) ? parts : null;
}
