/* Plain inputs on purpose: the first page of a slow phone must not wait for antd's form. */
import { useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { Navigate, useNavigate, useSearchParams } from 'react-router';
import { api } from '@/shared/api/client';
import { defineText, loadLang, useLang, useT } from '@/shared/i18n';
import { setPrefs } from '@/shared/prefs';
import { type DemoLogin, keepSession, type Me, useSessionQuery } from '@/shared/session';
import { Avatar, errorText } from '@/shared/ui';
import { placeOf, safeBack } from './safeBack';
import './login.css';

const useText = defineText(
  {
    title: '登录',
    login: '登录名',
    password: '密码',
    show: '显示密码',
    hide: '隐藏密码',
    submit: '登录',
    needLogin: '请输入登录名',
    needPassword: '请输入密码',
    demoTitle: '演示账号',
    demoText: '点选一个岗位，即以该身份登录',
    demoFill: '点选一个岗位填入登录名，再输入密码',
    lead: '从第一通电话，到合同、开业与收款',
    p1: '铺位、商户、合同、应收在同一本账里',
    p2: '每一次修改都有据可查',
    p3: '手机、电脑与表格，同一份数据',
  },
  {
    title: 'Log in',
    login: 'Login name',
    password: 'Password',
    show: 'Show password',
    hide: 'Hide password',
    submit: 'Log in',
    needLogin: 'Enter your login name',
    needPassword: 'Enter your password',
    demoTitle: 'Demo logins',
    demoText: 'Pick a post to log in as',
    demoFill: 'Pick a post, then enter the password',
    lead: 'From the first call, to lease and payment',
    p1: 'Units, merchants, leases and charges in one book',
    p2: 'Every change can be traced',
    p3: 'Phone, desktop and spreadsheet share the same data',
  },
);

export default function LoginPage() {
  const t = useText();
  const base = useT();
  const lang = useLang();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [params] = useSearchParams();
  const session = useSessionQuery();
  const form = useRef<HTMLFormElement>(null);
  const [login, setLogin] = useState('');
  const [password, setPassword] = useState('');
  const [shown, setShown] = useState(false);
  const [busy, setBusy] = useState('');
  const [error, setError] = useState('');
  const back = safeBack(params.get('back'));
  const demoPassword = session.data?.demoPassword;

  useEffect(() => {
    document.title = `${t('title')} · ${base('app.name')}`;
  }, [t, base]);
  if (session.data?.me && !busy) return <Navigate replace to={placeOf(session.data.me, back)} />;

  const enter = async (name: string, secret: string) => {
    setError('');
    setBusy(name);
    try {
      const answer = await api.post<{ csrf: string; me: Me }>('/api/session', {
        login: name,
        password: secret,
      });
      client.removeQueries({ predicate: (query) => query.queryKey[0] !== 'session' });
      keepSession(client, answer);
      await navigate(placeOf(answer.me, back), { replace: true });
    } catch (reason) {
      setError(errorText(reason, base('state.network')));
      form.current?.querySelector<HTMLInputElement>('[name=password]')?.focus();
    } finally {
      setBusy('');
    }
  };
  const submit = (event: React.FormEvent) => {
    event.preventDefault();
    if (!login.trim()) setError(t('needLogin'));
    else if (!password) setError(t('needPassword'));
    else enter(login.trim(), password);
  };
  const otherLang = async () => {
    const next = lang === 'zh' ? 'en' : 'zh';
    await loadLang(next);
    setPrefs({ lang: next });
  };

  return (
    <main className="login">
      <section className="login-side" aria-hidden="true">
        <div className="login-brand">
          <img src="/favicon.svg" alt="" />
          {base('app.name')}
        </div>
        <div>
          <p className="login-lead">
            {t('lead')
              .split(/(?<=[，,])/)
              .map((part) => (
                <span key={part}>{part}</span>
              ))}
          </p>
          <ul>
            <li>{t('p1')}</li>
            <li>{t('p2')}</li>
            <li>{t('p3')}</li>
          </ul>
        </div>
        <Facade />
      </section>
      <section className="login-main">
        <button
          type="button"
          className="icon-btn login-lang"
          lang={lang === 'zh' ? 'en' : 'zh-CN'}
          onClick={otherLang}
        >
          {base('bar.toOtherLang')}
        </button>
        <div className="login-box">
          <h1>{t('title')}</h1>
          <p className="dim">{base('app.slogan')}</p>
          <form ref={form} onSubmit={submit} noValidate>
            <label htmlFor="login-name">{t('login')}</label>
            <input
              id="login-name"
              name="login"
              autoComplete="username"
              autoCapitalize="none"
              spellCheck={false}
              value={login}
              aria-describedby={error ? 'login-error' : undefined}
              onChange={(event) => setLogin(event.target.value)}
            />
            <label htmlFor="login-password">{t('password')}</label>
            <span className="login-password">
              <input
                id="login-password"
                name="password"
                type={shown ? 'text' : 'password'}
                autoComplete="current-password"
                value={password}
                aria-describedby={error ? 'login-error' : undefined}
                onChange={(event) => setPassword(event.target.value)}
              />
              <button type="button" className="link-btn" onClick={() => setShown(!shown)}>
                {t(shown ? 'hide' : 'show')}
              </button>
            </span>
            <p id="login-error" className="login-error" role="alert">
              {error}
            </p>
            <Button
              type="primary"
              htmlType="submit"
              block
              size="large"
              loading={busy !== '' && busy === login.trim()}
            >
              {t('submit')}
            </Button>
          </form>
          <DemoLogins
            logins={session.data?.demoLogins ?? []}
            busy={busy}
            direct={demoPassword !== undefined}
            onPick={(one) => {
              setLogin(one.login);
              if (demoPassword !== undefined) enter(one.login, demoPassword);
              else form.current?.querySelector<HTMLInputElement>('[name=password]')?.focus();
            }}
          />
        </div>
      </section>
    </main>
  );
}

function DemoLogins(props: {
  logins: DemoLogin[];
  busy: string;
  direct: boolean;
  onPick: (login: DemoLogin) => void;
}) {
  const t = useText();
  if (!props.logins.length) return null;
  return (
    <section className="login-demo" aria-label={t('demoTitle')}>
      <h2>{t('demoTitle')}</h2>
      <p className="dim">{t(props.direct ? 'demoText' : 'demoFill')}</p>
      <ul>
        {props.logins.map((one) => (
          <li key={one.login}>
            <button type="button" disabled={props.busy !== ''} onClick={() => props.onPick(one)}>
              <Avatar name={one.name} size={32} />
              <span className="grow">
                <b className="cut">{one.name}</b>
                <small className="cut">{one.post}</small>
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

/* A quiet drawing of a mall front made of units; decoration only. */
function Facade() {
  const cells = [3, 5, 2, 4, 3, 5, 4, 2, 6, 3, 4, 3, 2, 5, 3, 4];
  let x = 0;
  let row = 0;
  const rects = cells.map((width, i) => {
    if (x + width > 16) {
      x = 0;
      row += 1;
    }
    const rect = {
      x: x * 24 + 2,
      y: row * 46 + 2,
      width: width * 24 - 4,
      filled: (i * 7) % 3 === 0,
    };
    x += width;
    return rect;
  });
  return (
    <svg
      aria-hidden="true"
      className="login-facade"
      viewBox="0 0 384 232"
      preserveAspectRatio="xMinYMax meet"
    >
      {rects.map((rect, i) => (
        <rect
          key={i}
          x={rect.x}
          y={rect.y}
          width={rect.width}
          height={42}
          rx={4}
          fill={rect.filled ? 'rgb(255 255 255 / 16%)' : 'none'}
          stroke="rgb(255 255 255 / 30%)"
        />
      ))}
    </svg>
  );
}
