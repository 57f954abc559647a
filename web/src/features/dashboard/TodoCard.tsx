import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import { api } from '@/shared/api/client';
import { daysBetween } from '@/shared/format';
import { defineText, useT } from '@/shared/i18n';
import type { Tone } from '@/shared/meta/types';
import { recordPath } from '@/shared/paths';
import { useMe } from '@/shared/session';
import { EmptyState, ErrorState, Skeleton } from '@/shared/ui';

const useText = defineText(
  {
    title: '待我处理',
    empty: '都处理完了',
    emptyText: '新的审批、跟进和到期事项会出现在这里。',
    all: '全部',
    today: '今天',
    tomorrow: '明天',
    overdue: '逾期 {{n}} 天',
    later: '{{n}} 天后',
    approval: '审批',
    follow_up: '跟进',
    visit_plan: '拜访',
    plan: '计划',
    receipt: '收款确认',
    task: '任务',
    hold: '预留到期',
    lease: '合同',
    other: '其他',
  },
  {
    title: 'For me to do',
    empty: 'All done',
    emptyText: 'New approvals, follow-ups and due items will appear here.',
    all: 'All',
    today: 'Today',
    tomorrow: 'Tomorrow',
    overdue: '{{n}} day late|{{n}} days late',
    later: 'in {{n}} day|in {{n}} days',
    approval: 'Approvals',
    follow_up: 'Follow-ups',
    visit_plan: 'Visits',
    plan: 'Plans',
    receipt: 'Receipts',
    task: 'Tasks',
    hold: 'Holds',
    lease: 'Leases',
    other: 'Other',
  },
);

const KINDS = [
  'approval',
  'follow_up',
  'visit_plan',
  'plan',
  'receipt',
  'task',
  'hold',
  'lease',
] as const;
type Kind = (typeof KINDS)[number] | 'other';

export interface TodoItem {
  kind: string;
  title: string;
  sub?: string | null;
  due_on?: string | null;
  overdue?: boolean;
  tone?: Tone | null;
  entity: string;
  id: string;
  at?: string | null;
}

const kindOf = (kind: string): Kind => KINDS.find((one) => one === kind) ?? 'other';

export function TodoCard() {
  const t = useText();
  const base = useT();
  const [kind, setKind] = useState<Kind>();
  const todo = useQuery({
    queryKey: ['todo'],
    queryFn: () => api.get<{ items: TodoItem[]; counts?: Record<string, number> }>('/api/todo'),
    staleTime: 60_000,
  });
  const items = todo.data?.items ?? [];
  const kinds = [...new Set(items.map((item) => kindOf(item.kind)))];
  const shown = kind ? items.filter((item) => kindOf(item.kind) === kind) : items;
  return (
    <section className="card todo" aria-label={t('title')}>
      <div className="card-head">
        <h2>{t('title')}</h2>
        {items.length > 0 && (
          <span className="nav-badge tone-red" style={{ margin: 0 }}>
            {items.length}
          </span>
        )}
        {kinds.length > 1 && (
          <div className="todo-kinds">
            <button type="button" aria-pressed={!kind} onClick={() => setKind(undefined)}>
              {t('all')}
            </button>
            {kinds.map((one) => (
              <button
                key={one}
                type="button"
                aria-pressed={kind === one}
                onClick={() => setKind(one)}
              >
                {t(one)}
              </button>
            ))}
          </div>
        )}
      </div>
      {todo.error && !todo.data && <ErrorState error={todo.error} onRetry={() => todo.refetch()} />}
      {!todo.data && !todo.error && <Skeleton rows={6} label={base('state.loading')} />}
      {todo.data && items.length === 0 && (
        <EmptyState small title={t('empty')} text={t('emptyText')} />
      )}
      <ul className="todo-list">
        {shown.map((item) => (
          <li key={`${item.kind} ${item.entity} ${item.id}`}>
            <Link to={recordPath(item.entity, item.id)}>
              <span className={`dot ink-${item.overdue ? 'red' : (item.tone ?? 'gray')}`} />
              <span className="grow">
                <span className="cut">{item.title}</span>
                {item.sub && <small className="cut">{item.sub}</small>}
              </span>
              <Due item={item} />
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Due({ item }: { item: TodoItem }) {
  const t = useText();
  const { today } = useMe();
  if (!item.due_on) return null;
  const days = daysBetween(today, item.due_on);
  if (days < 0) return <span className="due ink-red">{t('overdue', { n: -days })}</span>;
  if (days === 0) return <span className="due ink-amber">{t('today')}</span>;
  if (days === 1) return <span className="due">{t('tomorrow')}</span>;
  return <span className="due">{days < 30 ? t('later', { n: days }) : item.due_on}</span>;
}
