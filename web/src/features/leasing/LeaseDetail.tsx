/* One lease: where it stands, what was agreed, what it brings, what reviewers said, which papers and money there are. */
import {
  DownloadOutlined,
  EditOutlined,
  FileDoneOutlined,
  TransactionOutlined,
} from '@ant-design/icons';
import { useQueryClient } from '@tanstack/react-query';
import { App, Button } from 'antd';
import { lazy, type ReactNode, Suspense, useEffect, useState } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import { api } from '@/shared/api/client';
import { refreshAll, useList, useOne } from '@/shared/api/hooks';
import { daysBetween, EMPTY, formatDecimal, formatMoney, sumDecimals } from '@/shared/format';
import { useHotkeys } from '@/shared/hotkeys';
import { useT } from '@/shared/i18n';
import { ActionDialog } from '@/shared/meta/ActionDialog';
import { Cell } from '@/shared/meta/cells';
import { Actions } from '@/shared/meta/EntityDetail';
import { type EntityMeta, fieldOf, type Row } from '@/shared/meta/types';
import { useEntity, useMay, useMe } from '@/shared/session';
import { ErrorState, errorText, PageHead, PageSkeleton, Skeleton, StatusTag } from '@/shared/ui';
import { type TabItem, Tabs } from '@/shared/ui/Tabs';
import { ChangesTab } from './ChangesTab';
import { useText as useChangeText } from './changeText';
import { useChargeItems } from './leasing.api';
import { MoneyTab } from './MoneyTab';
import { completeness, PapersTab } from './PapersTab';
import { ReviewTab } from './ReviewTab';
import { ScheduleTab } from './ScheduleTab';
import { TermsTab } from './TermsTab';
import { useText } from './text';
import type { Lease } from './types';
import { spanText } from './WizardParts';
import '@/shared/meta/detail.css';
import './leasing.css';

const DetailFiles = lazy(() => import('@/shared/meta/DetailFiles'));
const DetailHistory = lazy(() => import('@/shared/meta/DetailHistory'));
const DetailTimeline = lazy(() => import('@/shared/meta/DetailTimeline'));

export default function LeaseDetail() {
  const base = useT();
  const { id = '' } = useParams();
  const meta = useEntity('lease');
  const record = useOne('lease', id);
  const lease = record.data as Lease | undefined;
  useEffect(() => {
    if (lease) document.title = `${lease.no} · ${base('app.name')}`;
  }, [lease, base]);
  if (record.error && !lease) {
    return (
      <>
        <PageHead title={EMPTY} crumb={[{ to: '/e/lease', label: meta?.label }]} />
        <div className="card">
          <ErrorState error={record.error} onRetry={() => record.refetch()} />
        </div>
      </>
    );
  }
  if (!lease || !meta) return <PageSkeleton />;
  return <Loaded lease={lease} meta={meta} />;
}

function Loaded({ lease, meta }: { lease: Lease; meta: EntityMeta }) {
  const t = useText();
  const base = useT();
  const navigate = useNavigate();
  const { message } = App.useApp();
  const items = useChargeItems();
  const change = useChangeText();
  const seesChanges = useEntity('lease_change') !== undefined;
  const seesMoney = useEntity('payment_order') !== undefined;
  const state = fieldOf(meta, 'state');
  const mayEdit = lease.state === 'draft' && (lease.can?.update ?? false);
  const edit = () => navigate(`/e/lease/${lease.id}/edit`);
  useHotkeys({ e: mayEdit ? edit : undefined });
  const download = () =>
    api
      .download(`/api/lease/${lease.id}/document.docx`, undefined, `${lease.no}.docx`)
      .catch((error) => message.error(errorText(error, base('state.network'))));
  const names = new Map([
    ...(items.data ?? []).map((item) => [item.code, item.name] as const),
    ...lease.terms.map((term) => [term.item, term.item_name] as const),
  ]);
  const missing = lease.documents.filter((one) => one.required && one.state === 'missing').length;
  const inside = (node: ReactNode) => <Suspense fallback={<Skeleton rows={6} />}>{node}</Suspense>;
  const tabs: TabItem[] = [
    {
      key: 'terms',
      label: t('tabs.terms'),
      children: <TermsTab lease={lease} meta={meta} names={names} />,
    },
    {
      key: 'schedule',
      label: t('tabs.schedule'),
      children: <ScheduleTab lease={lease} names={names} />,
    },
    { key: 'review', label: t('tabs.review'), children: <ReviewTab lease={lease} /> },
    {
      key: 'papers',
      label: t('tabs.papers'),
      count: missing,
      children: <PapersTab lease={lease} />,
    },
    ...(seesMoney
      ? [{ key: 'money', label: t('tabs.money'), children: <MoneyTab lease={lease} /> }]
      : []),
    ...(seesChanges
      ? [{ key: 'changes', label: change('tab'), children: <ChangesTab lease={lease} /> }]
      : []),
    {
      key: 'files',
      label: base('detail.files'),
      children: inside(
        <DetailFiles entity="lease" id={lease.id} mayAdd={lease.can?.update ?? false} />,
      ),
    },
    {
      key: 'timeline',
      label: base('detail.timeline'),
      children: inside(<DetailTimeline entity="lease" id={lease.id} />),
    },
    {
      key: 'history',
      label: base('detail.history'),
      children: inside(<DetailHistory meta={meta} id={lease.id} />),
    },
  ];
  return (
    <>
      <PageHead title={lease.no} crumb={[{ to: '/e/lease', label: meta.label }]}>
        {state && <Cell field={state} value={lease.state} />}
        {lease.is_below_floor && <StatusTag tone="red">{t('belowFloor')}</StatusTag>}
        <div className="right">
          <Button icon={<DownloadOutlined />} onClick={download}>
            {t('download')}
          </Button>
          {mayEdit && (
            <Button icon={<EditOutlined />} onClick={edit}>
              {base('detail.edit')}
            </Button>
          )}
          <IssueOrder lease={lease} />
          <Actions meta={meta} row={lease} />
        </div>
      </PageHead>
      <p className="lease-who">
        {lease.merchant_id && (
          <Link to={`/e/merchant/${lease.merchant_id.id}`}>{lease.merchant_id.label}</Link>
        )}
        {lease.brand_id && <span>{lease.brand_id.label}</span>}
        <span>
          {lease.units.map((one) => (
            <Link key={one.unit_id.id} to={`/e/unit/${one.unit_id.id}`}>
              {one.unit_id.label}
            </Link>
          ))}
        </span>
      </p>
      <Progress lease={lease} />
      <Figures lease={lease} />
      <section className="card" aria-label={lease.no}>
        <Tabs items={tabs} label={lease.no} />
      </section>
    </>
  );
}

