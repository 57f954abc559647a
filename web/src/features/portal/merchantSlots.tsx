/* What a merchant's file and the list of merchants get: the statement of account, and the logins of the merchant. */
import { AccountBookOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { lazy, Suspense } from 'react';
import { useNavigate } from 'react-router';
import { todayInChina } from '@/shared/format';
import type { Slots } from '@/shared/meta/overrides';
import type { Row } from '@/shared/meta/types';
import { useMay } from '@/shared/session';
import { Skeleton } from '@/shared/ui';
import { Download } from './parts';
import { useText } from './text';

const Logins = lazy(() => import('./Logins'));

function StatementButton({ row }: { row: Row }) {
  const t = useText();
  const may = useMay();
  const navigate = useNavigate();
  if (!may('merchant.statement')) return null;
  return (
    <Button icon={<AccountBookOutlined />} onClick={() => navigate(`/statement/${row.id}`)}>
      {t('statement')}
    </Button>
  );
}

function AllStatements() {
  const t = useText();
  const may = useMay();
  if (!may('merchant.statement')) return null;
  const today = todayInChina();
  return (
    <Download
      path="/api/merchant/statements.pdf"
      query={{ from: `${today.slice(0, 7)}-01`, to: today }}
      name={`${t('statement')} ${today.slice(0, 7)}.pdf`}
      label={t('month')}
    />
  );
}

function TabLabel() {
  return <>{useText()('access')}</>;
}

function LoginsTab({ row }: { row: Row }) {
  const t = useText();
  const may = useMay();
  if (!may('merchant_login.read')) return <p className="dim">{t('noAccess')}</p>;
  return (
    <Suspense fallback={<Skeleton rows={3} />}>
      <Logins merchant={String(row.id)} />
    </Suspense>
  );
}

const slots: Slots = {
  detail: {
    actions: (row) => <StatementButton row={row} />,
    tabs: (row) => [{ key: 'logins', label: <TabLabel />, children: <LoginsTab row={row} /> }],
  },
  list: { extra: () => <AllStatements /> },
};
export default slots;
