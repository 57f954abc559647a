import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { api } from '@/shared/api/client';
import { formatInstant } from '@/shared/format';
import { personName } from '@/shared/meta/cells';
import type { Page } from '@/shared/meta/types';
import { useMe } from '@/shared/session';
import { EmptyState, ErrorState, Skeleton, StatusTag } from '@/shared/ui';
import { useText } from './text';

export function TodayList() {
  const t = useText();
  const me = useMe();
  const list = useQuery({
    queryKey: ['list', 'inquiry', `on_day=${me.today}`],
    queryFn: () =>
      api.get<Page>('/api/inquiry', { on_day: me.today, sort: '-at', page: 1, size: 50 }),
  });
  const rows = list.data?.items ?? [];
  return (
    <section className="card reg-today" aria-label={t('todayTitle')}>
      <header className="card-head">
        <h2>{t('todayTitle')}</h2>
        {list.data && <span className="dim">{list.data.total ?? rows.length}</span>}
      </header>
      {list.error && !list.data && <ErrorState error={list.error} onRetry={() => list.refetch()} />}
      {!list.data && !list.error && <Skeleton rows={5} />}
      {list.data && rows.length === 0 && (
        <EmptyState small title={t('todayNone')} text={t('todayNoneText')} />
      )}
      <ul>
        {rows.map((row) => (
          <li key={row.id}>
            <Link to={`/e/inquiry/${row.id}`}>
              <time className="num dim">{formatInstant(String(row.at ?? '')).slice(11)}</time>
              <span className="grow">
                <span className="row">
                  <b className="cut">{String(row.name ?? '')}</b>
                  <span className="dim cut">{String(row.brand_name ?? '')}</span>
                </span>
                <small className="dim cut">
                  {[
                    personName(row.channel_id),
                    personName(row.category_id),
                    personName(row.receptionist_id),
                  ]
                    .filter(Boolean)
                    .join(t('comma'))}
                </small>
              </span>
              {row.is_new === true && <small className="ink-green">{t('newCustomer')}</small>}
              <StatusTag tone={row.kind === 'visit' ? 'green' : 'blue'}>
                {t(row.kind === 'visit' ? 'visit' : 'call')}
              </StatusTag>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
