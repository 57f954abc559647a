/* What the pages of a merchant share: fetching, downloads, the year, how to pay. */
import { DownloadOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { App, Button } from 'antd';
import { type ReactNode, useState } from 'react';
import { api, type Query } from '@/shared/api/client';
import { useT } from '@/shared/i18n';
import { EmptyState, ErrorState, errorText, Skeleton } from '@/shared/ui';
import { useText } from './text';
import type { Pay } from './types';

export function usePortal<R>(path: string, query?: Record<string, string>) {
  return useQuery({
    queryKey: ['portal', path, query ?? {}],
    queryFn: ({ signal }) => api.get<R>(path, query, signal),
  });
}

/* Loading, error and content of one request. */
export function Loaded<R>(props: {
  query: { data: R | undefined; error: unknown; refetch: () => unknown };
  children: (data: R) => ReactNode;
}) {
  const { data, error, refetch } = props.query;
  if (data !== undefined) return props.children(data);
  return (
    <div className="card">
      {error ? <ErrorState error={error} onRetry={() => refetch()} /> : <Skeleton rows={6} />}
    </div>
  );
}

export function Download(props: {
  path: string;
  query?: Query;
  name: string;
  label: string;
  small?: boolean;
}) {
  const t = useT();
  const { message } = App.useApp();
  const [busy, setBusy] = useState(false);
  const fetch = async () => {
    setBusy(true);
    try {
      await api.download(props.path, props.query, props.name);
    } catch (error) {
      message.error(errorText(error, t('state.network')));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Button
      className="no-print"
      icon={<DownloadOutlined />}
      loading={busy}
      onClick={fetch}
      aria-label={props.label}
      {...(props.small ? { type: 'text' as const } : {})}
    >
      {props.small ? null : props.label}
    </Button>
  );
}

/* The years that a merchant may leaf through: this one and the four before. */
export function YearPicker(props: { year: number; now: number; onChange: (year: number) => void }) {
  const t = useText();
  return (
    <fieldset className="portal-years no-print" aria-label={t('year')}>
      {Array.from({ length: 4 }, (_, i) => props.now - i).map((year) => (
        <button
          key={year}
          type="button"
          aria-pressed={year === props.year}
          onClick={() => props.onChange(year)}
        >
          {year}
        </button>
      ))}
    </fieldset>
  );
}

export function Facts(props: { rows: [string, ReactNode][] }) {
  return (
    <dl className="portal-facts">
      {props.rows.map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

export function HowToPay({ pay }: { pay: Pay }) {
  const t = useText();
  const { message } = App.useApp();
  const copy = async () => {
    await navigator.clipboard?.writeText(pay.bank_account ?? '').catch(() => undefined);
    message.success(t('copied'));
  };
  return (
    <section className="card" aria-label={t('howToPay')}>
      <h2 className="portal-head">{t('howToPay')}</h2>
      {pay.bank_account ? (
        <>
          <Facts
            rows={[
              [t('payee'), pay.name ?? '—'],
              [t('bank'), pay.bank_name ?? '—'],
              [
                t('account'),
                <span key="account" className="row wrap">
                  <span className="num">{pay.bank_account}</span>
                  <button type="button" className="link-btn no-print" onClick={copy}>
                    {t('copy')}
                  </button>
                </span>,
              ],
              [t('phone'), pay.phone ?? '—'],
            ]}
          />
          <p className="portal-note dim">{t('payText')}</p>
        </>
      ) : (
        <EmptyState small title={t('noAccount')} text={pay.phone} />
      )}
    </section>
  );
}

/* What stands in small print below a name; a line breaks between the parts, never within a day or a number. */
export function Aside({ parts }: { parts: (string | null | undefined)[] }) {
  return (
    <small className="dim num portal-aside">
      {parts.filter(Boolean).map((part) => (
        <span key={part}>{part}</span>
      ))}
    </small>
  );
}

export const periodOf = (row: { period_from: string | null; period_to: string | null }) =>
  row.period_from && row.period_to ? `${row.period_from} – ${row.period_to}` : '';
