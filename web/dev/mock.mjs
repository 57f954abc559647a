// Development only: answers docs/api.md from memory, so that pages can be built without the program.
//   node dev/mock.mjs [port]     serves /api and, if it is built, dist/ with the real content security policy
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { approvals, dayPlus, db, labelOf, meta, people, TODAY } from './mock-data.mjs';
import * as leasing from './mock-leasing.mjs';

leasing.install({ meta, db, people, dayPlus, TODAY });

const PORT = Number(process.argv[2] ?? process.env.PORT ?? 8088);
const DIST = new URL('../dist', import.meta.url).pathname;
const CSP =
  "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; object-src 'none'; base-uri 'none'; frame-ancestors 'none'";
const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
};
const DEMO = [
  ['wangsiyuan', 0],
  ['chenyutong', 1],
  ['lihaoran', 2],
  ['zhangwanqing', 4],
  ['hejianguo', 8],
  ['sunlicheng', 7],
];
const PASSWORD = 'lanting-demo-2026';

const sessions = new Map();
const files = new Map();
const history = new Map();
const imports = new Map();
const views = [
  {
    id: '1',
    entity: 'lease',
    name: '九十天内到期',
    query: 'state=effective,expiring&to_on.lte=2027-02-21&sort=to_on',
  },
];
const notice = (id, text, minutes, unread, entity, record_id) => ({
  id,
  kind: 'note',
  entity,
  record_id,
  text,
  at: new Date(Date.now() - minutes * 60000).toISOString(),
  read_at: unread ? null : new Date().toISOString(),
});
const notifications = [
  notice('1', '合同会签待您处理：初见美甲 B1-022', 40, true, 'approval', '8100'),
  notice('2', '3 位客户超过 30 天未跟进，明日释放到公海', 300, true, 'lead', db.lead[4].id),
  notice(
    '3',
    `财务已确认收款 ${db.payment_order[2].no}`,
    3000,
    false,
    'payment_order',
    db.payment_order[2].id,
  ),
];
let counter = 990000;

class Problem extends Error {
  constructor(status, code, message, fields) {
    super(message);
    Object.assign(this, { status, code, fields });
  }
}
const entityOf = (name) => meta.find((one) => one.name === name);
const fieldOf = (entity, name) => entity.fields.find((one) => one.name === name);
const plain = (value) => (value && typeof value === 'object' && 'id' in value ? value.id : value);
const shown = (value) =>
  value && typeof value === 'object' && 'label' in value ? value.label : String(value ?? '');

function meOf(index) {
  const who = people[index];
  const permissions =
    index === 2
      ? meta.flatMap((one) => [`${one.name}.read`]).concat('lead.create', 'lead.update')
      : ['*'];
  return {
    id: who.id,
    name: who.name,
    login: DEMO.find(([, i]) => i === index)[0],
    post: who.post,
    department: index === 7 ? '财务部' : '招商部',
    property: { id: '1', name: '兰亭天地' },
    properties: [
      { id: '1', name: '兰亭天地' },
      { id: '2', name: '兰亭里' },
    ],
    roles: [who.post],
    permissions,
    lang: 'zh',
    demo: true,
    today: TODAY,
    version: '0.1.0-mock',
  };
}
function metaFor(me) {
  if (me.permissions.includes('*')) return meta;
  return meta
    .filter((one) => one.name !== 'payment_order' && one.name !== 'staff')
    .map((one) => ({ ...one, actions: one.name === 'lead' ? ['create', 'update'] : [] }));
}

const num = (value) =>
  /^-?\d+(\.\d+)?$/.test(String(value)) ? Number(value) : String(value ?? '');
