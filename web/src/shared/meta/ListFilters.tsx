/* The filter controls of a list: a bar on wide screens, a sheet on phones. */
import { Button, DatePicker, Select } from 'antd';
import dayjs from 'dayjs';
import { useState } from 'react';
import { chinaDay } from '@/shared/format';
import { useLabel, useT } from '@/shared/i18n';
import { Dialog } from '@/shared/ui/Dialog';
import type { ListProps } from './EntityList';
import { filterCount, type ListState, withFilters } from './listState';
import { RefSelect } from './RefSelect';
import { type FieldMeta, fieldOf } from './types';

interface FilterProps {
  field: FieldMeta;
  state: ListState;
  setState: (state: ListState) => void;
  wide?: boolean;
}

const NUMBERS = new Set(['int', 'money', 'price', 'area', 'percent']);

export default function ListFilters(
  props: ListProps & { onClear: () => void; sheet?: boolean; onClose?: () => void },
) {
  const t = useT();
  const label = useLabel();
  const { meta, state, setState } = props;
  const fields = (meta.list.filters ?? [])
    .filter((name) => name !== meta.list.segment)
    .flatMap((name) => fieldOf(meta, name) ?? [])
    .filter((field) => !['text', 'longtext', 'json'].includes(field.type));
  if (props.sheet) {
    return (
      <Dialog
        title={t('list.filters')}
        onClose={() => props.onClose?.()}
        footer={
          <>
            <Button onClick={props.onClear}>{t('list.reset')}</Button>
            <Button type="primary" onClick={props.onClose}>
              {t('form.close')}
            </Button>
          </>
        }
      >
        <div className="dialog-body sheet-form">
          {fields.map((field) => (
            <div key={field.name}>
              <small>{label(field.label)}</small>
              <Filter field={field} state={state} setState={setState} wide />
            </div>
          ))}
        </div>
      </Dialog>
    );
  }
  const count = filterCount(meta, state);
  return (
    <div className="list-filters">
      {fields.slice(0, 4).map((field) => (
        <Filter key={field.name} field={field} state={state} setState={setState} />
      ))}
      {(count > 0 || state.q) && (
        <button type="button" className="link-btn" onClick={props.onClear}>
          {t('list.reset')}
        </button>
      )}
    </div>
  );
}

function Filter(props: FilterProps) {
  const { type } = props.field;
  if (type === 'day' || type === 'instant') return <RangeFilter {...props} />;
  if (NUMBERS.has(type)) return <NumberFilter {...props} />;
  return <ChoiceFilter {...props} />;
}

function ChoiceFilter({ field, state, setState, wide }: FilterProps) {
  const t = useT();
  const label = useLabel();
  const text = label(field.label);
  const value = state.filters[field.name];
  const width = wide ? '100%' : 'auto';
  const set = (next: string | undefined) => setState(withFilters(state, { [field.name]: next }));
  const common = { 'aria-label': text, placeholder: text, style: { width, minWidth: 118 } };
  if (field.type === 'ref' && field.ref) {
    return (
      <RefSelect
        {...common}
        entity={field.ref}
        value={value ? { id: value, label: '' } : null}
        onChange={(ref) => set(ref?.id)}
      />
    );
  }
  const options =
    field.type === 'bool'
      ? [
          { value: 'true', label: `${text}：${t('list.yes')}` },
          { value: 'false', label: `${text}：${t('list.no')}` },
        ]
      : (field.options ?? []).map((one) => ({ value: one.value, label: label(one.label) }));
  if (field.type === 'bool') {
    return <Select {...common} allowClear options={options} value={value ?? null} onChange={set} />;
  }
  return (
    <Select
      {...common}
      mode="multiple"
      maxTagCount="responsive"
      allowClear
      showSearch={false}
      popupMatchSelectWidth={180}
      style={{ width: wide ? '100%' : value ? 190 : 124 }}
      options={options}
      value={value ? value.split(',') : []}
      onChange={(values: string[]) => set(values.join(',') || undefined)}
    />
  );
}

const DAY = 'YYYY-MM-DD';
const startOf = (day: string) => new Date(`${day}T00:00:00+08:00`).toISOString();

/* Days filter as they are. Instants filter from the start of one China day to the start of the day after the other. */
function RangeFilter({ field, state, setState, wide }: FilterProps) {
  const t = useT();
  const label = useLabel();
  const text = label(field.label);
  const instant = field.type === 'instant';
  const low = `${field.name}.gte`;
  const high = instant ? `${field.name}.lt` : `${field.name}.lte`;
  const from = state.filters[low];
  const until = state.filters[high];
  const show = (value: string | undefined, end: boolean) => {
    if (!value) return null;
    if (!instant) return dayjs(value);
    return end ? dayjs(chinaDay(value)).subtract(1, 'day') : dayjs(chinaDay(value));
  };
  return (
    <DatePicker.RangePicker
      aria-label={text}
      placeholder={[`${text} ${t('list.from')}`, t('list.to')]}
      style={{ width: wide ? '100%' : 250 }}
      allowEmpty={[true, true]}
      value={[show(from, false), show(until, true)]}
      onChange={(range) => {
        const [a, b] = range ?? [];
        setState(
          withFilters(state, {
            [low]: a ? (instant ? startOf(a.format(DAY)) : a.format(DAY)) : undefined,
            [high]: b
              ? instant
                ? startOf(b.add(1, 'day').format(DAY))
                : b.format(DAY)
              : undefined,
          }),
        );
      }}
    />
  );
}

function NumberFilter({ field, state, setState }: FilterProps) {
  const t = useT();
  const label = useLabel();
  const text = label(field.label);
  const low = `${field.name}.gte`;
  const high = `${field.name}.lte`;
  return (
    <span className="number-filter">
      <NumberBound
        label={`${text} ${t('list.from')}`}
        placeholder={`${text} ≥`}
        value={state.filters[low] ?? ''}
        onChange={(value) => setState(withFilters(state, { [low]: value || undefined }))}
      />
      <NumberBound
        label={`${text} ${t('list.to')}`}
        placeholder="≤"
        value={state.filters[high] ?? ''}
        onChange={(value) => setState(withFilters(state, { [high]: value || undefined }))}
      />
    </span>
  );
}

function NumberBound(props: {
  label: string;
  placeholder: string;
  value: string;
  onChange: (value: string) => void;
}) {
  const [text, setText] = useState(props.value);
  const [last, setLast] = useState(props.value);
  if (props.value !== last) {
    setLast(props.value);
    setText(props.value);
  }
  const send = () => {
    if (text !== props.value && (text === '' || /^-?\d+(\.\d+)?$/.test(text))) props.onChange(text);
  };
  return (
    <input
      aria-label={props.label}
      inputMode="decimal"
      placeholder={props.placeholder}
      value={text}
      onChange={(event) => setText(event.target.value)}
      onBlur={send}
      onKeyDown={(event) => event.key === 'Enter' && send()}
    />
  );
}
