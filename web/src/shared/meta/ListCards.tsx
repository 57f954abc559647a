/* A list on a phone: cards from meta.mobile, more by keyset when the end comes near. */
import { useInfiniteQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { type ReactNode, useEffect, useRef } from 'react';
import { Link } from 'react-router';
import { api } from '@/shared/api/client';
import { useLabel, useT } from '@/shared/i18n';
import { ErrorState, Skeleton } from '@/shared/ui';
import { Cell } from './cells';
import type { ListProps } from './EntityList';
import { filterParams } from './listState';
import { type EntityMeta, type FieldMeta, fieldOf, type Page, type Row, titleOf } from './types';

const BATCH = 30;

export function ListCards(props: ListProps & { empty: ReactNode }) {
  const t = useT();
  const { meta, state } = props;
  const query = filterParams(state);
  if (state.sort) query.set('sort', state.sort);
  query.set('limit', String(BATCH));
  const text = query.toString();
  const list = useInfiniteQuery({
    queryKey: ['list', meta.name, 'cards', text],
    queryFn: ({ pageParam, signal }) => {
      const params = new URLSearchParams(text);
      if (pageParam) params.set('after', pageParam);
      return api.get<Page>(`/api/${meta.name}`, params, signal);
    },
    initialPageParam: '',
    getNextPageParam: (page) => page.next || undefined,
  });
  const end = useRef<HTMLDivElement>(null);
  const more = useRef(() => {});
  more.current = () => {
    if (list.hasNextPage && !list.isFetchingNextPage && !list.error) list.fetchNextPage();
  };
  const ready = list.data !== undefined;
  useEffect(() => {
    if (!ready || !end.current) return;
    const watcher = new IntersectionObserver(
      (entries) => entries.some((entry) => entry.isIntersecting) && more.current(),
      { rootMargin: '600px' },
    );
    watcher.observe(end.current);
    return () => watcher.disconnect();
  }, [ready]);

  if (list.error && !list.data) {
    return <ErrorState error={list.error} onRetry={() => list.refetch()} />;
  }
  if (!list.data) return <Skeleton rows={9} />;
  const items = list.data.pages.flatMap((page) => page.items);
  if (!items.length) return props.empty;
  return (
    <>
      <ul className="cards">
        {items.map((row) => (
          <li key={row.id}>
            <RowCard meta={meta} row={row} />
          </li>
        ))}
      </ul>
      <div ref={end} />
      {list.hasNextPage && (
        <div style={{ padding: 12 }}>
          <Button block loading={list.isFetchingNextPage} onClick={() => list.fetchNextPage()}>
            {list.error ? t('state.retry') : t('list.more')}
          </Button>
        </div>
      )}
    </>
  );
}

export function RowCard(props: { meta: EntityMeta; row: Row }) {
  const label = useLabel();
  const { meta, row } = props;
  const badge = meta.list.segment ? fieldOf(meta, meta.list.segment) : undefined;
  const names = meta.mobile?.lines.length ? meta.mobile.lines : meta.list.columns.slice(0, 5);
  const lines = names
    .filter((name) => name !== meta.title && name !== badge?.name)
    .flatMap((name): FieldMeta | never[] => fieldOf(meta, name) ?? []);
  return (
    <Link to={`/e/${meta.name}/${row.id}`} className="row-card">
      <span className="row-card-head">
        <strong className="cut">{titleOf(meta, row)}</strong>
        {badge && <Cell field={badge} value={row[badge.name]} />}
      </span>
      <span className="row-card-lines">
        {lines.map((field) => (
          <span key={field.name}>
            <small>{label(field.label)}</small>
            <span className="cut">
              <Cell field={field} value={row[field.name]} plainRef />
            </span>
          </span>
        ))}
      </span>
    </Link>
  );
}
