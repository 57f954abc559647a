/* Any report: what it says, how it is worked out, on which data, as of when, and where each row comes from. */
import { FilePdfOutlined, PrinterOutlined, TableOutlined } from '@ant-design/icons';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { App, Button, DatePicker } from 'antd';
import dayjs from 'dayjs';
import { lazy, Suspense, useCallback, useEffect } from 'react';
import { Link, NavLink, useParams, useSearchParams } from 'react-router';
import { ApiError, api } from '@/shared/api/client';
import { formatDecimal, formatInstant } from '@/shared/format';
import { defineText, type Label, useLabel, useLang, useT } from '@/shared/i18n';
import { Cell, isEmpty, kitOf } from '@/shared/meta/cells';
import type { FieldMeta, FieldType } from '@/shared/meta/types';
import { pagePath, recordPath } from '@/shared/paths';
import { usePrefs } from '@/shared/prefs';
import { useMe } from '@/shared/session';
import { EmptyState, ErrorState, errorText, PageHead, Skeleton } from '@/shared/ui';
import type { ChartColors, ChartOption } from '@/shared/ui/Chart';
import './report.css';

const useText = defineText(
  {
    title: '报表',
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
    totals: '合计',
    none: '没有可看的报表',
    noneText: '您的岗位没有分配报表权限，请联系管理员。',
    chart: '图表',
    leasing: '招商',
    space: '资产与租约',
    money: '应收与资金',
    books: '账务',
  },
  {
    title: 'Reports',
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
    totals: 'Total',
    none: 'No reports for you',
    noneText: 'Your post has no rights to reports; ask the administrator.',
    chart: 'Chart',
    leasing: 'Leasing',
    space: 'Space and leases',
    money: 'Receivables and money',
    books: 'Books',
  },
);

/* What there is comes from the server, in the order of its table. */
const GROUPS = ['leasing', 'space', 'money', 'books'] as const;
interface Entry {
  name: string;
  title: string;
  params: string;
  group: (typeof GROUPS)[number];
  basis: string;
}

function useReports() {
  const { lang } = usePrefs();
  return useQuery({
    queryKey: ['reports', lang],
    queryFn: ({ signal }) => api.get<{ items: Entry[] }>('/api/report', undefined, signal),
    staleTime: 10 * 60_000,
  });
}

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
  params: string;
  group: Entry['group'];
  chart?: { kind: 'bar' | 'stack' | 'line' | 'pie' | 'totals'; label: string; values: string[] };
  columns: Column[];
  rows: Record<string, unknown>[];
  totals?: Record<string, unknown> | null;
}

const fieldFor = (column: Column): FieldMeta => ({ ...column, ref: null });

export default function ReportPage() {
  const { name } = useParams();
  return name ? <OneReport key={name} name={name} /> : <Index />;
}

