// Made-up records for the mock server: one small centre, deterministic, so that pictures can be compared.
const L = (zh, en) => ({ zh, en });
const opt = (value, zh, en, tone = 'gray') => ({ value, label: L(zh, en), tone });
const f = (name, type, zh, en, more = {}) => ({
  name,
  type,
  label: L(zh, en),
  ref: null,
  required: false,
  readonly: false,
  immutable: false,
  masked: false,
  filter: false,
  sort: false,
  max: 0,
  min: 0,
  doc: null,
  preset: null,
  options: null,
  ...more,
});

let seed = 20261123;
export const rnd = (n) => {
  seed = (seed * 1103515245 + 12345) % 2147483648;
  return Math.floor((seed / 2147483648) * n);
};
const pick = (list) => list[rnd(list.length)];
const pad = (n, width) => String(n).padStart(width, '0');

export const TODAY = '2026-11-23';
export const dayPlus = (day, n) =>
  new Date(Date.parse(`${day}T00:00:00Z`) + n * 86400000).toISOString().slice(0, 10);
const at = (days, hour = 3) => `${dayPlus(TODAY, days)}T${pad(hour, 2)}:${pad(rnd(60), 2)}:00.000Z`;

const UNIT_STATUS = [
  opt('vacant', '空置', 'Vacant', 'red'),
  opt('reserved', '已预留', 'Reserved', 'violet'),
  opt('locked', '锁定', 'Locked', 'violet'),
  opt('signed', '已签约', 'Signed', 'blue'),
  opt('fitting_out', '装修中', 'Fitting out', 'blue'),
  opt('open', '营业中', 'Open', 'green'),
  opt('notice', '即将到期', 'Expiring', 'amber'),
  opt('own_use', '自用', 'Own use', 'gray'),
];
const LEAD_STAGE = [
  opt('new', '新登记', 'New', 'gray'),
  opt('contacted', '已联系', 'Contacted', 'blue'),
  opt('visited', '已来访', 'Visited', 'blue'),
  opt('intention', '有意向', 'Interested', 'violet'),
  opt('negotiating', '洽谈中', 'Negotiating', 'amber'),
  opt('approved', '已批准', 'Approved', 'green'),
  opt('contracting', '签约中', 'Contracting', 'green'),
  opt('signed', '已签约', 'Signed', 'green'),
  opt('lost', '已流失', 'Lost', 'red'),
  opt('dormant', '公海', 'Pool', 'gray'),
];
const LEASE_STATE = [
  opt('draft', '草稿', 'Draft', 'gray'),
  opt('countersigning', '会签中', 'Countersigning', 'blue'),
  opt('approved', '已批准', 'Approved', 'violet'),
  opt('effective', '履约中', 'Effective', 'green'),
  opt('expiring', '即将到期', 'Expiring', 'amber'),
  opt('terminated', '已终止', 'Terminated', 'red'),
  opt('archived', '已归档', 'Archived', 'gray'),
];
const ORDER_STATE = [
  opt('issued', '已开具', 'Issued', 'blue'),
  opt('part_received', '部分收款', 'Part received', 'amber'),
  opt('received', '已收款', 'Received', 'green'),
  opt('void', '已作废', 'Void', 'gray'),
];
const GRADE = [
  opt('A', 'A 级', 'A', 'green'),
  opt('B', 'B 级', 'B', 'blue'),
  opt('C', 'C 级', 'C', 'amber'),
  opt('D', 'D 级', 'D', 'gray'),
];

