import { useState } from 'react';
import { todayInChina } from '@/shared/format';
import { EmptyState, PageHead } from '@/shared/ui';
import { Bills } from './Bills';
import { Loaded, usePortal, YearPicker } from './parts';
import { useText } from './text';
import type { Bill } from './types';

export default function BillsPage() {
  const t = useText();
  const now = Number(todayInChina().slice(0, 4));
  const [year, setYear] = useState(now);
  const query = usePortal<{ items: Bill[] }>('/api/portal/charge', { year: String(year) });
  return (
    <>
      <PageHead title={t('bills')} />
      <YearPicker year={year} now={now} onChange={setYear} />
      <Loaded query={query}>
        {({ items }) => (
          <div className="card">
            {items.length ? <Bills items={items} /> : <EmptyState title={t('noBills', { year })} />}
          </div>
        )}
      </Loaded>
    </>
  );
}
