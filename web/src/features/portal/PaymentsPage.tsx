import { useState } from 'react';
import { todayInChina } from '@/shared/format';
import { EmptyState, Money, PageHead, StatusTag } from '@/shared/ui';
import { Aside, Download, Loaded, usePortal, YearPicker } from './parts';
import { useText } from './text';
import type { Payment } from './types';

const TONES = { registered: 'amber', confirmed: 'green', bounced: 'red' } as const;

export default function PaymentsPage() {
  const t = useText();
  const now = Number(todayInChina().slice(0, 4));
  const [year, setYear] = useState(now);
  const query = usePortal<{ items: Payment[] }>('/api/portal/receipt', { year: String(year) });
  return (
    <>
      <PageHead title={t('payments')} />
      <YearPicker year={year} now={now} onChange={setYear} />
      <Loaded query={query}>
        {({ items }) => (
          <div className="card">
            {items.length ? (
              <ul className="portal-list">
                {items.map((payment) => (
                  <PaymentRow key={payment.id} payment={payment} />
                ))}
              </ul>
            ) : (
              <EmptyState title={t('noPayments', { year })} />
            )}
          </div>
        )}
      </Loaded>
    </>
  );
}

function PaymentRow({ payment }: { payment: Payment }) {
  const t = useText();
  return (
    <li>
      <span className="grow">
        <b className="num">
          {payment.received_on} · {payment.way_label}
        </b>
        <Aside parts={[payment.no, payment.order_no && t('usedFor', { no: payment.order_no })]} />
      </span>
      <span className="portal-amount">
        <b>
          <Money value={payment.amount} />
        </b>
        <StatusTag tone={TONES[payment.state as keyof typeof TONES]}>
          {payment.state_label}
        </StatusTag>
      </span>
      {payment.state === 'confirmed' ? (
        <Download
          small
          path={`/api/portal/receipt/${payment.id}/print.pdf`}
          name={`${payment.no}.pdf`}
          label={t('downloadNo', { no: payment.no })}
        />
      ) : (
        <span className="portal-gap" title={t('waiting')} />
      )}
    </li>
  );
}