export const meta = [
  {
    name: 'staff',
    label: L('员工', 'Staff'),
    title: 'name',
    subtitle: 'post',
    doc: '在本项目工作的人',
    fields: [
      f('name', 'text', '姓名', 'Name', { required: true, max: 20 }),
      f('post', 'text', '岗位', 'Post', { max: 30 }),
      f('mobile', 'text', '手机', 'Mobile', { masked: true, max: 20 }),
      f('active', 'bool', '在职', 'Active', { filter: true, preset: 'true' }),
    ],
    list: {
      columns: ['name', 'post', 'mobile', 'active'],
      filters: ['active'],
      sort: 'name',
      segment: null,
    },
    mobile: { lines: ['post', 'mobile'] },
    form: null,
    actions: ['create', 'update', 'export'],
  },
  {
    name: 'floor',
    label: L('楼层', 'Floors'),
    title: 'name',
    subtitle: null,
    doc: null,
    fields: [
      f('name', 'text', '楼层', 'Floor', { required: true, max: 10 }),
      f('level', 'int', '层数', 'Level', { min: -5, max: 60, sort: true }),
      f('leasable', 'area', '可出租面积', 'Leasable'),
    ],
    list: { columns: ['name', 'level', 'leasable'], filters: [], sort: 'level', segment: null },
    mobile: { lines: ['leasable'] },
    form: null,
    actions: ['create', 'update'],
  },
  {
    name: 'category',
    label: L('业态', 'Categories'),
    title: 'name',
    subtitle: null,
    doc: null,
    fields: [
      f('name', 'text', '业态', 'Category', { required: true, max: 20 }),
      f('parent_id', 'ref', '上级业态', 'Parent', { ref: 'category' }),
    ],
    list: { columns: ['name', 'parent_id'], filters: [], sort: 'name', segment: null },
    mobile: { lines: ['parent_id'] },
    form: null,
    actions: ['create', 'update'],
  },
  {
    name: 'channel',
    label: L('渠道', 'Channels'),
    title: 'name',
    subtitle: null,
    doc: null,
    fields: [f('name', 'text', '渠道', 'Channel', { required: true, max: 20 })],
    list: { columns: ['name'], filters: [], sort: 'name', segment: null },
    mobile: { lines: [] },
    form: null,
    actions: ['create', 'update'],
  },
  {
    name: 'merchant',
    label: L('商户', 'Merchants'),
    title: 'name',
    subtitle: 'credit_code',
    doc: '公司或个人，从第一通电话到退场只有一份档案',
    fields: [
      f('no', 'text', '商户编号', 'No.', { readonly: true, sort: true }),
      f('name', 'text', '商户名称', 'Name', { required: true, max: 60, sort: true }),
      f('kind', 'enum', '类型', 'Kind', {
        required: true,
        filter: true,
        preset: 'company',
        options: [
          opt('company', '公司', 'Company', 'blue'),
          opt('person', '个人', 'Person', 'violet'),
        ],
      }),
      f('credit_code', 'text', '统一社会信用代码', 'Credit code', { max: 18 }),
      f('legal_person', 'text', '法定代表人', 'Legal representative', { max: 30 }),
      f('mobile', 'text', '联系手机', 'Mobile', { masked: true, max: 20 }),
      f('category_id', 'ref', '业态', 'Category', { ref: 'category', filter: true }),
      f('owner_id', 'ref', '招商负责人', 'Owner', { ref: 'staff', filter: true }),
      f('blacklisted', 'bool', '黑名单', 'Blacklisted', { filter: true }),
      f('bank_account', 'text', '银行账号', 'Bank account', { masked: true, max: 30 }),
      f('note', 'longtext', '备注', 'Note', { max: 500 }),
    ],
    list: {
      columns: [
        'no',
        'name',
        'kind',
        'category_id',
        'legal_person',
        'mobile',
        'owner_id',
        'blacklisted',
      ],
      filters: ['category_id', 'owner_id', 'blacklisted'],
      sort: '-no',
      segment: 'kind',
    },
    mobile: { lines: ['category_id', 'mobile', 'owner_id'] },
    form: [
      {
        label: L('基本资料', 'Basics'),
        fields: ['name', 'kind', 'credit_code', 'legal_person', 'category_id', 'owner_id'],
      },
      {
        label: L('联系与账户', 'Contact and account'),
        fields: ['mobile', 'bank_account', 'blacklisted', 'note'],
      },
    ],
    actions: ['create', 'update', 'export', 'import'],
  },
  {
    name: 'brand',
    label: L('品牌', 'Brands'),
    title: 'name',
    subtitle: null,
    doc: null,
    fields: [
      f('name', 'text', '品牌', 'Brand', { required: true, max: 40, sort: true }),
      f('category_id', 'ref', '业态', 'Category', {
        ref: 'category',
        filter: true,
        required: true,
      }),
      f('merchant_id', 'ref', '商户', 'Merchant', { ref: 'merchant', filter: true }),
      f('area_from', 'area', '面积需求下限', 'Area from'),
      f('area_to', 'area', '面积需求上限', 'Area to'),
      f('price_to', 'price', '可承受单价', 'Price band'),
    ],
    list: {
      columns: ['name', 'category_id', 'merchant_id', 'area_from', 'area_to', 'price_to'],
      filters: ['category_id'],
      sort: 'name',
      segment: null,
    },
    mobile: { lines: ['category_id', 'area_from', 'price_to'] },
    form: null,
    actions: ['create', 'update', 'export', 'import'],
  },
  {
    name: 'unit',
    label: L('铺位', 'Units'),
    title: 'no',
    subtitle: 'status',
    doc: '铺位状态由合同、预留和交付推导，不手工填写',
    fields: [
      f('no', 'text', '铺位号', 'No.', { required: true, immutable: true, max: 20, sort: true }),
      f('floor_id', 'ref', '楼层', 'Floor', { ref: 'floor', required: true, filter: true }),
      f('status', 'enum', '状态', 'Status', { readonly: true, filter: true, options: UNIT_STATUS }),
      f('built_area', 'area', '建筑面积', 'Built area'),
      f('leasable_area', 'area', '计租面积', 'Leasable area', {
        required: true,
        sort: true,
        filter: true,
      }),
      f('frontage', 'text', '面宽（米）', 'Frontage (m)', { max: 10 }),
      f('category_id', 'ref', '规划业态', 'Planned category', { ref: 'category', filter: true }),
      f('floor_price', 'price', '底价（元/㎡/日）', 'Floor price', { sort: true }),
      f('target_price', 'price', '目标价（元/㎡/日）', 'Target price'),
      f('has_gas', 'bool', '燃气', 'Gas', { filter: true }),
      f('has_exhaust', 'bool', '排烟', 'Exhaust'),
      f('owner_id', 'ref', '责任人', 'Owner', { ref: 'staff', filter: true }),
      f('note', 'longtext', '备注', 'Note', { max: 300 }),
    ],
    list: {
      columns: [
        'no',
        'floor_id',
        'status',
        'leasable_area',
        'category_id',
        'floor_price',
        'target_price',
        'has_gas',
        'owner_id',
      ],
      filters: ['floor_id', 'category_id', 'leasable_area', 'owner_id'],
      sort: 'no',
      segment: 'status',
    },
    mobile: { lines: ['leasable_area', 'floor_price', 'category_id'] },
    form: [
      {
        label: L('位置', 'Place'),
        fields: ['no', 'floor_id', 'built_area', 'leasable_area', 'frontage'],
      },
      {
        label: L('条件与价格', 'Equipment and price'),
        fields: [
          'category_id',
          'floor_price',
          'target_price',
          'has_gas',
          'has_exhaust',
          'owner_id',
          'note',
        ],
      },
    ],
    actions: ['create', 'update', 'export', 'import'],
  },
  {
    name: 'inquiry',
    label: L('来电来访', 'Inquiries'),
    title: 'no',
    subtitle: null,
    doc: null,
    fields: [
      f('no', 'text', '编号', 'No.', { readonly: true }),
      f('kind', 'enum', '方式', 'Kind', {
        required: true,
        filter: true,
        options: [opt('call', '来电', 'Call', 'blue'), opt('visit', '来访', 'Visit', 'green')],
      }),
      f('at', 'instant', '时间', 'Time', { required: true, sort: true, filter: true }),
      f('merchant_id', 'ref', '商户', 'Merchant', { ref: 'merchant', filter: true }),
      f('channel_id', 'ref', '渠道', 'Channel', { ref: 'channel', required: true, filter: true }),
      f('content', 'longtext', '内容', 'Content', { max: 500 }),
    ],
    list: {
      columns: ['no', 'kind', 'at', 'merchant_id', 'channel_id', 'content'],
      filters: ['channel_id', 'at'],
      sort: '-at',
      segment: 'kind',
    },
    mobile: { lines: ['at', 'channel_id', 'content'] },
    form: null,
    actions: ['create', 'update', 'export'],
  },
  {
    name: 'lead',
    label: L('招商客户', 'Leads'),
    title: 'no',
    subtitle: 'brand_id',
    doc: null,
    fields: [
      f('no', 'text', '编号', 'No.', { readonly: true, sort: true }),
      f('merchant_id', 'ref', '商户', 'Merchant', {
        ref: 'merchant',
        required: true,
        filter: true,
      }),
      f('brand_id', 'ref', '品牌', 'Brand', { ref: 'brand', filter: true }),
      f('stage', 'enum', '阶段', 'Stage', { readonly: true, filter: true, options: LEAD_STAGE }),
      f('grade', 'enum', '意向等级', 'Grade', { filter: true, sort: true, options: GRADE }),
      f('category_id', 'ref', '业态', 'Category', { ref: 'category', filter: true }),
      f('area_from', 'area', '面积下限', 'Area from'),
      f('area_to', 'area', '面积上限', 'Area to'),
      f('budget', 'price', '预算（元/㎡/日）', 'Budget', { sort: true }),
      f('owner_id', 'ref', '负责人', 'Owner', { ref: 'staff', filter: true }),
      f('next_on', 'day', '下次跟进', 'Next follow-up', { sort: true, filter: true }),
      f('key_account', 'bool', '重点客户', 'Key account', { filter: true }),
      f('note', 'longtext', '备注', 'Note', { max: 500 }),
    ],
    list: {
      columns: [
        'no',
        'brand_id',
        'merchant_id',
        'stage',
        'grade',
        'category_id',
        'area_to',
        'budget',
        'owner_id',
        'next_on',
      ],
      filters: ['owner_id', 'grade', 'category_id', 'next_on'],
      sort: '-no',
      segment: 'stage',
    },
    mobile: { lines: ['brand_id', 'area_to', 'next_on'] },
    form: [
      {
        label: L('客户', 'Customer'),
        fields: ['merchant_id', 'brand_id', 'category_id', 'grade', 'key_account', 'owner_id'],
      },
      { label: L('需求', 'Demand'), fields: ['area_from', 'area_to', 'budget', 'next_on', 'note'] },
    ],
    bulk: [
      {
        name: 'assign',
        label: L('分配给', 'Assign to'),
        tone: 'default',
        fields: [f('owner_id', 'ref', '负责人', 'Owner', { ref: 'staff', required: true })],
      },
    ],
    actions: ['create', 'update', 'export', 'import'],
  },
  {
    name: 'lease',
    label: L('租赁合同', 'Leases'),
    title: 'no',
    subtitle: 'merchant_id',
    doc: null,
    fields: [
      f('no', 'text', '合同编号', 'No.', { readonly: true, sort: true }),
      f('kind', 'enum', '合同类型', 'Kind', {
        required: true,
        filter: true,
        preset: 'shop',
        options: [
          opt('shop', '商铺', 'Shop', 'blue'),
          opt('advertising', '广告位', 'Advertising', 'violet'),
          opt('temporary', '多经', 'Temporary', 'amber'),
        ],
      }),
      f('merchant_id', 'ref', '商户', 'Merchant', {
        ref: 'merchant',
        required: true,
        filter: true,
      }),
      f('brand_id', 'ref', '品牌', 'Brand', { ref: 'brand', filter: true }),
      f('unit_id', 'ref', '铺位', 'Unit', { ref: 'unit', required: true, filter: true }),
      f('state', 'enum', '合同状态', 'State', {
        readonly: true,
        filter: true,
        options: LEASE_STATE,
      }),
      f('area', 'area', '计租面积', 'Area', { required: true }),
      f('price', 'price', '单价（元/㎡/日）', 'Price', { required: true }),
      f('month_rent', 'money', '月租金', 'Monthly rent', { sort: true }),
      f('turnover_percent', 'percent', '提成比例', 'Turnover'),
      f('signed_on', 'day', '签约日', 'Signed'),
      f('handover_on', 'day', '交付日', 'Handover'),
      f('from_on', 'day', '起租日', 'Rent start', { required: true, sort: true }),
      f('to_on', 'day', '到期日', 'End', { required: true, sort: true, filter: true }),
      f('deposit_months', 'int', '保证金月数', 'Deposit months', { min: 0, max: 12 }),
      f('owner_id', 'ref', '招商负责人', 'Owner', { ref: 'staff', filter: true }),
      f('opening_on', 'day', '开业日', 'Opening'),
      f('terms', 'json', '计租条款', 'Terms', { readonly: true }),
      f('note', 'longtext', '备注', 'Note', { max: 500 }),
    ],
    list: {
      columns: [
        'no',
        'merchant_id',
        'unit_id',
        'state',
        'kind',
        'area',
        'month_rent',
        'turnover_percent',
        'from_on',
        'to_on',
        'owner_id',
      ],
      filters: ['kind', 'owner_id', 'to_on'],
      sort: '-no',
      segment: 'state',
    },
    mobile: { lines: ['merchant_id', 'unit_id', 'month_rent', 'to_on'] },
    form: [
      {
        label: L('签约双方', 'Parties'),
        fields: ['no', 'kind', 'merchant_id', 'brand_id', 'unit_id', 'owner_id', 'signed_on'],
      },
      {
        label: L('计租', 'Rent'),
        fields: ['area', 'price', 'month_rent', 'turnover_percent', 'deposit_months'],
      },
      {
        label: L('租期', 'Term'),
        fields: ['handover_on', 'from_on', 'opening_on', 'to_on', 'note'],
      },
    ],
    tabs: ['files', 'approvals', 'timeline', 'history'],
    actions: ['create', 'update', 'export', 'import'],
  },
  {
    name: 'payment_order',
    label: L('交款单', 'Payment orders'),
    title: 'no',
    subtitle: null,
    doc: null,
    fields: [
      f('no', 'text', '单号', 'No.', { readonly: true, sort: true }),
      f('lease_id', 'ref', '合同', 'Lease', { ref: 'lease', filter: true }),
      f('merchant_id', 'ref', '商户', 'Merchant', { ref: 'merchant', filter: true }),
      f('state', 'enum', '状态', 'State', { readonly: true, filter: true, options: ORDER_STATE }),
      f('total', 'money', '金额', 'Total', { sort: true }),
      f('due_on', 'day', '应交日期', 'Due', { sort: true, filter: true }),
    ],
    list: {
      columns: ['no', 'merchant_id', 'lease_id', 'state', 'total', 'due_on'],
      filters: ['merchant_id', 'due_on'],
      sort: '-no',
      segment: 'state',
    },
    mobile: { lines: ['merchant_id', 'total', 'due_on'] },
    form: null,
    actions: ['export'],
  },
];

