import { useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button } from 'antd';
import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { ApiError, api, newKey } from '@/shared/api/client';
import { refreshAll } from '@/shared/api/hooks';
import { plainNumber } from '@/shared/format';
import { MOD } from '@/shared/hotkeys';
import { useLabel, useLang, useT } from '@/shared/i18n';
import { type EntityMeta, fieldOf, type Page, type Row } from '@/shared/meta/types';
import { draftOf, useOutbox } from '@/shared/outbox';
import { usePhone } from '@/shared/prefs';
import { useMe } from '@/shared/session';
import { errorText, Kbd } from '@/shared/ui';
import { DayPicker } from '@/shared/ui/DayPicker';
import { Duplicates } from './Duplicates';
import { addDays, monday } from './days';
import { KnownCard, useKnown } from './KnownCard';
import { useText } from './text';
import type { Registered } from './types';

interface Values {
  kind: 'call' | 'visit';
  phone: string;
  name: string;
  brand_name: string;
  channel_id: string;
  category_id: string;
  area_min: string;
  content: string;
  visitors: string;
  units_shown: string;
  budget_price: string;
  floors_wish: string;
  grade: string;
  next_follow_on: string;
}

type Errors = Partial<Record<keyof Values | 'general', string>>;

const empty = (today: string): Values => ({
  kind: 'call',
  phone: '',
  name: '',
  brand_name: '',
  channel_id: '',
  category_id: '',
  area_min: '',
  content: '',
  visitors: '',
  units_shown: '',
  budget_price: '',
  floors_wish: '',
  grade: '',
  next_follow_on: addDays(today, 3),
});

/* A mobile, or a landline with its area code; the server checks in full. */
const looksWhole = (phone: string) => phone.replace(/\D/g, '').length >= 10;

function bodyOf(values: Values): Record<string, unknown> {
  const body: Record<string, unknown> = {};
  for (const [name, text] of Object.entries(values)) {
    const value = text.trim();
    if (value) body[name] = value;
  }
  for (const name of ['area_min', 'budget_price']) {
    if (body[name]) body[name] = plainNumber(String(body[name]));
  }
  delete body.visitors;
  if (values.kind === 'visit' && values.visitors) body.visitors = Number(values.visitors);
  if (values.kind === 'call') delete body.units_shown;
  return body;
}

