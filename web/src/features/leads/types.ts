/* What the board, the worklist, the pool and the steps of a lead answer. */
import type { Label } from '@/shared/i18n';
import type { Ref, Tone } from '@/shared/meta/types';

export interface Card {
  id: string;
  version: number;
  no: string;
  name: string;
  stage: string;
  grade: string | null;
  key_account: boolean;
  merchant: Ref | null;
  brand: Ref | null;
  category: Ref | null;
  owner: Ref | null;
  area: string;
  budget_price?: string | null;
  next_follow_on: string | null;
  is_overdue: boolean;
  last_contact_at: string | null;
  stage_since?: string | null;
  /* Days without contact. */
  days: number;
}

export interface Column {
  stage: string;
  label: Label;
  tone: Tone;
  count: number;
  area: string;
  items: Card[];
  next: string | null;
}

export interface Board {
  columns: Column[];
}

export interface Worklist {
  items: Card[];
  total?: number;
  overdue: number;
}

export interface PoolItem {
  id: string;
  no: string;
  name: string;
  category: string | null;
  grade: string | null;
  stage: string;
  area_min: string;
  area_max: string;
  pool_since: string | null;
  last_contact_at: string | null;
}

export interface Steps {
  stage: string;
  steps: {
    stage: string;
    label: Label;
    done: boolean;
    current: boolean;
    at: string | null;
    days: number;
  }[];
  next: { action: string; stage?: string; label: Label }[];
  missing: { field: string; label: Label }[];
}

export interface Match {
  unit: Ref;
  floor: Ref | null;
  status: string;
  area: string;
  free_from_on: string | null;
  score: number;
  reasons: { ok: boolean; text: string }[];
}
