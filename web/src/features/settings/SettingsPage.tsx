/* Every register this person may see, those without a menu entry too. */
import { useEffect, useState } from 'react';
import { Link } from 'react-router';
import { defineText, docIn, useLabel, useLang, useT } from '@/shared/i18n';
import type { EntityMeta } from '@/shared/meta/types';
import { useEntities } from '@/shared/session';
import { EmptyState, PageHead } from '@/shared/ui';
import './settings.css';

const useText = defineText(
  {
    find: '查找登记簿',
    none: '没有符合“{{q}}”的登记簿',
    org: '组织与权限',
    space: '空间与资产',
    party: '商户与品牌',
    crm: '招商',
    plan: '计划与预算',
    lease: '合同',
    approval: '审批',
    billing: '账款',
    other: '其他',
  },
  {
    find: 'Find a register',
    none: 'No register matches “{{q}}”',
    org: 'Organisation and rights',
    space: 'Space',
    party: 'Merchants and brands',
    crm: 'Leasing',
    plan: 'Plans and budgets',
    lease: 'Leases',
    approval: 'Approvals',
    billing: 'Charges and payments',
    other: 'Other',
  },
);

const MODULES = {
  crm: [
    'channel',
    'inquiry',
    'lead',
    'follow_up',
    'visit_plan',
    'offer',
    'unit_hold',
    'survey',
    'competitor',
    'competitor_rent',
    'target_list',
  ],
  party: ['merchant', 'contact', 'brand', 'category', 'class_rule'],
  space: ['building', 'floor', 'unit', 'unit_change', 'price_policy', 'ad_space'],
  lease: [
    'intent',
    'lease',
    'lease_unit',
    'charge_term',
    'deposit_term',
    'lease_change',
    'agreement',
    'lease_document',
    'document_template',
  ],
  billing: [
    'charge_item',
    'charge',
    'bill_run',
    'payment_order',
    'receipt',
    'allocation',
    'deposit_entry',
    'waiver',
    'fiscal_month',
    'journal',
    'entry',
    'meter',
    'meter_reading',
  ],
  plan: ['leasing_plan', 'plan_target', 'budget', 'budget_line', 'mix_plan'],
  approval: ['flow', 'flow_step', 'approval', 'approval_task'],
  org: ['property', 'department', 'post', 'staff', 'role', 'grant', 'delegation', 'zone'],
} as const;
type Module = keyof typeof MODULES | 'other';

function moduleOf(name: string): Module {
  for (const [module, names] of Object.entries(MODULES)) {
    if ((names as readonly string[]).includes(name)) return module as Module;
  }
  return 'other';
}

export default function SettingsPage() {
  const t = useText();
  const base = useT();
  const label = useLabel();
  const lang = useLang();
  const entities = useEntities();
  const [q, setQ] = useState('');
  const title = base('menu.allRegisters');
  useEffect(() => {
    document.title = `${title} · ${base('app.name')}`;
  }, [title, base]);
  const needle = q.trim().toLowerCase();
  const found = [...entities.values()].filter((one) =>
    needle
      ? `${typeof one.label === 'object' && one.label ? `${one.label.zh} ${one.label.en}` : one.label} ${one.name}`
          .toLowerCase()
          .includes(needle)
      : true,
  );
  const modules: Module[] = [...(Object.keys(MODULES) as Module[]), 'other'];
  const row = (one: EntityMeta) => (
    <li key={one.name}>
      <Link to={`/e/${one.name}`}>
        <b>{label(one.label)}</b>
        {docIn(one.doc, lang) && <small>{docIn(one.doc, lang)}</small>}
      </Link>
    </li>
  );
  return (
    <>
      <PageHead title={title}>
        <div className="right">
          <input
            className="plain-input"
            type="search"
            aria-label={t('find')}
            placeholder={t('find')}
            value={q}
            onChange={(event) => setQ(event.target.value)}
          />
        </div>
      </PageHead>
      {found.length === 0 && (
        <div className="card">
          <EmptyState title={t('none', { q })} />
        </div>
      )}
      <div className="registers">
        {modules.map((module) => {
          const items = found.filter((one) => moduleOf(one.name) === module);
          if (!items.length) return null;
          return (
            <section key={module} className="card" aria-label={t(module)}>
              <div className="card-head">
                <h2>{t(module)}</h2>
              </div>
              <ul>{items.map(row)}</ul>
            </section>
          );
        })}
      </div>
    </>
  );
}
