/* What the register's own endpoints answer. */
import type { Label } from '@/shared/i18n';
import type { Ref } from '@/shared/meta/types';

/* GET /api/inquiry/known?phone= ; an id is null where the file belongs to somebody else and only a veiled name is shown. */
export interface Known {
  known: boolean;
  mine: boolean;
  merchant: { id: string | null; label: string } | null;
  contact: { id: string | null; label: string } | null;
  owner: Ref | null;
  leads: {
    id: string | null;
    label: string;
    stage: string;
    owner: Ref | null;
    last_contact_at: string | null;
  }[];
  inquiries: number;
  last_inquiry_at: string | null;
}

export interface Duplicate {
  merchant: Ref;
  owner: string;
  why: 'phone' | 'credit_code' | 'name';
  score: number;
}

/* POST /api/inquiry */
export interface Registered {
  id: string;
  label: string;
  duplicates?: Duplicate[];
}

/* One figure of a daily report, with the rows behind it. */
export interface Figure {
  name: string;
  label: Label;
  unit: '' | 'm2' | 'yuan';
  value: number | string;
  entity: string;
  ids: string[];
}

export interface Appointment {
  entity: 'visit_plan' | 'lead';
  id: string;
  title: string;
  place: string | null;
  on: string;
  at: string | null;
  overdue: boolean;
}
