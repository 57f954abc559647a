/* Money of a lease: payment orders with their progress, receipts, and the ledger of deposits. */
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { useList } from '@/shared/api/hooks';
import { formatMoney, sumDecimals } from '@/shared/format';
import { useLabel } from '@/shared/i18n';
import { Cell, isRef } from '@/shared/meta/cells';
import { type FieldMeta, fieldOf, type Row } from '@/shared/meta/types';
import { useEntity } from '@/shared/session';
import { EmptyState, ErrorState, Skeleton } from '@/shared/ui';
import { useText } from './text';
import type { Lease } from './types';

export function MoneyTab({ lease }: { lease: Lease }) {
  const t = useText();
  return (
    <div className="detail">
      <section>
        <h2>{t('orders')}</h2>
        <Orders lease={lease} />
      </section>
      <Records
        title={t('charges')}
        entity="charge"
        lease={lease}
        empty={t('chargesNone')}
        columns={['due_on', 'name', 'period_from', 'period_to', 'gross', 'paid', 'state']}
      />
      <Records
        title={t('receipts')}
        entity="receipt"
        lease={lease}
        empty={t('receiptsNone')}
        columns={['no', 'received_on', 'way', 'amount', 'reference', 'cashier_id', 'state']}
      />
      <Records
        title={t('ledger')}
        entity="deposit_entry"
        lease={lease}
        empty={t('ledgerNone')}
        columns={['kind', 'event', 'amount', 'happened_on', 'receipt_id']}
      />
    </div>
  );
}

const query = (lease: Lease) => new URLSearchParams({ lease_id: lease.id, page: '1', size: '100' });

function Orders({ lease }: { lease: Lease }) {
  const t = useText();
  const meta = useEntity('payment_order');
  const orders = useList('payment_order', query(lease));
  if (orders.error && !orders.data) {
    return <ErrorState error={orders.error} onRetry={() => orders.refetch()} />;
  }
  if (!orders.data) return <Skeleton rows={3} />;
  if (!orders.data.items.length) {
    return <EmptyState small title={t('ordersNone')} text={t('ordersNoneText')} />;
  }
  const state = meta && fieldOf(meta, 'state');
  return (
    <ul className="orders">
      {orders.data.items.map((order) => {
        const total = String(order.total);
        const received = String(order.received);
        const share = Number(total) > 0 ? (Number(received) / Number(total)) * 100 : 0;
        return (
          <li key={order.id}>
            <div className="orders-head">
              <Link to={`/e/payment_order/${order.id}`}>{String(order.no)}</Link>
              {state && <Cell field={state} value={order.state} />}
              <span className="dim num">{t('billDue', { day: String(order.due_on) })}</span>
              <b className="num orders-total">{formatMoney(total)}</b>
            </div>
            <div className="orders-bar" aria-hidden="true">
              <span style={{ width: `${share}%` }} />
            </div>
            <small className="dim num">
              {t('received')} {formatMoney(received)}
              {'  '}
              {t('open')} {formatMoney(sumDecimals([total, `-${received}`], 2))}
            </small>
          </li>
        );
      })}
    </ul>
  );
}

function Records(props: {
  title: string;
  entity: string;
  lease: Lease;
  empty: string;
  columns: string[];
}) {
  const meta = useEntity(props.entity);
  const label = useLabel();
  const list = useList(props.entity, query(props.lease), meta !== undefined);
  if (!meta) return null;
  const columns = props.columns.flatMap((name): FieldMeta | never[] => fieldOf(meta, name) ?? []);
  let body: ReactNode;
  if (list.error && !list.data) {
    body = <ErrorState error={list.error} onRetry={() => list.refetch()} />;
  } else if (!list.data) body = <Skeleton rows={2} />;
  else if (!list.data.items.length) body = <p className="dim">{props.empty}</p>;
  else {
    body = (
      // biome-ignore lint/a11y/noNoninteractiveTabindex: scrolls sideways, so it must be reachable by keyboard
      <section className="mini-scroll" aria-label={props.title} tabIndex={0}>
        <table className="mini">
          <thead>
            <tr>
              {columns.map((column) => (
                <th key={column.name} className={column.type === 'money' ? 'right' : undefined}>
                  {label(column.label)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {list.data.items.map((row) => (
              <tr key={row.id}>
                {columns.map((column) => (
                  <td key={column.name} className={column.type === 'money' ? 'right' : undefined}>
                    <RecordCell entity={props.entity} column={column} row={row} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    );
  }
  return (
    <section>
      <h2>{props.title}</h2>
      {body}
    </section>
  );
}

function RecordCell(props: { entity: string; column: FieldMeta; row: Row }) {
  const { column, row } = props;
  const value = row[column.name];
  if (column.name === 'no') {
    return <Link to={`/e/${props.entity}/${row.id}`}>{String(value)}</Link>;
  }
  return <Cell field={column} value={value} plainRef={column.ref === 'staff' && isRef(value)} />;
}
