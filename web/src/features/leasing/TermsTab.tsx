/* What was agreed, to be read: units, charges, deposits, days, clauses. */
import { QuestionCircleOutlined } from '@ant-design/icons';
import { Tooltip } from 'antd';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { DEPOSIT_KINDS } from '@/shared/deposit';
import { EMPTY, formatDecimal, formatMoney, formatPrice } from '@/shared/format';
import { labelIn, useLabel, useLang } from '@/shared/i18n';
import { Cell, JsonView } from '@/shared/meta/cells';
import { type EntityMeta, fieldOf } from '@/shared/meta/types';
import { StatusTag } from '@/shared/ui';
import type { ItemNames } from './ScheduleView';
import { termSummary } from './TermCard';
import { hasPrice, termDraft } from './termDraft';
import { useText } from './text';
import { BASES, type Basis, CLAUSES, type Lease, MODELS, type Model, type TermJson } from './types';

export function TermsTab(props: { lease: Lease; meta: EntityMeta; names: ItemNames }) {
  const t = useText();
  const { lease, meta } = props;
  return (
    <div className="detail">
      <section className="keep">
        <h2>{t('termsHead')}</h2>
        <TermList lease={lease} names={props.names} />
      </section>
      <section className="keep">
        <h2>{t('unitsHead')}</h2>
        <UnitTable lease={lease} />
      </section>
      <section className="keep">
        <h2>{t('depositsHead')}</h2>
        <DepositTable lease={lease} />
      </section>
      <section className="keep">
        <h2>{t('daysHead')}</h2>
        <Facts
          meta={meta}
          lease={lease}
          names={['sign_on', 'handover_on', 'rent_from_on', 'open_on', 'from_on', 'to_on']}
        />
      </section>
      <section className="keep">
        <h2>{t('parties')}</h2>
        <Facts
          meta={meta}
          lease={lease}
          names={[
            'merchant_id',
            'brand_id',
            'category_id',
            'kind',
            'owner_id',
            'lead_id',
            'intent_id',
            'supersedes_id',
          ]}
        />
      </section>
      <section className="keep">
        <h2>{t('textHead')}</h2>
        <ClauseLine lease={lease} />
        <Facts meta={meta} lease={lease} names={['template_id', 'agreed_total', 'special']} />
      </section>
    </div>
  );
}

function Facts(props: { meta: EntityMeta; lease: Lease; names: string[] }) {
  const label = useLabel();
  return (
    <dl className="facts">
      {props.names.map((name) => {
        const field = fieldOf(props.meta, name);
        if (!field) return null;
        return (
          <div key={name} className={field.type === 'longtext' ? 'wide' : undefined}>
            <dt>{label(field.label)}</dt>
            <dd>
              <Cell field={field} value={props.lease[name]} />
            </dd>
          </div>
        );
      })}
    </dl>
  );
}

const known = <T extends string>(list: readonly T[], value: unknown): T | undefined =>
  list.find((one) => one === value);

function TermList({ lease, names }: { lease: Lease; names: ItemNames }) {
  const t = useText();
  const days = {
    from_on: lease.from_on,
    to_on: lease.to_on,
    rent_from_on: (lease.rent_from_on as string | null) ?? null,
  };
  if (!lease.terms.length) return <p className="dim">{t('noTerms')}</p>;
  return (
    <ul className="term-list">
      {lease.terms.map((one, i) => {
        const draft = termDraft({ ...one.clause, item: one.item }, days);
        const basis = known<Basis>(BASES, one.clause.basis) ?? 'per_month';
        const model = known<Model>(MODELS, one.clause.model) ?? 'fixed';
        return (
          <li key={i}>
            <div className="term-head">
              <b>{names.get(one.item) ?? one.item_name}</b>
              <StatusTag tone={model === 'fixed' ? 'gray' : 'blue'}>
                {t(`models.${model}`)}
              </StatusTag>
              {hasPrice(model) && (
                <span className="num term-price">
                  {formatPrice(String(one.clause.price ?? '0'))}
                  <span className="unit">{t(`bases.${basis}`)}</span>
                </span>
              )}
              <span className="dim">{t(`cycles.c${cycleOf(one.clause)}`)}</span>
            </div>
            <p className="term-text">{termSummary(t, draft, days).join(t('sum.join'))}</p>
            <details className="term-full">
              <summary>{t('fullClause')}</summary>
              <JsonView value={one.clause} />
            </details>
          </li>
        );
      })}
    </ul>
  );
}

