/* What came in today and counts, by way of payment: the figures a cashier closes the day with. */
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { api } from '@/shared/api/client';
import { sumDecimals } from '@/shared/format';
import { fieldOf } from '@/shared/meta/types';
import { useEntity, useMe } from '@/shared/session';
import { ErrorState, Money, Skeleton } from '@/shared/ui';
import { sumByWay } from './money';
import { useReceiptWord } from './OrderReceipts';
import { useText } from './text';
import type { ReceiptRow } from './types';

const BATCH = 100;

/* Every one of them: a total of the first page would be a wrong total. */
async function allOf(day: string, signal: AbortSignal): Promise<ReceiptRow[]> {
  const all: ReceiptRow[] = [];
  for (let after: string | undefined; ; ) {
    const page = await api.get<{ items: ReceiptRow[]; next?: string | null }>(
      '/api/receipt',
      { received_on: day, state: 'confirmed', limit: BATCH, after },
      signal,
    );
    all.push(...page.items);
    if (!page.next || page.items.length === 0) return all;
    after = page.next;
  }
}

export function Today() {
  const t = useText();
  const me = useMe();
  const word = useReceiptWord();
  const meta = useEntity('receipt');
  const ways = ((meta && fieldOf(meta, 'way')?.options) ?? []).map((one) => one.value);
  const list = useQuery({
    queryKey: ['list', 'receipt', 'day', me.today],
    queryFn: ({ signal }) => allOf(me.today, signal),
  });
  const rows = list.data ?? [];
  return (
    <section className="card card-body today" aria-labelledby="today-title">
      <header className="row">
        <h2 id="today-title" className="grow">
          {t('today')}
        </h2>
        <Link to={`/e/receipt?received_on=${me.today}`}>{me.today}</Link>
      </header>
      {list.error && !list.data && <ErrorState error={list.error} onRetry={() => list.refetch()} />}
      {!list.data && !list.error && <Skeleton rows={3} />}
      {list.data && rows.length === 0 && <p className="dim">{t('todayNone')}</p>}
      {rows.length > 0 && (
        <dl>
          {sumByWay(rows, ways).map((one) => (
            <div key={one.way}>
              <dt>
                {word('way', one.way).text} <small>{t('count', { n: one.n })}</small>
              </dt>
              <dd>
                <Money value={one.amount} />
              </dd>
            </div>
          ))}
          <div className="sum">
            <dt>
              {t('sum')} <small>{t('count', { n: rows.length })}</small>
            </dt>
            <dd>
              <Money
                value={sumDecimals(
                  rows.map((one) => one.amount),
                  2,
                )}
              />
            </dd>
          </div>
        </dl>
      )}
    </section>
  );
}
