/* One bill: the amount, how it came about, what settled it. */
import { useParams } from 'react-router';
import { Money, PageHead, StatusTag } from '@/shared/ui';
import { Working } from '@/shared/ui/Working';
import { Aside, Facts, Loaded, periodOf, usePortal } from './parts';
import { useText } from './text';
import type { BillDetail } from './types';

const TONES = { open: 'amber', part_paid: 'blue', paid: 'green' } as const;

export default function BillPage() {
  const { id } = useParams();
  const query = usePortal<BillDetail>(`/api/portal/charge/${id}`);
  return <Loaded query={query}>{(bill) => <Content bill={bill} />}</Loaded>;
}

function Content({ bill }: { bill: BillDetail }) {
  const t = useText();
  return (
    <>
      <PageHead crumb={[{ to: '/portal/bill', label: t('bills') }]} title={bill.name}>
        <StatusTag tone={TONES[bill.state as keyof typeof TONES]}>{bill.state_label}</StatusTag>
      </PageHead>
      <div className="portal-two">
        <div className="portal-col">
          <section className="card" aria-label={bill.name}>
            <Facts
              rows={[
                [
                  t('open'),
                  <b key="open" className="portal-sum num">
                    <Money value={bill.open} />
                  </b>,
                ],
                [
                  t('dueOn'),
                  <span key="due" className="num">
                    {bill.due_on}
                  </span>,
                ],
                [
                  t('period'),
                  <span key="period" className="num">
                    {periodOf(bill) || '—'}
                  </span>,
                ],
                [t('unit'), bill.unit_no || '—'],
                [
                  t('lease'),
                  <span key="lease" className="num">
                    {bill.lease_no || '—'}
                  </span>,
                ],
                [t('net'), <Money key="net" value={bill.net} />],
                [t('tax', { rate: bill.tax_rate }), <Money key="tax" value={bill.tax} />],
                [t('gross'), <Money key="gross" value={bill.gross} />],
                [t('paid'), <Money key="paid" value={bill.paid} />],
              ]}
            />
          </section>
        </div>
        <div className="portal-col">
          <section className="card" aria-label={t('working')}>
            <h2 className="portal-head">{t('working')}</h2>
            {bill.working.length ? (
              <div className="portal-working">
                <Working steps={bill.working} />
              </div>
            ) : (
              <p className="portal-note dim">{t('noWorking')}</p>
            )}
          </section>
          <Settled bill={bill} />
        </div>
      </div>
    </>
  );
}

function Settled({ bill }: { bill: BillDetail }) {
  const t = useText();
  return (
    <section className="card" aria-label={t('settledBy')}>
      <h2 className="portal-head">{t('settledBy')}</h2>
      {bill.allocations.length ? (
        <ul className="portal-list">
          {bill.allocations.map((one) => (
            <li key={one.id}>
              <span className="grow">
                <b>{t(`by.${one.kind}`)}</b>
                <Aside parts={[one.posted_on, one.receipt_no]} />
              </span>
              <Money value={one.amount} />
            </li>
          ))}
        </ul>
      ) : (
        <p className="portal-note dim">{t('notPaid')}</p>
      )}
    </section>
  );
}
