/* The stored schedule of a lease: years, bills and workings beside prices and the sums by year. */
import { EmptyState, ErrorState, Skeleton } from '@/shared/ui';
import { useSchedule } from './leasing.api';
import { Bills, type ItemNames, Prices, YearChart } from './ScheduleView';
import { useText } from './text';
import { BASES, type Lease } from './types';

export function ScheduleTab({ lease, names }: { lease: Lease; names: ItemNames }) {
  const t = useText();
  const schedule = useSchedule(lease.id, lease.terms.length > 0);
  if (!lease.terms.length) return <EmptyState small title={t('scheduleNone')} />;
  if (schedule.error && !schedule.data) {
    return <ErrorState error={schedule.error} onRetry={() => schedule.refetch()} />;
  }
  if (!schedule.data) return <Skeleton rows={8} />;
  if (!schedule.data.lines.length) return <EmptyState small title={t('scheduleNone')} />;
  const units = lease.terms.map((term) => {
    const basis = BASES.find((one) => one === term.clause.basis);
    return basis ? t(`bases.${basis}`) : '';
  });
  return (
    <div className="sched-tab">
      <section>
        <h2>{t('bills')}</h2>
        <Bills schedule={schedule.data} names={names} openYears={2} />
      </section>
      <section>
        <h2>{t('yearly2')}</h2>
        <YearChart schedule={schedule.data} names={names} />
        <h2 className="sched-second">{t('prices')}</h2>
        <Prices schedule={schedule.data} names={names} units={units} />
      </section>
    </div>
  );
}
