/* GET /api/bank_line and /api/bank_line/suggestions. docs/api.md is the contract. */
import type { Ref, Row } from '@/shared/meta/types';

export interface BankLine extends Row {
  happened_on: string;
  amount: string;
  counterpart: string | null;
  summary: string | null;
  memo: string | null;
  serial: string | null;
  imported_by: Ref | null;
}

export interface Guess {
  merchant_id: string;
  merchant: string;
  order_id: string | null;
  receipt_id: string | null;
  no: string | null;
  score: number;
  reasons: string[];
}

export interface ImportResult {
  id: string;
  totals: { create: number; update: number; error: number; skip: number };
}