export function RegisterForm({ meta }: { meta: EntityMeta }) {
  const t = useText();
  const base = useT();
  const label = useLabel();
  const me = useMe();
  const phone = usePhone();
  const client = useQueryClient();
  const { message, modal } = App.useApp();
  const [params] = useSearchParams();
  const outbox = useOutbox(me.id, '/api/inquiry');
  const [values, setValues] = useState<Values>(() => {
    const saved = draftOf.read<Partial<Values>>(me.id, {});
    const kind = params.get('kind') === 'visit' ? { kind: 'visit' as const } : {};
    return { ...empty(me.today), ...saved, ...kind };
  });
  const [errors, setErrors] = useState<Errors>({});
  const [busy, setBusy] = useState(false);
  const [done, setDone] = useState<Registered>();
  const form = useRef<HTMLFormElement>(null);
  const sending = useRef<{ text: string; key: string }>(undefined);
  const known = useKnown(values.phone);

  const set = (change: Partial<Values>) => {
    const next = { ...values, ...change };
    setValues(next);
    draftOf.write(me.id, next);
    setErrors((before) => {
      const left = { ...before };
      for (const name of Object.keys(change)) delete left[name as keyof Values];
      return left;
    });
    setDone(undefined);
  };
  // What the files know is filled in where nothing was typed.
  const contact = known.data?.contact;
  const leadName = known.data?.leads[0];
  useEffect(() => {
    if (!contact?.id) return;
    setValues((before) => ({
      ...before,
      name: before.name || contact.label,
      brand_name: before.brand_name || (leadName?.id ? leadName.label : ''),
    }));
  }, [contact?.id, contact?.label, leadName?.id, leadName?.label]);

  const reset = () => {
    const next = { ...empty(me.today), kind: values.kind };
    setValues(next);
    draftOf.write(me.id, null);
    setErrors({});
    focus('phone');
  };
  const focus = (name: string) =>
    setTimeout(() => form.current?.querySelector<HTMLElement>(`[name="${name}"]`)?.focus(), 0);

  const check = (): Errors => {
    const found: Errors = {};
    if (!values.phone.trim()) found.phone = t('required', { what: t('phone') });
    else if (!looksWhole(values.phone)) found.phone = t('badPhone');
    if (!values.name.trim()) found.name = t('required', { what: t('name') });
    if (!values.channel_id) found.channel_id = t('pickChannel');
    return found;
  };
  const showErrors = (found: Errors) => {
    setErrors(found);
    const first = ['phone', 'name', 'channel_id', ...Object.keys(found)].find(
      (name) => name in found,
    );
    if (first) focus(first);
  };
  const queue = (body: Record<string, unknown>, key: string) => {
    outbox.add({ key, body: { ...body, at: new Date().toISOString() } });
    sending.current = undefined;
    message.warning(t('queued'), 5);
    reset();
  };
  const save = async (event?: FormEvent) => {
    event?.preventDefault();
    if (busy) return;
    const found = check();
    if (Object.keys(found).length) return showErrors(found);
    const body = bodyOf(values);
    // One key for one entry as it stands: pressing twice registers once.
    const text = JSON.stringify(body);
    if (sending.current?.text !== text) sending.current = { text, key: newKey() };
    const { key } = sending.current;
    setBusy(true);
    try {
      const answer = await api.post<Registered>('/api/inquiry', body, { key });
      sending.current = undefined;
      reset();
      setDone(answer);
      message.success(t('saved', { name: String(body.name) }));
      refreshAll(client);
    } catch (error) {
      // The entry as first sent keeps its key and its time; with another body the key would be refused.
      if (error instanceof ApiError && error.status === 0) outboxAsSent(body, key);
      else if (error instanceof ApiError) {
        sending.current = undefined;
        const next: Errors = {};
        for (const one of error.fields) next[one.field as keyof Values] = one.message;
        if (error.fields.length === 0) next.general = errorText(error, base('state.network'));
        showErrors(next);
      } else setErrors({ general: errorText(error, base('state.network')) });
    } finally {
      setBusy(false);
    }
  };
  /* It may have arrived although no answer came: the very same body goes out again. */
  const outboxAsSent = (body: Record<string, unknown>, key: string) => {
    if (navigator.onLine) {
      outbox.add({ key, body });
      sending.current = undefined;
      message.warning(t('queued'), 5);
      reset();
    } else queue(body, key);
  };
  const onKeyDown = (event: React.KeyboardEvent) => {
    if (event.key !== 'Enter' || event.nativeEvent.isComposing) return;
    if (event.ctrlKey || event.metaKey) {
      event.preventDefault();
      save();
      return;
    }
    const target = event.target as HTMLElement;
    if (target.tagName !== 'INPUT' && target.tagName !== 'SELECT') return;
    event.preventDefault();
    const stops = [
      ...(form.current?.querySelectorAll<HTMLElement>('[data-stop], button[type=submit]') ?? []),
    ];
    const group = target.closest<HTMLElement>('fieldset');
    const here = stops.findIndex((one) => one === target || (group && one === group));
    const next = stops[here + 1];
    (next?.tagName === 'FIELDSET'
      ? (next.querySelector<HTMLElement>('input:checked') ??
        next.querySelector<HTMLElement>('input'))
      : next
    )?.focus();
  };
  const refused = outbox.items.filter((one) => one.refused);
  const waiting = outbox.items.length - refused.length;
  const field = (name: keyof Values) => ({
    name,
    values,
    errors,
    set,
  });

  return (
    <div className="reg-left">
      {waiting > 0 && (
        <div className="reg-note tone-amber" role="status">
          <span className="grow">{t('waitingN', { n: waiting })}</span>
          <button type="button" className="link-btn" onClick={outbox.flush}>
            {t('send')}
          </button>
        </div>
      )}
      {refused.map((one) => (
        <div className="reg-note tone-red" role="alert" key={one.key}>
          <span className="grow">
            {String(one.body.name)} {one.refused}
          </span>
          <button
            type="button"
            className="link-btn"
            onClick={() => {
              const { at: _, visitors, ...rest } = one.body;
              set({ ...(rest as Partial<Values>), visitors: visitors ? String(visitors) : '' });
              outbox.drop(one.key);
            }}
          >
            {t('fix')}
          </button>
          <button
            type="button"
            className="link-btn"
            onClick={() =>
              modal.confirm({
                title: t('discardSure'),
                okText: t('discard'),
                onOk: () => outbox.drop(one.key),
              })
            }
          >
            {t('discard')}
          </button>
        </div>
      ))}
      {done && (
        <div className="reg-note tone-green" role="status">
          <span className="grow">{t('saved', { name: done.label })}</span>
          <Link to={`/e/inquiry/${done.id}`}>{t('openEntry')}</Link>
        </div>
      )}
      {done && (done.duplicates?.length ?? 0) > 0 && (
        <Duplicates
          inquiryId={done.id}
          items={done.duplicates ?? []}
          onDone={() => setDone(undefined)}
        />
      )}
      <form ref={form} className="card reg-form" noValidate onSubmit={save} onKeyDown={onKeyDown}>
        <fieldset className="reg-kind">
          <legend className="sr">{label(fieldOf(meta, 'kind')?.label)}</legend>
          {(['call', 'visit'] as const).map((kind) => (
            <label key={kind} className={values.kind === kind ? 'on' : undefined}>
              <input
                type="radio"
                name="kind"
                checked={values.kind === kind}
                onChange={() => set({ kind })}
              />
              {t(kind)}
            </label>
          ))}
        </fieldset>
        <TextField
          {...field('phone')}
          label={t('phone')}
          required
          type="tel"
          hint={t('phoneHint')}
          autoFocus={!phone}
        />
        <KnownCard query={known} phone={values.phone} />
        <TextField {...field('name')} label={t('name')} required hint={t('nameHint')} max={60} />
        <Channels {...field('channel_id')} />
        <div className="reg-two">
          <TextField {...field('brand_name')} label={t('brand')} max={120} />
          <Categories {...field('category_id')} />
        </div>
        {values.kind === 'visit' && (
          <div className="reg-two">
            <TextField {...field('visitors')} label={t('visitors')} type="numeric" />
            <TextField
              {...field('units_shown')}
              label={t('unitsShown')}
              hint={t('unitsShownHint')}
              max={200}
            />
          </div>
        )}
        <Field name="content" label={t('content')} error={errors.content}>
          <textarea
            id="reg-content"
            name="content"
            data-stop
            rows={2}
            maxLength={1000}
            placeholder={t('contentHint')}
            value={values.content}
            onChange={(event) => set({ content: event.target.value })}
          />
        </Field>
        <NextDay {...field('next_follow_on')} today={me.today} />
        <details className="reg-more">
          <summary>{t('more')}</summary>
          <div className="reg-two">
            <TextField {...field('area_min')} label={t('area')} type="decimal" suffix="㎡" />
            <TextField
              {...field('budget_price')}
              label={t('budget')}
              type="decimal"
              suffix="元/㎡/月"
            />
            <TextField {...field('floors_wish')} label={t('floors')} max={120} />
            <Field name="grade" label={t('grade')} error={errors.grade}>
              <select
                id="reg-grade"
                name="grade"
                data-stop
                value={values.grade}
                onChange={(event) => set({ grade: event.target.value })}
              >
                <option value="">—</option>
                {(fieldOf(meta, 'grade')?.options ?? []).map((one) => (
                  <option key={one.value} value={one.value}>
                    {label(one.label)}
                  </option>
                ))}
              </select>
            </Field>
          </div>
        </details>
        {errors.general && (
          <p className="reg-error" role="alert">
            {errors.general}
          </p>
        )}
        <footer className="reg-foot">
          <small className="dim grow">{!phone && t('keys', { mod: MOD })}</small>
          <Button onClick={reset} disabled={busy}>
            {t('clear')}
          </Button>
          <Button type="primary" htmlType="submit" loading={busy}>
            {busy ? t('saving') : t('save')}
            {!phone && !busy && <Kbd>{MOD}↵</Kbd>}
          </Button>
        </footer>
      </form>
    </div>
  );
}

