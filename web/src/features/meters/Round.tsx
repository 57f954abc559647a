/* The reading round: the meters of my zone, the value before, the new one typed, a photo taken. What cannot be sent waits on the device. */
import { CameraOutlined, SearchOutlined } from '@ant-design/icons';
import { useQueryClient } from '@tanstack/react-query';
import { App, Button, Checkbox, Input } from 'antd';
import { type FormEvent, useMemo, useRef, useState } from 'react';
import { ApiError, api, newKey } from '@/shared/api/client';
import { refreshAll, useList } from '@/shared/api/hooks';
import { formatDecimal, plainNumber } from '@/shared/format';
import { useLabel, useT } from '@/shared/i18n';
import { Cell } from '@/shared/meta/cells';
import { fieldOf, type Page } from '@/shared/meta/types';
import { useOutbox } from '@/shared/outbox';
import { useEntity, useMe } from '@/shared/session';
import { EmptyState, ErrorState, errorText, Skeleton, StatusTag } from '@/shared/ui';
import { DayPicker } from '@/shared/ui/DayPicker';
import { useText } from './text';
import type { Meter, Reading } from './types';

const SIZE = 200;

export function Round() {
  const t = useText();
  const label = useLabel();
  const me = useMe();
  const meta = useEntity('meter');
  const [kind, setKind] = useState('');
  const [text, setText] = useState('');
  const [onlyOpen, setOnlyOpen] = useState(true);
  const [day, setDay] = useState(me.today);
  const query = new URLSearchParams({ state: 'in_use', sort: 'place', page: '1', size: `${SIZE}` });
  if (kind) query.set('kind', kind);
  const list = useList('meter', query);
  const outbox = useOutbox(`meters.${me.id}`, '/api/meter_reading');
  const meters = useMemo(() => byPlace((list.data?.items ?? []) as Meter[]), [list.data]);
  const month = day.slice(0, 7);
  const isRead = (one: Meter) =>
    Boolean(one.last_used !== null && one.last_on?.startsWith(month)) ||
    outbox.items.some((item) => item.body.meter_id === one.id);
  const done = meters.filter(isRead).length;
  const [kept, setKept] = useState<ReadonlySet<string>>(new Set());
  const shown = meters.filter(
    (one) => (!onlyOpen || !isRead(one) || kept.has(one.id)) && hits(one, text),
  );
  return (
    <div className="meter-round">
      <section className="card round-tools" aria-label={t('round')}>
        <fieldset className="row wrap round-kinds" aria-label={t('kinds')}>
          <button type="button" className="chip" aria-pressed={!kind} onClick={() => setKind('')}>
            {t('all')}
          </button>
          {(meta ? (fieldOf(meta, 'kind')?.options ?? []) : []).map((one) => (
            <button
              key={one.value}
              type="button"
              className="chip"
              aria-pressed={kind === one.value}
              onClick={() => setKind(one.value)}
            >
              {label(one.label)}
            </button>
          ))}
        </fieldset>
        <div className="row wrap round-find">
          <span className="row">
            <span className="dim">{t('day')}</span>
            <DayPicker
              value={day}
              onChange={(next) => next && setDay(next)}
              max={me.today}
              required
              aria-label={t('day')}
            />
          </span>
          <label className="search-box grow">
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
        </div>
        <div className="row wrap">
          <Checkbox checked={onlyOpen} onChange={(event) => setOnlyOpen(event.target.checked)}>
            {t('onlyOpen')}
          </Checkbox>
          {list.data && meters.length > 0 && (
            <span className="dim num right">{t('progress', { done, n: meters.length })}</span>
          )}
        </div>
      </section>
      <Waiting outbox={outbox} meters={meters} />
      {list.error && !list.data && (
        <div className="card">
          <ErrorState error={list.error} onRetry={() => list.refetch()} />
        </div>
      )}
      {!list.data && !list.error && (
        <div className="card">
          <Skeleton rows={6} />
        </div>
      )}
      {list.data && meters.length === 0 && (
        <div className="card">
          <EmptyState title={t('noMeters')} text={t('noMetersText')} />
        </div>
      )}
      {meters.length > 0 && shown.length === 0 && (
        <div className="card">
          {text ? (
            <EmptyState title={t('noMatch')} />
          ) : (
            <EmptyState title={t('allRead')} text={t('allReadText')} />
          )}
        </div>
      )}
      <ul className="round-list">
        {shown.map((one) => (
          <li key={one.id} className="card">
            <MeterCard
              meter={one}
              day={day}
              read={isRead(one)}
              onQueue={(body, key) => outbox.add({ key, body })}
              onDone={() => setKept((before) => new Set(before).add(one.id))}
            />
          </li>
        ))}
      </ul>
    </div>
  );
}

