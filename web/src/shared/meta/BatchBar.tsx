/* Takes the place of the filter bar while rows are selected. */
import { DownloadOutlined } from '@ant-design/icons';
import { useQueryClient } from '@tanstack/react-query';
import { App, Button } from 'antd';
import { useState } from 'react';
import { api } from '@/shared/api/client';
import { refreshAll } from '@/shared/api/hooks';
import { useHotkeys } from '@/shared/hotkeys';
import { useLabel, useT } from '@/shared/i18n';
import { errorText } from '@/shared/ui';
import { ActionDialog } from './ActionDialog';
import type { ActionMeta, EntityMeta } from './types';

interface BulkAnswer {
  done: number;
  failed: { id: string; message: string }[];
}

export default function BatchBar(props: { meta: EntityMeta; ids: string[]; onClear: () => void }) {
  const t = useT();
  const label = useLabel();
  const client = useQueryClient();
  const { message, notification } = App.useApp();
  const [action, setAction] = useState<ActionMeta>();
  const { meta, ids } = props;
  const what = label(meta.label);
  useHotkeys({ escape: action ? undefined : props.onClear });

  const run = async (values: Record<string, unknown>, key: string) => {
    if (!action) return;
    const answer = await api.post<BulkAnswer>(
      `/api/${meta.name}/bulk`,
      { action: action.name, ids, input: values },
      { key },
    );
    await refreshAll(client);
    setAction(undefined);
    if (answer.done) message.success(t('list.bulkDone', { n: answer.done }));
    if (answer.failed.length) {
      notification.warning({
        title: t('list.bulkFailed', { n: answer.failed.length }),
        description: [...new Set(answer.failed.map((one) => one.message))].join('；'),
        duration: 0,
      });
    }
    props.onClear();
  };
  const exportNow = () =>
    api
      .download(`/api/${meta.name}/export.xlsx`, { id: ids.join(',') }, `${what}.xlsx`)
      .catch((error) => message.error(errorText(error, t('state.network'))));

  return (
    <div
      className="list-bar batch-bar"
      role="toolbar"
      aria-label={t('list.selected', { n: ids.length })}
    >
      <strong>{t('list.selected', { n: ids.length })}</strong>
      {(meta.bulk ?? []).map((one) => (
        <Button key={one.name} danger={one.tone === 'danger'} onClick={() => setAction(one)}>
          {label(one.label)}
        </Button>
      ))}
      {meta.actions.includes('export') && (
        <Button icon={<DownloadOutlined />} onClick={exportNow}>
          {t('list.exportSelected')}
        </Button>
      )}
      <button type="button" className="link-btn" onClick={props.onClear}>
        {t('list.unselect')}
      </button>
      {action && (
        <ActionDialog
          action={action}
          title={t('list.bulkTitle', { action: label(action.label), n: ids.length, what })}
          onRun={run}
          onClose={() => setAction(undefined)}
        />
      )}
    </div>
  );
}
