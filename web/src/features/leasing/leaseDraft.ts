/* The lease as the wizard holds it: from the API, to the API, to the preview; defaults and copies. Pure functions. */
import type { FieldError } from '@/shared/api/client';
import { plainNumber, sumDecimals } from '@/shared/format';
import { isRef } from '@/shared/meta/cells';
import type { Ref, Row } from '@/shared/meta/types';
import { addDays, addMonths, firstOfNextMonth } from './days';
import type { MonthSales } from './salesPlan';
import {
  isReady,
  type LeaseDays,
  newKey,
  newTerm,
  type TermDraft,
  termDraft,
  termJson,
} from './termDraft';
import {
  type Basis,
  type ChargeItem,
  CLAUSES,
  type Lease,
  type TermJson,
  type UnitRow,
} from './types';

export interface UnitDraft {
  unit: Ref;
  floor: string;
  area: string;
  /* null: the days of the lease. */
  from_on: string | null;
  to_on: string | null;
  info?: UnitRow | undefined;
}

export interface DepositDraft {
  key: string;
  kind: string;
  months: string;
  amount: string;
  due_on: string | null;
  refund_rule: string;
  /* The amount follows months × rent until somebody types one. */
  auto: boolean;
}

export interface LeaseDraft extends LeaseDays {
  kind: string;
  merchant_id: Ref | null;
  brand_id: Ref | null;
  category_id: Ref | null;
  owner_id: Ref | null;
  template_id: Ref | null;
  supersedes_id: Ref | null;
  lead_id: Ref | null;
  intent_id: Ref | null;
  handover_on: string | null;
  open_on: string | null;
  sign_on: string | null;
  clauses: string[];
  special: string;
  agreed_total: string;
  units: UnitDraft[];
  terms: TermDraft[];
  deposits: DepositDraft[];
}

const REFS = [
  'merchant_id',
  'brand_id',
  'category_id',
  'owner_id',
  'template_id',
  'supersedes_id',
] as const;
/* Say where the lease came from; never changed afterwards. */
const ORIGINS = ['lead_id', 'intent_id'] as const;
const DAYS = ['from_on', 'to_on', 'handover_on', 'rent_from_on', 'open_on', 'sign_on'] as const;

const refOf = (value: unknown): Ref | null => (isRef(value) ? value : null);
const dayOf = (value: unknown): string | null =>
  typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value) ? value : null;

export function emptyDeposit(kind: string, due_on: string | null, refund_rule = ''): DepositDraft {
  return { key: newKey(), kind, months: '', amount: '', due_on, refund_rule, auto: true };
}

/* A new lease: three years from the first of next month, rent and property fee by the quarter, a deposit of three months. */
export function newDraft(today: string, items: ChargeItem[], refund: string): LeaseDraft {
  const from_on = firstOfNextMonth(today);
  const item = (code: string) => items.find((one) => one.code === code);
  const terms = ['rent', 'property_fee'].flatMap((code) => {
    const found = item(code);
    return found ? [newTerm(found)] : [];
  });
  return {
    kind: 'shop',
    merchant_id: null,
    brand_id: null,
    category_id: null,
    owner_id: null,
    template_id: null,
    supersedes_id: null,
    lead_id: null,
    intent_id: null,
    from_on,
    to_on: addDays(addMonths(from_on, 36), -1),
    handover_on: from_on,
    rent_from_on: from_on,
    open_on: null,
    sign_on: null,
    clauses: [...CLAUSES],
    special: '',
    agreed_total: '',
    units: [],
    terms: terms.length ? terms : [newTerm()],
    deposits: [{ ...emptyDeposit('performance', today, refund), months: '3' }],
  };
}

export function draftOf(lease: Lease): LeaseDraft {
  const days: LeaseDays = {
    from_on: lease.from_on,
    to_on: lease.to_on,
    rent_from_on: dayOf(lease.rent_from_on),
  };
  return {
    ...days,
    kind: String(lease.kind ?? 'shop'),
    merchant_id: lease.merchant_id,
    brand_id: lease.brand_id,
    category_id: lease.category_id,
    owner_id: lease.owner_id,
    template_id: refOf(lease.template_id),
    supersedes_id: refOf(lease.supersedes_id),
    lead_id: refOf(lease.lead_id),
    intent_id: refOf(lease.intent_id),
    handover_on: dayOf(lease.handover_on),
    open_on: dayOf(lease.open_on),
    sign_on: dayOf(lease.sign_on),
    clauses: String(lease.clauses ?? '')
      .split(/\s+/)
      .filter(Boolean),
    special: String(lease.special ?? ''),
    agreed_total: String(lease.agreed_total ?? ''),
    units: lease.units.map((unit) => ({
      unit: unit.unit_id,
      floor: unit.floor,
      area: unit.area,
      from_on: unit.from_on === lease.from_on ? null : unit.from_on,
      to_on: unit.to_on === lease.to_on ? null : unit.to_on,
    })),
    terms: lease.terms.map((term) => termDraft({ ...term.clause, item: term.item }, days)),
    deposits: lease.deposits.map((one) => ({
      key: newKey(),
      kind: one.kind,
      months: one.months ? String(one.months) : '',
      amount: one.amount,
      due_on: one.due_on,
      refund_rule: one.refund_rule ?? '',
      auto: false,
    })),
  };
}