const STAFF = [
  ['王思远', '招商经理'],
  ['陈雨桐', '招商主管'],
  ['李浩然', '招商专员'],
  ['赵启明', '招商专员'],
  ['张婉清', '招商内勤'],
  ['周子墨', '运营经理'],
  ['刘佳宁', '运营专员'],
  ['孙立成', '财务主管'],
  ['何建国', '总经理'],
  ['林晓峰', '运营总监'],
];
const CATS = ['餐饮', '服饰', '儿童亲子', '生活服务', '休闲娱乐', '主力店', '美妆个护', '数码家电'];
const BRANDS = [
  '青禾里',
  '柒号面馆',
  '拾光书屋',
  '山野咖啡',
  '阿嬷手作',
  '木槿童装',
  '北岸烘焙',
  '云朵乐园',
  '简一家居',
  '弥生料理',
  '南巷火锅',
  '朴素衣橱',
  '清欢茶社',
  '果壳数码',
  '星野影城',
  '小满花艺',
  '海盐牛排',
  '鹿鸣健身',
  '蓝鲸水族',
  '半亩田超市',
  '竹外轻食',
  '观止眼镜',
  '知夏冰品',
  '不二钟表',
  '拾味卤坊',
  '橙子英语',
  '悠然足道',
  '巧手陶艺',
  '墨白男装',
  '初见美甲',
];
const CHANNELS = ['来电', '来访', '转介绍', '中介', '展会', '线上'];

