/* What-if: assumed sales, and the same clause under other models and settlement periods, side by side, each with its working. */
import { DownOutlined, UpOutlined } from '@ant-design/icons';
import { Fragment, useId, useState } from 'react';
import { formatDecimal, formatMoney, sumDecimals } from '@/shared/format';
import type { ScheduleLine } from '@/shared/schedule';
import { Skeleton } from '@/shared/ui';
import { Working } from '@/shared/ui/Working';
import { Control, Field } from './form';
import type { LeaseDraft } from './leaseDraft';
import { useComparison } from './leasing.api';
import { type ItemNames, Switcher } from './ScheduleView';
import { isPlanned, type MonthSales, type SalesPlan, spread } from './salesPlan';
import { useText } from './text';
import type { Comparison, Variant } from './types';

interface PlanProps {
  draft: LeaseDraft;
  plan: SalesPlan;
  sales: readonly MonthSales[];
  names: ItemNames;
  onChange: (plan: SalesPlan) => void;
}

function Inputs({ plan, onChange }: Pick<PlanProps, 'plan' | 'onChange'>) {
  const t = useText();
  const year = sumDecimals(
    plan.kind === 'same' ? Array(12).fill(plan.same || '0') : plan.months.map((one) => one || '0'),
    2,
  );
  return (
    <div className="plan-inputs">
      <Switcher
        label={t('plan.perMonth')}
        items={[
          { key: 'same', label: t('plan.same') },
          { key: 'months', label: t('plan.months') },
        ]}
        value={plan.kind}
        onChange={(kind) => onChange(kind === 'months' ? spread(plan) : { ...plan, kind })}
      />
      {plan.kind === 'same' ? (
        <Field label={t('plan.perMonth')} className="plan-same">
          <Control
            type="money"
            value={plan.same}
            onChange={(value) => onChange({ ...plan, same: (value as string | null) ?? '' })}
          />
        </Field>
      ) : (
        <div className="plan-months">
          {plan.months.map((month, i) => (
            <Field key={i} label={t('plan.month', { n: i + 1 })}>
              <Control
                type="money"
                value={month}
                onChange={(value) =>
                  onChange({
                    ...plan,
                    months: plan.months.map((one, j) =>
                      j === i ? ((value as string | null) ?? '') : one,
                    ),
                  })
                }
              />
            </Field>
          ))}
        </div>
      )}
      {isPlanned(plan) && (
        <span className="dim num plan-year">{t('plan.year', { sum: formatMoney(year) })}</span>
      )}
    </div>
  );
}

const SHOWN_LINES = 24;

function Lines({ lines }: { lines: readonly ScheduleLine[] }) {
  const t = useText();
  // The final rent of each period says most; what is on account and the base follow.
  const order = { settlement: 0, provisional: 1, billed: 2 } as Record<string, number>;
  const sorted = [...lines].sort((a, b) => (order[a.kind] ?? 3) - (order[b.kind] ?? 3));
  return (
    <ol className="plan-lines">
      {sorted.slice(0, SHOWN_LINES).map((line, i) => (
        <li key={i}>
          <div className="plan-line">
            <span className="num dim">
              {line.from} – {line.to}
            </span>
            <span className="dim">{t(`lineKinds.${line.kind}`)}</span>
            <b className="num">{formatMoney(line.gross)}</b>
          </div>
          <Working steps={line.working} />
        </li>
      ))}
      {sorted.length > SHOWN_LINES && (
        <li className="dim">{t('plan.rest', { n: sorted.length - SHOWN_LINES })}</li>
      )}
    </ol>
  );
}

function Difference({ variant }: { variant: Variant }) {
  const t = useText();
  const difference = Number(variant.difference);
  if (variant.kept) return <span className="plan-tag">{t('plan.kept')}</span>;
  if (!variant.complete) return <span className="ink-amber">{t('plan.incomplete')}</span>;
  if (difference === 0) return <span className="dim">{t('plan.same0')}</span>;
  return (
    <span className={difference > 0 ? 'ink-green' : 'ink-red'}>
      {difference > 0 ? '+' : '−'}
      {formatMoney(variant.difference.replace('-', ''))}
    </span>
  );
}

/* Bars are for the eye alone; the numbers beside them say the same. */
function widthOf(part: string, most: number): string {
  return `${most > 0 ? Math.max(0, (Number(part) / most) * 100) : 0}%`;
}