/* What a lead, an intent or a unit already says. */
export function withGiven(draft: LeaseDraft, given: Record<string, unknown>): LeaseDraft {
  const next = { ...draft };
  for (const name of [...REFS, ...ORIGINS]) if (isRef(given[name])) next[name] = given[name];
  for (const name of DAYS) if (dayOf(given[name])) next[name] = dayOf(given[name]);
  if (typeof given.special === 'string') next.special = given.special;
  if (isRef(given.unit_id)) {
    next.units = [
      {
        unit: given.unit_id,
        floor: '',
        area: typeof given.area === 'string' ? given.area : '',
        from_on: null,
        to_on: null,
      },
    ];
  }
  return next;
}

/* A lead as the beginning of a lease. */
export function givenOfLead(lead: Row): Record<string, unknown> {
  return {
    lead_id: { id: lead.id, label: String(lead.name ?? lead.label ?? '') },
    merchant_id: lead.merchant_id,
    brand_id: lead.brand_id,
    category_id: lead.category_id,
    owner_id: lead.owner_id,
  };
}

/* The body of POST and PATCH. */
export function bodyOf(draft: LeaseDraft, isNew: boolean): Record<string, unknown> {
  const body: Record<string, unknown> = { kind: draft.kind };
  for (const name of REFS) body[name] = draft[name]?.id ?? null;
  if (isNew) for (const name of ORIGINS) if (draft[name]) body[name] = draft[name].id;
  for (const name of DAYS) body[name] = draft[name];
  body.clauses = draft.clauses.join(' ') || null;
  body.special = draft.special.trimEnd() || null;
  body.agreed_total = plainNumber(draft.agreed_total) || null;
  body.units = draft.units.map((one) => ({
    unit_id: one.unit.id,
    ...(plainNumber(one.area) ? { area: plainNumber(one.area) } : {}),
    ...(one.from_on ? { from_on: one.from_on } : {}),
    ...(one.to_on ? { to_on: one.to_on } : {}),
  }));
  body.terms = draft.terms.map((term) => termJson(term, draft));
  body.deposits = draft.deposits.map((one) => ({
    kind: one.kind,
    ...(/^\d+$/.test(one.months) ? { months: Number(one.months) } : {}),
    amount: plainNumber(one.amount) || null,
    ...(one.due_on ? { due_on: one.due_on } : {}),
    ...(one.refund_rule.trim() ? { refund_rule: one.refund_rule.trim() } : {}),
  }));
  if (isNew) {
    for (const [name, value] of Object.entries(body)) if (value === null) delete body[name];
  }
  return body;
}

/* What is asked of the engine while somebody writes: the terms that are filled in far enough, and which those are. */
export function previewOf(
  draft: LeaseDraft,
  sales: readonly MonthSales[] = [],
): { body: Record<string, unknown>; terms: number[] } | null {
  const { from_on, to_on } = draft;
  if (!from_on || !to_on || to_on < from_on) return null;
  const areas = draft.units
    .filter((one) => plainNumber(one.area) !== '')
    .flatMap((one): TermJson[] => {
      const ends = one.to_on !== null && one.to_on < to_on;
      return [
        { from: one.from_on ?? from_on, area: plainNumber(one.area), unit: one.unit.label },
        ...(ends ? [{ from: addDays(one.to_on!, 1), area: '0', unit: one.unit.label }] : []),
      ];
    });
  const terms = draft.terms.flatMap((term, i) => (isReady(term, areas.length > 0) ? [i] : []));
  if (!terms.length) return null;
  return {
    terms,
    body: {
      from: from_on,
      to: to_on,
      areas,
      terms: terms.map((i) => termJson(draft.terms[i]!, draft, true)),
      ...(sales.length ? { sales } : {}),
    },
  };
}

/* Complaints by path, the terms numbered as on screen. `terms` maps the numbers that were sent. */
export function errorsOf(
  fields: readonly FieldError[],
  terms?: readonly number[],
): Map<string, string> {
  const errors = new Map<string, string>();
  for (const one of fields) {
    const path = terms
      ? one.field.replace(/^terms\[(\d+)\]/, (_, n: string) => `terms[${terms[Number(n)] ?? n}]`)
      : one.field;
    if (!errors.has(path)) errors.set(path, one.message);
  }
  return errors;
}

/* What the server would refuse for being empty, found before asking it. */
export function missingOf(draft: LeaseDraft, required: string): Map<string, string> {
  const errors = new Map<string, string>();
  for (const name of ['merchant_id', 'from_on', 'to_on'] as const) {
    if (!draft[name]) errors.set(name, required);
  }
  draft.terms.forEach((term, i) => {
    if (!term.item) errors.set(`terms[${i}].item`, required);
    if (term.stepKind === 'rule') {
      term.rules.forEach((rule, j) => {
        if (!rule.value.trim()) errors.set(`terms[${i}].steps[${j}].${rule.by}`, required);
      });
    }
    if (term.stepKind === 'table') {
      term.table.forEach((step, j) => {
        if (!step.price.trim()) errors.set(`terms[${i}].steps[${j}].price`, required);
      });
    }
    if (term.model !== 'turnover' && !term.price.trim()) errors.set(`terms[${i}].price`, required);
  });
  draft.deposits.forEach((one, i) => {
    if (!one.amount.trim()) errors.set(`deposits[${i}].amount`, required);
  });
  return errors;
}

