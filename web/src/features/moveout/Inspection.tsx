/* The joint inspection, made with a phone in the shop: each point with its result, what is damaged with amount, clause and voucher. */
import { CameraOutlined } from '@ant-design/icons';
import { useQueryClient } from '@tanstack/react-query';
import { App, Button, Input } from 'antd';
import { useRef, useState } from 'react';
import { Link } from 'react-router';
import { ApiError, api } from '@/shared/api/client';
import { refreshAll } from '@/shared/api/hooks';
import { formatDecimal, plainNumber } from '@/shared/format';
import { useLabel, useT } from '@/shared/i18n';
import { fieldOf } from '@/shared/meta/types';
import { useEntity, useMay } from '@/shared/session';
import { EmptyState, errorText, Money, StatusTag } from '@/shared/ui';
import { useText } from './text';
import type { FinalReading, Item, MoveOut } from './types';

export function Inspection({ row }: { row: MoveOut }) {
  const t = useText();
  const may = useMay();
  const open = row.state === 'inspecting' || row.state === 'settling';
  const editable = open && may('move_out_item.update');
  return (
    <div className="moveout-inspection">
      {row.items.length === 0 && <EmptyState small title={t('inspection')} text={t('noItems')} />}
      {row.items.length > 0 && !open && <p className="dim">{t('closedItems')}</p>}
      <ul className="inspection-list">
        {row.items.map((item) => (
          <li key={item.id}>
            <Point item={item} editable={editable} />
          </li>
        ))}
      </ul>
      <Readings readings={row.readings} />
    </div>
  );
}

const isDamage = (result: string) => result === 'damaged' || result === 'missing';

function Point({ item, editable }: { item: Item; editable: boolean }) {
  const t = useText();
  const base = useT();
  const label = useLabel();
  const { message } = App.useApp();
  const client = useQueryClient();
  const meta = useEntity('move_out_item');
  const camera = useRef<HTMLInputElement>(null);
  const [draft, setDraft] = useState<Item>(item);
  const [faults, setFaults] = useState<Record<string, string>>({});
  const [busy, setBusy] = useState(false);
  const options = (meta && fieldOf(meta, 'result')?.options) ?? [];
  const part = meta && fieldOf(meta, 'part')?.options?.find((one) => one.value === item.part);
  const name = part ? label(part.label) : item.part;
  const result = options.find((one) => one.value === item.result);

  const save = async (next: Item) => {
    setDraft(next);
    setBusy(true);
    setFaults({});
    try {
      const now = await api.get<{ version: number }>(`/api/move_out_item/${item.id}`);
      await api.patch(`/api/move_out_item/${item.id}`, {
        version: now.version,
        result: next.result,
        note: next.note || null,
        amount: isDamage(next.result) ? plainNumber(next.amount || '0') : '0',
        clause: next.clause || null,
        voucher: next.voucher || null,
      });
      refreshAll(client);
    } catch (error) {
      if (error instanceof ApiError && error.fields.length)
        setFaults(Object.fromEntries(error.fields.map((one) => [one.field, one.message])));
      else message.error(errorText(error, base('state.network')));
    }
    setBusy(false);
  };
  const choose = (value: string) => {
    const next = { ...draft, result: value };
    if (isDamage(value)) setDraft(next);
    else save(next);
  };
  const attach = async (file: File | undefined) => {
    if (!file) return;
    try {
      await api.upload(
        '/api/file',
        { entity: 'move_out_item', record_id: item.id, name: file.name },
        file,
      );
      message.success(base('file.done', { name: file.name }));
    } catch (error) {
      message.error(errorText(error, base('state.network')));
    }
  };
  return (
    <article className="inspection-point">
      <header className="row wrap">
        <b>{name}</b>
        {result && <StatusTag tone={result.tone ?? 'gray'}>{label(result.label)}</StatusTag>}
        <small className="dim grow">{item.inspector}</small>
        {/[1-9]/.test(item.amount) && (
          <b className="ink-red">
            <Money value={item.amount} />
          </b>
        )}
      </header>
      {!editable && item.note && <p className="dim">{item.note}</p>}
      {editable && (
        <fieldset className="inspection-results" aria-label={t('result', { part: name })}>
          {options
            .filter((one) => one.value !== 'open')
            .map((one) => (
              <button
                key={one.value}
                type="button"
                className="result-button"
                aria-pressed={draft.result === one.value}
                disabled={busy}
                onClick={() => choose(one.value)}
              >
                {label(one.label)}
              </button>
            ))}
          <Button
            icon={<CameraOutlined />}
            aria-label={`${t('photos')} ${name}`}
            onClick={() => camera.current?.click()}
          />
          <input
            ref={camera}
            className="sr"
            tabIndex={-1}
            aria-hidden="true"
            type="file"
            accept="image/*"
            capture="environment"
            onChange={(event) => attach(event.target.files?.[0])}
          />
        </fieldset>
      )}
      {editable && draft.result === 'wear' && <p className="dim">{t('wear')}</p>}
      {editable && isDamage(draft.result) && (
        <form
          className="inspection-damage"
          onSubmit={(event) => {
            event.preventDefault();
            save(draft);
          }}
        >
          {(['note', 'amount', 'clause', 'voucher'] as const).map((field) => (
            <label key={field} htmlFor={`${item.id}-${field}`}>
              <span className="dim">{t(field === 'clause' ? 'clauseField' : field)}</span>
              <Input
                id={`${item.id}-${field}`}
                value={
                  field === 'amount' && !/[1-9]/.test(draft.amount) ? '' : (draft[field] ?? '')
                }
                inputMode={field === 'amount' ? 'decimal' : 'text'}
                status={faults[field] ? 'error' : ''}
                onChange={(event) => setDraft({ ...draft, [field]: event.target.value })}
              />
              {faults[field] && (
                <small role="alert" className="ink-red">
                  {faults[field]}
                </small>
              )}
            </label>
          ))}
          <Button type="primary" htmlType="submit" loading={busy}>
            {t('save')}
          </Button>
        </form>
      )}
    </article>
  );
}

function Readings({ readings }: { readings: FinalReading[] }) {
  const t = useText();
  const may = useMay();
  return (
    <section className="moveout-readings" aria-label={t('readings')}>
      <header className="row">
        <b className="grow">{t('readings')}</b>
        {may('meter_reading.create') && <Link to="/meters">{t('takeReading')}</Link>}
      </header>
      {readings.length === 0 && <p className="dim">{t('noReadings')}</p>}
      <ul>
        {readings.map((one) => (
          <li key={`${one.meter_id}.${one.reading_id}`} className="row wrap">
            <Link to={`/e/meter/${one.meter_id}`}>{[one.unit, one.meter].join(' · ')}</Link>
            <span className="dim num">
              {one.read_on &&
                t('readAt', {
                  on: one.read_on,
                  reading: formatDecimal(one.reading.replace(/\.0+$/, '')),
                })}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