function filtered(entity, params) {
  let rows = db[entity.name] ?? [];
  for (const [key, value] of params) {
    const [name, op] = key.split('.');
    if (name !== 'id' && !fieldOf(entity, name)) continue;
    rows = rows.filter((row) => {
      const at = plain(row[name]);
      if (!op) return value.split(',').includes(String(at));
      if (op === 'null') return (at === null || at === undefined) === (value === '1');
      if (at === null || at === undefined) return false;
      if (op === 'gte') return num(at) >= num(value);
      if (op === 'lte') return num(at) <= num(value);
      return op === 'lt' ? num(at) < num(value) : true;
    });
  }
  const q = (params.get('q') ?? '').trim().toLowerCase();
  if (q)
    rows = rows.filter((row) =>
      entity.fields.some(
        (one) =>
          ['text', 'ref', 'longtext'].includes(one.type) &&
          shown(row[one.name]).toLowerCase().includes(q),
      ),
    );
  return rows;
}
function sorted(rows, sort) {
  const name = (sort ?? '').replace(/^-/, '');
  if (!name) return rows;
  const sign = sort.startsWith('-') ? -1 : 1;
  return [...rows].sort((a, b) => {
    const [x, y] = [num(shown(a[name])), num(shown(b[name]))];
    return (x < y ? -1 : x > y ? 1 : 0) * sign;
  });
}
const mask = (text) =>
  text && text.length > 7 ? `${text.slice(0, 3)}****${text.slice(-4)}` : text;
function viewOf(entity, row, full) {
  const out = { ...row, label: labelOf(entity.name, row), masked: [] };
  for (const field of entity.fields) {
    if (field.masked && out[field.name]) {
      out[field.name] = mask(out[field.name]);
      out.masked.push(field.name);
    }
  }
  if (!full) return out;
  out.can = { update: entity.actions.includes('update'), reveal: true };
  out.actions = actionsOf(entity, row);
  return out;
}
const L = (zh, en) => ({ zh, en });
const base = { ref: null, required: false, readonly: false, max: 0, min: 0, options: null };
function actionsOf(entity, row) {
  if (entity.name === 'lease' && row.state === 'draft')
    return [{ name: 'submit', label: L('提交会签', 'Submit'), tone: 'primary', fields: [] }];
  if (entity.name === 'lease' && ['effective', 'expiring'].includes(row.state)) {
    return [
      {
        name: 'renew',
        label: L('续租', 'Renew'),
        tone: 'primary',
        fields: [
          { ...base, name: 'to_on', type: 'day', label: L('续租至', 'Until'), required: true },
          {
            ...base,
            name: 'price',
            type: 'price',
            label: L('新单价', 'New price'),
            required: true,
          },
        ],
      },
      {
        name: 'terminate',
        label: L('提前终止', 'Terminate'),
        tone: 'danger',
        fields: [
          { ...base, name: 'on', type: 'day', label: L('终止日', 'On'), required: true },
          {
            ...base,
            name: 'reason',
            type: 'longtext',
            label: L('原因', 'Reason'),
            required: true,
            max: 200,
          },
        ],
      },
    ];
  }
  if (entity.name === 'lead') return leasing.leadActions(row);
  return [];
}
function note(entity, row, me, action, changes = [], reason = null) {
  const key = `${entity.name}/${row.id}`;
  history.set(key, [
    {
      at: new Date().toISOString(),
      by: { id: me.id, name: me.name },
      on_behalf_of: null,
      action,
      reason,
      changes,
    },
    ...(history.get(key) ?? []),
  ]);
}
function check(entity, body, partial) {
  const fields = [];
  for (const field of entity.fields) {
    const value = body[field.name];
    if (
      field.required &&
      (partial
        ? field.name in body && !value && value !== false
        : value === undefined || value === null || value === '')
    )
      fields.push({ field: field.name, code: 'required', message: `请填写${field.label.zh}` });
    if (field.name === 'credit_code' && value && value.length !== 18)
      fields.push({
        field: 'credit_code',
        code: 'credit_code',
        message: '统一社会信用代码应为 18 位',
      });
  }
  const from = body.from_on;
  if (from && body.to_on && body.to_on <= from)
    fields.push({ field: 'to_on', code: 'order', message: '到期日必须晚于起租日' });
  if (fields.length) throw new Problem(422, 'input.invalid', '有内容需要修改', fields);
}
function taken(entity, body) {
  const out = {};
  for (const [name, value] of Object.entries(body)) {
    const field = fieldOf(entity, name);
    if (!field || field.readonly) continue;
    if (field.type === 'ref' && value) {
      const target = (db[field.ref] ?? []).find((one) => one.id === String(value));
      if (!target)
        throw new Problem(422, 'input.invalid', '引用的记录不存在', [
          { field: name, code: 'ref', message: '没有这条记录' },
        ]);
      out[name] = { id: target.id, label: labelOf(field.ref, target) };
    } else out[name] = value;
  }
  return out;
}

