/* Everything open of a merchant: tick what the payer pays, take the money in, print the receipt; credit and what waits. */
import { DownOutlined, PrinterOutlined, RightOutlined } from '@ant-design/icons';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Checkbox } from 'antd';
import { Fragment, useState } from 'react';
import { Link } from 'react-router';
import { ApiError, api, newKey } from '@/shared/api/client';
import { refreshAll } from '@/shared/api/hooks';
import { DEPOSIT_KINDS } from '@/shared/deposit';
import { EMPTY, sumDecimals } from '@/shared/format';
import { useLabel, useT } from '@/shared/i18n';
import { useMay, useMe } from '@/shared/session';
import { EmptyState, ErrorState, errorText, Money, Skeleton, StatusTag } from '@/shared/ui';
import { Working } from '@/shared/ui/Working';
import { isNothing } from './money';
import { useReceiptWord } from './OrderReceipts';
import { TakeIn } from './TakeIn';
import { useText } from './text';
import type { OpenCharge, PayerDetail, PayerReceipt } from './types';

export function MerchantPanel({ id }: { id: string }) {
  const t = useText();
  const detail = useQuery({
    queryKey: ['one', 'cashier', id],
    queryFn: ({ signal }) => api.get<PayerDetail>(`/api/cashier/merchant/${id}`, undefined, signal),
  });
  if (detail.error && !detail.data) {
    return (
      <div className="card">
        <ErrorState error={detail.error} onRetry={() => detail.refetch()} />
      </div>
    );
  }
  if (!detail.data) {
    return (
      <div className="card card-body">
        <Skeleton rows={8} label={t('charges')} />
      </div>
    );
  }
  return <Loaded key={id} payer={detail.data} />;
}

function Loaded({ payer }: { payer: PayerDetail }) {
  const t = useText();
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set());
  const [printed, setPrinted] = useState<string>();
  const owed = payer.charges.filter((one) => !one.open.startsWith('-'));
  const back = payer.charges.filter((one) => one.open.startsWith('-'));
  const chosen = owed.filter((one) => ticked.has(one.id));
  const total = sumDecimals(
    chosen.map((one) => one.open),
    2,
  );
  const toggle = (ids: string[], on: boolean) =>
    setTicked((before) => {
      const next = new Set(before);
      for (const one of ids) on ? next.add(one) : next.delete(one);
      return next;
    });
  return (
    <div className="order-panel">
      <section className="card card-body" aria-labelledby="payer-name">
        <header className="row wrap order-head">
          <h2 id="payer-name">
            <Link to={`/e/merchant/${payer.id}`}>{payer.name}</Link>
          </h2>
        </header>
        <dl className="order-sums order-summary">
          <div className="main">
            <dt>{t('dueNow')}</dt>
            <dd>
              <Money value={payer.due} />
            </dd>
          </div>
          <div>
            <dt>{t('openAll')}</dt>
            <dd>
              <Money value={payer.open} />
            </dd>
          </div>
        </dl>
        {owed.length === 0 ? (
          <EmptyState small title={t('owesNothing')} text={t('owesNothingText')} />
        ) : (
          <Charges rows={owed} ticked={ticked} onTick={toggle} />
        )}
        {back.length > 0 && owed.length > 0 && <OffsetNote payer={payer} rows={back} />}
      </section>
      <TakeIn
        payer={payer}
        choice={chosen}
        total={total}
        onDone={(receipt) => {
          setTicked(new Set());
          setPrinted(receipt);
        }}
      />
      {printed && (
        <p className="card card-body receive-note" role="status">
          {t('takenIn')}{' '}
          <a href={`/api/receipt/${printed}/print.pdf`} target="_blank" rel="noreferrer">
            <PrinterOutlined /> {t('printReceipt')}
          </a>
        </p>
      )}
      <Receipts rows={payer.receipts} />
    </div>
  );
}