function Table(props: {
  title: string;
  note: string;
  variants: readonly Variant[];
  nameOf: (variant: Variant) => string;
}) {
  const t = useText();
  const id = useId();
  const [open, setOpen] = useState<number>();
  const most = Math.max(...props.variants.map((one) => Number(one.total)), 0);
  return (
    <section className="plan-table" aria-labelledby={id}>
      <h3 id={id}>
        {props.title} <small className="dim">{props.note}</small>
      </h3>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('plan.scheme')}</th>
            <th scope="col" className="plan-money">
              {t('plan.base')}
            </th>
            <th scope="col" className="plan-money">
              {t('plan.onSales')}
            </th>
            <th scope="col" className="plan-money">
              {t('plan.sum')}
            </th>
            <th scope="col" className="plan-money plan-against">
              {t('plan.against')}
            </th>
          </tr>
        </thead>
        <tbody>
          {props.variants.map((variant, i) => {
            const onSales = sumDecimals([variant.provisional, variant.settlement], 2);
            const name = props.nameOf(variant);
            return (
              <Fragment key={name}>
                <tr className={variant.kept ? 'plan-kept' : undefined}>
                  <th scope="row">
                    <button
                      type="button"
                      className="plan-open"
                      aria-expanded={open === i}
                      aria-label={`${name}, ${t('plan.working')}`}
                      onClick={() => setOpen(open === i ? undefined : i)}
                    >
                      {name} {open === i ? <UpOutlined /> : <DownOutlined />}
                    </button>
                    <span className="plan-bar" aria-hidden="true">
                      <i style={{ width: widthOf(variant.base, most) }} />
                      <em style={{ width: widthOf(onSales, most) }} />
                    </span>
                  </th>
                  <td className="num plan-money" data-label={t('plan.base')}>
                    {formatMoney(variant.base)}
                  </td>
                  <td className="num plan-money" data-label={t('plan.onSales')}>
                    {formatMoney(onSales)}
                  </td>
                  <td className="num plan-money" data-label={t('plan.sum')}>
                    <b>{formatMoney(variant.total)}</b>
                  </td>
                  <td className="num plan-money plan-against">
                    <Difference variant={variant} />
                  </td>
                </tr>
                {open === i && (
                  <tr className="plan-detail">
                    <td colSpan={5}>
                      <Lines lines={variant.lines} />
                    </td>
                  </tr>
                )}
              </Fragment>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}

function Compared({ comparison, title }: { comparison: Comparison; title: string | undefined }) {
  const t = useText();
  const settle = comparison.models.find((one) => one.kept)?.settle ?? 'monthly';
  return (
    <div className="plan-term">
      {title && <p className="plan-item">{title}</p>}
      <Table
        title={t('plan.models')}
        note={`${t('plan.modelsNote')} (${t(`settles.${settle}`)})`}
        variants={comparison.models}
        nameOf={(variant) => t(`models.${variant.model}`)}
      />
      <Table
        title={t('plan.settles')}
        note={t('plan.settlesNote')}
        variants={comparison.settlements}
        nameOf={(variant) => t(`settles.${variant.settle ?? 'monthly'}`)}
      />
    </div>
  );
}

export function SalesComparison(props: PlanProps) {
  const t = useText();
  const { draft, plan, sales, names } = props;
  const query = useComparison(draft, sales);
  const comparisons = sales.length ? (query.data?.comparisons ?? []) : [];
  const failed = sales.length > 0 && query.error !== null && !query.data;
  return (
    <div className="plan" aria-busy={query.busy}>
      <p className="dim plan-note">{t('plan.note')}</p>
      <Inputs plan={plan} onChange={props.onChange} />
      {failed && <p className="ink-amber">{t('plan.failed')}</p>}
      {!sales.length && <p className="preview-empty">{t('plan.empty')}</p>}
      {sales.length > 0 && !query.data && !failed && <Skeleton rows={4} />}
      {comparisons.map((comparison) => (
        <Compared
          key={comparison.term}
          comparison={comparison}
          title={
            comparisons.length > 1
              ? `${names.get(comparison.item) ?? comparison.item} ${formatDecimal(comparison.term + 1)}`
              : undefined
          }
        />
      ))}
    </div>
  );
}
