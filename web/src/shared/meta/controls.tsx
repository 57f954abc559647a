/* Field kits, last part: the control of each type. Loaded with forms only. */
import { DatePicker, Input, Select, Switch } from 'antd';
import dayjs from 'dayjs';
import { type ComponentType, useState } from 'react';
import { formatDecimal, formatInstant, instantFromChina, plainNumber } from '@/shared/format';
import { useLabel, useT } from '@/shared/i18n';
import DayPickerField, { useDayLocale } from '@/shared/ui/DayPickerField';
import { DIGITS } from './formState';
import { RefSelect } from './RefSelect';
import type { FieldMeta, FieldType, Ref } from './types';

export interface ControlProps {
  field: FieldMeta;
  id?: string;
  value?: unknown;
  onChange?: (value: unknown) => void;
  disabled?: boolean;
  placeholder?: string | undefined;
}

const text = (value: unknown) => (typeof value === 'string' ? value : '');

function TextControl({ field, value, onChange, ...rest }: ControlProps) {
  return (
    <Input
      {...rest}
      value={text(value)}
      autoComplete="off"
      onChange={(event) => onChange?.(event.target.value)}
      {...(/phone|mobile/.test(field.name) ? { inputMode: 'tel' as const } : {})}
    />
  );
}

function LongTextControl({ field, value, onChange, ...rest }: ControlProps) {
  return (
    <Input.TextArea
      {...rest}
      autoSize={{ minRows: 3, maxRows: 10 }}
      {...(field.max ? { count: { show: true, max: Number(field.max) } } : {})}
      value={text(value)}
      onChange={(event) => onChange?.(event.target.value)}
    />
  );
}

const PREFIX: Partial<Record<FieldType, string>> = { money: '¥', price: '¥' };
const SUFFIX: Partial<Record<FieldType, string>> = { area: '㎡', percent: '%' };

/* Shows thousands separators while nobody types; takes full-width digits and pasted "1,234.50 元". */
function NumberControl({ field, value, onChange, ...rest }: ControlProps) {
  const [typing, setTyping] = useState(false);
  const raw = text(value);
  const shown = typing || !/^-?\d+(\.\d+)?$/.test(raw) ? raw : formatDecimal(raw);
  return (
    <Input
      {...rest}
      className="num-input"
      inputMode={DIGITS[field.type] === 0 ? 'numeric' : 'decimal'}
      prefix={PREFIX[field.type]}
      suffix={SUFFIX[field.type]}
      autoComplete="off"
      value={shown}
      onFocus={() => setTyping(true)}
      onBlur={() => {
        setTyping(false);
        const plain = plainNumber(raw);
        if (plain !== raw) onChange?.(plain || null);
      }}
      onChange={(event) => onChange?.(event.target.value || null)}
    />
  );
}

function BoolControl({ value, onChange, field: _, placeholder: __, ...rest }: ControlProps) {
  return <Switch {...rest} checked={Boolean(value)} onChange={onChange} />;
}

function DayControl({ value, onChange, field: _, ...rest }: ControlProps) {
  return <DayPickerField {...rest} wide value={text(value)} onChange={(day) => onChange?.(day)} />;
}

function InstantControl({ value, onChange, field: _, placeholder, ...rest }: ControlProps) {
  const t = useT();
  useDayLocale();
  return (
    <DatePicker
      {...rest}
      showTime={{ format: 'HH:mm' }}
      format="YYYY-MM-DD HH:mm"
      style={{ width: '100%' }}
      placeholder={placeholder ?? t('form.chooseDay')}
      value={text(value) ? dayjs(formatInstant(text(value))) : null}
      onChange={(at) => onChange?.(at ? instantFromChina(at.format('YYYY-MM-DD HH:mm')) : null)}
    />
  );
}

function EnumControl({ field, value, onChange, placeholder, ...rest }: ControlProps) {
  const t = useT();
  const label = useLabel();
  return (
    <Select
      {...rest}
      allowClear={!field.required}
      showSearch={(field.options?.length ?? 0) > 8 ? { optionFilterProp: 'label' } : false}
      placeholder={placeholder ?? t('form.choose')}
      value={text(value) || null}
      options={(field.options ?? []).map((one) => ({ value: one.value, label: label(one.label) }))}
      onChange={(next: string | null | undefined) => onChange?.(next ?? null)}
    />
  );
}

function RefControl({ field, value, onChange, placeholder, ...rest }: ControlProps) {
  return (
    <RefSelect
      {...rest}
      {...(placeholder ? { placeholder } : {})}
      entity={field.ref ?? ''}
      value={(value as Ref | null | undefined) ?? null}
      onChange={(ref) => onChange?.(ref)}
    />
  );
}

function JsonControl({ field: _, value, onChange, ...rest }: ControlProps) {
  return (
    <Input.TextArea
      {...rest}
      spellCheck={false}
      autoSize={{ minRows: 4, maxRows: 16 }}
      style={{ fontFamily: 'var(--mono)', fontSize: 13 }}
      value={text(value)}
      onChange={(event) => onChange?.(event.target.value)}
    />
  );
}

export const CONTROLS: Record<FieldType, ComponentType<ControlProps>> = {
  text: TextControl,
  longtext: LongTextControl,
  int: NumberControl,
  bool: BoolControl,
  money: NumberControl,
  price: NumberControl,
  area: NumberControl,
  percent: NumberControl,
  day: DayControl,
  instant: InstantControl,
  enum: EnumControl,
  ref: RefControl,
  json: JsonControl,
};

export function FieldControl(props: ControlProps) {
  const Control = CONTROLS[props.field.type] ?? TextControl;
  return <Control {...props} />;
}
