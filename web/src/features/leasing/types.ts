/* The lease as the API reads and writes it. */
import type { Ref, Row } from '@/shared/meta/types';
import type { ScheduleLine } from '@/shared/schedule';

export const MODELS = ['fixed', 'turnover', 'greater_of', 'base_plus_turnover'] as const;
export const BASES = [
  'per_m2_month',
  'per_m2_day',
  'per_m2_year',
  'per_month',
  'per_day',
  'per_year',
  'once',
] as const;
export const CYCLES = [1, 2, 3, 6, 12, 0] as const;
export const PRORATIONS = ['actual_days', 'thirty', 'y365', 'daily_unit'] as const;
export const ROUNDINGS = ['round_total', 'daily_rate_first', 'floor_yuan'] as const;
export const SETTLES = [
  'monthly',
  'quarterly',
  'half_year',
  'calendar_year',
  'lease_year',
] as const;
export const CLAUSES = [
  'use',
  'fitout',
  'operation',
  'sublet',
  'safety',
  'return',
  'default',
  'force_majeure',
  'dispute',
] as const;

export type Model = (typeof MODELS)[number];
export type Basis = (typeof BASES)[number];
export type Proration = (typeof PRORATIONS)[number];
export type Rounding = (typeof ROUNDINGS)[number];
export type Settle = (typeof SETTLES)[number];
export type Clause = (typeof CLAUSES)[number];

/* A charge term in JSON, in the words of docs/domain/lease-terms.md. */
export type TermJson = Record<string, unknown> & { item?: string };

/* One clause under another model or settlement period; money is text. */
export interface Variant {
  kept: boolean;
  model: Model;
  settle: Settle | null;
  base: string;
  provisional: string;
  settlement: string;
  total: string;
  difference: string;
  complete: boolean;
  lines: ScheduleLine[];
}

export interface Comparison {
  term: number;
  item: string;
  models: Variant[];
  settlements: Variant[];
}

export interface ChargeItem {
  id: string;
  code: string;
  name: string;
  name_en?: string | null;
  kind: string;
  tax_rate: string;
  in_fitout: boolean;
  active: boolean;
}

export interface UnitRow extends Row {
  no: string;
  floor_id: Ref | null;
  status: string;
  area_leasable: string | null;
  floor_price: string | null;
  target_price: string | null;
  fee_price: string | null;
  price_basis: string | null;
}

export interface LeaseUnit {
  unit_id: Ref;
  floor: string;
  area: string;
  from_on: string;
  to_on: string;
}

export interface DepositTerm {
  kind: string;
  months: number | null;
  amount: string;
  due_on: string;
  refund_rule: string | null;
}

export interface LeasePaper extends Row {
  kind: string;
  required: boolean;
  state: 'missing' | 'received' | 'waived';
  paper_no: string | null;
  valid_to_on: string | null;
  shelf: string | null;
  remarks: string | null;
}

export interface Lease extends Row {
  no: string;
  state: string;
  merchant_id: Ref | null;
  brand_id: Ref | null;
  category_id: Ref | null;
  owner_id: Ref | null;
  unit_nos: string | null;
  area: string | null;
  from_on: string;
  to_on: string;
  monthly_rent: string | null;
  total: string | null;
  is_below_floor: boolean;
  round: number;
  units: LeaseUnit[];
  terms: { item: string; item_name: string; clause: TermJson }[];
  deposits: DepositTerm[];
  documents: LeasePaper[];
}

export interface ReviewFinding {
  code: string;
  severity: 'block' | 'warn' | 'info';
  text: string;
}

export interface Review {
  findings: ReviewFinding[];
  checklist: {
    code: string;
    label: string;
    check: { ok: boolean; remarks: string | null; checked_by: string; checked_at: string } | null;
  }[];
  figures: {
    round: number;
    total: string;
    monthly_rent: string;
    lowest_price: string;
    is_below_floor: boolean;
  };
}
