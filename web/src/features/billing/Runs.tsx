/* Runs that were made, newest first, and undoing one. */
import { Button } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { api } from '@/shared/api/client';
import { useList } from '@/shared/api/hooks';
import { formatMoney } from '@/shared/format';
import { ActionDialog } from '@/shared/meta/ActionDialog';
import { Cell } from '@/shared/meta/cells';
import { fieldOf } from '@/shared/meta/types';
import { useEntity, useMay } from '@/shared/session';
import { EmptyState, ErrorState, Skeleton } from '@/shared/ui';
import { monthText } from './month';
import { useText } from './text';
import type { Run } from './types';
import type { RunUnderWay } from './useRun';

const QUERY = new URLSearchParams({ sort: '-no', page: '1', size: '12' });

export function Runs({ run }: { run: RunUnderWay }) {
  const t = useText();
  const may = useMay();
  const meta = useEntity('bill_run');
  const list = useList('bill_run', QUERY);
  const [undoing, setUndoing] = useState<Run>();
  const rows = (list.data?.items ?? []) as Run[];
  const state = meta && fieldOf(meta, 'state');
  const undo = async (values: Record<string, unknown>, key: string) => {
    if (!undoing) return;
    const begun = await api.post<Run>(`/api/bill_run/${undoing.id}/undo`, values, { key });
    setUndoing(undefined);
    void run.drive(begun);
  };
  return (
    <section className="card" aria-labelledby="bill-runs">
      <header className="card-head">
        <h2 id="bill-runs">{t('runs')}</h2>
        {list.data && <span className="dim">{list.data.total ?? rows.length}</span>}
      </header>
      {list.error && !list.data && <ErrorState error={list.error} onRetry={() => list.refetch()} />}
      {!list.data && !list.error && <Skeleton rows={3} />}
      {list.data && rows.length === 0 && (
        <EmptyState small title={t('runsNone')} text={t('runsNoneText')} />
      )}
      <ul className="bill-rows">
        {rows.map((one) => (
          <li key={one.id}>
            <Link to={`/e/bill_run/${one.id}`}>{one.no}</Link>
            <b className="num">{monthText(one.month)}</b>
            {state && <Cell field={state} value={one.state} />}
            <span className="dim num">{one.posted_on}</span>
            <Link className="grow" to={`/e/charge?bill_run_id=${one.id}`}>
              {t('charges', { n: one.charges })}
            </Link>
            <b className="num">{formatMoney(one.gross)}</b>
            {may('bill_run.undo') && one.state === 'posted' && one.charges > 0 && (
              <Button size="small" danger onClick={() => setUndoing(one)}>
                {t('undo')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {undoing && (
        <ActionDialog
          action={{
            name: 'undo',
            label: t('undo'),
            tone: 'danger',
            fields: [
              { name: 'reason', type: 'text', label: t('reason'), required: true, max: 200 },
            ],
          }}
          title={t('undoTitle', { no: undoing.no })}
          intro={<p>{t('undoText', { n: undoing.charges })}</p>}
          onRun={undo}
          onClose={() => setUndoing(undefined)}
        />
      )}
    </section>
  );
}
