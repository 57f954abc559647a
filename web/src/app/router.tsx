/* Every page, one line each; a page is a chunk of its own and is its module's default export. */
import type { ComponentType } from 'react';
import { createBrowserRouter, type RouteObject } from 'react-router';
import { CrashPage } from './CrashPage';

type Load = () => Promise<{ default: ComponentType }>;

function page(path: string, load: Load): RouteObject {
  return { path, lazy: async () => ({ Component: (await load()).default }) };
}

// biome-ignore format: one line per page is the point of this table
const pages: RouteObject[] = [
  { index: true, lazy: async () => ({ Component: (await import('@/features/dashboard/DashboardPage')).default }) },
  page('e/:entity', () => import('@/shared/meta/ListPage')),
  page('e/:entity/new', () => import('@/shared/meta/FormPage')),
  page('e/:entity/:id', () => import('@/shared/meta/DetailPage')),
  page('e/:entity/:id/edit', () => import('@/shared/meta/FormPage')),
  page('approval', () => import('@/features/approval/InboxPage')),
  page('approval/:id', () => import('@/features/approval/InboxPage')),
  page('import', () => import('@/features/import/ImportPage')),
  page('import/:kind', () => import('@/features/import/ImportPage')),
  page('report', () => import('@/features/report/ReportPage')),
  page('report/:name', () => import('@/features/report/ReportPage')),
  page('collection', () => import('@/features/collection/CollectionPage')),
  page('bill', () => import('@/features/billing/BillRunPage')),
  page('cashier', () => import('@/features/cashier/CashierPage')),
  page('bank', () => import('@/features/bank/BankPage')),
  page('floor', () => import('@/features/floorplan/FloorPage')),
  page('leads', () => import('@/features/leads/BoardPage')),
  page('register', () => import('@/features/registers/RegisterPage')),
  page('daily', () => import('@/features/registers/DailyPage')),
  page('calendar', () => import('@/features/registers/CalendarPage')),
  page('lease/new', () => import('@/features/leasing/LeaseWizard')),
  page('lease/:id/change', () => import('@/features/leasing/ChangePage')),
  page('lease/:id/edit', () => import('@/features/leasing/LeaseWizard')),
  page('archive', () => import('@/features/leasing/ArchivePage')),
  page('meters', () => import('@/features/meters/MeterPage')),
  page('statement/:id', () => import('@/features/portal/MerchantStatementPage')),
  page('settings', () => import('@/features/settings/SettingsPage')),
  page('*', () => import('@/features/settings/NotFoundPage')),
];

// biome-ignore format: one line per page is the point of this table
const portalPages: RouteObject[] = [
  { index: true, lazy: async () => ({ Component: (await import('@/features/portal/HomePage')).default }) },
  page('bill', () => import('@/features/portal/BillsPage')),
  page('bill/:id', () => import('@/features/portal/BillPage')),
  page('payment', () => import('@/features/portal/PaymentsPage')),
  page('deposit', () => import('@/features/portal/DepositsPage')),
  page('statement', () => import('@/features/portal/StatementPage')),
];

export const router = createBrowserRouter([
  {
    path: '/login',
    HydrateFallback: () => null,
    ErrorBoundary: CrashPage,
    lazy: async () => ({ Component: (await import('@/features/auth/LoginPage')).default }),
  },
  {
    path: '/portal',
    ErrorBoundary: CrashPage,
    HydrateFallback: () => null,
    lazy: async () => ({ Component: (await import('@/features/portal/PortalShell')).default }),
    children: [{ ErrorBoundary: CrashPage, children: portalPages }],
  },
  {
    path: '/',
    ErrorBoundary: CrashPage,
    HydrateFallback: () => null,
    lazy: async () => ({ Component: (await import('./Shell')).default }),
    children: [{ ErrorBoundary: CrashPage, children: pages }],
  },
]);
