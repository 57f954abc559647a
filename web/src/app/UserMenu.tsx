import {
  GlobalOutlined,
  KeyOutlined,
  LogoutOutlined,
  MoonOutlined,
  QuestionCircleOutlined,
  SunOutlined,
} from '@ant-design/icons';
import { lazy, Suspense, useState } from 'react';
import { api } from '@/shared/api/client';
import { loadLang, useLang, useT } from '@/shared/i18n';
import { setPrefs, usePrefs } from '@/shared/prefs';
import { useLogout, useMe } from '@/shared/session';
import { Avatar } from '@/shared/ui';
import { MenuItem, Popover } from '@/shared/ui/Popover';

const PasswordDialog = lazy(() => import('@/shared/ui/PasswordDialog'));

export function UserMenu(props: { onShortcuts: () => void }) {
  const t = useT();
  const lang = useLang();
  const { theme } = usePrefs();
  const me = useMe();
  const logout = useLogout();
  const [password, setPassword] = useState(false);

  const toggleTheme = () => setPrefs({ theme: theme === 'dark' ? 'light' : 'dark' });
  const toggleLang = async () => {
    const next = lang === 'zh' ? 'en' : 'zh';
    await loadLang(next);
    setPrefs({ lang: next });
    // Remembered for the next device; not worth an error message if it fails.
    api.patch('/api/session', { lang: next }).catch(() => undefined);
  };
  const chooseProperty = async (id: string) => {
    await api.patch('/api/session', { property_id: id });
    window.location.assign('/');
  };
  const themeLabel = t(theme === 'dark' ? 'bar.toLight' : 'bar.toDark');

  return (
    <>
      <button
        type="button"
        className="icon-btn theme-btn"
        aria-label={themeLabel}
        title={themeLabel}
        onClick={toggleTheme}
      >
        {theme === 'dark' ? <SunOutlined /> : <MoonOutlined />}
      </button>
      <button
        type="button"
        className="icon-btn lang-btn"
        title={t('bar.toOtherLang')}
        lang={lang === 'zh' ? 'en' : 'zh-CN'}
        onClick={toggleLang}
      >
        <GlobalOutlined />
        <span className="label">{t('bar.otherLang')}</span>
        <span className="sr">{t('bar.toOtherLang')}</span>
      </button>
      <Popover
        label={t('bar.account')}
        named
        className="me"
        width={220}
        button={
          <>
            <Avatar name={me.name} />
            <span className="sr">{t('bar.account')}</span>
            <span className="who">
              <b>{me.name}</b>
              <small>{me.post}</small>
            </span>
          </>
        }
      >
        {(close) => (
          <>
            <p className="menu-title">
              {[me.name, me.post, me.department].filter(Boolean).join(' · ')}
            </p>
            {me.properties.length > 1 && (
              <>
                <div className="menu-sep" />
                <p className="menu-title">{t('bar.property')}</p>
                {me.properties.map((one) => (
                  <MenuItem
                    key={one.id}
                    checked={one.id === me.property.id}
                    onClick={() => chooseProperty(one.id)}
                  >
                    {one.name}
                  </MenuItem>
                ))}
              </>
            )}
            <div className="menu-sep" />
            <MenuItem
              icon={theme === 'dark' ? <SunOutlined /> : <MoonOutlined />}
              onClick={toggleTheme}
            >
              {themeLabel}
            </MenuItem>
            <MenuItem icon={<GlobalOutlined />} onClick={toggleLang}>
              {t('bar.toOtherLang')}
            </MenuItem>
            <MenuItem
              icon={<QuestionCircleOutlined />}
              onClick={() => {
                close();
                props.onShortcuts();
              }}
            >
              {t('bar.shortcuts')}
            </MenuItem>
            <MenuItem
              icon={<KeyOutlined />}
              onClick={() => {
                close();
                setPassword(true);
              }}
            >
              {t('bar.password')}
            </MenuItem>
            <div className="menu-sep" />
            <MenuItem icon={<LogoutOutlined />} onClick={logout}>
              {t('bar.logout')}
            </MenuItem>
          </>
        )}
      </Popover>
      <Suspense fallback={null}>
        {password && <PasswordDialog onClose={() => setPassword(false)} />}
      </Suspense>
    </>
  );
}
