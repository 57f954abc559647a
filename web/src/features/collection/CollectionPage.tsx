/* Who has to pay, what was done about it, what comes next. ?band=all|week|overdue|1-30… &q= &collector= &page= */
import { PercentageOutlined, SearchOutlined } from '@ant-design/icons';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Button, Select } from 'antd';
import { lazy, Suspense, useEffect, useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { api } from '@/shared/api/client';
import { useT } from '@/shared/i18n';
import { useEntities, useMay } from '@/shared/session';
import { EmptyState, ErrorState, ForbiddenState, Money, PageHead, Skeleton } from '@/shared/ui';
import { DebtCard } from './DebtCard';
import { useText } from './text';
import type { DueList } from './types';
import '@/shared/meta/list.css';
import '@/shared/meta/detail.css';
import './collection.css';

const LateFees = lazy(() => import('./LateFees'));

const SIZE = 30;
const FIXED = ['all', 'week', 'overdue'] as const;

export default function CollectionPage() {
  const t = useText();
  const base = useT();
  const may = useMay();
  useEffect(() => {
    document.title = `${t('title')} · ${base('app.name')}`;
  }, [t, base]);
  if (!may('promise.read')) {
    return (
      <>
        <PageHead title={t('title')} />
        <div className="card">
          <ForbiddenState />
        </div>
      </>
    );
  }
  return <Desk />;
}

function useAsked() {
  const [params, setParams] = useSearchParams();
  const set = (name: string, value: string | undefined) =>
    setParams(
      (before) => {
        const next = new URLSearchParams(before);
        if (value) next.set(name, value);
        else next.delete(name);
        if (name !== 'page') next.delete('page');
        return next;
      },
      { replace: true },
    );
  return {
    band: params.get('band') ?? 'all',
    q: params.get('q') ?? '',
    collector: params.get('collector') ?? undefined,
    page: Number(params.get('page') ?? 1) || 1,
    set,
  };
}

function Desk() {
  const t = useText();
  const may = useMay();
  const entities = useEntities();
  const asked = useAsked();
  const [billing, setBilling] = useState(false);
  const due = useQuery({
    queryKey: ['collection', asked.band, asked.q, asked.collector, asked.page],
    queryFn: ({ signal }) =>
      api.get<DueList>(
        '/api/collection/due',
        {
          band: asked.band,
          q: asked.q || undefined,
          collector_id: asked.collector,
          page: asked.page,
          size: SIZE,
        },
        signal,
      ),
    placeholderData: keepPreviousData,
  });
  return (
    <>
      <PageHead title={t('title')}>
        <div className="right">
          {entities.has('dunning_notice') && (
            <Link className="btn" to="/e/dunning_notice">
              {t('letters')}
            </Link>
          )}
          <Link className="btn" to="/e/promise">
            {t('promises')}
          </Link>
          {may('report.collection') && (
            <Link className="btn" to="/report/collection">
              {t('rate')}
            </Link>
          )}
          {may('late_fee_run.bill') && (
            <Button icon={<PercentageOutlined />} onClick={() => setBilling(true)}>
              {t('bill')}
            </Button>
          )}
        </div>
      </PageHead>
      {due.data && <Sums due={due.data} />}
      <Bands due={due.data} band={asked.band} onPick={(band) => asked.set('band', band)} />
      <section className="card">
        <Filters due={due.data} asked={asked} />
        {due.error && !due.data && <ErrorState error={due.error} onRetry={() => due.refetch()} />}
        {!due.data && !due.error && <Skeleton rows={10} />}
        {due.data && <Debts due={due.data} asked={asked} />}
      </section>
      <Suspense fallback={null}>
        {billing && <LateFees onClose={() => setBilling(false)} />}
      </Suspense>
    </>
  );
}

function Sums({ due }: { due: DueList }) {
  const t = useText();
  return (
    <dl className="card due-sums">
      <div>
        <dt>{t('open')}</dt>
        <dd>
          <Money value={due.sums.open} />
        </dd>
      </div>
      <div>
        <dt>{t('overdueSum')}</dt>
        <dd className="ink-red">
          <Money value={due.sums.overdue} />
        </dd>
      </div>
      <div>
        <dt>{t('feeSum')}</dt>
        <dd>
          <Money value={due.sums.late_fee_unbilled} />
        </dd>
      </div>
    </dl>
  );
}

type BandText = 'band_1-30' | 'band_31-60' | 'band_61-90' | 'band_91-180' | 'band_181-365';

function Bands(props: {
  due: DueList | undefined;
  band: string;
  onPick: (band: string | undefined) => void;
}) {
  const t = useText();
  const aged = (props.due?.bands ?? []).filter((one) => one.band !== 'not_due' && one.count > 0);
  const pick = (band: string) => props.onPick(band === 'all' ? undefined : band);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot scroll sideways in every browser
    <div className="segments" role="group" aria-label={t('title')}>
      {FIXED.map((band) => (
        <button
          key={band}
          type="button"
          className="segment"
          aria-pressed={props.band === band}
          onClick={() => pick(band)}
        >
          {t(band)}
        </button>
      ))}
      {aged.map((one) => (
        <button
          key={one.band}
          type="button"
          className="segment"
          aria-pressed={props.band === one.band}
          onClick={() => pick(one.band)}
        >
          {t(`band_${one.band}` as BandText)}
          <em>{one.count}</em>
        </button>
      ))}
    </div>
  );
}

function Filters({ due, asked }: { due: DueList | undefined; asked: ReturnType<typeof useAsked> }) {
  const t = useText();
  const [text, setText] = useState(asked.q);
  const { q, set } = asked;
  useEffect(() => {
    if (text === q) return;
    const timer = setTimeout(() => set('q', text || undefined), 300);
    return () => clearTimeout(timer);
  });
  return (
    <search className="due-filters">
      <label className="search-box">
        <SearchOutlined />
        <input
          type="search"
          data-search
          aria-label={t('search')}
          placeholder={t('search')}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      </label>
      {(due?.collectors.length ?? 0) > 1 && (
        <Select
          aria-label={t('collector')}
          className="due-collector"
          allowClear
          placeholder={t('everybody')}
          value={asked.collector}
          options={due?.collectors.map((one) => ({ value: one.id, label: one.label })) ?? []}
          onChange={(value) => asked.set('collector', value)}
        />
      )}
    </search>
  );
}

function Debts({ due, asked }: { due: DueList; asked: ReturnType<typeof useAsked> }) {
  const t = useText();
  const filtered = asked.q !== '' || asked.collector !== undefined || asked.band !== 'all';
  const pages = Math.max(1, Math.ceil(due.total / SIZE));
  if (due.items.length === 0) {
    return filtered ? (
      <EmptyState title={t('noMatch')} text={t('noMatchText')} />
    ) : (
      <EmptyState title={t('none')} text={t('noneText')} />
    );
  }
  return (
    <>
      <ul className="debts">
        {due.items.map((debt) => (
          <DebtCard key={`${debt.merchant.id}/${debt.lease?.id ?? ''}`} debt={debt} />
        ))}
      </ul>
      {pages > 1 && (
        <nav className="due-pages" aria-label={t('page', { n: asked.page, m: pages })}>
          <Button
            disabled={asked.page <= 1}
            onClick={() => asked.set('page', String(asked.page - 1))}
          >
            {t('back')}
          </Button>
          <span className="dim">{t('page', { n: asked.page, m: pages })}</span>
          <Button
            disabled={asked.page >= pages}
            onClick={() => asked.set('page', String(asked.page + 1))}
          >
            {t('more')}
          </Button>
        </nav>
      )}
    </>
  );
}
