/* Any report: what it says, how it is worked out, on which data, as of when, and where each row comes from. */
import { FilePdfOutlined, PrinterOutlined, TableOutlined } from '@ant-design/icons';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { App, Button, DatePicker } from 'antd';
import dayjs from 'dayjs';
import { useEffect } from 'react';
import { Link, NavLink, useParams, useSearchParams } from 'react-router';
import { ApiError, api } from '@/shared/api/client';
import { formatDecimal, formatInstant } from '@/shared/format';
import { defineText, type Label, useLabel, useLang, useT } from '@/shared/i18n';
import { Cell, isEmpty, kitOf } from '@/shared/meta/cells';
import type { FieldMeta, FieldType } from '@/shared/meta/types';
import { pagePath, recordPath } from '@/shared/paths';
import { mayOf, useMe } from '@/shared/session';
import { EmptyState, ErrorState, errorText, PageHead, Skeleton } from '@/shared/ui';
import './report.css';

const useText = defineText(
  {
    title: '报表',
    daily: '招商日报',
    channel: '渠道分析',
    rent_roll: '租金台账',
    expiry: '到期分布',
    completeness: '客户资料完整率',
    month: '月份',
    on: '截至日期',
    from: '开始',
    to: '结束',
    formula: '计算方法',
    basis: '取数范围',
    asOf: '数据截至 {{at}}',
    rows: '{{n}} 行',
    empty: '这个期间没有数据',
    emptyText: '换一个日期再看。',
    xlsx: '表格',
    pdf: 'PDF',
    choose: '选择一张报表',
    totals: '合计',
    dailyText: '来电、来访、跟进与签约，按人统计',
    channelText: '各渠道的来客、意向与签约，成本与转化',
    rent_rollText: '每个铺位的合同、面积、单价与月租金',
    expiryText: '各年到期的合同、面积与租金',
    completenessText: '在跟客户缺哪些资料，按人员',
  },
  {
    title: 'Reports',
    daily: 'Daily report',
    channel: 'Channels',
    rent_roll: 'Rent roll',
    expiry: 'Lease expiry',
    completeness: 'Completeness of customer data',
    month: 'Month',
    on: 'As of',
    from: 'From',
    to: 'To',
    formula: 'How it is worked out',
    basis: 'Basis',
    asOf: 'Data as of {{at}}',
    rows: '{{n}} row|{{n}} rows',
    empty: 'Nothing in this period',
    emptyText: 'Try another date.',
    xlsx: 'Spreadsheet',
    pdf: 'PDF',
    choose: 'Choose a report',
    totals: 'Total',
    dailyText: 'Calls, visits, follow-ups and signings by person',
    channelText: 'Visitors, interest and signings by channel, cost and conversion',
    rent_rollText: 'Lease, area, price and monthly rent of each unit',
    expiryText: 'Leases, area and rent ending in each year',
    completenessText: 'What is missing in the files of open customers, by person',
  },
);

/* The reports and what each is asked with. */
const REPORTS = {
  daily: ['from', 'to'],
  channel: ['month'],
  rent_roll: ['on'],
  expiry: ['on'],
  completeness: ['on'],
} as const;
type Name = keyof typeof REPORTS;
const NAMES = Object.keys(REPORTS) as Name[];

interface Column {
  name: string;
  label: Label;
  type: FieldType;
  options?: FieldMeta['options'];
}

interface Report {
  from?: string;
  to?: string;
  title: Label;
  formula?: Label;
  basis?: Label;
  as_of: string;
  columns: Column[];
  rows: Record<string, unknown>[];
  totals?: Record<string, unknown> | null;
}

const fieldFor = (column: Column): FieldMeta => ({ ...column, ref: null });

export default function ReportPage() {
  const { name } = useParams();
  return name ? <OneReport key={name} name={name} /> : <Index />;
}

/* The reports this person may see. */
function useNames(): Name[] {
  const me = useMe();
  return NAMES.filter((name) => mayOf(me, `report.${name}`));
}