function cycleOf(clause: TermJson): 0 | 1 | 2 | 3 | 6 | 12 {
  const n = clause.basis === 'once' ? 0 : Number(clause.cycle_months ?? 1);
  return ([0, 1, 2, 3, 6, 12] as const).find((one) => one === n) ?? 1;
}

function Scroll(props: { label: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: scrolls sideways, so it must be reachable by keyboard
    <section className="mini-scroll" aria-label={props.label} tabIndex={0}>
      {props.children}
    </section>
  );
}

function UnitTable({ lease }: { lease: Lease }) {
  const t = useText();
  if (!lease.units.length) return <p className="dim">{t('noUnitYet')}</p>;
  return (
    <Scroll label={t('unitsHead')}>
      <table className="mini">
        <thead>
          <tr>
            <th>{t('unit')}</th>
            <th>{t('floor')}</th>
            <th className="right">{t('rentArea')}</th>
            <th>{t('from')}</th>
            <th>{t('to')}</th>
          </tr>
        </thead>
        <tbody>
          {lease.units.map((one) => (
            <tr key={`${one.unit_id.id}${one.from_on}`}>
              <td>
                <Link to={`/e/unit/${one.unit_id.id}`}>{one.unit_id.label}</Link>
              </td>
              <td>{one.floor}</td>
              <td className="right num">
                {formatDecimal(one.area, 2)}
                <span className="unit">㎡</span>
              </td>
              <td className="num">{one.from_on}</td>
              <td className="num">{one.to_on}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

export function DepositName({ kind }: { kind: string }) {
  const lang = useLang();
  const known = DEPOSIT_KINDS[kind];
  if (!known) return kind;
  const effect = labelIn(known.effect, lang);
  return (
    <span className="row" style={{ gap: 4 }}>
      {labelIn(known.label, lang)}
      <Tooltip title={effect}>
        <QuestionCircleOutlined className="form-help" aria-label={effect} tabIndex={0} />
      </Tooltip>
    </span>
  );
}

function DepositTable({ lease }: { lease: Lease }) {
  const t = useText();
  if (!lease.deposits.length) return <p className="dim">{t('noDeposit')}</p>;
  return (
    <Scroll label={t('depositsHead')}>
      <table className="mini">
        <thead>
          <tr>
            <th>{t('depositKind')}</th>
            <th className="right">{t('months')}</th>
            <th className="right">{t('amount')}</th>
            <th>{t('dueOn')}</th>
            <th>{t('refund')}</th>
          </tr>
        </thead>
        <tbody>
          {lease.deposits.map((one, i) => (
            <tr key={i}>
              <td>
                <DepositName kind={one.kind} />
              </td>
              <td className="right num">{one.months || EMPTY}</td>
              <td className="right num">{formatMoney(one.amount)}</td>
              <td className="num">{one.due_on}</td>
              <td title={one.refund_rule ?? undefined}>{one.refund_rule ?? EMPTY}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

function ClauseLine({ lease }: { lease: Lease }) {
  const t = useText();
  const have = new Set(String(lease.clauses ?? '').split(/\s+/));
  const missing = CLAUSES.filter((code) => !have.has(code));
  return (
    <p className={missing.length ? 'ink-amber clause-line' : 'ink-green clause-line'}>
      {missing.length
        ? t('clausesMissing', { what: missing.map((code) => t(`clause.${code}`)).join('、') })
        : t('clausesAll')}
    </p>
  );
}
