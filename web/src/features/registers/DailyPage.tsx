/* The report of a day: figures counted from the registers, with the rows behind them; words by hand; one press submits.
 * Supervisors see the team's. ?day= &tab=team */
import { LeftOutlined, PrinterOutlined, RightOutlined } from '@ant-design/icons';
import { useQueries, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Input } from 'antd';
import { useEffect, useId, useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { api, newKey } from '@/shared/api/client';
import { refreshAll } from '@/shared/api/hooks';
import { formatDayLong, formatDecimal, formatInstant, formatMoney } from '@/shared/format';
import { defineText, useLabel, useLang, useT } from '@/shared/i18n';
import { Cell, isEmpty, personName } from '@/shared/meta/cells';
import { type EntityMeta, fieldOf, type Page, type Row, titleOf } from '@/shared/meta/types';
import { recordPath } from '@/shared/paths';
import { useEntities, useEntity, useMay, useMe } from '@/shared/session';
import {
  EmptyState,
  ErrorState,
  errorText,
  ForbiddenState,
  PageHead,
  Skeleton,
  StatusTag,
} from '@/shared/ui';
import { DayPicker } from '@/shared/ui/DayPicker';
import { addDays } from './days';
import type { Figure } from './types';
import '@/shared/meta/list.css';
import './daily.css';

const useText = defineText(
  {
    title: '招商日报',
    mine: '我的日报',
    team: '团队日报',
    before: '前一天',
    after: '后一天',
    today: '回到今天',
    day: '日期',
    figures: '当日数据',
    counted: '由登记自动统计，点数字看明细',
    rows: '{{what}}明细',
    more: '另有 {{n}} 条，请到登记簿查看',
    none: '没有明细',
    remarks: '工作小结',
    problems: '问题与建议',
    plans: '明日计划',
    hint: {
      remarks: '数据说明不了的进展',
      problems: '遇到的问题、建议的办法',
      plans: '明天先做什么',
    },
    save: '保存草稿',
    saved: '已保存',
    submit: '提交日报',
    submitted: '日报已提交',
    submitSure: '提交后数据不再变化，主管可见。',
    at: '提交于 {{at}}',
    late: '迟交',
    draft: '草稿',
    done: '已提交',
    missing: '未提交',
    who: '报告人',
    state: '状态',
    teamNone: '这一天还没有日报',
    teamNoneText: '同事提交后会显示在这里。',
    open: '查看',
    total: '合计',
    print: '打印',
  },
  {
    title: 'Daily report',
    mine: 'My report',
    team: "The team's",
    before: 'Day before',
    after: 'Day after',
    today: 'Back to today',
    day: 'Day',
    figures: 'Figures of the day',
    counted: 'Counted from the registers; press a figure for its rows',
    rows: 'Rows of {{what}}',
    more: '{{n}} more in the register',
    none: 'No rows',
    remarks: 'Summary',
    problems: 'Problems and proposals',
    plans: 'Tomorrow',
    hint: {
      remarks: 'What the figures do not say',
      problems: 'What is in the way, what you propose',
      plans: 'What comes first',
    },
    save: 'Save draft',
    saved: 'Saved',
    submit: 'Submit report',
    submitted: 'The report is submitted',
    submitSure: 'The figures are frozen and your supervisor sees them.',
    at: 'submitted {{at}}',
    late: 'Late',
    draft: 'Draft',
    done: 'Submitted',
    missing: 'Not submitted',
    who: 'By',
    state: 'State',
    teamNone: 'No reports for this day',
    teamNoneText: 'They show here once colleagues submit them.',
    open: 'Open',
    total: 'Total',
    print: 'Print',
  },
);

const WORDS = ['remarks', 'problems', 'plans'] as const;

/* The field holds {from, to, staff_id, figures: […]}. */
function figuresOf(row: Row | undefined): Figure[] {
  const value = row?.figures as { figures?: Figure[] } | Figure[] | null | undefined;
  if (Array.isArray(value)) return value;
  return value?.figures ?? [];
}

function figureText(figure: Figure): string {
  if (figure.unit === 'yuan') return formatMoney(figure.value);
  if (figure.unit === 'm2') return `${formatDecimal(figure.value)} ㎡`;
  return formatDecimal(figure.value);
}

export default function DailyPage() {
  const t = useText();
  const base = useT();
  const me = useMe();
  const may = useMay();
  const lang = useLang();
  const meta = useEntity('daily_report');
  const [params, setParams] = useSearchParams();
  const asked = params.get('day') ?? '';
  const day = /^\d{4}-\d\d-\d\d$/.test(asked) && asked <= me.today ? asked : me.today;
  const own = may('daily_report.create');
  const tab = params.get('tab') === 'team' || !own ? 'team' : 'mine';
  useEffect(() => {
    document.title = `${t('title')} · ${base('app.name')}`;
  }, [t, base]);
  const set = (changes: Record<string, string | null>) => {
    const next = new URLSearchParams(params);
    for (const [name, value] of Object.entries(changes)) {
      if (value) next.set(name, value);
      else next.delete(name);
    }
    setParams(next, { replace: true, preventScrollReset: true });
  };
  const go = (to: string) => set({ day: to === me.today ? null : to });
  if (!meta) {
    return (
      <>
        <PageHead title={t('title')} />
        <div className="card">
          <ForbiddenState />
        </div>
      </>
    );
  }
  return (
    <>
      <PageHead title={t('title')} count={formatDayLong(day, lang)}>
        <div className="right day-nav">
          {day !== me.today && <Button onClick={() => go(me.today)}>{t('today')}</Button>}
          <Button
            icon={<LeftOutlined />}
            aria-label={t('before')}
            title={t('before')}
            onClick={() => go(addDays(day, -1))}
          />
          <DayPicker
            aria-label={t('day')}
            required
            max={me.today}
            value={day}
            onChange={(next) => next && go(next)}
          />
          <Button
            icon={<RightOutlined />}
            aria-label={t('after')}
            title={t('after')}
            disabled={day >= me.today}
            onClick={() => go(addDays(day, 1))}
          />
          <Button
            className="print-button"
            icon={<PrinterOutlined />}
            aria-label={t('print')}
            title={t('print')}
            onClick={() => window.print()}
          />
        </div>
      </PageHead>
      {own && (
        // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot scroll sideways in every browser
        <div className="segments" role="group" aria-label={t('title')}>
          {(['mine', 'team'] as const).map((one) => (
            <button
              key={one}
              type="button"
              className="segment"
              aria-pressed={one === tab}
              onClick={() => set({ tab: one === 'team' ? 'team' : null })}
            >
              {t(one)}
            </button>
          ))}
        </div>
      )}
      {tab === 'mine' ? <Mine key={day} day={day} meta={meta} /> : <Team key={day} day={day} />}
    </>
  );
}

/* Opening makes the draft and counts it anew. */
function Mine({ day, meta }: { day: string; meta: EntityMeta }) {
  const report = useQuery({
    queryKey: ['daily', day],
    queryFn: () => api.post<Row>(`/api/daily_report/open?day=${day}`, {}),
  });
  if (report.error && !report.data) {
    return (
      <div className="card">
        <ErrorState error={report.error} onRetry={() => report.refetch()} />
      </div>
    );
  }
  if (!report.data) {
    return (
      <div className="card">
        <Skeleton rows={8} />
      </div>
    );
  }
  return <Report meta={meta} row={report.data} />;
}

function Report({ meta, row }: { meta: EntityMeta; row: Row }) {
  const t = useText();
  const base = useT();
  const client = useQueryClient();
  const { message, modal } = App.useApp();
  const draft = row.state === 'draft';
  const given = (name: string) => String(row[name] ?? '');
  const [words, setWords] = useState(() =>
    Object.fromEntries(WORDS.map((name) => [name, given(name)])),
  );
  const [busy, setBusy] = useState<'save' | 'submit'>();
  const id = useId();
  const mayEdit = draft && (row.can?.update ?? true);
  const maySubmit = row.actions?.some((one) => one.name === 'submit') ?? false;
  const changed = WORDS.filter((name) => (words[name] ?? '') !== given(name));

  const save = async (): Promise<number | undefined> => {
    if (changed.length === 0) return row.version;
    const body = Object.fromEntries(changed.map((name) => [name, words[name]?.trim() || null]));
    const saved = await api.patch<Row>(`/api/daily_report/${row.id}`, {
      version: row.version,
      ...body,
    });
    return saved.version;
  };
  const run = async (what: 'save' | 'submit') => {
    setBusy(what);
    try {
      const version = await save();
      if (what === 'submit') {
        await api.post(`/api/daily_report/${row.id}/submit`, { version }, { key: newKey() });
      }
      message.success(t(what === 'submit' ? 'submitted' : 'saved'));
    } catch (error) {
      message.error(errorText(error, base('state.network')));
    } finally {
      setBusy(undefined);
      await refreshAll(client);
    }
  };
  const submit = () =>
    modal.confirm({
      title: t('submit'),
      content: t('submitSure'),
      okText: t('submit'),
      cancelText: base('form.cancel'),
      onOk: () => run('submit'),
    });
  return (
    <div className="daily">
      <section className="card card-body">
        <header className="row wrap daily-state">
          <h2>{t('figures')}</h2>
          <StatusTag tone={draft ? 'gray' : 'green'}>{t(draft ? 'draft' : 'done')}</StatusTag>
          {row.late === true && <StatusTag tone="amber">{t('late')}</StatusTag>}
          <span className="dim">
            {draft
              ? t('counted')
              : typeof row.submitted_at === 'string' &&
                t('at', { at: formatInstant(row.submitted_at) })}
          </span>
        </header>
        <Figures figures={figuresOf(row)} />
      </section>
      <section className="card card-body daily-words">
        {WORDS.map((name) => (
          <div key={name} className="keep">
            <label htmlFor={`${id}-${name}`}>{t(name)}</label>
            {mayEdit ? (
              <Input.TextArea
                id={`${id}-${name}`}
                autoSize={{ minRows: name === 'remarks' ? 3 : 2, maxRows: 12 }}
                maxLength={Number(fieldOf(meta, name)?.max) || 2000}
                placeholder={t(`hint.${name}`)}
                value={words[name] ?? ''}
                onChange={(event) => setWords({ ...words, [name]: event.target.value })}
              />
            ) : (
              <p id={`${id}-${name}`}>{given(name) || '—'}</p>
            )}
          </div>
        ))}
        {draft && (
          <footer className="row no-print">
            <Button
              disabled={changed.length === 0 || busy !== undefined}
              loading={busy === 'save'}
              onClick={() => run('save')}
            >
              {t('save')}
            </Button>
            {maySubmit && (
              <Button
                type="primary"
                loading={busy === 'submit'}
                disabled={busy === 'save'}
                onClick={submit}
              >
                {t('submit')}
              </Button>
            )}
          </footer>
        )}
      </section>
    </div>
  );
}

function Figures({ figures }: { figures: Figure[] }) {
  const label = useLabel();
  const [open, setOpen] = useState<string>();
  const shown = figures.find((one) => one.name === open);
  return (
    <>
      <ul className="figures">
        {figures.map((figure) => (
          <li key={figure.name} className="figure">
            <button
              type="button"
              aria-expanded={figure.name === open}
              disabled={figure.ids.length === 0}
              onClick={() => setOpen(figure.name === open ? undefined : figure.name)}
            >
              <span>{label(figure.label)}</span>
              <b className="num">{figureText(figure)}</b>
            </button>
          </li>
        ))}
      </ul>
      {shown && <Rows key={shown.name} figure={shown} />}
    </>
  );
}

const SHOWN = 20;
const COLUMNS = 5;

/* The records behind a figure, one by one: a list cannot be asked for by ids. */
function Rows({ figure }: { figure: Figure }) {
  const t = useText();
  const label = useLabel();
  const entities = useEntities();
  const meta = entities.get(figure.entity);
  const results = useQueries({
    queries: figure.ids.slice(0, SHOWN).map((id) => ({
      queryKey: ['one', figure.entity, id],
      queryFn: () => api.get<Row>(`/api/${figure.entity}/${id}`),
      enabled: meta !== undefined,
      staleTime: 60_000,
    })),
  });
  if (!meta) return <p className="dim">{t('none')}</p>;
  const rows = results.flatMap((one) => one.data ?? []);
  const failed = results.find((one) => one.error);
  const columns = meta.list.columns
    .flatMap((name) => fieldOf(meta, name) ?? [])
    .filter(
      (column) => column.name !== meta.title && rows.some((row) => !isEmpty(row[column.name])),
    )
    .slice(0, COLUMNS);
  return (
    <section className="daily-rows" aria-label={t('rows', { what: label(figure.label) })}>
      <h3>{t('rows', { what: label(figure.label) })}</h3>
      {results.some((one) => one.isLoading) && <Skeleton rows={2} />}
      {failed && rows.length === 0 && (
        <ErrorState
          error={failed.error}
          onRetry={() => Promise.all(results.map((one) => one.refetch()))}
        />
      )}
      <ul>
        {rows.map((row) => (
          <li key={row.id}>
            <Link to={recordPath(figure.entity, row.id)}>{titleOf(meta, row)}</Link>
            {columns.map((column) => (
              <span key={column.name}>
                <small>{label(column.label)}</small>
                <Cell field={column} value={row[column.name]} plainRef />
              </span>
            ))}
          </li>
        ))}
      </ul>
      {figure.ids.length > SHOWN && (
        <p className="dim">{t('more', { n: figure.ids.length - SHOWN })}</p>
      )}
    </section>
  );
}

function Team({ day }: { day: string }) {
  const t = useText();
  const label = useLabel();
  const list = useQuery({
    queryKey: ['list', 'daily_report', `day=${day}`],
    queryFn: () => api.get<Page>('/api/daily_report', { day, page: 1, size: 200 }),
  });
  const items = list.data?.items ?? [];
  // Lists leave documents out; the figures come with each report.
  const full = useQueries({
    queries: items.map((row) => ({
      queryKey: ['one', 'daily_report', row.id],
      queryFn: () => api.get<Row>(`/api/daily_report/${row.id}`),
    })),
  });
  const [open, setOpen] = useState<string>();
  if (list.error && !list.data) {
    return (
      <div className="card">
        <ErrorState error={list.error} onRetry={() => list.refetch()} />
      </div>
    );
  }
  if (!list.data) {
    return (
      <div className="card">
        <Skeleton rows={6} />
      </div>
    );
  }
  if (items.length === 0) {
    return (
      <div className="card">
        <EmptyState title={t('teamNone')} text={t('teamNoneText')} />
      </div>
    );
  }
  const rows = items.map((row, i) => full[i]?.data ?? row);
  const columns = rows.map(figuresOf).find((one) => one.length > 0) ?? [];
  const cell = (row: Row, name: string) => figuresOf(row).find((one) => one.name === name);
  const sum = (name: string, unit: string) => {
    const values = rows.map((row) => Number(cell(row, name)?.value ?? 0));
    const total = values.reduce((all, one) => all + Math.round(one * 100), 0) / 100;
    return figureText({ unit, value: unit ? total.toFixed(2) : total } as Figure);
  };
  const shown = rows.find((row) => row.id === open);
  return (
    <div className="daily-team">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
      <section className="card team-table" aria-label={t('team')} tabIndex={0}>
        <table>
          <thead>
            <tr>
              <th>{t('who')}</th>
              <th>{t('state')}</th>
              {columns.map((one) => (
                <th key={one.name} className="right">
                  {label(one.label)}
                </th>
              ))}
              <th>{t('remarks')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.id} className={row.id === open ? 'on' : undefined}>
                <td>
                  <button
                    type="button"
                    className="link-btn"
                    aria-expanded={row.id === open}
                    onClick={() => setOpen(row.id === open ? undefined : row.id)}
                  >
                    {personName(row.staff_id)}
                  </button>
                </td>
                <td>
                  <StatusTag tone={row.state === 'submitted' ? 'green' : 'gray'}>
                    {t(row.state === 'submitted' ? 'done' : 'missing')}
                  </StatusTag>{' '}
                  {row.late === true && <StatusTag tone="amber">{t('late')}</StatusTag>}
                </td>
                {columns.map((one) => {
                  const figure = cell(row, one.name);
                  return (
                    <td key={one.name} className="right num">
                      {figure ? figureText(figure) : '—'}
                    </td>
                  );
                })}
                <td className="cut">
                  {String(row.remarks ?? '') || <span className="dim">—</span>}
                </td>
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <td>{t('total')}</td>
              <td />
              {columns.map((one) => (
                <td key={one.name} className="right num">
                  {sum(one.name, one.unit)}
                </td>
              ))}
              <td />
            </tr>
          </tfoot>
        </table>
      </section>
      {shown && (
        <section className="card card-body" aria-label={personName(shown.staff_id)}>
          <header className="row wrap daily-state">
            <h2>{personName(shown.staff_id)}</h2>
            {typeof shown.submitted_at === 'string' && (
              <span className="dim">{t('at', { at: formatInstant(shown.submitted_at) })}</span>
            )}
          </header>
          <Figures figures={figuresOf(shown)} />
          <dl className="team-words">
            {WORDS.map((name) => (
              <div key={name}>
                <dt>{t(name)}</dt>
                <dd>{String(shown[name] ?? '') || '—'}</dd>
              </div>
            ))}
          </dl>
        </section>
      )}
    </div>
  );
}
