/* Billing a month of readings: what would be charged with its working, what stands in the way, then posting. */
import { DownOutlined, RightOutlined } from '@ant-design/icons';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, DatePicker } from 'antd';
import dayjs from 'dayjs';
import { Fragment, type ReactNode, useState } from 'react';
import { Link } from 'react-router';
import { ApiError, api, newKey } from '@/shared/api/client';
import { refreshAll } from '@/shared/api/hooks';
import { formatDecimal, formatMoney, formatPrice } from '@/shared/format';
import { useT } from '@/shared/i18n';
import { usePhone } from '@/shared/prefs';
import { useMe } from '@/shared/session';
import { EmptyState, ErrorState, errorText, Money, Skeleton, StatusTag } from '@/shared/ui';
import DayPicker, { useDayLocale } from '@/shared/ui/DayPickerField';
import { Dialog } from '@/shared/ui/Dialog';
import { Working } from '@/shared/ui/Working';
import { useText } from './text';
import type { Billing as Bill, BillLine } from './types';

const plain = (value: string) => formatDecimal(value.replace(/\.0+$/, ''));

function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

export function Billing() {
  const t = useText();
  const me = useMe();
  useDayLocale();
  const [month, setMonth] = useState(me.today.slice(0, 7));
  const [due, setDue] = useState(addDays(me.today, 15));
  const [asking, setAsking] = useState(false);
  const key = ['meter-billing', month];
  const bill = useQuery({
    queryKey: key,
    queryFn: ({ signal }) =>
      api.get<Bill>('/api/meter/billing', { month: month.replace('-', '') }, signal),
  });
  const data = bill.data;
  return (
    <div className="meter-billing">
      <section className="card row wrap billing-tools" aria-label={t('billing')}>
        <span className="row">
          <span className="dim">{t('month')}</span>
          <DatePicker
            picker="month"
            allowClear={false}
            inputReadOnly
            value={dayjs(`${month}-01`)}
            aria-label={t('month')}
            onChange={(next) => next && setMonth(next.format('YYYY-MM'))}
          />
        </span>
        <span className="row">
          <span className="dim">{t('dueOn')}</span>
          <DayPicker
            value={due}
            onChange={(next) => next && setDue(next)}
            required
            aria-label={t('dueOn')}
          />
        </span>
        {data && data.lines.length > 0 && (
          <Button type="primary" className="right" onClick={() => setAsking(true)}>
            {t('post')} {formatMoney(data.total)}
          </Button>
        )}
      </section>
      {bill.error && !data && (
        <div className="card">
          <ErrorState error={bill.error} onRetry={() => bill.refetch()} />
        </div>
      )}
      {!data && !bill.error && (
        <div className="card">
          <Skeleton rows={8} />
        </div>
      )}
      {data && <Problems bill={data} />}
      {data && (
        <Section title={t('lines')} count={data.lines.length}>
          {data.lines.length === 0 ? (
            <EmptyState small title={t('nothing')} text={t('nothingText')} />
          ) : (
            <Lines lines={data.lines} total={data.total} />
          )}
        </Section>
      )}
      {data && data.landlord.length > 0 && (
        <Section title={t('landlord')} count={data.landlord.length} text={t('landlordText')}>
          <Lines lines={data.landlord} total={data.landlord_total} />
        </Section>
      )}
      {asking && data && (
        <Post month={month} due={due} bill={data} onClose={() => setAsking(false)} />
      )}
    </div>
  );
}

function Section(props: { title: string; count: number; text?: string; children: ReactNode }) {
  return (
    <section className="card">
      <header className="card-head">
        <h2>{props.title}</h2>
        <span className="dim num">{props.count}</span>
      </header>
      {props.text && <p className="dim section-text">{props.text}</p>}
      {props.children}
    </section>
  );
}

function Problems({ bill }: { bill: Bill }) {
  const t = useText();
  return (
    <>
      {bill.problems.length > 0 && (
        <Section title={t('problems')} count={bill.problems.length}>
          <ul className="problem-list">
            {bill.problems.map((one) => (
              <li key={one.reading_id} className="row wrap">
                <Link to={`/e/meter_reading/${one.reading_id}`} className="num">
                  {[one.unit, one.meter, one.read_on].filter(Boolean).join(' · ')}
                </Link>
                <StatusTag tone={one.problem === 'not_checked' ? 'amber' : 'red'}>
                  {one.text}
                </StatusTag>
                {one.on && <span className="dim">{t('problemOn', { on: one.on })}</span>}
              </li>
            ))}
          </ul>
        </Section>
      )}
      {bill.unread.length > 0 && (
        <Section title={t('unread')} count={bill.unread.length}>
          <ul className="unread-list">
            {bill.unread.map((one) => (
              <li key={one.meter_id}>
                <Link to={`/e/meter/${one.meter_id}`}>
                  {[one.unit, one.meter].filter(Boolean).join(' · ')}
                </Link>{' '}
                <small className="dim num">{one.last_on ?? t('neverRead')}</small>
              </li>
            ))}
          </ul>
        </Section>
      )}
    </>
  );
}

