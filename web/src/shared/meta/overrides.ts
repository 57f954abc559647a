/* Where a generic page gives way to a hand-made one: the only file outside app/ that names features, always lazily.
 *   nothing                        metadata only
 *   slots: () => import('…')       the generic page with a banner, tabs, actions or cells of its own
 *   Detail: () => import('…')      a page of its own (default export); List and Form likewise */
import type { ComponentType, ReactNode } from 'react';
import type { EntityMeta, FieldMeta, Row } from './types';

type Load = () => Promise<{ default: ComponentType }>;

export interface Slots {
  detail?: {
    banner?: (row: Row, meta: EntityMeta) => ReactNode;
    tabs?: (row: Row, meta: EntityMeta) => { key: string; label: ReactNode; children: ReactNode }[];
    actions?: (row: Row, meta: EntityMeta) => ReactNode;
  };
  list?: {
    /* Beside the buttons of the page head. */
    extra?: () => ReactNode;
    /* Replaces the cell of a field. */
    cells?: Record<string, (value: unknown, row: Row, field: FieldMeta) => ReactNode>;
    rowActions?: (row: Row) => ReactNode;
  };
  form?: {
    onValuesChange?: (
      changed: Record<string, unknown>,
      values: Record<string, unknown>,
      set: (values: Record<string, unknown>) => void,
    ) => void;
    /* Below the fields. */
    sections?: (row: Row | undefined) => ReactNode;
  };
}

export interface Override {
  List?: Load;
  Detail?: Load;
  Form?: Load;
  slots?: () => Promise<{ default: Slots }>;
}

export const overrides: Record<string, Override> = {
  lead: {
    Detail: () => import('@/features/leads/LeadDetail'),
    slots: () => import('@/features/leads/slots'),
  },
  intent: { Detail: () => import('@/features/intent/IntentDetail') },
  merchant: { slots: () => import('@/features/portal/merchantSlots') },
  class_rule: { slots: () => import('@/features/settings/classSlots') },
  document_template: { slots: () => import('@/features/settings/templateSlots') },
  dunning_notice: { slots: () => import('@/features/collection/noticeSlots') },
  move_out: { slots: () => import('@/features/moveout/slots') },
  share_pool: { slots: () => import('@/features/meters/shareSlots') },
  lease_change: { slots: () => import('@/features/leasing/changeSlots') },
  journal: { slots: () => import('@/features/ledger/journalSlots') },
  fiscal_month: { slots: () => import('@/features/ledger/monthSlots') },
  money_account: { slots: () => import('@/features/ledger/moneySlots') },
  expense: { slots: () => import('@/features/ledger/paperSlots') },
  transfer: { slots: () => import('@/features/ledger/paperSlots') },
  correction: { slots: () => import('@/features/ledger/paperSlots') },
  payment_order: { Detail: () => import('@/features/cashier/OrderDetail') },
  lease: {
    Detail: () => import('@/features/leasing/LeaseDetail'),
    Form: () => import('@/features/leasing/LeaseWizard'),
  },
};
