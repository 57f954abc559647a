/* One charge term as the editor holds it, and as the API reads and writes it. Pure functions. */
import { plainNumber } from '@/shared/format';
import { addDays } from './days';
import type { Basis, ChargeItem, Model, Proration, Rounding, Settle, TermJson } from './types';

export interface StepRule {
  every_months: string;
  first_on: string | null;
  by: 'percent' | 'amount';
  value: string;
  compound: boolean;
  floor: boolean;
}

export interface StepPrice {
  from: string | null;
  price: string;
}

export interface FreePart {
  from: string | null;
  to: string | null;
  /* "MM-DD..MM-DD" for every year; then from and to are not used. */
  yearly: string | null;
}

export interface IndexDraft {
  table: string;
  /* "2026-01" */
  base_month: string;
  share: string;
  floor: string;
  cap: string;
}

export interface TaxFrom {
  from: string | null;
  percent: string;
}

export const NO_INDEX: IndexDraft = { table: '', base_month: '', share: '100', floor: '', cap: '' };

export interface TermDraft {
  key: string;
  item: string;
  /* Number of the unit it is limited to; empty: all units together. */
  unit: string;
  /* null: the first and last day of the lease. */
  from: string | null;
  to: string | null;
  model: Model;
  basis: Basis;
  price: string;
  cycle: number;
  anchored: boolean;
  anchorDay: string;
  /* Empty: what the engine takes for the basis. */
  proration: Proration | '';
  rounding: Rounding;
  yearDays: 'actual' | '365' | '360';
  monthPrice: 'days' | 'year_12';
  dueKind: 'days_before' | 'days_after' | 'day';
  dueDays: string;
  dueDay: string;
  dueMonth: 'previous' | 'same' | 'next';
  dueWorking: boolean;
  stepKind: 'none' | 'rule' | 'table' | 'index';
  rules: StepRule[];
  table: StepPrice[];
  /* Follows a published index instead of steps; percentages as text, empty for none. */
  index: IndexDraft;
  /* Free from the first day of the lease to the day before rent begins. */
  freeUntilRent: boolean;
  free: FreePart[];
  taxRate: string;
  /* Rates of later days. */
  taxes: TaxFrom[];
  taxIncluded: boolean;
  percent: string;
  tiered: boolean;
  tiers: { above: string; percent: string }[];
  slices: boolean;
  settle: Settle;
  partial: 'scale' | 'extend';
  minimum: string;
  maximum: string;
  breakpoint: 'none' | 'natural' | 'amount';
  breakpointAmount: string;
  deemedSales: string;
  salesTaxIncluded: boolean;
  /* What does not count as sales, one after another. */
  exclusions: string[];
  lateRate: string;
  lateGrace: string;
  /* Percent of the principal; empty: none. */
  lateCap: string;
  /* Members that the editor does not show; they go back as they came. */
  rest: TermJson;
}

export interface LeaseDays {
  from_on: string | null;
  to_on: string | null;
  rent_from_on: string | null;
}

let counter = 0;
export function newKey(): string {
  counter += 1;
  return `k${counter}`;
}

export function newTerm(item?: ChargeItem): TermDraft {
  const rent = !item || item.kind === 'rent';
  return {
    key: newKey(),
    item: item?.code ?? '',
    unit: '',
    from: null,
    to: null,
    model: 'fixed',
    basis: 'per_m2_month',
    price: '',
    cycle: 3,
    anchored: true,
    anchorDay: '',
    proration: '',
    rounding: 'round_total',
    yearDays: 'actual',
    monthPrice: 'days',
    dueKind: 'days_before',
    dueDays: rent ? '5' : '5',
    dueDay: '',
    dueMonth: 'same',
    dueWorking: false,
    stepKind: 'none',
    rules: [],
    table: [],
    index: NO_INDEX,
    freeUntilRent: !item?.in_fitout,
    free: [],
    taxRate: item?.tax_rate ?? '',
    taxes: [],
    taxIncluded: true,
    percent: '',
    tiered: false,
    tiers: [],
    slices: true,
    settle: 'monthly',
    partial: 'scale',
    minimum: '',
    maximum: '',
    breakpoint: 'none',
    breakpointAmount: '',
    deemedSales: '',
    salesTaxIncluded: true,
    exclusions: [],
    lateRate: '',
    lateGrace: '',
    lateCap: '',
    rest: {},
  };
}

const number = (text: string) => plainNumber(text);

/* A whole number; what is none goes as it is, for the server to complain about. */
function whole(text: string): number | string {
  const plain = number(text);
  return /^-?\d+$/.test(plain) ? Number(plain) : plain;
}

