/* Who is calling: asked while the number is typed. */
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { Link } from 'react-router';
import { api } from '@/shared/api/client';
import { chinaDay } from '@/shared/format';
import { useLabel } from '@/shared/i18n';
import { fieldOf } from '@/shared/meta/types';
import { useEntity } from '@/shared/session';
import { StatusTag } from '@/shared/ui';
import { useText } from './text';
import type { Known } from './types';

const TYPING_MS = 300;
const ENOUGH = 7;

export function useKnown(phone: string) {
  const [asked, setAsked] = useState('');
  const digits = phone.replace(/[^\d+]/g, '');
  useEffect(() => {
    const timer = setTimeout(() => setAsked(digits.length >= ENOUGH ? digits : ''), TYPING_MS);
    return () => clearTimeout(timer);
  }, [digits]);
  return useQuery({
    queryKey: ['known', asked],
    queryFn: ({ signal }) => api.get<Known>('/api/inquiry/known', { phone: asked }, signal),
    enabled: asked !== '' && asked === digits,
    staleTime: 60_000,
    retry: false,
  });
}

export function KnownCard({ query, phone }: { query: ReturnType<typeof useKnown>; phone: string }) {
  const t = useText();
  const label = useLabel();
  const lead = useEntity('lead');
  const known = query.data;
  if (phone.replace(/\D/g, '').length < ENOUGH) return null;
  if (query.isFetching && !known)
    return (
      <p className="known dim" role="status">
        {t('looking')}
      </p>
    );
  if (!known) return null;
  if (!known.known) {
    // A number still being typed is not new; only a whole one is.
    if (phone.replace(/\D/g, '').length < 11) return null;
    return (
      <p className="known new" role="status">
        <b>{t('unknownTitle')}</b> <span className="dim">{t('unknownText')}</span>
      </p>
    );
  }
  const stage = (value: string) =>
    lead && fieldOf(lead, 'stage')?.options?.find((one) => one.value === value);
  const owner = known.mine
    ? t('mineText')
    : known.owner
      ? t('ownerText', { who: known.owner.label })
      : known.merchant
        ? t('poolText')
        : '';
  return (
    <section className="known old" role="status">
      <p className="row wrap">
        <StatusTag tone="blue">{t('knownTitle')}</StatusTag>
        {known.merchant &&
          (known.merchant.id ? (
            <Link to={`/e/merchant/${known.merchant.id}`}>{known.merchant.label}</Link>
          ) : (
            <b>{known.merchant.label}</b>
          ))}
        {known.contact && <span>{known.contact.label}</span>}
      </p>
      {owner && <p className={known.mine ? 'ink-green' : 'ink-amber'}>{owner}</p>}
      <ul>
        {known.leads.map((one, i) => {
          const option = stage(one.stage);
          return (
            <li key={i} className="row wrap">
              {one.id ? (
                <Link to={`/e/lead/${one.id}`}>{one.label}</Link>
              ) : (
                <span>{one.label}</span>
              )}
              {option && <StatusTag tone={option.tone}>{label(option.label)}</StatusTag>}
              <span className="dim">
                {[
                  one.owner?.label,
                  one.last_contact_at && t('lastContact', { at: chinaDay(one.last_contact_at) }),
                ]
                  .filter(Boolean)
                  .join(t('comma'))}
              </span>
            </li>
          );
        })}
      </ul>
      {known.inquiries > 0 && known.last_inquiry_at && (
        <p className="dim">
          {t('beforeN', { n: known.inquiries, at: chinaDay(known.last_inquiry_at) })}
        </p>
      )}
    </section>
  );
}
