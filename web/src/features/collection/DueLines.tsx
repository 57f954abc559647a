/* Charges that are due: how much is open, how late, the late fee to date and how it came about. */
import { Tooltip } from 'antd';
import { Fragment, useState } from 'react';
import { Link } from 'react-router';
import { EMPTY, formatMoney } from '@/shared/format';
import { recordPath } from '@/shared/paths';
import { Money, StatusTag } from '@/shared/ui';
import { Working } from '@/shared/ui/Working';
import { useText } from './text';
import type { DueLine } from './types';

export function DueLines({ lines }: { lines: DueLine[] }) {
  const t = useText();
  const [open, setOpen] = useState<string>();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: scrolls sideways, so it must be reachable by keyboard
    <section className="mini-scroll due-lines" aria-label={t('line')} tabIndex={0}>
      <table className="mini">
        <thead>
          <tr>
            <th>{t('line')}</th>
            <th>{t('period')}</th>
            <th>{t('dueOn')}</th>
            <th className="right">{t('overdueDays')}</th>
            <th className="right">{t('lineOpen')}</th>
            <th className="right">{t('lateFee')}</th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <Fragment key={line.id}>
              <tr>
                <td>
                  <Link to={recordPath('charge', line.id)}>{line.name}</Link>
                </td>
                <td className="num">
                  {line.from && line.to ? `${line.from} – ${line.to}` : EMPTY}
                </td>
                <td className="num">{line.due_on}</td>
                <td className="right num">{line.days || EMPTY}</td>
                <td className="right">
                  <Money value={line.open} />
                </td>
                <td className="right">
                  <Fee
                    line={line}
                    shown={open === line.id}
                    onToggle={() => setOpen(open === line.id ? undefined : line.id)}
                  />
                </td>
              </tr>
              {open === line.id && (
                <tr>
                  <td colSpan={6}>
                    <Working steps={line.working} />
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

function Fee(props: { line: DueLine; shown: boolean; onToggle: () => void }) {
  const t = useText();
  const { line } = props;
  if (!line.working) return <span className="dim">{EMPTY}</span>;
  return (
    <>
      {line.excessive && (
        <Tooltip title={t('excessiveText')}>
          <span>
            <StatusTag tone="amber">{t('excessive')}</StatusTag>{' '}
          </span>
        </Tooltip>
      )}
      <button
        type="button"
        className="line-toggle"
        aria-expanded={props.shown}
        aria-label={t('working', { name: line.name })}
        onClick={props.onToggle}
      >
        {formatMoney(line.late_fee)}
      </button>
      {/[1-9]/.test(line.late_fee_billed) && (
        <small className="dim"> {t('billed', { amount: formatMoney(line.late_fee_billed) })}</small>
      )}
    </>
  );
}
