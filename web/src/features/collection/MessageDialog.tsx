/* A message to the merchant about what is due: to be copied, or opened in mail or the phone's messages. */
import { useQuery } from '@tanstack/react-query';
import { App, Button } from 'antd';
import { api } from '@/shared/api/client';
import type { Ref } from '@/shared/meta/types';
import { ErrorState, Skeleton } from '@/shared/ui';
import { Dialog } from '@/shared/ui/Dialog';
import { useText } from './text';
import type { Message } from './types';

const isPlain = (text: string | null | undefined): text is string =>
  Boolean(text) && !text?.includes('*');

export default function MessageDialog(props: { lease: Ref; onClose: () => void }) {
  const t = useText();
  const { message } = App.useApp();
  const asked = useQuery({
    queryKey: ['collection', 'message', props.lease.id],
    queryFn: ({ signal }) =>
      api.get<Message>('/api/collection/message', { lease_id: props.lease.id }, signal),
  });
  const text = asked.data?.text ?? '';
  const contact = asked.data?.contact;
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    message.success(t('copied'));
  };
  return (
    <Dialog
      title={`${t('message')} · ${props.lease.label}`}
      width={560}
      onClose={props.onClose}
      footer={
        <>
          <Button onClick={props.onClose}>{t('close')}</Button>
          {isPlain(contact?.email) && (
            <Button href={`mailto:${contact.email}?body=${encodeURIComponent(text)}`}>
              {t('mail')}
            </Button>
          )}
          {isPlain(contact?.mobile) && (
            <Button href={`sms:${contact.mobile}?body=${encodeURIComponent(text)}`}>
              {t('sms')}
            </Button>
          )}
          <Button type="primary" disabled={!text} onClick={copy}>
            {t('copy')}
          </Button>
        </>
      }
    >
      <div className="dialog-body">
        {asked.error && <ErrorState error={asked.error} onRetry={() => asked.refetch()} />}
        {!asked.data && !asked.error && <Skeleton rows={6} />}
        {asked.data && (
          <>
            <p className="due-message" lang="zh-CN">
              {text}
            </p>
            <p className="dim">
              {contact
                ? [contact.name, contact.mobile, contact.email].filter(Boolean).join(' · ')
                : t('noContact')}
            </p>
            {contact?.mobile && !isPlain(contact.mobile) && <p className="dim">{t('masked')}</p>}
          </>
        )}
      </div>
    </Dialog>
  );
}