interface FieldProps {
  name: keyof Values;
  values: Values;
  errors: Errors;
  set: (change: Partial<Values>) => void;
}

function Field(props: {
  name: string;
  label: string;
  required?: boolean | undefined;
  error?: string | undefined;
  children: ReactNode;
}) {
  return (
    <div className={`reg-field${props.error ? ' bad' : ''}`}>
      <label htmlFor={`reg-${props.name}`}>
        {props.label}
        {props.required && (
          <span className="ink-red" aria-hidden="true">
            *
          </span>
        )}
      </label>
      {props.children}
      {props.error && (
        <p className="reg-error" id={`reg-${props.name}-error`} role="alert">
          {props.error}
        </p>
      )}
    </div>
  );
}

function TextField(
  props: FieldProps & {
    label: string;
    required?: boolean;
    hint?: string;
    type?: 'tel' | 'numeric' | 'decimal';
    suffix?: string;
    max?: number;
    autoFocus?: boolean;
  },
) {
  const { name, errors, type } = props;
  return (
    <Field name={name} label={props.label} required={props.required} error={errors[name]}>
      <span className="reg-input">
        <input
          id={`reg-${name}`}
          name={name}
          data-stop
          type={type === 'tel' ? 'tel' : 'text'}
          inputMode={type ?? 'text'}
          enterKeyHint="next"
          autoComplete="off"
          maxLength={props.max ?? 30}
          placeholder={props.hint}
          required={props.required}
          aria-invalid={errors[name] ? true : undefined}
          aria-describedby={errors[name] ? `reg-${name}-error` : undefined}
          // biome-ignore lint/a11y/noAutofocus: the page is for typing a number, at once
          autoFocus={props.autoFocus}
          value={props.values[name]}
          onChange={(event) => props.set({ [name]: event.target.value })}
        />
        {props.suffix && <span className="unit">{props.suffix}</span>}
      </span>
    </Field>
  );
}