/* The order in which one walks: units by number, then public areas. */
function byPlace(meters: Meter[]): Meter[] {
  const at = (one: Meter) => one.unit_id?.label ?? `~${one.place ?? ''}`;
  return [...meters].sort(
    (a, b) => at(a).localeCompare(at(b), 'zh', { numeric: true }) || a.no.localeCompare(b.no),
  );
}

function hits(one: Meter, text: string): boolean {
  const wanted = text.trim().toLowerCase();
  return (
    [one.no, one.unit_id?.label, one.place].some((part) => part?.toLowerCase().includes(wanted)) ||
    !wanted
  );
}

function Waiting(props: { outbox: ReturnType<typeof useOutbox>; meters: Meter[] }) {
  const t = useText();
  const { items, drop } = props.outbox;
  if (items.length === 0) return null;
  const name = (id: unknown) => props.meters.find((one) => one.id === id)?.no ?? String(id);
  return (
    <section className="card round-waiting" aria-live="polite">
      <h2>{t('waiting', { n: items.length })}</h2>
      <p className="dim">{t('waitingText')}</p>
      <ul>
        {items.map((item) => (
          <li key={item.key} className="row wrap">
            <span className="grow num">
              {name(item.body.meter_id)} · {String(item.body.reading)} · {String(item.body.read_on)}
            </span>
            {item.refused && (
              <>
                <span className="ink-red">{t('refused', { why: item.refused })}</span>
                <Button size="small" onClick={() => drop(item.key)}>
                  {t('drop')}
                </Button>
              </>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

const plain = (value: string | null) => (value ? formatDecimal(value.replace(/\.?0+$/, '')) : '—');

function MeterCard(props: {
  meter: Meter;
  day: string;
  read: boolean;
  onQueue: (body: Record<string, unknown>, key: string) => void;
  onDone: () => void;
}) {
  const { meter, day } = props;
  const t = useText();
  const base = useT();
  const { message } = App.useApp();
  const client = useQueryClient();
  const meta = useEntity('meter');
  const kind = meta && fieldOf(meta, 'kind');
  const [value, setValue] = useState('');
  const [estimated, setEstimated] = useState(false);
  const [photo, setPhoto] = useState<File>();
  const [fault, setFault] = useState('');
  const [busy, setBusy] = useState(false);
  const [saved, setSaved] = useState<Reading>();
  const key = useRef(newKey());
  const camera = useRef<HTMLInputElement>(null);
  const faultId = `fault-${meter.id}`;

  const send = async () => {
    const body = { meter_id: meter.id, read_on: day, reading: plainNumber(value), estimated };
    setBusy(true);
    setFault('');
    try {
      const made = await api.post<Reading>('/api/meter_reading', body, { key: key.current });
      setSaved(made);
      setValue('');
      props.onDone();
      if (photo) await attach(made.id, photo);
      setPhoto(undefined);
      refreshAll(client);
    } catch (error) {
      if (error instanceof ApiError && error.status === 0) {
        props.onQueue(body, key.current);
        setValue('');
        message.warning(photo ? t('photoLater') : t('queued'));
      } else {
        setFault(
          error instanceof ApiError && error.fields.length
            ? error.fields.map((one) => one.message).join('；')
            : errorText(error, base('state.network')),
        );
      }
    }
    key.current = newKey();
    setBusy(false);
  };
  const attach = async (id: string, file: File) => {
    try {
      await api.upload(
        '/api/file',
        { entity: 'meter_reading', record_id: id, name: file.name },
        file,
      );
    } catch (error) {
      message.error(t('photoFailed', { why: errorText(error, base('state.network')) }));
    }
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (value.trim() && !busy) send();
  };
  return (
    <form className="meter-card" onSubmit={submit}>
      <p className="row wrap">
        <b className="cut">{meter.unit_id?.label ?? meter.place}</b>
        {kind && <Cell field={kind} value={meter.kind} />}
        <small className="dim cut grow">
          {[meter.no, meter.unit_id ? meter.place : null].filter(Boolean).join(' · ')}
        </small>
      </p>
      <p className="dim num">
        {t('last', { reading: plain(meter.last_reading), on: meter.last_on ?? '—' })}
        {plain(meter.multiplier) !== '1' && ` · ${t('times', { n: plain(meter.multiplier) })}`}
      </p>
      <div className="row meter-entry">
        <Input
          inputMode="decimal"
          className="num"
          size="large"
          value={value}
          onChange={(event) => setValue(event.target.value)}
          placeholder={t('now')}
          aria-label={t('nowOf', { meter: meter.no })}
          aria-invalid={fault ? true : undefined}
          aria-describedby={fault ? faultId : undefined}
          status={fault ? 'error' : ''}
          autoComplete="off"
        />
        <Button
          size="large"
          icon={<CameraOutlined />}
          aria-label={
            photo ? t('photoReady', { name: photo.name }) : t('photoOf', { meter: meter.no })
          }
          type={photo ? 'primary' : 'default'}
          ghost={Boolean(photo)}
          onClick={() => camera.current?.click()}
        />
        <Button
          size="large"
          type="primary"
          htmlType="submit"
          loading={busy}
          disabled={!value.trim()}
        >
          {t('save')}
        </Button>
        <input
          ref={camera}
          className="sr"
          tabIndex={-1}
          aria-hidden="true"
          type="file"
          accept="image/*"
          capture="environment"
          onChange={(event) => setPhoto(event.target.files?.[0])}
        />
      </div>
      {value && (
        <Checkbox checked={estimated} onChange={(event) => setEstimated(event.target.checked)}>
          {t('estimated')}
        </Checkbox>
      )}
      {fault && (
        <p id={faultId} role="alert" className="ink-red">
          {fault}
        </p>
      )}
      {saved && <Outcome reading={saved} />}
    </form>
  );
}

/* What came of it: the use, and if that is unusual a reason is asked for at once, while one still stands before the meter. */
function Outcome(props: { reading: Reading }) {
  const { reading } = props;
  const t = useText();
  const base = useT();
  const label = useLabel();
  const meta = useEntity('meter_reading');
  const client = useQueryClient();
  const [reason, setReason] = useState('');
  const [done, setDone] = useState(false);
  const [fault, setFault] = useState('');
  const what =
    meta && fieldOf(meta, 'warning')?.options?.find((one) => one.value === reading.warning);
  if (!reading.warning)
    return (
      <p>
        <StatusTag tone="green">{t('saved', { used: plain(reading.used) })}</StatusTag>
      </p>
    );
  if (done)
    return (
      <p>
        <StatusTag tone="green">{t('reasonSaved')}</StatusTag>
      </p>
    );
  const explain = async () => {
    try {
      await api.post<Page>(
        `/api/meter_reading/${reading.id}/explain`,
        { reason },
        { key: newKey() },
      );
      setDone(true);
      refreshAll(client);
    } catch (error) {
      setFault(errorText(error, base('state.network')));
    }
  };
  return (
    <div className="meter-warning" role="status">
      <p>
        {t('saved', { used: plain(reading.used) })}。
        {t('needsReason', { what: what ? label(what.label) : reading.warning })}
      </p>
      <div className="row">
        <Input
          value={reason}
          maxLength={200}
          aria-label={t('explain')}
          placeholder={t('explain')}
          onChange={(event) => setReason(event.target.value)}
        />
        <Button disabled={!reason.trim()} onClick={explain}>
          {t('explain')}
        </Button>
      </div>
      {fault && (
        <p role="alert" className="ink-red">
          {fault}
        </p>
      )}
    </div>
  );
}
