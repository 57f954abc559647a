/* The logins of one merchant: who has one, opening one, blocking, a new first password, which is shown once. */
import { useQueryClient } from '@tanstack/react-query';
import { App, Button } from 'antd';
import { useState } from 'react';
import { ApiError, api } from '@/shared/api/client';
import { refreshAll, useList } from '@/shared/api/hooks';
import { useT } from '@/shared/i18n';
import type { Row } from '@/shared/meta/types';
import { useMay } from '@/shared/session';
import { EmptyState, ErrorState, errorText, Skeleton, StatusTag } from '@/shared/ui';
import { Dialog } from '@/shared/ui/Dialog';
import { useText } from './text';
import './portal.css';

interface First {
  login: string;
  password: string;
}

export default function Logins({ merchant }: { merchant: string }) {
  const t = useText();
  const may = useMay();
  const list = useList('merchant_login', new URLSearchParams({ merchant_id: merchant }));
  const [opening, setOpening] = useState(false);
  const [first, setFirst] = useState<First>();

  if (list.error) return <ErrorState error={list.error} onRetry={() => list.refetch()} />;
  if (!list.data) return <Skeleton rows={3} />;
  const open = may('merchant_login.open') && (
    <Button type="primary" onClick={() => setOpening(true)}>
      {t('openAccess')}
    </Button>
  );
  return (
    <>
      {list.data.items.length ? (
        <>
          <ul className="portal-list">
            {list.data.items.map((row) => (
              <LoginRow key={String(row.id)} row={row} onFirst={setFirst} />
            ))}
          </ul>
          <p className="portal-note">{open}</p>
        </>
      ) : (
        <EmptyState small title={t('noAccess')} text={t('openText')}>
          {open}
        </EmptyState>
      )}
      {opening && (
        <OpenDialog merchant={merchant} onClose={() => setOpening(false)} onFirst={setFirst} />
      )}
      {first && <FirstDialog first={first} onClose={() => setFirst(undefined)} />}
    </>
  );
}

function LoginRow({ row, onFirst }: { row: Row; onFirst: (first: First) => void }) {
  const t = useText();
  const base = useT();
  const may = useMay();
  const client = useQueryClient();
  const { message } = App.useApp();
  const active = row.active === true;
  const attempt = async (act: () => Promise<void>) => {
    try {
      await act();
      await refreshAll(client);
    } catch (error) {
      message.error(errorText(error, base('state.network')));
    }
  };
  const toggle = () =>
    attempt(async () => {
      await api.patch(`/api/merchant_login/${row.id}`, { version: row.version, active: !active });
    });
  const reset = () =>
    attempt(async () => onFirst(await api.post<First>(`/api/merchant_login/${row.id}/reset`)));
  return (
    <li>
      <span className="grow">
        <b>{String(row.name)}</b>
        <small className="dim num">{String(row.login)}</small>
      </span>
      {active && row.must_change_password === true && (
        <StatusTag tone="amber">{t('mustChange')}</StatusTag>
      )}
      <StatusTag tone={active ? 'green' : 'gray'}>{t(active ? 'active' : 'blocked')}</StatusTag>
      {may('merchant_login.reset') && (
        <Button size="small" onClick={reset}>
          {t('reset')}
        </Button>
      )}
      {may('merchant_login.update') && (
        <Button size="small" danger={active} onClick={toggle}>
          {t(active ? 'block' : 'unblock')}
        </Button>
      )}
    </li>
  );
}

function OpenDialog(props: {
  merchant: string;
  onClose: () => void;
  onFirst: (first: First) => void;
}) {
  const t = useText();
  const base = useT();
  const client = useQueryClient();
  const [values, setValues] = useState({ name: '', login: '' });
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [busy, setBusy] = useState(false);

  const submit = async (event: React.FormEvent) => {
    event.preventDefault();
    if (!values.name.trim()) return setErrors({ name: t('needName') });
    if (!values.login.trim()) return setErrors({ login: t('needLogin') });
    setBusy(true);
    try {
      const first = await api.post<First>(`/api/merchant/${props.merchant}/portal_access`, values);
      await refreshAll(client);
      props.onFirst(first);
      props.onClose();
    } catch (error) {
      const placed = error instanceof ApiError ? error.fields : [];
      setErrors(
        placed.length
          ? Object.fromEntries(placed.map((one) => [one.field, one.message]))
          : { login: errorText(error, base('state.network')) },
      );
    } finally {
      setBusy(false);
    }
  };
  const field = (name: 'name' | 'login', label: string) => (
    <div>
      <label htmlFor={`access-${name}`}>{label}</label>
      <input
        id={`access-${name}`}
        className="plain-input"
        value={values[name]}
        autoComplete="off"
        aria-invalid={errors[name] ? true : undefined}
        onChange={(event) => setValues({ ...values, [name]: event.target.value })}
      />
      <p className="ink-red" role="alert">
        {errors[name]}
      </p>
    </div>
  );
  return (
    <Dialog
      title={t('openAccess')}
      width={420}
      onClose={props.onClose}
      footer={
        <>
          <Button onClick={props.onClose}>{t('cancel')}</Button>
          <Button type="primary" htmlType="submit" form="access-form" loading={busy}>
            {t('openIt')}
          </Button>
        </>
      }
    >
      <form id="access-form" className="dialog-body portal-form" onSubmit={submit} noValidate>
        <p className="dim">{t('openText')}</p>
        {field('name', t('person'))}
        {field('login', t('login'))}
      </form>
    </Dialog>
  );
}

function FirstDialog({ first, onClose }: { first: First; onClose: () => void }) {
  const t = useText();
  return (
    <Dialog
      title={t('firstPassword')}
      width={420}
      onClose={onClose}
      footer={
        <Button type="primary" onClick={onClose}>
          {t('done')}
        </Button>
      }
    >
      <div className="dialog-body portal-form">
        <p className="num">{first.login}</p>
        <p className="portal-secret num">{first.password}</p>
        <p className="dim">{t('firstPasswordText')}</p>
      </div>
    </Dialog>
  );
}
