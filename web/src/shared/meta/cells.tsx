/* Field kits, first half: how a value of each type is shown. Light, so that phone lists need nothing else. A new kind of
 * value is a new entry here, never an "if (entity === …)" in a page. */
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { EMPTY, formatDecimal, formatInstant, formatMoney, formatPrice } from '@/shared/format';
import { labelIn, useLang, useT } from '@/shared/i18n';
import { recordPath } from '@/shared/paths';
import type { Lang } from '@/shared/prefs';
import { useEntities } from '@/shared/session';
import { StatusTag } from '@/shared/ui';
import type { FieldMeta, FieldType, Ref } from './types';

export interface CellKit {
  width: number;
  align?: 'right' | 'center';
  /* Plain text: history, comparison, print, tooltips. */
  text: (field: FieldMeta, value: unknown, lang: Lang) => string;
  /* Adds up in the totals row, with this many digits. */
  sum?: number;
}

const plain = (_: FieldMeta, value: unknown) => String(value);
/* A month key, 202603, is a whole number that begins in the year 2000. */
const whole = (field: FieldMeta, value: unknown) =>
  Number(field.min) === 200001 && Number(value) > 200000
    ? `${Math.trunc(Number(value) / 100)}-${String(Number(value) % 100).padStart(2, '0')}`
    : formatDecimal(String(value));

export function isRef(value: unknown): value is Ref {
  return typeof value === 'object' && value !== null && 'id' in value && 'label' in value;
}

/* People come as {id, label} from fields and as {id, name} from history and files. */
export function personName(value: unknown): string {
  if (!value || typeof value !== 'object') return typeof value === 'string' ? value : '';
  const person = value as { label?: string; name?: string };
  return person.label ?? person.name ?? '';
}

function jsonText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.length}]`;
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

export const CELLS: Record<FieldType, CellKit> = {
  text: { width: 150, text: plain },
  longtext: { width: 240, text: plain },
  int: { width: 96, align: 'right', text: whole },
  bool: {
    width: 92,
    text: (_, value, lang) => (value ? { zh: '是', en: 'Yes' } : { zh: '否', en: 'No' })[lang],
  },
  money: { width: 132, align: 'right', text: (_, v) => formatMoney(String(v)), sum: 2 },
  price: { width: 118, align: 'right', text: (_, v) => formatPrice(String(v)) },
  area: { width: 112, align: 'right', text: (_, v) => `${formatDecimal(String(v))} ㎡`, sum: 2 },
  percent: { width: 96, align: 'right', text: (_, v) => `${formatDecimal(String(v))}%` },
  day: { width: 112, text: plain },
  instant: { width: 148, text: (_, value) => formatInstant(String(value)) },
  enum: {
    width: 116,
    text: (field, value, lang) =>
      labelIn(field.options?.find((option) => option.value === value)?.label, lang) ||
      String(value),
  },
  ref: { width: 150, text: (_, value) => (isRef(value) ? value.label : String(value)) },
  json: { width: 140, text: (_, value) => jsonText(value) },
};

export function kitOf(field: FieldMeta): CellKit {
  return CELLS[field.type] ?? CELLS.text;
}

export function isEmpty(value: unknown): boolean {
  return value === null || value === undefined || value === '';
}

export function cellText(field: FieldMeta, value: unknown, lang: Lang): string {
  return isEmpty(value) ? EMPTY : kitOf(field).text(field, value, lang);
}

/* A pill only where the server gave the values colours that mean something. */
function hasTones(field: FieldMeta): boolean {
  return field.options?.some((option) => option.tone && option.tone !== 'gray') ?? false;
}

/* References that say what kind of thing it is, not what it belongs to: plain words in a list, or all of it turns blue. */
const QUIET = new Set([
  'staff',
  'floor',
  'building',
  'category',
  'channel',
  'property',
  'department',
  'post',
  'zone',
  'charge_item',
]);

export function isQuiet(field: FieldMeta): boolean {
  return field.type === 'ref' && QUIET.has(field.ref ?? '');
}

export function Cell(props: { field: FieldMeta; value: unknown; plainRef?: boolean }): ReactNode {
  const lang = useLang();
  const entities = useEntities();
  const { field, value } = props;
  if (isEmpty(value)) return <span className="dim">{EMPTY}</span>;
  const text = cellText(field, value, lang);
  switch (field.type) {
    case 'enum': {
      if (!hasTones(field)) return text;
      const tone = field.options?.find((option) => option.value === value)?.tone;
      return <StatusTag tone={tone}>{text}</StatusTag>;
    }
    case 'ref':
      if (props.plainRef || !isRef(value) || !field.ref || !entities.has(field.ref)) return text;
      return (
        <Link to={recordPath(field.ref, value.id)} onClick={(event) => event.stopPropagation()}>
          {text}
        </Link>
      );
    case 'area':
      return <Figure number={formatDecimal(String(value))} unit="㎡" />;
    case 'percent':
      return <Figure number={formatDecimal(String(value))} unit="%" />;
    case 'bool':
      return value ? text : <span className="dim">{text}</span>;
    case 'money':
    case 'price':
    case 'int':
    case 'day':
    case 'instant':
      return <span className="num">{text}</span>;
    default:
      return text;
  }
}

function Figure(props: { number: string; unit: string }) {
  return (
    <span className="num">
      {props.number}
      <span className="unit">{props.unit}</span>
    </span>
  );
}

/* JSON in full: a list of objects as a table, an object as pairs. */
export function JsonView(props: { value: unknown }): ReactNode {
  const t = useT();
  const { value } = props;
  if (isEmpty(value) || (Array.isArray(value) && value.length === 0)) {
    return <span className="dim">{EMPTY}</span>;
  }
  if (typeof value !== 'object') return String(value);
  const rows = Array.isArray(value) ? value : [value];
  if (!rows.every((row) => row && typeof row === 'object' && !Array.isArray(row))) {
    return rows
      .map((row) => (typeof row === 'object' ? JSON.stringify(row) : String(row)))
      .join(', ');
  }
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row as object)))];
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: scrolls sideways, so it must be reachable by keyboard
    <section className="json-view" aria-label={t('detail.overview')} tabIndex={0}>
      <table>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column}>{column}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, i) => (
            <tr key={i}>
              {columns.map((column) => (
                <td key={column}>{jsonCell((row as Record<string, unknown>)[column])}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function jsonCell(value: unknown): string {
  if (isEmpty(value)) return EMPTY;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
