/* The bill run of a month: what it would post and why it differs from the month before, posting with progress, past runs, the proof. */
import { LeftOutlined, RightOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useEffect } from 'react';
import { useSearchParams } from 'react-router';
import { api } from '@/shared/api/client';
import { todayInChina } from '@/shared/format';
import { useT } from '@/shared/i18n';
import { useMay } from '@/shared/session';
import { EmptyState, ErrorState, ForbiddenState, PageHead, Skeleton } from '@/shared/ui';
import { Comparison } from './Comparison';
import { Findings } from './Findings';
import { Lines } from './Lines';
import { addMonths, monthOf, monthText, parseMonth } from './month';
import { Notes } from './Notes';
import { PostRun } from './PostRun';
import { Runs } from './Runs';
import { Totals } from './Totals';
import { useText } from './text';
import type { Preview } from './types';
import { Working } from './UnderWay';
import { type RunUnderWay, useRunUnderWay } from './useRun';
import '@/shared/meta/list.css';
import './billing.css';

export default function BillRunPage() {
  const t = useText();
  const base = useT();
  const may = useMay();
  useEffect(() => {
    document.title = `${t('title')} · ${base('app.name')}`;
  }, [t, base]);
  if (!may('bill_run.read')) {
    return (
      <>
        <PageHead title={t('title')} />
        <div className="card">
          <ForbiddenState />
        </div>
      </>
    );
  }
  return <Page />;
}

function Page() {
  const t = useText();
  const [params, setParams] = useSearchParams();
  const today = monthOf(todayInChina());
  const month = parseMonth(params.get('month')) ?? today;
  const last = addMonths(today, 1);
  const run = useRunUnderWay();
  const choose = (next: number | undefined) =>
    next && setParams({ month: monthText(next) }, { replace: true });
  return (
    <>
      <PageHead title={t('title')}>
        <div className="right bill-month">
          <Button
            aria-label={t('before')}
            icon={<LeftOutlined />}
            onClick={() => choose(addMonths(month, -1))}
          />
          <input
            type="month"
            aria-label={t('month')}
            value={monthText(month)}
            max={monthText(last)}
            onChange={(event) => choose(parseMonth(event.target.value))}
          />
          <Button
            aria-label={t('after')}
            icon={<RightOutlined />}
            disabled={month >= last}
            onClick={() => choose(addMonths(month, 1))}
          />
        </div>
      </PageHead>
      <div className="bill">
        <Month key={month} month={month} run={run} />
        <Runs run={run} />
        <Findings />
      </div>
    </>
  );
}

function Month({ month, run }: { month: number; run: RunUnderWay }) {
  const t = useText();
  const busy = run.current !== undefined;
  const preview = useQuery({
    queryKey: ['bill_preview', month],
    queryFn: ({ signal }) => api.get<Preview>('/api/bill_run/preview', { month }, signal),
    staleTime: 60_000,
    enabled: !busy,
  });
  if (busy) return <Working run={run} />;
  if (preview.error && !preview.data) {
    return (
      <div className="card">
        <ErrorState error={preview.error} onRetry={() => preview.refetch()} />
      </div>
    );
  }
  if (!preview.data) {
    return (
      <div className="card">
        <Skeleton rows={8} label={t('computing')} />
      </div>
    );
  }
  const data = preview.data;
  return (
    <>
      <section className="card" aria-labelledby="bill-preview">
        <header className="card-head">
          <h2 id="bill-preview">{t('preview', { month: monthText(month) })}</h2>
          {data.lines > 0 && <PostRun preview={data} run={run} />}
        </header>
        {data.lines > 0 ? (
          <Totals preview={data} />
        ) : (
          <EmptyState
            small
            title={t('previewNone', { month: monthText(month) })}
            text={t('previewNoneText')}
          />
        )}
      </section>
      <Comparison preview={data} />
      <Notes notes={data.notes} all={data.noted} />
      <Lines month={month} onlyChanges={data.lines === 0} />
    </>
  );
}
