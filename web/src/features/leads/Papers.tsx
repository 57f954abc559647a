/* What hangs on a lead: rounds of offers, holds, letters of intent. */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { api } from '@/shared/api/client';
import { refreshAll, useAction, useOne } from '@/shared/api/hooks';
import { formatInstant } from '@/shared/format';
import { useLabel, useT } from '@/shared/i18n';
import { Cell, isEmpty, kitOf, personName } from '@/shared/meta/cells';
import { formGroups } from '@/shared/meta/formFields';
import {
  type ActionMeta,
  type FieldMeta,
  fieldOf,
  type Page,
  type Ref,
  type Row,
} from '@/shared/meta/types';
import { useEntity, useMay } from '@/shared/session';
import { EmptyState, ErrorState, Skeleton, StatusTag } from '@/shared/ui';
import { useText } from './text';

const ActionDialog = lazy(() =>
  import('@/shared/meta/ActionDialog').then((module) => ({ default: module.ActionDialog })),
);

function useOf(entity: string, lead: Row, sort: string) {
  return useQuery({
    queryKey: ['list', entity, `lead_id=${lead.id}`],
    queryFn: () => api.get<Page>(`/api/${entity}`, { lead_id: lead.id, sort, page: 1, size: 100 }),
  });
}

const leadRef = (lead: Row): Ref => ({ id: lead.id, label: String(lead.name ?? lead.label ?? '') });

/* What an intent takes over from the lead. */
export function intentGiven(lead: Row): Record<string, unknown> {
  const given: Record<string, unknown> = { lead_id: leadRef(lead) };
  for (const name of ['merchant_id', 'brand_id', 'category_id', 'owner_id']) {
    if (lead[name]) given[name] = lead[name];
  }
  return given;
}

export default function Papers({
  entity,
  lead,
}: {
  entity: 'offer' | 'unit_hold' | 'intent';
  lead: Row;
}) {
  if (entity === 'offer') return <Offers lead={lead} />;
  return entity === 'unit_hold' ? <Holds lead={lead} /> : <Intents lead={lead} />;
}

