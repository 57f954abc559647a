/* For component tests: a small centre behind a fake fetch, and the providers around a page. */
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render } from '@testing-library/react';
import { App, ConfigProvider } from 'antd';
import type { ReactNode } from 'react';
import { createMemoryRouter, RouterProvider } from 'react-router';
import { vi } from 'vitest';
import type { EntityMeta, Row } from '@/shared/meta/types';
import { type Me, WorldProvider } from '@/shared/session';

const L = (zh: string, en: string) => ({ zh, en });

export const leaseMeta: EntityMeta = {
  name: 'lease',
  label: L('租赁合同', 'Leases'),
  title: 'no',
  fields: [
    { name: 'no', type: 'text', label: L('合同编号', 'No.'), readonly: true, sort: true },
    {
      name: 'merchant_id',
      type: 'ref',
      ref: 'merchant',
      label: L('商户', 'Merchant'),
      required: true,
      filter: true,
    },
    {
      name: 'state',
      type: 'enum',
      label: L('状态', 'State'),
      readonly: true,
      filter: true,
      options: [
        { value: 'effective', label: L('履约中', 'Effective'), tone: 'green' },
        { value: 'draft', label: L('草稿', 'Draft'), tone: 'gray' },
      ],
    },
    { name: 'month_rent', type: 'money', label: L('月租金', 'Rent'), required: true, sort: true },
    { name: 'area', type: 'area', label: L('面积', 'Area') },
    { name: 'to_on', type: 'day', label: L('到期日', 'End'), filter: true, sort: true },
    { name: 'mobile', type: 'text', label: L('手机', 'Mobile'), masked: true, max: 20 },
    { name: 'note', type: 'longtext', label: L('备注', 'Note'), max: 20 },
  ],
  list: {
    columns: ['no', 'merchant_id', 'state', 'month_rent', 'area', 'to_on'],
    filters: ['merchant_id', 'to_on'],
    sort: '-no',
    segment: 'state',
  },
  mobile: { lines: ['merchant_id', 'month_rent'] },
  form: [{ label: L('基本', 'Basics'), fields: ['no', 'month_rent', 'area', 'mobile', 'note'] }],
  actions: ['create', 'update', 'export'],
};

export const leaseRow: Row = {
  id: '7',
  version: 3,
  label: 'HT-0007',
  no: 'HT-0007',
  merchant_id: { id: '9', label: '青禾里餐饮' },
  state: 'effective',
  month_rent: '12345.60',
  area: '91.46',
  to_on: '2027-03-01',
  mobile: '138****5678',
  note: null,
  masked: ['mobile'],
  can: { update: true, reveal: true },
  actions: [
    {
      name: 'terminate',
      label: L('提前终止', 'Terminate'),
      tone: 'danger',
      fields: [{ name: 'reason', type: 'longtext', label: L('原因', 'Reason'), required: true }],
    },
  ],
  created_at: '2026-11-01T08:30:00.000Z',
  updated_at: '2026-11-02T08:30:00.000Z',
  created_by: { id: '1', label: '陈雨桐' },
  updated_by: { id: '1', label: '陈雨桐' },
};

export const me: Me = {
  id: '1',
  name: '王思远',
  login: 'wang',
  post: '招商经理',
  department: '招商部',
  property: { id: '1', name: '兰亭天地' },
  properties: [{ id: '1', name: '兰亭天地' }],
  roles: [],
  permissions: ['lease.create', 'lease.read'],
  demo: false,
  today: '2026-11-23',
  version: '0.1.0',
};

export interface Call {
  method: string;
  url: string;
  headers: Record<string, string>;
  body: Record<string, unknown>;
}
type Answer = unknown | ((call: Call) => unknown);

export class Refusal {
  constructor(
    readonly status: number,
    readonly body: Record<string, unknown>,
  ) {}
}

/* Answers by "METHOD /path" without the query; what is not listed is an empty list. */
export function fakeServer(answers: Record<string, Answer>): Call[] {
  const calls: Call[] = [];
  vi.stubGlobal('fetch', async (url: string, init: RequestInit = {}) => {
    const call: Call = {
      method: init.method ?? 'GET',
      url,
      headers: init.headers as Record<string, string>,
      body: typeof init.body === 'string' ? JSON.parse(init.body) : {},
    };
    calls.push(call);
    const answer = answers[`${call.method} ${url.split('?')[0]}`] ?? {
      items: [],
      total: 0,
      counts: {},
    };
    const value = typeof answer === 'function' ? answer(call) : answer;
    const status = value instanceof Refusal ? value.status : 200;
    const body = value instanceof Refusal ? value.body : value;
    return new Response(JSON.stringify(body), { status });
  });
  return calls;
}

export function show(element: ReactNode, path = '/') {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const router = createMemoryRouter([{ path: '*', element }], { initialEntries: [path] });
  const view = render(
    <ConfigProvider button={{ autoInsertSpace: false }}>
      <App component={false}>
        <QueryClientProvider client={client}>
          <WorldProvider me={me} entities={[leaseMeta, { ...leaseMeta, name: 'merchant' }]}>
            <RouterProvider router={router} />
          </WorldProvider>
        </QueryClientProvider>
      </App>
    </ConfigProvider>,
  );
  return { ...view, router, client };
}