export function isTurnover(model: Model): boolean {
  return model !== 'fixed';
}

export function hasPrice(model: Model): boolean {
  return model !== 'turnover';
}

export function isPerArea(basis: Basis): boolean {
  return basis.startsWith('per_m2');
}

export function isPerDay(basis: Basis): boolean {
  return basis === 'per_m2_day' || basis === 'per_day';
}

/* `partial`: while somebody writes, what is not filled in yet is left out. */
function stepsJson(term: TermDraft, partial: boolean): TermJson[] {
  if (term.stepKind === 'table') {
    const table = partial ? term.table.filter((step) => step.from && step.price) : term.table;
    return table.map((step) => ({ from: step.from ?? '', price: number(step.price) }));
  }
  if (term.stepKind !== 'rule') return [];
  const rules = partial
    ? term.rules.filter((rule) => rule.every_months && rule.first_on && rule.value)
    : term.rules;
  return rules.map((rule) => ({
    every_months: whole(rule.every_months),
    first_on: rule.first_on ?? '',
    [rule.by]: number(rule.value),
    compound: rule.compound,
    ...(rule.floor ? { round: 'floor_yuan' } : {}),
  }));
}

/* The days without rent at the beginning, as one entry; null if there are none. */
export function leadingFree(days: LeaseDays): { from: string; to: string } | null {
  const { from_on, rent_from_on } = days;
  if (!from_on || !rent_from_on || rent_from_on <= from_on) return null;
  return { from: from_on, to: addDays(rent_from_on, -1) };
}

function freeJson(term: TermDraft, days: LeaseDays, partial: boolean): TermJson[] {
  const leading = term.freeUntilRent ? leadingFree(days) : null;
  return [
    ...(leading ? [leading] : []),
    ...term.free
      .filter((part) => !partial || part.yearly || (part.from && part.to))
      .map((part) =>
        part.yearly === null
          ? { from: part.from ?? '', to: part.to ?? '' }
          : { yearly: part.yearly },
      ),
  ];
}

/* Where the editor's own free entries begin in the list that is sent. */
export function freeOffset(term: TermDraft, days: LeaseDays): number {
  return term.basis !== 'once' && term.freeUntilRent && leadingFree(days) ? 1 : 0;
}

function dueJson(term: TermDraft): TermJson {
  const due: TermJson =
    term.dueKind === 'day'
      ? { day: whole(term.dueDay), month: term.dueMonth }
      : { [term.dueKind]: whole(term.dueDays || '0') };
  return term.dueWorking ? { ...due, holiday: 'next_working' } : due;
}

/* The greater of two has no breakpoint; the natural one needs a base. */
function breakpointJson(term: TermDraft): TermJson {
  if (term.model === 'greater_of') return {};
  if (term.breakpoint === 'amount') return { breakpoint: number(term.breakpointAmount) };
  return term.breakpoint === 'natural' && term.model === 'base_plus_turnover'
    ? { breakpoint: 'natural' }
    : {};
}

function turnoverJson(term: TermDraft): TermJson {
  const kept = (term.rest.turnover as TermJson | undefined) ?? {};
  const limit = (name: string, text: string) => (number(text) ? { [name]: number(text) } : {});
  return {
    ...kept,
    ...(term.tiered
      ? {
          tiers: term.tiers.map((tier) => ({
            above: number(tier.above) || '0',
            percent: number(tier.percent),
          })),
          scale: term.slices ? 'slices' : 'whole',
        }
      : { percent: number(term.percent) }),
    ...limit('minimum', term.minimum),
    ...limit('maximum', term.maximum),
    ...limit('deemed_sales', term.deemedSales),
    ...(term.salesTaxIncluded ? { sales_tax_included: true } : {}),
    ...(term.exclusions.length ? { exclusions: term.exclusions } : {}),
    ...breakpointJson(term),
  };
}

function indexJson(term: TermDraft): TermJson {
  const { table, base_month, share, floor, cap } = term.index;
  const bound = (name: string, text: string) => (number(text) ? { [name]: number(text) } : {});
  return {
    table: table.trim(),
    base_month: base_month.trim(),
    ...((number(share) || '100') === '100' ? {} : { share: number(share) }),
    ...bound('floor', floor),
    ...bound('cap', cap),
  };
}

function taxJson(term: TermDraft, partial: boolean): unknown {
  const first = number(term.taxRate) || '0';
  const later = partial ? term.taxes.filter((one) => one.from && one.percent) : term.taxes;
  if (!later.length) return first;
  return [
    { percent: first },
    ...later.map((one) => ({ from: one.from ?? '', percent: number(one.percent) })),
  ];
}

