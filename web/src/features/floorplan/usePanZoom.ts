/* Pan and zoom of an SVG group: wheel and pinch about the pointer, drag, buttons, fit. The view is in screen pixels. */
import { type RefObject, useCallback, useEffect, useRef, useState } from 'react';
import type { Box } from './geometry';

export interface View {
  k: number;
  x: number;
  y: number;
}

const PAD = 16;
const MOST = 14; // times the fitted size
const DRAG_PX = 4;

function fitView(box: Box, w: number, h: number): View {
  const pad = Math.min(PAD, w / 10, h / 10);
  const k = Math.min((w - 2 * pad) / box.w, (h - 2 * pad) / box.h);
  return {
    k,
    x: (w - box.w * k) / 2 - box.x * k,
    y: (h - box.h * k) / 2 - box.y * k,
  };
}

/* Never lose the plan: a part of it stays in the window. */
function kept(view: View, box: Box, w: number, h: number): View {
  const keep = Math.min(90, w / 3, h / 3);
  const clamp = (at: number, low: number, high: number) => Math.min(Math.max(at, low), high);
  return {
    k: view.k,
    x: clamp(view.x, keep - (box.x + box.w) * view.k, w - keep - box.x * view.k),
    y: clamp(view.y, keep - (box.y + box.h) * view.k, h - keep - box.y * view.k),
  };
}

export function usePanZoom(ref: RefObject<SVGSVGElement | null>, box: Box | null) {
  const [size, setSize] = useState({ w: 0, h: 0 });
  const [view, setView] = useState<View>({ k: 1, x: 0, y: 0 });
  const fitted = useRef(true);
  const now = useRef({ view, size, box });
  now.current = { view, size, box };

  const apply = useCallback((next: View) => {
    const { box: b, size: s } = now.current;
    if (!b || !s.w) return;
    const safe = kept(next, b, s.w, s.h);
    now.current.view = safe;
    setView(safe);
  }, []);

  const fitWindow = useCallback(() => {
    const { box: b, size: s } = now.current;
    fitted.current = true;
    if (b && s.w) apply(fitView(b, s.w, s.h));
  }, [apply]);

  const zoomAt = useCallback(
    (factor: number, px?: number, py?: number) => {
      const { box: b, size: s, view: v } = now.current;
      if (!b || !s.w) return;
      const base = fitView(b, s.w, s.h).k;
      const k = Math.min(Math.max(v.k * factor, base * 0.7), base * MOST);
      const [cx, cy] = [px ?? s.w / 2, py ?? s.h / 2];
      fitted.current = false;
      apply({ k, x: cx - ((cx - v.x) / v.k) * k, y: cy - ((cy - v.y) / v.k) * k });
    },
    [apply],
  );

  const panBy = useCallback(
    (dx: number, dy: number) => {
      const { view: v } = now.current;
      fitted.current = false;
      apply({ k: v.k, x: v.x + dx, y: v.y + dy });
    },
    [apply],
  );

  /* Brings a place of the drawing into the window without changing the zoom. */
  const reveal = useCallback(
    (spot: Box) => {
      const { view: v, size: s } = now.current;
      const [x, y] = [spot.x * v.k + v.x, spot.y * v.k + v.y];
      const m = 48;
      const dx = x < m ? m - x : x > s.w - m ? s.w - m - x : 0;
      const dy = y < m ? m - y : y > s.h - m ? s.h - m - y : 0;
      if (dx || dy) panBy(dx, dy);
    },
    [panBy],
  );

  useEffect(() => {
    const svg = ref.current;
    if (!svg) return;
    const watcher = new ResizeObserver(([entry]) => {
      const { width, height } = entry!.contentRect;
      if (width > 0 && height > 0) setSize({ w: width, h: height });
    });
    watcher.observe(svg);
    return () => watcher.disconnect();
  }, [ref]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new window or a new floor is fitted anew
  useEffect(() => {
    if (fitted.current) fitWindow();
    else apply(now.current.view);
  }, [size.w, size.h, box, fitWindow, apply]);

  useEffect(() => {
    const svg = ref.current;
    if (!svg) return;
    const at = new Map<number, { x: number; y: number }>();
    let dragged = false;
    let start = { x: 0, y: 0 };
    const local = (event: MouseEvent) => {
      const rect = svg.getBoundingClientRect();
      return { x: event.clientX - rect.left, y: event.clientY - rect.top };
    };
    const wheel = (event: WheelEvent) => {
      event.preventDefault();
      const step = event.deltaY * (event.deltaMode === 1 ? 18 : 1) * (event.ctrlKey ? 4 : 1);
      const { x, y } = local(event);
      zoomAt(Math.exp(-Math.max(-240, Math.min(240, step)) * 0.0022), x, y);
    };
    const down = (event: PointerEvent) => {
      if (event.button !== 0) return;
      if (at.size === 0) {
        dragged = false;
        start = local(event);
      }
      at.set(event.pointerId, local(event));
    };
    const move = (event: PointerEvent) => {
      const before = at.get(event.pointerId);
      if (!before) return;
      const here = local(event);
      const others = [...at].filter(([id]) => id !== event.pointerId).map(([, p]) => p);
      if (!dragged && others.length === 0) {
        if (Math.hypot(here.x - start.x, here.y - start.y) < DRAG_PX) return;
      }
      if (!dragged) {
        dragged = true;
        svg.classList.add('dragging');
        for (const id of at.keys()) svg.setPointerCapture(id);
      }
      const other = others[0];
      if (other) {
        const mid = { x: (here.x + other.x) / 2, y: (here.y + other.y) / 2 };
        const was = Math.hypot(before.x - other.x, before.y - other.y) || 1;
        panBy((here.x - before.x) / 2, (here.y - before.y) / 2);
        zoomAt(Math.hypot(here.x - other.x, here.y - other.y) / was, mid.x, mid.y);
      } else panBy(here.x - before.x, here.y - before.y);
      at.set(event.pointerId, here);
    };
    const up = (event: PointerEvent) => {
      at.delete(event.pointerId);
      if (at.size === 0) svg.classList.remove('dragging');
    };
    /* The click that ends a drag selects nothing. */
    const click = (event: MouseEvent) => {
      if (!dragged) return;
      dragged = false;
      event.stopPropagation();
      event.preventDefault();
    };
    svg.addEventListener('wheel', wheel, { passive: false });
    svg.addEventListener('pointerdown', down);
    svg.addEventListener('pointermove', move);
    svg.addEventListener('pointerup', up);
    svg.addEventListener('pointercancel', up);
    svg.addEventListener('click', click, true);
    return () => {
      svg.removeEventListener('wheel', wheel);
      svg.removeEventListener('pointerdown', down);
      svg.removeEventListener('pointermove', move);
      svg.removeEventListener('pointerup', up);
      svg.removeEventListener('pointercancel', up);
      svg.removeEventListener('click', click, true);
    };
  }, [ref, zoomAt, panBy]);

  return { view, size, fitWindow, zoomAt, panBy, reveal };
}
