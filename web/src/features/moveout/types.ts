/* What the program says of a move-out beside its fields. Decimals are strings. */
import type { Row } from '@/shared/meta/types';
import type { WorkingStep } from '@/shared/schedule';

export interface StatementLine {
  group: string;
  name: string;
  clause: string | null;
  deposit_kind: string | null;
  charge_id: string | null;
  from: string | null;
  to: string | null;
  due_on: string | null;
  /* Above nothing: against the merchant. */
  amount: string;
  working: WorkingStep[];
}

export interface Settlement {
  on: string;
  credits: string;
  deductions: string;
  refund: string;
  owed: string;
  lines: StatementLine[];
  problems: { problem: string; text: string }[];
}

export interface Item {
  id: string;
  part: string;
  result: string;
  note: string | null;
  amount: string;
  clause: string | null;
  voucher: string | null;
  inspector: string | null;
}

export interface FinalReading {
  meter: string;
  meter_id: string;
  reading_id: string | null;
  kind: string;
  unit: string;
  read_on: string | null;
  reading: string;
  state: string | null;
}

export interface MoveOut extends Row {
  state: string;
  items: Item[];
  readings: FinalReading[];
  settlement: Settlement;
  is_frozen: boolean;
  still_open: string;
  still_to_refund: string;
  short_notice: boolean;
  notice_days: number;
  notice_agreed: number;
  inspector_id: { label: string } | null;
  services_id: { label: string } | null;
  approved_at: string | null;
  signer: string | null;
  signed_on: string | null;
}