function Index() {
  const t = useText();
  const base = useT();
  const reports = useReports();
  useEffect(() => {
    document.title = `${t('title')} · ${base('app.name')}`;
  }, [t, base]);
  const items = reports.data?.items ?? [];
  return (
    <>
      <PageHead title={t('title')} />
      {reports.error ? (
        <ErrorState error={reports.error} onRetry={() => reports.refetch()} />
      ) : !reports.data ? (
        <Skeleton rows={8} />
      ) : items.length === 0 ? (
        <EmptyState title={t('none')} text={t('noneText')} />
      ) : (
        GROUPS.filter((group) => items.some((one) => one.group === group)).map((group) => (
          <section key={group} aria-labelledby={`reports-${group}`}>
            <h2 id={`reports-${group}`} className="report-group">
              {t(group)}
            </h2>
            <ul className="report-index">
              {items
                .filter((one) => one.group === group)
                .map((one) => (
                  <li key={one.name}>
                    <Link to={`/report/${one.name}`} className="card">
                      <TableOutlined />
                      <span>
                        <b>{one.title}</b>
                        <small>{one.basis}</small>
                      </span>
                    </Link>
                  </li>
                ))}
            </ul>
          </section>
        ))
      )}
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
  const entries = useReports().data?.items ?? [];
  const known = entries.find((one) => one.name === name);
  const siblings = entries.filter((one) => one.group === known?.group);
  const title = label(report.data?.title) || known?.title || t('title');
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
        {siblings.map((one) => (
          <NavLink key={one.name} to={`/report/${one.name}`} className="segment report-tab">
            {one.title}
          </NavLink>
        ))}
      </nav>
      <section className="card" aria-label={title} aria-busy={report.isPlaceholderData}>
        <div className="list-bar">
          {known && <Inputs names={known.params.split(' ') as Input[]} report={report.data} />}
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
          <>
            {report.data.chart && <Picture report={report.data} />}
            <ReportTable report={report.data} />
          </>
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

const Chart = lazy(() => import('@/shared/ui/Chart'));
const PICTURE_ROWS = 24;

/* The report drawn: the same numbers as the table below, at most the first rows that a person can tell apart. */
function Picture({ report }: { report: Report }) {
  const label = useLabel();
  const chart = report.chart as NonNullable<Report['chart']>;
  const columns = chart.values.flatMap((name) => report.columns.filter((one) => one.name === name));
  const option = useCallback(
    (colors: ChartColors) => pictureOption(report, colors, label),
    [report, label],
  );
  if (columns.length === 0) return null;
  return (
    <div className="report-picture">
      <Suspense fallback={<Skeleton rows={5} />}>
        <Chart label={label(report.title)} height={240} option={option} />
      </Suspense>
    </div>
  );
}

type Say = (label: Label | undefined) => string;

function pictureOption(report: Report, colors: ChartColors, label: Say): ChartOption {
  const chart = report.chart as NonNullable<Report['chart']>;
  const columns = chart.values.flatMap((name) => report.columns.filter((one) => one.name === name));
  const number = (row: Record<string, unknown> | null | undefined, name: string) =>
    Number(row?.[name] ?? 0);
  const rows = report.rows.slice(0, PICTURE_ROWS);
  const axis = {
    axisLine: { lineStyle: { color: colors.line } },
    axisLabel: { color: colors.dim },
  };
  const grid = {
    left: 8,
    right: 8,
    top: columns.length > 1 ? 36 : 12,
    bottom: 8,
    containLabel: true,
  };
  const yAxis = {
    type: 'value',
    splitLine: { lineStyle: { color: colors.line } },
    axisLabel: { color: colors.dim },
  };
  if (chart.kind === 'pie') {
    const name = chart.values[0] ?? '';
    return {
      tooltip: { trigger: 'item' },
      legend: {
        type: 'scroll',
        orient: 'vertical',
        right: 8,
        top: 'middle',
        textStyle: { color: colors.text },
      },
      series: [
        {
          type: 'pie',
          radius: ['45%', '72%'],
          center: ['36%', '50%'],
          label: { show: false },
          itemStyle: { borderColor: colors.card, borderWidth: 2 },
          data: rows.map((row) => ({
            name: String(row[chart.label] ?? '—'),
            value: number(row, name),
          })),
        },
      ],
    };
  }
  if (chart.kind === 'totals') {
    return {
      tooltip: { trigger: 'axis' },
      grid,
      xAxis: { type: 'category', data: columns.map((one) => label(one.label)), ...axis },
      yAxis,
      series: [
        {
          type: 'bar',
          barMaxWidth: 44,
          data: columns.map((one) => number(report.totals, one.name)),
        },
      ],
    };
  }
  return {
    tooltip: { trigger: 'axis' },
    ...(columns.length > 1 && {
      legend: { top: 0, itemGap: 28, textStyle: { color: colors.text } },
    }),
    grid,
    xAxis: { type: 'category', data: rows.map((row) => String(row[chart.label] ?? '—')), ...axis },
    yAxis,
    series: columns.map((one) => ({
      name: label(one.label),
      type: chart.kind === 'line' ? 'line' : 'bar',
      barMaxWidth: 36,
      ...(chart.kind === 'stack' && { stack: 'all' }),
      data: rows.map((row) => number(row, one.name)),
    })),
  };
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
