/* What GET /api/meta says of an entity, and what a record looks like. docs/api.md is the contract. */

import type { Label } from '@/shared/i18n';
import { getLang } from '@/shared/i18n';

export type Tone = 'gray' | 'green' | 'amber' | 'blue' | 'violet' | 'red';
export type FieldType =
  | 'text'
  | 'longtext'
  | 'int'
  | 'bool'
  | 'money'
  | 'price'
  | 'area'
  | 'percent'
  | 'day'
  | 'instant'
  | 'enum'
  | 'ref'
  | 'json';

export interface Option {
  value: string;
  label: Label;
  tone?: Tone | null;
}

export interface FieldMeta {
  name: string;
  type: FieldType;
  label: Label;
  ref?: string | null;
  required?: boolean;
  readonly?: boolean;
  immutable?: boolean;
  masked?: boolean;
  filter?: boolean;
  sort?: boolean;
  /* Texts: characters. Numbers: in the API's own form, so decimals are strings. */
  max?: number | string;
  min?: number | string;
  doc?: string | null;
  preset?: string | null;
  options?: Option[] | null;
}

export interface ActionMeta {
  name: string;
  label: Label;
  tone?: 'primary' | 'default' | 'danger' | null;
  fields?: FieldMeta[] | null;
}

export interface EntityMeta {
  name: string;
  label: Label;
  title: string;
  title_en?: string | null;
  subtitle?: string | null;
  doc?: string | null;
  fields: FieldMeta[];
  list: {
    columns: string[];
    filters?: string[] | null;
    sort?: string | null;
    segment?: string | null;
  };
  mobile?: { lines: string[] } | null;
  form?: { label: Label; fields: string[] }[] | null;
  actions: string[];
  /* Actions offered on a selection of rows; sent to POST /api/<entity>/bulk. */
  bulk?: ActionMeta[] | null;
  /* Tabs of the detail page; without it files and history, and timeline where there is one. */
  tabs?: string[] | null;
}

export interface Ref {
  id: string;
  label: string;
}

export interface Row {
  id: string;
  version?: number;
  label?: string;
  masked?: string[];
  created_at?: string;
  created_by?: Ref | { id: string; name: string } | null;
  updated_at?: string;
  updated_by?: Ref | { id: string; name: string } | null;
  actions?: ActionMeta[];
  can?: { update?: boolean; reveal?: boolean };
  [field: string]: unknown;
}

export interface Page {
  items: Row[];
  total?: number;
  next?: string | null;
}

export interface Counts {
  counts: Record<string, number>;
  total: number;
}

export function fieldOf(meta: EntityMeta, name: string): FieldMeta | undefined {
  return meta.fields.find((field) => field.name === name);
}

/* The field that names a record: "label" is always there on a record, the title field on a row. */
export function titleOf(meta: EntityMeta, row: Row): string {
  const english = getLang() === 'en' && meta.title_en ? row[meta.title_en] : null;
  const value = english || (row[meta.title] ?? row.label);
  if (value && typeof value === 'object' && 'label' in value) return String(value.label);
  return value === null || value === undefined || value === '' ? (row.label ?? '—') : String(value);
}
