/* The shorter sections of the wizard: parties, units, days, deposits, text. */
import {
  CopyOutlined,
  DeleteOutlined,
  PlusOutlined,
  QuestionCircleOutlined,
} from '@ant-design/icons';
import { App, Button, Checkbox, Input, Select, Tooltip } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { api } from '@/shared/api/client';
import { DEPOSIT_KINDS, LEASE_DEPOSITS } from '@/shared/deposit';
import { daysBetween, formatDecimal, formatMoney, plainNumber } from '@/shared/format';
import { labelIn, useLabel, useLang, useT } from '@/shared/i18n';
import { RefSelect } from '@/shared/meta/RefSelect';
import { fieldOf, type Ref } from '@/shared/meta/types';
import { useEntity } from '@/shared/session';
import { errorText } from '@/shared/ui';
import { addDays, addMonths, lastLawfulDay, spanOf } from './days';
import { Control, Field, PathError } from './form';
import {
  areaOf,
  type DepositDraft,
  depositAmount,
  emptyDeposit,
  fenText,
  type LeaseDraft,
  type UnitDraft,
} from './leaseDraft';
import { type Text, useText } from './text';
import { CLAUSES, type Lease } from './types';

const UnitPicker = lazy(() => import('./UnitPicker').then((m) => ({ default: m.UnitPicker })));

export interface PartProps {
  draft: LeaseDraft;
  /* Changes part of the draft; complaints at or below the paths go. */
  update: (patch: Partial<LeaseDraft>, ...paths: string[]) => void;
}

export function spanText(t: Text, from: string | null, to: string | null): string {
  const span = from && to ? spanOf(from, to) : null;
  if (!span) return '';
  if (span.months === 0) return t('spanOnlyDays', { days: span.days });
  return span.days
    ? t('spanDays', { months: span.months, days: span.days })
    : t('span', { months: span.months });
}

export function Parties(props: PartProps & { isNew: boolean; onCopy: (source: Lease) => void }) {
  const t = useText();
  const base = useT();
  const label = useLabel();
  const { message } = App.useApp();
  const meta = useEntity('lease');
  const { draft, update } = props;
  const [source, setSource] = useState<Ref | null>(null);
  const copy = async (choice: Ref | null) => {
    setSource(choice);
    if (!choice) return;
    try {
      props.onCopy(await api.get<Lease>(`/api/lease/${choice.id}`));
      message.success(t('copied', { no: choice.label }));
    } catch (error) {
      message.error(errorText(error, base('state.network')));
    }
    setSource(null);
  };
  const kinds = (meta && fieldOf(meta, 'kind')?.options) ?? [];
  const ref = (name: 'merchant_id' | 'brand_id' | 'category_id' | 'owner_id', entity: string) => (
    <Control
      type="ref"
      entity={entity}
      value={draft[name]}
      onChange={(value) => update({ [name]: value as Ref | null }, name)}
    />
  );
  return (
    <>
      {(draft.intent_id || draft.lead_id) && (
        <p className="lf-origin">
          {draft.intent_id && (
            <span>
              {t('fromIntent')} <b>{draft.intent_id.label}</b>
            </span>
          )}
          {draft.lead_id && (
            <span>
              {t('fromLead')} <b>{draft.lead_id.label}</b>
            </span>
          )}
        </p>
      )}
      <div className="lf-grid">
        <Field label={t('merchant')} path="merchant_id" required>
          {ref('merchant_id', 'merchant')}
        </Field>
        <Field label={t('brand')} path="brand_id">
          {ref('brand_id', 'brand')}
        </Field>
        <Field label={t('category')} path="category_id">
          {ref('category_id', 'category')}
        </Field>
        <Field label={t('kind')} path="kind">
          <Select
            value={draft.kind}
            options={kinds.map((one) => ({ value: one.value, label: label(one.label) }))}
            onChange={(kind: string) => update({ kind }, 'kind')}
          />
        </Field>
        <Field label={t('owner')} path="owner_id" hint={props.isNew ? t('ownerHint') : undefined}>
          {ref('owner_id', 'staff')}
        </Field>
        <Field label={t('copyFrom')} hint={t('copyHint')}>
          <RefSelect entity="lease" value={source} onChange={copy} />
        </Field>
      </div>
    </>
  );
}

