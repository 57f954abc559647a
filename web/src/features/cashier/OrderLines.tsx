/* The lines of a payment order: what for, which days, how much, and how the amount came about. */
import { DownOutlined, RightOutlined } from '@ant-design/icons';
import { Fragment, useState } from 'react';
import { DEPOSIT_KINDS } from '@/shared/deposit';
import { EMPTY, formatMoney, sumDecimals } from '@/shared/format';
import { useLabel } from '@/shared/i18n';
import { usePhone } from '@/shared/prefs';
import { Money, StatusTag } from '@/shared/ui';
import { Working } from '@/shared/ui/Working';
import { isNothing } from './money';
import { useText } from './text';
import type { OrderLine } from './types';

const SUMS = ['net', 'tax', 'gross', 'received'] as const;

export function OrderLines({ lines, brief }: { lines: OrderLine[]; brief?: boolean }) {
  const phone = usePhone();
  return phone ? <Cards lines={lines} /> : <Table lines={lines} brief={brief ?? false} />;
}

function useOpenLines() {
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const toggle = (id: string) =>
    setOpen((before) => {
      const next = new Set(before);
      if (!next.delete(id)) next.add(id);
      return next;
    });
  return { open, toggle };
}

/* The name of the line; for a deposit its legal kind, for that decides what becomes of the money. */
function What({
  line,
  shown,
  onToggle,
}: {
  line: OrderLine;
  shown: boolean;
  onToggle: () => void;
}) {
  const t = useText();
  const label = useLabel();
  const kind = line.deposit_kind ? DEPOSIT_KINDS[line.deposit_kind] : undefined;
  const name = kind ? label(kind.label) : line.name;
  return (
    <>
      {line.working?.length ? (
        <button
          type="button"
          className="line-toggle"
          aria-expanded={shown}
          aria-label={t('showWorking', { name })}
          onClick={onToggle}
        >
          {shown ? <DownOutlined /> : <RightOutlined />}
          <span>{name}</span>
        </button>
      ) : (
        name
      )}
    </>
  );
}

function Kind({ line }: { line: OrderLine }) {
  const label = useLabel();
  const kind = line.deposit_kind ? DEPOSIT_KINDS[line.deposit_kind] : undefined;
  return kind ? <p className="dim line-effect">{label(kind.effect)}</p> : null;
}

const periodOf = (line: OrderLine) => (line.from && line.to ? `${line.from} – ${line.to}` : EMPTY);

function Table({ lines, brief }: { lines: OrderLine[]; brief: boolean }) {
  const t = useText();
  const { open, toggle } = useOpenLines();
  const sums = brief ? (['gross', 'received'] as const) : SUMS;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: scrolls sideways, so it must be reachable by keyboard
    <section className="mini-scroll order-lines" aria-label={t('lines')} tabIndex={0}>
      <table className="mini">
        <thead>
          <tr>
            <th>{t('line')}</th>
            <th>{t('period')}</th>
            <th>{t('dueOn')}</th>
            {sums.map((name) => (
              <th key={name} className="right">
                {t(name)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <Fragment key={line.id}>
              <tr>
                <td>
                  <What line={line} shown={open.has(line.id)} onToggle={() => toggle(line.id)} />
                </td>
                <td className="num">{periodOf(line)}</td>
                <td className="num">{line.due_on}</td>
                {sums.map((name) => (
                  <td key={name} className="right">
                    <Money value={line[name]} />
                  </td>
                ))}
              </tr>
              {open.has(line.id) && (
                <tr className="line-working">
                  <td colSpan={3 + sums.length}>
                    <Working steps={line.working} />
                    <Kind line={line} />
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
            {sums.map((name) => (
              <td key={name} className="right">
                <Money
                  value={sumDecimals(
                    lines.map((line) => line[name]),
                    2,
                  )}
                />
              </td>
            ))}
          </tr>
        </tfoot>
      </table>
    </section>
  );
}

function Cards({ lines }: { lines: OrderLine[] }) {
  const t = useText();
  const { open, toggle } = useOpenLines();
  return (
    <ul className="line-cards">
      {lines.map((line) => (
        <li key={line.id}>
          <p className="row">
            <span className="grow">
              <What line={line} shown={open.has(line.id)} onToggle={() => toggle(line.id)} />
            </span>
            <b>
              <Money value={line.gross} />
            </b>
          </p>
          <p className="row wrap dim line-facts">
            <span className="num">
              {line.from ? periodOf(line) : t('due', { on: line.due_on })}
            </span>
            {!isNothing(line.received) && (
              <StatusTag tone={line.received === line.gross ? 'green' : 'blue'}>
                {t('received')} <Money value={line.received} />
              </StatusTag>
            )}
          </p>
          {open.has(line.id) && (
            <div className="line-working">
              <p className="dim">
                {t('taxed', {
                  net: formatMoney(line.net),
                  tax: formatMoney(line.tax),
                  on: line.due_on,
                })}
              </p>
              <Working steps={line.working} />
              <Kind line={line} />
            </div>
          )}
        </li>
      ))}
    </ul>
  );
}
