/* A money account: what lies on it now, and the way to its movements. */
import { Link } from 'react-router';
import type { Slots } from '@/shared/meta/overrides';
import type { Row } from '@/shared/meta/types';
import { mayOf, useMe } from '@/shared/session';
import { Money } from '@/shared/ui';
import { useText } from './text';
import './ledger.css';

function Balance({ row }: { row: Row }) {
  const t = useText();
  const me = useMe();
  return (
    <section className="card money-balance">
      <span className="dim">{t('balance')}</span>
      <b>
        <Money value={String(row.balance)} />
      </b>
      {mayOf(me, 'report.cash_book') && <Link to="/report/cash_book">{t('movements')}</Link>}
    </section>
  );
}

const slots: Slots = { detail: { banner: (row) => <Balance row={row} /> } };
export default slots;