function listOf(entity, params) {
  const rows = sorted(filtered(entity, params), params.get('sort') ?? entity.list.sort);
  if (params.has('limit')) {
    const start = Number(params.get('after') ?? 0);
    const limit = Number(params.get('limit'));
    return {
      items: rows.slice(start, start + limit).map((row) => viewOf(entity, row)),
      next: start + limit < rows.length ? String(start + limit) : null,
    };
  }
  const size = Math.min(Number(params.get('size') ?? 50), 200);
  const page = Number(params.get('page') ?? 1);
  return {
    items: rows.slice((page - 1) * size, page * size).map((row) => viewOf(entity, row)),
    total: rows.length,
  };
}

function recordRoutes(method, entity, rest, params, body, me, raw) {
  const [first, second] = rest;
  const rows = (db[entity.name] ??= []);
  if (!first) {
    if (method === 'GET') return listOf(entity, params);
    check(entity, body, false);
    const now = new Date().toISOString();
    const row = {
      id: String((counter += 1)),
      version: 1,
      created_at: now,
      created_by: { id: me.id, label: me.name },
      updated_at: now,
      updated_by: { id: me.id, label: me.name },
      ...Object.fromEntries(entity.fields.map((one) => [one.name, null])),
      ...taken(entity, body),
    };
    if (fieldOf(entity, 'no')?.readonly) row.no = `NEW-${counter}`;
    if (entity.name === 'unit') row.status = 'vacant';
    if (entity.name === 'lead') row.stage = 'new';
    if (entity.name === 'lease') row.state = 'draft';
    rows.push(row);
    note(entity, row, me, 'create');
    return [201, viewOf(entity, row, true)];
  }
  if (first === 'counts') {
    const name = params.get('field');
    params.delete('field');
    params.delete(name);
    const found = filtered(entity, params);
    const counts = {};
    for (const row of found) counts[row[name]] = (counts[row[name]] ?? 0) + 1;
    return { counts, total: found.length };
  }
  if (first === 'options') {
    const found = filtered(entity, new URLSearchParams({ q: params.get('q') ?? '' }));
    return {
      items: found.slice(0, 30).map((row) => ({
        id: row.id,
        label: labelOf(entity.name, row),
        sub: entity.subtitle ? shown(row[entity.subtitle]) : null,
      })),
    };
  }
  if (first === 'export.xlsx')
    return [
      200,
      Buffer.from('mock spreadsheet'),
      'application/octet-stream',
      `${entity.label.zh}.xlsx`,
    ];
  if (first === 'bulk')
    return {
      done: body.ids.length - 1,
      failed: [{ id: body.ids[0], message: '该记录已关闭，不能分配' }],
    };
  const row = rows.find((one) => one.id === first);
  if (!row) throw new Problem(404, `${entity.name}.not_found`, '没有这条记录');
  if (!second && method === 'GET') return viewOf(entity, row, true);
  if (!second && method === 'PATCH') return update(entity, row, body, me);
  if (second === 'history')
    return { items: history.get(`${entity.name}/${row.id}`) ?? seedHistory(entity, row) };
  if (second === 'timeline') return { items: timelineOf(row) };
  if (second === 'files') return { items: files.get(`${entity.name}/${row.id}`) ?? [] };
  if (second === 'reveal') return { value: row[body.field] };
  return act(entity, row, second, body, me, raw);
}
function update(entity, row, body, me) {
  if (body.version !== row.version) throw new Problem(409, 'record.stale', '这条记录刚被他人修改');
  const { version: _, ...rest } = body;
  check(
    entity,
    { ...Object.fromEntries(Object.entries(row).map(([k, v]) => [k, plain(v)])), ...rest },
    true,
  );
  const next = taken(entity, rest);
  note(
    entity,
    row,
    me,
    'update',
    Object.keys(next).map((field) => ({ field, from: row[field], to: next[field] })),
  );
  Object.assign(row, next, {
    version: row.version + 1,
    updated_at: new Date().toISOString(),
    updated_by: { id: me.id, label: me.name },
  });
  return viewOf(entity, row, true);
}
function act(entity, row, action, body, me) {
  if (body.version !== undefined && body.version !== row.version)
    throw new Problem(409, 'record.stale', '这条记录刚被他人修改');
  if (action === 'renew' && body.to_on <= row.to_on)
    throw new Problem(422, 'input.invalid', '有内容需要修改', [
      { field: 'to_on', code: 'order', message: `续租截止日必须晚于 ${row.to_on}` },
    ]);
  const before = { ...row };
  if (action === 'submit') row.state = 'countersigning';
  if (action === 'terminate') row.state = 'terminated';
  if (action === 'lose') row.stage = 'lost';
  if (action === 'release') row.stage = 'dormant';
  if (action === 'assign') row.owner_id = taken(entity, { owner_id: body.owner_id }).owner_id;
  row.version += 1;
  const changes = Object.keys(row)
    .filter((k) => k !== 'version' && before[k] !== row[k])
    .map((field) => ({ field, from: before[field], to: row[field] }));
  note(entity, row, me, action, changes, body.reason ?? body.content ?? null);
  return viewOf(entity, row, true);
}
const seedHistory = (entity, row) => [
  {
    at: `${dayPlus(TODAY, -3)}T06:12:00.000Z`,
    by: { id: people[1].id, name: people[1].name },
    on_behalf_of: { id: people[0].id, name: people[0].name },
    action: 'update',
    reason: '与商户核对后更正',
    changes: [
      { field: entity.fields.at(-1).name, from: null, to: '临街，需保留消防通道' },
      ...(fieldOf(entity, 'owner_id')
        ? [{ field: 'owner_id', from: { id: '1', label: '李浩然' }, to: row.owner_id }]
        : []),
    ],
  },
  {
    at: row.created_at,
    by: { id: people[4].id, name: people[4].name },
    on_behalf_of: null,
    action: 'create',
    reason: null,
    changes: [],
  },
];
const timelineOf = (row) => [
  {
    at: `${dayPlus(TODAY, -1)}T07:20:00.000Z`,
    kind: 'approval',
    title: '提交会签',
    text: '招商经理审核中',
    by: { id: '1', name: '陈雨桐' },
    entity: 'approval',
    id: '8101',
  },
  {
    at: `${dayPlus(TODAY, -9)}T02:05:00.000Z`,
    kind: 'follow_up',
    title: '电话跟进',
    text: '确认装修图纸，下周提交',
    by: { id: '1', name: '李浩然' },
    entity: 'lead',
    id: db.lead[3].id,
  },
  {
    at: row.created_at,
    kind: 'create',
    title: '建立档案',
    text: null,
    by: { id: '1', name: '张婉清' },
    entity: null,
    id: null,
  },
];

