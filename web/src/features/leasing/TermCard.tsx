/* One charge term: a row with what always matters, and everything else behind "details". */
import {
  CopyOutlined,
  DeleteOutlined,
  DownOutlined,
  PlusOutlined,
  UpOutlined,
} from '@ant-design/icons';
import { Button, Checkbox, Input, Select } from 'antd';
import { type ReactNode, use, useEffect, useState } from 'react';
import { formatDecimal, plainNumber } from '@/shared/format';
import { addMonths } from './days';
import { Control, Errors, Field, PathError } from './form';
import { monthFen } from './leaseDraft';
import { IndexFields, TaxAndLate, Turnover } from './TermMoney';
import {
  freeOffset,
  hasPrice,
  isPerArea,
  isPerDay,
  isTurnover,
  type LeaseDays,
  leadingFree,
  type TermDraft,
} from './termDraft';
import { Group, type Part, Remove } from './termParts';
import { type Text, useText } from './text';
import {
  BASES,
  type Basis,
  type ChargeItem,
  CYCLES,
  MODELS,
  PRORATIONS,
  ROUNDINGS,
  type UnitRow,
} from './types';

interface CardProps {
  index: number;
  term: TermDraft;
  days: LeaseDays;
  items: ChargeItem[];
  unitNos: string[];
  facts: UnitRow[];
  onChange: (patch: Partial<TermDraft>) => void;
  onCopy: () => void;
  onRemove: () => void;
}

/* What is behind "details", in a sentence. */
export function termSummary(t: Text, term: TermDraft, days: LeaseDays): string[] {
  const parts: string[] = [];
  if (term.unit) parts.push(t('sum.unit', { no: term.unit }));
  if (term.from || term.to) {
    parts.push(
      t('sum.part', {
        from: term.from ?? days.from_on ?? '',
        to: term.to ?? days.to_on ?? '',
      }),
    );
  }
  if (isTurnover(term.model)) {
    parts.push(
      term.tiered
        ? t('sum.tiers', { n: term.tiers.length })
        : t('sum.percent', { n: term.percent || '—' }),
      t(`settles.${term.settle}`),
    );
  }
  if (term.cycle !== 0 && term.basis !== 'once') {
    parts.push(
      term.anchored
        ? t('sum.anchored', {
            day: term.anchorDay || Number((term.from ?? days.from_on ?? '').slice(8)) || '—',
          })
        : t('sum.calendar'),
    );
  }
  parts.push(
    term.dueKind === 'day'
      ? t('sum.day', { month: t(`dueMonths.${term.dueMonth}`), day: term.dueDay || '—' })
      : t(term.dueKind === 'days_before' ? 'sum.before' : 'sum.after', { n: term.dueDays || '0' }),
  );
  if (hasPrice(term.model) && term.basis !== 'once') {
    for (const rule of term.stepKind === 'rule' ? term.rules : []) {
      parts.push(
        t('sum.step', {
          n: rule.every_months || '—',
          value: rule.by === 'percent' ? `${rule.value || '—'}%` : `¥${rule.value || '—'}`,
        }),
      );
    }
    if (term.stepKind === 'table') parts.push(t('sum.steps', { n: term.table.length }));
    if (term.stepKind === 'index') parts.push(t('sum.index', { name: term.index.table || '—' }));
    const leading = term.freeUntilRent ? leadingFree(days) : null;
    if (leading) parts.push(t('sum.free', { day: leading.to }));
    if (term.free.length) parts.push(t('sum.freeMore', { n: term.free.length }));
  }
  if (term.taxRate !== '') {
    parts.push(
      t(term.taxIncluded ? 'sum.taxIn' : 'sum.taxOut', { n: formatDecimal(term.taxRate) }),
    );
  }
  if (term.lateRate) parts.push(t('sum.late', { n: term.lateRate }));
  return parts;
}

/* Complaints about what is behind "details". */
function hidesError(errors: ReadonlyMap<string, string>, prefix: string): boolean {
  const shown = ['item', 'model', 'price', 'basis', 'cycle_months'];
  return [...errors.keys()].some(
    (path) => path.startsWith(prefix) && !shown.includes(path.slice(prefix.length)),
  );
}

