/* An accounting month: what must be done before it is closed, each point with its state and the way there, and its reports. */
import { CheckCircleFilled, ExclamationCircleFilled } from '@ant-design/icons';
import { Link } from 'react-router';
import type { Slots } from '@/shared/meta/overrides';
import type { Row } from '@/shared/meta/types';
import { mayOf, useMe } from '@/shared/session';
import { useText } from './text';
import './ledger.css';

interface Point {
  code: string;
  label: string;
  done: boolean;
  count: number;
  may_waive: boolean;
  link: string;
}

function Checklist({ row }: { row: Row }) {
  const t = useText();
  const points = (row.checklist ?? []) as Point[];
  const open = points.filter((point) => !point.done).length;
  if (!points.length) return null;
  return (
    <section className="card month-check" aria-label={t('checklist')}>
      <h2>
        {t('checklist')}{' '}
        <span className={`pill ${open ? 'tone-amber' : 'tone-green'}`}>
          {open ? t('waiting', { n: open }) : t('allDone')}
        </span>
      </h2>
      <ul>
        {points.map((point) => (
          <li key={point.code} className={point.done ? 'done' : undefined}>
            {point.done ? <CheckCircleFilled /> : <ExclamationCircleFilled />}
            <span className="grow">
              {point.label}
              {!point.done && point.may_waive && <small className="dim"> {t('waive')}</small>}
            </span>
            <span className="dim">{point.done ? t('done') : t('open', { n: point.count })}</span>
            {!point.done && <Link to={point.link}>{t('goThere')}</Link>}
          </li>
        ))}
      </ul>
    </section>
  );
}

const REPORTS = [
  ['month_end', 'monthEnd'],
  ['cash_book', 'cashBook'],
  ['trial_balance', 'trialBalance'],
] as const;

function Reports({ row }: { row: Row }) {
  const t = useText();
  const me = useMe();
  const mine = REPORTS.filter(([name]) => mayOf(me, `report.${name}`));
  if (!mine.length) return null;
  return (
    <nav className="month-reports" aria-label={t('reports')}>
      <span className="dim">{t('reports')}</span>
      {mine.map(([name, text]) => (
        <Link key={name} to={`/report/${name}?month=${row.month}`}>
          {t(text)}
        </Link>
      ))}
    </nav>
  );
}

const slots: Slots = {
  detail: {
    banner: (row) => (
      <>
        <Reports row={row} />
        <Checklist row={row} />
      </>
    ),
  },
};
export default slots;