function importDoc(job) {
  const judge = (row, i) => {
    const get = (name) => row[Object.keys(job.columns).find((k) => job.columns[k] === name)];
    const errors = [];
    const bad = (name, message) => {
      const index = Object.keys(job.columns).find((k) => job.columns[k] === name);
      errors.push({
        cell: index === undefined ? '' : `${String.fromCharCode(65 + Number(index))}${i + 2}`,
        column: index === undefined ? null : Number(index),
        field: name,
        message,
      });
    };
    if (!get('no')) bad('no', '请填写铺位号');
    if (!/^\d+(\.\d{1,2})?$/.test(get('leasable_area') ?? ''))
      bad('leasable_area', `“${get('leasable_area') ?? ''}”不是面积`);
    if (get('floor_id') === 'L9') bad('floor_id', '没有楼层 L9');
    const known = db.unit.some((one) => one.no === get('no'));
    return {
      row: i + 2,
      outcome: errors.length ? 'error' : known ? 'update' : 'create',
      label: get('no') ?? '',
      errors,
    };
  };
  const rows = job.rows.map(judge);
  const totals = { create: 0, update: 0, error: 0, skip: 0 };
  for (const row of rows) totals[row.outcome] += 1;
  return {
    id: job.id,
    kind: job.kind,
    sheet: '铺位表',
    heading_row: 1,
    columns: ['铺位编号', '楼层', '计租面积', '底价', '目标价', '备注列'].map((heading, index) => ({
      index,
      letter: String.fromCharCode(65 + index),
      heading,
      field: job.columns[index] ?? null,
    })),
    fields: entityOf('unit')
      .fields.filter((one) => !one.readonly)
      .map((one) => ({ name: one.name, label: one.label, required: one.required })),
    rows,
    totals,
  };
}
function newImport(kind) {
  const rows = Array.from({ length: 300 }, (_, i) => [
    i % 97 === 40
      ? ''
      : i % 3
        ? `L${(i % 5) + 1}-${String((i % 49) + 1).padStart(3, '0')}`
        : `L6-${String(i).padStart(3, '0')}`,
    i % 83 === 12 ? 'L9' : `L${(i % 5) + 1}`,
    i % 61 === 7 ? '约八十平' : `${60 + (i % 90)}.50`,
    '4.5000',
    '5.8000',
    '',
  ]);
  const job = {
    id: String((counter += 1)),
    kind,
    rows,
    columns: { 0: 'no', 1: 'floor_id', 2: 'leasable_area', 3: 'floor_price', 4: null, 5: null },
  };
  imports.set(job.id, job);
  return importDoc(job);
}
function importRoutes(method, rest, params, body) {
  if (rest[0] === 'template.xlsx')
    return [200, Buffer.from('mock'), 'application/octet-stream', 'template.xlsx'];
  if (!rest[0]) return newImport(params.get('kind'));
  const job = imports.get(rest[0]);
  if (!job) throw new Problem(404, 'import.not_found', '导入已过期，请重新上传');
  if (rest[1] === 'map') {
    Object.assign(job.columns, body.columns);
    return importDoc(job);
  }
  if (rest[1] === 'errors.xlsx')
    return [200, Buffer.from('mock'), 'application/octet-stream', 'errors.xlsx'];
  const { totals } = importDoc(job);
  if (method === 'POST' && totals.error)
    throw new Problem(422, 'import.errors', `还有 ${totals.error} 行有错误，全部改正后才能导入`);
  return { created: totals.create, updated: totals.update };
}

