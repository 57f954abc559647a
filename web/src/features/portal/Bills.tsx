/* Bills as a list to tap: what for, which days, how much is open. */
import { RightOutlined } from '@ant-design/icons';
import { Link } from 'react-router';
import { Money, StatusTag } from '@/shared/ui';
import { Aside, periodOf } from './parts';
import { useText } from './text';
import type { Bill } from './types';

function Due({ bill }: { bill: Bill }) {
  const t = useText();
  if (bill.state === 'paid') return <StatusTag tone="green">{bill.state_label}</StatusTag>;
  if (bill.overdue_days > 0)
    return <StatusTag tone="red">{t('overdue', { n: bill.overdue_days })}</StatusTag>;
  return <StatusTag tone="amber">{t('due', { on: bill.due_on })}</StatusTag>;
}

export function Bills({ items }: { items: Bill[] }) {
  return (
    <ul className="portal-list portal-bills">
      {items.map((bill) => (
        <li key={bill.id}>
          <Link to={`/portal/bill/${bill.id}`}>
            <span className="grow">
              <b>{bill.name}</b>
              <Aside parts={[bill.unit_no, periodOf(bill)]} />
            </span>
            <span className="portal-amount">
              <b>
                <Money value={bill.state === 'paid' ? bill.gross : bill.open} />
              </b>
              <Due bill={bill} />
            </span>
            <RightOutlined aria-hidden="true" />
          </Link>
        </li>
      ))}
    </ul>
  );
}
