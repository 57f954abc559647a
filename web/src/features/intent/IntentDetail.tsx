/* One letter of intent: its main terms, what the money paid means, how long it holds, who approved it. */
import { EditOutlined, FileWordOutlined } from '@ant-design/icons';
import { App, Button } from 'antd';
import { lazy, type ReactNode, Suspense, useEffect, useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import { api } from '@/shared/api/client';
import { useOne } from '@/shared/api/hooks';
import { useHotkeys } from '@/shared/hotkeys';
import { useLabel, useT } from '@/shared/i18n';
import { Cell, isEmpty } from '@/shared/meta/cells';
import { Actions } from '@/shared/meta/EntityDetail';
import { isLongForm } from '@/shared/meta/formFields';
import { type EntityMeta, fieldOf, type Row } from '@/shared/meta/types';
import { useEntity } from '@/shared/session';
import { ErrorState, errorText, PageHead, PageSkeleton, Skeleton } from '@/shared/ui';
import { type TabItem, Tabs } from '@/shared/ui/Tabs';
import { ConvertButton, LeaseOf } from './Convert';
import { DepositCard, ValidityCard } from './IntentSide';
import { monthsOf } from './terms';
import { useText } from './text';
import '@/shared/meta/detail.css';
import './intent.css';

const Approvals = lazy(() => import('@/shared/meta/DetailApprovals'));
const Files = lazy(() => import('@/shared/meta/DetailFiles'));
const History = lazy(() => import('@/shared/meta/DetailHistory'));
const EntityFormDrawer = lazy(() => import('@/shared/meta/EntityForm'));

export default function IntentDetail() {
  const { id = '' } = useParams();
  const base = useT();
  const meta = useEntity('intent');
  const record = useOne('intent', id);
  const name = record.data ? String(record.data.no ?? record.data.label ?? '') : '';
  useEffect(() => {
    if (name) document.title = `${name} · ${base('app.name')}`;
  }, [name, base]);
  if (!meta) return null;
  if (record.error && !record.data) {
    return (
      <>
        <PageHead title="—" crumb={[{ to: '/e/intent', label: meta.label }]} />
        <div className="card">
          <ErrorState error={record.error} onRetry={() => record.refetch()} />
        </div>
      </>
    );
  }
  if (!record.data) return <PageSkeleton />;
  return <Loaded key={id} meta={meta} row={record.data} />;
}

/* States in which nothing of it may change any more. */
const CLOSED = new Set(['converted', 'void', 'expired']);

function Loaded({ meta, row }: { meta: EntityMeta; row: Row }) {
  const base = useT();
  const label = useLabel();
  const navigate = useNavigate();
  const [editing, setEditing] = useState(false);
  const mayEdit = (row.can?.update ?? false) && !CLOSED.has(String(row.state));
  const edit = () => (isLongForm(meta) ? navigate(`/e/intent/${row.id}/edit`) : setEditing(true));
  useHotkeys({ e: mayEdit ? edit : undefined });
  const state = fieldOf(meta, 'state');
  const convert = row.actions?.find((one) => one.name === 'convert');
  const others = { ...row, actions: row.actions?.filter((one) => one !== convert) ?? [] };
  const inside = (node: ReactNode) => <Suspense fallback={<Skeleton rows={4} />}>{node}</Suspense>;
  const tabs: TabItem[] = [
    {
      key: 'approvals',
      label: base('detail.approvals'),
      children: inside(<Approvals entity="intent" id={row.id} />),
    },
    {
      key: 'files',
      label: base('detail.files'),
      children: inside(<Files entity="intent" id={row.id} mayAdd={mayEdit} />),
    },
    {
      key: 'history',
      label: base('detail.history'),
      children: inside(<History meta={meta} id={row.id} />),
    },
  ];
  return (
    <>
      <PageHead
        title={String(row.no ?? row.label)}
        crumb={[{ to: '/e/intent', label: meta.label }]}
      >
        {state && <Cell field={state} value={row.state} />}
        <div className="right">
          <DocumentButton row={row} />
          {mayEdit && (
            <Button icon={<EditOutlined />} onClick={edit}>
              {base('detail.edit')}
            </Button>
          )}
          <Actions meta={meta} row={others} />
          {convert && <ConvertButton row={row} action={convert} />}
        </div>
      </PageHead>
      <Steps state={String(row.state)} />
      {row.state === 'converted' && <LeaseOf row={row} />}
      <div className="intent-page">
        <Terms meta={meta} row={row} />
        <aside className="intent-side">
          <ValidityCard row={row} />
          <DepositCard row={row} />
        </aside>
        <section className="card intent-more" aria-label={label(meta.label)}>
          <Tabs items={tabs} label={label(meta.label)} />
        </section>
      </div>
      <Suspense fallback={null}>
        {editing && (
          <EntityFormDrawer
            meta={meta}
            row={row}
            onClose={() => setEditing(false)}
            onSaved={() => setEditing(false)}
          />
        )}
      </Suspense>
    </>
  );
}

function DocumentButton({ row }: { row: Row }) {
  const t = useText();
  const base = useT();
  const { message } = App.useApp();
  const [busy, setBusy] = useState(false);
  const load = async () => {
    setBusy(true);
    try {
      await api.download(`/api/intent/${row.id}/document.docx`, undefined, `${row.no}.docx`);
    } catch (error) {
      message.error(errorText(error, base('state.network')));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Button icon={<FileWordOutlined />} loading={busy} onClick={load}>
      {t('document')}
    </Button>
  );
}

const STEPS = ['draft', 'submitted', 'approved', 'signed', 'converted'] as const;

/* How far it has come. What was voided or has lapsed is on no step; its pill says so. */
function Steps({ state }: { state: string }) {
  const t = useText();
  const at = (STEPS as readonly string[]).indexOf(state);
  if (at < 0) return null;
  return (
    <section className="card intent-steps" aria-label={t('steps')}>
      <ol>
        {STEPS.map((one, i) => (
          <li
            key={one}
            className={i < at || state === 'converted' ? 'done' : i === at ? 'current' : ''}
            aria-current={i === at ? 'step' : undefined}
          >
            <span className="mark" aria-hidden="true">
              {i + 1}
            </span>
            {t(one)}
          </li>
        ))}
      </ol>
    </section>
  );
}

const CARDS = {
  parties: ['merchant_id', 'brand_id', 'category_id', 'lead_id', 'unit_id', 'area', 'owner_id'],
  term: ['from_on', 'to_on', 'free_days', 'handover_on', 'open_on'],
  rent: [
    'price',
    'price_basis',
    'step_percent',
    'turnover_percent',
    'fee_price',
    'cycle_months',
    'deposit_months',
  ],
} as const;

function Terms({ meta, row }: { meta: EntityMeta; row: Row }) {
  const t = useText();
  const { from_on: from, to_on: to } = row;
  const months = typeof from === 'string' && typeof to === 'string' ? monthsOf(from, to) : 0;
  return (
    <div className="intent-terms">
      {(Object.keys(CARDS) as (keyof typeof CARDS)[]).map((card) => (
        <section key={card} className="card card-body keep" aria-label={t(card)}>
          <h2>
            {t(card)}
            {card === 'term' && months > 0 && (
              <span className="dim">{t('months', { n: months })}</span>
            )}
          </h2>
          <dl className="facts">
            {CARDS[card].map((name) => (
              <Fact key={name} meta={meta} row={row} name={name} />
            ))}
          </dl>
        </section>
      ))}
      {!isEmpty(row.special) && (
        <section className="card card-body keep" aria-label={t('special')}>
          <h2>{t('special')}</h2>
          <p className="intent-special">{String(row.special)}</p>
        </section>
      )}
    </div>
  );
}

function Fact({ meta, row, name }: { meta: EntityMeta; row: Row; name: string }) {
  const label = useLabel();
  const field = fieldOf(meta, name);
  if (!field) return null;
  return (
    <div>
      <dt>{label(field.label)}</dt>
      <dd>
        <Cell field={field} value={row[name]} />
      </dd>
    </div>
  );
}