function Charges(props: {
  rows: OpenCharge[];
  ticked: ReadonlySet<string>;
  onTick: (ids: string[], on: boolean) => void;
}) {
  const t = useText();
  const { rows, ticked } = props;
  const [open, setOpen] = useState<string>();
  const all = rows.every((one) => ticked.has(one.id));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: scrolls sideways, so it must be reachable by keyboard
    <section className="mini-scroll order-lines" aria-label={t('charges')} tabIndex={0}>
      <table className="mini pick">
        <thead>
          <tr>
            <th>
              <Checkbox
                aria-label={t('tickAll')}
                checked={all}
                indeterminate={!all && ticked.size > 0}
                onChange={(event) =>
                  props.onTick(
                    rows.map((one) => one.id),
                    event.target.checked,
                  )
                }
              />
            </th>
            <th>{t('line')}</th>
            <th className="wide">{t('period')}</th>
            <th className="wide">{t('dueOn')}</th>
            <th className="right wide">{t('gross')}</th>
            <th className="right">{t('open')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Fragment key={row.id}>
              <tr className={ticked.has(row.id) ? 'ticked' : ''}>
                <td>
                  <Checkbox
                    aria-label={t('tick', { name: row.name })}
                    checked={ticked.has(row.id)}
                    onChange={(event) => props.onTick([row.id], event.target.checked)}
                  />
                </td>
                <td>
                  <ChargeName
                    row={row}
                    shown={open === row.id}
                    onToggle={() => setOpen(open === row.id ? undefined : row.id)}
                  />
                </td>
                <td className="num wide">{row.from ? `${row.from} – ${row.to}` : EMPTY}</td>
                <td className="num wide">
                  <Due on={row.due_on} />
                </td>
                <td className="right wide">
                  <Money value={row.gross} />
                </td>
                <td className="right">
                  <Money value={row.open} />
                </td>
              </tr>
              {open === row.id && (
                <tr className="line-working">
                  <td />
                  <td colSpan={5}>
                    <Working steps={row.working} />
                  </td>
                </tr>
              )}
            </Fragment>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function ChargeName(props: { row: OpenCharge; shown: boolean; onToggle: () => void }) {
  const t = useText();
  const label = useLabel();
  const { row, shown } = props;
  const kind = row.deposit_kind ? DEPOSIT_KINDS[row.deposit_kind] : undefined;
  const name = kind ? label(kind.label) : row.name;
  return (
    <>
      {row.working?.length ? (
        <button
          type="button"
          className="line-toggle"
          aria-expanded={shown}
          aria-label={t('showWorking', { name })}
          onClick={props.onToggle}
        >
          {shown ? <DownOutlined /> : <RightOutlined />}
          <span>{name}</span>
        </button>
      ) : (
        name
      )}
      <small className="dim charge-where">
        {[row.unit, row.order].filter(Boolean).join(' · ')}
        <span className="narrow">{t('due', { on: row.due_on })}</span>
      </small>
    </>
  );
}

function Due({ on }: { on: string }) {
  const me = useMe();
  return <span className={on < me.today ? 'ink-red' : undefined}>{on}</span>;
}

/* What is owed to the merchant may pay what it owes. */
function OffsetNote({ payer, rows }: { payer: PayerDetail; rows: OpenCharge[] }) {
  const t = useText();
  const base = useT();
  const may = useMay();
  const client = useQueryClient();
  const { message } = App.useApp();
  const [busy, setBusy] = useState(false);
  const total = sumDecimals(
    rows.map((one) => one.open),
    2,
  );
  const run = async () => {
    setBusy(true);
    try {
      await api.post('/api/charge/offset', { merchant_id: payer.id }, { key: newKey() });
      message.success(t('setOff'));
    } catch (error) {
      message.error(errorText(error, base('state.network')));
    } finally {
      setBusy(false);
      await refreshAll(client);
    }
  };
  return (
    <p className="row wrap receive-note">
      <span className="grow">
        {t('owedBack')} <Money value={total} />
      </span>
      {may('charge.offset') && (
        <Button size="small" loading={busy} onClick={run}>
          {t('offset')}
        </Button>
      )}
    </p>
  );
}

function Receipts({ rows }: { rows: PayerReceipt[] }) {
  const t = useText();
  const base = useT();
  const may = useMay();
  const client = useQueryClient();
  const word = useReceiptWord();
  const { message } = App.useApp();
  const apply = async (row: PayerReceipt) => {
    try {
      await api.post(`/api/receipt/${row.id}/apply`, {}, { key: newKey() });
      message.success(t('applied'));
    } catch (error) {
      if (error instanceof ApiError && error.stale) message.warning(base('detail.staleAction'), 6);
      else message.error(errorText(error, base('state.network')));
    }
    await refreshAll(client);
  };
  return (
    <section className="card" aria-labelledby="payer-receipts">
      <header className="card-head">
        <h2 id="payer-receipts">{t('receipts')}</h2>
      </header>
      {rows.length === 0 && <EmptyState small title={t('receiptsNone')} />}
      <ul className="receipt-rows waiting-rows">
        {rows.map((row) => (
          <li key={row.id}>
            <span className="grow">
              <span className="row wrap">
                <Link to={`/e/receipt/${row.id}`}>{row.no}</Link>
                <StatusTag tone={word('state', row.state).tone}>
                  {word('state', row.state).text}
                </StatusTag>
              </span>
              <small className="dim">
                {[row.received_on, word('way', row.way).text].filter(Boolean).join(' · ')}
              </small>
            </span>
            <span className="right">
              <b>
                <Money value={row.amount} />
              </b>
              {!isNothing(row.credit) && (
                <small className="dim">
                  {t('credit')} <Money value={row.credit} />
                </small>
              )}
            </span>
            {!isNothing(row.credit) && may('receipt.apply') && (
              <Button onClick={() => apply(row)}>{t('applyCredit')}</Button>
            )}
            <Button
              icon={<PrinterOutlined />}
              aria-label={t('printReceipt')}
              href={`/api/receipt/${row.id}/print.pdf`}
              target="_blank"
            />
          </li>
        ))}
      </ul>
    </section>
  );
}
