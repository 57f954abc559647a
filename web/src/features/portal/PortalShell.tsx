/* The frame around a merchant's own pages: no menu of the house, four words to go by. */
import {
  AccountBookOutlined,
  FileTextOutlined,
  GlobalOutlined,
  KeyOutlined,
  LogoutOutlined,
  MoonOutlined,
  PayCircleOutlined,
  SafetyOutlined,
  SunOutlined,
  WalletOutlined,
} from '@ant-design/icons';
import { useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { lazy, Suspense, useEffect, useState } from 'react';
import { Navigate, NavLink, Outlet, useLocation, useNavigate } from 'react-router';
import { onSessionEnd } from '@/shared/api/client';
import { loadLang, useLang, useT } from '@/shared/i18n';
import { setPrefs, usePrefs } from '@/shared/prefs';
import { type Me, useLogout, useSessionQuery } from '@/shared/session';
import { EmptyState, ErrorState, PageSkeleton } from '@/shared/ui';
import { useText } from './text';
import './portal.css';

const PasswordDialog = lazy(() => import('@/shared/ui/PasswordDialog'));

const PAGES = [
  { to: '/portal', text: 'home', icon: WalletOutlined },
  { to: '/portal/bill', text: 'bills', icon: FileTextOutlined },
  { to: '/portal/payment', text: 'payments', icon: PayCircleOutlined },
  { to: '/portal/deposit', text: 'deposits', icon: SafetyOutlined },
  { to: '/portal/statement', text: 'statement', icon: AccountBookOutlined },
] as const;

export default function PortalShell() {
  const t = useText();
  const session = useSessionQuery();
  const location = useLocation();
  const navigate = useNavigate();
  const me = session.data?.me ?? null;

  if (session.data && !me) {
    const back = encodeURIComponent(location.pathname + location.search);
    return <Navigate replace to={`/login?back=${back}`} />;
  }
  if (!me) {
    return (
      <main className="portal-main">
        {session.error ? (
          <ErrorState error={session.error} onRetry={() => session.refetch()} />
        ) : (
          <PageSkeleton />
        )}
      </main>
    );
  }
  if (!me.merchant) {
    return (
      <main className="portal-main">
        <div className="card">
          <EmptyState title={t('staffOnly')} text={t('staffOnlyText')}>
            <Button type="primary" onClick={() => navigate('/')}>
              {t('toHouse')}
            </Button>
          </EmptyState>
        </div>
      </main>
    );
  }
  if (me.must_change_password) {
    return (
      <Suspense fallback={null}>
        <PasswordDialog forced onClose={() => session.refetch()} />
      </Suspense>
    );
  }
  return <Frame me={me} merchant={me.merchant.name} />;
}

function Frame({ me, merchant }: { me: Me; merchant: string }) {
  const base = useT();
  const t = useText();
  const client = useQueryClient();

  useEffect(
    () =>
      onSessionEnd(() => {
        client.setQueryData(['session'], { me: null, demoLogins: [] });
        client.invalidateQueries({ queryKey: ['session'] });
      }),
    [client],
  );
  useEffect(() => {
    document.title = `${merchant} · ${t('title')}`;
  }, [merchant, t]);
  return (
    <div className="portal">
      <a className="skip" href="#content">
        {base('app.skip')}
      </a>
      {me.demo && (
        <div className="demo-strip" role="note">
          <strong>DEMO</strong>
          {base('app.demo')}
        </div>
      )}
      <header className="portal-bar">
        <img src="/favicon.svg" alt="" width={28} height={28} />
        <p className="grow">
          <b className="cut">{merchant}</b>
          <small className="cut dim">{me.property.name}</small>
        </p>
        <Tools />
      </header>
      <nav className="portal-nav no-print" aria-label={t('nav')}>
        {PAGES.map((page) => (
          <NavLink key={page.to} to={page.to} end={page.to === '/portal'}>
            <page.icon />
            {t(page.text)}
          </NavLink>
        ))}
      </nav>
      <main id="content" className="portal-main" tabIndex={-1}>
        <Suspense fallback={<PageSkeleton />}>
          <Outlet />
        </Suspense>
      </main>
    </div>
  );
}

function Tools() {
  const base = useT();
  const t = useText();
  const lang = useLang();
  const { theme } = usePrefs();
  const logout = useLogout();
  const [password, setPassword] = useState(false);
  const otherLang = async () => {
    const next = lang === 'zh' ? 'en' : 'zh';
    await loadLang(next);
    setPrefs({ lang: next });
  };
  const otherTheme = () => setPrefs({ theme: theme === 'dark' ? 'light' : 'dark' });
  const tool = (label: string, icon: React.ReactNode, act: () => void) => (
    <button type="button" className="icon-btn" aria-label={label} title={label} onClick={act}>
      {icon}
    </button>
  );
  return (
    <div className="row no-print">
      {tool(
        base(theme === 'dark' ? 'bar.toLight' : 'bar.toDark'),
        theme === 'dark' ? <SunOutlined /> : <MoonOutlined />,
        otherTheme,
      )}
      {tool(base('bar.toOtherLang'), <GlobalOutlined />, otherLang)}
      {tool(t('password'), <KeyOutlined />, () => setPassword(true))}
      {tool(t('logout'), <LogoutOutlined />, logout)}
      <Suspense fallback={null}>
        {password && <PasswordDialog onClose={() => setPassword(false)} />}
      </Suspense>
    </div>
  );
}