function priceHint(t: Text, term: TermDraft, facts: UnitRow[]): ReactNode {
  if (term.item !== 'rent' || !isPerArea(term.basis) || !facts.length) return undefined;
  const month = (basis: string | null, price: string | null) =>
    price ? monthFen((basis as Basis) || 'per_m2_month', price, '100') : 0n;
  const floor = facts.reduce((most, row) => {
    const fen = month(row.price_basis, row.floor_price);
    return fen > most ? fen : most;
  }, 0n);
  const target = facts.reduce((most, row) => {
    const fen = month(row.price_basis, row.target_price);
    return fen > most ? fen : most;
  }, 0n);
  if (floor === 0n && target === 0n) return undefined;
  // Prices per 100 ㎡ in fen are prices per ㎡ in 1/10 000 yuan.
  const text = (fen: bigint) => formatDecimal((Number(fen) / 10_000).toFixed(4), 2);
  const mine = plainNumber(term.price) ? month(term.basis, plainNumber(term.price)) : 0n;
  if (mine > 0n && floor > 0n && mine < floor) {
    return <span className="ink-amber">{t('below', { price: text(floor) })}</span>;
  }
  return t('priceHint', { target: target ? text(target) : '—', floor: floor ? text(floor) : '—' });
}

export function TermCard(props: CardProps) {
  const t = useText();
  const errors = use(Errors);
  const { index, term, days, items, onChange } = props;
  const path = `terms[${index}].`;
  const wrongInside = hidesError(errors, path);
  const [open, setOpen] = useState(false);
  useEffect(() => {
    if (wrongInside) setOpen(true);
  }, [wrongInside]);
  const price = (value: unknown) => onChange({ price: (value as string | null) ?? '' });
  const setItem = (code: string) => {
    const item = items.find((one) => one.code === code);
    onChange({
      item: code,
      ...(item ? { taxRate: item.tax_rate, freeUntilRent: !item.in_fitout } : {}),
      ...(item?.kind === 'turnover' ? { model: 'turnover' as const } : {}),
    });
  };
  return (
    <li className="term">
      <div className="term-row">
        <Field label={t('item')} path={`${path}item`} required>
          <Select
            value={term.item || null}
            placeholder={t('item')}
            showSearch={{ optionFilterProp: 'label' }}
            popupMatchSelectWidth={180}
            options={items
              .filter((one) => one.active || one.code === term.item)
              .map((one) => ({ value: one.code, label: one.name }))}
            onChange={setItem}
          />
        </Field>
        <Field label={t('model')} path={`${path}model`}>
          <Select
            value={term.model}
            options={MODELS.map((value) => ({ value, label: t(`models.${value}`) }))}
            onChange={(model: TermDraft['model']) =>
              onChange({ model, ...(model === 'fixed' ? {} : { settle: term.settle }) })
            }
          />
        </Field>
        {hasPrice(term.model) ? (
          <>
            <Field
              label={isPerArea(term.basis) ? t('price') : t('amount')}
              path={`${path}price`}
              required
            >
              <Control type="price" value={term.price} onChange={price} />
            </Field>
            <Field label={t('basis')} path={`${path}basis`}>
              <Select
                value={term.basis}
                options={BASES.map((value) => ({ value, label: t(`bases.${value}`) }))}
                onChange={(basis: Basis) =>
                  onChange({
                    basis,
                    ...(isPerDay(basis)
                      ? {}
                      : { proration: term.proration === 'daily_unit' ? '' : term.proration }),
                  })
                }
              />
            </Field>
          </>
        ) : (
          <Field label={t('percent')} path={`${path}turnover.percent`} className="term-percent">
            <Control
              type="percent"
              value={term.tiered ? '' : term.percent}
              disabled={term.tiered}
              onChange={(value) => onChange({ percent: (value as string | null) ?? '' })}
            />
          </Field>
        )}
        <Field label={t('cycle')} path={`${path}cycle_months`}>
          <Select
            value={term.basis === 'once' ? 0 : term.cycle}
            disabled={term.basis === 'once'}
            options={CYCLES.map((value) => ({ value, label: t(`cycles.c${value}`) }))}
            onChange={(cycle: number) => onChange({ cycle })}
          />
        </Field>
        <div className="term-tools">
          <button
            type="button"
            className="icon-btn"
            aria-label={t('copyTerm')}
            title={t('copyTerm')}
            onClick={props.onCopy}
          >
            <CopyOutlined />
          </button>
          <button
            type="button"
            className="icon-btn"
            aria-label={t('removeTerm')}
            title={t('removeTerm')}
            onClick={props.onRemove}
          >
            <DeleteOutlined />
          </button>
        </div>
      </div>
      <TermNote hint={priceHint(t, term, props.facts)} />
      <button
        type="button"
        className="term-sum"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        <span className="term-sum-text">{termSummary(t, term, days).join(t('sum.join'))}</span>
        <span className="term-sum-more">
          {open ? t('detailsHide') : t('details')} {open ? <UpOutlined /> : <DownOutlined />}
        </span>
      </button>
      {open && <Details {...props} path={path} />}
    </li>
  );
}

