import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { api } from '@/shared/api/client';
import { formatInstant } from '@/shared/format';
import { useT } from '@/shared/i18n';
import { recordPath } from '@/shared/paths';
import { EmptyState, ErrorState, Money, Skeleton } from '@/shared/ui';
import { personName } from './cells';

interface TimelineItem {
  at: string;
  kind: string;
  title: string;
  text?: string | null;
  amount?: string;
  by?: unknown;
  entity?: string | null;
  id?: string | null;
}

export default function DetailTimeline(props: { entity: string; id: string }) {
  const t = useT();
  const list = useQuery({
    queryKey: ['timeline', props.entity, props.id],
    queryFn: () => api.get<{ items: TimelineItem[] }>(`/api/${props.entity}/${props.id}/timeline`),
  });
  if (list.error && !list.data) {
    return <ErrorState error={list.error} onRetry={() => list.refetch()} />;
  }
  if (!list.data) return <Skeleton rows={5} />;
  if (!list.data.items.length) return <EmptyState small title={t('history.emptyTimeline')} />;
  return (
    <ol className="stream">
      {list.data.items.map((item, i) => (
        <li key={i}>
          <time dateTime={item.at}>{formatInstant(item.at)}</time>
          <div>
            <b>
              {item.entity && item.id && item.id !== props.id ? (
                <Link to={recordPath(item.entity, item.id)}>{item.title}</Link>
              ) : (
                item.title
              )}
            </b>{' '}
            <span className="dim">{personName(item.by)}</span>
            {(item.text || item.amount) && (
              <p>
                {item.text} {item.amount && <Money value={item.amount} />}
              </p>
            )}
          </div>
        </li>
      ))}
    </ol>
  );
}
