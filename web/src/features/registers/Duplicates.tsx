/* After saving: files that look like the same customer, to be joined or left. */
import { useQueryClient } from '@tanstack/react-query';
import { App, Button } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { api } from '@/shared/api/client';
import { refreshAll } from '@/shared/api/hooks';
import { useT } from '@/shared/i18n';
import { errorText } from '@/shared/ui';
import { useText } from './text';
import type { Duplicate } from './types';

export function Duplicates(props: { inquiryId: string; items: Duplicate[]; onDone: () => void }) {
  const t = useText();
  const base = useT();
  const client = useQueryClient();
  const { message } = App.useApp();
  const [busy, setBusy] = useState<string>();
  const merge = async (one: Duplicate) => {
    setBusy(one.merchant.id);
    try {
      await api.post(`/api/inquiry/${props.inquiryId}/merge_into`, {
        merchant_id: one.merchant.id,
      });
      message.success(t('merged', { name: one.merchant.label }));
      props.onDone();
      await refreshAll(client);
    } catch (error) {
      message.error(errorText(error, base('state.network')));
    } finally {
      setBusy(undefined);
    }
  };
  return (
    <section className="card dups" aria-label={t('dupTitle')}>
      <h2>{t('dupTitle')}</h2>
      <p className="dim">{t('dupText')}</p>
      <ul>
        {props.items.map((one) => (
          <li key={one.merchant.id}>
            <span className="grow">
              <Link to={`/e/merchant/${one.merchant.id}`}>{one.merchant.label}</Link>
              <small className="dim">
                {[
                  t(`dupWhy.${one.why}`, { n: one.score }),
                  one.owner && t('dupOwner', { who: one.owner }),
                ]
                  .filter(Boolean)
                  .join(t('comma'))}
              </small>
            </span>
            <Button loading={busy === one.merchant.id} onClick={() => merge(one)}>
              {t('merge')}
            </Button>
          </li>
        ))}
      </ul>
      <button type="button" className="link-btn" onClick={props.onDone}>
        {t('notSame')}
      </button>
    </section>
  );
}
