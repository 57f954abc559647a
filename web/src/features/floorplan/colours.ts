/* How units are coloured: one bucket per legend entry. Colours are CSS variables, so that dark mode needs no second
 * list; a pattern says vacant or fitting out even in greyscale. */
import { formatDecimal } from '@/shared/format';
import { type Label, labelIn } from '@/shared/i18n';
import type { Option } from '@/shared/meta/types';
import type { Lang } from '@/shared/prefs';
import type { Text } from './text';
import type { Mode, PlanUnit } from './types';

export type Pattern = 'hatch' | 'dots' | 'lines' | 'sparse';

export interface Bucket {
  key: string;
  label: string;
  count: number;
  fill: string;
  edge: string;
  pattern: Pattern | null;
  dashed: boolean;
}

export interface Colouring {
  buckets: Bucket[];
  of: (unit: PlanUnit) => Bucket;
  unit: string | null;
}

interface Input {
  units: readonly PlanUnit[];
  mode: Mode;
  statuses: Option[];
  on: string;
  lang: Lang;
  t: Text;
}

const PATTERNS: Record<string, Pattern> = {
  vacant: 'hatch',
  fitting_out: 'dots',
  handed_over: 'sparse',
  locked: 'lines',
};
const LET = new Set(['signed', 'handed_over', 'fitting_out', 'open', 'notice']);
const STEPS = 5;
/* Hues for categories; the rest shares a grey. */
const HUES = [
  'var(--chart-1)',
  'var(--chart-2)',
  'var(--chart-3)',
  'var(--chart-4)',
  'var(--chart-5)',
  'hsl(192 62% 44%)',
  'hsl(88 42% 44%)',
  'hsl(328 52% 54%)',
];

type Draft = Omit<Bucket, 'count' | 'pattern' | 'dashed'> & Partial<Bucket>;

function vacantBucket(t: Text): Draft {
  return {
    key: 'vacant',
    label: t('vacant'),
    fill: 'var(--unit-red)',
    edge: 'var(--unit-red-edge)',
    pattern: 'hatch',
    dashed: true,
  };
}

function otherBucket(key: string, label: string): Draft {
  return { key, label, fill: 'var(--unit-gray)', edge: 'var(--unit-gray-edge)' };
}

/* Five steps of one hue, from pale to strong; --ramp keeps them dim enough in the dark for the words upon them. */
function step(hue: string, i: number, of = STEPS): Pick<Bucket, 'fill' | 'edge'> {
  const share = 10 + (50 * i) / Math.max(1, of - 1);
  const mix = (percent: number) =>
    `color-mix(in srgb, var(${hue}) calc(var(--ramp) * ${(percent / 100).toFixed(2)}), var(--card))`;
  return { fill: mix(share), edge: mix(Math.min(98, share + 36)) };
}

export function quarterOf(day: string): number {
  return Number(day.slice(0, 4)) * 4 + Math.floor((Number(day.slice(5, 7)) - 1) / 3);
}

function quarterName(q: number): string {
  return `${Math.floor(q / 4)} Q${(q % 4) + 1}`;
}

function byStatus({ statuses, lang }: Input): [Draft[], (unit: PlanUnit) => string] {
  const drafts = statuses.map((one) => ({
    key: one.value,
    label: labelIn(one.label as Label, lang),
    fill: `var(--unit-${one.tone ?? 'gray'})`,
    edge: `var(--unit-${one.tone ?? 'gray'}-edge)`,
    pattern: PATTERNS[one.value] ?? null,
    dashed: one.value === 'vacant',
  }));
  return [drafts, (unit) => unit.status];
}

/* The categories with the most units keep a colour of their own. */
function byCategory({ units, t }: Input): [Draft[], (unit: PlanUnit) => string] {
  const tally = new Map<string, { label: string; n: number }>();
  for (const { category } of units) {
    if (!category) continue;
    const one = tally.get(category.id) ?? { label: category.label, n: 0 };
    one.n += 1;
    tally.set(category.id, one);
  }
  const top = [...tally].sort(([, a], [, b]) => b.n - a.n).slice(0, HUES.length);
  const drafts: Draft[] = top.map(([id, one], i) => ({
    key: `c${id}`,
    label: one.label,
    fill: `color-mix(in srgb, ${HUES[i]} 26%, var(--card))`,
    edge: `color-mix(in srgb, ${HUES[i]} 80%, var(--card))`,
  }));
  drafts.push(otherBucket('other', t('otherCategory')), otherBucket('none', t('noCategory')));
  drafts.push(vacantBucket(t));
  const known = new Set(top.map(([id]) => id));
  return [
    drafts,
    ({ status, category }) => {
      if (status === 'vacant') return 'vacant';
      if (!category) return 'none';
      return known.has(category.id) ? `c${category.id}` : 'other';
    },
  ];
}

