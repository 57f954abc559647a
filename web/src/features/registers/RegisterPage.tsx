/* The register of calls and visits: one form, one press. Light on purpose: the front desk uses it on phones. */
import { BookOutlined } from '@ant-design/icons';
import { Button, Drawer } from 'antd';
import { lazy, Suspense, useEffect, useState } from 'react';
import { useT } from '@/shared/i18n';
import { usePhone } from '@/shared/prefs';
import { useEntity, useMay } from '@/shared/session';
import { EmptyState, PageHead, Skeleton } from '@/shared/ui';
import { RegisterForm } from './RegisterForm';
import { TodayList } from './TodayList';
import { useText } from './text';
import './register.css';

const PolicyPanel = lazy(() => import('./PolicyPanel'));

export default function RegisterPage() {
  const t = useText();
  const base = useT();
  const phone = usePhone();
  const may = useMay();
  const meta = useEntity('inquiry');
  const [policy, setPolicy] = useState(false);
  useEffect(() => {
    document.title = `${t('title')} · ${base('app.name')}`;
  }, [t, base]);
  if (!meta || !may('inquiry.create')) {
    return (
      <>
        <PageHead title={t('title')} />
        <div className="card">
          <EmptyState title={t('forbidden')} text={base('state.forbiddenText')} />
        </div>
      </>
    );
  }
  return (
    <>
      <PageHead title={t('title')}>
        <div className="right">
          <Button icon={<BookOutlined />} onClick={() => setPolicy(true)}>
            {t('policy')}
          </Button>
        </div>
      </PageHead>
      <div className="reg-page">
        <RegisterForm meta={meta} />
        <TodayList />
      </div>
      <Drawer
        open={policy}
        title={t('policy')}
        placement={phone ? 'bottom' : 'right'}
        size={phone ? '84%' : 460}
        onClose={() => setPolicy(false)}
        styles={{ body: { padding: 0 } }}
      >
        <Suspense fallback={<Skeleton rows={6} />}>{policy && <PolicyPanel />}</Suspense>
      </Drawer>
    </>
  );
}
