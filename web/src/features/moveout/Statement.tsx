/* The settlement statement, each figure with its working. Credits and deductions stand in columns of their own, as on the paper. */
import { DownOutlined, RightOutlined, WarningOutlined } from '@ant-design/icons';
import { Fragment, useState } from 'react';
import { Link } from 'react-router';
import { EMPTY } from '@/shared/format';
import { usePhone } from '@/shared/prefs';
import { Money } from '@/shared/ui';
import { Working } from '@/shared/ui/Working';
import { useText } from './text';
import type { MoveOut, StatementLine } from './types';

type Text = ReturnType<typeof useText>;

const isCredit = (line: StatementLine) => line.amount.startsWith('-');
const plain = (amount: string) => amount.replace(/^-/, '');
const groupOf = (t: Text, line: StatementLine) => t(`g_${line.group}` as Parameters<Text>[0]);

export function Statement({ row }: { row: MoveOut }) {
  const t = useText();
  const phone = usePhone();
  const [open, setOpen] = useState<ReadonlySet<number>>(new Set());
  const { settlement } = row;
  const toggle = (i: number) =>
    setOpen((before) => {
      const next = new Set(before);
      if (!next.delete(i)) next.add(i);
      return next;
    });
  return (
    <div className="moveout-statement">
      <p className="dim">{t(row.is_frozen ? 'frozen' : 'live', { on: settlement.on })}</p>
      {settlement.problems.length > 0 && (
        <section className="moveout-problems" aria-label={t('problems')}>
          <b>
            <WarningOutlined /> {t('problems')}
          </b>
          <ul>
            {settlement.problems.map((one) => (
              <li key={one.problem}>{one.text}</li>
            ))}
          </ul>
        </section>
      )}
      {phone ? (
        <Cards lines={settlement.lines} open={open} toggle={toggle} />
      ) : (
        <Table row={row} open={open} toggle={toggle} />
      )}
      <Net row={row} />
    </div>
  );
}

interface LinesProps {
  open: ReadonlySet<number>;
  toggle: (i: number) => void;
}

function Name({ line, i, open, toggle }: LinesProps & { line: StatementLine; i: number }) {
  const t = useText();
  return (
    <button
      type="button"
      className="working-toggle"
      aria-expanded={open.has(i)}
      aria-label={t('showWorking', { name: line.name })}
      onClick={() => toggle(i)}
    >
      {open.has(i) ? <DownOutlined /> : <RightOutlined />}
      <span>{line.name}</span>
    </button>
  );
}

function More({ line }: { line: StatementLine }) {
  const t = useText();
  return (
    <div className="moveout-working">
      <Working steps={line.working} />
      {line.clause && <p className="dim">{t('clause', { text: line.clause })}</p>}
      {line.charge_id && <Link to={`/e/charge/${line.charge_id}`}>{line.name}</Link>}
    </div>
  );
}

function Table({ row, open, toggle }: LinesProps & { row: MoveOut }) {
  const t = useText();
  const { settlement } = row;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: scrolls sideways, so it must be reachable by keyboard
    <section className="mini-scroll" aria-label={t('settlement')} tabIndex={0}>
      <table className="mini">
        <thead>
          <tr>
            <th>{t('group')}</th>
            <th>{t('line')}</th>
            <th>{t('period')}</th>
            <th className="right">{t('credit')}</th>
            <th className="right">{t('deduction')}</th>
          </tr>
        </thead>
        <tbody>
          {settlement.lines.map((line, i) => (
            <Fragment key={`${line.group}.${line.name}.${line.from}.${line.charge_id}`}>
              <tr>
                <td className="dim">{groupOf(t, line)}</td>
                <td>
                  <Name line={line} i={i} open={open} toggle={toggle} />
                </td>
                <td className="num">{line.from ? `${line.from} – ${line.to}` : EMPTY}</td>
                <td className="right">{isCredit(line) && <Money value={plain(line.amount)} />}</td>
                <td className="right">{!isCredit(line) && <Money value={line.amount} />}</td>
              </tr>
              {open.has(i) && (
                <tr>
                  <td colSpan={5}>
                    <More line={line} />
                  </td>
                </tr>
              )}
            </Fragment>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th colSpan={3} scope="row">
              {t('sum')}
            </th>
            <td className="right">
              <Money value={settlement.credits} />
            </td>
            <td className="right">
              <Money value={settlement.deductions} />
            </td>
          </tr>
        </tfoot>
      </table>
    </section>
  );
}

function Cards({ lines, open, toggle }: LinesProps & { lines: StatementLine[] }) {
  const t = useText();
  return (
    <ul className="moveout-cards">
      {lines.map((line, i) => (
        <li key={`${line.group}.${line.name}.${line.from}.${line.charge_id}`}>
          <p className="row">
            <span className="grow">
              <Name line={line} i={i} open={open} toggle={toggle} />
            </span>
            <b className={isCredit(line) ? 'ink-green' : undefined}>
              {isCredit(line) && '− '}
              <Money value={plain(line.amount)} />
            </b>
          </p>
          <p className="dim num">
            {groupOf(t, line)}
            {line.from && ` · ${line.from} – ${line.to}`}
          </p>
          {open.has(i) && <More line={line} />}
        </li>
      ))}
    </ul>
  );
}

function Net({ row }: { row: MoveOut }) {
  const t = useText();
  const { settlement } = row;
  const owed = /[1-9]/.test(settlement.owed);
  return (
    <dl className="moveout-total">
      <div>
        <dt>{t('credit')}</dt>
        <dd>
          <Money value={settlement.credits} />
        </dd>
      </div>
      <div>
        <dt>{t('deduction')}</dt>
        <dd>
          <Money value={settlement.deductions} />
        </dd>
      </div>
      <div className="main">
        <dt>{owed ? t('owed') : t('refund')}</dt>
        <dd>
          <Money value={owed ? settlement.owed : settlement.refund} />
        </dd>
      </div>
    </dl>
  );
}
