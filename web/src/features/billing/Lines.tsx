/* The preview lease by lease, some at a time; each opens to its lines with their working and to what changed. */
import { useInfiniteQuery } from '@tanstack/react-query';
import { Button, Switch } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { api } from '@/shared/api/client';
import { formatMoney } from '@/shared/format';
import { useLabel } from '@/shared/i18n';
import { EmptyState, ErrorState, Skeleton, StatusTag } from '@/shared/ui';
import { Working } from '@/shared/ui/Working';
import { signed } from './Comparison';
import { useText } from './text';
import type { Change, PreviewLease, PreviewLine, PreviewPage } from './types';

const SIZE = 30;

export function Lines({ month, onlyChanges }: { month: number; onlyChanges: boolean }) {
  const t = useText();
  const [changed, setChanged] = useState(onlyChanges);
  const pages = useInfiniteQuery({
    queryKey: ['bill_preview_lines', month, changed],
    queryFn: ({ pageParam, signal }) =>
      api.get<PreviewPage>(
        '/api/bill_run/preview/lines',
        { month, size: SIZE, after: pageParam, only: changed ? 'changes' : undefined },
        signal,
      ),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
    staleTime: 60_000,
  });
  const leases = pages.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <section className="card" aria-labelledby="bill-lines">
      <header className="card-head">
        <h2 id="bill-lines">{t('detail')}</h2>
        <span className="row bill-only">
          <Switch
            size="small"
            aria-labelledby="bill-only"
            checked={changed}
            onChange={setChanged}
          />
          <span id="bill-only">{t('onlyChanges')}</span>
        </span>
      </header>
      {pages.error && !pages.data && (
        <ErrorState error={pages.error} onRetry={() => pages.refetch()} />
      )}
      {!pages.data && !pages.error && <Skeleton rows={6} />}
      {pages.data && leases.length === 0 && <EmptyState small title={t('nothing')} />}
      {leases.map((lease) => (
        <Lease key={lease.lease_id} lease={lease} />
      ))}
      {pages.hasNextPage && (
        <p className="bill-more">
          <Button loading={pages.isFetchingNextPage} onClick={() => pages.fetchNextPage()}>
            {t('more')}
          </Button>
        </p>
      )}
    </section>
  );
}

function Lease({ lease }: { lease: PreviewLease }) {
  const t = useText();
  const changes = lease.changes.filter((one) => one.difference !== '0.00');
  return (
    <details className="bill-lease">
      <summary>
        <span className="grow cut">
          <b>{lease.merchant}</b>
          <small className="dim">
            {' '}
            {[lease.unit_nos, lease.lease_no].filter(Boolean).join(' · ')}
          </small>
        </span>
        <Causes changes={changes} />
        <b className="num">{formatMoney(lease.gross)}</b>
      </summary>
      <div className="bill-inside">
        {lease.lines.map((line, i) => (
          <Line key={i} line={line} />
        ))}
        {changes.length > 0 && <Changes changes={changes} />}
        <Link to={`/e/lease/${lease.lease_id}`}>{lease.lease_no}</Link>
        <span className="sr">{t('leases')}</span>
      </div>
    </details>
  );
}

function Causes({ changes }: { changes: Change[] }) {
  const label = useLabel();
  const causes = new Map(changes.flatMap((one) => one.causes.map((c) => [c.cause, c] as const)));
  return (
    <span className="bill-tags">
      {[...causes.values()].slice(0, 2).map((one) => (
        <StatusTag key={one.cause} tone={one.amount.startsWith('-') ? 'amber' : 'blue'}>
          {label(one)}
        </StatusTag>
      ))}
    </span>
  );
}

function Line({ line }: { line: PreviewLine }) {
  const t = useText();
  return (
    <details className="bill-line">
      <summary>
        <span className="grow">
          {line.name} {line.unit && <small className="dim">{line.unit}</small>}
        </span>
        <span className="num dim">
          {line.from} – {line.to}
        </span>
        <span className="num dim">{t('dueOn', { on: line.due_on })}</span>
        <span className="num bill-amount">{formatMoney(line.gross)}</span>
      </summary>
      <div className="bill-working">
        {line.working.length ? (
          <Working steps={line.working} />
        ) : (
          <p className="dim">{t('hidden')}</p>
        )}
        <p className="dim num">
          {t('net')} {formatMoney(line.net)} + {t('tax')} {formatMoney(line.tax)}
        </p>
      </div>
    </details>
  );
}

function Changes({ changes }: { changes: Change[] }) {
  const t = useText();
  const label = useLabel();
  return (
    <ul className="bill-changes" aria-label={t('changes')}>
      {changes.map((one) => (
        <li key={one.item}>
          <span className="grow">
            {one.name}{' '}
            <span className="dim num">
              {formatMoney(one.before)} → {formatMoney(one.now)}
            </span>
          </span>
          {one.causes.map((cause) => (
            <span key={cause.cause} className="num">
              {label(cause)} {signed(cause.amount)}
            </span>
          ))}
        </li>
      ))}
    </ul>
  );
}
