/* Turning a signed letter of intent into a draft lease, and the lease that came of one. */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { ApiError, api } from '@/shared/api/client';
import { refreshAll } from '@/shared/api/hooks';
import { useT } from '@/shared/i18n';
import { Cell } from '@/shared/meta/cells';
import { type ActionMeta, fieldOf, type Page, type Row } from '@/shared/meta/types';
import { useEntities } from '@/shared/session';
import { useText } from './text';

const ActionDialog = lazy(() =>
  import('@/shared/meta/ActionDialog').then((module) => ({ default: module.ActionDialog })),
);

async function leaseOf(intent: string, signal?: AbortSignal): Promise<Row | null> {
  const page = await api.get<Page>('/api/lease', { intent_id: intent, page: 1, size: 1 }, signal);
  return page.items[0] ?? null;
}

export function ConvertButton({ row, action }: { row: Row; action: ActionMeta }) {
  const t = useText();
  const base = useT();
  const client = useQueryClient();
  const navigate = useNavigate();
  const entities = useEntities();
  const { message } = App.useApp();
  const [open, setOpen] = useState(false);
  const run = async (values: Record<string, unknown>, key: string) => {
    const path = `/api/intent/${row.id}/convert`;
    try {
      await api.post(path, { version: row.version, ...values }, { key });
    } catch (error) {
      if (!(error instanceof ApiError) || !error.stale) throw error;
      setOpen(false);
      await refreshAll(client);
      message.warning(base('detail.staleAction'), 6);
      return;
    }
    setOpen(false);
    message.success(t('convertedNow'));
    // The lease is there now; not finding it must not read as a failed conversion.
    const lease = entities.has('lease') ? await leaseOf(row.id).catch(() => null) : null;
    await refreshAll(client);
    if (lease) navigate(`/e/lease/${lease.id}`);
  };
  return (
    <>
      <Button type="primary" onClick={() => setOpen(true)}>
        {t('convert')}
      </Button>
      <Suspense fallback={null}>
        {open && (
          <ActionDialog
            action={action}
            title={t('convertTitle', { no: String(row.no) })}
            intro={t('convertText')}
            onRun={run}
            onClose={() => setOpen(false)}
          />
        )}
      </Suspense>
    </>
  );
}

export function LeaseOf({ row }: { row: Row }) {
  const t = useText();
  const entities = useEntities();
  const meta = entities.get('lease');
  const lease = useQuery({
    queryKey: ['list', 'lease', `intent_id=${row.id}`],
    queryFn: ({ signal }) => leaseOf(row.id, signal),
    enabled: meta !== undefined,
  });
  if (!meta || !lease.data) return null;
  const state = fieldOf(meta, 'state');
  return (
    <p className="card card-body row wrap intent-lease">
      <span>{t('lease')}</span>
      <Link to={`/e/lease/${lease.data.id}`}>{String(lease.data.no ?? lease.data.id)}</Link>
      {state && <Cell field={state} value={lease.data.state} />}
    </p>
  );
}