/* The term as the API wants it, complete: nothing is left to the defaults of the engine that a person can see. */
export function termJson(term: TermDraft, days: LeaseDays, partial = false): TermJson {
  const { turnover: _, late, ...rest } = term.rest;
  const steps = stepsJson(term, partial);
  const once = term.basis === 'once' && hasPrice(term.model);
  const free = once ? [] : freeJson(term, days, partial);
  const lateRate = number(term.lateRate);
  return {
    ...rest,
    item: term.item,
    ...(term.unit ? { unit: term.unit } : {}),
    from: term.from ?? days.from_on ?? '',
    to: term.to ?? days.to_on ?? '',
    model: term.model,
    basis: term.basis,
    ...(hasPrice(term.model) ? { price: number(term.price) } : {}),
    cycle_months: once ? 0 : term.cycle,
    billing: term.anchored ? 'anchored' : 'calendar_month',
    ...(term.anchored && term.anchorDay ? { anchor_day: whole(term.anchorDay) } : {}),
    ...(term.proration ? { proration: term.proration } : {}),
    rounding: term.rounding,
    ...(isPerDay(term.basis) || term.yearDays !== 'actual' ? { year_days: term.yearDays } : {}),
    ...(term.monthPrice !== 'days' ? { month_price: term.monthPrice } : {}),
    due: dueJson(term),
    ...(steps.length && !once && hasPrice(term.model) ? { steps } : {}),
    ...(free.length ? { free } : {}),
    ...(term.stepKind === 'index' && !once && hasPrice(term.model) && (!partial || term.index.table)
      ? { index: indexJson(term) }
      : {}),
    tax_rate: taxJson(term, partial),
    tax_included: term.taxIncluded,
    ...(isTurnover(term.model)
      ? { turnover: turnoverJson(term), settle: term.settle, partial_year: term.partial }
      : {}),
    ...(lateRate
      ? {
          late: {
            ...((late as TermJson | undefined) ?? {}),
            percent_per_day: lateRate,
            ...(term.lateGrace ? { grace_days: whole(term.lateGrace) } : {}),
            ...(term.lateCap ? { cap: number(term.lateCap) } : {}),
          },
        }
      : {}),
  };
}

const text = (value: unknown) => (value === undefined || value === null ? '' : String(value));
const day = (value: unknown) => (typeof value === 'string' && value ? value : null);
const list = (value: unknown): TermJson[] => (Array.isArray(value) ? (value as TermJson[]) : []);
const one = (value: unknown): TermJson =>
  value && typeof value === 'object' ? (value as TermJson) : {};

const EDITED = new Set(
  'item unit from to model basis price cycle_months billing anchor_day proration rounding year_days month_price due steps free tax_rate tax_included settle partial_year index'.split(
    ' ',
  ),
);

function readSteps(json: TermJson): Pick<TermDraft, 'stepKind' | 'rules' | 'table' | 'index'> {
  const steps = list(json.steps);
  const rules = steps
    .filter((step) => step.every_months !== undefined)
    .map(
      (step): StepRule => ({
        every_months: text(step.every_months),
        first_on: day(step.first_on),
        by: step.percent === undefined ? 'amount' : 'percent',
        value: text(step.percent ?? step.amount),
        compound: step.compound !== false,
        floor: step.round === 'floor_yuan',
      }),
    );
  const table = steps
    .filter((step) => step.every_months === undefined)
    .map((step): StepPrice => ({ from: day(step.from), price: text(step.price) }));
  const index = one(json.index);
  const indexed = index.table !== undefined;
  return {
    rules,
    table,
    index: indexed
      ? {
          table: text(index.table),
          base_month: text(index.base_month),
          share: text(index.share ?? '100'),
          floor: text(index.floor),
          cap: text(index.cap),
        }
      : NO_INDEX,
    stepKind: indexed ? 'index' : rules.length ? 'rule' : table.length ? 'table' : 'none',
  };
}

function readFree(json: TermJson, days: LeaseDays): Pick<TermDraft, 'freeUntilRent' | 'free'> {
  const leading = leadingFree(days);
  const parts = list(json.free).map(
    (part): FreePart => ({ from: day(part.from), to: day(part.to), yearly: day(part.yearly) }),
  );
  const same = leading && parts[0]?.from === leading.from && parts[0].to === leading.to;
  return { freeUntilRent: Boolean(same), free: same ? parts.slice(1) : parts };
}

