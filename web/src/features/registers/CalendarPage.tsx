/* My visits and follow-ups: a month, or a week as an agenda. ?day= &view=week */
import {
  CalendarOutlined,
  CopyOutlined,
  LeftOutlined,
  PlusOutlined,
  RightOutlined,
} from '@ant-design/icons';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { App, Button } from 'antd';
import { useEffect, useState } from 'react';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { api } from '@/shared/api/client';
import { formatInstant } from '@/shared/format';
import { useHotkeys } from '@/shared/hotkeys';
import { defineText, useLang, useT } from '@/shared/i18n';
import { recordPath } from '@/shared/paths';
import { usePhone } from '@/shared/prefs';
import { useEntities, useMe } from '@/shared/session';
import { EmptyState, ErrorState, errorText, PageHead, Skeleton } from '@/shared/ui';
import { Dialog } from '@/shared/ui/Dialog';
import { addDays, addMonths, monday, monthGrid } from './days';
import type { Appointment } from './types';
import './calendar.css';

const useText = defineText(
  {
    title: '我的日历',
    month: '月',
    week: '周',
    view: '视图',
    before: '上一页',
    after: '下一页',
    today: '今天',
    create: '新建拜访',
    feed: '日历订阅',
    feedTitle: '在手机或 Outlook 日历中查看',
    feedText:
      '复制下面的地址，在日历应用中选择“订阅日历”并粘贴。知道此地址的人都能看到您的日程，请勿转发；重新生成后旧地址立即失效。',
    feedMake: '生成地址',
    feedAgain: '重新生成',
    copy: '复制',
    copied: '已复制',
    overdue: '逾期未办',
    none: '没有安排',
    noneText: '拜访计划与下次跟进会显示在这里。',
    free: '没有安排',
    allDay: '全天',
    more: '还有 {{n}} 项',
    visit: '拜访',
    follow: '跟进',
    list: '日程',
  },
  {
    title: 'My calendar',
    month: 'Month',
    week: 'Week',
    view: 'View',
    before: 'Back',
    after: 'Forward',
    today: 'Today',
    create: 'Plan a visit',
    feed: 'Subscribe',
    feedTitle: "In your phone's or Outlook's calendar",
    feedText:
      'Copy the address and choose "subscribe to calendar" in your calendar app. Whoever has the address sees your appointments; do not pass it on. A new address ends the old one at once.',
    feedMake: 'Make an address',
    feedAgain: 'Make a new one',
    copy: 'Copy',
    copied: 'Copied',
    overdue: 'Overdue',
    none: 'Nothing planned',
    noneText: 'Planned visits and next follow-ups show here.',
    free: 'Nothing planned',
    allDay: 'all day',
    more: '{{n}} more',
    visit: 'Visit',
    follow: 'Follow-up',
    list: 'Agenda',
  },
);

const IN_CELL = 3;

function useDayWords() {
  const lang = useLang();
  const locale = lang === 'zh' ? 'zh-CN' : 'en-GB';
  const date = (day: string) => new Date(`${day}T00:00:00Z`);
  const as = (options: Intl.DateTimeFormatOptions) => {
    const format = new Intl.DateTimeFormat(locale, { timeZone: 'UTC', ...options });
    return (day: string) => format.format(date(day));
  };
  return {
    month: as({ year: 'numeric', month: 'long' }),
    weekday: as({ weekday: 'short' }),
    day: as({ month: 'long', day: 'numeric', weekday: 'short' }),
  };
}

