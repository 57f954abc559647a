import type { Row } from '@/shared/meta/types';
import type { ScheduleLine, WorkingStep } from '@/shared/schedule';

export interface Cause {
  cause: string;
  zh: string;
  en: string;
  amount: string;
  leases?: number;
}

export interface Note {
  lease_id: string;
  lease_no: string;
  merchant: string;
  kind: string;
  zh: string;
  en: string;
}

export interface ItemSum {
  item: string;
  name: string;
  lines: number;
  net: string;
  tax: string;
  gross: string;
}

export interface Preview {
  month: number;
  leases: number;
  lines: number;
  net: string;
  tax: string;
  gross: string;
  items: ItemSum[];
  previous_month: number;
  previous: string;
  posted: string;
  now: string;
  difference: string;
  causes: Cause[];
  noted: number;
  notes: Note[];
}

export interface PreviewLine extends Pick<ScheduleLine, 'item' | 'from' | 'to' | 'due_on'> {
  name: string;
  kind: string;
  unit: string | null;
  net: string;
  tax: string;
  gross: string;
  working: WorkingStep[];
}

export interface Change {
  item: string;
  name: string;
  before: string;
  now: string;
  difference: string;
  causes: Cause[];
}

export interface PreviewLease {
  lease_id: string;
  lease_no: string;
  merchant: string;
  unit_nos: string | null;
  gross: string;
  lines: PreviewLine[];
  changes: Change[];
}

export interface PreviewPage {
  items: PreviewLease[];
  next: string | null;
}

export interface Run extends Row {
  no: string;
  month: number;
  posted_on: string;
  planned: number;
  visited: number;
  leases: number;
  charges: number;
  voided: number;
  gross: string;
  noted: number;
  notes: Note[] | null;
  state: string;
}