function TermNote({ hint }: { hint: ReactNode }) {
  return hint ? <p className="term-note">{hint}</p> : null;
}

function Details(props: CardProps & { path: string }) {
  const t = useText();
  const { term, path, onChange, unitNos } = props;
  const once = term.basis === 'once' && hasPrice(term.model);
  return (
    <div className="term-details">
      {isTurnover(term.model) && <Turnover term={term} path={path} onChange={onChange} />}
      {!once && <Billing term={term} path={path} onChange={onChange} />}
      {once && <Due term={term} path={path} onChange={onChange} />}
      {hasPrice(term.model) && !once && <Steps {...props} />}
      {!once && <Free {...props} />}
      {!once && hasPrice(term.model) && <Rules term={term} path={path} onChange={onChange} />}
      <TaxAndLate term={term} path={path} onChange={onChange} />
      <Group title={t('group.scope')}>
        <Field label={`${t('termFromTo')} ${t('from')}`} path={`${path}from`}>
          <Control
            type="day"
            placeholder={t('wholeTerm')}
            value={term.from}
            onChange={(value) => onChange({ from: value as string | null })}
          />
        </Field>
        <Field label={t('to')} path={`${path}to`}>
          <Control
            type="day"
            placeholder={t('wholeTerm')}
            value={term.to}
            onChange={(value) => onChange({ to: value as string | null })}
          />
        </Field>
        <Field label={t('onlyUnit')} path={`${path}unit`}>
          <Select
            value={term.unit}
            options={[
              { value: '', label: t('allUnits') },
              ...[...new Set([...unitNos, ...(term.unit ? [term.unit] : [])])].map((value) => ({
                value,
                label: value,
              })),
            ]}
            onChange={(unit: string) => onChange({ unit })}
          />
        </Field>
      </Group>
      {Object.keys(term.rest).some((name) => name !== 'late' && name !== 'turnover') && (
        <p className="dim">{t('keeps')}</p>
      )}
    </div>
  );
}

function DueFields({ term, path, onChange }: Part) {
  const t = useText();
  return (
    <>
      <Field label={t('due')}>
        <Select
          value={term.dueKind}
          options={[
            { value: 'days_before', label: t('dueBefore') },
            { value: 'days_after', label: t('dueAfter') },
            { value: 'day', label: t('dueFixed') },
          ]}
          onChange={(dueKind: TermDraft['dueKind']) => onChange({ dueKind })}
        />
      </Field>
      {term.dueKind === 'day' ? (
        <>
          <Field label={t('dueMonth')} path={`${path}due.month`}>
            <Select
              value={term.dueMonth}
              options={(['previous', 'same', 'next'] as const).map((value) => ({
                value,
                label: t(`dueMonths.${value}`),
              }))}
              onChange={(dueMonth: TermDraft['dueMonth']) => onChange({ dueMonth })}
            />
          </Field>
          <Field label={t('dueDay')} path={`${path}due`}>
            <Control
              type="int"
              value={term.dueDay}
              onChange={(value) => onChange({ dueDay: (value as string | null) ?? '' })}
            />
          </Field>
        </>
      ) : (
        <Field label={t('dueDays')} path={`${path}due`}>
          <Control
            type="int"
            value={term.dueDays}
            onChange={(value) => onChange({ dueDays: (value as string | null) ?? '' })}
          />
        </Field>
      )}
      <Checkbox
        className="term-check"
        checked={term.dueWorking}
        onChange={(event) => onChange({ dueWorking: event.target.checked })}
      >
        {t('dueWorking')}
      </Checkbox>
    </>
  );
}

function Due(props: Part) {
  const t = useText();
  return (
    <Group title={t('due')}>
      <DueFields {...props} />
    </Group>
  );
}

function Billing(props: Part) {
  const t = useText();
  const { term, path, onChange } = props;
  return (
    <Group title={t('group.billing')}>
      <Field label={t('anchor')} path={`${path}billing`}>
        <Select
          value={term.anchored ? 'a' : 'c'}
          options={[
            { value: 'a', label: t('anchored') },
            { value: 'c', label: t('calendar') },
          ]}
          onChange={(value: string) => onChange({ anchored: value === 'a' })}
        />
      </Field>
      {term.anchored && (
        <Field label={t('anchorDay')} path={`${path}anchor_day`} hint={t('anchorDayHint')}>
          <Control
            type="int"
            value={term.anchorDay}
            onChange={(value) => onChange({ anchorDay: (value as string | null) ?? '' })}
          />
        </Field>
      )}
      <DueFields {...props} />
    </Group>
  );
}

