/* The menu, one line per entry. An entry is shown if the person may see what it leads to: `entity` means that the
 * server's meta names it, `needs` is a permission. Group and order are those of the sidebar. */
import {
  AccountBookOutlined,
  AlertOutlined,
  ApartmentOutlined,
  AppstoreOutlined,
  AuditOutlined,
  BankOutlined,
  BarChartOutlined,
  CalculatorOutlined,
  CalendarOutlined,
  ContactsOutlined,
  DashboardOutlined,
  FileDoneOutlined,
  FileProtectOutlined,
  FileTextOutlined,
  FolderOpenOutlined,
  FormOutlined,
  GiftOutlined,
  ImportOutlined,
  LayoutOutlined,
  LineChartOutlined,
  LockOutlined,
  LogoutOutlined,
  MoneyCollectOutlined,
  PayCircleOutlined,
  PhoneOutlined,
  PieChartOutlined,
  ProjectOutlined,
  ReadOutlined,
  ReconciliationOutlined,
  RollbackOutlined,
  SafetyCertificateOutlined,
  ScheduleOutlined,
  ShopOutlined,
  SolutionOutlined,
  SwapOutlined,
  TagOutlined,
  TagsOutlined,
  ThunderboltOutlined,
  TransactionOutlined,
  WalletOutlined,
} from '@ant-design/icons';
import type { ComponentType } from 'react';
import type { Label, Path } from '@/shared/i18n';
import type { zh } from '@/shared/i18n/zh';
import { type Me, mayOf } from '@/shared/session';

export const GROUPS = ['work', 'leasing', 'asset', 'finance', 'settings'] as const;
export type Group = (typeof GROUPS)[number];

export interface MenuEntry {
  group: Group;
  path: string;
  icon: ComponentType;
  /* Without a label the entity's own name is shown. */
  label?: Label;
  entity?: string;
  needs?: string;
  /* Shown in the bottom bar of phones. */
  phone?: boolean;
  /* "g" and this letter go there. */
  go?: string;
  /* A number of GET /api/todo counts, or their sum. */
  badge?: string;
}

