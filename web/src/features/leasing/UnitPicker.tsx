/* Chooses several units from the floors, with what matters for the choice: status, area, prices. */
import { Button, Checkbox, Input } from 'antd';
import { useState } from 'react';
import { formatDecimal, formatPrice } from '@/shared/format';
import { useLabel, useT } from '@/shared/i18n';
import { fieldOf } from '@/shared/meta/types';
import { useEntity } from '@/shared/session';
import { EmptyState, ErrorState, Skeleton, StatusTag } from '@/shared/ui';
import { Dialog } from '@/shared/ui/Dialog';
import type { UnitDraft } from './leaseDraft';
import { useFloors, useUnits } from './leasing.api';
import { useText } from './text';
import type { UnitRow } from './types';

/* Nobody is in it and it is promised to nobody, or it is about to be given back. */
const FREE = new Set(['vacant', 'notice']);

export function UnitPicker(props: {
  chosen: UnitDraft[];
  onDone: (units: UnitRow[]) => void;
  onClose: () => void;
}) {
  const t = useText();
  const base = useT();
  const label = useLabel();
  const status = fieldOf(useEntity('unit') ?? ({ fields: [] } as never), 'status');
  const floors = useFloors();
  const [floor, setFloor] = useState('');
  const [q, setQ] = useState('');
  const [onlyFree, setOnlyFree] = useState(false);
  const [picked, setPicked] = useState(
    () => new Map(props.chosen.map((one) => [one.unit.id, one.info])),
  );
  const units = useUnits({
    ...(floor ? { floor_id: floor } : {}),
    ...(q.trim() ? { q: q.trim() } : {}),
  });
  const rows = (units.data?.items ?? []).filter((row) => !onlyFree || FREE.has(row.status));
  const toggle = (row: UnitRow) => {
    const next = new Map(picked);
    if (next.has(row.id)) next.delete(row.id);
    else next.set(row.id, row);
    setPicked(next);
  };
  const done = () => {
    const known = new Map((units.data?.items ?? []).map((row) => [row.id, row]));
    props.onDone(
      [...picked].map(([id, row]) => {
        const old = props.chosen.find((one) => one.unit.id === id);
        return (
          row ??
          known.get(id) ??
          ({ id, no: old?.unit.label ?? id, area_leasable: old?.area } as UnitRow)
        );
      }),
    );
  };
  return (
    <Dialog
      title={t('pickUnits')}
      width={680}
      onClose={props.onClose}
      footer={
        <>
          <span className="grow dim" aria-live="polite" style={{ alignSelf: 'center' }}>
            {t('unitsChosen', { n: picked.size })}
          </span>
          <Button onClick={props.onClose}>{base('form.cancel')}</Button>
          <Button type="primary" onClick={done}>
            {t('useUnits')}
          </Button>
        </>
      }
    >
      <div className="pick-bar">
        <Input
          className="pick-q"
          allowClear
          placeholder={t('findUnit')}
          aria-label={t('findUnit')}
          value={q}
          onChange={(event) => setQ(event.target.value)}
        />
        <Checkbox checked={onlyFree} onChange={(event) => setOnlyFree(event.target.checked)}>
          {t('onlyFree')}
        </Checkbox>
      </div>
      <fieldset className="switcher pick-floors">
        <legend className="sr">{t('floor')}</legend>
        {[{ id: '', name: t('archiveAll') }, ...(floors.data?.items ?? [])].map((one) => (
          <button
            key={one.id}
            type="button"
            aria-pressed={floor === one.id}
            onClick={() => setFloor(one.id)}
          >
            {one.name}
          </button>
        ))}
      </fieldset>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: scrolls, so it must be reachable by keyboard */}
      <section className="pick-list" aria-label={t('pickUnits')} tabIndex={0}>
        {units.error && !units.data && (
          <ErrorState error={units.error} onRetry={() => units.refetch()} />
        )}
        {!units.data && !units.error && <Skeleton rows={6} />}
        {units.data && rows.length === 0 && <EmptyState small title={t('noUnits')} />}
        <ul>
          {rows.map((row) => {
            const option = status?.options?.find((one) => one.value === row.status);
            return (
              <li key={row.id}>
                <Checkbox
                  className="pick-row"
                  checked={picked.has(row.id)}
                  onChange={() => toggle(row)}
                >
                  <b className="num">{row.no}</b>
                  <span className="dim">{row.floor_id?.label}</span>
                  <StatusTag tone={option?.tone}>{label(option?.label) || row.status}</StatusTag>
                  <span className="num pick-area">
                    {row.area_leasable ? formatDecimal(row.area_leasable, 2) : '—'}
                    <span className="unit">㎡</span>
                  </span>
                  <span className="num dim pick-price">
                    {row.target_price ? `${t('targetPrice')} ${formatPrice(row.target_price)}` : ''}
                  </span>
                </Checkbox>
              </li>
            );
          })}
        </ul>
      </section>
    </Dialog>
  );
}
