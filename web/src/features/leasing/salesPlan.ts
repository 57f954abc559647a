/* Sales that are assumed for a calculation, never stored: one figure for every month, or one for each month of the year. */
import { plainNumber } from '@/shared/format';

export interface SalesPlan {
  kind: 'same' | 'months';
  same: string;
  /* January first. */
  months: string[];
}

export interface MonthSales {
  month: string;
  amount: string;
}

export const NO_PLAN: SalesPlan = { kind: 'same', same: '', months: Array(12).fill('') };

export function isPlanned(plan: SalesPlan): boolean {
  return plan.kind === 'same'
    ? plainNumber(plan.same) !== ''
    : plan.months.some((month) => plainNumber(month) !== '');
}

/* Every month of the lease with its assumed sales; a month without a figure counts as nothing sold. */
export function plannedSales(
  plan: SalesPlan,
  from: string | null,
  to: string | null,
): MonthSales[] {
  if (!from || !to || to < from || !isPlanned(plan)) return [];
  const sales: MonthSales[] = [];
  let year = Number(from.slice(0, 4));
  let month = Number(from.slice(5, 7));
  for (;;) {
    const key = `${year}-${String(month).padStart(2, '0')}`;
    if (key > to.slice(0, 7) || sales.length > 1200) return sales;
    const typed = plan.kind === 'same' ? plan.same : plan.months[month - 1];
    sales.push({ month: key, amount: plainNumber(typed ?? '') || '0' });
    month = (month % 12) + 1;
    if (month === 1) year += 1;
  }
}

/* Twelve figures to begin with: what was typed as one, in each month. */
export function spread(plan: SalesPlan): SalesPlan {
  const has = plan.months.some((month) => plainNumber(month) !== '');
  return { ...plan, kind: 'months', months: has ? plan.months : Array(12).fill(plan.same) };
}
