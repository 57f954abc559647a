/* Late fees become charges: what would be billed through a day, ticked one by one or all, then billed. */
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Checkbox, DatePicker } from 'antd';
import dayjs from 'dayjs';
import { useState } from 'react';
import { api, newKey } from '@/shared/api/client';
import { refreshAll } from '@/shared/api/hooks';
import { formatMoney, sumDecimals } from '@/shared/format';
import { useT } from '@/shared/i18n';
import type { Row } from '@/shared/meta/types';
import { useMe } from '@/shared/session';
import { EmptyState, ErrorState, errorText, Money, Skeleton, StatusTag } from '@/shared/ui';
import { Dialog } from '@/shared/ui/Dialog';
import { Working } from '@/shared/ui/Working';
import { useText } from './text';
import type { FeePreview } from './types';

type Fee = FeePreview['items'][number];

export default function LateFees({ onClose }: { onClose: () => void }) {
  const t = useText();
  const base = useT();
  const me = useMe();
  const client = useQueryClient();
  const { message } = App.useApp();
  const [until, setUntil] = useState(me.today);
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [busy, setBusy] = useState(false);
  const asked = useQuery({
    queryKey: ['collection', 'late_fee', until],
    queryFn: ({ signal }) =>
      api.get<FeePreview>('/api/collection/late_fee', { until_on: until }, signal),
    placeholderData: keepPreviousData,
  });
  const items = asked.data?.items ?? [];
  const chosen = items.filter((one) => !left.has(one.id));
  const sum = sumDecimals(
    chosen.map((one) => one.amount),
    2,
  );
  const bill = async () => {
    setBusy(true);
    try {
      const run = await api.post<Row>(
        '/api/late_fee_run',
        { until_on: until, charge_ids: chosen.map((one) => one.id) },
        { key: newKey() },
      );
      await refreshAll(client);
      message.success(
        t('billDone', { n: Number(run.charges), amount: formatMoney(String(run.gross)) }),
      );
      onClose();
    } catch (error) {
      message.error(errorText(error, base('state.network')), 6);
    } finally {
      setBusy(false);
    }
  };
  const toggle = (id: string) =>
    setLeft((before) => {
      const next = new Set(before);
      if (!next.delete(id)) next.add(id);
      return next;
    });
  return (
    <Dialog
      title={t('billTitle')}
      width={860}
      onClose={() => !busy && onClose()}
      footer={
        <>
          <Button onClick={onClose} disabled={busy}>
            {t('cancel')}
          </Button>
          <Button type="primary" loading={busy} disabled={chosen.length === 0} onClick={bill}>
            {t('billRun', { n: chosen.length, amount: formatMoney(sum) })}
          </Button>
        </>
      }
    >
      <div className="dialog-body">
        <label htmlFor="fee-until" className="row wrap fee-until">
          <span>{t('billUntil')}</span>
          <DatePicker
            id="fee-until"
            allowClear={false}
            value={dayjs(until)}
            maxDate={dayjs(me.today)}
            onChange={(day) => day && setUntil(day.format('YYYY-MM-DD'))}
          />
        </label>
        {asked.error && <ErrorState error={asked.error} onRetry={() => asked.refetch()} />}
        {!asked.data && !asked.error && <Skeleton rows={6} />}
        {asked.data && items.length === 0 && (
          <EmptyState small title={t('billNone')} text={t('billNoneText')} />
        )}
        <ul className="fees">
          {items.map((fee) => (
            <FeeRow
              key={fee.id}
              fee={fee}
              chosen={!left.has(fee.id)}
              onToggle={() => toggle(fee.id)}
            />
          ))}
        </ul>
      </div>
    </Dialog>
  );
}

function FeeRow(props: { fee: Fee; chosen: boolean; onToggle: () => void }) {
  const t = useText();
  const { fee } = props;
  return (
    <li>
      <div className="row">
        <Checkbox checked={props.chosen} onChange={props.onToggle} className="grow">
          <b>{fee.merchant}</b> {[fee.unit, fee.name].filter(Boolean).join(' · ')}
        </Checkbox>
        {fee.excessive && <StatusTag tone="amber">{t('excessive')}</StatusTag>}
        <b>
          <Money value={fee.amount} />
        </b>
      </div>
      <small className="dim">
        {t('dueOn')} {fee.due_on} · {t('feeToDate')} {formatMoney(fee.fee)} · {t('feeBilled')}{' '}
        {formatMoney(fee.billed)}
      </small>
      <Working steps={fee.working} />
    </li>
  );
}