function useRows(entity: string) {
  return useQuery({
    queryKey: ['list', entity, 'register'],
    queryFn: () => api.get<Page>(`/api/${entity}`, { page: 1, size: 200 }),
    staleTime: 10 * 60_000,
  });
}

function useRowName(): (row: Row) => string {
  const lang = useLang();
  return (row) => String((lang === 'en' && row.name_en) || row.name || row.label || row.id);
}

const bySeq = (a: Row, b: Row) => Number(a.seq ?? 0) - Number(b.seq ?? 0);

/* Big chips: the one thing nobody may forget to ask. */
function Channels({ values, errors, set }: FieldProps) {
  const t = useText();
  const nameOf = useRowName();
  const rows = useRows('channel');
  const error = errors.channel_id;
  return (
    <fieldset
      className={`reg-field reg-channels${error ? ' bad' : ''}`}
      data-stop
      aria-describedby={error ? 'reg-channel-error' : undefined}
    >
      <legend>
        {t('channel')}
        <span className="ink-red" aria-hidden="true">
          *
        </span>
      </legend>
      {!rows.data &&
        !rows.error &&
        [64, 64, 76, 64, 64].map((width, i) => (
          <span key={i} className="skel" style={{ width, height: 40 }} />
        ))}
      {[...(rows.data?.items ?? [])]
        .filter((row) => row.active !== false)
        .sort(bySeq)
        .map((row) => (
          <label key={row.id} className={values.channel_id === row.id ? 'on' : undefined}>
            <input
              type="radio"
              name="channel_id"
              checked={values.channel_id === row.id}
              onChange={() => set({ channel_id: row.id })}
            />
            {nameOf(row)}
          </label>
        ))}
      {rows.error && (
        <button type="button" className="link-btn" onClick={() => rows.refetch()}>
          {errorText(rows.error, '')}
        </button>
      )}
      {error && (
        <p className="reg-error" id="reg-channel-error" role="alert">
          {error}
        </p>
      )}
    </fieldset>
  );
}

/* Two levels: the second in groups of the first. */
function Categories({ values, errors, set }: FieldProps) {
  const t = useText();
  const nameOf = useRowName();
  const rows = useRows('category');
  const items = [...(rows.data?.items ?? [])].filter((row) => row.active !== false).sort(bySeq);
  const parentOf = (row: Row) => (row.parent_id as { id: string } | null)?.id;
  const tops = items.filter((row) => !parentOf(row));
  const option = (row: Row) => (
    <option key={row.id} value={row.id}>
      {nameOf(row)}
    </option>
  );
  return (
    <Field name="category_id" label={t('category')} error={errors.category_id}>
      <select
        id="reg-category_id"
        name="category_id"
        data-stop
        value={values.category_id}
        onChange={(event) => set({ category_id: event.target.value })}
      >
        <option value="">{t('categoryNone')}</option>
        {tops.map((top) => {
          const below = items.filter((row) => parentOf(row) === top.id);
          return below.length ? (
            <optgroup key={top.id} label={nameOf(top)}>
              {option(top)}
              {below.map(option)}
            </optgroup>
          ) : (
            option(top)
          );
        })}
      </select>
    </Field>
  );
}

function NextDay({ values, errors, set, today }: FieldProps & { today: string }) {
  const t = useText();
  const quick: [string, string][] = [
    [t('tomorrow'), addDays(today, 1)],
    [t('in3'), addDays(today, 3)],
    [t('nextWeek'), addDays(monday(today), 7)],
    [t('noNext'), ''],
  ];
  const pick = (day: string) => set({ next_follow_on: day });
  return (
    <fieldset className="reg-field reg-next" data-stop>
      <legend>{t('next')}</legend>
      {quick.map(([text, day]) => (
        <label key={text} className={values.next_follow_on === day ? 'on' : undefined}>
          <input
            type="radio"
            name="next"
            checked={values.next_follow_on === day}
            onChange={() => pick(day)}
          />
          {text}
        </label>
      ))}
      <DayPicker
        aria-label={t('otherDay')}
        min={today}
        value={values.next_follow_on}
        onChange={(day) => pick(day ?? '')}
      />
      {errors.next_follow_on && <p className="reg-error">{errors.next_follow_on}</p>}
    </fieldset>
  );
}