const home = () => ({
  tiles: [
    {
      name: 'occupancy',
      label: L('出租率', 'Occupancy'),
      value: '91.7',
      unit: '%',
      delta: '+1.2 个百分点 较上月',
      tone: 'green',
      link: '/e/unit?status=vacant',
    },
    {
      name: 'receivable',
      label: L('本月应收', 'Due this month'),
      value: '1864.32',
      unit: '万元',
      delta: '+3.4% 较上月',
      tone: 'green',
      link: '/e/payment_order',
    },
    {
      name: 'collected',
      label: L('收缴率', 'Collected'),
      value: '94.3',
      unit: '%',
      delta: '-0.8 个百分点 较上月',
      tone: 'red',
      link: '/e/payment_order?state=issued,part_received',
    },
    {
      name: 'expiring',
      label: L('90 天内到期', 'Ends in 90 days'),
      value: '21',
      unit: '份合同',
      delta: '2,841.50 ㎡',
      tone: 'amber',
      link: '/e/lease?to_on.lte=2027-02-21&sort=to_on',
    },
    {
      name: 'vacant',
      label: L('空置铺位', 'Vacant units'),
      value: '24',
      unit: '个',
      delta: '最长空置 143 天',
      tone: null,
      link: '/e/unit?status=vacant',
    },
  ],
  charts: [
    {
      name: 'due',
      label: L('应收与实收（万元）', 'Due and received (10k)'),
      kind: 'bar',
      categories: [
        '12月',
        '1月',
        '2月',
        '3月',
        '4月',
        '5月',
        '6月',
        '7月',
        '8月',
        '9月',
        '10月',
        '11月',
      ],
      series: [
        {
          label: L('应收', 'Due'),
          values: [1710, 1722, 1694, 1741, 1752, 1760, 1781, 1790, 1802, 1831, 1849, 1864],
        },
        {
          label: L('实收', 'Received'),
          values: [1690, 1700, 1655, 1715, 1740, 1735, 1766, 1758, 1795, 1800, 1788, 1640],
        },
      ],
    },
    {
      name: 'funnel',
      label: L('招商漏斗（近 90 天）', 'Leasing funnel'),
      kind: 'funnel',
      categories: ['来电来访', '有意向', '洽谈中', '签约中', '已签约'],
      series: [{ label: L('客户', 'Leads'), values: [168, 96, 54, 27, 12] }],
    },
    {
      name: 'mix',
      label: L('业态结构（面积占比）', 'Category mix'),
      kind: 'pie',
      categories: ['餐饮', '服饰', '儿童亲子', '生活服务', '休闲娱乐', '主力店'],
      series: [{ label: L('面积', 'Area'), values: [31, 24, 12, 10, 9, 14] }],
    },
    {
      name: 'expiry',
      label: L('合同到期分布（份）', 'Lease expiry'),
      kind: 'bar',
      categories: ['2026Q4', '2027Q1', '2027Q2', '2027Q3', '2027Q4', '2028Q1'],
      series: [{ label: L('合同', 'Leases'), values: [6, 11, 9, 14, 7, 12] }],
    },
  ],
});
const todo = () => ({
  items: [
    ...approvals
      .filter((one) => one.my_task)
      .map((one) => ({
        kind: 'approval',
        title: one.title,
        sub: `${one.requested_by.label} 发起，${one.step}`,
        due_on: one.due_on,
        overdue: one.due_on < TODAY,
        tone: 'blue',
        entity: 'approval',
        id: one.id,
        at: one.requested_at,
      })),
    ...db.lead
      .filter((one) => one.next_on <= TODAY && !['lost', 'signed', 'dormant'].includes(one.stage))
      .slice(0, 6)
      .map((one) => ({
        kind: 'follow_up',
        title: `跟进 ${one.brand_id.label}`,
        sub: `${one.owner_id.label}，${one.no}`,
        due_on: one.next_on,
        overdue: one.next_on < TODAY,
        tone: 'amber',
        entity: 'lead',
        id: one.id,
        at: one.updated_at,
      })),
  ],
  counts: { approval: approvals.filter((one) => one.my_task).length, follow_up: 6 },
});
function search(q) {
  const groups = ['merchant', 'unit', 'lease', 'lead', 'brand'].map((name) => {
    const entity = entityOf(name);
    return {
      entity: name,
      label: entity.label,
      items: filtered(entity, new URLSearchParams({ q }))
        .slice(0, 5)
        .map((row) => ({
          id: row.id,
          label: labelOf(name, row),
          sub: shown(row.merchant_id ?? row.category_id ?? row.status),
        })),
    };
  });
  return { groups: groups.filter((group) => group.items.length) };
}
function approvalRoutes(method, rest, params, body, me) {
  const bare = ({ snapshot, findings, trail, steps, ...one }) => ({
    ...one,
    overdue: one.due_on < TODAY,
  });
  if (!rest[0]) {
    const wanted = params.get('mine');
    if (params.get('entity'))
      return {
        items: approvals.filter((one) => one.subject.id === params.get('record_id')).map(bare),
      };
    return {
      items: approvals.filter((one) => (wanted === '1' ? one.my_task : !one.my_task)).map(bare),
    };
  }
  const one = approvals.find((item) => item.id === rest[0]);
  if (!one) throw new Problem(404, 'approval.not_found', '没有这条审批');
  if (method === 'GET') return { ...one, overdue: one.due_on < TODAY };
  if (rest[1] !== 'agree' && rest[1] !== 'withdraw' && !body.opinion)
    throw new Problem(422, 'input.invalid', '有内容需要修改', [
      { field: 'opinion', code: 'required', message: '请填写意见' },
    ]);
  one.trail.push({
    at: new Date().toISOString(),
    step: one.step,
    by: { id: me.id, label: me.name },
    on_behalf_of: null,
    decision: rest[1],
    opinion: body.opinion,
  });
  one.my_task = null;
  one.state = rest[1] === 'reject' ? 'rejected' : rest[1] === 'return' ? 'returned' : 'running';
  return one;
}
function report(name, params) {
  const titles = {
    daily: '招商日报',
    channel: '渠道分析',
    rent_roll: '租金表',
    expiry: '到期一览',
    occupancy: '出租率',
  };
  if (!titles[name]) throw new Problem(404, 'report.not_found', '没有这张报表');
  const rows = db.lease
    .filter((one) => one.state === 'effective')
    .slice(0, 60)
    .map((one) => ({
      no: one.no,
      merchant: one.merchant_id.label,
      unit: one.unit_id.label,
      area: one.area,
      price: one.price,
      month_rent: one.month_rent,
      to_on: one.to_on,
      link: `/e/lease/${one.id}`,
    }));
  return {
    name,
    title: titles[name],
    formula: '月租金 = 计租面积 × 单价 × 当月天数；免租期内不计',
    basis: '生效中的合同，按铺位排列',
    as_of: params.get('on') ?? TODAY,
    columns: [
      ['no', '合同编号', 'text'],
      ['merchant', '商户', 'text'],
      ['unit', '铺位', 'text'],
      ['area', '计租面积', 'area'],
      ['price', '单价', 'price'],
      ['month_rent', '月租金', 'money'],
      ['to_on', '到期日', 'day'],
    ].map(([n, label, type]) => ({ name: n, label, type })),
    rows,
    totals: {
      no: '合计',
      area: rows.reduce((s, r) => s + Number(r.area), 0).toFixed(2),
      month_rent: rows.reduce((s, r) => s + Number(r.month_rent), 0).toFixed(2),
    },
  };
}