function readDue(json: TermJson) {
  const due = one(json.due);
  const kind: TermDraft['dueKind'] =
    due.day !== undefined ? 'day' : due.days_after !== undefined ? 'days_after' : 'days_before';
  return {
    dueKind: kind,
    dueDays: text(due.days_before ?? due.days_after ?? 0),
    dueDay: text(due.day),
    dueMonth: (due.month as TermDraft['dueMonth']) ?? 'same',
    dueWorking: due.holiday === 'next_working',
  };
}

function readTurnover(json: TermJson) {
  const turnover = one(json.turnover);
  const at = turnover.breakpoint;
  return {
    percent: text(turnover.percent),
    tiered: Array.isArray(turnover.tiers),
    tiers: list(turnover.tiers).map((tier) => ({
      above: text(tier.above),
      percent: text(tier.percent),
    })),
    slices: turnover.scale === 'slices',
    settle: (json.settle as Settle) ?? 'monthly',
    partial: (json.partial_year as TermDraft['partial']) ?? 'scale',
    minimum: text(turnover.minimum),
    maximum: text(turnover.maximum),
    breakpoint: (at === undefined
      ? 'none'
      : at === 'natural'
        ? 'natural'
        : 'amount') as TermDraft['breakpoint'],
    breakpointAmount: at === undefined || at === 'natural' ? '' : text(at),
    deemedSales: Number(turnover.deemed_sales ?? 0) ? text(turnover.deemed_sales) : '',
    salesTaxIncluded: json.turnover === undefined || turnover.sales_tax_included === true,
    exclusions: Array.isArray(turnover.exclusions) ? turnover.exclusions.map(text) : [],
  };
}

const TURNOVER_EDITED =
  'percent tiers scale breakpoint minimum maximum deemed_sales sales_tax_included exclusions'.split(
    ' ',
  );

/* One rate, or the first and those of later days. */
function readTax(json: TermJson): Pick<TermDraft, 'taxRate' | 'taxes'> {
  if (!Array.isArray(json.tax_rate)) return { taxRate: text(json.tax_rate), taxes: [] };
  const [first, ...later] = list(json.tax_rate);
  return {
    taxRate: text(first?.percent),
    taxes: later.map((rate) => ({ from: day(rate.from), percent: text(rate.percent) })),
  };
}

function lateCap(late: TermJson): string {
  if (late.cap === 'principal') return '100';
  return typeof late.cap === 'string' ? late.cap : '';
}

function keptMembers(json: TermJson): TermJson {
  const rest: TermJson = {};
  for (const [name, value] of Object.entries(json)) if (!EDITED.has(name)) rest[name] = value;
  if (rest.turnover) {
    const turnover = { ...one(rest.turnover) };
    for (const name of TURNOVER_EDITED) delete turnover[name];
    rest.turnover = turnover;
  }
  return rest;
}

/* A stored clause in the editor. Days that are those of the lease follow the lease from then on. */
export function termDraft(json: TermJson, days: LeaseDays): TermDraft {
  const billing = json.billing;
  const anchored =
    billing === 'anchored' ||
    (typeof billing === 'object' && billing !== null && 'anchored' in billing);
  const late = one(json.late);
  return {
    ...newTerm(),
    item: text(json.item),
    unit: text(json.unit),
    from: json.from === days.from_on ? null : day(json.from),
    to: json.to === days.to_on ? null : day(json.to),
    model: (json.model as Model) ?? 'fixed',
    basis: (json.basis as Basis) ?? 'per_month',
    price: text(json.price),
    cycle: Number(json.cycle_months ?? 1),
    anchored,
    anchorDay: text(json.anchor_day ?? (anchored ? one(billing).anchored : '')),
    proration: (json.proration as Proration) ?? '',
    rounding: (json.rounding as Rounding) ?? 'round_total',
    yearDays: (json.year_days as TermDraft['yearDays']) ?? 'actual',
    monthPrice: (json.month_price as TermDraft['monthPrice']) ?? 'days',
    ...readDue(json),
    ...readSteps(json),
    ...readFree(json, days),
    ...readTax(json),
    taxIncluded: json.tax_included !== false,
    ...readTurnover(json),
    lateRate: text(late.percent_per_day),
    lateGrace: text(late.grace_days),
    lateCap: lateCap(late),
    rest: keptMembers(json),
  };
}

/* Enough is filled in for the engine to say something. */
export function isReady(term: TermDraft, hasArea: boolean): boolean {
  if (!term.item) return false;
  if (term.model === 'turnover') return term.tiered ? term.tiers.length > 0 : term.percent !== '';
  if (isTurnover(term.model) && !term.tiered && !term.percent) return false;
  return term.price.trim() !== '' && (hasArea || !isPerArea(term.basis));
}
