/* One record of any entity: its fields in groups, what this person may do with it, and what surrounds it. */
import { EditOutlined, PrinterOutlined } from '@ant-design/icons';
import { useQueryClient } from '@tanstack/react-query';
import { App, Button } from 'antd';
import { lazy, type ReactNode, Suspense, useEffect, useState } from 'react';
import { useNavigate } from 'react-router';
import { ApiError, api } from '@/shared/api/client';
import { refreshAll, useAction, useOne } from '@/shared/api/hooks';
import { formatInstant } from '@/shared/format';
import { useHotkeys } from '@/shared/hotkeys';
import { docIn, type Label, useLabel, useLang, useT } from '@/shared/i18n';
import { useEntities } from '@/shared/session';
import { ErrorState, errorText, PageHead, PageSkeleton, Skeleton } from '@/shared/ui';
import { MenuItem, Popover } from '@/shared/ui/Popover';
import { type TabItem, Tabs } from '@/shared/ui/Tabs';
import { Cell, JsonView, personName } from './cells';
import { isLongForm } from './formFields';
import { useSlots } from './pages';
import {
  type ActionMeta,
  type EntityMeta,
  type FieldMeta,
  fieldOf,
  type Row,
  titleOf,
} from './types';
import './detail.css';

const EntityFormDrawer = lazy(() => import('./EntityForm'));
const ActionDialog = lazy(() =>
  import('./ActionDialog').then((module) => ({ default: module.ActionDialog })),
);
const Files = lazy(() => import('./DetailFiles'));
const History = lazy(() => import('./DetailHistory'));
const Timeline = lazy(() => import('./DetailTimeline'));
const Related = lazy(() => import('./DetailRelated'));
const Trail = lazy(() => import('./DetailApprovals'));

/* Where the server does not say which tabs an entity has. */
const WITH_TIMELINE = new Set(['merchant', 'lead', 'unit', 'lease']);
const WITH_APPROVAL = new Set([
  'lease',
  'intent',
  'leasing_plan',
  'price_policy',
  'lease_change',
  'expense',
  'correction',
]);

function tabNames(meta: EntityMeta): string[] {
  if (meta.tabs) return meta.tabs;
  return [
    ...(WITH_TIMELINE.has(meta.name) ? ['timeline'] : []),
    'files',
    ...(WITH_APPROVAL.has(meta.name) ? ['approvals'] : []),
    'history',
  ];
}

export function EntityDetail({ meta, id }: { meta: EntityMeta; id: string }) {
  const t = useT();
  const record = useOne(meta.name, id);
  const title = record.data ? titleOf(meta, record.data) : '';
  useEffect(() => {
    if (title) document.title = `${title} · ${t('app.name')}`;
  }, [title, t]);
  if (record.error && !record.data) {
    return (
      <>
        <PageHead title="—" crumb={[{ to: `/e/${meta.name}`, label: meta.label }]} />
        <div className="card">
          <ErrorState error={record.error} onRetry={() => record.refetch()} />
        </div>
      </>
    );
  }
  if (!record.data) return <PageSkeleton />;
  return <Loaded meta={meta} row={record.data} />;
}