function route(method, url, body, me, raw) {
  const params = url.searchParams;
  const [head, ...rest] = url.pathname.slice('/api/'.length).split('/');
  if (head === 'meta') return { entities: metaFor(me) };
  if (head === 'home') return home();
  if (head === 'todo') return todo();
  if (head === 'search') return search(params.get('q') ?? '');
  if (head === 'approval') return approvalRoutes(method, rest, params, body, me);
  if (head === 'import') return importRoutes(method, rest, params, body);
  if (head === 'report')
    return /\.(xlsx|pdf)$/.test(rest[0])
      ? [200, Buffer.from('mock'), 'application/octet-stream', rest[0]]
      : report(rest[0], params);
  if (head === 'notification') {
    if (rest[1] === 'read')
      notifications.find((one) => one.id === rest[0]).read_at = new Date().toISOString();
    return { items: notifications, unread: notifications.filter((one) => !one.read_at).length };
  }
  if (head === 'view') {
    if (method === 'POST') views.push({ ...body, id: String((counter += 1)) });
    if (method === 'DELETE')
      views.splice(
        views.findIndex((one) => one.id === rest[0]),
        1,
      );
    return { items: views.filter((one) => one.entity === (params.get('entity') ?? body.entity)) };
  }
  if (head === 'file') return fileRoutes(method, rest, params, raw, me);
  const own = leasing.route(method, [head, ...rest], params, body, {
    me,
    problem: (...args) => new Problem(...args),
    view: (name, row) => viewOf(entityOf(name), row, true),
  });
  if (own) return own;
  const entity = metaFor(me).find((one) => one.name === head);
  if (!entity)
    throw new Problem(
      entityOf(head) ? 403 : 404,
      entityOf(head) ? `${head}.forbidden` : 'route.not_found',
      entityOf(head) ? '没有查看权限' : '没有这个地址',
    );
  return recordRoutes(method, entity, rest, params, body, me, raw);
}
function fileRoutes(method, rest, params, raw, me) {
  if (method === 'POST') {
    const key = `${params.get('entity')}/${params.get('record_id')}`;
    const name = params.get('name');
    const type = /\.(png|jpe?g)$/i.test(name)
      ? `image/${name.split('.').pop().replace('jpg', 'jpeg')}`
      : 'application/octet-stream';
    const file = {
      id: String((counter += 1)),
      name,
      category: params.get('category') ?? '',
      size: raw.length,
      content_type: type,
      version: 1,
      at: new Date().toISOString(),
      by: { id: me.id, name: me.name },
      thumbnail: type.startsWith('image/'),
      raw,
    };
    files.set(key, [file, ...(files.get(key) ?? [])]);
    return [201, { ...file, raw: undefined }];
  }
  const file = [...files.values()].flat().find((one) => one.id === rest[0]);
  if (!file) throw new Problem(404, 'file.not_found', '没有这个文件');
  return [200, file.raw, file.content_type, file.name];
}