// biome-ignore format: one line per entry is the point of this table
export const MENU: MenuEntry[] = [
  { group: 'work', path: '/', icon: DashboardOutlined, label: { zh: '工作台', en: 'Home' }, phone: true, go: 'd' },
  { group: 'work', path: '/approval', icon: AuditOutlined, label: { zh: '审批', en: 'Approvals' }, phone: true, go: 'a', badge: 'approval' },
  { group: 'work', path: '/calendar', icon: ScheduleOutlined, label: { zh: '我的日历', en: 'My calendar' }, needs: 'visit_plan.*' },
  { group: 'work', path: '/report', icon: BarChartOutlined, label: { zh: '报表', en: 'Reports' }, go: 'r' },
  { group: 'leasing', path: '/register', icon: FormOutlined, label: { zh: '客户登记', en: 'Register' }, needs: 'inquiry.create', entity: 'inquiry', phone: true, go: 'i' },
  { group: 'leasing', path: '/leads', icon: ProjectOutlined, label: { zh: '招商跟进', en: 'Lead board' }, entity: 'lead', phone: true, go: 'k' },
  { group: 'leasing', path: '/e/inquiry', icon: PhoneOutlined, entity: 'inquiry' },
  { group: 'leasing', path: '/e/lead', icon: SolutionOutlined, entity: 'lead', go: 'p' },
  { group: 'leasing', path: '/daily', icon: ReadOutlined, label: { zh: '招商日报', en: 'Daily report' }, entity: 'daily_report' },
  { group: 'leasing', path: '/e/visit_plan', icon: CalendarOutlined, entity: 'visit_plan' },
  { group: 'leasing', path: '/e/merchant', icon: ContactsOutlined, entity: 'merchant', go: 'm' },
  { group: 'leasing', path: '/e/brand', icon: TagsOutlined, entity: 'brand' },
  { group: 'asset', path: '/floor', icon: LayoutOutlined, label: { zh: '楼层平面', en: 'Floor plan' }, entity: 'floor', go: 'f' },
  { group: 'asset', path: '/e/unit', icon: ShopOutlined, entity: 'unit', go: 'u' },
  { group: 'asset', path: '/e/intent', icon: FileDoneOutlined, entity: 'intent' },
  { group: 'asset', path: '/e/lease', icon: FileProtectOutlined, entity: 'lease', phone: true, go: 'l' },
  { group: 'asset', path: '/e/sales_report', icon: LineChartOutlined, entity: 'sales_report' },
  { group: 'asset', path: '/archive', icon: FolderOpenOutlined, label: { zh: '归档完整性', en: 'Archive' }, entity: 'lease_document' },
  { group: 'asset', path: '/meters', icon: ThunderboltOutlined, label: { zh: '抄表与计费', en: 'Meter reading' }, entity: 'meter_reading', phone: true, go: 'e' },
  { group: 'asset', path: '/e/meter', icon: DashboardOutlined, entity: 'meter' },
  { group: 'asset', path: '/e/move_out', icon: LogoutOutlined, entity: 'move_out' },
  { group: 'finance', path: '/e/single_charge', icon: TagOutlined, entity: 'single_charge' },
  { group: 'finance', path: '/e/share_pool', icon: PieChartOutlined, entity: 'share_pool' },
  { group: 'finance', path: '/cashier', icon: PayCircleOutlined, label: { zh: '收银台', en: 'Cashier' }, needs: 'payment_order.receive' },
  { group: 'finance', path: '/collection', icon: AlertOutlined, label: { zh: '催缴', en: 'Collection' }, needs: 'promise.read', entity: 'promise', phone: true, go: 'c', badge: 'collect' },
  { group: 'finance', path: '/bill', icon: CalculatorOutlined, label: { zh: '出账', en: 'Bill run' }, entity: 'bill_run', go: 'b' },
  { group: 'finance', path: '/bank', icon: BankOutlined, label: { zh: '银行流水', en: 'Bank statements' }, needs: 'bank_line.match' },
  { group: 'finance', path: '/e/charge', icon: WalletOutlined, entity: 'charge' },
  { group: 'finance', path: '/e/payment_order', icon: TransactionOutlined, entity: 'payment_order' },
  { group: 'finance', path: '/e/receipt', icon: BankOutlined, entity: 'receipt' },
  { group: 'finance', path: '/e/deposit_move', icon: SafetyCertificateOutlined, entity: 'deposit_move' },
  { group: 'finance', path: '/e/refund', icon: RollbackOutlined, entity: 'refund' },
  { group: 'finance', path: '/e/waiver', icon: GiftOutlined, entity: 'waiver' },
  { group: 'finance', path: '/e/tax_invoice', icon: FileTextOutlined, entity: 'tax_invoice' },
  { group: 'finance', path: '/report/cash_book', icon: ReconciliationOutlined, label: { zh: '收支台账', en: 'Cash book' }, needs: 'report.cash_book' },
  { group: 'finance', path: '/e/expense', icon: MoneyCollectOutlined, entity: 'expense' },
  { group: 'finance', path: '/e/transfer', icon: SwapOutlined, entity: 'transfer' },
  { group: 'finance', path: '/e/journal', icon: AccountBookOutlined, entity: 'journal' },
  { group: 'finance', path: '/e/fiscal_month', icon: LockOutlined, label: { zh: '月结', en: 'Month close' }, entity: 'fiscal_month' },
  { group: 'settings', path: '/e/staff', icon: ApartmentOutlined, entity: 'staff' },
  { group: 'settings', path: '/import', icon: ImportOutlined, label: { zh: '数据导入', en: 'Import data' } },
  { group: 'settings', path: '/settings', icon: AppstoreOutlined, label: { zh: '全部登记簿', en: 'All registers' } },
];

export const GROUP_LABEL: Record<Group, Path<typeof zh>> = {
  work: 'menu.work',
  leasing: 'menu.leasing',
  asset: 'menu.asset',
  finance: 'menu.finance',
  settings: 'menu.settings',
};

export interface ShownEntry extends MenuEntry {
  label: Label;
}

/* The entries this person may use, each with its label. */
export function menuFor(
  me: Pick<Me, 'permissions'>,
  entities: ReadonlyMap<string, { label: Label }>,
): ShownEntry[] {
  return MENU.flatMap((entry) => {
    if (entry.needs && !mayOf(me, entry.needs)) return [];
    if (entry.entity && !entities.has(entry.entity)) return [];
    return [
      { ...entry, label: entry.label ?? entities.get(entry.entity ?? '')?.label ?? entry.path },
    ];
  });
}

/* The entry that is highlighted on a page: the longest path that begins the address. */
export function activeEntry(entries: ShownEntry[], pathname: string): ShownEntry | undefined {
  return entries
    .filter(({ path }) =>
      path === '/' ? pathname === '/' : pathname === path || pathname.startsWith(`${path}/`),
    )
    .sort((a, b) => b.path.length - a.path.length)[0];
}