function Steps({ term, path, days, onChange }: CardProps & { path: string }) {
  const t = useText();
  const begin = term.from ?? days.from_on;
  const nextRule = () => ({
    every_months: '12',
    first_on: begin ? addMonths(begin, 12) : null,
    by: 'percent' as const,
    value: '',
    compound: true,
    floor: false,
  });
  const nextPrice = () => {
    const last = term.table.at(-1)?.from ?? begin;
    return { from: last ? addMonths(last, 12) : null, price: '' };
  };
  const setKind = (stepKind: TermDraft['stepKind']) =>
    onChange({
      stepKind,
      ...(stepKind === 'rule' && !term.rules.length ? { rules: [nextRule()] } : {}),
      ...(stepKind === 'table' && !term.table.length ? { table: [nextPrice()] } : {}),
    });
  const rule = (i: number, patch: Partial<TermDraft['rules'][number]>) =>
    onChange({ rules: term.rules.map((one, j) => (j === i ? { ...one, ...patch } : one)) });
  const price = (i: number, patch: Partial<TermDraft['table'][number]>) =>
    onChange({ table: term.table.map((one, j) => (j === i ? { ...one, ...patch } : one)) });
  return (
    <fieldset className="term-group">
      <legend>{t('group.steps')}</legend>
      <fieldset className="switcher">
        <legend className="sr">{t('stepKind')}</legend>
        {(['none', 'rule', 'table', 'index'] as const).map((kind) => (
          <button
            key={kind}
            type="button"
            aria-pressed={term.stepKind === kind}
            onClick={() => setKind(kind)}
          >
            {t(`stepKinds.${kind}`)}
          </button>
        ))}
      </fieldset>
      {term.stepKind === 'rule' &&
        term.rules.map((one, i) => (
          <div key={i} className="step-row">
            <Field label={t('every')} path={`${path}steps[${i}].every_months`}>
              <Control
                type="int"
                value={one.every_months}
                onChange={(value) => rule(i, { every_months: (value as string | null) ?? '' })}
              />
            </Field>
            <Field label={t('firstOn')} path={`${path}steps[${i}].first_on`}>
              <Control
                type="day"
                value={one.first_on}
                onChange={(value) => rule(i, { first_on: value as string | null })}
              />
            </Field>
            <Field label={t('by')}>
              <Select
                value={one.by}
                options={[
                  { value: 'percent', label: t('byPercent') },
                  { value: 'amount', label: t('byAmount') },
                ]}
                onChange={(by: 'percent' | 'amount') => rule(i, { by })}
              />
            </Field>
            <Field label={one.by === 'percent' ? '%' : '¥'} path={`${path}steps[${i}].${one.by}`}>
              <Control
                type={one.by === 'percent' ? 'percent' : 'price'}
                value={one.value}
                onChange={(value) => rule(i, { value: (value as string | null) ?? '' })}
              />
            </Field>
            <Remove
              label={t('removeStep')}
              onClick={() =>
                onChange({
                  rules: term.rules.filter((_, j) => j !== i),
                  ...(term.rules.length === 1 ? { stepKind: 'none' as const } : {}),
                })
              }
            />
            <div className="step-checks">
              <Checkbox
                checked={one.compound}
                onChange={(event) => rule(i, { compound: event.target.checked })}
              >
                {t('compound')}
              </Checkbox>
              <Checkbox
                checked={one.floor}
                onChange={(event) => rule(i, { floor: event.target.checked })}
              >
                {t('floorYuan')}
              </Checkbox>
            </div>
          </div>
        ))}
      {term.stepKind === 'table' &&
        term.table.map((one, i) => (
          <div key={i} className="step-row step-table">
            <Field label={t('stepFrom')} path={`${path}steps[${i}].from`}>
              <Control
                type="day"
                value={one.from}
                onChange={(value) => price(i, { from: value as string | null })}
              />
            </Field>
            <Field label={t('stepPrice')} path={`${path}steps[${i}].price`}>
              <Control
                type="price"
                value={one.price}
                onChange={(value) => price(i, { price: (value as string | null) ?? '' })}
              />
            </Field>
            <Remove
              label={t('removeStep')}
              onClick={() =>
                onChange({
                  table: term.table.filter((_, j) => j !== i),
                  ...(term.table.length === 1 ? { stepKind: 'none' as const } : {}),
                })
              }
            />
          </div>
        ))}
      {term.stepKind === 'index' && <IndexFields term={term} path={path} onChange={onChange} />}
      <PathError path={`${path}steps`} />
      {(term.stepKind === 'rule' || term.stepKind === 'table') && (
        <Button
          size="small"
          icon={<PlusOutlined />}
          onClick={() =>
            onChange(
              term.stepKind === 'rule'
                ? { rules: [...term.rules, nextRule()] }
                : { table: [...term.table, nextPrice()] },
            )
          }
        >
          {t('addStep')}
        </Button>
      )}
    </fieldset>
  );
}