export function Units({ draft, update }: PartProps) {
  const t = useText();
  const [picking, setPicking] = useState(false);
  const set = (i: number, patch: Partial<UnitDraft>) =>
    update(
      { units: draft.units.map((one, j) => (j === i ? { ...one, ...patch } : one)) },
      `units[${i}]`,
      'units',
    );
  return (
    <>
      {draft.units.length > 0 && (
        <ul className="unit-rows">
          {draft.units.map((one, i) => (
            <li key={one.unit.id}>
              <div className="unit-name">
                <b>{one.unit.label}</b>
                <small className="dim">
                  {[
                    one.floor,
                    one.info?.area_leasable &&
                      t('areaFile', { n: formatDecimal(one.info.area_leasable, 2) }),
                  ]
                    .filter(Boolean)
                    .join('  ')}
                </small>
              </div>
              <Field label={t('rentArea')} path={`units[${i}].area`} required>
                <Control
                  type="area"
                  value={one.area}
                  onChange={(value) => set(i, { area: (value as string | null) ?? '' })}
                />
              </Field>
              <Field label={t('from')} path={`units[${i}].from_on`}>
                <Control
                  type="day"
                  placeholder={t('wholeTerm')}
                  value={one.from_on}
                  onChange={(value) => set(i, { from_on: value as string | null })}
                />
              </Field>
              <Field label={t('to')} path={`units[${i}].to_on`}>
                <Control
                  type="day"
                  placeholder={t('wholeTerm')}
                  value={one.to_on}
                  onChange={(value) => set(i, { to_on: value as string | null })}
                />
              </Field>
              <button
                type="button"
                className="icon-btn"
                aria-label={t('removeUnit', { no: one.unit.label })}
                title={t('removeUnit', { no: one.unit.label })}
                onClick={() =>
                  update({ units: draft.units.filter((_, j) => j !== i) }, 'units', 'terms')
                }
              >
                <DeleteOutlined />
              </button>
            </li>
          ))}
        </ul>
      )}
      <div className="lf-foot">
        <Button icon={<PlusOutlined />} onClick={() => setPicking(true)}>
          {t('pickUnits')}
        </Button>
        {draft.units.length === 0 ? (
          <span className="dim">{t('pickUnitsHint')}</span>
        ) : (
          <span>
            {t('totalArea')}{' '}
            <b className="num">
              {formatDecimal(areaOf(draft.units), 2)}
              <span className="unit">㎡</span>
            </b>
          </span>
        )}
      </div>
      <PathError path="units" />
      <Suspense fallback={null}>
        {picking && (
          <UnitPicker
            chosen={draft.units}
            onClose={() => setPicking(false)}
            onDone={(rows) => {
              setPicking(false);
              const units = rows.map((row): UnitDraft => {
                const old = draft.units.find((one) => one.unit.id === row.id);
                return (
                  old ?? {
                    unit: { id: row.id, label: row.no },
                    floor: row.floor_id?.label ?? '',
                    area: row.area_leasable ?? '',
                    from_on: null,
                    to_on: null,
                    info: row,
                  }
                );
              });
              update({ units }, 'units', 'terms');
            }}
          />
        )}
      </Suspense>
    </>
  );
}

const LENGTHS = [1, 2, 3, 5, 8, 10];

