/* The floor plan: which floor, as of which day, coloured by what; one unit's story beside it. All of it lives in the
 * address: ?floor= &on= &by= &unit= &match=<lead>. */
import { PrinterOutlined } from '@ant-design/icons';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Button, Drawer } from 'antd';
import { useEffect, useMemo, useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import { api } from '@/shared/api/client';
import { useOne } from '@/shared/api/hooks';
import { formatDecimal, formatInstant } from '@/shared/format';
import { useHotkeys } from '@/shared/hotkeys';
import { useLang, useT } from '@/shared/i18n';
import { fieldOf, type Option, type Page, type Row, titleOf } from '@/shared/meta/types';
import { usePhone } from '@/shared/prefs';
import { useEntity, useMe } from '@/shared/session';
import { EmptyState, ErrorState, ForbiddenState, PageHead, Skeleton } from '@/shared/ui';
import { DayPicker } from '@/shared/ui/DayPicker';
import { colouring } from './colours';
import { contentBox } from './geometry';
import { MatchPanel } from './MatchPanel';
import { PlanMap, Swatch } from './PlanMap';
import { useText } from './text';
import { type Match, MODES, type Mode, type Plan } from './types';
import { UnitList } from './UnitList';
import { UnitPanel } from './UnitPanel';
import '@/shared/meta/list.css';
import './floorplan.css';

export default function FloorPage() {
  const t = useText();
  const base = useT();
  const floors = useEntity('floor');
  const list = useQuery({
    queryKey: ['list', 'floor', 'plan'],
    queryFn: () => api.get<Page>('/api/floor', { page: 1, size: 200 }),
    staleTime: 5 * 60_000,
    enabled: floors !== undefined,
  });
  useEffect(() => {
    document.title = `${t('title')} · ${base('app.name')}`;
  }, [t, base]);
  const bare = (node: React.ReactNode) => (
    <>
      <PageHead title={t('title')} />
      <div className="card">{node}</div>
    </>
  );
  if (!floors) return bare(<ForbiddenState />);
  if (list.error && !list.data)
    return bare(<ErrorState error={list.error} onRetry={() => list.refetch()} />);
  if (!list.data) return bare(<Skeleton rows={12} />);
  if (list.data.items.length === 0)
    return bare(<EmptyState title={t('emptyTitle')} text={t('emptyText')} />);
  return <Loaded floors={sortFloors(list.data.items)} />;
}

/* From the top down, as on the board beside a lift. */
function sortFloors(rows: Row[]): Row[] {
  const level = (row: Row) => Number(row.seq ?? row.level ?? 0);
  return [...rows].sort((a, b) => level(b) - level(a));
}

function floorName(row: Row): string {
  return String(row.code ?? row.name ?? row.label ?? '—');
}

/* The ground floor, where most plans begin. */
function firstFloor(floors: Row[]): Row | undefined {
  return floors.find((row) => Number(row.seq ?? row.level) === 1) ?? floors.at(-1);
}

function useAddress(floors: Row[]) {
  const me = useMe();
  const [params, setParams] = useSearchParams();
  const floor = floors.find((row) => row.id === params.get('floor')) ?? firstFloor(floors);
  const mode: Mode = MODES.find((one) => one === params.get('by')) ?? 'status';
  const on = /^\d{4}-\d\d-\d\d$/.test(params.get('on') ?? '') ? String(params.get('on')) : me.today;
  const set = (changes: Record<string, string | null>) => {
    setParams(
      (before) => {
        const next = new URLSearchParams(before);
        for (const [name, value] of Object.entries(changes)) {
          if (value === null) next.delete(name);
          else next.set(name, value);
        }
        return next;
      },
      { replace: true, preventScrollReset: true },
    );
  };
  return { floor, mode, on, unit: params.get('unit'), match: params.get('match'), set };
}

function Loaded({ floors }: { floors: Row[] }) {
  const t = useText();
  const lang = useLang();
  const phone = usePhone();
  const me = useMe();
  const navigate = useNavigate();
  const unitMeta = useEntity('unit');
  const { floor, mode, on, unit: selected, match: leadId, set } = useAddress(floors);
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  const plan = useQuery({
    queryKey: ['plan', floor?.id, on],
    queryFn: ({ signal }) => api.get<Plan>(`/api/floor/${floor?.id}/plan`, { on }, signal),
    placeholderData: keepPreviousData,
    enabled: floor !== undefined,
  });
  const lead = useOne('lead', leadId ?? undefined);
  const matching = useQuery({
    queryKey: ['match', leadId],
    queryFn: () => api.get<{ items: Match[] }>(`/api/lead/${leadId}/match`),
    enabled: leadId !== null,
  });
  const statuses: Option[] = useMemo(
    () => (unitMeta && fieldOf(unitMeta, 'status')?.options) || [],
    [unitMeta],
  );
  const units = plan.data?.units;
  const colours = useMemo(
    () => colouring({ units: units ?? [], mode, statuses, on, lang, t }),
    [units, mode, statuses, on, lang, t],
  );
  const matches = useMemo(
    () =>
      leadId && matching.data
        ? new Map(matching.data.items.map((one) => [one.unit.id, one]))
        : null,
    [leadId, matching.data],
  );
  const stepFloor = (by: number) => {
    const next = floors[floors.findIndex((row) => row.id === floor?.id) + by];
    if (next) set({ floor: next.id, unit: null });
  };
  useHotkeys({
    pageup: () => stepFloor(-1),
    pagedown: () => stepFloor(1),
    escape: selected ? () => set({ unit: null }) : undefined,
  });

  const leadRef = leadId
    ? { id: leadId, label: String(lead.data?.name ?? lead.data?.label ?? '') }
    : null;
  const unit = units?.find((one) => one.id === selected);
  const undrawn = units?.filter((one) => !one.points) ?? [];
  const select = (id: string | null) => set({ unit: id });
  const panel = unit ? (
    <UnitPanel
      key={unit.id}
      unit={unit}
      statuses={statuses}
      match={leadRef ? { lead: leadRef, match: matches?.get(unit.id) } : undefined}
      onClose={() => select(null)}
    />
  ) : leadRef ? (
    <MatchPanel
      lead={leadRef}
      items={matching.data?.items}
      error={matching.error}
      onRetry={() => matching.refetch()}
      floorId={floor?.id}
      onPick={(match) => set({ unit: match.unit.id, floor: match.floor?.id ?? floor?.id ?? null })}
      onLeave={() => set({ match: null })}
    />
  ) : null;
  const total = Number(plan.data?.area.total ?? 0);
  const rate = total > 0 ? ((Number(plan.data?.area.let) / total) * 100).toFixed(1) : null;
  const listProps = { statuses, colours, hidden, matches, selected, onSelect: select };

  return (
    <div className={`plan-page${panel && !phone ? ' with-panel' : ''}`}>
      <header className="page-head plan-head">
        <h1>
          {t('title')}
          <span className="only-print-inline"> {floor && floorName(floor)}</span>
        </h1>
        <Floors
          floors={floors}
          current={floor?.id}
          onPick={(id) => set({ floor: id, unit: null })}
        />
        <div className="right plan-tools">
          {rate && (
            <span
              className="rate"
              title={t('letOf', {
                let: formatDecimal(plan.data?.area.let ?? '0', 0),
                total: formatDecimal(plan.data?.area.total ?? '0', 0),
              })}
            >
              {t('occupancy')} <b className="num">{rate}%</b>
            </span>
          )}
          <DayPicker
            aria-label={t('on')}
            required
            value={on}
            onChange={(day) => set({ on: day !== me.today ? day : null })}
          />
          {on !== me.today && <Button onClick={() => set({ on: null })}>{t('today')}</Button>}
          {!phone && (
            <Button
              icon={<PrinterOutlined />}
              aria-label={t('print')}
              title={t('print')}
              onClick={() => window.print()}
            />
          )}
        </div>
      </header>
      <div className="plan-keys">
        {/* biome-ignore lint/a11y/useSemanticElements: a fieldset cannot scroll sideways in every browser */}
        <div className="modes no-print" role="group" aria-label={t('by')}>
          {MODES.map((one) => (
            <button
              key={one}
              type="button"
              aria-pressed={one === mode}
              onClick={() => {
                setHidden(new Set());
                set({ by: one === 'status' ? null : one });
              }}
            >
              {t(`mode.${one}`)}
            </button>
          ))}
        </div>
        <Legend colours={colours} hidden={hidden} onChange={setHidden} />
      </div>
      <div className="plan-main">
        <section
          className={`card plan-card${plan.isPlaceholderData ? ' stale' : ''}`}
          aria-label={t('title')}
        >
          {plan.error && !plan.data ? (
            <ErrorState error={plan.error} onRetry={() => plan.refetch()} />
          ) : !plan.data ? (
            <Skeleton rows={10} height={26} />
          ) : contentBox(plan.data) ? (
            <PlanMap
              key={plan.data.floor.id}
              plan={plan.data}
              mode={mode}
              colours={colours}
              hidden={hidden}
              statuses={statuses}
              selected={selected}
              matches={matches}
              onSelect={select}
            />
          ) : (
            <EmptyState title={t('noDrawing')} text={t('noDrawingText')}>
              {floor && (
                <Button onClick={() => navigate(`/e/floor/${floor.id}`)}>{t('editFloor')}</Button>
              )}
            </EmptyState>
          )}
        </section>
        {panel && !phone && <aside className="card plan-panel">{panel}</aside>}
      </div>
      {units && (phone ? !leadRef : undrawn.length > 0) && (
        <UnitList
          {...listProps}
          units={phone ? units : undrawn}
          title={phone ? t('unitsN', { n: units.length }) : t('notDrawn', { n: undrawn.length })}
        />
      )}
      {phone && (
        <Drawer
          open={unit !== undefined}
          placement="bottom"
          size="auto"
          closable={false}
          className="plan-sheet"
          onClose={() => select(null)}
          styles={{ body: { padding: 0 } }}
          aria-label={unit?.no}
        >
          {unit && panel}
        </Drawer>
      )}
      {phone && leadRef && !unit && <section className="card plan-panel">{panel}</section>}
      <p className="only-print">
        {floor && titleOf({ title: 'name' } as never, floor)} {t('asOf', { day: on })}
        {'　'}
        {rate && `${t('occupancy')} ${rate}%`}
        {'　'}
        {t('printedBy', { who: me.name, at: formatInstant(new Date().toISOString()) })}
      </p>
    </div>
  );
}

function Floors(props: {
  floors: Row[];
  current: string | undefined;
  onPick: (id: string) => void;
}) {
  const t = useText();
  return (
    <nav className="floors no-print" aria-label={t('floors')}>
      {props.floors.map((row) => (
        <button
          key={row.id}
          type="button"
          title={String(row.name ?? '')}
          aria-pressed={row.id === props.current}
          onClick={() => props.onPick(row.id)}
        >
          {floorName(row)}
        </button>
      ))}
    </nav>
  );
}

function Legend(props: {
  colours: ReturnType<typeof colouring>;
  hidden: ReadonlySet<string>;
  onChange: (hidden: ReadonlySet<string>) => void;
}) {
  const t = useText();
  const toggle = (key: string) => {
    const next = new Set(props.hidden);
    if (!next.delete(key)) next.add(key);
    props.onChange(next);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot scroll sideways in every browser
    <div className="legend" role="group" aria-label={t('legend')}>
      {props.colours.buckets.map((bucket) => (
        <button
          key={bucket.key}
          type="button"
          aria-pressed={!props.hidden.has(bucket.key)}
          onClick={() => toggle(bucket.key)}
        >
          <Swatch bucket={bucket} />
          {bucket.label}
          <em>{bucket.count}</em>
        </button>
      ))}
      {props.colours.unit && <span className="dim">{props.colours.unit}</span>}
    </div>
  );
}
