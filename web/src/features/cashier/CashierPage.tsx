/* The cashier's desk: open payment orders, the chosen one with its form, receipts that wait, what came in today. */
import { ArrowLeftOutlined, SearchOutlined } from '@ant-design/icons';
import { useEffect, useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { useList } from '@/shared/api/hooks';
import { useT } from '@/shared/i18n';
import { Cell } from '@/shared/meta/cells';
import { type FieldMeta, fieldOf } from '@/shared/meta/types';
import { usePhone } from '@/shared/prefs';
import { useEntity, useMay } from '@/shared/session';
import { EmptyState, ErrorState, ForbiddenState, Money, PageHead, Skeleton } from '@/shared/ui';
import { MerchantPanel } from './MerchantPanel';
import { MerchantSearch } from './MerchantSearch';
import { less, matches } from './money';
import { Due } from './OrderHead';
import { OrderPanel } from './OrderPanel';
import type { Done } from './ReceiveForm';
import { Today } from './Today';
import { useText } from './text';
import type { Order } from './types';
import { Waiting } from './Waiting';
import '@/shared/meta/list.css';
import '@/shared/meta/detail.css';
import './cashier.css';

export default function CashierPage() {
  const t = useText();
  const base = useT();
  const may = useMay();
  useEffect(() => {
    document.title = `${t('title')} · ${base('app.name')}`;
  }, [t, base]);
  if (!may('payment_order.receive')) {
    return (
      <>
        <PageHead title={t('title')} />
        <div className="card">
          <ForbiddenState />
        </div>
      </>
    );
  }
  return <Desk />;
}

function Desk() {
  const t = useText();
  const phone = usePhone();
  const [params] = useSearchParams();
  const [done, setDone] = useState<Done>();
  const chosen = params.get('order') ?? undefined;
  const payer = params.get('merchant') ?? undefined;
  const panel = payer ? (
    <MerchantPanel key={payer} id={payer} />
  ) : (
    chosen && (
      <OrderPanel
        key={chosen}
        id={chosen}
        done={done?.order === chosen ? done : undefined}
        onDone={setDone}
      />
    )
  );
  if (phone && panel) {
    return (
      <>
        <p className="cashier-back">
          <Link to="/cashier">
            <ArrowLeftOutlined /> {t('orders')}
          </Link>
        </p>
        {panel}
      </>
    );
  }
  return (
    <>
      <PageHead title={t('title')} />
      <div className="cashier">
        <div className="cashier-side">
          <MerchantSearch chosen={payer} />
          <OpenOrders chosen={chosen} />
          <Today />
        </div>
        <div className="cashier-main">
          {!phone &&
            (panel || (
              <div className="card">
                <EmptyState title={t('choose')} text={t('chooseText')} />
              </div>
            ))}
          <Waiting />
        </div>
      </div>
    </>
  );
}

const SIZE = 200;
const QUERY = new URLSearchParams({
  state: 'issued,part_received',
  sort: 'due_on',
  page: '1',
  size: String(SIZE),
});

function OpenOrders({ chosen }: { chosen: string | undefined }) {
  const t = useText();
  const meta = useEntity('payment_order');
  const list = useList('payment_order', QUERY);
  const [text, setText] = useState('');
  const all = (list.data?.items ?? []) as Order[];
  const found = all.filter((one) => matches(one, text));
  const total = list.data?.total ?? all.length;
  const state = meta && fieldOf(meta, 'state');
  return (
    <section className="card" aria-labelledby="orders-title">
      <header className="card-head">
        <h2 id="orders-title">{t('orders')}</h2>
        {list.data && <span className="dim">{total}</span>}
      </header>
      <search className="order-search">
        <label className="search-box">
          <SearchOutlined />
          <input
            type="search"
            data-search
            aria-label={t('search')}
            placeholder={t('search')}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        </label>
      </search>
      {list.error && !list.data && <ErrorState error={list.error} onRetry={() => list.refetch()} />}
      {!list.data && !list.error && <Skeleton rows={6} />}
      {list.data && all.length === 0 && <EmptyState small title={t('none')} text={t('noneText')} />}
      {all.length > 0 && found.length === 0 && (
        <EmptyState small title={t('noMatch')} text={t('noMatchText')} />
      )}
      <ul className="open-orders">
        {found.map((one) => (
          <li key={one.id}>
            <OpenOrder order={one} state={state} current={one.id === chosen} />
          </li>
        ))}
      </ul>
      {total > all.length && (
        <p className="dim order-more">{t('more', { shown: all.length, n: total })}</p>
      )}
    </section>
  );
}

function OpenOrder(props: { order: Order; state: FieldMeta | undefined; current: boolean }) {
  const { order, state } = props;
  return (
    <Link to={`?order=${order.id}`} aria-current={props.current ? 'true' : undefined}>
      <span className="row">
        <b className="cut grow">{order.merchant_id?.label ?? order.no}</b>
        <b>
          <Money value={less(order.total, order.received)} />
        </b>
      </span>
      <span className="row">
        <small className="cut grow">{[order.no, order.unit_nos].filter(Boolean).join(' · ')}</small>
        {state && <Cell field={state} value={order.state} />}
      </span>
      <small>
        <Due order={order} />
      </small>
    </Link>
  );
}
