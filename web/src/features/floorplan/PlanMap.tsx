/* The drawing: units as focusable buttons, labels that fit, patterns, hover tip, zoom buttons. */
import { MinusOutlined, PlusOutlined } from '@ant-design/icons';
import { memo, useEffect, useId, useMemo, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { useNavigate } from 'react-router';
import { formatDecimal, formatInstant, formatPrice } from '@/shared/format';
import { labelIn, useLang } from '@/shared/i18n';
import type { Option } from '@/shared/meta/types';
import { usePhone } from '@/shared/prefs';
import { StatusTag } from '@/shared/ui';
import type { Bucket, Colouring } from './colours';
import {
  type Box,
  contentBox,
  type Direction,
  fitText,
  labelSpot,
  neighbour,
  textWidth,
} from './geometry';
import { type Text, useText } from './text';
import type { Match, Mode, Plan, PlanUnit, Point } from './types';
import { usePanZoom } from './usePanZoom';

interface Drawn {
  id: string;
  unit: PlanUnit;
  path: string;
  spot: Box;
}

const pathOf = (points: readonly Point[]) => points.map(([x, y]) => `${x},${y}`).join(' ');

export function statusOf(statuses: Option[], value: string): Option | undefined {
  return statuses.find((one) => one.value === value);
}

/* Everything a screen reader should hear of a unit. */
export function unitLabel(unit: PlanUnit, status: string, t: Text): string {
  return [
    unit.no,
    unit.brand?.label ?? unit.merchant?.label,
    `${formatDecimal(unit.area, 1)} ㎡`,
    status,
    unit.end_on && t('endOn', { day: unit.end_on }),
    unit.hold_until && t('holdUntil', { at: formatInstant(unit.hold_until) }),
  ]
    .filter(Boolean)
    .join(', ');
}

/* The second line under the name, by what the colours say. */
function secondLine(unit: PlanUnit, mode: Mode): string {
  const short = unit.no.replace(/^[^-]*-/, '');
  if (mode === 'category' && unit.category) return unit.category.label;
  if (mode === 'expiry' && unit.end_on) return unit.end_on;
  if (mode === 'rent' && unit.price) return formatPrice(String(Math.round(Number(unit.price))));
  return `${short}  ${formatDecimal(unit.area, 0)}㎡`;
}

interface LabelLines {
  title: string[];
  size: number;
  sub: string | null;
}

const SUB_PX = 10.5;
const BADGE_ROOM = 64; // pixels of height that hold a score above a name

/* What fits into the room around the spot at this zoom: name in one or two lines, then number and area; or nothing. */
export function labelLines(
  name: string,
  sub: string,
  short: string,
  w: number,
  h: number,
): LabelLines | null {
  const room = w - 8;
  for (const size of [13, 12, 11, 10]) {
    const title = fitText(name, room / size, h >= size * 2 * 1.3 + 4 ? 2 : 1);
    if (!title || title.length * size * 1.3 > h - 2) continue;
    const left = h - title.length * size * 1.3 - 4;
    const fits = left >= SUB_PX * 1.3 && textWidth(sub) * SUB_PX <= room;
    if (title.length === 1 || size <= 12) return { title, size, sub: fits ? sub : null };
  }
  if (textWidth(short) * 10 <= room && h >= 14) return { title: [short], size: 10, sub: null };
  return null;
}

function Patterns({ id, k }: { id: string; k: number }) {
  const s = 1 / k;
  return (
    <defs>
      <pattern
        id={`${id}-hatch`}
        width={8}
        height={8}
        patternUnits="userSpaceOnUse"
        patternTransform={`scale(${s}) rotate(45)`}
      >
        <rect width="1.2" height="8" className="ink-hatch" />
      </pattern>
      <pattern
        id={`${id}-dots`}
        width={8}
        height={8}
        patternUnits="userSpaceOnUse"
        patternTransform={`scale(${s})`}
      >
        <circle cx="2" cy="2" r="1" className="ink-dots" />
        <circle cx="6" cy="6" r="1" className="ink-dots" />
      </pattern>
      <pattern
        id={`${id}-sparse`}
        width={14}
        height={14}
        patternUnits="userSpaceOnUse"
        patternTransform={`scale(${s})`}
      >
        <circle cx="4" cy="4" r="1" className="ink-dots" />
      </pattern>
      <pattern
        id={`${id}-lines`}
        width={7}
        height={7}
        patternUnits="userSpaceOnUse"
        patternTransform={`scale(${s})`}
      >
        <rect width="7" height="1" className="ink-lines" />
      </pattern>
    </defs>
  );
}

/* The sample of a legend entry, drawn like the units. */
export function Swatch({ bucket }: { bucket: Bucket }) {
  const id = useId();
  return (
    <svg width="18" height="18" viewBox="0 0 18 18" aria-hidden="true" className="swatch">
      <Patterns id={id} k={1.4} />
      <rect
        x="1"
        y="1"
        width="16"
        height="16"
        rx="4"
        strokeDasharray={bucket.dashed ? '3 2' : undefined}
        style={{ fill: bucket.fill, stroke: bucket.edge }}
      />
      {bucket.pattern && (
        <rect x="1" y="1" width="16" height="16" rx="4" fill={`url(#${id}-${bucket.pattern})`} />
      )}
    </svg>
  );
}

interface UnitsProps {
  id: string;
  drawn: Drawn[];
  k: number;
  mode: Mode;
  colours: Colouring;
  hidden: ReadonlySet<string>;
  statuses: Option[];
  selected: string | null;
  tabStop: string | undefined;
  matches: ReadonlyMap<string, Match> | null;
  t: Text;
  lang: 'zh' | 'en';
}

/* Drawn anew only when the zoom has changed by a twelfth, not on every frame of a pan. The words are a layer of their
 * own: what a unit is called is in its label, whether or not its name fits. */
const Units = memo(function Units(props: UnitsProps) {
  const { drawn, k, colours, hidden, statuses, matches, t, lang } = props;
  const view = drawn.map((one) => {
    const { unit } = one;
    const bucket = colours.of(unit);
    const match = matches?.get(unit.id);
    const status = labelIn(statusOf(statuses, unit.status)?.label, lang) || unit.status;
    const dim = hidden.has(bucket.key) || (matches !== null && !match);
    return { ...one, bucket, match, status, dim };
  });
  return (
    <>
      {view.map(({ unit, path, bucket, match, status, dim }) => (
        // biome-ignore lint/a11y/useSemanticElements: a button cannot live inside an SVG
        <g
          key={unit.id}
          id={`unit-${unit.id}`}
          data-unit={unit.id}
          role="button"
          tabIndex={unit.id === props.tabStop ? 0 : -1}
          aria-pressed={unit.id === props.selected}
          aria-label={
            unitLabel(unit, status, t) + (match ? `, ${t('score', { n: match.score })}` : '')
          }
          className={`unit${dim ? ' dim-unit' : ''}`}
        >
          <polygon
            points={path}
            strokeDasharray={bucket.dashed ? '5 3' : undefined}
            style={{ fill: bucket.fill, stroke: bucket.edge }}
          />
          {bucket.pattern && (
            <polygon points={path} className="over" fill={`url(#${props.id}-${bucket.pattern})`} />
          )}
        </g>
      ))}
      {/* biome-ignore lint/a11y/noAriaHiddenOnFocusable: nothing in this layer takes the focus */}
      <g aria-hidden="true" className="unit-words">
        {view.map(({ unit, spot, bucket, match, status, dim }) =>
          dim ? null : (
            <g key={unit.id}>
              {(!match || spot.h * k >= BADGE_ROOM) && (
                <UnitText
                  unit={unit}
                  name={
                    unit.brand?.label ?? unit.merchant?.label ?? (unit.lease_id ? unit.no : status)
                  }
                  spot={spot}
                  k={k}
                  mode={props.mode}
                  haloed={bucket.pattern !== null}
                />
              )}
              {match && <Badge spot={spot} k={k} score={match.score} />}
            </g>
          ),
        )}
      </g>
    </>
  );
});

function UnitText(props: {
  unit: PlanUnit;
  name: string;
  spot: Box;
  k: number;
  mode: Mode;
  haloed: boolean;
}) {
  const { unit, name, spot, k, mode } = props;
  const short = unit.no.replace(/^[^-]*-/, '');
  const lines = labelLines(name, secondLine(unit, mode), short, spot.w * k, spot.h * k);
  if (!lines) return null;
  const line = lines.size * 1.3;
  const height = lines.title.length * line + (lines.sub ? SUB_PX * 1.3 : 0);
  const top = -height / 2;
  return (
    <g
      transform={`translate(${spot.x} ${spot.y}) scale(${1 / k})`}
      className={`unit-text${props.haloed ? ' halo' : ''}`}
    >
      {lines.title.map((text, i) => (
        <text key={i} y={top + line * (i + 0.5)} fontSize={lines.size}>
          {text}
        </text>
      ))}
      {lines.sub && (
        <text y={height / 2 - SUB_PX * 0.65} fontSize={SUB_PX} className="sub">
          {lines.sub}
        </text>
      )}
    </g>
  );
}

function Badge({ spot, k, score }: { spot: Box; k: number; score: number }) {
  return (
    <g transform={`translate(${spot.x} ${spot.y - spot.h / 2}) scale(${1 / k})`} className="badge">
      <rect x="-17" y="3" width="34" height="20" rx="10" />
      <text y="13" fontSize="12">
        {score}
      </text>
    </g>
  );
}

const bucketOf = (k: number) => Math.exp(Math.round(Math.log(k) * 12) / 12);

export function PlanMap(props: {
  plan: Plan;
  mode: Mode;
  colours: Colouring;
  hidden: ReadonlySet<string>;
  statuses: Option[];
  selected: string | null;
  matches: ReadonlyMap<string, Match> | null;
  onSelect: (id: string | null) => void;
}) {
  const t = useText();
  const lang = useLang();
  const phone = usePhone();
  const navigate = useNavigate();
  const id = useId();
  const svg = useRef<SVGSVGElement>(null);
  const { plan, statuses, selected, onSelect } = props;
  const drawn = useMemo(
    () =>
      plan.units.flatMap((unit): Drawn | never[] =>
        unit.points && unit.points.length > 2
          ? { id: unit.id, unit, path: pathOf(unit.points), spot: labelSpot(unit.points) }
          : [],
      ),
    [plan],
  );
  // The outline of the drawing rarely changes with the day; a new box would throw the zoom away.
  const boxText = JSON.stringify(contentBox(plan));
  const box = useMemo(() => JSON.parse(boxText) as Box | null, [boxText]);
  const { view, size, fitWindow, zoomAt, panBy, reveal } = usePanZoom(svg, box);
  const [tip, setTip] = useState<{ unit: PlanUnit; x: number; y: number } | null>(null);
  const [focused, setFocused] = useState<string>();
  const [printing, setPrinting] = useState(false);
  const byId = useMemo(() => new Map(drawn.map((one) => [one.id, one])), [drawn]);
  const tabStop = [focused, selected ?? undefined, drawn[0]?.id].find(
    (one) => one && byId.has(one),
  );

  useEffect(() => {
    const spot = selected ? byId.get(selected)?.spot : undefined;
    if (spot && size.w) reveal(spot);
  }, [selected, byId, reveal, size.w]);
  useEffect(() => {
    const before = () =>
      flushSync(() => {
        fitWindow();
        setPrinting(true);
      });
    const after = () => setPrinting(false);
    window.addEventListener('beforeprint', before);
    window.addEventListener('afterprint', after);
    return () => {
      window.removeEventListener('beforeprint', before);
      window.removeEventListener('afterprint', after);
    };
  }, [fitWindow]);

  const unitAt = (target: EventTarget) =>
    byId.get((target as Element).closest('[data-unit]')?.getAttribute('data-unit') ?? '');
  const focusUnit = (one: Drawn | undefined) => {
    if (!one) return;
    setFocused(one.id);
    reveal(one.spot);
    document.getElementById(`unit-${one.id}`)?.focus({ preventScroll: true });
  };
  const onKeyDown = (event: React.KeyboardEvent) => {
    const here = unitAt(event.target);
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === '+' || event.key === '=') zoomAt(1.3);
    else if (event.key === '-') zoomAt(1 / 1.3);
    else if (event.key === '0') fitWindow();
    else if (event.key === 'Escape' && selected) onSelect(null);
    else if (!here) return;
    else if (event.key === 'Enter' || event.key === ' ') onSelect(here.id);
    else if (event.key === 'Home') focusUnit(drawn[0]);
    else if (event.key === 'End') focusUnit(drawn.at(-1));
    else if (event.shiftKey && event.key.startsWith('Arrow')) {
      const step = 60;
      if (event.key === 'ArrowLeft') panBy(step, 0);
      else if (event.key === 'ArrowRight') panBy(-step, 0);
      else panBy(0, event.key === 'ArrowUp' ? step : -step);
    } else if (event.key.startsWith('Arrow'))
      focusUnit(neighbour(drawn, here, event.key as Direction));
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  const k = bucketOf(view.k);
  // Paper shows the drawing alone, without the room a window leaves around it.
  const edge = 4;
  const crop = printing && box;
  const shownBox = crop
    ? [
        crop.x * view.k + view.x - edge,
        crop.y * view.k + view.y - edge,
        crop.w * view.k + 2 * edge,
        crop.h * view.k + 2 * edge,
      ].join(' ')
    : `0 0 ${size.w} ${size.h}`;
  return (
    <div className="plan-map">
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be an SVG */}
      <svg
        ref={svg}
        role="group"
        aria-label={t('map', { floor: plan.floor.label, n: drawn.length })}
        viewBox={size.w ? shownBox : undefined}
        onKeyDown={onKeyDown}
        onClick={(event) => {
          const one = unitAt(event.target);
          if (one) setFocused(one.id);
          onSelect(one?.id ?? null);
        }}
        onDoubleClick={(event) => {
          const one = unitAt(event.target);
          const rect = event.currentTarget.getBoundingClientRect();
          if (one) navigate(`/e/unit/${one.id}`);
          else zoomAt(1.6, event.clientX - rect.left, event.clientY - rect.top);
        }}
        onPointerMove={(event) => {
          if (event.pointerType !== 'mouse' || event.buttons) return setTip(null);
          const one = unitAt(event.target);
          const rect = event.currentTarget.getBoundingClientRect();
          setTip(
            one
              ? { unit: one.unit, x: event.clientX - rect.left, y: event.clientY - rect.top }
              : null,
          );
        }}
        onPointerLeave={() => setTip(null)}
      >
        <Patterns id={id} k={k} />
        {size.w > 0 && (
          <g transform={`translate(${view.x} ${view.y}) scale(${view.k})`}>
            {plan.shapes.map((shape, i) => (
              <ShapeView key={i} kind={shape.kind} points={shape.points} />
            ))}
            <Units
              id={id}
              drawn={drawn}
              k={k}
              mode={props.mode}
              colours={props.colours}
              hidden={props.hidden}
              statuses={statuses}
              selected={selected}
              tabStop={tabStop}
              matches={props.matches}
              t={t}
              lang={lang}
            />
            {selected && byId.has(selected) && (
              <polygon className="unit-ring" points={byId.get(selected)?.path} />
            )}
          </g>
        )}
      </svg>
      {tip && !phone && <Tip tip={tip} size={size} statuses={statuses} />}
      <div className="plan-zoom no-print">
        <button
          type="button"
          className="btn"
          aria-label={t('zoomIn')}
          title={t('zoomIn')}
          onClick={() => zoomAt(1.4)}
        >
          <PlusOutlined />
        </button>
        <button
          type="button"
          className="btn"
          aria-label={t('zoomOut')}
          title={t('zoomOut')}
          onClick={() => zoomAt(1 / 1.4)}
        >
          <MinusOutlined />
        </button>
        <button type="button" className="btn" onClick={fitWindow}>
          {t('fit')}
        </button>
      </div>
    </div>
  );
}

