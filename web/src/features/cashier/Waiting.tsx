/* Receipts that somebody registered and another person confirms or sends back. */
import { useQueryClient } from '@tanstack/react-query';
import { App, Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { Link } from 'react-router';
import { ApiError, api } from '@/shared/api/client';
import { refreshAll, useList } from '@/shared/api/hooks';
import { formatMoney } from '@/shared/format';
import { useT } from '@/shared/i18n';
import type { ActionMeta } from '@/shared/meta/types';
import { useMay, useMe } from '@/shared/session';
import { EmptyState, ErrorState, Money, Skeleton } from '@/shared/ui';
import { useReceiptWord } from './OrderReceipts';
import { useText } from './text';
import type { ReceiptRow } from './types';

const ActionDialog = lazy(() =>
  import('@/shared/meta/ActionDialog').then((module) => ({ default: module.ActionDialog })),
);

const QUERY = new URLSearchParams({ state: 'registered', sort: 'no', page: '1', size: '100' });

type Judgement = 'confirm' | 'refuse';

export function Waiting() {
  const t = useText();
  const base = useT();
  const client = useQueryClient();
  const { message } = App.useApp();
  const word = useReceiptWord();
  const list = useList('receipt', QUERY);
  const [open, setOpen] = useState<{ receipt: ReceiptRow; what: Judgement }>();
  const rows = (list.data?.items ?? []) as ReceiptRow[];

  const run = async (values: Record<string, unknown>, key: string) => {
    if (!open) return;
    const { receipt, what } = open;
    try {
      await api.post(
        `/api/receipt/${receipt.id}/${what}`,
        { version: receipt.version, ...values },
        { key },
      );
      message.success(t(what === 'confirm' ? 'confirmed' : 'refused'));
    } catch (error) {
      if (!(error instanceof ApiError) || !error.stale) throw error;
      message.warning(base('detail.staleAction'), 6);
    }
    setOpen(undefined);
    await refreshAll(client);
  };
  const actionOf = (what: Judgement): ActionMeta => ({
    name: what,
    label: t(what),
    tone: what === 'confirm' ? 'primary' : 'danger',
    fields:
      what === 'confirm'
        ? []
        : [{ name: 'reason', type: 'text', label: t('refuseReason'), required: true, max: 200 }],
  });
  return (
    <section className="card" aria-labelledby="waiting-title">
      <header className="card-head">
        <h2 id="waiting-title">{t('waitingTitle')}</h2>
        {rows.length > 0 && <span className="dim">{list.data?.total ?? rows.length}</span>}
      </header>
      {list.error && !list.data && <ErrorState error={list.error} onRetry={() => list.refetch()} />}
      {!list.data && !list.error && <Skeleton rows={2} />}
      {list.data && rows.length === 0 && (
        <EmptyState small title={t('waitingNone')} text={t('waitingNoneText')} />
      )}
      <ul className="receipt-rows waiting-rows">
        {rows.map((row) => (
          <WaitingRow
            key={row.id}
            row={row}
            way={word('way', row.way).text}
            onJudge={(what) => setOpen({ receipt: row, what })}
          />
        ))}
      </ul>
      <Suspense fallback={null}>
        {open && (
          <ActionDialog
            key={`${open.receipt.id}/${open.what}`}
            action={actionOf(open.what)}
            title={t(`${open.what}Title`, { no: open.receipt.no })}
            intro={
              open.what === 'confirm'
                ? t('confirmText', {
                    amount: formatMoney(open.receipt.amount),
                    way: word('way', open.receipt.way).text,
                  })
                : undefined
            }
            onRun={run}
            onClose={() => setOpen(undefined)}
          />
        )}
      </Suspense>
    </section>
  );
}

function WaitingRow(props: { row: ReceiptRow; way: string; onJudge: (what: Judgement) => void }) {
  const t = useText();
  const me = useMe();
  const may = useMay();
  const { row } = props;
  const own = row.cashier_id?.id === me.id;
  return (
    <li>
      <span className="grow">
        <span className="row wrap">
          <Link to={`/e/receipt/${row.id}`}>{row.no}</Link>
          {row.order_id && <Link to={`?order=${row.order_id.id}`}>{row.order_id.label}</Link>}
          <span>{row.merchant_id?.label}</span>
        </span>
        <small className="dim">
          {[row.received_on, props.way, row.reference, row.cashier_id?.label]
            .filter(Boolean)
            .join(' · ')}
        </small>
        {own && <small className="ink-amber">{t('own')}</small>}
      </span>
      <b>
        <Money value={row.amount} />
      </b>
      <span className="row judge">
        {may('receipt.refuse') && (
          <Button danger onClick={() => props.onJudge('refuse')}>
            {t('refuse')}
          </Button>
        )}
        {may('receipt.confirm') && !own && (
          <Button type="primary" onClick={() => props.onJudge('confirm')}>
            {t('confirm')}
          </Button>
        )}
      </span>
    </li>
  );
}