function Lines(props: { lines: BillLine[]; total: string }) {
  const phone = usePhone();
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const toggle = (id: string) =>
    setOpen((before) => {
      const next = new Set(before);
      if (!next.delete(id)) next.add(id);
      return next;
    });
  const parts = { ...props, open, toggle };
  return phone ? <LineCards {...parts} /> : <LineTable {...parts} />;
}

interface LinesProps {
  lines: BillLine[];
  total: string;
  open: ReadonlySet<string>;
  toggle: (id: string) => void;
}

const idOf = (line: BillLine) => `${line.reading_id}.${line.from}`;
const whoOf = (line: BillLine) => [line.merchant, line.unit].filter(Boolean).join(' · ');

function Toggle({
  line,
  shown,
  onToggle,
}: {
  line: BillLine;
  shown: boolean;
  onToggle: () => void;
}) {
  const t = useText();
  return (
    <button
      type="button"
      className="working-toggle"
      aria-expanded={shown}
      aria-label={t('showWorking', { name: whoOf(line) })}
      onClick={onToggle}
    >
      {shown ? <DownOutlined /> : <RightOutlined />}
      <span>{whoOf(line)}</span>
    </button>
  );
}

function LineTable({ lines, total, open, toggle }: LinesProps) {
  const t = useText();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: scrolls sideways, so it must be reachable by keyboard
    <section className="mini-scroll" aria-label={t('lines')} tabIndex={0}>
      <table className="mini">
        <thead>
          <tr>
            <th>{t('line')}</th>
            <th>{t('meter')}</th>
            <th>{t('period')}</th>
            <th className="right">{t('reading')}</th>
            <th className="right">{t('used')}</th>
            <th className="right">{t('price')}</th>
            <th className="right">{t('net')}</th>
            <th className="right">{t('tax')}</th>
            <th className="right">{t('gross')}</th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <Fragment key={idOf(line)}>
              <tr>
                <td>
                  <Toggle
                    line={line}
                    shown={open.has(idOf(line))}
                    onToggle={() => toggle(idOf(line))}
                  />
                </td>
                <td>
                  <Link to={`/e/meter_reading/${line.reading_id}`}>{line.meter}</Link>
                </td>
                <td className="num">
                  {line.from} – {line.to}
                </td>
                <td className="right num">
                  {plain(line.previous)} → {plain(line.reading)}
                </td>
                <td className="right num">{plain(line.used)}</td>
                <td className="right num">{formatPrice(line.price)}</td>
                <td className="right">
                  <Money value={line.net} />
                </td>
                <td className="right">
                  <Money value={line.tax} />
                </td>
                <td className="right">
                  <Money value={line.gross} />
                </td>
              </tr>
              {open.has(idOf(line)) && (
                <tr className="billing-working">
                  <td colSpan={9}>
                    <Working steps={line.working} />
                  </td>
                </tr>
              )}
            </Fragment>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th colSpan={8} scope="row">
              {t('sum')}
            </th>
            <td className="right">
              <Money value={total} />
            </td>
          </tr>
        </tfoot>
      </table>
    </section>
  );
}

function LineCards({ lines, total, open, toggle }: LinesProps) {
  const t = useText();
  return (
    <ul className="line-cards">
      {lines.map((line) => (
        <li key={idOf(line)}>
          <p className="row">
            <span className="grow">
              <Toggle
                line={line}
                shown={open.has(idOf(line))}
                onToggle={() => toggle(idOf(line))}
              />
            </span>
            <b>
              <Money value={line.gross} />
            </b>
          </p>
          <p className="dim num">
            {line.meter} · {plain(line.previous)} → {plain(line.reading)}
          </p>
          {open.has(idOf(line)) && (
            <div className="billing-working">
              <Working steps={line.working} />
            </div>
          )}
        </li>
      ))}
      <li className="row">
        <b className="grow">{t('sum')}</b>
        <b>
          <Money value={total} />
        </b>
      </li>
    </ul>
  );
}

function Post(props: { month: string; due: string; bill: Bill; onClose: () => void }) {
  const t = useText();
  const base = useT();
  const { message } = App.useApp();
  const client = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [key] = useState(newKey);
  const { bill } = props;
  const post = async () => {
    setBusy(true);
    try {
      const body = { month: props.month.replace('-', ''), due_on: props.due, total: bill.total };
      const made = await api.post<{ charges: number; gross: string }>('/api/meter/billing', body, {
        key,
      });
      message.success(t('posted', { n: made.charges, gross: formatMoney(made.gross) }));
    } catch (error) {
      const moved = error instanceof ApiError && error.code === 'meter_reading.moved';
      message.error(moved ? t('moved') : errorText(error, base('state.network')));
    }
    setBusy(false);
    refreshAll(client);
    props.onClose();
  };
  return (
    <Dialog
      title={t('postTitle', { month: props.month })}
      width={460}
      onClose={() => !busy && props.onClose()}
      footer={
        <>
          <Button onClick={props.onClose} disabled={busy}>
            {t('cancel')}
          </Button>
          <Button type="primary" loading={busy} onClick={post}>
            {t('post')}
          </Button>
        </>
      }
    >
      <p>{t('postText', { n: bill.lines.length, total: formatMoney(bill.total) })}</p>
      <p className="dim">
        {t('dueOn')} <span className="num">{props.due}</span>
      </p>
    </Dialog>
  );
}