function ShapeView({ kind, points }: { kind: string; points: Point[] }) {
  const box = kind === 'escalator' || kind === 'stairs' ? labelSpot(points) : null;
  const tall = box !== null && box.h > box.w;
  const steps = box ? Math.max(3, Math.round((tall ? box.h : box.w) / 9)) : 0;
  return (
    <g className={`shape shape-${kind}`}>
      <polygon points={pathOf(points)} />
      {box &&
        Array.from({ length: steps - 1 }, (_, i) => {
          const at = ((i + 1) / steps - 0.5) * (tall ? box.h : box.w);
          return tall ? (
            <line
              key={i}
              x1={box.x - box.w / 2}
              x2={box.x + box.w / 2}
              y1={box.y + at}
              y2={box.y + at}
            />
          ) : (
            <line
              key={i}
              y1={box.y - box.h / 2}
              y2={box.y + box.h / 2}
              x1={box.x + at}
              x2={box.x + at}
            />
          );
        })}
    </g>
  );
}

function Tip(props: {
  tip: { unit: PlanUnit; x: number; y: number };
  size: { w: number; h: number };
  statuses: Option[];
}) {
  const t = useText();
  const lang = useLang();
  const { unit, x, y } = props.tip;
  const status = statusOf(props.statuses, unit.status);
  const left = x > props.size.w - 260;
  const up = y > props.size.h - 130;
  return (
    <div
      className="plan-tip"
      aria-hidden="true"
      style={{
        left: x + (left ? -14 : 14),
        top: y + (up ? -14 : 16),
        transform: `translate(${left ? '-100%' : '0'}, ${up ? '-100%' : '0'})`,
      }}
    >
      <p>
        <b>{unit.no}</b> {unit.brand?.label ?? unit.merchant?.label}
      </p>
      <p className="row">
        <StatusTag tone={status?.tone}>{labelIn(status?.label, lang) || unit.status}</StatusTag>
        <span className="num">{formatDecimal(unit.area, 2)} ㎡</span>
      </p>
      {(unit.end_on || unit.price) && (
        <p className="dim num">
          {unit.end_on && t('endOn', { day: unit.end_on })}{' '}
          {unit.price && `${formatPrice(unit.price)}/㎡`}
        </p>
      )}
      {unit.hold_until && (
        <p className="dim">{t('holdUntil', { at: formatInstant(unit.hold_until) })}</p>
      )}
    </div>
  );
}
