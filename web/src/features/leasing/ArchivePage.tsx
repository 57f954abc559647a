/* Which leases lack which required papers: the most incomplete first, found by number, merchant or unit. */
import { SearchOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Input } from 'antd';
import { useEffect, useMemo, useRef, useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { api } from '@/shared/api/client';
import { useHotkeys } from '@/shared/hotkeys';
import { useLabel, useT } from '@/shared/i18n';
import { Cell } from '@/shared/meta/cells';
import { fieldOf } from '@/shared/meta/types';
import { useEntity } from '@/shared/session';
import {
  EmptyState,
  ErrorState,
  ForbiddenState,
  Kbd,
  PageHead,
  Skeleton,
  StatusTag,
} from '@/shared/ui';
import { CompleteBar, completeness, usePaperName } from './PapersTab';
import { Switcher } from './ScheduleView';
import { useText } from './text';
import type { Lease, LeasePaper } from './types';
import './leasing.css';

const PAGE = 200;
const MOST_PAGES = 25;

async function everyPage<R>(path: string, query: Record<string, string>, signal: AbortSignal) {
  const rows: R[] = [];
  for (let page = 1; page <= MOST_PAGES; page += 1) {
    const answer = await api.get<{ items: R[]; total?: number }>(
      path,
      { ...query, page, size: PAGE },
      signal,
    );
    rows.push(...answer.items);
    if (answer.items.length < PAGE) break;
  }
  return rows;
}

const leaseId = (paper: LeasePaper) => (paper.lease_id as { id?: string } | null)?.id ?? '';

/* A dozen papers each: what fits into one page of answers. */
const LEASES_AT_ONCE = 15;

async function papersOf(ids: string[], signal: AbortSignal): Promise<LeasePaper[]> {
  const rows: LeasePaper[] = [];
  for (let i = 0; i < ids.length; i += LEASES_AT_ONCE) {
    const some = ids.slice(i, i + LEASES_AT_ONCE).join(',');
    rows.push(...(await everyPage<LeasePaper>('/api/lease_document', { lease_id: some }, signal)));
  }
  return rows;
}

interface Gap {
  lease: Lease;
  papers: LeasePaper[];
}

/* Leases whose papers matter: not those that came to nothing. */
const LIVE =
  'draft,countersigning,approved,sealed,effective,expiring,expired,renewed,terminated,settled';

function useGaps() {
  return useQuery({
    queryKey: ['list', 'archive'],
    queryFn: async ({ signal }): Promise<Gap[]> => {
      const [missing, leases] = await Promise.all([
        everyPage<LeasePaper>('/api/lease_document', { state: 'missing' }, signal),
        everyPage<Lease>('/api/lease', { state: LIVE }, signal),
      ]);
      // Only of the leases that lack something is it asked what they have.
      const ids = [...new Set(missing.filter((one) => one.required).map(leaseId))];
      const papers = await papersOf(ids, signal);
      const byLease = new Map<string, LeasePaper[]>();
      for (const paper of papers) {
        const id = leaseId(paper);
        byLease.set(id, [...(byLease.get(id) ?? []), paper]);
      }
      return leases
        .map((lease) => ({ lease, papers: byLease.get(lease.id) ?? [] }))
        .filter(({ papers: own }) => completeness(own).missing > 0)
        .sort((a, b) => {
          const [x, y] = [completeness(a.papers), completeness(b.papers)];
          return (
            x.percent - y.percent || y.missing - x.missing || (a.lease.no < b.lease.no ? 1 : -1)
          );
        });
    },
    staleTime: 30_000,
  });
}

export default function ArchivePage() {
  const t = useText();
  const base = useT();
  const label = useLabel();
  const meta = useEntity('lease');
  const papersMeta = useEntity('lease_document');
  const nameOf = usePaperName();
  const gaps = useGaps();
  const search = useRef<HTMLInputElement>(null);
  const [params, setParams] = useSearchParams();
  const [q, setQ] = useState(params.get('q') ?? '');
  const state = params.get('state') ?? '';
  useHotkeys({ '/': () => search.current?.focus() });
  useEffect(() => {
    document.title = `${t('archive')} · ${base('app.name')}`;
  }, [t, base]);
  const states = (meta && fieldOf(meta, 'state')?.options) ?? [];
  const found = useMemo(() => {
    const text = q.trim().toLowerCase();
    return (gaps.data ?? []).filter(
      ({ lease }) =>
        (!state || lease.state === state) &&
        (!text ||
          [lease.no, lease.unit_nos, lease.merchant_id?.label, lease.brand_id?.label].some((one) =>
            one?.toLowerCase().includes(text),
          )),
    );
  }, [gaps.data, q, state]);
  if (!meta || !papersMeta) {
    return (
      <div className="card">
        <ForbiddenState />
      </div>
    );
  }
  const counts = new Map<string, number>();
  for (const { lease } of gaps.data ?? []) {
    counts.set(lease.state, (counts.get(lease.state) ?? 0) + 1);
  }
  const choose = (next: string) =>
    setParams(next ? { state: next } : {}, { replace: true, preventScrollReset: true });
  const total = found.reduce((sum, { papers }) => sum + completeness(papers).missing, 0);
  return (
    <>
      <PageHead
        title={t('archive')}
        count={gaps.data ? t('archiveCount', { n: found.length, papers: total }) : undefined}
      />
      <section className="card archive" aria-label={t('archive')}>
        <div className="archive-bar">
          <Input
            className="archive-q"
            allowClear
            prefix={<SearchOutlined />}
            suffix={q ? undefined : <Kbd>/</Kbd>}
            placeholder={t('archiveSearch')}
            aria-label={t('archiveSearch')}
            value={q}
            onChange={(event) => setQ(event.target.value)}
            ref={(input) => {
              search.current = input?.input ?? null;
            }}
          />
          <Switcher
            label={t('steps')}
            items={[
              { key: '', label: `${t('archiveAll')} ${gaps.data?.length ?? ''}` },
              ...states
                .filter((one) => counts.has(one.value))
                .map((one) => ({
                  key: one.value,
                  label: `${label(one.label)} ${counts.get(one.value)}`,
                })),
            ]}
            value={state}
            onChange={choose}
          />
        </div>
        {gaps.error && !gaps.data && (
          <ErrorState error={gaps.error} onRetry={() => gaps.refetch()} />
        )}
        {!gaps.data && !gaps.error && <Skeleton rows={8} />}
        {gaps.data && gaps.data.length === 0 && (
          <EmptyState title={t('archiveNone')} text={t('archiveNoneText')} />
        )}
        {gaps.data && gaps.data.length > 0 && found.length === 0 && (
          <EmptyState small title={t('archiveNoMatch')}>
            <button
              type="button"
              className="link-btn"
              onClick={() => {
                setQ('');
                choose('');
              }}
            >
              {t('clear')}
            </button>
          </EmptyState>
        )}
        <ul className="gaps">
          {found.map(({ lease, papers }) => {
            const { percent } = completeness(papers);
            const stateField = fieldOf(meta, 'state');
            return (
              <li key={lease.id}>
                <div className="gap-who">
                  <Link to={`/e/lease/${lease.id}?tab=papers`}>{lease.no}</Link>
                  <span className="cut">{lease.merchant_id?.label}</span>
                  <span className="dim cut">{lease.unit_nos}</span>
                </div>
                <span>{stateField && <Cell field={stateField} value={lease.state} />}</span>
                <CompleteBar percent={percent} />
                <div className="gap-papers">
                  <span className="sr">{t('missing')}</span>
                  {papers
                    .filter((one) => one.required && one.state === 'missing')
                    .map((one) => (
                      <StatusTag key={one.id} tone="red">
                        {nameOf(one.kind)}
                      </StatusTag>
                    ))}
                </div>
              </li>
            );
          })}
        </ul>
      </section>
    </>
  );
}