export default function CalendarPage() {
  const t = useText();
  const base = useT();
  const me = useMe();
  const phone = usePhone();
  const navigate = useNavigate();
  const entities = useEntities();
  const words = useDayWords();
  const [params, setParams] = useSearchParams();
  const [feed, setFeed] = useState(false);
  const asked = params.get('day') ?? '';
  const day = /^\d{4}-\d\d-\d\d$/.test(asked) ? asked : me.today;
  const view = params.get('view') === 'week' ? 'week' : 'month';
  const weeks =
    view === 'month'
      ? monthGrid(day)
      : [Array.from({ length: 7 }, (_, i) => addDays(monday(day), i))];
  const from = weeks[0]![0]!;
  const to = weeks.at(-1)!.at(-1)!;
  useEffect(() => {
    document.title = `${t('title')} · ${base('app.name')}`;
  }, [t, base]);
  const list = useQuery({
    queryKey: ['calendar', from, to],
    queryFn: ({ signal }) =>
      api.get<{ items: Appointment[] }>('/api/calendar', { from, to }, signal),
    placeholderData: keepPreviousData,
  });
  const set = (changes: Record<string, string | null>) => {
    const next = new URLSearchParams(params);
    for (const [name, value] of Object.entries(changes)) {
      if (value) next.set(name, value);
      else next.delete(name);
    }
    setParams(next, { replace: true, preventScrollReset: true });
  };
  const turn = (by: number) =>
    set({ day: view === 'month' ? addMonths(day, by) : addDays(day, 7 * by) });
  useHotkeys({ arrowleft: () => turn(-1), arrowright: () => turn(1) });
  const items = list.data?.items ?? [];
  const overdue = items.filter((one) => one.overdue && one.on < from);
  const byDay = new Map<string, Appointment[]>();
  for (const one of items) byDay.set(one.on, [...(byDay.get(one.on) ?? []), one]);
  const mayPlan = entities.get('visit_plan')?.actions.includes('create') ?? false;
  const busyDays = weeks.flat().filter((one) => byDay.has(one));

  return (
    <>
      <PageHead
        title={t('title')}
        count={view === 'month' ? words.month(day) : `${from} – ${to.slice(5)}`}
      >
        <div className="right cal-tools">
          {/* biome-ignore lint/a11y/useSemanticElements: a fieldset brings a frame of its own */}
          <span className="cal-switch" role="group" aria-label={t('view')}>
            {(['month', 'week'] as const).map((one) => (
              <button
                key={one}
                type="button"
                aria-pressed={one === view}
                onClick={() => set({ view: one === 'week' ? 'week' : null })}
              >
                {t(one)}
              </button>
            ))}
          </span>
          <Button
            icon={<LeftOutlined />}
            aria-label={t('before')}
            title={t('before')}
            onClick={() => turn(-1)}
          />
          <Button onClick={() => set({ day: null })}>{t('today')}</Button>
          <Button
            icon={<RightOutlined />}
            aria-label={t('after')}
            title={t('after')}
            onClick={() => turn(1)}
          />
          <Button
            icon={<CalendarOutlined />}
            aria-label={t('feed')}
            title={t('feed')}
            onClick={() => setFeed(true)}
          >
            {!phone && t('feed')}
          </Button>
          {mayPlan && (
            <Button
              type="primary"
              icon={<PlusOutlined />}
              aria-label={t('create')}
              onClick={() => navigate('/e/visit_plan?form=new')}
            >
              {!phone && t('create')}
            </Button>
          )}
        </div>
      </PageHead>
      {list.error && !list.data && (
        <div className="card">
          <ErrorState error={list.error} onRetry={() => list.refetch()} />
        </div>
      )}
      {!list.data && !list.error && (
        <div className="card">
          <Skeleton rows={10} />
        </div>
      )}
      {list.data && overdue.length > 0 && (
        <section className="card cal-overdue" aria-label={t('overdue')}>
          <h2>
            {t('overdue')} <em>{overdue.length}</em>
          </h2>
          <ul>
            {overdue.map((one, i) => (
              <li key={i}>
                <Item item={one} withDay />
              </li>
            ))}
          </ul>
        </section>
      )}
      {list.data && view === 'month' && (
        <section className="card cal-month" aria-label={words.month(day)}>
          <ol className="cal-heads" aria-hidden="true">
            {weeks[0]!.map((one) => (
              <li key={one}>{words.weekday(one)}</li>
            ))}
          </ol>
          <ol className="cal-grid">
            {weeks.flat().map((one) => (
              <DayCell
                key={one}
                day={one}
                label={words.day(one)}
                items={byDay.get(one) ?? []}
                outside={one.slice(0, 7) !== day.slice(0, 7)}
                today={one === me.today}
                chosen={one === day}
                onMore={() => set({ day: one, ...(phone ? {} : { view: 'week' }) })}
              />
            ))}
          </ol>
        </section>
      )}
      {list.data && (view === 'week' || phone) && (
        <section className="card cal-agenda" aria-label={t('list')}>
          {(view === 'week'
            ? weeks.flat()
            : asked
              ? [day]
              : busyDays.filter((one) => one >= me.today)
          ).map((one) => (
            <div key={one} className={one === me.today ? 'now' : undefined}>
              <h2>
                {words.day(one)}
                {one === me.today && <span className="pill tone-blue">{t('today')}</span>}
              </h2>
              <ul>
                {(byDay.get(one) ?? []).map((item, i) => (
                  <li key={i}>
                    <Item item={item} />
                  </li>
                ))}
                {!byDay.has(one) && <li className="dim free">{t('free')}</li>}
              </ul>
            </div>
          ))}
          {view === 'month' && !asked && !busyDays.some((one) => one >= me.today) && (
            <EmptyState small title={t('none')} text={t('noneText')} />
          )}
        </section>
      )}
      {feed && <Feed onClose={() => setFeed(false)} />}
    </>
  );
}

