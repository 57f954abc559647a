/* One lead: how far it is and what is missing, what was said, which units fit, what was offered, held and put on paper. */
import { EditOutlined, StarFilled } from '@ant-design/icons';
import { Button } from 'antd';
import { lazy, type ReactNode, Suspense, useEffect, useState } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import { useOne } from '@/shared/api/hooks';
import { useHotkeys } from '@/shared/hotkeys';
import { useLabel, useT } from '@/shared/i18n';
import { Cell, JsonView } from '@/shared/meta/cells';
import { Actions, detailGroups } from '@/shared/meta/EntityDetail';
import { isLongForm } from '@/shared/meta/formFields';
import { type EntityMeta, fieldOf, type Row } from '@/shared/meta/types';
import { useEntities, useEntity, useMay } from '@/shared/session';
import { ErrorState, PageHead, PageSkeleton, Skeleton, StatusTag } from '@/shared/ui';
import { type TabItem, Tabs } from '@/shared/ui/Tabs';
import { Composer } from './Composer';
import { LeadAside } from './LeadAside';
import { StageSteps } from './StageSteps';
import { useText } from './text';
import '@/shared/meta/detail.css';
import '@/shared/meta/list.css';
import './leads.css';
import './lead.css';

const Timeline = lazy(() => import('@/shared/meta/DetailTimeline'));
const Files = lazy(() => import('@/shared/meta/DetailFiles'));
const History = lazy(() => import('@/shared/meta/DetailHistory'));
const EntityFormDrawer = lazy(() => import('@/shared/meta/EntityForm'));
const Matches = lazy(() => import('./Matches'));
const Papers = lazy(() => import('./Papers'));

export default function LeadDetail() {
  const { id = '' } = useParams();
  const base = useT();
  const meta = useEntity('lead');
  const record = useOne('lead', id);
  const name = record.data ? String(record.data.name ?? record.data.label ?? '') : '';
  useEffect(() => {
    if (name) document.title = `${name} · ${base('app.name')}`;
  }, [name, base]);
  if (!meta) return null;
  if (record.error && !record.data) {
    return (
      <>
        <PageHead title="—" crumb={[{ to: '/leads', label: meta.label }]} />
        <div className="card">
          <ErrorState error={record.error} onRetry={() => record.refetch()} />
        </div>
      </>
    );
  }
  if (!record.data) return <PageSkeleton />;
  return <Loaded key={id} meta={meta} row={record.data} />;
}

function Loaded({ meta, row }: { meta: EntityMeta; row: Row }) {
  const t = useText();
  const label = useLabel();
  const base = useT();
  const may = useMay();
  const navigate = useNavigate();
  const entities = useEntities();
  const [editing, setEditing] = useState(false);
  const mayEdit = row.can?.update ?? false;
  const edit = () => (isLongForm(meta) ? navigate(`/e/lead/${row.id}/edit`) : setEditing(true));
  useHotkeys({ e: mayEdit ? edit : undefined });
  const stage = fieldOf(meta, 'stage')?.options?.find((one) => one.value === row.stage);
  const grade = fieldOf(meta, 'grade')?.options?.find((one) => one.value === row.grade);
  const inside = (node: ReactNode) => <Suspense fallback={<Skeleton rows={5} />}>{node}</Suspense>;
  const paper = (entity: 'offer' | 'unit_hold' | 'intent', key: 'offers' | 'holds' | 'intents') =>
    entities.has(entity)
      ? [{ key, label: t(`tab.${key}`), children: inside(<Papers entity={entity} lead={row} />) }]
      : [];
  const tabs: TabItem[] = [
    {
      key: 'follow',
      label: t('tab.follow'),
      children: (
        <>
          <Composer lead={row} />
          {inside(<Timeline entity="lead" id={row.id} />)}
        </>
      ),
    },
    ...(may('unit.read') || entities.has('unit')
      ? [{ key: 'match', label: t('tab.match'), children: inside(<Matches lead={row} />) }]
      : []),
    ...paper('offer', 'offers'),
    ...paper('unit_hold', 'holds'),
    ...paper('intent', 'intents'),
    { key: 'facts', label: t('tab.facts'), children: <Facts meta={meta} row={row} /> },
    {
      key: 'files',
      label: base('detail.files'),
      children: inside(<Files entity="lead" id={row.id} mayAdd={mayEdit} />),
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
        title={String(row.name ?? row.label)}
        crumb={[{ to: '/leads', label: t('title') }]}
        here={String(row.no ?? row.name)}
      >
        {row.key_account === true && (
          <span className="ink-amber" role="img" aria-label={t('key')} title={t('key')}>
            <StarFilled />
          </span>
        )}
        {stage && <StatusTag tone={stage.tone}>{label(stage.label)}</StatusTag>}
        {grade && <StatusTag tone={grade.tone}>{label(grade.label)}</StatusTag>}
        <div className="right">
          {mayEdit && (
            <Button icon={<EditOutlined />} onClick={edit}>
              {base('detail.edit')}
            </Button>
          )}
          <Actions meta={meta} row={row} />
        </div>
      </PageHead>
      <StageSteps lead={row} onFill={mayEdit ? edit : undefined} />
      <div className="lead-page">
        <section className="card" aria-label={label(meta.label)}>
          <Tabs items={tabs} label={label(meta.label)} />
        </section>
        <LeadAside row={row} />
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

function Facts({ meta, row }: { meta: EntityMeta; row: Row }) {
  const label = useLabel();
  const base = useT();
  return (
    <div className="detail">
      {detailGroups(meta).map((group, i) => (
        <section key={i} className="keep">
          <h2>{label(group.label) || base('form.other')}</h2>
          <dl className="facts">
            {group.fields.map((field) => (
              <div key={field.name} className={field.type === 'longtext' ? 'wide' : undefined}>
                <dt title={field.doc ?? undefined}>{label(field.label)}</dt>
                <dd>
                  {field.type === 'json' ? (
                    <JsonView value={row[field.name]} />
                  ) : (
                    <Cell field={field} value={row[field.name]} />
                  )}
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
      {isSource(row.source_inquiry) && (
        <p className="detail-foot">
          <Link to={`/e/inquiry/${row.source_inquiry.id}`}>{row.source_inquiry.label}</Link>
        </p>
      )}
    </div>
  );
}

function isSource(value: unknown): value is { id: string; label: string } {
  return typeof value === 'object' && value !== null && 'id' in value;
}
