/* Everything around a page: sidebar, header, demo notice, bottom bar of phones, keyboard, end of the session. */
import { MenuOutlined, SearchOutlined } from '@ant-design/icons';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { Link, Navigate, Outlet, useLocation, useNavigate, useNavigation } from 'react-router';
import { api, onSessionEnd } from '@/shared/api/client';
import { MOD, useHotkeys, useKeySequence } from '@/shared/hotkeys';
import { loadLang, useLabel, useT } from '@/shared/i18n';
import { getPrefs, setPrefs, usePhone } from '@/shared/prefs';
import {
  type Me,
  useEntities,
  useMe,
  useMetaQuery,
  useSessionQuery,
  WorldProvider,
} from '@/shared/session';
import { ErrorState, Kbd, PageSkeleton } from '@/shared/ui';
import { Bell } from './Bell';
import { activeEntry, GROUP_LABEL, GROUPS, menuFor, type ShownEntry } from './menu';
import { UserMenu } from './UserMenu';

const PasswordDialog = lazy(() => import('@/shared/ui/PasswordDialog'));
const Palette = lazy(() => import('@/features/search/Palette'));
const ShortcutsDialog = lazy(() => import('./ShortcutsDialog'));

/* The gate: nobody sees a page before the server has said who they are and what they may see. */
export default function Shell() {
  const session = useSessionQuery();
  const me = session.data?.me ?? null;
  // Until a first password is replaced, the server answers nothing else.
  const locked = me?.must_change_password === true;
  const meta = useMetaQuery(me !== null && !me.merchant && !locked);
  const location = useLocation();
  useEffect(() => {
    if (me) adoptLanguage(me);
  }, [me]);
  if (session.data && !me) {
    const back = location.pathname + location.search;
    return (
      <Navigate replace to={back === '/' ? '/login' : `/login?back=${encodeURIComponent(back)}`} />
    );
  }
  if (me?.merchant) return <Navigate replace to="/portal" />;
  if (locked) {
    return (
      <Suspense fallback={null}>
        <PasswordDialog forced onClose={() => session.refetch()} />
      </Suspense>
    );
  }
  const error = session.error ?? meta.error;
  if (error && !(me && meta.data)) {
    const retry = () => (session.error ? session.refetch() : meta.refetch());
    return (
      <main style={{ padding: 24 }}>
        <ErrorState error={error} onRetry={retry} />
      </main>
    );
  }
  if (!me || !meta.data) {
    return (
      <main style={{ padding: 24 }}>
        <PageSkeleton />
      </main>
    );
  }
  return (
    <WorldProvider me={me} entities={meta.data.entities}>
      <Frame />
    </WorldProvider>
  );
}

/* The language chosen at the server counts on a device that has no choice of its own yet. */
function adoptLanguage(me: Me): void {
  if (me.lang && me.lang !== getPrefs().lang && !localStorage.getItem('lanting.prefs')) {
    const lang = me.lang;
    loadLang(lang).then(() => setPrefs({ lang }));
  }
}

