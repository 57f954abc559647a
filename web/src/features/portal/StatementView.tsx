/* The statement of account for both sides: a period, the balances, each line of the registers, payments and deposits. */
import { useState } from 'react';
import { todayInChina } from '@/shared/format';
import { usePhone } from '@/shared/prefs';
import { EmptyState, Money, StatusTag } from '@/shared/ui';
import { DayPicker } from '@/shared/ui/DayPicker';
import { Aside, Download, HowToPay, Loaded, periodOf, usePortal } from './parts';
import { useText } from './text';
import type { Statement, StatementLine } from './types';

interface Period {
  from: string;
  to: string;
}

function periods(today: string): { thisMonth: Period; lastMonth: Period; thisYear: Period } {
  const month = today.slice(0, 7);
  const [year = 0, number = 1] = month.split('-').map(Number);
  const last = new Date(Date.UTC(year, number - 1, 0)).toISOString().slice(0, 10);
  return {
    thisMonth: { from: `${month}-01`, to: today },
    lastMonth: { from: `${last.slice(0, 7)}-01`, to: last },
    thisYear: { from: `${year}-01-01`, to: today },
  };
}

/* @path without extension: the JSON, and with ".pdf" the paper. */
export function StatementView({ path }: { path: string }) {
  const today = todayInChina();
  const [period, setPeriod] = useState<Period>(periods(today).thisYear);
  const query = usePortal<Statement>(path, { ...period });
  return (
    <>
      <PeriodPicker period={period} today={today} onChange={setPeriod} path={path} />
      <Loaded query={query}>{(statement) => <Content statement={statement} />}</Loaded>
    </>
  );
}

function PeriodPicker(props: {
  period: Period;
  today: string;
  path: string;
  onChange: (period: Period) => void;
}) {
  const t = useText();
  const { period, today, path, onChange } = props;
  const named = periods(today);
  return (
    <div className="portal-period no-print">
      <fieldset className="portal-years" aria-label={t('presets')}>
        {(['thisMonth', 'lastMonth', 'thisYear'] as const).map((key) => (
          <button
            key={key}
            type="button"
            aria-pressed={named[key].from === period.from && named[key].to === period.to}
            onClick={() => onChange(named[key])}
          >
            {t(key)}
          </button>
        ))}
      </fieldset>
      <div className="row">
        <DayPicker
          aria-label={t('from')}
          value={period.from}
          max={period.to}
          required
          onChange={(from) => from && onChange({ ...period, from })}
        />
        <span className="dim">–</span>
        <DayPicker
          aria-label={t('to')}
          value={period.to}
          min={period.from}
          required
          onChange={(to) => to && onChange({ ...period, to })}
        />
      </div>
      <Download
        path={`${path}.pdf`}
        query={{ ...period }}
        name={`${t('statement')} ${period.from} ${period.to}.pdf`}
        label={t('download')}
      />
    </div>
  );
}

function Content({ statement }: { statement: Statement }) {
  const t = useText();
  const phone = usePhone();
  const sums = [
    ['opening', statement.opening],
    ['charged', statement.charged],
    ['settled', statement.settled],
    ['closing', statement.closing],
  ] as const;
  return (
    <>
      <dl className="card portal-sums">
        {sums.map(([key, value]) => (
          <div key={key}>
            <dt className="dim">{t(key)}</dt>
            <dd className="num">
              <Money value={value} />
            </dd>
          </div>
        ))}
        <div>
          <dt className="dim">{t('credit')}</dt>
          <dd className="num">
            <Money value={statement.credit} />
          </dd>
        </div>
      </dl>
      <section className="card" aria-label={t('lines')}>
        <h2 className="portal-head">{t('lines')}</h2>
        {!statement.lines.length && <EmptyState small title={t('noLines')} />}
        {statement.lines.length > 0 &&
          (phone ? <Cards {...statement} /> : <Table {...statement} />)}
      </section>
      <div className="portal-two">
        <Receipts statement={statement} />
        <Deposits statement={statement} />
      </div>
      <HowToPay pay={statement.pay} />
    </>
  );
}

