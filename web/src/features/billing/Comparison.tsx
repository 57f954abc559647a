/* The month against the one before: both sums, the difference, and the causes that add up to it. */
import { formatMoney } from '@/shared/format';
import { useLabel } from '@/shared/i18n';
import { monthText } from './month';
import { useText } from './text';
import type { Preview } from './types';

export const signed = (amount: string) =>
  `${amount.startsWith('-') ? '−' : '+'}${formatMoney(amount.replace('-', ''))}`;

export function Comparison({ preview }: { preview: Preview }) {
  const t = useText();
  const label = useLabel();
  const before = monthText(preview.previous_month);
  const largest = Math.max(1, ...preview.causes.map((one) => Math.abs(Number(one.amount))));
  return (
    <section className="card" aria-labelledby="bill-compare">
      <header className="card-head">
        <h2 id="bill-compare">{t('compare', { month: before })}</h2>
        <b className="num">
          {preview.difference === '0.00' ? t('same') : signed(preview.difference)}
        </b>
      </header>
      <dl className="bill-figures">
        <div>
          <dt>{t('previous', { month: before })}</dt>
          <dd className="num">{formatMoney(preview.previous)}</dd>
        </div>
        {preview.posted !== '0.00' && (
          <div>
            <dt>{t('alreadyPosted')}</dt>
            <dd className="num">{formatMoney(preview.posted)}</dd>
          </div>
        )}
        <div>
          <dt>{t('now')}</dt>
          <dd className="num">{formatMoney(preview.now)}</dd>
        </div>
      </dl>
      {preview.causes.length > 0 && (
        <ul className="bill-causes" aria-label={t('why')}>
          {preview.causes.map((one) => (
            <li key={one.cause}>
              <span>
                {label(one)}{' '}
                <small className="dim">{t('causeLeases', { n: one.leases ?? 0 })}</small>
              </span>
              <span className="bill-bar" aria-hidden="true">
                <i
                  className={one.amount.startsWith('-') ? 'less' : 'more'}
                  style={{ width: `${(Math.abs(Number(one.amount)) / largest) * 50}%` }}
                />
              </span>
              <b className="num">{signed(one.amount)}</b>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
