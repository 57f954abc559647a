/* What was done about the money of a lease, newest first. */
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { Link } from 'react-router';
import { api } from '@/shared/api/client';
import { formatInstant } from '@/shared/format';
import type { Ref } from '@/shared/meta/types';
import { recordPath } from '@/shared/paths';
import { useEntities } from '@/shared/session';
import { EmptyState, ErrorState, Money, Skeleton } from '@/shared/ui';
import { Dialog } from '@/shared/ui/Dialog';
import { useText } from './text';
import type { Event } from './types';

export default function EventsDialog(props: { lease: Ref; merchant: Ref; onClose: () => void }) {
  const t = useText();
  const asked = useQuery({
    queryKey: ['collection', 'timeline', props.lease.id],
    queryFn: ({ signal }) =>
      api.get<{ items: Event[] }>('/api/collection/timeline', { lease_id: props.lease.id }, signal),
  });
  return (
    <Dialog
      title={`${t('timeline')} · ${props.merchant.label}`}
      width={620}
      onClose={props.onClose}
      footer={<Button onClick={props.onClose}>{t('close')}</Button>}
    >
      <div className="dialog-body">
        {asked.error && <ErrorState error={asked.error} onRetry={() => asked.refetch()} />}
        {!asked.data && !asked.error && <Skeleton rows={8} />}
        {asked.data?.items.length === 0 && <EmptyState small title={t('eventsNone')} text="" />}
        <ol className="due-events">
          {asked.data?.items.map((event) => (
            <li key={`${event.kind}/${event.id}/${event.at}`}>
              <Told event={event} />
            </li>
          ))}
        </ol>
      </div>
    </Dialog>
  );
}

function Told({ event }: { event: Event }) {
  const entities = useEntities();
  const title = [event.label, event.word].filter(Boolean).join(' · ');
  return (
    <>
      <span className="row wrap">
        {entities.has(event.entity) ? (
          <Link to={recordPath(event.entity, event.id)}>{title}</Link>
        ) : (
          <span>{title}</span>
        )}
        {event.amount && <Money value={event.amount} />}
        {event.on_day && <span className="dim num">{event.on_day}</span>}
      </span>
      {event.text && <span className="due-event-text">{event.text}</span>}
      <small className="dim">{[formatInstant(event.at), event.by].filter(Boolean).join(' ')}</small>
    </>
  );
}
