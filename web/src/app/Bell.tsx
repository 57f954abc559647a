import { BellOutlined } from '@ant-design/icons';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import { api } from '@/shared/api/client';
import { formatAgo } from '@/shared/format';
import { useLang, useT } from '@/shared/i18n';
import { recordPath } from '@/shared/paths';
import { EmptyState } from '@/shared/ui';
import { Popover } from '@/shared/ui/Popover';

interface Notification {
  id: string;
  kind?: string | null;
  text: string;
  at: string;
  read_at?: string | null;
  entity?: string | null;
  record_id?: string | null;
}

const POLL_MS = 60_000;

export function Bell() {
  const t = useT();
  const lang = useLang();
  const client = useQueryClient();
  const navigate = useNavigate();
  const { data } = useQuery({
    queryKey: ['notification'],
    queryFn: () => api.get<{ items: Notification[]; unread?: number }>('/api/notification'),
    refetchInterval: POLL_MS,
    staleTime: POLL_MS / 2,
  });
  const items = data?.items ?? [];
  const unread = data?.unread ?? items.filter((item) => !item.read_at).length;
  const label = unread ? t('bar.notificationsN', { n: unread }) : t('bar.notifications');

  const markRead = async (ids: string[]) => {
    await Promise.all(ids.map((id) => api.post(`/api/notification/${id}/read`))).catch(
      () => undefined,
    );
    client.invalidateQueries({ queryKey: ['notification'] });
  };

  return (
    <Popover
      label={label}
      role="dialog"
      width={340}
      className="icon-btn bell"
      button={
        <>
          <BellOutlined />
          {unread > 0 && <i aria-hidden="true">{unread > 99 ? '99+' : unread}</i>}
        </>
      }
    >
      {(close) =>
        items.length === 0 ? (
          <EmptyState small title={t('bar.notificationsNone')} />
        ) : (
          <>
            <div className="row" style={{ padding: '2px 10px 6px' }}>
              <strong className="grow">{t('bar.notifications')}</strong>
              {unread > 0 && (
                <button
                  type="button"
                  className="link-btn"
                  onClick={() => markRead(items.filter((one) => !one.read_at).map((one) => one.id))}
                >
                  {t('bar.readAll')}
                </button>
              )}
            </div>
            {items.map((item) => (
              <button
                key={item.id}
                type="button"
                className={`note-item${item.read_at ? '' : ' unread'}`}
                onClick={() => {
                  close();
                  if (!item.read_at) markRead([item.id]);
                  if (item.entity && item.record_id)
                    navigate(recordPath(item.entity, item.record_id));
                }}
              >
                <b>{item.text}</b>
                <small>{formatAgo(item.at, lang)}</small>
              </button>
            ))}
          </>
        )
      }
    </Popover>
  );
}
