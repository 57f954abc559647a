/* What GET /api/collection/… says. docs/api.md is the contract. */
import type { Ref } from '@/shared/meta/types';
import type { WorkingStep } from '@/shared/schedule';

export interface DueLine {
  id: string;
  name: string;
  unit: string | null;
  from: string | null;
  to: string | null;
  due_on: string;
  days: number;
  gross: string;
  open: string;
  late_fee: string;
  late_fee_billed: string;
  /* A court may find it too high. */
  excessive: boolean;
  working: WorkingStep[] | null;
}

export interface Debt {
  merchant: Ref;
  lease: Ref | null;
  unit: Ref | null;
  collector: Ref | null;
  open: string;
  overdue: string;
  late_fee: string;
  late_fee_unbilled: string;
  days: number;
  letter: {
    id: string;
    no: string;
    kind: string;
    state: string;
    deadline_on: string | null;
  } | null;
  next: {
    stage_id: string;
    kind: string;
    label: string;
    allowed: boolean;
    why: string | null;
  } | null;
  promise: {
    id: string;
    amount: string;
    paid: string;
    promised_on: string;
    state: string;
  } | null;
  last_contact: {
    at: string;
    way: string;
    content: string;
    by: string | null;
    next_on: string | null;
  } | null;
  lines: DueLine[];
}

export interface DueList {
  as_of: string;
  items: Debt[];
  total: number;
  sums: { open: string; overdue: string; late_fee_unbilled: string };
  bands: { band: string; count: number; open: string }[];
  collectors: Ref[];
}

export interface Message {
  text: string;
  charges: number;
  contact: { name: string; mobile: string | null; email: string | null } | null;
}

export interface Event {
  at: string;
  kind: string;
  entity: string;
  id: string;
  label: string;
  word: string | null;
  text: string | null;
  by: string | null;
  amount: string | null;
  on_day: string | null;
}

export interface FeePreview {
  until_on: string;
  items: {
    id: string;
    name: string;
    merchant: string;
    lease: string | null;
    unit: string | null;
    due_on: string;
    open: string;
    fee: string;
    billed: string;
    amount: string;
    excessive: boolean;
    working: WorkingStep[];
  }[];
  charges: number;
  total: string;
}
