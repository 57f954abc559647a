/* Finds who pays: by name, or the number of an order, a receipt, a lease or a unit. */
import { SearchOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { useDeferredValue, useState } from 'react';
import { Link } from 'react-router';
import { api } from '@/shared/api/client';
import { EmptyState, ErrorState, Money } from '@/shared/ui';
import { useText } from './text';
import type { Payer } from './types';

export function MerchantSearch({ chosen }: { chosen: string | undefined }) {
  const t = useText();
  const [text, setText] = useState('');
  const q = useDeferredValue(text.trim());
  const found = useQuery({
    queryKey: ['list', 'cashier', q],
    queryFn: ({ signal }) => api.get<{ items: Payer[] }>('/api/cashier/find', { q }, signal),
    enabled: q.length > 0,
  });
  const rows = q ? (found.data?.items ?? []) : [];
  return (
    <section className="card" aria-labelledby="payer-title">
      <header className="card-head">
        <h2 id="payer-title">{t('payerTitle')}</h2>
      </header>
      <search className="order-search">
        <label className="search-box">
          <SearchOutlined />
          <input
            type="search"
            aria-label={t('payerSearch')}
            placeholder={t('payerSearch')}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        </label>
      </search>
      {found.error && q && <ErrorState error={found.error} onRetry={() => found.refetch()} />}
      {q && found.data && rows.length === 0 && (
        <EmptyState small title={t('payerNone')} text={t('payerNoneText')} />
      )}
      <ul className="open-orders">
        {rows.map((one) => (
          <li key={one.id}>
            <Link to={`?merchant=${one.id}`} aria-current={one.id === chosen ? 'true' : undefined}>
              <span className="row">
                <b className="cut grow">{one.name}</b>
                <b>
                  <Money value={one.open} />
                </b>
              </span>
              {one.units && <small className="cut">{one.units}</small>}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
