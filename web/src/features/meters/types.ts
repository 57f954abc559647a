/* What the program says of meters and their billing. Decimals are strings all the way. */
import type { Ref, Row } from '@/shared/meta/types';
import type { WorkingStep } from '@/shared/schedule';

export interface Meter extends Row {
  no: string;
  kind: string;
  unit_id: Ref | null;
  place: string | null;
  multiplier: string;
  last_reading: string | null;
  last_on: string | null;
  last_used: string | null;
}

export interface Reading extends Row {
  used: string | null;
  warning: string | null;
  reason: string | null;
}

/* A reading as the billing preview names it. */
export interface BillReading {
  reading_id: string;
  meter_id: string;
  meter: string;
  kind: string;
  unit: string | null;
  previous: string;
  reading: string;
  previous_on: string;
  read_on: string;
  merchant: string | null;
  lease: string | null;
  lease_id: string | null;
}

export interface BillLine extends BillReading {
  from: string;
  to: string;
  used: string;
  price: string;
  net: string;
  tax: string;
  gross: string;
  working: WorkingStep[];
}

export interface BillProblem extends BillReading {
  problem: string;
  text: string;
  on: string | null;
}

export interface Unread {
  meter_id: string;
  meter: string;
  kind: string;
  unit: string | null;
  last_on: string | null;
}

export interface Billing {
  lines: BillLine[];
  landlord: BillLine[];
  problems: BillProblem[];
  unread: Unread[];
  total: string;
  landlord_total: string;
}

export interface Share {
  unit_id: string;
  unit: string;
  merchant: string | null;
  lease: string | null;
  from: string;
  to: string;
  measure: string;
  amount: string;
  working: WorkingStep[];
}
