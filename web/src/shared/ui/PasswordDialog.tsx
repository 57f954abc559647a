import { App, Button } from 'antd';
import { useState } from 'react';
import { ApiError, api } from '@/shared/api/client';
import { useT } from '@/shared/i18n';
import { useLogout } from '@/shared/session';
import { errorText } from '@/shared/ui';
import { Dialog } from '@/shared/ui/Dialog';
import './password.css';

const MIN_LENGTH = 10;

/* @forced: a first password, which must be replaced before anything else; closing is logging out. */
export default function PasswordDialog(props: { forced?: boolean; onClose: () => void }) {
  const t = useT();
  const { message } = App.useApp();
  const logout = useLogout();
  const leave = props.forced ? logout : props.onClose;
  const [values, setValues] = useState({ old: '', next: '', again: '' });
  const [errors, setErrors] = useState<Partial<Record<keyof typeof values | 'form', string>>>({});
  const [busy, setBusy] = useState(false);

  const submit = async (event: React.FormEvent) => {
    event.preventDefault();
    if (values.next.length < MIN_LENGTH) return setErrors({ next: t('password.short') });
    if (values.next !== values.again) return setErrors({ again: t('password.differs') });
    setBusy(true);
    try {
      await api.post('/api/session/password', {
        old_password: values.old,
        new_password: values.next,
      });
      message.success(t('password.done'));
      props.onClose();
    } catch (error) {
      const names: Record<string, keyof typeof values> = {
        old_password: 'old',
        new_password: 'next',
      };
      const placed = error instanceof ApiError ? error.fields : [];
      const found: typeof errors = {};
      for (const one of placed) found[names[one.field] ?? 'form'] = one.message;
      setErrors(placed.length ? found : { form: errorText(error, t('state.network')) });
    } finally {
      setBusy(false);
    }
  };

  const field = (name: keyof typeof values, autoComplete: string, hint?: string) => (
    <div>
      <label htmlFor={`password-${name}`}>{t(`password.${name}`)}</label>
      <input
        id={`password-${name}`}
        type="password"
        autoComplete={autoComplete}
        value={values[name]}
        aria-invalid={errors[name] ? true : undefined}
        aria-describedby={`password-${name}-note`}
        onChange={(event) => setValues({ ...values, [name]: event.target.value })}
      />
      <p id={`password-${name}-note`} className={errors[name] ? 'ink-red' : 'dim'}>
        {errors[name] ?? hint}
      </p>
    </div>
  );

  return (
    <Dialog
      title={t('bar.password')}
      width={400}
      onClose={leave}
      footer={
        <>
          <Button onClick={leave}>{t(props.forced ? 'bar.logout' : 'form.cancel')}</Button>
          <Button type="primary" htmlType="submit" form="password-form" loading={busy}>
            {t('password.save')}
          </Button>
        </>
      }
    >
      <form id="password-form" className="dialog-body password-form" onSubmit={submit} noValidate>
        {props.forced && <p>{t('password.forced')}</p>}
        {field('old', 'current-password')}
        {field('next', 'new-password', t('password.hint'))}
        {field('again', 'new-password')}
        {errors.form && (
          <p className="ink-red" role="alert">
            {errors.form}
          </p>
        )}
      </form>
    </Dialog>
  );
}
