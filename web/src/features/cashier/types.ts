/* What GET /api/payment_order/<id> adds to the fields of meta. docs/api.md is the contract. */
import type { Ref, Row } from '@/shared/meta/types';
import type { WorkingStep } from '@/shared/schedule';

export interface OrderLine {
  id: string;
  name: string;
  kind: 'charge' | 'deposit';
  deposit_kind: string | null;
  from: string | null;
  to: string | null;
  due_on: string;
  net: string;
  tax: string;
  gross: string;
  received: string;
  working: WorkingStep[] | null;
}

export interface OrderReceipt {
  id: string;
  no: string;
  received_on: string;
  way: string;
  amount: string;
  state: string;
  reference: string | null;
  cashier: string | null;
}

export interface Order extends Row {
  no: string;
  lease_id: Ref | null;
  merchant_id: Ref | null;
  unit_id: Ref | null;
  unit_nos: string | null;
  issued_on: string;
  due_on: string;
  total: string;
  received: string;
  words: string;
  void_reason: string | null;
  state: string;
  open: string;
  lines: OrderLine[];
  receipts: OrderReceipt[];
}

export interface ReceiptRow extends Row {
  no: string;
  order_id: Ref | null;
  merchant_id: Ref | null;
  received_on: string;
  way: string;
  amount: string;
  reference: string | null;
  payer: string | null;
  cashier_id: Ref | null;
  state: string;
}

/* GET /api/cashier/find and /api/cashier/merchant/<id>. */
export interface Payer {
  id: string;
  name: string;
  units: string | null;
  open: string;
  due: string;
}

export interface OpenCharge {
  id: string;
  name: string;
  kind: string;
  deposit_kind: string | null;
  from: string | null;
  to: string | null;
  due_on: string;
  gross: string;
  paid: string;
  open: string;
  unit: string | null;
  lease: string | null;
  order: string | null;
  working: WorkingStep[] | null;
}

export interface PayerReceipt {
  id: string;
  no: string;
  received_on: string;
  way: string;
  amount: string;
  credit: string;
  state: string;
}

export interface PayerDetail {
  id: string;
  name: string;
  open: string;
  due: string;
  charges: OpenCharge[];
  receipts: PayerReceipt[];
}
