/* Whom to call first, and the pool. Rows that become two lines on a phone. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button } from 'antd';
import { Link } from 'react-router';
import { api } from '@/shared/api/client';
import { refreshAll } from '@/shared/api/hooks';
import { chinaDay, daysBetween, formatDecimal } from '@/shared/format';
import { useLabel, useT } from '@/shared/i18n';
import { fieldOf } from '@/shared/meta/types';
import { useEntity, useMay, useMe } from '@/shared/session';
import { EmptyState, ErrorState, Skeleton, StatusTag } from '@/shared/ui';
import { demandOf, nextStep, TOO_LONG } from './CardView';
import { useText } from './text';
import type { Card, PoolItem } from './types';
import { complaint, useMove } from './useMove';

export function StageTag({ stage }: { stage: string }) {
  const label = useLabel();
  const meta = useEntity('lead');
  const option = meta && fieldOf(meta, 'stage')?.options?.find((one) => one.value === stage);
  return <StatusTag tone={option?.tone}>{option ? label(option.label) : stage}</StatusTag>;
}

export function Todo({ items }: { items: Card[] }) {
  const t = useText();
  const me = useMe();
  const { act, dialog } = useMove();
  if (items.length === 0) return <EmptyState title={t('todoTitle')} text={t('todoText')} />;
  return (
    <>
      <ul className="lead-rows">
        {items.map((card) => {
          const next = nextStep(card, me.today, t);
          return (
            <li key={card.id}>
              <span className={`grade grade-${card.grade ?? 'D'}`}>{card.grade ?? '—'}</span>
              <span className="who">
                <Link to={`/e/lead/${card.id}`}>{card.name}</Link>
                <small className="dim cut">
                  {[card.category?.label, demandOf(card, t)].filter(Boolean).join(t('comma'))}
                </small>
              </span>
              <span className="stage">
                <StageTag stage={card.stage} />
              </span>
              <span className={`when ${next.ink}`}>{next.text}</span>
              <span className={`quiet ${card.days > TOO_LONG ? 'ink-red' : 'dim'}`}>
                {card.days === 0 ? t('touchedToday') : t('untouched', { n: card.days })}
              </span>
              <Button onClick={() => act(card, 'follow_up')}>{t('followUp')}</Button>
            </li>
          );
        })}
      </ul>
      {dialog}
    </>
  );
}

export function Pool() {
  const t = useText();
  const base = useT();
  const me = useMe();
  const may = useMay();
  const client = useQueryClient();
  const { message } = App.useApp();
  const pool = useQuery({
    queryKey: ['pool'],
    queryFn: () => api.get<{ items: PoolItem[] }>('/api/lead/pool'),
  });
  const take = useMutation({
    mutationFn: (item: PoolItem) => api.post(`/api/lead/${item.id}/take`, {}),
    onSuccess: (_, item) => message.success(t('taken', { name: item.name })),
    onError: (error) => message.error(complaint(error, base('state.network')), 5),
    onSettled: () => refreshAll(client),
  });
  return (
    <section className="card" aria-label={t('tabs.pool')}>
      {pool.error && !pool.data && <ErrorState error={pool.error} onRetry={() => pool.refetch()} />}
      {!pool.data && !pool.error && <Skeleton rows={8} />}
      {pool.data?.items.length === 0 && <EmptyState title={t('poolTitle')} text={t('poolText')} />}
      <ul className="lead-rows">
        {pool.data?.items.map((item) => {
          const areas = [item.area_min, item.area_max].filter((one) => Number(one) > 0);
          const range = areas.map((one) => formatDecimal(one, 0)).join('–');
          return (
            <li key={item.id}>
              <span className={`grade grade-${item.grade ?? 'D'}`}>{item.grade ?? '—'}</span>
              <span className="who">
                <b>{item.name}</b>
                <small className="dim cut">
                  {[item.category, range && t('demand', { area: range })]
                    .filter(Boolean)
                    .join(t('comma'))}
                </small>
              </span>
              <span className="stage dim">{item.no}</span>
              <span className="when">
                {item.pool_since &&
                  t('poolSince', {
                    n: Math.max(0, daysBetween(chinaDay(item.pool_since), me.today)),
                  })}
              </span>
              <span className="quiet dim">
                {item.last_contact_at && t('lastContact', { at: chinaDay(item.last_contact_at) })}
              </span>
              {may('lead.take') && (
                <Button
                  loading={take.isPending && take.variables?.id === item.id}
                  onClick={() => take.mutate(item)}
                >
                  {t('take')}
                </Button>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
