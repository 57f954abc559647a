/* What POST /api/import answers. docs/api.md is the contract. */
import type { Label } from '@/shared/i18n';

export type Outcome = 'create' | 'update' | 'error' | 'skip';

export interface ImportError {
  cell: string;
  column: number | null;
  field: string | null;
  message: string;
}

export interface ImportRow {
  row: number;
  outcome: Outcome;
  label: string;
  errors: ImportError[];
}

export interface ImportJob {
  id: string;
  kind: string;
  sheet?: string | null;
  heading_row: number;
  columns: { index: number; letter: string; heading: string; field: string | null }[];
  fields: { name: string; label: Label; required: boolean }[];
  rows: ImportRow[];
  totals: Record<Outcome, number>;
}
