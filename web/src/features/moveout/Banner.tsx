/* Where a move-out stands, and what comes of it. */
import { CheckOutlined } from '@ant-design/icons';
import { formatMoney } from '@/shared/format';
import { Money, StatusTag } from '@/shared/ui';
import { useText } from './text';
import type { MoveOut } from './types';

const STEPS = ['applied', 'inspecting', 'settling', 'signing', 'paid', 'closed'] as const;
const isNothing = (amount: string) => !/[1-9]/.test(amount);

export function Banner({ row }: { row: MoveOut }) {
  const t = useText();
  const at = STEPS.indexOf(row.state as (typeof STEPS)[number]);
  const { settlement } = row;
  const owed = !isNothing(settlement.owed);
  return (
    <section className="card moveout-banner" aria-label={t('steps')}>
      {at < 0 ? (
        <p>
          <StatusTag tone="gray">{t('withdrawn')}</StatusTag>
        </p>
      ) : (
        <ol className="moveout-steps">
          {STEPS.map((step, i) => (
            <li
              key={step}
              className={i < at || row.state === 'closed' ? 'done' : undefined}
              aria-current={i === at ? 'step' : undefined}
            >
              <span className="dot-no num">
                {i < at || row.state === 'closed' ? <CheckOutlined /> : i + 1}
              </span>
              <span>{t(step)}</span>
            </li>
          ))}
        </ol>
      )}
      <div className="moveout-net">
        <div>
          <span className="dim">
            {owed ? t('owed') : isNothing(settlement.refund) ? t('even') : t('refund')}
          </span>
          <b className={owed ? 'ink-red' : undefined}>
            <Money value={owed ? settlement.owed : settlement.refund} />
          </b>
        </div>
        <ul className="row wrap moveout-signs">
          <Sign name={t('operations')} who={row.inspector_id?.label} />
          <Sign name={t('services')} who={row.services_id?.label} />
          <Sign name={t('departments')} who={row.approved_at ? t('done') : undefined} />
          <Sign name={t('merchant')} who={row.signer ?? undefined} />
        </ul>
      </div>
      {row.short_notice && (
        <p className="ink-amber">
          {t('shortNotice', { agreed: row.notice_agreed, given: row.notice_days })}
        </p>
      )}
      {row.signed_on && !isNothing(row.still_open) && (
        <p className="ink-red">{t('stillOpen', { amount: formatMoney(row.still_open) })}</p>
      )}
      {row.signed_on && !isNothing(row.still_to_refund) && (
        <p className="ink-amber">
          {t('stillRefund', { amount: formatMoney(row.still_to_refund) })}
        </p>
      )}
    </section>
  );
}

function Sign({ name, who }: { name: string; who: string | undefined }) {
  const t = useText();
  return (
    <li>
      <StatusTag tone={who ? 'green' : 'gray'}>
        {name} · {who ?? t('waiting')}
      </StatusTag>
    </li>
  );
}