export const db = {};
let nextId = 7211000;
const idOf = () => String((nextId += 1));
const put = (entity, row) => {
  db[entity] ??= [];
  const created = row.created_at ?? at(-rnd(300) - 3);
  const full = {
    id: row.id ?? idOf(),
    version: 1,
    created_at: created,
    created_by: { id: '1', label: '陈雨桐' },
    updated_at: created,
    updated_by: { id: '1', label: '陈雨桐' },
    ...row,
  };
  db[entity].push(full);
  return full;
};
const ref = (row, key = 'name') => ({ id: row.id, label: row[key] });

const staff = STAFF.map(([name, post], i) =>
  put('staff', { name, post, mobile: `138${pad(rnd(100000000), 8)}`, active: i < 9 }),
);
const floors = ['B1', 'L1', 'L2', 'L3', 'L4', 'L5'].map((name, i) =>
  put('floor', { name, level: i - 1 || 1, leasable: '6820.50' }),
);
const cats = CATS.map((name) => put('category', { name, parent_id: null }));
const channels = CHANNELS.map((name) => put('channel', { name }));
const merchants = BRANDS.flatMap((name, i) =>
  [0, 1].map((n) =>
    put('merchant', {
      no: `SH-${pad(i * 2 + n + 1, 4)}`,
      name: `${name}${n ? '（分店）' : ''}${['餐饮管理', '商贸', '文化传媒', '生活服务'][rnd(4)]}有限公司`,
      kind: rnd(6) ? 'company' : 'person',
      credit_code: `91330100MA${pad(rnd(10000000), 7)}X`,
      legal_person: pick(['吴敏', '郑凯', '冯雪', '蒋涛', '沈月']),
      mobile: `139${pad(rnd(100000000), 8)}`,
      category_id: ref(pick(cats)),
      owner_id: ref(staff[rnd(4)]),
      blacklisted: rnd(30) === 0,
      bank_account: `62220210${pad(rnd(100000000), 8)}`,
      note: null,
    }),
  ),
);
const brands = BRANDS.map((name, i) =>
  put('brand', {
    name,
    category_id: ref(pick(cats)),
    merchant_id: ref(merchants[i * 2]),
    area_from: `${60 + rnd(80)}.00`,
    area_to: `${160 + rnd(400)}.00`,
    price_to: `${2 + rnd(9)}.${pad(rnd(100), 2)}00`,
  }),
);
const units = Array.from({ length: 306 }, (_, i) => {
  const floor = floors[Math.floor(i / 51)];
  const area = `${40 + rnd(400)}.${pad(rnd(100), 2)}`;
  return put('unit', {
    no: `${floor.name}-${pad((i % 51) + 1, 3)}`,
    floor_id: ref(floor),
    status: pick([
      'vacant',
      'open',
      'open',
      'open',
      'open',
      'open',
      'open',
      'notice',
      'fitting_out',
      'signed',
      'reserved',
      'own_use',
    ]),
    built_area: area,
    leasable_area: area,
    frontage: `${4 + rnd(12)}.${rnd(10)}`,
    category_id: ref(pick(cats)),
    floor_price: `${2 + rnd(8)}.${rnd(10)}000`,
    target_price: `${4 + rnd(9)}.${rnd(10)}500`,
    has_gas: rnd(3) === 0,
    has_exhaust: rnd(3) === 0,
    owner_id: ref(staff[rnd(4)]),
    note: null,
  });
});
for (let i = 0; i < 251; i += 1) {
  const b = rnd(brands.length);
  const unit = units[(i * 7) % units.length];
  const price = `${3 + rnd(8)}.${rnd(10)}${rnd(10)}00`;
  const from = dayPlus('2024-01-01', rnd(900));
  const rent = Math.round(Number(unit.leasable_area) * Number(price) * 3000 + rnd(99));
  put('lease', {
    no: `HT-${from.slice(0, 4)}-${pad(i + 1, 4)}`,
    kind: rnd(12) ? 'shop' : 'temporary',
    merchant_id: ref(merchants[b * 2]),
    brand_id: ref(brands[b]),
    unit_id: ref(unit, 'no'),
    state: pick([
      'effective',
      'effective',
      'effective',
      'effective',
      'effective',
      'expiring',
      'draft',
      'countersigning',
      'terminated',
      'archived',
    ]),
    area: unit.leasable_area,
    price,
    month_rent: `${Math.floor(rent / 100)}.${pad(rent % 100, 2)}`,
    turnover_percent: rnd(2) ? `${4 + rnd(14)}.5` : null,
    signed_on: dayPlus(from, -40),
    handover_on: dayPlus(from, -30),
    from_on: from,
    to_on: dayPlus(from, 1094),
    deposit_months: 3,
    owner_id: ref(staff[rnd(4)]),
    opening_on: dayPlus(from, 15),
    terms: [
      { item: '租金', basis: '元/㎡/日', price, from, to: dayPlus(from, 364) },
      {
        item: '租金',
        basis: '元/㎡/日',
        price: '7.2500',
        from: dayPlus(from, 365),
        to: dayPlus(from, 1094),
      },
    ],
    note: null,
  });
}
for (let i = 0; i < 96; i += 1) {
  const b = rnd(brands.length);
  put('lead', {
    no: `KH-2026-${pad(i + 1, 4)}`,
    merchant_id: ref(merchants[b * 2 + rnd(2)]),
    brand_id: ref(brands[b]),
    stage: pick(LEAD_STAGE).value,
    grade: pick(['A', 'B', 'B', 'C', 'D']),
    category_id: ref(pick(cats)),
    area_from: '80.00',
    area_to: `${100 + rnd(300)}.00`,
    budget: `${3 + rnd(8)}.5000`,
    owner_id: ref(staff[rnd(4)]),
    next_on: dayPlus(TODAY, rnd(30) - 8),
    key_account: rnd(6) === 0,
    note: null,
  });
}
for (let i = 0; i < 140; i += 1) {
  put('inquiry', {
    no: `LF-2026-${pad(i + 1, 4)}`,
    kind: rnd(3) ? 'call' : 'visit',
    at: at(-rnd(60), rnd(9) + 1),
    merchant_id: ref(pick(merchants)),
    channel_id: ref(pick(channels)),
    content: pick([
      '询问一层临街铺位，面积 100 平左右',
      '想了解餐饮区租金与免租期',
      '约定周五下午看铺',
      '同行介绍，计划明年春季开店',
    ]),
  });
}
for (let i = 0; i < 64; i += 1) {
  const lease = pick(db.lease);
  put('payment_order', {
    no: `JK-2026-${pad(i + 1, 5)}`,
    lease_id: ref(lease, 'no'),
    merchant_id: lease.merchant_id,
    state: pick(ORDER_STATE).value,
    total: lease.month_rent,
    due_on: dayPlus(TODAY, rnd(40) - 20),
  });
}