function session(method, path, body, sid) {
  const index = sessions.get(sid);
  if (method === 'POST' && path === '/api/session') {
    const found = DEMO.find(([login]) => login === body.login);
    if (!found || body.password !== PASSWORD)
      throw new Problem(401, 'session.refused', '登录名或密码不正确');
    const id = `s${Date.now()}${counter++}`;
    sessions.set(id, found[1]);
    return [200, { csrf: `c-${id}`, me: meOf(found[1]) }, null, null, id];
  }
  if (index === undefined) {
    const problem = new Problem(401, 'session.none', '请先登录');
    problem.extra = {
      demo_logins: DEMO.map(([login, i]) => ({
        login,
        name: people[i].name,
        post: people[i].post,
      })),
      demo_password: PASSWORD,
    };
    throw problem;
  }
  if (method === 'DELETE') sessions.delete(sid);
  if (path.endsWith('/password') && body.old_password !== PASSWORD)
    throw new Problem(422, 'input.invalid', '有内容需要修改', [
      { field: 'old_password', code: 'wrong', message: '当前密码不正确' },
    ]);
  return { csrf: `c-${sid}`, me: meOf(index) };
}

function sendFile(res, path) {
  const file = normalize(join(DIST, path));
  const known =
    file.startsWith(DIST) && extname(file) && existsSync(file) ? file : join(DIST, 'index.html');
  if (!existsSync(known)) return res.writeHead(404).end('run npm run build first');
  const hashed = known.includes('/assets/');
  res.writeHead(200, {
    'Content-Type': TYPES[extname(known)] ?? 'application/octet-stream',
    'Content-Security-Policy': CSP,
    'X-Content-Type-Options': 'nosniff',
    'Cache-Control': hashed ? 'public, max-age=31536000, immutable' : 'no-cache',
  });
  res.end(readFileSync(known));
}