function timeOf(item: Appointment): string | null {
  return item.at ? formatInstant(item.at).slice(11) : null;
}

function DayCell(props: {
  day: string;
  label: string;
  items: Appointment[];
  outside: boolean;
  today: boolean;
  chosen: boolean;
  onMore: () => void;
}) {
  const t = useText();
  const phone = usePhone();
  const { items } = props;
  const rest = items.length - IN_CELL;
  return (
    <li
      className={`cal-day${props.outside ? ' outside' : ''}${props.today ? ' today' : ''}${props.chosen && phone ? ' chosen' : ''}`}
    >
      <button
        type="button"
        className="cal-number"
        aria-label={`${props.label} ${items.length}`}
        aria-current={props.today ? 'date' : undefined}
        onClick={props.onMore}
      >
        {Number(props.day.slice(8))}
        {phone && items.length > 0 && (
          <i className={items.some((one) => one.overdue) ? 'late' : ''} />
        )}
      </button>
      {!phone && (
        <ul>
          {items.slice(0, rest === 1 ? IN_CELL + 1 : IN_CELL).map((item, i) => (
            <li key={i}>
              <Link
                to={recordPath(item.entity, item.id)}
                className={`cal-chip ${item.entity}${item.overdue ? ' late' : ''}`}
                title={[item.title, item.place].filter(Boolean).join(' ')}
              >
                {timeOf(item) && <span className="num">{timeOf(item)}</span>} {item.title}
              </Link>
            </li>
          ))}
          {rest > 1 && (
            <li>
              <button type="button" className="link-btn" onClick={props.onMore}>
                {t('more', { n: rest })}
              </button>
            </li>
          )}
        </ul>
      )}
    </li>
  );
}

function Item({ item, withDay }: { item: Appointment; withDay?: boolean }) {
  const t = useText();
  return (
    <Link
      to={recordPath(item.entity, item.id)}
      className={`cal-item ${item.entity}${item.overdue ? ' late' : ''}`}
    >
      <span className="num when">{withDay ? item.on.slice(5) : (timeOf(item) ?? t('allDay'))}</span>
      <span className="grow">
        {item.title}
        {item.place && <small className="dim">{item.place}</small>}
      </span>
    </Link>
  );
}

/* The address is shown once, when it is made: the server keeps only its fingerprint. */
function Feed({ onClose }: { onClose: () => void }) {
  const t = useText();
  const base = useT();
  const { message } = App.useApp();
  const [address, setAddress] = useState<string>();
  const [busy, setBusy] = useState(false);
  const make = async () => {
    setBusy(true);
    try {
      const { path } = await api.post<{ path: string }>('/api/calendar');
      setAddress(new URL(path, window.location.origin).href);
    } catch (error) {
      message.error(errorText(error, base('state.network')));
    } finally {
      setBusy(false);
    }
  };
  const copy = async () => {
    if (!address) return;
    // The clipboard is closed to pages on plain HTTP; then the field is selected for Ctrl+C.
    if (navigator.clipboard) {
      await navigator.clipboard.writeText(address).catch(() => undefined);
      message.success(t('copied'));
    } else document.querySelector<HTMLInputElement>('.cal-feed input')?.select();
  };
  return (
    <Dialog
      title={t('feedTitle')}
      width={520}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{base('form.close')}</Button>
          <Button type={address ? 'default' : 'primary'} loading={busy} onClick={make}>
            {t(address ? 'feedAgain' : 'feedMake')}
          </Button>
        </>
      }
    >
      <div className="dialog-body cal-feed">
        <p className="dim">{t('feedText')}</p>
        {address && (
          <div className="row">
            <input
              readOnly
              value={address}
              aria-label={t('feed')}
              onFocus={(event) => event.target.select()}
            />
            <Button icon={<CopyOutlined />} onClick={copy}>
              {t('copy')}
            </Button>
          </div>
        )}
      </div>
    </Dialog>
  );
}
