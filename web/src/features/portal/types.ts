/* What the server tells a merchant of its account. Money is decimal text. */
import type { WorkingStep } from '@/shared/schedule';

export interface Pay {
  name: string | null;
  bank_name: string | null;
  bank_account: string | null;
  phone: string | null;
}

export interface Bill {
  id: string;
  kind: string;
  kind_label: string;
  name: string;
  unit_no: string | null;
  period_from: string | null;
  period_to: string | null;
  due_on: string;
  gross: string;
  paid: string;
  open: string;
  overdue_days: number;
  state: string;
  state_label: string;
}

export interface Home {
  due: { items: Bill[]; total: string; overdue: string };
  orders: { id: string; no: string; due_on: string; total: string; open: string }[];
  leases: {
    id: string;
    no: string;
    unit_nos: string | null;
    from_on: string | null;
    to_on: string | null;
    state: string;
    state_label: string;
  }[];
  deposits: { kind: string; kind_label: string; amount: string }[];
  credit: string;
  pay: Pay;
}

export interface BillDetail extends Omit<Bill, 'overdue_days'> {
  lease_no: string;
  net: string;
  tax: string;
  tax_rate: string;
  working: WorkingStep[];
  allocations: {
    id: string;
    kind: 'receipt' | 'deposit' | 'offset' | 'waiver' | 'write_off';
    receipt_no: string | null;
    amount: string;
    posted_on: string;
  }[];
}

export interface Payment {
  id: string;
  no: string;
  received_on: string;
  way: string;
  way_label: string;
  state: string;
  state_label: string;
  order_no: string | null;
  amount: string;
  credit: string;
}

export interface DepositEntry {
  id: string;
  on: string;
  kind: string;
  kind_label: string;
  event: string;
  event_label: string;
  amount: string;
  lease_no: string | null;
  receipt_no: string | null;
}

export interface Deposits {
  held: Home['deposits'];
  items: DepositEntry[];
}

export interface StatementLine {
  id: string;
  what: 'charge' | 'void' | 'allocation';
  kind: string;
  kind_label: string;
  name: string;
  unit_no: string | null;
  no: string | null;
  on: string;
  period_from: string | null;
  period_to: string | null;
  due_on: string | null;
  amount: string;
  balance: string;
}

export interface Statement {
  merchant: string;
  from: string;
  to: string;
  opening: string;
  charged: string;
  settled: string;
  closing: string;
  credit: string;
  lines: StatementLine[];
  receipts: Payment[];
  deposits: { kind: string; kind_label: string; opening: string; closing: string }[];
  deposit_entries: DepositEntry[];
  pay: Pay;
}