function useWhat() {
  const t = useText();
  return (line: StatementLine) => {
    if (line.what === 'void') return t('voided', { name: line.name });
    return line.what === 'charge' ? line.name : `${line.kind_label} · ${line.name}`;
  };
}

const aside = (line: StatementLine) => [line.unit_no, periodOf(line), line.no];
const keyOf = (line: StatementLine) => `${line.what}-${line.id}`;
const opposite = (amount: string) => (amount.startsWith('-') ? amount.slice(1) : `-${amount}`);

function Table({ lines, opening, closing, charged, settled, from }: Statement) {
  const t = useText();
  const what = useWhat();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: scrolls sideways, so it must be reachable by keyboard
    <section className="portal-scroll" aria-label={t('lines')} tabIndex={0}>
      <table className="portal-table">
        <thead>
          <tr>
            <th>{t('day')}</th>
            <th>{t('what')}</th>
            <th className="right">{t('charge')}</th>
            <th className="right">{t('settlement')}</th>
            <th className="right">{t('balance')}</th>
          </tr>
        </thead>
        <tbody>
          <tr>
            <td className="num">{from}</td>
            <td>{t('opening')}</td>
            <td />
            <td />
            <td className="right">
              <Money value={opening} />
            </td>
          </tr>
          {lines.map((line) => (
            <tr key={keyOf(line)}>
              <td className="num">{line.on}</td>
              <td>
                {what(line)} <Aside parts={aside(line)} />
              </td>
              <td className="right">
                {line.what !== 'allocation' && <Money value={line.amount} />}
              </td>
              <td className="right">
                {line.what === 'allocation' && <Money value={opposite(line.amount)} />}
              </td>
              <td className="right">
                <Money value={line.balance} />
              </td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th colSpan={2} scope="row">
              {t('closing')}
            </th>
            <td className="right">
              <Money value={charged} />
            </td>
            <td className="right">
              <Money value={settled} />
            </td>
            <td className="right">
              <Money value={closing} />
            </td>
          </tr>
        </tfoot>
      </table>
    </section>
  );
}

function Cards({ lines }: Statement) {
  const t = useText();
  const what = useWhat();
  return (
    <ul className="portal-list">
      {lines.map((line) => (
        <li key={keyOf(line)}>
          <span className="grow">
            <b>{what(line)}</b>
            <Aside parts={[line.on, ...aside(line)]} />
          </span>
          <span className="portal-amount">
            <b className={line.amount.startsWith('-') ? 'ink-green' : undefined}>
              <Money value={line.amount} />
            </b>
            <small className="dim">
              {t('balance')} <Money value={line.balance} />
            </small>
          </span>
        </li>
      ))}
    </ul>
  );
}

function Receipts({ statement }: { statement: Statement }) {
  const t = useText();
  return (
    <section className="card" aria-label={t('receipts')}>
      <h2 className="portal-head">{t('receipts')}</h2>
      {!statement.receipts.length && <EmptyState small title={t('noLines')} />}
      <ul className="portal-list">
        {statement.receipts.map((one) => (
          <li key={one.id}>
            <span className="grow">
              <b className="num">
                {one.received_on} · {one.way_label}
              </b>
              <Aside parts={[one.no, one.order_no]} />
            </span>
            {one.state !== 'confirmed' && <StatusTag tone="amber">{one.state_label}</StatusTag>}
            <Money value={one.amount} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Deposits({ statement }: { statement: Statement }) {
  const t = useText();
  return (
    <section className="card" aria-label={t('deposits')}>
      <h2 className="portal-head">{t('deposits')}</h2>
      {!statement.deposits.length && <EmptyState small title={t('noDeposits')} />}
      <ul className="portal-list">
        {statement.deposits.map((one) => (
          <li key={one.kind}>
            <span className="grow">
              <b>{one.kind_label}</b>
              <small className="dim">
                {t('depositOpening')} <Money value={one.opening} />
              </small>
            </span>
            <Money value={one.closing} />
          </li>
        ))}
      </ul>
    </section>
  );
}
