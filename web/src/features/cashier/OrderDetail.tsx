/* One payment order: the sum in figures and capitals, its lines with their working, what came in. */
import { FilePdfOutlined, FileWordOutlined } from '@ant-design/icons';
import { App, Button } from 'antd';
import { lazy, type ReactNode, Suspense, useEffect } from 'react';
import { useNavigate, useParams } from 'react-router';
import { api } from '@/shared/api/client';
import { useOne } from '@/shared/api/hooks';
import { useLabel, useT } from '@/shared/i18n';
import { Cell, personName } from '@/shared/meta/cells';
import { Actions } from '@/shared/meta/EntityDetail';
import { type EntityMeta, fieldOf } from '@/shared/meta/types';
import { useEntity, useMay } from '@/shared/session';
import { ErrorState, errorText, PageHead, PageSkeleton, Skeleton } from '@/shared/ui';
import { type TabItem, Tabs } from '@/shared/ui/Tabs';
import { isOpen, OrderFacts, OrderSums } from './OrderHead';
import { OrderLines } from './OrderLines';
import { OrderReceipts } from './OrderReceipts';
import { useText } from './text';
import type { Order } from './types';
import '@/shared/meta/detail.css';
import './cashier.css';

const Files = lazy(() => import('@/shared/meta/DetailFiles'));
const History = lazy(() => import('@/shared/meta/DetailHistory'));

export default function OrderDetail() {
  const { id = '' } = useParams();
  const base = useT();
  const meta = useEntity('payment_order');
  const record = useOne('payment_order', id);
  const name = record.data ? String(record.data.no ?? '') : '';
  useEffect(() => {
    if (name) document.title = `${name} · ${base('app.name')}`;
  }, [name, base]);
  if (!meta) return null;
  if (record.error && !record.data) {
    return (
      <>
        <PageHead title="—" crumb={[{ to: '/e/payment_order', label: meta.label }]} />
        <div className="card">
          <ErrorState error={record.error} onRetry={() => record.refetch()} />
        </div>
      </>
    );
  }
  if (!record.data) return <PageSkeleton />;
  return <Loaded key={id} meta={meta} order={record.data as Order} />;
}

function Loaded({ meta, order }: { meta: EntityMeta; order: Order }) {
  const t = useText();
  const base = useT();
  const label = useLabel();
  const may = useMay();
  const navigate = useNavigate();
  const { message } = App.useApp();
  const state = fieldOf(meta, 'state');
  const inside = (node: ReactNode) => <Suspense fallback={<Skeleton rows={4} />}>{node}</Suspense>;
  // Money is taken in at the cashier's desk, where the amount is proposed and the outcome is told.
  const others = {
    ...order,
    actions: order.actions?.filter((one) => one.name !== 'receive') ?? [],
  };
  const tabs: TabItem[] = [
    { key: 'lines', label: t('lines'), children: <OrderLines lines={order.lines} /> },
    {
      key: 'receipts',
      label: t('receipts'),
      count: order.receipts.length,
      children: <OrderReceipts receipts={order.receipts} />,
    },
    {
      key: 'files',
      label: base('detail.files'),
      children: inside(<Files entity="payment_order" id={order.id} mayAdd={false} />),
    },
    {
      key: 'history',
      label: base('detail.history'),
      children: inside(<History meta={meta} id={order.id} />),
    },
  ];
  return (
    <>
      <PageHead title={order.no} crumb={[{ to: '/e/payment_order', label: meta.label }]}>
        {state && <Cell field={state} value={order.state} />}
        <div className="right">
          <Button
            icon={<FilePdfOutlined />}
            href={`/api/payment_order/${order.id}/print.pdf`}
            target="_blank"
          >
            {t('print')}
          </Button>
          <Button
            icon={<FileWordOutlined />}
            onClick={() =>
              api
                .download(
                  `/api/payment_order/${order.id}/document.docx`,
                  undefined,
                  `${order.no}.docx`,
                )
                .catch((error) => message.error(errorText(error, base('state.network'))))
            }
          >
            {t('word')}
          </Button>
          <Actions meta={meta} row={others} />
          {isOpen(order) && may('payment_order.receive') && (
            <Button type="primary" onClick={() => navigate(`/cashier?order=${order.id}`)}>
              {t('toCashier')}
            </Button>
          )}
        </div>
      </PageHead>
      {order.void_reason && (
        <p className="card card-body order-void">{t('voidedWhy', { text: order.void_reason })}</p>
      )}
      <section className="card card-body order-summary" aria-label={t('facts')}>
        <OrderSums order={order} />
        <p className="order-words">
          <span className="dim">{t('words')}</span> <span lang="zh-CN">{order.words}</span>
        </p>
        <OrderFacts order={order} />
        <p className="dim order-issued">
          {t('issued')} {order.issued_on} {personName(order.issued_by)}
        </p>
      </section>
      <section className="card" aria-label={label(meta.label)}>
        <Tabs items={tabs} label={label(meta.label)} />
      </section>
    </>
  );
}
