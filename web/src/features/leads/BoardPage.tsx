/* Leads at work: the board of mine or of all, whom to call first, and the pool. ?tab=mine|team|todo|pool */
import { AppstoreOutlined, PlusOutlined, UnorderedListOutlined } from '@ant-design/icons';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useEffect } from 'react';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { api } from '@/shared/api/client';
import { useHotkeys } from '@/shared/hotkeys';
import { useT } from '@/shared/i18n';
import { usePhone } from '@/shared/prefs';
import { useEntity, useMay, useMe } from '@/shared/session';
import { EmptyState, ErrorState, ForbiddenState, Kbd, PageHead, Skeleton } from '@/shared/ui';
import { BoardView } from './BoardView';
import { Pool, Todo } from './Lists';
import { useText } from './text';
import type { Board, Worklist } from './types';
import '@/shared/meta/list.css';
import './leads.css';

const TABS = ['mine', 'team', 'todo', 'pool'] as const;

export default function BoardPage() {
  const t = useText();
  const base = useT();
  const me = useMe();
  const may = useMay();
  const phone = usePhone();
  const navigate = useNavigate();
  const meta = useEntity('lead');
  const [params, setParams] = useSearchParams();
  const tab = TABS.find((one) => one === params.get('tab')) ?? 'mine';
  const mayTake = may('lead.take') || may('lead.assign');
  const tabs = TABS.filter((one) => one !== 'pool' || mayTake);
  const mayCreate = meta?.actions.includes('create') ?? false;
  const todo = useQuery({
    queryKey: ['worklist', 'me'],
    queryFn: () => api.get<Worklist>('/api/lead/worklist', { owner_id: 'me' }),
    enabled: meta !== undefined,
  });
  useEffect(() => {
    document.title = `${t('title')} · ${base('app.name')}`;
  }, [t, base]);
  const create = () => navigate('/e/lead?form=new');
  useHotkeys({ n: mayCreate ? create : undefined });

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
  const list = tab === 'mine' ? `/e/lead?owner_id=${me.id}` : '/e/lead';
  return (
    <div className={tab === 'mine' || tab === 'team' ? 'board-page' : undefined}>
      <PageHead title={t('title')}>
        <div className="right">
          <span className="view-switch">
            <span aria-current="true">
              <AppstoreOutlined /> {t('board')}
            </span>
            <Link to={list}>
              <UnorderedListOutlined /> {t('list')}
            </Link>
          </span>
          {mayCreate && (
            <Button type="primary" icon={<PlusOutlined />} onClick={create}>
              {phone ? base('list.createShort') : t('create')}
              {!phone && <Kbd>N</Kbd>}
            </Button>
          )}
        </div>
      </PageHead>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset cannot scroll sideways in every browser */}
      <div className="segments" role="group" aria-label={t('title')}>
        {tabs.map((one) => (
          <button
            key={one}
            type="button"
            className="segment"
            aria-pressed={one === tab}
            onClick={() => setParams(one === 'mine' ? {} : { tab: one }, { replace: true })}
          >
            {t(`tabs.${one}`)}
            {one === 'todo' && todo.data && todo.data.overdue > 0 && (
              <em className="overdue">{t('overdueN', { n: todo.data.overdue })}</em>
            )}
          </button>
        ))}
      </div>
      {tab === 'mine' && <BoardTab key="mine" owner={me.id} />}
      {tab === 'team' && <BoardTab key="team" owner={undefined} />}
      {tab === 'todo' && (
        <section className="card">
          {todo.error && !todo.data && (
            <ErrorState error={todo.error} onRetry={() => todo.refetch()} />
          )}
          {!todo.data && !todo.error && <Skeleton rows={10} />}
          {todo.data && <Todo items={todo.data.items} />}
        </section>
      )}
      {tab === 'pool' && <Pool />}
    </div>
  );
}

function BoardTab({ owner }: { owner: string | undefined }) {
  const t = useText();
  const board = useQuery({
    queryKey: ['board', owner ?? 'all'],
    queryFn: ({ signal }) => api.get<Board>('/api/lead/board', { owner_id: owner }, signal),
    placeholderData: keepPreviousData,
  });
  if (board.error && !board.data) {
    return (
      <div className="card">
        <ErrorState error={board.error} onRetry={() => board.refetch()} />
      </div>
    );
  }
  if (!board.data) {
    return (
      <div className="lane" aria-hidden="true">
        {[5, 4, 2, 4, 3].map((n, i) => (
          <div className="lane-column" key={i}>
            <div className="skel" style={{ height: 20, margin: 14, width: 110 }} />
            {Array.from({ length: n }, (_, j) => (
              <div className="skel card-skel" key={j} />
            ))}
          </div>
        ))}
      </div>
    );
  }
  if (board.data.columns.every((column) => column.count === 0)) {
    return (
      <div className="card">
        <EmptyState title={t('emptyTitle')} text={t('emptyText')}>
          <Link className="btn" to="/register">
            {t('create')}
          </Link>
        </EmptyState>
      </div>
    );
  }
  return <BoardView board={board.data} owner={owner} />;
}
