/* A voucher: its entries in debit and credit, and the paper it comes from. */
import { Link } from 'react-router';
import { sumDecimals } from '@/shared/format';
import type { Slots } from '@/shared/meta/overrides';
import type { Row } from '@/shared/meta/types';
import { recordPath } from '@/shared/paths';
import { Money } from '@/shared/ui';
import { useText } from './text';
import './ledger.css';

interface Ref {
  id: string;
  label: string;
}

interface Entry {
  account: string;
  account_name: string;
  debit: string;
  credit: string;
  money_account: string | null;
  merchant: Ref | null;
  lease: Ref | null;
  item: string | null;
}

const SIDES = ['debit', 'credit'] as const;
const shown = (amount: string) => (Number(amount) === 0 ? null : <Money value={amount} />);

function About({ entry }: { entry: Entry }) {
  return (
    <>
      {entry.merchant && (
        <Link to={recordPath('merchant', entry.merchant.id)}>{entry.merchant.label}</Link>
      )}
      {entry.merchant && entry.lease && ' · '}
      {entry.lease && <Link to={recordPath('lease', entry.lease.id)}>{entry.lease.label}</Link>}
      {entry.item && <small className="dim"> {entry.item}</small>}
    </>
  );
}

function Entries({ row }: { row: Row }) {
  const t = useText();
  const entries = (row.entries ?? []) as Entry[];
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: scrolls sideways, so it must be reachable by keyboard
    <section className="card mini-scroll voucher" aria-label={t('entries')} tabIndex={0}>
      <table className="mini">
        <thead>
          <tr>
            <th>{t('account')}</th>
            <th>{t('about')}</th>
            {SIDES.map((side) => (
              <th key={side} className="right">
                {t(side)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {entries.map((entry, i) => (
            <tr key={i} className={Number(entry.credit) > 0 ? 'voucher-credit' : undefined}>
              <td>
                <span className="num dim">{entry.account}</span> {entry.account_name}
                {entry.money_account && <small className="dim"> {entry.money_account}</small>}
              </td>
              <td>
                <About entry={entry} />
              </td>
              {SIDES.map((side) => (
                <td key={side} className="right">
                  {shown(entry[side])}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th colSpan={2} scope="row">
              {t('sum')}
            </th>
            {SIDES.map((side) => (
              <td key={side} className="right">
                <Money
                  value={sumDecimals(
                    entries.map((entry) => entry[side]),
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

function Origin({ row }: { row: Row }) {
  const t = useText();
  const source = row.source as { entity: string; id: string; kind: string; label: string } | null;
  const back = row.reversed_by as Ref | null;
  return (
    <p className="voucher-origin">
      <span className="dim">{t('source')}</span>{' '}
      {source ? (
        <Link to={recordPath(source.entity, source.id)}>
          {source.kind} {source.label}
        </Link>
      ) : (
        <span className="dim">{t('noSource')}</span>
      )}
      {back && (
        <span className="pill tone-red">
          {t('reversedBy')} <Link to={recordPath('journal', back.id)}>{back.label}</Link>
        </span>
      )}
    </p>
  );
}

const slots: Slots = {
  detail: {
    banner: (row) => (
      <>
        <Origin row={row} />
        <Entries row={row} />
      </>
    ),
  },
};
export default slots;
