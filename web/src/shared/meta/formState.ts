/* Field kits, second half without the controls: from the record to the form, from the form to the API, and the checks
 * that the server makes too. Pure functions. */
import { plainNumber } from '@/shared/format';
import { isRef } from './cells';
import type { FieldMeta, FieldType, Row } from './types';

/* Digits after the point that each kind of number may have. */
export const DIGITS: Partial<Record<FieldType, number>> = {
  int: 0,
  money: 2,
  price: 4,
  area: 2,
  percent: 4,
};

export type FormValues = Record<string, unknown>;

export function toForm(field: FieldMeta, value: unknown): unknown {
  if (value === undefined || value === null) return field.type === 'bool' ? false : null;
  if (field.type === 'json') return JSON.stringify(value, null, 2);
  if (field.type === 'int') return String(value);
  return value;
}

/* The value a new record starts with. */
export function presetOf(field: FieldMeta): unknown {
  const { preset } = field;
  if (preset === null || preset === undefined) return field.type === 'bool' ? false : null;
  if (field.type === 'bool') return preset === 'true' || preset === '1';
  return preset;
}

export function toApi(field: FieldMeta, value: unknown): unknown {
  if (field.type === 'bool') return Boolean(value);
  if (value === null || value === undefined) return null;
  if (field.type === 'ref') return isRef(value) ? value.id : value;
  if (typeof value !== 'string') return value;
  if (field.type in DIGITS) {
    const number = plainNumber(value);
    if (number === '') return null;
    return field.type === 'int' ? Number(number) : number;
  }
  if (field.type === 'json') return value.trim() === '' ? null : JSON.parse(value);
  const text = field.type === 'longtext' ? value.trimEnd() : value.trim();
  return text === '' ? null : text;
}

export type Complaint =
  | { key: 'required' }
  | { key: 'tooLong' | 'tooSmall' | 'tooLarge' | 'decimals'; n: number }
  | { key: 'notNumber' | 'notJson' };

function numberComplaint(field: FieldMeta, text: string, digits: number): Complaint | null {
  const number = plainNumber(text);
  const match = /^-?\d+(?:\.(\d+))?$/.exec(number);
  if (!match) return { key: 'notNumber' };
  if ((match[1] ?? '').length > digits) {
    return digits === 0 ? { key: 'notNumber' } : { key: 'decimals', n: digits };
  }
  const min = Number(field.min ?? 0);
  const max = Number(field.max ?? 0);
  if (min === 0 && max === 0) return null;
  if (Number(number) < min) return { key: 'tooSmall', n: min };
  return max !== 0 && Number(number) > max ? { key: 'tooLarge', n: max } : null;
}

/* What is wrong with one entry, as the server would say; null if nothing is. */
export function complaintOf(field: FieldMeta, value: unknown, required: boolean): Complaint | null {
  if (value === null || value === undefined || (typeof value === 'string' && !value.trim())) {
    return required && field.type !== 'bool' ? { key: 'required' } : null;
  }
  if (typeof value !== 'string') return null;
  const digits = DIGITS[field.type];
  if (digits !== undefined) return numberComplaint(field, value, digits);
  if ((field.type === 'text' || field.type === 'longtext') && field.max) {
    const max = Number(field.max);
    return [...value].length > max ? { key: 'tooLong', n: max } : null;
  }
  if (field.type === 'json') {
    try {
      JSON.parse(value);
    } catch {
      return { key: 'notJson' };
    }
  }
  return null;
}

/* A masked field arrives as "138****5678": the form starts empty, and empty means unchanged. */
export function isKept(field: FieldMeta, row: Row | undefined): boolean {
  return row?.masked?.includes(field.name) ?? false;
}

export function initialValues(fields: FieldMeta[], row?: Row, given: FormValues = {}): FormValues {
  const values: FormValues = {};
  for (const field of fields) {
    if (isKept(field, row)) values[field.name] = null;
    else if (row) values[field.name] = toForm(field, row[field.name]);
    else values[field.name] = given[field.name] ?? presetOf(field);
  }
  return values;
}

/* The body of a POST: everything that was filled in. */
export function createBody(fields: FieldMeta[], values: FormValues): FormValues {
  const body: FormValues = {};
  for (const field of fields) {
    const value = toApi(field, values[field.name]);
    if (value !== null) body[field.name] = value;
  }
  return body;
}

/* The body of a PATCH: only what the person changed. */
export function changesOf(fields: FieldMeta[], row: Row, values: FormValues): FormValues {
  const body: FormValues = {};
  for (const field of fields) {
    const next = toApi(field, values[field.name]);
    if (isKept(field, row)) {
      if (next !== null) body[field.name] = next;
      continue;
    }
    const before = toApi(field, toForm(field, row[field.name]));
    if (JSON.stringify(next) !== JSON.stringify(before)) body[field.name] = next;
  }
  return body;
}