function Frame() {
  const t = useT();
  const me = useMe();
  const entities = useEntities();
  const phone = usePhone();
  const navigate = useNavigate();
  const location = useLocation();
  const navigation = useNavigation();
  const client = useQueryClient();
  const entries = menuFor(me, entities);
  const active = activeEntry(entries, location.pathname);
  const [menu, setMenu] = useState(false);
  const [palette, setPalette] = useState(false);
  const [help, setHelp] = useState(false);
  const todo = useQuery({
    queryKey: ['todo'],
    queryFn: () => api.get<{ counts?: Record<string, number> }>('/api/todo'),
    staleTime: 60_000,
  });
  const counts = todo.data?.counts ?? {};

  useEffect(
    () =>
      onSessionEnd(() => {
        client.setQueryData(['session'], { me: null, demoLogins: [] });
        client.invalidateQueries({ queryKey: ['session'] });
      }),
    [client],
  );
  usePageChange(location.pathname, () => setMenu(false));
  useKeySequence();
  const go: Record<string, () => void> = {};
  for (const entry of entries) if (entry.go) go[`g ${entry.go}`] = () => navigate(entry.path);
  useHotkeys({
    ...go,
    'mod+k': () => setPalette(true),
    '?': () => setHelp(true),
    escape: menu ? () => setMenu(false) : undefined,
  });

  return (
    <div className="shell" style={{ '--demo': me.demo ? '26px' : '0px' } as React.CSSProperties}>
      <a className="skip" href="#content">
        {t('app.skip')}
      </a>
      {navigation.state !== 'idle' && <div className="busy-line" />}
      <button
        type="button"
        className={`side-scrim${menu ? ' open' : ''}`}
        aria-label={t('menu.close')}
        tabIndex={menu ? 0 : -1}
        onClick={() => setMenu(false)}
      />
      <Side entries={entries} active={active} counts={counts} open={menu} />
      <div className="main">
        <div className="head-stack">
          {me.demo && (
            <div className="demo-strip" role="note">
              <strong>DEMO</strong>
              {t('app.demo')}
            </div>
          )}
          <header className="bar">
            <button
              type="button"
              className="icon-btn menu-button"
              aria-label={t('menu.open')}
              aria-expanded={menu}
              onClick={() => setMenu(true)}
            >
              <MenuOutlined />
            </button>
            <span className="property cut">{me.property.name}</span>
            <button
              type="button"
              className="search"
              aria-keyshortcuts="Control+K"
              onClick={() => setPalette(true)}
            >
              <SearchOutlined />
              <span className="grow cut hint">{t('bar.search')}</span>
              {!phone && <Kbd>{MOD}K</Kbd>}
            </button>
            <Bell />
            <UserMenu onShortcuts={() => setHelp(true)} />
          </header>
        </div>
        <main id="content" className="content" tabIndex={-1}>
          <p className="only-print dim">
            {me.demo && 'DEMO '}
            {me.property.name}
          </p>
          <Suspense fallback={<PageSkeleton />}>
            <Outlet />
          </Suspense>
        </main>
      </div>
      {phone && (
        <TabBar entries={entries} active={active} counts={counts} onMore={() => setMenu(true)} />
      )}
      <Suspense fallback={null}>
        {palette && <Palette pages={entries} onClose={() => setPalette(false)} />}
        {help && <ShortcutsDialog onClose={() => setHelp(false)} />}
      </Suspense>
    </div>
  );
}

/* A new page starts at its top, with the focus on its content, so that screen readers and Tab begin there. */
function usePageChange(pathname: string, then: () => void): void {
  const first = useRef(true);
  const latest = useRef(then);
  latest.current = then;
  // biome-ignore lint/correctness/useExhaustiveDependencies: runs when the page changes, whatever else did
  useEffect(() => {
    latest.current();
    if (first.current) {
      first.current = false;
      return;
    }
    window.scrollTo(0, 0);
    document.getElementById('content')?.focus({ preventScroll: true });
  }, [pathname]);
}

interface NavProps {
  entries: ShownEntry[];
  active: ShownEntry | undefined;
  counts: Record<string, number>;
}

function Side(props: NavProps & { open: boolean }) {
  const t = useT();
  const label = useLabel();
  const me = useMe();
  return (
    <nav className={`side${props.open ? ' open' : ''}`} aria-label={t('menu.open')}>
      <Link to="/" className="brand">
        <img src="/favicon.svg" alt="" />
        {t('app.name')}
      </Link>
      {GROUPS.map((group) => {
        const entries = props.entries.filter((entry) => entry.group === group);
        if (!entries.length) return null;
        return (
          <div className="nav-group" key={group}>
            <p>{t(GROUP_LABEL[group])}</p>
            {entries.map((entry) => (
              <Link
                key={entry.path}
                to={entry.path}
                className={`nav-link${entry === props.active ? ' active' : ''}`}
                aria-current={entry === props.active ? 'page' : undefined}
              >
                <entry.icon />
                <span className="cut">{label(entry.label)}</span>
                {entry.badge && props.counts[entry.badge] ? (
                  <span className="nav-badge tone-red">{props.counts[entry.badge]}</span>
                ) : null}
              </Link>
            ))}
          </div>
        );
      })}
      <p className="side-foot">{t('app.version', { version: me.version })}</p>
    </nav>
  );
}

function TabBar(props: NavProps & { onMore: () => void }) {
  const t = useT();
  const label = useLabel();
  return (
    <nav className="tabbar" aria-label={t('app.name')}>
      {props.entries
        .filter((entry) => entry.phone)
        .slice(0, 4)
        .map((entry) => (
          <Link
            key={entry.path}
            to={entry.path}
            className={entry === props.active ? 'active' : undefined}
            aria-current={entry === props.active ? 'page' : undefined}
          >
            <entry.icon />
            <span className="cut">{label(entry.label)}</span>
            {entry.badge && props.counts[entry.badge] ? <i>{props.counts[entry.badge]}</i> : null}
          </Link>
        ))}
      <button type="button" onClick={props.onMore}>
        <MenuOutlined />
        {t('menu.more')}
      </button>
    </nav>
  );
}