function Index() {
  const t = useText();
  const names = useNames();
  const base = useT();
  useEffect(() => {
    document.title = `${t('title')} · ${base('app.name')}`;
  }, [t, base]);
  return (
    <>
      <PageHead title={t('title')} />
      <ul className="report-index">
        {names.map((name) => (
          <li key={name}>
            <Link to={`/report/${name}`} className="card">
              <TableOutlined />
              <span>
                <b>{t(name)}</b>
                <small>{t(`${name}Text`)}</small>
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </>
  );
}

function OneReport({ name }: { name: string }) {
  const t = useText();
  const base = useT();
  const label = useLabel();
  const { message } = App.useApp();
  const [params] = useSearchParams();
  const query = params.toString();
  const lang = useLang();
  const report = useQuery({
    queryKey: ['report', name, query],
    queryFn: ({ signal }) =>
      api.get<Report>(`/api/report/${name}`, new URLSearchParams(query), signal),
    placeholderData: keepPreviousData,
  });
  const names = useNames();
  const known = NAMES.find((one) => one === name);
  const title = label(report.data?.title) || (known ? t(known) : t('title'));
  useEffect(() => {
    document.title = `${title} · ${base('app.name')}`;
  }, [title, base]);
  const download = () =>
    api
      .download(`/api/report/${name}.xlsx`, new URLSearchParams(query), `${title}.xlsx`)
      .catch((error) => message.error(errorText(error, base('state.network'))));
  const asOf = report.data?.as_of ?? '';
  return (
    <>
      <PageHead
        title={title}
        crumb={[{ to: '/report', label: t('title') }]}
        count={asOf && t('asOf', { at: asOf.length > 10 ? formatInstant(asOf) : asOf })}
      >
        <div className="right">
          <Button icon={<PrinterOutlined />} onClick={() => window.print()}>
            {base('detail.print')}
          </Button>
          <Button icon={<TableOutlined />} onClick={download}>
            {t('xlsx')}
          </Button>
          <Button
            icon={<FilePdfOutlined />}
            href={`/api/report/${name}.pdf?${new URLSearchParams([...params, ['lang', lang]])}`}
            target="_blank"
          >
            {t('pdf')}
          </Button>
        </div>
      </PageHead>
      <nav className="segments" aria-label={t('title')}>
        {names.map((one) => (
          <NavLink key={one} to={`/report/${one}`} className="segment report-tab">
            {t(one)}
          </NavLink>
        ))}
      </nav>
      <section className="card" aria-label={title} aria-busy={report.isPlaceholderData}>
        <div className="list-bar">
          {known && <Inputs names={REPORTS[known]} report={report.data} />}
          {report.data && (
            <span className="dim" style={{ marginInlineStart: 'auto' }}>
              {t('rows', { n: report.data.rows.length })}
            </span>
          )}
        </div>
        {report.error && !(report.error instanceof ApiError && report.data) ? (
          <ErrorState error={report.error} onRetry={() => report.refetch()} />
        ) : !report.data ? (
          <Skeleton rows={12} />
        ) : report.data.rows.length === 0 ? (
          <EmptyState title={t('empty')} text={t('emptyText')} />
        ) : (
          <ReportTable report={report.data} />
        )}
        {report.data && <Method report={report.data} />}
      </section>
    </>
  );
}

type Input = 'on' | 'from' | 'to' | 'month';

/* What the report is asked with; where the address says nothing, what the server took. */
function Inputs({ names, report }: { names: readonly Input[]; report: Report | undefined }) {
  const t = useText();
  const me = useMe();
  const [params, setParams] = useSearchParams();
  const set = (values: Record<string, string | undefined>) => {
    const next = new URLSearchParams(params);
    for (const [key, value] of Object.entries(values)) {
      if (value) next.set(key, value);
      else next.delete(key);
    }
    setParams(next, { replace: true });
  };
  if (names.includes('from')) {
    return (
      <DatePicker.RangePicker
        allowClear={false}
        aria-label={`${t('from')} ${t('to')}`}
        value={[
          dayjs(params.get('from') ?? report?.from ?? me.today),
          dayjs(params.get('to') ?? report?.to ?? me.today),
        ]}
        onChange={(range) =>
          set({ from: range?.[0]?.format('YYYY-MM-DD'), to: range?.[1]?.format('YYYY-MM-DD') })
        }
      />
    );
  }
  if (names.includes('month')) {
    const key = params.get('month') ?? me.today.slice(0, 7).replace('-', '');
    return (
      <span className="row">
        <span className="dim">{t('month')}</span>
        <DatePicker
          picker="month"
          allowClear={false}
          aria-label={t('month')}
          value={dayjs(`${key.slice(0, 4)}-${key.slice(4)}-01`)}
          onChange={(day) => set({ month: day?.format('YYYYMM') })}
        />
      </span>
    );
  }
  return (
    <span className="row">
      <span className="dim">{t('on')}</span>
      <DatePicker
        allowClear={false}
        aria-label={t('on')}
        value={dayjs(params.get('on') ?? me.today)}
        onChange={(day) => set({ on: day?.format('YYYY-MM-DD') })}
      />
    </span>
  );
}

/* Where a row comes from: the list of exactly its rows, or the record it is about. */
function linkOf(row: Record<string, unknown>): string {
  if (typeof row.query === 'string') return row.query;
  const link = row.link as { entity: string; id: string } | string | undefined;
  if (!link) return '';
  return typeof link === 'string' ? pagePath(link) : recordPath(link.entity, link.id);
}

/* A plain table: its head repeats on every printed page. */
function ReportTable({ report }: { report: Report }) {
  const t = useText();
  const label = useLabel();
  const { columns, rows, totals } = report;
  const cell = (column: Column, value: unknown) =>
    isEmpty(value) ? null : <Cell field={fieldFor(column)} value={value} plainRef />;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: scrolls sideways, so it must be reachable by keyboard
    <section className="report-scroll" aria-label={label(report.title)} tabIndex={0}>
      <table className="report">
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.name} scope="col" className={kitOf(fieldFor(column)).align}>
                {label(column.label)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, i) => (
            <tr key={i}>
              {columns.map((column, at) => (
                <td key={column.name} className={kitOf(fieldFor(column)).align}>
                  {at === 0 && linkOf(row) ? (
                    <Link to={linkOf(row)}>{cell(column, row[column.name]) ?? '—'}</Link>
                  ) : (
                    (cell(column, row[column.name]) ?? <span className="dim">—</span>)
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
        {totals && (
          <tfoot>
            <tr>
              {columns.map((column, at) => (
                <td key={column.name} className={kitOf(fieldFor(column)).align}>
                  {at === 0 && isEmpty(totals[column.name])
                    ? t('totals')
                    : typeof totals[column.name] === 'number'
                      ? formatDecimal(totals[column.name] as number)
                      : cell(column, totals[column.name])}
                </td>
              ))}
            </tr>
          </tfoot>
        )}
      </table>
    </section>
  );
}

function Method({ report }: { report: Report }) {
  const t = useText();
  const label = useLabel();
  if (!report.formula && !report.basis) return null;
  return (
    <dl className="report-method">
      {report.formula && (
        <div>
          <dt>{t('formula')}</dt>
          <dd>{label(report.formula)}</dd>
        </div>
      )}
      {report.basis && (
        <div>
          <dt>{t('basis')}</dt>
          <dd>{label(report.basis)}</dd>
        </div>
      )}
    </dl>
  );
}
