/* Shown in place of a page that threw, or whose code belongs to an older version of the program. */
import { Button } from 'antd';
import { useRouteError } from 'react-router';
import { useT } from '@/shared/i18n';
import { EmptyState } from '@/shared/ui';

export function CrashPage() {
  const t = useT();
  const error = useRouteError();
  const text = error instanceof Error ? error.message : String(error);
  const outdated = /dynamically imported module|module script/i.test(text);
  return (
    <main className="card" style={{ margin: 24 }} role="alert">
      <EmptyState
        title={outdated ? t('state.updated') : t('state.crashTitle')}
        text={outdated ? undefined : t('state.crashText')}
      >
        <Button type="primary" onClick={() => window.location.reload()}>
          {t('state.reload')}
        </Button>
        <Button href="/">{t('app.home')}</Button>
      </EmptyState>
      {!outdated && (
        <p className="dim" style={{ padding: '0 24px 24px', textAlign: 'center', fontSize: 12 }}>
          {text}
        </p>
      )}
    </main>
  );
}