/* The first complaint at a path or below it. */
export function errorUnder(errors: ReadonlyMap<string, string>, path: string): string | undefined {
  for (const [at, message] of errors) {
    if (at === path || at.startsWith(`${path}.`) || at.startsWith(`${path}[`)) return message;
  }
  return undefined;
}

export function areaOf(units: readonly UnitDraft[]): string {
  return sumDecimals(
    units.map((one) => plainNumber(one.area)),
    2,
  );
}

function scaled(text: string, digits: number): bigint | null {
  const match = /^(\d+)(?:\.(\d+))?$/.exec(plainNumber(text));
  if (!match) return null;
  return BigInt(match[1]! + (match[2] ?? '').slice(0, digits).padEnd(digits, '0'));
}

const divide = (a: bigint, b: bigint) => (a * 2n + b) / (b * 2n); // half away from zero, nothing here is negative

/* A price of any basis as fen per month, for suggestions, as the program itself compares prices. */
export function monthFen(basis: Basis, price: string, area: string): bigint {
  const p = scaled(price, 4) ?? 0n;
  const perArea = p * (scaled(area, 2) ?? 0n);
  switch (basis) {
    case 'per_m2_day':
      return divide(perArea * 365n, 120_000n);
    case 'per_m2_month':
      return divide(perArea, 10_000n);
    case 'per_m2_year':
      return divide(perArea, 120_000n);
    case 'per_day':
      return divide(p * 365n, 1_200n);
    case 'per_month':
      return divide(p, 100n);
    case 'per_year':
      return divide(p, 1_200n);
    case 'once':
      return 0n;
  }
}

export const fenText = (fen: bigint) => {
  const text = fen.toString().padStart(3, '0');
  return `${text.slice(0, -2)}.${text.slice(-2)}`;
};

/* Fixed rent of a month at the beginning, in fen. */
export function monthlyRentFen(draft: LeaseDraft, items: readonly ChargeItem[]): bigint {
  let sum = 0n;
  for (const term of draft.terms) {
    const kind = items.find((item) => item.code === term.item)?.kind;
    if (kind !== 'rent' || term.model === 'turnover') continue;
    const units = term.unit
      ? draft.units.filter((one) => one.unit.label === term.unit)
      : draft.units;
    sum += monthFen(term.basis, term.price, areaOf(units));
  }
  return sum;
}

/* Fills what follows from months × rent; amounts that somebody typed stay. */
export function depositAmount(months: string, monthly: bigint): string {
  const n = /^\d{1,2}$/.test(months) ? BigInt(months) : 0n;
  return n > 0n && monthly > 0n ? fenText(n * monthly) : '';
}

/* The deposits with the amounts that follow from the rent; the same list if nothing changes. */
export function withAutoAmounts(deposits: DepositDraft[], monthly: bigint): DepositDraft[] {
  let changed = false;
  const next = deposits.map((one) => {
    const amount = one.auto ? depositAmount(one.months, monthly) : '';
    if (!amount || amount === one.amount) return one;
    changed = true;
    return { ...one, amount };
  });
  return changed ? next : deposits;
}

function shiftDay(day: string | null, days: number): string | null {
  return day ? addDays(day, days) : null;
}

/* Terms, deposits and clauses of another lease; its days move with the beginning of this one. */
export function copiedFrom(draft: LeaseDraft, source: Lease): LeaseDraft {
  const other = draftOf(source);
  const shift = draft.from_on
    ? Math.round((Date.parse(draft.from_on) - Date.parse(source.from_on)) / 86_400_000)
    : 0;
  // Whole months move as months, so that "after one year" stays on the same date.
  const move = (day: string | null) => {
    if (!day || !draft.from_on) return day;
    const months =
      (Number(day.slice(0, 4)) - Number(source.from_on.slice(0, 4))) * 12 +
      Number(day.slice(5, 7)) -
      Number(source.from_on.slice(5, 7));
    return day.slice(8) === source.from_on.slice(8)
      ? addMonths(draft.from_on, months)
      : shiftDay(day, shift);
  };
  return {
    ...draft,
    clauses: other.clauses,
    special: other.special,
    template_id: other.template_id,
    terms: other.terms.map((term) => ({
      ...term,
      unit: '',
      from: move(term.from),
      to: move(term.to),
      rules: term.rules.map((rule) => ({ ...rule, first_on: move(rule.first_on) })),
      table: term.table.map((step) => ({ ...step, from: move(step.from) })),
      free: term.free.map((part) => ({ ...part, from: move(part.from), to: move(part.to) })),
    })),
    deposits: other.deposits.map((one) => ({ ...one, due_on: move(one.due_on) })),
  };
}