/* This quarter and the three after it, then the rest: the sooner, the stronger. */
function byExpiry({ on, t }: Input): [Draft[], (unit: PlanUnit) => string] {
  const first = quarterOf(on);
  const drafts: Draft[] = [0, 1, 2, 3, 4].map((i) => ({
    key: `q${i}`,
    label: i === 4 ? t('later', { quarter: quarterName(first + 4) }) : quarterName(first + i),
    ...step('--chart-3', 4 - i),
  }));
  drafts.unshift({ key: 'past', label: t('overdue'), ...step('--chart-5', 4), pattern: 'lines' });
  drafts.push(otherBucket('none', t('notLet')), vacantBucket(t));
  return [
    drafts,
    ({ status, end_on }) => {
      if (status === 'vacant') return 'vacant';
      if (!end_on) return 'none';
      if (end_on < on) return 'past';
      return `q${Math.min(4, quarterOf(end_on) - first)}`;
    },
  ];
}

/* Five steps with about as many units each, at round figures. */
export function rentBreaks(prices: readonly number[]): number[] {
  if (prices.length === 0) return [];
  const sorted = [...prices].sort((a, b) => a - b);
  const grain = (sorted.at(-1) ?? 0) >= 100 ? 10 : 1;
  const breaks: number[] = [];
  for (let i = 1; i < STEPS; i += 1) {
    const at = sorted[Math.floor((sorted.length * i) / STEPS)] ?? 0;
    const round = Math.round(at / grain) * grain;
    if (round > 0 && round !== breaks.at(-1)) breaks.push(round);
  }
  return breaks;
}

function byRent({ units, t }: Input): [Draft[], (unit: PlanUnit) => string] {
  const breaks = rentBreaks(units.flatMap((unit) => (unit.price ? [Number(unit.price)] : [])));
  const name = (i: number) => {
    const [from, to] = [breaks[i - 1], breaks[i]];
    if (from === undefined) return t('rentTo', { to: formatDecimal(to ?? 0) });
    if (to === undefined) return t('rentFrom', { from: formatDecimal(from) });
    return t('rentBand', { from: formatDecimal(from), to: formatDecimal(to) });
  };
  const drafts: Draft[] = breaks.length
    ? [...breaks, null].map((_, i) => ({
        key: `r${i}`,
        label: name(i),
        ...step('--chart-1', i, breaks.length + 1),
      }))
    : [];
  drafts.push(otherBucket('none', t('noRent')), vacantBucket(t));
  return [
    drafts,
    ({ status, price }) => {
      if (status === 'vacant') return 'vacant';
      if (!price) return 'none';
      return `r${breaks.filter((one) => Number(price) >= one).length}`;
    },
  ];
}

const BY = { status: byStatus, category: byCategory, expiry: byExpiry, rent: byRent };

export function colouring(input: Input): Colouring {
  const [drafts, keyOf] = BY[input.mode](input);
  const counts = new Map<string, number>();
  for (const unit of input.units) {
    const key = keyOf(unit);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const all = new Map(
    drafts.map((draft) => [
      draft.key,
      { pattern: null, dashed: false, ...draft, count: counts.get(draft.key) ?? 0 } as Bucket,
    ]),
  );
  const fallback: Bucket = {
    ...otherBucket('?', '—'),
    count: 0,
    pattern: null,
    dashed: false,
  };
  return {
    buckets: [...all.values()].filter((one) => one.count > 0),
    of: (unit) => all.get(keyOf(unit)) ?? fallback,
    unit: input.mode === 'rent' ? input.t('perM2') : null,
  };
}

export function isLet(status: string): boolean {
  return LET.has(status);
}
