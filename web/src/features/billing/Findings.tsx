/* What the nightly proof found and nobody has mended yet. */
import { Link } from 'react-router';
import { useList } from '@/shared/api/hooks';
import { useLabel } from '@/shared/i18n';
import { Cell } from '@/shared/meta/cells';
import { fieldOf, type Row } from '@/shared/meta/types';
import { useEntity } from '@/shared/session';
import { EmptyState, ErrorState, Skeleton } from '@/shared/ui';
import { useText } from './text';

const SIZE = 10;
const QUERY = new URLSearchParams({
  state: 'open',
  sort: '-found_on',
  page: '1',
  size: String(SIZE),
});

interface Finding extends Row {
  lease_id: { id: string; label: string } | null;
  kind: string;
  zh: string;
  en: string;
  found_on: string;
}

export function Findings() {
  const t = useText();
  const label = useLabel();
  const meta = useEntity('bill_finding');
  const list = useList('bill_finding', QUERY, meta !== undefined);
  const rows = (list.data?.items ?? []) as Finding[];
  const total = list.data?.total ?? rows.length;
  const kind = meta && fieldOf(meta, 'kind');
  if (!meta) return null;
  return (
    <section className="card" aria-labelledby="bill-findings">
      <header className="card-head">
        <h2 id="bill-findings">{t('findings')}</h2>
        {total > 0 && <Link to="/e/bill_finding?state=open">{t('findingsAll', { n: total })}</Link>}
      </header>
      <p className="bill-intro dim">{t('findingsText')}</p>
      {list.error && !list.data && <ErrorState error={list.error} onRetry={() => list.refetch()} />}
      {!list.data && !list.error && <Skeleton rows={3} />}
      {list.data && rows.length === 0 && <EmptyState small title={t('findingsNone')} />}
      <ul className="bill-rows">
        {rows.map((one) => (
          <li key={one.id}>
            {kind && <Cell field={kind} value={one.kind} />}
            {one.lease_id && <Link to={`/e/lease/${one.lease_id.id}`}>{one.lease_id.label}</Link>}
            <span className="grow">{label({ zh: one.zh, en: one.en })}</span>
            <span className="dim num">{one.found_on}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
