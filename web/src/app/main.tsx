import './styles/tokens.css';
import './styles/base.css';
import './styles/shell.css';
import './styles/print.css';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { App as AntApp, ConfigProvider } from 'antd';
import type { Locale } from 'antd/es/locale';
import zhCN from 'antd/locale/zh_CN';
import { StrictMode, useEffect, useMemo, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { RouterProvider } from 'react-router/dom';
import { ApiError } from '@/shared/api/client';
import { loadLang } from '@/shared/i18n';
import { getPrefs, usePhone, usePrefs } from '@/shared/prefs';
import { router } from './router';
import { antdThemeOf } from './theme';

const client = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      // The client has already tried thrice where trying helps.
      retry: (count, error) =>
        count < 1 && !(error instanceof ApiError && (error.status === 0 || error.status < 500)),
    },
  },
});

function useLocale(): Locale {
  const { lang } = usePrefs();
  const [en, setEn] = useState<Locale>();
  useEffect(() => {
    if (lang !== 'en' || en) return;
    let live = true;
    import('antd/locale/en_US').then((module) => live && setEn(module.default));
    return () => {
      live = false;
    };
  }, [lang, en]);
  return lang === 'en' && en ? en : zhCN;
}

function Root() {
  const { theme } = usePrefs();
  const phone = usePhone();
  const locale = useLocale();
  const config = useMemo(() => antdThemeOf(theme, phone), [theme, phone]);
  return (
    <ConfigProvider
      locale={locale}
      theme={config}
      button={{ autoInsertSpace: false }}
      virtual
      getPopupContainer={() => document.body}
    >
      <AntApp component={false} message={{ maxCount: 3, top: 64 }}>
        <QueryClientProvider client={client}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </AntApp>
    </ConfigProvider>
  );
}

loadLang(getPrefs().lang).finally(() => {
  createRoot(document.getElementById('root') as HTMLElement).render(
    <StrictMode>
      <Root />
    </StrictMode>,
  );
});
