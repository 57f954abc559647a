/* The chosen payment order at the cashier's: what it is, what came of the last receipt, the form, the lines. */
import { CheckCircleFilled, FilePdfOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { Link } from 'react-router';
import { useOne } from '@/shared/api/hooks';
import { formatMoney } from '@/shared/format';
import { Cell } from '@/shared/meta/cells';
import { fieldOf, type Row } from '@/shared/meta/types';
import { useEntities, useEntity } from '@/shared/session';
import { ErrorState, Skeleton } from '@/shared/ui';
import { isOpen, OrderFacts, OrderSums } from './OrderHead';
import { OrderLines } from './OrderLines';
import { OrderReceipts } from './OrderReceipts';
import { type Done, ReceiveForm } from './ReceiveForm';
import { useText } from './text';
import type { Order } from './types';

export function OrderPanel(props: {
  id: string;
  done: Done | undefined;
  onDone: (done: Done) => void;
}) {
  const one = useOne('payment_order', props.id);
  if (one.error && !one.data) {
    return (
      <div className="card">
        <ErrorState error={one.error} onRetry={() => one.refetch()} />
      </div>
    );
  }
  if (!one.data) {
    return (
      <div className="card">
        <Skeleton rows={9} />
      </div>
    );
  }
  return <Loaded order={one.data as Order} done={props.done} onDone={props.onDone} />;
}

function Loaded(props: { order: Order; done: Done | undefined; onDone: (done: Done) => void }) {
  const t = useText();
  const meta = useEntity('payment_order');
  const { order, done } = props;
  const state = meta && fieldOf(meta, 'state');
  const action = order.actions?.find((one) => one.name === 'receive');
  return (
    <article className="order-panel" aria-label={order.no}>
      <section className="card card-body">
        <header className="row wrap order-head">
          <h2>{order.no}</h2>
          {state && <Cell field={state} value={order.state} />}
          <span className="right row">
            <Link to={`/e/payment_order/${order.id}`}>{t('openOrder')}</Link>
            <Button
              icon={<FilePdfOutlined />}
              href={`/api/payment_order/${order.id}/print.pdf`}
              target="_blank"
            >
              {t('print')}
            </Button>
          </span>
        </header>
        <OrderSums order={order} />
        <OrderFacts order={order} />
      </section>
      {done && <Outcome order={order} done={done} />}
      {action ? (
        <ReceiveForm
          key={`${order.id}/${order.version}/${order.receipts.length}`}
          order={order}
          action={action}
          onDone={props.onDone}
        />
      ) : (
        !done && (
          <p className="card card-body dim">
            {isOpen(order) ? t('mayNot') : t(order.state === 'void' ? 'voided' : 'closed')}
          </p>
        )
      )}
      <section className="card card-body">
        <h2>{t('lines')}</h2>
        <OrderLines lines={order.lines} brief />
      </section>
      {order.receipts.length > 0 && (
        <section className="card card-body">
          <h2>{t('receipts')}</h2>
          <OrderReceipts receipts={order.receipts} />
        </section>
      )}
    </article>
  );
}

/* States of a lease in which its first payment has brought it into effect. */
const IN_EFFECT = new Set(['effective', 'expiring']);

/* What the receipt has done: to the order, and to the lease that waits for it. */
function Outcome({ order, done }: { order: Order; done: Done }) {
  const t = useText();
  const entities = useEntities();
  const leaseMeta = entities.get('lease');
  const lease = useOne('lease', leaseMeta && order.lease_id ? order.lease_id.id : undefined);
  const all = order.state === 'received';
  const amount = formatMoney(done.amount);
  const params = { amount, no: order.no, open: formatMoney(order.open) };
  const title = all
    ? t(lease.data && IN_EFFECT.has(String(lease.data.state)) ? 'doneEffective' : 'doneAll')
    : t('donePart');
  return (
    <section className={`card card-body outcome ${all ? 'all' : 'part'}`} role="status">
      <CheckCircleFilled />
      <div className="grow">
        {done.kind === 'registered' ? (
          <b>{t('registered', { amount })}</b>
        ) : (
          <>
            <b>{title}</b>
            <p>{t(all ? 'doneAllText' : 'donePartText', params)}</p>
          </>
        )}
        {order.lease_id && leaseMeta && (
          <p className="row wrap">
            <Link to={`/e/lease/${order.lease_id.id}`}>
              {t('leaseNow', { no: order.lease_id.label })}
            </Link>
            {lease.data && <LeaseState lease={lease.data} />}
          </p>
        )}
      </div>
    </section>
  );
}

function LeaseState({ lease }: { lease: Row }) {
  const meta = useEntity('lease');
  const field = meta && fieldOf(meta, 'state');
  return field ? <Cell field={field} value={lease.state} /> : null;
}
