/* Changes of a lease, newest first, and the way to a new one. */
import { PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { Link, useNavigate } from 'react-router';
import { useList } from '@/shared/api/hooks';
import { Cell } from '@/shared/meta/cells';
import { fieldOf } from '@/shared/meta/types';
import { useEntity, useMay } from '@/shared/session';
import { EmptyState, ErrorState, Money, Skeleton } from '@/shared/ui';
import { useText } from './changeText';
import type { Lease } from './types';
import './change.css';

export const mayChange = (state: string) =>
  state === 'effective' || state === 'expiring' || state === 'expired';

export function ChangesTab({ lease }: { lease: Lease }) {
  const t = useText();
  const may = useMay();
  const navigate = useNavigate();
  const meta = useEntity('lease_change');
  const list = useList(
    'lease_change',
    new URLSearchParams({ lease_id: lease.id, page: '1', size: '100' }),
  );
  const start = may('lease_change.create') && mayChange(lease.state) && (
    <Button icon={<PlusOutlined />} onClick={() => navigate(`/lease/${lease.id}/change`)}>
      {t('start')}
    </Button>
  );
  if (list.error && !list.data) {
    return <ErrorState error={list.error} onRetry={() => list.refetch()} />;
  }
  if (!list.data || !meta) return <Skeleton rows={3} />;
  if (!list.data.items.length) {
    return (
      <EmptyState small title={t('none')} text={t('noneText')}>
        {start}
      </EmptyState>
    );
  }
  const kind = fieldOf(meta, 'kind');
  const state = fieldOf(meta, 'state');
  return (
    <>
      <p className="change-start">{start}</p>
      <ul className="change-list">
        {list.data.items.map((row) => (
          <li key={row.id}>
            <Link to={`/e/lease_change/${row.id}`} className="num">
              {String(row.no)}
            </Link>
            {kind && <Cell field={kind} value={row.kind} />}
            <span className="num dim">{String(row.effective_on)}</span>
            <span className="grow">{String(row.reason)}</span>
            {row.difference != null && <Money value={String(row.difference)} />}
            {state && <Cell field={state} value={row.state} />}
          </li>
        ))}
      </ul>
    </>
  );
}