function Loaded({ meta, row }: { meta: EntityMeta; row: Row }) {
  const t = useT();
  const label = useLabel();
  const navigate = useNavigate();
  const entities = useEntities();
  const slots = useSlots(meta.name).detail;
  const [editing, setEditing] = useState(false);
  const badge = meta.list.segment ? fieldOf(meta, meta.list.segment) : undefined;
  const mayEdit = row.can?.update ?? meta.actions.includes('update');
  const edit = () =>
    isLongForm(meta) ? navigate(`/e/${meta.name}/${row.id}/edit`) : setEditing(true);
  useHotkeys({ e: mayEdit ? edit : undefined });

  const fallback = <Skeleton rows={5} />;
  const inside = (node: ReactNode) => <Suspense fallback={fallback}>{node}</Suspense>;
  const ready: Record<string, TabItem> = {
    files: {
      key: 'files',
      label: t('detail.files'),
      children: inside(<Files entity={meta.name} id={row.id} mayAdd={mayEdit} />),
    },
    history: {
      key: 'history',
      label: t('detail.history'),
      children: inside(<History meta={meta} id={row.id} />),
    },
    timeline: {
      key: 'timeline',
      label: t('detail.timeline'),
      children: inside(<Timeline entity={meta.name} id={row.id} />),
    },
    approvals: {
      key: 'approvals',
      label: t('detail.approvals'),
      children: inside(<Trail entity={meta.name} id={row.id} />),
    },
  };
  const related = [...entities.values()].some((one) =>
    one.fields.some((field) => field.ref === meta.name && field.filter),
  );
  const tabs: TabItem[] = [
    {
      key: 'overview',
      label: t('detail.overview'),
      children: <Overview meta={meta} row={row} />,
    },
    ...(slots?.tabs?.(row, meta) ?? []),
    ...(related
      ? [
          {
            key: 'related',
            label: t('detail.related'),
            children: inside(<Related meta={meta} id={row.id} title={titleOf(meta, row)} />),
          },
        ]
      : []),
    ...tabNames(meta).flatMap((name) => ready[name] ?? []),
  ];

  return (
    <>
      <PageHead title={titleOf(meta, row)} crumb={[{ to: `/e/${meta.name}`, label: meta.label }]}>
        {badge && <Cell field={badge} value={row[badge.name]} />}
        <div className="right">
          {slots?.actions?.(row, meta)}
          <Button
            className="print-button"
            icon={<PrinterOutlined />}
            onClick={() => window.print()}
            aria-label={t('detail.print')}
            title={t('detail.print')}
          />
          {mayEdit && (
            <Button icon={<EditOutlined />} onClick={edit}>
              {t('detail.edit')}
            </Button>
          )}
          <Actions meta={meta} row={row} />
        </div>
      </PageHead>
      {slots?.banner?.(row, meta)}
      <section className="card" aria-label={label(meta.label)}>
        <Tabs items={tabs} label={label(meta.label)} />
      </section>
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

const SHOWN_ACTIONS = 2;

/* What may be done now, as the server says: the first as buttons, the rest in a menu. */
export function Actions({ meta, row }: { meta: EntityMeta; row: Row }) {
  const t = useT();
  const label = useLabel();
  const client = useQueryClient();
  const { message } = App.useApp();
  const action = useAction(meta.name, row.id);
  const [open, setOpen] = useState<ActionMeta>();
  const actions = [...(row.actions ?? [])].sort((a, b) => weight(a) - weight(b));
  if (!actions.length) return null;
  const shown = actions.length <= SHOWN_ACTIONS + 1 ? actions : actions.slice(0, SHOWN_ACTIONS);
  const rest = actions.slice(shown.length);
  const what = open ? label(open.label) : '';

  const run = async (values: Record<string, unknown>, key: string) => {
    if (!open) return;
    try {
      await action.mutateAsync({
        action: open.name,
        body: { version: row.version, ...values },
        key,
      });
      message.success(t('detail.actionDone', { what }));
      setOpen(undefined);
    } catch (error) {
      if (!(error instanceof ApiError) || !error.stale) throw error;
      await refreshAll(client);
      setOpen(undefined);
      message.warning(t('detail.staleAction'), 6);
    }
  };
  return (
    <>
      {rest.length > 0 && (
        <Popover label={t('detail.more')} className="btn" button={<>⋯</>}>
          {(close) =>
            rest.map((one) => (
              <MenuItem
                key={one.name}
                danger={one.tone === 'danger'}
                onClick={() => {
                  close();
                  setOpen(one);
                }}
              >
                {label(one.label)}
              </MenuItem>
            ))
          }
        </Popover>
      )}
      {[...shown].reverse().map((one) => (
        <Button
          key={one.name}
          type={one.tone === 'primary' ? 'primary' : 'default'}
          danger={one.tone === 'danger'}
          onClick={() => setOpen(one)}
        >
          {label(one.label)}
        </Button>
      ))}
      <Suspense fallback={null}>
        {open && (
          <ActionDialog
            key={open.name}
            action={open}
            title={
              open.fields?.length ? `${what} ${titleOf(meta, row)}` : t('detail.confirm', { what })
            }
            intro={
              open.fields?.length
                ? undefined
                : t('detail.confirmText', { what, label: titleOf(meta, row) })
            }
            onRun={run}
            onClose={() => setOpen(undefined)}
          />
        )}
      </Suspense>
    </>
  );
}

function weight(action: ActionMeta): number {
  return action.tone === 'primary' ? 0 : action.tone === 'danger' ? 2 : 1;
}

/* The groups of the form, then whatever no group names, then who wrote the record and when. */
export function detailGroups(meta: EntityMeta): { label: Label; fields: FieldMeta[] }[] {
  const groups = (meta.form ?? []).map((group) => ({
    label: group.label,
    fields: group.fields.flatMap((name): FieldMeta | never[] => fieldOf(meta, name) ?? []),
  }));
  const named = new Set(groups.flatMap((group) => group.fields.map((field) => field.name)));
  // The segment is the pill beside the title.
  const rest = meta.fields.filter(
    (field) => !named.has(field.name) && field.name !== meta.list.segment,
  );
  return [...groups, { label: '', fields: rest }].filter((group) => group.fields.length > 0);
}

function Overview({ meta, row }: { meta: EntityMeta; row: Row }) {
  const t = useT();
  const lang = useLang();
  const label = useLabel();
  const groups = detailGroups(meta);
  return (
    <div className="detail">
      {groups.map((group, i) => (
        <section key={i} className="keep">
          {(label(group.label) || groups.length > 1) && (
            <h2>{label(group.label) || t('form.other')}</h2>
          )}
          <dl className="facts">
            {group.fields.map((field) => (
              <div
                key={field.name}
                className={field.type === 'longtext' || field.type === 'json' ? 'wide' : undefined}
              >
                <dt title={docIn(field.doc, lang) || undefined}>{label(field.label)}</dt>
                <dd>
                  <Value meta={meta} field={field} row={row} />
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
      <p className="detail-foot">
        <Written label={t('detail.createdAt')} who={row.created_by} at={row.created_at} />
        {row.updated_at !== row.created_at && (
          <Written label={t('detail.updatedAt')} who={row.updated_by} at={row.updated_at} />
        )}
        {row.version !== undefined && <span>{t('detail.version', { n: row.version })}</span>}
      </p>
    </div>
  );
}

function Written(props: { label: string; who: unknown; at: string | undefined }) {
  if (!props.at) return null;
  return (
    <span>
      {props.label} {personName(props.who)} {formatInstant(props.at)}
    </span>
  );
}

function Value({ meta, field, row }: { meta: EntityMeta; field: FieldMeta; row: Row }) {
  const value = row[field.name];
  if (row.masked?.includes(field.name)) return <Masked meta={meta} field={field} row={row} />;
  if (field.type === 'json') return <JsonView value={value} />;
  return <Cell field={field} value={value} />;
}

/* Confidential: shown on demand to whom the server allows it; each look is logged there. */
function Masked({ meta, field, row }: { meta: EntityMeta; field: FieldMeta; row: Row }) {
  const t = useT();
  const label = useLabel();
  const { message } = App.useApp();
  const [value, setValue] = useState<string>();
  const [busy, setBusy] = useState(false);
  const reveal = async () => {
    setBusy(true);
    try {
      const path = `/api/${meta.name}/${row.id}/reveal`;
      setValue((await api.post<{ value: string }>(path, { field: field.name })).value);
    } catch (error) {
      message.error(errorText(error, t('state.network')));
    } finally {
      setBusy(false);
    }
  };
  return (
    <span className="row">
      <span className="num">{value ?? String(row[field.name] ?? '')}</span>
      {row.can?.reveal && value === undefined && (
        <button
          type="button"
          className="link-btn no-print"
          disabled={busy}
          title={t('detail.revealTitle', { what: label(field.label) })}
          onClick={reveal}
        >
          {t('detail.reveal')}
        </button>
      )}
    </span>
  );
}
