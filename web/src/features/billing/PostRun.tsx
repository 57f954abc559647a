/* The button that posts, with one question before it. */
import { Button } from 'antd';
import { useState } from 'react';
import { api } from '@/shared/api/client';
import { formatMoney } from '@/shared/format';
import { ActionDialog } from '@/shared/meta/ActionDialog';
import { useMay } from '@/shared/session';
import { monthText } from './month';
import { useText } from './text';
import type { Preview, Run } from './types';
import type { RunUnderWay } from './useRun';

export function PostRun({ preview, run }: { preview: Preview; run: RunUnderWay }) {
  const t = useText();
  const may = useMay();
  const [asking, setAsking] = useState(false);
  if (!may('bill_run.post')) return null;
  const n = preview.lines;
  const amount = formatMoney(preview.gross);
  const begin = async (_: Record<string, unknown>, key: string) => {
    const begun = await api.post<Run>('/api/bill_run', { month: preview.month }, { key });
    setAsking(false);
    void run.drive(begun);
  };
  return (
    <>
      <Button type="primary" className="bill-post" onClick={() => setAsking(true)}>
        {t('postN', { n, amount })}
      </Button>
      {asking && (
        <ActionDialog
          action={{ name: 'post', label: t('post'), tone: 'primary', fields: [] }}
          title={t('postTitle', { month: monthText(preview.month) })}
          intro={<p>{t('postText', { n, amount })}</p>}
          onRun={begin}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  );
}