function Mini(props: {
  label: string;
  columns: FieldMeta[];
  rows: Row[];
  link?: string;
  mark?: (row: Row) => string;
}) {
  const label = useLabel();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
    <section className="mini-scroll" aria-label={props.label} tabIndex={0}>
      <table className="mini">
        <thead>
          <tr>
            {props.columns.map((column) => (
              <th key={column.name} className={kitOf(column).align}>
                {label(column.label)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {props.rows.map((row) => (
            <tr key={row.id} className={props.mark?.(row)}>
              {props.columns.map((column, i) => (
                <td key={column.name} className={kitOf(column).align}>
                  {i === 0 && props.link ? (
                    <Link to={`/e/${props.link}/${row.id}`}>
                      {isEmpty(row[column.name]) ? '—' : String(row[column.name])}
                    </Link>
                  ) : (
                    <Cell field={column} value={row[column.name]} />
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

const OFFER_COLUMNS = [
  'round',
  'side',
  'offered_on',
  'unit_id',
  'rent_price',
  'turnover_percent',
  'free_days',
  'deposit_months',
  'concession',
];

function Offers({ lead }: { lead: Row }) {
  const t = useText();
  const base = useT();
  const label = useLabel();
  const meta = useEntity('offer');
  const client = useQueryClient();
  const { message } = App.useApp();
  const list = useOf('offer', lead, '-offered_on');
  const [adding, setAdding] = useState(false);
  if (!meta) return null;
  const rows = [...(list.data?.items ?? [])].sort(
    (a, b) => Number(b.round) - Number(a.round) || String(a.side).localeCompare(String(b.side)),
  );
  const columns = OFFER_COLUMNS.flatMap((name) => fieldOf(meta, name) ?? []);
  const action: ActionMeta = {
    name: 'create',
    label: base('form.save'),
    tone: 'primary',
    fields: formGroups(meta)
      .flatMap((group) => group.fields)
      .filter((field) => !['lead_id', 'staff_id', 'round', 'is_accepted'].includes(field.name)),
  };
  const flags = rows.filter((row) => row.below_floor === true || row.is_accepted === true);
  return (
    <>
      {meta.actions.includes('create') && (
        <p className="tab-tools">
          <Button onClick={() => setAdding(true)}>{t('newOffer')}</Button>
        </p>
      )}
      {list.error && !list.data && <ErrorState error={list.error} onRetry={() => list.refetch()} />}
      {!list.data && !list.error && <Skeleton rows={4} />}
      {list.data && rows.length === 0 && (
        <EmptyState small title={t('offersNone')} text={t('offersNoneText')} />
      )}
      {rows.length > 0 && (
        <Mini
          label={label(meta.label)}
          columns={columns}
          rows={rows}
          link="offer"
          mark={(row) => (row.is_accepted === true ? 'accepted' : '')}
        />
      )}
      {flags.length > 0 && (
        <ul className="offer-flags">
          {flags.map((row) => (
            <li key={row.id} className="row">
              {t('round', { n: Number(row.round) })}
              {row.is_accepted === true && <StatusTag tone="green">{t('accepted')}</StatusTag>}
              {row.below_floor === true && <StatusTag tone="red">{t('below')}</StatusTag>}
            </li>
          ))}
        </ul>
      )}
      <Suspense fallback={null}>
        {adding && (
          <ActionDialog
            action={action}
            title={t('newOffer')}
            onRun={async (values, key) => {
              await api.post('/api/offer', { ...values, lead_id: lead.id }, { key });
              await refreshAll(client);
              message.success(base('form.saved'));
              setAdding(false);
            }}
            onClose={() => setAdding(false)}
          />
        )}
      </Suspense>
    </>
  );
}

function Holds({ lead }: { lead: Row }) {
  const t = useText();
  const may = useMay();
  const [adding, setAdding] = useState(false);
  const list = useOf('unit_hold', lead, '-until_at');
  const rows = list.data?.items ?? [];
  return (
    <>
      {may('unit_hold.create') && (
        <p className="tab-tools">
          <Button onClick={() => setAdding(true)}>{t('hold')}</Button>
        </p>
      )}
      {list.error && !list.data && <ErrorState error={list.error} onRetry={() => list.refetch()} />}
      {!list.data && !list.error && <Skeleton rows={3} />}
      {list.data && rows.length === 0 && (
        <EmptyState small title={t('holdsNone')} text={t('holdsNoneText')} />
      )}
      <ul className="hold-rows">
        {rows.map((row) => (
          <HoldRow key={row.id} id={row.id} row={row} />
        ))}
      </ul>
      {adding && <HoldDialog lead={lead} onClose={() => setAdding(false)} />}
    </>
  );
}

function HoldRow({ id, row }: { id: string; row: Row }) {
  const t = useText();
  const base = useT();
  const label = useLabel();
  const meta = useEntity('unit_hold');
  const { message } = App.useApp();
  const one = useOne('unit_hold', row.state === 'active' ? id : undefined);
  const run = useAction('unit_hold', id);
  const [open, setOpen] = useState<ActionMeta>();
  const state = meta && fieldOf(meta, 'state');
  const unit = row.unit_id as Ref | null;
  return (
    <li>
      <div className="grow">
        <p className="row wrap">
          {unit && (
            <Link to={`/e/unit/${unit.id}`}>
              <b>{unit.label}</b>
            </Link>
          )}
          {state && <Cell field={state} value={row.state} />}
          {typeof row.until_at === 'string' && (
            <span className="num">{t('until', { at: formatInstant(row.until_at) })}</span>
          )}
        </p>
        <small className="dim">
          {[personName(row.staff_id), row.reason].filter(Boolean).join(t('comma'))}
        </small>
      </div>
      {one.data?.actions?.map((action) => (
        <Button key={action.name} danger={action.tone === 'danger'} onClick={() => setOpen(action)}>
          {label(action.label)}
        </Button>
      ))}
      <Suspense fallback={null}>
        {open && (
          <ActionDialog
            action={open}
            title={`${label(open.label)} ${unit?.label ?? ''}`}
            onRun={async (values, key) => {
              await run.mutateAsync({
                action: open.name,
                body: { version: one.data?.version, ...values },
                key,
              });
              message.success(base('detail.actionDone', { what: label(open.label) }));
              setOpen(undefined);
            }}
            onClose={() => setOpen(undefined)}
          />
        )}
      </Suspense>
    </li>
  );
}

export function HoldDialog(props: { lead: Row; unit?: Ref | undefined; onClose: () => void }) {
  const t = useText();
  const meta = useEntity('unit_hold');
  const client = useQueryClient();
  const { message } = App.useApp();
  if (!meta) return null;
  const names = props.unit ? ['until_at', 'reason'] : ['unit_id', 'until_at', 'reason'];
  const action: ActionMeta = {
    name: 'hold',
    label: t('hold'),
    tone: 'primary',
    fields: names.flatMap((name) => fieldOf(meta, name) ?? []),
  };
  return (
    <Suspense fallback={null}>
      <ActionDialog
        action={action}
        title={
          props.unit
            ? `${t('hold')} ${props.unit.label}`
            : t('holdTitle', { name: leadRef(props.lead).label })
        }
        onRun={async (values, key) => {
          const unit = props.unit ? { unit_id: props.unit.id } : {};
          await api.post('/api/unit_hold', { ...values, ...unit, lead_id: props.lead.id }, { key });
          await refreshAll(client);
          message.success(t('held', { no: props.unit?.label ?? '' }));
          props.onClose();
        }}
        onClose={props.onClose}
      />
    </Suspense>
  );
}

function Intents({ lead }: { lead: Row }) {
  const t = useText();
  const label = useLabel();
  const may = useMay();
  const navigate = useNavigate();
  const meta = useEntity('intent');
  const list = useOf('intent', lead, '-valid_until_on');
  if (!meta) return null;
  const rows = list.data?.items ?? [];
  const columns = [
    'no',
    'unit_id',
    'area',
    'price',
    'from_on',
    'to_on',
    'valid_until_on',
    'state',
  ].flatMap((name) => fieldOf(meta, name) ?? []);
  return (
    <>
      {may('intent.create') && (
        <p className="tab-tools">
          <Button
            type="primary"
            onClick={() => navigate('/e/intent/new', { state: { given: intentGiven(lead) } })}
          >
            {t('newIntent')}
          </Button>
        </p>
      )}
      {list.error && !list.data && <ErrorState error={list.error} onRetry={() => list.refetch()} />}
      {!list.data && !list.error && <Skeleton rows={3} />}
      {list.data && rows.length === 0 && <EmptyState small title={t('intentsNone')} />}
      {rows.length > 0 && (
        <Mini label={label(meta.label)} columns={columns} rows={rows} link="intent" />
      )}
    </>
  );
}
