/* Meters: the round with a phone in the hand, and billing a month at the desk. */
import { useEffect } from 'react';
import { Link, Navigate } from 'react-router';
import { useT } from '@/shared/i18n';
import { useMay } from '@/shared/session';
import { PageHead } from '@/shared/ui';
import { Tabs } from '@/shared/ui/Tabs';
import { Billing } from './Billing';
import { Round } from './Round';
import { useText } from './text';
import '@/shared/meta/list.css';
import '@/shared/meta/detail.css';
import './meters.css';

export default function MeterPage() {
  const t = useText();
  const base = useT();
  const may = useMay();
  useEffect(() => {
    document.title = `${t('title')} · ${base('app.name')}`;
  }, [t, base]);
  const items = [
    ...(may('meter_reading.create')
      ? [{ key: 'round', label: t('round'), children: <Round /> }]
      : []),
    ...(may('meter_reading.bill')
      ? [{ key: 'billing', label: t('billing'), children: <Billing /> }]
      : []),
  ];
  const links = (
    <>
      <Link to="/e/meter">{t('meters')}</Link>
      <Link to="/e/meter_reading">{t('readings')}</Link>
    </>
  );
  return (
    <>
      <PageHead title={t('title')}>
        <span className="row meter-links">{links}</span>
      </PageHead>
      {items.length === 0 && <Navigate to="/e/meter_reading" replace />}
      {items.length === 1 && items[0]?.children}
      {items.length > 1 && <Tabs label={t('title')} items={items} />}
    </>
  );
}