function Free({ term, path, days, onChange }: CardProps & { path: string }) {
  const t = useText();
  const offset = freeOffset(term, days);
  const leading = leadingFree(days);
  const set = (i: number, patch: Partial<TermDraft['free'][number]>) =>
    onChange({ free: term.free.map((one, j) => (j === i ? { ...one, ...patch } : one)) });
  const remove = (i: number) => onChange({ free: term.free.filter((_, j) => j !== i) });
  return (
    <fieldset className="term-group">
      <legend>{t('group.free')}</legend>
      <Checkbox
        checked={term.freeUntilRent}
        onChange={(event) => onChange({ freeUntilRent: event.target.checked })}
      >
        {t('freeUntilRent')}
        {leading && (
          <span className="dim num">
            {' '}
            {leading.from} – {leading.to}
          </span>
        )}
      </Checkbox>
      {term.free.map((one, i) =>
        one.yearly === null ? (
          <div key={i} className="step-row step-table">
            <Field label={t('from')} path={`${path}free[${i + offset}].from`}>
              <Control
                type="day"
                value={one.from}
                onChange={(value) => set(i, { from: value as string | null })}
              />
            </Field>
            <Field label={t('to')} path={`${path}free[${i + offset}].to`}>
              <Control
                type="day"
                value={one.to}
                onChange={(value) => set(i, { to: value as string | null })}
              />
            </Field>
            <Remove label={t('removeFree')} onClick={() => remove(i)} />
          </div>
        ) : (
          <div key={i} className="step-row step-table">
            <Field
              label={t('yearly')}
              path={`${path}free[${i + offset}].yearly`}
              hint={t('yearlyHint')}
            >
              <Input
                value={one.yearly}
                placeholder="02-10..02-16"
                onChange={(event) => set(i, { yearly: event.target.value })}
              />
            </Field>
            <Remove label={t('removeFree')} onClick={() => remove(i)} />
          </div>
        ),
      )}
      <PathError path={`${path}free`} />
      <div className="row wrap">
        <Button
          size="small"
          icon={<PlusOutlined />}
          onClick={() => onChange({ free: [...term.free, { from: null, to: null, yearly: null }] })}
        >
          {t('addFree')}
        </Button>
        <Button
          size="small"
          icon={<PlusOutlined />}
          onClick={() => onChange({ free: [...term.free, { from: null, to: null, yearly: '' }] })}
        >
          {t('addYearly')}
        </Button>
      </div>
    </fieldset>
  );
}

function Rules({ term, path, onChange }: Part) {
  const t = useText();
  const daily = isPerDay(term.basis);
  return (
    <Group title={t('group.rules')}>
      <Field label={t('proration')} path={`${path}proration`}>
        <Select
          value={term.proration}
          options={[
            { value: '', label: t('prorations.auto') },
            ...PRORATIONS.filter((value) => value !== 'daily_unit' || daily).map((value) => ({
              value,
              label: t(`prorations.${value}`),
            })),
          ]}
          onChange={(proration: TermDraft['proration']) => onChange({ proration })}
        />
      </Field>
      <Field label={t('rounding')} path={`${path}rounding`}>
        <Select
          value={term.rounding}
          options={ROUNDINGS.map((value) => ({ value, label: t(`roundings.${value}`) }))}
          onChange={(rounding: TermDraft['rounding']) => onChange({ rounding })}
        />
      </Field>
      {daily && (
        <>
          <Field label={t('yearDays')} path={`${path}year_days`}>
            <Select
              value={term.yearDays}
              options={[
                { value: 'actual', label: t('yearDaysOf.actual') },
                { value: '365', label: t('yearDaysOf.d365') },
                { value: '360', label: t('yearDaysOf.d360') },
              ]}
              onChange={(yearDays: TermDraft['yearDays']) => onChange({ yearDays })}
            />
          </Field>
          <Field label={t('monthPrice')} path={`${path}month_price`}>
            <Select
              value={term.monthPrice}
              options={(['days', 'year_12'] as const).map((value) => ({
                value,
                label: t(`monthPrices.${value}`),
              }))}
              onChange={(monthPrice: TermDraft['monthPrice']) => onChange({ monthPrice })}
            />
          </Field>
        </>
      )}
    </Group>
  );
}