/* From the review on: makes the payment order, or leads to it. */
function IssueOrder({ lease }: { lease: Lease }) {
  const t = useText();
  const may = useMay();
  const navigate = useNavigate();
  const client = useQueryClient();
  const { message } = App.useApp();
  const [asking, setAsking] = useState(false);
  const ready = lease.state === 'approved' || lease.state === 'sealed';
  const sees = useEntity('payment_order') !== undefined;
  const orders = useList(
    'payment_order',
    new URLSearchParams({ lease_id: lease.id, page: '1', size: '20' }),
    ready && sees,
  );
  if (!ready || (sees && !orders.data)) return null;
  const open = orders.data?.items.find((one) => one.state !== 'void');
  if (open) {
    return (
      <Button
        icon={<TransactionOutlined />}
        onClick={() => navigate(`/e/payment_order/${open.id}`)}
      >
        {t('seeOrder', { no: String(open.no) })}
      </Button>
    );
  }
  if (!may('lease.issue_order')) return null;
  return (
    <>
      <Button icon={<FileDoneOutlined />} onClick={() => setAsking(true)}>
        {t('issueOrder')}
      </Button>
      {asking && (
        <ActionDialog
          action={{
            name: 'issue_order',
            label: { zh: t('issueOrder'), en: t('issueOrder') },
            tone: 'primary',
            fields: [],
          }}
          title={t('issueTitle')}
          intro={t('issueText', { no: lease.no })}
          onClose={() => setAsking(false)}
          onRun={async (_, key) => {
            const order = await api.post<Row>(`/api/lease/${lease.id}/issue_order`, {}, { key });
            message.success(t('issued', { no: String(order.no) }));
            await refreshAll(client);
            navigate(`/e/payment_order/${order.id}`);
          }}
        />
      )}
    </>
  );
}

const WAY = ['draft', 'countersigning', 'approved', 'sealed', 'effective'] as const;
const PAST = new Set([
  'effective',
  'expiring',
  'expired',
  'renewed',
  'terminated',
  'settled',
  'archived',
]);

/* The way from draft to effective, and where the lease is on it. */
function Progress({ lease }: { lease: Lease }) {
  const t = useText();
  if (lease.state === 'void' || PAST.has(lease.state)) return null;
  const at = (WAY as readonly string[]).indexOf(lease.state);
  return (
    <ol className="progress" aria-label={t('steps')}>
      {WAY.map((one, i) => (
        <li
          key={one}
          className={i < at ? 'past' : i === at ? 'now' : undefined}
          aria-current={i === at ? 'step' : undefined}
        >
          <em aria-hidden="true">{i < at ? '✓' : i + 1}</em>
          <span className="progress-name">{t(`stepNames.${one}`)}</span>
        </li>
      ))}
    </ol>
  );
}

function Figure(props: { label: string; value: ReactNode; note?: ReactNode }) {
  return (
    <div className="card figure">
      <span className="dim">{props.label}</span>
      <strong className="num">{props.value}</strong>
      <small className="dim">{props.note}</small>
    </div>
  );
}

function Figures({ lease }: { lease: Lease }) {
  const t = useText();
  const me = useMe();
  const toEnd = daysBetween(me.today, lease.to_on);
  const toStart = daysBetween(me.today, lease.from_on);
  const papers = completeness(lease.documents);
  const deposit = sumDecimals(
    lease.deposits.map((one) => one.amount),
    2,
  );
  return (
    <div className="figures">
      <Figure
        label={t('monthlyRent')}
        value={lease.monthly_rent ? formatMoney(lease.monthly_rent) : EMPTY}
        note={t('monthlyNote')}
      />
      <Figure
        label={t('total')}
        value={lease.total ? formatMoney(lease.total) : EMPTY}
        note={t('totalNote')}
      />
      <Figure
        label={t('term')}
        value={spanText(t, lease.from_on, lease.to_on)}
        note={
          <>
            {lease.from_on} – {lease.to_on}
            <br />
            {toEnd < 0
              ? t('ended', { n: -toEnd })
              : toStart > 0
                ? t('startsIn', { n: toStart })
                : t('leftDays', { n: toEnd })}
          </>
        }
      />
      <Figure
        label={t('area')}
        value={
          lease.area ? (
            <>
              {formatDecimal(lease.area, 2)}
              <span className="unit">㎡</span>
            </>
          ) : (
            EMPTY
          )
        }
        note={t('unitsN', { n: lease.units.length })}
      />
      <Figure
        label={t('deposits')}
        value={formatMoney(deposit)}
        note={t('depositsN', { n: lease.deposits.length })}
      />
      <Figure
        label={t('papers')}
        value={`${papers.percent}%`}
        note={papers.missing ? t('papersMissing', { n: papers.missing }) : t('papersDone')}
      />
    </div>
  );
}
