import { DEPOSIT_KINDS } from '@/shared/deposit';
import { useLabel } from '@/shared/i18n';
import { EmptyState, Money, PageHead } from '@/shared/ui';
import { Aside, Loaded, usePortal } from './parts';
import { useText } from './text';
import type { Deposits } from './types';

export default function DepositsPage() {
  const t = useText();
  const query = usePortal<Deposits>('/api/portal/deposit');
  return (
    <>
      <PageHead title={t('deposits')} />
      <Loaded query={query}>
        {(deposits) =>
          deposits.items.length ? (
            <Content deposits={deposits} />
          ) : (
            <div className="card">
              <EmptyState title={t('noDeposits')} />
            </div>
          )
        }
      </Loaded>
    </>
  );
}

function Content({ deposits }: { deposits: Deposits }) {
  const t = useText();
  const label = useLabel();
  return (
    <div className="portal-two">
      <div className="portal-col">
        {deposits.held.map((one) => (
          <section key={one.kind} className="card portal-total" aria-label={one.kind_label}>
            <p className="dim">{one.kind_label}</p>
            <p className="portal-sum num">
              <Money value={one.amount} />
            </p>
            <p className="dim">
              {label(DEPOSIT_KINDS[one.kind as keyof typeof DEPOSIT_KINDS]?.effect)}
            </p>
          </section>
        ))}
      </div>
      <section className="card" aria-label={t('movements')}>
        <h2 className="portal-head">{t('movements')}</h2>
        <ul className="portal-list">
          {deposits.items.map((one) => (
            <li key={one.id}>
              <span className="grow">
                <b>
                  {one.event_label} · {one.kind_label}
                </b>
                <Aside parts={[one.on, one.lease_no, one.receipt_no]} />
              </span>
              <Money value={one.amount} />
            </li>
          ))}
        </ul>
      </section>
    </div>
  );
}
