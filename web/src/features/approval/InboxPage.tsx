/* Approvals: what waits for me, what I decided, what I asked for; the open one beside the list, or alone on a phone. */
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { Link, useNavigate, useParams, useSearchParams } from 'react-router';
import { api } from '@/shared/api/client';
import type { Approval } from '@/shared/approval';
import { formatAgo } from '@/shared/format';
import { useHotkeys } from '@/shared/hotkeys';
import { useLang, useT } from '@/shared/i18n';
import { personName } from '@/shared/meta/cells';
import { usePhone } from '@/shared/prefs';
import { EmptyState, ErrorState, PageHead, Skeleton } from '@/shared/ui';
import { ApprovalState } from '@/shared/ui/Approvals';
import { ApprovalDetail } from './ApprovalDetail';
import { useText } from './text';
import './approval.css';

const BOXES = ['waiting', 'done', 'sent'] as const;
type Box = (typeof BOXES)[number];
const MINE: Record<Box, string> = { waiting: '1', done: 'done', sent: 'sent' };

export default function InboxPage() {
  const t = useText();
  const base = useT();
  const phone = usePhone();
  const navigate = useNavigate();
  const { id } = useParams();
  const [params] = useSearchParams();
  const box: Box = BOXES.find((one) => one === params.get('box')) ?? 'waiting';
  const list = useQuery({
    queryKey: ['approval', 'list', box],
    queryFn: () => api.get<{ items: Approval[] }>('/api/approval', { mine: MINE[box] }),
  });
  const items = list.data?.items ?? [];
  const shown = id ?? (phone ? undefined : items[0]?.id);
  useEffect(() => {
    document.title = `${t('title')} · ${base('app.name')}`;
  }, [t, base]);
  const search = box === 'waiting' ? '' : `?box=${box}`;
  const step = (by: number) => {
    const next = items[items.findIndex((one) => one.id === shown) + by];
    if (next) navigate(`/approval/${next.id}${search}`, { replace: true });
  };
  useHotkeys({ j: () => step(1), k: () => step(-1) });
  /* After a decision: the next one that waits, or the list. */
  const decided = () => {
    const at = items.findIndex((one) => one.id === shown);
    const next = items[at + 1] ?? items[at - 1];
    if (box === 'waiting' && next && !phone) navigate(`/approval/${next.id}`, { replace: true });
    else if (box === 'waiting') navigate('/approval', { replace: true });
  };

  if (phone && id) {
    return <ApprovalDetail key={id} id={id} back={`/approval${search}`} onDecided={decided} />;
  }
  return (
    <>
      <PageHead title={t('title')} />
      <nav className="segments" aria-label={t('title')}>
        {BOXES.map((one) => (
          <Link
            key={one}
            to={one === 'waiting' ? '/approval' : `/approval?box=${one}`}
            className="segment"
            aria-current={one === box ? 'page' : undefined}
          >
            {t(one)}
            {one === box && list.data && <em>{items.length}</em>}
          </Link>
        ))}
      </nav>
      <div className="inbox">
        <section className="card inbox-list" aria-label={t(box)}>
          {list.error && !list.data && (
            <ErrorState error={list.error} onRetry={() => list.refetch()} />
          )}
          {!list.data && !list.error && <Skeleton rows={8} />}
          {list.data && items.length === 0 && (
            <EmptyState small={!phone} title={t(`${box}None`)} text={t(`${box}NoneText`)} />
          )}
          <ul>
            {items.map((one) => (
              <li key={one.id}>
                <InboxItem approval={one} current={one.id === shown} search={search} />
              </li>
            ))}
          </ul>
        </section>
        {!phone && (
          <div className="inbox-detail">
            {shown ? (
              <ApprovalDetail key={shown} id={shown} onDecided={decided} />
            ) : (
              list.data && (
                <div className="card">
                  <EmptyState title={t('nothingOpen')} />
                </div>
              )
            )}
          </div>
        )}
      </div>
    </>
  );
}

function InboxItem(props: { approval: Approval; current: boolean; search: string }) {
  const t = useText();
  const lang = useLang();
  const { approval } = props;
  return (
    <Link
      to={`/approval/${approval.id}${props.search}`}
      className="inbox-item"
      aria-current={props.current ? 'true' : undefined}
    >
      <span className="row">
        <b className="cut grow">{approval.title}</b>
        {approval.overdue ? (
          <span className="pill tone-red">{t('overdue')}</span>
        ) : (
          !approval.my_task && <ApprovalState state={approval.state} />
        )}
      </span>
      <small className="cut">
        {[personName(approval.requested_by), approval.step].filter(Boolean).join('，')}
      </small>
      <small>{formatAgo(approval.requested_at, lang)}</small>
    </Link>
  );
}