const LABELS = { lease: 'no', unit: 'no', lead: 'no', payment_order: 'no' };
export const labelOf = (entity, row) => row[LABELS[entity] ?? 'name'] ?? row.no ?? row.id;

export const approvals = [0, 1, 2, 3, 4, 5].map((i) => {
  const lease = db.lease[i * 11 + 3];
  const below = i % 3 === 1;
  return {
    id: String(8100 + i),
    title: `${['新签合同会签', '低于底价审批', '合同会签', '续租会签', '减免审批', '用印审批'][i]} · ${lease.brand_id.label} ${lease.unit_id.label}`,
    flow: { zh: '租赁合同会签', en: 'Lease countersigning' },
    subject: { entity: 'lease', id: lease.id, label: lease.no },
    requested_by: ref(staff[i % 4]),
    requested_at: at(-i - 1),
    due_on: dayPlus(TODAY, 2 - i),
    state: 'running',
    step: ['招商经理审核', '运营总监审批', '总经理审批'][i % 3],
    version: 1,
    snapshot: [
      { label: L('合同编号', 'No.'), value: lease.no },
      { label: L('商户', 'Merchant'), value: lease.merchant_id.label },
      { label: L('铺位', 'Unit'), value: lease.unit_id.label },
      { label: L('计租面积', 'Area'), type: 'area', value: lease.area },
      { label: L('单价（元/㎡/日）', 'Price'), type: 'price', value: lease.price },
      { label: L('月租金', 'Monthly rent'), type: 'money', value: lease.month_rent },
      { label: L('起租日', 'Rent start'), type: 'day', value: lease.from_on },
      { label: L('到期日', 'End'), type: 'day', value: lease.to_on },
      { label: L('保证金月数', 'Deposit months'), type: 'int', value: 3 },
    ],
    findings: [
      ...(below
        ? [
            {
              level: 'block',
              text: `单价 ¥${lease.price} 低于底价 ¥${(Number(lease.price) + 0.8).toFixed(4)}，须运营总监批准`,
              field: 'price',
            },
          ]
        : []),
      { level: 'warn', text: '装修免租期 45 天，超过政策上限 30 天', field: 'handover_on' },
      { level: 'ok', text: '铺位在租期内没有其他有效合同' },
      { level: 'ok', text: '商户资料齐全：营业执照、法人身份证、授权书' },
    ],
    trail: [
      {
        at: at(-i - 1),
        step: '发起',
        by: ref(staff[i % 4]),
        on_behalf_of: null,
        decision: 'submit',
        opinion: '商户已确认全部条款，请审阅。',
      },
      {
        at: at(-i, 6),
        step: '招商主管审核',
        by: ref(staff[1]),
        on_behalf_of: i % 2 ? ref(staff[0]) : null,
        decision: 'agree',
        opinion: '条款与洽谈纪要一致。',
      },
    ],
    steps: [
      { name: '招商主管审核', state: 'done', people: ['陈雨桐'] },
      { name: '招商经理审核', state: 'current', people: ['王思远'] },
      { name: '总经理审批', state: 'waiting', people: ['何建国'] },
    ],
    my_task: {
      id: String(9100 + i),
      actions: ['agree', 'reject', 'return', 'delegate', 'add_sign'],
    },
  };
});
export const people = staff;
