/* The story of one unit beside the plan: what it is, who is in it, what it costs, what happened, what to do. */
import { CheckOutlined, CloseOutlined, MinusOutlined } from '@ant-design/icons';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button } from 'antd';
import { lazy, type ReactNode, Suspense, useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { api } from '@/shared/api/client';
import { refreshAll, useOne } from '@/shared/api/hooks';
import { daysBetween, formatDecimal, formatInstant, formatPrice } from '@/shared/format';
import { labelIn, useLang, useT } from '@/shared/i18n';
import { personName } from '@/shared/meta/cells';
import {
  type ActionMeta,
  fieldOf,
  type Option,
  type Page,
  type Ref,
  type Row,
} from '@/shared/meta/types';
import { recordPath } from '@/shared/paths';
import { useEntities, useEntity, useMay, useMe } from '@/shared/session';
import { StatusTag } from '@/shared/ui';
import { statusOf } from './PlanMap';
import { useText } from './text';
import type { Match, PlanUnit } from './types';

const ActionDialog = lazy(() =>
  import('@/shared/meta/ActionDialog').then((module) => ({ default: module.ActionDialog })),
);

interface TimelineItem {
  at: string | null;
  title: string;
  text?: string | null;
  by?: unknown;
  entity?: string | null;
  id?: string | null;
}

const TODAY_STORY = 5;

export function UnitPanel(props: {
  unit: PlanUnit;
  statuses: Option[];
  match?: { lead: Ref; match: Match | undefined } | undefined;
  onClose: () => void;
}) {
  const t = useText();
  const lang = useLang();
  const { unit, match } = props;
  const status = statusOf(props.statuses, unit.status);
  return (
    <>
      <header className="panel-head">
        <div className="grow">
          <h2>{unit.no}</h2>
          {(unit.brand ?? unit.merchant) && (
            <p className="cut">{(unit.brand ?? unit.merchant)?.label}</p>
          )}
        </div>
        <StatusTag tone={status?.tone}>{labelIn(status?.label, lang) || unit.status}</StatusTag>
        <button
          type="button"
          className="icon-btn"
          aria-label={t('closePanel')}
          onClick={props.onClose}
        >
          <CloseOutlined />
        </button>
      </header>
      <div className="panel-body">
        {match?.match && <Reasons match={match.match} />}
        <Facts unit={unit} />
        <Equipment id={unit.id} />
        <Story id={unit.id} />
      </div>
      <Buttons unit={unit} lead={match?.lead} />
    </>
  );
}

function Fact(props: { label: string; children: ReactNode }) {
  return (
    <div>
      <dt>{props.label}</dt>
      <dd>{props.children}</dd>
    </div>
  );
}

function Price({ value }: { value: unknown }) {
  const t = useText();
  return (
    <span className="num">
      {formatPrice(String(value))}
      <span className="unit">{t('perM2')}</span>
    </span>
  );
}

function Facts({ unit }: { unit: PlanUnit }) {
  const t = useText();
  const me = useMe();
  const entities = useEntities();
  const link = (entity: string, ref: Ref) =>
    entities.has(entity) ? <Link to={recordPath(entity, ref.id)}>{ref.label}</Link> : ref.label;
  const left = unit.end_on ? daysBetween(me.today, unit.end_on) : 0;
  return (
    <dl className="panel-facts">
      <Fact label={t('area')}>
        <span className="num">
          {formatDecimal(unit.area, 2)}
          <span className="unit">㎡</span>
        </span>
      </Fact>
      {unit.category && <Fact label={t('category')}>{unit.category.label}</Fact>}
      {unit.price && (
        <Fact label={t('price')}>
          <Price value={unit.price} />
        </Fact>
      )}
      {unit.floor_price && (
        <Fact label={t('floorPrice')}>
          <Price value={unit.floor_price} />
        </Fact>
      )}
      {unit.merchant && <Fact label={t('merchant')}>{link('merchant', unit.merchant)}</Fact>}
      {unit.brand && <Fact label={t('brand')}>{link('brand', unit.brand)}</Fact>}
      {unit.end_on && (
        <Fact label={t('lease')}>
          <span className="num">{unit.end_on}</span>{' '}
          <span className={left < 0 ? 'ink-red' : left <= 90 ? 'ink-amber' : 'dim'}>
            {t(left < 0 ? 'pastDays' : 'leftDays', { n: Math.abs(left) })}
          </span>
        </Fact>
      )}
      {unit.hold_until && (
        <Fact label={t('hold')}>
          <span className="num">{formatInstant(unit.hold_until)}</span>
          <HeldBy unitId={unit.id} />
        </Fact>
      )}
    </dl>
  );
}

/* Who holds it: a second question, since the plan tells only until when. */
function HeldBy({ unitId }: { unitId: string }) {
  const t = useText();
  const entities = useEntities();
  const holds = useQuery({
    queryKey: ['list', 'unit_hold', `unit_id=${unitId}&state=active`],
    queryFn: () =>
      api.get<Page>('/api/unit_hold', { unit_id: unitId, state: 'active', page: 1, size: 1 }),
    enabled: entities.has('unit_hold'),
  });
  const hold = holds.data?.items[0];
  if (!hold) return null;
  return (
    <small className="dim">
      {t('heldFor', {
        lead: personName(hold.lead_id) || '—',
        who: personName(hold.staff_id) || '—',
      })}
    </small>
  );
}

function Equipment({ id }: { id: string }) {
  const t = useText();
  const unit = useOne('unit', id);
  const row = unit.data;
  if (!row) return null;
  const flags = (['has_water', 'has_gas', 'has_exhaust'] as const).filter(
    (one) => row[one] !== undefined,
  );
  const names = { has_water: 'water', has_gas: 'gas', has_exhaust: 'exhaust' } as const;
  const metres = (value: unknown) =>
    formatDecimal((Number(value) / 100).toFixed(2)).replace(/\.?0+$/, '');
  return (
    <section>
      <h3>{t('facts')}</h3>
      <ul className="chips">
        {flags.map((one) => (
          <li key={one} className={row[one] ? 'yes' : 'no'}>
            {row[one] ? <CheckOutlined /> : <MinusOutlined />}
            {t(names[one])}
            {!row[one] && <span className="sr">✕</span>}
          </li>
        ))}
        {Number(row.frontage) > 0 && <li>{t('frontage', { n: metres(row.frontage) })}</li>}
        {Number(row.height) > 0 && <li>{t('height', { n: metres(row.height) })}</li>}
        {Number(row.power_kw) > 0 && <li>{t('power', { n: String(row.power_kw) })}</li>}
        {Boolean(row.target_price) && (
          <li>
            {t('targetPrice')} {formatPrice(String(row.target_price))}
          </li>
        )}
      </ul>
    </section>
  );
}

function Story({ id }: { id: string }) {
  const t = useText();
  const base = useT();
  const story = useQuery({
    queryKey: ['timeline', 'unit', id],
    queryFn: () => api.get<{ items: TimelineItem[] }>(`/api/unit/${id}/timeline`),
  });
  const items = story.data?.items ?? [];
  return (
    <section>
      <h3>{t('story')}</h3>
      {!story.data && !story.error && <p className="dim">{base('state.loading')}</p>}
      {(story.error || (story.data && items.length === 0)) && (
        <p className="dim">{t('storyNone')}</p>
      )}
      <ol className="panel-story">
        {items.slice(0, TODAY_STORY).map((item, i) => (
          <li key={i}>
            <time>{item.at ? formatInstant(item.at).slice(0, 10) : '—'}</time>
            <p>
              {item.title} <span className="dim">{personName(item.by)}</span>
              {item.text && <span className="text">{item.text}</span>}
            </p>
          </li>
        ))}
      </ol>
      {items.length > TODAY_STORY && <Link to={`/e/unit/${id}?tab=timeline`}>{t('storyAll')}</Link>}
    </section>
  );
}

export function Reasons({ match }: { match: Match }) {
  const t = useText();
  return (
    <section className="reasons">
      <h3>{t('score', { n: match.score })}</h3>
      <ul>
        {match.reasons.map((reason, i) => (
          <li key={i} className={reason.ok ? 'ok' : 'bad'}>
            {reason.ok ? <CheckOutlined /> : <CloseOutlined />}
            {reason.text}
          </li>
        ))}
        {match.free_from_on && (
          <li className="dim">{t('freeFrom', { day: match.free_from_on })}</li>
        )}
      </ul>
    </section>
  );
}

function Buttons({ unit, lead }: { unit: PlanUnit; lead: Ref | undefined }) {
  const t = useText();
  const may = useMay();
  const navigate = useNavigate();
  const entities = useEntities();
  const [holding, setHolding] = useState(false);
  const detail = useOne('lead', lead?.id);
  const free = unit.status === 'vacant' || unit.status === 'notice' || unit.status === 'reserved';
  const newIntent = () => {
    const given: Record<string, unknown> = {
      unit_id: { id: unit.id, label: unit.no },
      area: unit.area,
    };
    if (lead) given.lead_id = { id: lead.id, label: lead.label };
    for (const name of ['merchant_id', 'brand_id', 'category_id']) {
      if (detail.data?.[name]) given[name] = detail.data[name];
    }
    navigate('/e/intent/new', { state: { given } });
  };
  return (
    <footer className="panel-foot no-print">
      <Button type={free ? 'default' : 'primary'} onClick={() => navigate(`/e/unit/${unit.id}`)}>
        {t('openUnit')}
      </Button>
      {unit.lease_id && entities.has('lease') && (
        <Button onClick={() => navigate(`/e/lease/${unit.lease_id}`)}>{t('openLease')}</Button>
      )}
      {free && entities.has('unit_hold') && may('unit_hold.create') && (
        <Button onClick={() => setHolding(true)}>{t('placeHold')}</Button>
      )}
      {free && entities.has('intent') && may('intent.create') && (
        <Button type="primary" onClick={newIntent}>
          {t('newIntent')}
        </Button>
      )}
      {holding && (
        <HoldDialog
          unit={{ id: unit.id, label: unit.no }}
          lead={lead}
          onClose={() => setHolding(false)}
        />
      )}
    </footer>
  );
}

/* Holding asks for whom, until when and why: the fields of the entity, without the unit. */
export function HoldDialog(props: { unit: Ref; lead: Ref | undefined; onClose: () => void }) {
  const t = useText();
  const meta = useEntity('unit_hold');
  const client = useQueryClient();
  const { message } = App.useApp();
  if (!meta) return null;
  const action: ActionMeta = {
    name: 'hold',
    label: t('placeHold'),
    tone: 'primary',
    fields: ['lead_id', 'until_at', 'reason'].flatMap((name) => fieldOf(meta, name) ?? []),
  };
  return (
    <Suspense fallback={null}>
      <ActionDialog
        action={action}
        title={t('holdTitle', { no: props.unit.label })}
        given={props.lead ? { lead_id: props.lead } : {}}
        onRun={async (values, key) => {
          await api.post<Row>('/api/unit_hold', { ...values, unit_id: props.unit.id }, { key });
          await refreshAll(client);
          message.success(t('holdDone', { no: props.unit.label }));
          props.onClose();
        }}
        onClose={props.onClose}
      />
    </Suspense>
  );
}
