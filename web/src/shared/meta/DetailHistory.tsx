/* Who changed what, in words. */
import { useQuery } from '@tanstack/react-query';
import { api } from '@/shared/api/client';
import { useOne } from '@/shared/api/hooks';
import { formatInstant } from '@/shared/format';
import { type Label, useLabel, useLang, useT } from '@/shared/i18n';
import { zh } from '@/shared/i18n/zh';
import { EmptyState, ErrorState, Skeleton } from '@/shared/ui';
import { cellText, isEmpty, personName } from './cells';
import { type EntityMeta, fieldOf } from './types';

interface Change {
  field: string;
  from: unknown;
  to: unknown;
}

interface HistoryItem {
  at: string;
  by: unknown;
  on_behalf_of?: unknown;
  action: string;
  action_label?: Label;
  reason?: string | null;
  changes?: Change[] | null;
}

export default function DetailHistory({ meta, id }: { meta: EntityMeta; id: string }) {
  const t = useT();
  const label = useLabel();
  const list = useQuery({
    queryKey: ['history', meta.name, id],
    queryFn: () => api.get<{ items: HistoryItem[] }>(`/api/${meta.name}/${id}/history`),
  });
  if (list.error && !list.data) {
    return <ErrorState error={list.error} onRetry={() => list.refetch()} />;
  }
  if (!list.data) return <Skeleton rows={5} />;
  if (!list.data.items.length) return <EmptyState small title={t('history.empty')} />;
  const word = (item: HistoryItem) => {
    if (item.action_label) return label(item.action_label);
    return item.action in zh.history
      ? t(`history.${item.action as keyof typeof zh.history}`)
      : item.action;
  };
  return (
    <ol className="stream">
      {list.data.items.map((item, i) => (
        <li key={i}>
          <time dateTime={item.at}>{formatInstant(item.at)}</time>
          <div>
            <b>{personName(item.by) || t('history.system')}</b>{' '}
            {item.on_behalf_of ? (
              <span className="dim">
                {t('history.onBehalf', { who: personName(item.on_behalf_of) })}{' '}
              </span>
            ) : null}
            {word(item)}
            {item.reason && <p className="dim">{t('history.reason', { text: item.reason })}</p>}
            {item.changes && item.changes.length > 0 && (
              <ul className="changes">
                {item.changes.map((change) => (
                  <ChangeLine key={change.field} meta={meta} change={change} />
                ))}
              </ul>
            )}
          </div>
        </li>
      ))}
    </ol>
  );
}

/* History keeps ids, people read names. */
function RefName(props: { entity: string; id: string }) {
  const { data } = useOne(props.entity, props.id);
  return data?.label ?? '…';
}

function ChangeLine({ meta, change }: { meta: EntityMeta; change: Change }) {
  const t = useT();
  const label = useLabel();
  const lang = useLang();
  const field = fieldOf(meta, change.field);
  const text = (value: unknown) => {
    if (!field) return typeof value === 'object' ? JSON.stringify(value) : String(value ?? '—');
    if (field.type === 'ref' && field.ref && typeof value === 'string' && value) {
      return <RefName entity={field.ref} id={value} />;
    }
    return cellText(field, value, lang);
  };
  return (
    <li>
      {label(field?.label) || change.field}{' '}
      {isEmpty(change.to) ? (
        <>
          {t('history.cleared')} <del>{text(change.from)}</del>
        </>
      ) : isEmpty(change.from) ? (
        <>
          {t('history.set')} <ins>{text(change.to)}</ins>
        </>
      ) : (
        <>
          {t('history.from')} <del>{text(change.from)}</del> {t('history.to')}{' '}
          <ins>{text(change.to)}</ins>
        </>
      )}
    </li>
  );
}