export function TermDays({ draft, update }: PartProps) {
  const t = useText();
  const { from_on, to_on, rent_from_on, handover_on, open_on } = draft;
  const latest = from_on ? lastLawfulDay(from_on) : null;
  const tooLong = latest && to_on && to_on > latest;
  const reversed = from_on && to_on && to_on < from_on;
  const outside = (day: string | null) =>
    day && from_on && to_on && !reversed && (day < from_on || day > to_on)
      ? t('outside')
      : undefined;
  const free = from_on && rent_from_on ? Math.max(0, daysBetween(from_on, rent_from_on)) : 0;
  /* A new first day takes the end and what was the same day along. */
  const setFrom = (next: string | null) => {
    if (!next || !from_on || !to_on) return update({ from_on: next }, 'from_on', 'terms');
    const span = spanOf(from_on, to_on);
    const follow = (day: string | null) => (day === from_on ? next : day);
    update(
      {
        from_on: next,
        to_on: span ? addDays(addDays(addMonths(next, span.months), span.days), -1) : to_on,
        handover_on: follow(handover_on),
        rent_from_on: rent_from_on ? addDays(next, free) : null,
        open_on: follow(open_on),
      },
      'from_on',
      'to_on',
      'terms',
    );
  };
  const day = (name: 'to_on' | 'handover_on' | 'rent_from_on' | 'open_on' | 'sign_on') => (
    <Control
      type="day"
      value={draft[name]}
      onChange={(value) => update({ [name]: value as string | null }, name, 'terms')}
    />
  );
  return (
    <>
      <div className="lf-grid">
        <Field label={t('termFrom')} path="from_on" required>
          <Control
            type="day"
            value={from_on}
            onChange={(value) => setFrom(value as string | null)}
          />
        </Field>
        <Field
          label={t('termTo')}
          path="to_on"
          required
          hint={
            tooLong ? (
              <span className="ink-red">{t('tooLong', { day: latest })}</span>
            ) : reversed ? (
              <span className="ink-red">{t('endFirst')}</span>
            ) : (
              spanText(t, from_on, to_on)
            )
          }
        >
          {day('to_on')}
        </Field>
        <div className="lf">
          <span className="lf-label">{t('yearsLabel')}</span>
          <fieldset className="switcher lf-years">
            <legend className="sr">{t('yearsLabel')}</legend>
            {LENGTHS.map((n) => {
              const end = from_on ? addDays(addMonths(from_on, n * 12), -1) : null;
              return (
                <button
                  key={n}
                  type="button"
                  disabled={!from_on}
                  aria-pressed={end !== null && end === to_on}
                  aria-label={t('years', { n })}
                  onClick={() => update({ to_on: end }, 'to_on', 'terms')}
                >
                  {n}
                </button>
              );
            })}
          </fieldset>
        </div>
        <Field label={t('handover')} path="handover_on">
          {day('handover_on')}
        </Field>
        <Field label={t('fitoutDays')}>
          <Control
            type="int"
            value={from_on && rent_from_on ? String(free) : ''}
            disabled={!from_on}
            onChange={(value) => {
              const n = Number(plainNumber((value as string | null) ?? '') || '0');
              if (from_on && Number.isInteger(n) && n >= 0 && n < 4000) {
                update({ rent_from_on: addDays(from_on, n) }, 'rent_from_on', 'terms');
              }
            }}
          />
        </Field>
        <Field
          label={t('rentFrom')}
          path="rent_from_on"
          hint={
            outside(rent_from_on) ??
            (rent_from_on && to_on
              ? t('rentRuns', { span: spanText(t, rent_from_on, to_on) })
              : undefined)
          }
        >
          {day('rent_from_on')}
        </Field>
        <Field label={t('openOn')} path="open_on" hint={outside(open_on)}>
          {day('open_on')}
        </Field>
        <Field label={t('signOn')} path="sign_on">
          {day('sign_on')}
        </Field>
      </div>
      <TermRibbon draft={draft} />
    </>
  );
}

