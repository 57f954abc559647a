/* Which fields a form has, and whether it is a drawer or a page of its own. */
import type { Label } from '@/shared/i18n';
import { type EntityMeta, type FieldMeta, fieldOf } from './types';

export interface FieldGroup {
  label: Label;
  fields: FieldMeta[];
}

const LONG_FORM = 15;

export function writable(field: FieldMeta): boolean {
  return !field.readonly;
}

export function formGroups(meta: EntityMeta): FieldGroup[] {
  const groups = meta.form?.length
    ? meta.form.map((group) => ({
        label: group.label,
        fields: group.fields.flatMap((name) => fieldOf(meta, name) ?? []).filter(writable),
      }))
    : [{ label: '', fields: meta.fields.filter(writable) }];
  return groups.filter((group) => group.fields.length > 0);
}

export function isLongForm(meta: EntityMeta): boolean {
  return formGroups(meta).reduce((sum, group) => sum + group.fields.length, 0) > LONG_FORM;
}
