/* What a payment order comes to, in figures and in words, and whom it concerns. */
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { daysBetween } from '@/shared/format';
import type { Ref } from '@/shared/meta/types';
import { recordPath } from '@/shared/paths';
import { useEntities, useMe } from '@/shared/session';
import { Money } from '@/shared/ui';
import { isNothing, waitingOf } from './money';
import { useText } from './text';
import type { Order } from './types';

export function RefLink({ entity, value }: { entity: string; value: Ref | null | undefined }) {
  const entities = useEntities();
  if (!value) return <span className="dim">—</span>;
  return entities.has(entity) ? (
    <Link to={recordPath(entity, value.id)}>{value.label}</Link>
  ) : (
    value.label
  );
}

export function isOpen(order: { state: string }): boolean {
  return order.state === 'issued' || order.state === 'part_received';
}

/* The day by which it is to be paid, and how late that is. */
export function Due({ order }: { order: Pick<Order, 'due_on' | 'state'> }) {
  const t = useText();
  const me = useMe();
  const late = isOpen(order) ? daysBetween(order.due_on, me.today) : 0;
  return (
    <span className={late > 0 ? 'ink-red' : undefined}>
      <span className="num">{order.due_on}</span>
      {late > 0 && ` · ${t('overdue', { n: late })}`}
    </span>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

export function OrderSums({ order }: { order: Order }) {
  const t = useText();
  const waiting = waitingOf(order);
  return (
    <dl className="order-sums">
      <Fact label={t('total')}>
        <Money value={order.total} />
      </Fact>
      <Fact label={t('received')}>
        <Money value={order.received} />
      </Fact>
      {!isNothing(waiting) && (
        <Fact label={t('waiting')}>
          <span className="ink-amber">
            <Money value={waiting} />
          </span>
        </Fact>
      )}
      <div className="main">
        <dt>{t('open')}</dt>
        <dd>
          <Money value={order.open} />
        </dd>
      </div>
    </dl>
  );
}

export function OrderFacts({ order }: { order: Order }) {
  const t = useText();
  return (
    <dl className="facts">
      <Fact label={t('merchant')}>
        <RefLink entity="merchant" value={order.merchant_id} />
      </Fact>
      <Fact label={t('units')}>{order.unit_nos || order.unit_id?.label || '—'}</Fact>
      <Fact label={t('lease')}>
        <RefLink entity="lease" value={order.lease_id} />
      </Fact>
      <Fact label={t('dueOn')}>
        <Due order={order} />
      </Fact>
    </dl>
  );
}