/* The term at a glance: what is free and what is paid, in proportion. */
function TermRibbon({ draft }: { draft: LeaseDraft }) {
  const t = useText();
  const { from_on, to_on, rent_from_on } = draft;
  if (!from_on || !to_on || to_on < from_on) return null;
  const all = daysBetween(from_on, to_on) + 1;
  const begin =
    rent_from_on && rent_from_on > from_on && rent_from_on <= to_on ? rent_from_on : null;
  const free = begin ? daysBetween(from_on, begin) : 0;
  return (
    <div className="ribbon" aria-hidden="true">
      <div className="ribbon-bar">
        {free > 0 && (
          <span className="ribbon-free" style={{ flexGrow: Math.max(free / all, 0.08) }}>
            {t('freeDays', { n: free })}
          </span>
        )}
        <span className="ribbon-paid" style={{ flexGrow: (all - free) / all }}>
          {t('rentRuns', { span: spanText(t, begin ?? from_on, to_on) })}
        </span>
      </div>
      <div className="ribbon-ends num">
        <span>{from_on}</span>
        <span>{to_on}</span>
      </div>
    </div>
  );
}

export function Deposits(props: PartProps & { monthlyFen: bigint; today: string }) {
  const t = useText();
  const lang = useLang();
  const { draft, update, monthlyFen } = props;
  const set = (i: number, patch: Partial<DepositDraft>) =>
    update(
      { deposits: draft.deposits.map((one, j) => (j === i ? { ...one, ...patch } : one)) },
      `deposits[${i}]`,
    );
  return (
    <>
      {draft.deposits.length === 0 && <p className="dim">{t('noDeposit')}</p>}
      <ul className="deposit-rows">
        {draft.deposits.map((one, i) => {
          const kind = DEPOSIT_KINDS[one.kind];
          const suggested = depositAmount(one.months, monthlyFen);
          return (
            <li key={one.key}>
              <div className="deposit-grid">
                <Field
                  label={
                    <>
                      {t('depositKind')}
                      {kind && (
                        <Tooltip title={labelIn(kind.effect, lang)}>
                          <QuestionCircleOutlined
                            className="form-help"
                            aria-label={labelIn(kind.effect, lang)}
                            tabIndex={0}
                          />
                        </Tooltip>
                      )}
                    </>
                  }
                  path={`deposits[${i}].kind`}
                  required
                >
                  <Select
                    value={one.kind}
                    options={LEASE_DEPOSITS.map((value) => ({
                      value,
                      label: labelIn(DEPOSIT_KINDS[value]?.label, lang),
                    }))}
                    onChange={(value: string) => set(i, { kind: value })}
                  />
                </Field>
                <Field label={t('months')} path={`deposits[${i}].months`}>
                  <Control
                    type="int"
                    value={one.months}
                    onChange={(value) => {
                      const months = plainNumber((value as string | null) ?? '');
                      set(i, {
                        months,
                        amount: depositAmount(months, monthlyFen) || one.amount,
                        auto: true,
                      });
                    }}
                  />
                </Field>
                <Field
                  label={t('amount')}
                  path={`deposits[${i}].amount`}
                  required
                  hint={
                    suggested && suggested !== plainNumber(one.amount) ? (
                      <button
                        type="button"
                        className="link-btn"
                        onClick={() => set(i, { amount: suggested, auto: true })}
                      >
                        {t('depositAuto', {
                          months: one.months,
                          rent: formatMoney(fenText(monthlyFen)),
                        })}
                      </button>
                    ) : undefined
                  }
                >
                  <Control
                    type="money"
                    value={one.amount}
                    onChange={(value) =>
                      set(i, { amount: (value as string | null) ?? '', auto: false })
                    }
                  />
                </Field>
                <Field label={t('dueOn')} path={`deposits[${i}].due_on`}>
                  <Control
                    type="day"
                    value={one.due_on}
                    onChange={(value) => set(i, { due_on: value as string | null })}
                  />
                </Field>
                <Field
                  label={t('refund')}
                  path={`deposits[${i}].refund_rule`}
                  className="deposit-rule"
                >
                  <Input
                    value={one.refund_rule}
                    maxLength={400}
                    onChange={(event) => set(i, { refund_rule: event.target.value })}
                  />
                </Field>
                <button
                  type="button"
                  className="icon-btn"
                  aria-label={t('removeDeposit')}
                  title={t('removeDeposit')}
                  onClick={() =>
                    update({ deposits: draft.deposits.filter((_, j) => j !== i) }, 'deposits')
                  }
                >
                  <DeleteOutlined />
                </button>
              </div>
              {kind && <p className="deposit-effect">{labelIn(kind.effect, lang)}</p>}
            </li>
          );
        })}
      </ul>
      <Button
        icon={<PlusOutlined />}
        onClick={() => {
          const used = new Set(draft.deposits.map((one) => one.kind));
          const kind = LEASE_DEPOSITS.find((one) => !used.has(one)) ?? 'performance';
          update({
            deposits: [
              ...draft.deposits,
              emptyDeposit(kind, draft.sign_on ?? props.today, t('refundDefault')),
            ],
          });
        }}
      >
        {t('addDeposit')}
      </Button>
    </>
  );
}

