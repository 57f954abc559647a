/* What is due now, with its days and its sum, and how to pay it. */
import { Link } from 'react-router';
import { formatMoney } from '@/shared/format';
import { EmptyState, Money, StatusTag } from '@/shared/ui';
import { Bills } from './Bills';
import { Aside, Download, HowToPay, Loaded, usePortal } from './parts';
import { useText } from './text';
import type { Home } from './types';

const isSome = (amount: string) => !/^-?0(\.0*)?$/.test(amount);

export default function HomePage() {
  const query = usePortal<Home>('/api/portal');
  return <Loaded query={query}>{(home) => <Content home={home} />}</Loaded>;
}

function Content({ home }: { home: Home }) {
  const t = useText();
  return (
    <div className="portal-two">
      <div className="portal-col">
        <section className="card portal-total" aria-label={t('dueNow')}>
          <p className="dim">{t('dueNow')}</p>
          <p className="portal-sum num">{formatMoney(home.due.total)}</p>
          {isSome(home.due.overdue) && (
            <StatusTag tone="red">
              {t('ofWhich')} {formatMoney(home.due.overdue)}
            </StatusTag>
          )}
          {isSome(home.credit) && (
            <p className="portal-credit">
              <b>
                {t('credit')} {formatMoney(home.credit)}
              </b>
              <small className="dim">{t('creditText')}</small>
            </p>
          )}
        </section>
        <section className="card" aria-label={t('bills')}>
          {home.due.items.length ? (
            <Bills items={home.due.items} />
          ) : (
            <EmptyState title={t('nothingDue')} text={t('nothingDueText')} />
          )}
        </section>
      </div>
      <div className="portal-col">
        {home.orders.length > 0 && <Orders orders={home.orders} />}
        <HowToPay pay={home.pay} />
        <Leases home={home} />
      </div>
    </div>
  );
}

function Orders({ orders }: { orders: Home['orders'] }) {
  const t = useText();
  return (
    <section className="card" aria-label={t('orders')}>
      <h2 className="portal-head">
        {t('orders')} <small className="dim">{t('ordersText')}</small>
      </h2>
      <ul className="portal-list">
        {orders.map((order) => (
          <li key={order.id}>
            <span className="grow">
              <b className="num">{order.no}</b>
              <small className="dim num">{t('due', { on: order.due_on })}</small>
            </span>
            <b>
              <Money value={order.open} />
            </b>
            <Download
              small
              path={`/api/portal/payment_order/${order.id}/print.pdf`}
              name={`${order.no}.pdf`}
              label={t('downloadNo', { no: order.no })}
            />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Leases({ home }: { home: Home }) {
  const t = useText();
  return (
    <section className="card" aria-label={t('leases')}>
      <h2 className="portal-head">{t('leases')}</h2>
      <ul className="portal-list">
        {home.leases.map((lease) => (
          <li key={lease.id}>
            <span className="grow">
              <b>{lease.unit_nos}</b>
              <Aside parts={[lease.no, `${lease.from_on} – ${lease.to_on}`]} />
            </span>
            <StatusTag tone={lease.state === 'expired' ? 'gray' : 'green'}>
              {lease.state_label}
            </StatusTag>
          </li>
        ))}
        {home.deposits.map((deposit) => (
          <li key={deposit.kind}>
            <Link className="grow" to="/portal/deposit">
              {deposit.kind_label}
            </Link>
            <Money value={deposit.amount} />
          </li>
        ))}
      </ul>
    </section>
  );
}
