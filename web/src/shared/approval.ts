/* What GET /api/approval answers. docs/api.md is the contract. */
import type { Label } from '@/shared/i18n';
import type { FieldMeta, FieldType, Ref } from '@/shared/meta/types';

export type Decision =
  | 'submit'
  | 'agree'
  | 'reject'
  | 'return'
  | 'delegate'
  | 'add_sign'
  | 'withdraw';

export interface TrailItem {
  at: string | null;
  step: string;
  by: Ref | { id: string; name: string } | null;
  on_behalf_of?: unknown;
  decision: Decision | null;
  opinion?: string | null;
}

export interface SnapshotItem {
  name?: string | null;
  label: Label;
  type?: FieldType;
  value: unknown;
  options?: FieldMeta['options'];
  ref?: string | null;
}

export interface Finding {
  level: 'block' | 'warn' | 'ok';
  text: string;
  field?: string | null;
}

export interface Approval {
  id: string;
  title: string;
  flow?: Label;
  subject: { entity: string; id: string; label: string; kind?: Label };
  requested_by: Ref | { id: string; name: string } | null;
  requested_at: string;
  due_on?: string | null;
  overdue?: boolean;
  state: string;
  step?: string | null;
  version?: number;
  snapshot?: SnapshotItem[];
  findings?: Finding[];
  trail?: TrailItem[];
  steps?: { name: string; state: 'done' | 'current' | 'waiting'; people: string[] }[];
  my_task?: { id: string; actions: Decision[] } | null;
}