export function TextPart(props: PartProps & { total: string | undefined }) {
  const t = useText();
  const { draft, update, total } = props;
  const agreed = plainNumber(draft.agreed_total);
  const same = total !== undefined && agreed !== '' && Number(agreed) === Number(total);
  const toggle = (code: string) =>
    update(
      {
        clauses: draft.clauses.includes(code)
          ? draft.clauses.filter((one) => one !== code)
          : [...draft.clauses, code],
      },
      'clauses',
    );
  return (
    <>
      <fieldset className="clauses">
        <legend>
          {t('clauses')} <small className="dim">{t('clausesHint')}</small>
        </legend>
        <div className="clauses-list">
          {CLAUSES.map((code) => (
            <Checkbox
              key={code}
              checked={draft.clauses.includes(code)}
              onChange={() => toggle(code)}
            >
              {t(`clause.${code}`)}
            </Checkbox>
          ))}
        </div>
        <button
          type="button"
          className="link-btn"
          onClick={() =>
            update(
              { clauses: draft.clauses.length === CLAUSES.length ? [] : [...CLAUSES] },
              'clauses',
            )
          }
        >
          {draft.clauses.length === CLAUSES.length ? t('none') : t('all')}
        </button>
      </fieldset>
      <div className="lf-grid lf-two">
        <Field label={t('template')} path="template_id">
          <Control
            type="ref"
            entity="document_template"
            value={draft.template_id}
            onChange={(value) => update({ template_id: value as Ref | null }, 'template_id')}
          />
        </Field>
        <Field
          label={t('agreedTotal')}
          path="agreed_total"
          hint={
            agreed && total !== undefined ? (
              same ? (
                <span className="ink-green">{t('agreedSame')}</span>
              ) : (
                <span className="ink-amber">
                  {t('agreedDiffers', { total: formatMoney(total) })}
                </span>
              )
            ) : total !== undefined ? (
              <button
                type="button"
                className="link-btn"
                onClick={() => update({ agreed_total: total }, 'agreed_total')}
              >
                <CopyOutlined /> {t('takeTotal')} {formatMoney(total)}
              </button>
            ) : (
              t('agreedHint')
            )
          }
        >
          <Control
            type="money"
            value={draft.agreed_total}
            onChange={(value) =>
              update({ agreed_total: (value as string | null) ?? '' }, 'agreed_total')
            }
          />
        </Field>
      </div>
      <Field label={t('special')} path="special" hint={t('specialHint')}>
        <Input.TextArea
          autoSize={{ minRows: 3, maxRows: 12 }}
          maxLength={4000}
          value={draft.special}
          onChange={(event) => update({ special: event.target.value }, 'special')}
        />
      </Field>
    </>
  );
}
