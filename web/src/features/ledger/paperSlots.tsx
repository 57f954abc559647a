/* Expenses, transfers and corrections: the vouchers they gave rise to. */
import { Link } from 'react-router';
import type { Slots } from '@/shared/meta/overrides';
import type { Row } from '@/shared/meta/types';
import { recordPath } from '@/shared/paths';
import { Money } from '@/shared/ui';
import { useText } from './text';
import './ledger.css';

interface Voucher {
  id: string;
  no: string;
  on_day: string;
  memo: string | null;
  total: string;
  reverses: string | null;
}

function Vouchers({ row }: { row: Row }) {
  const t = useText();
  const vouchers = (row.journals ?? []) as Voucher[];
  if (!vouchers.length) return <p className="dim voucher-none">{t('noVouchers')}</p>;
  return (
    <ul className="voucher-list">
      {vouchers.map((voucher) => (
        <li key={voucher.id}>
          <Link to={recordPath('journal', voucher.id)} className="num">
            {voucher.no}
          </Link>
          <span className="num dim">{voucher.on_day}</span>
          <span className="grow">
            {voucher.memo}{' '}
            {voucher.reverses && (
              <small className="dim">{t('reverses', { no: voucher.reverses })}</small>
            )}
          </span>
          <Money value={voucher.total} />
        </li>
      ))}
    </ul>
  );
}

function VouchersLabel() {
  return useText()('vouchers');
}

const slots: Slots = {
  detail: {
    tabs: (row) => [
      { key: 'vouchers', label: <VouchersLabel />, children: <Vouchers row={row} /> },
    ],
  },
};
export default slots;