createServer((req, res) => {
  const url = new URL(req.url, 'http://localhost');
  if (!url.pathname.startsWith('/api/')) return sendFile(res, url.pathname);
  const parts = [];
  req.on('data', (part) => parts.push(part));
  req.on('end', () => {
    const raw = Buffer.concat(parts);
    const sid = /sid=([^;]+)/.exec(req.headers.cookie ?? '')?.[1];
    try {
      const body =
        raw.length && req.headers['content-type'] === 'application/json' ? JSON.parse(raw) : {};
      const own = url.pathname === '/api/session' || url.pathname === '/api/session/password';
      const index = sessions.get(sid);
      if (!own && index === undefined) throw new Problem(401, 'session.none', '请先登录');
      if (
        req.method !== 'GET' &&
        index !== undefined &&
        url.pathname !== '/api/session' &&
        req.headers['x-csrf-token'] !== `c-${sid}`
      )
        throw new Problem(403, 'csrf.forbidden', '会话校验失败');
      const answer = own
        ? session(req.method, url.pathname, body, sid)
        : route(req.method, url, body, meOf(index), raw);
      const [status, content, type, name, newSid] = Array.isArray(answer) ? answer : [200, answer];
      const headers = { 'Content-Type': type ?? 'application/json; charset=utf-8' };
      if (name)
        headers['Content-Disposition'] = `attachment; filename*=UTF-8''${encodeURIComponent(name)}`;
      if (newSid) headers['Set-Cookie'] = `sid=${newSid}; HttpOnly; SameSite=Lax; Path=/`;
      res.writeHead(status, headers).end(type ? content : JSON.stringify(content));
    } catch (error) {
      if (!(error instanceof Problem)) console.error(error);
      const { status = 500, code = 'internal', message, fields = [], extra } = error;
      res.writeHead(status, { 'Content-Type': 'application/problem+json' }).end(
        JSON.stringify({
          type: 'about:blank',
          status,
          code,
          message,
          fields,
          request_id: `r${(counter += 1)}`,
          ...extra,
        }),
      );
    }
  });
}).listen(PORT, '127.0.0.1', () => console.log(`mock on http://127.0.0.1:${PORT}`));
