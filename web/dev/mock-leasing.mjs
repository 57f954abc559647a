// Mock answers of leasing: floor plan, lead board, registers, daily report, calendar. Loaded by mock.mjs:
// install() puts the fields of the real entities into meta and rows, route() answers what is no plain record.
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
const STAGES = [
  opt('new', '新登记', 'New'),
  opt('contacted', '已联系', 'Contacted'),
  opt('visited', '已来访', 'Visited', 'blue'),
  opt('intention', '有意向', 'Intention', 'blue'),
  opt('negotiating', '洽谈中', 'Negotiating', 'amber'),
  opt('approved', '已审批', 'Approved', 'amber'),
  opt('deposit_paid', '已交定金', 'Deposit paid', 'violet'),
  opt('contracting', '签约中', 'Contracting', 'violet'),
  opt('signed', '已签约', 'Signed', 'green'),
  opt('lost', '已流失', 'Lost', 'red'),
  opt('dormant', '公海', 'In the pool'),
];
const WAY = STAGES.slice(0, 9).map((one) => one.value);
const OPEN = WAY.slice(0, 8);
const EARLY = WAY.slice(0, 5);
const GRADES = [
  opt('A', 'A 准客户', 'A ready to sign', 'red'),
  opt('B', 'B 意向客户', 'B interested', 'amber'),
  opt('C', 'C 优质潜在', 'C good prospect', 'blue'),
  opt('D', 'D 一般潜在', 'D prospect'),
];
const LOST = [
  ['price', '租金过高', 'Rent too high'],
  ['no_unit', '无合适铺位', 'No fitting unit'],
  ['location', '位置/客流不符', 'Location or footfall'],
  ['conditions', '工程条件不符', 'Technical conditions'],
  ['competitor', '选择其他项目', 'Went to a competitor'],
  ['other', '其他', 'Other'],
].map(([value, zh, en]) => opt(value, zh, en));
const WAYS = [
  opt('phone', '电话', 'Phone', 'blue'),
  opt('wechat', '微信', 'WeChat', 'green'),
  opt('visit_us', '客户来访', 'Customer came', 'violet'),
  opt('visit_them', '登门拜访', 'We went there', 'violet'),
  opt('meeting', '会议洽谈', 'Meeting', 'violet'),
  opt('email', '邮件', 'E-mail'),
  opt('other', '其他', 'Other'),
];
const RESULTS = [
  opt('interested', '有兴趣', 'Interested', 'green'),
  opt('considering', '考虑中', 'Considering', 'blue'),
  opt('invited', '已邀约来访', 'Invited', 'green'),
  opt('difficult', '疑难', 'Difficult', 'amber'),
  opt('no_answer', '未接通', 'No answer'),
  opt('refused', '拒绝', 'Refused', 'red'),
];
const KINDS = [opt('call', '来电', 'Call', 'blue'), opt('visit', '来访', 'Visit', 'green')];
const UNIT_STATUS = [
  opt('vacant', '空置', 'Vacant', 'red'),
  opt('reserved', '预留', 'Reserved', 'violet'),
  opt('locked', '锁定', 'Locked', 'violet'),
  opt('signed', '已签约', 'Signed', 'blue'),
  opt('handed_over', '已交付', 'Handed over', 'blue'),
  opt('fitting_out', '装修中', 'Fitting out', 'blue'),
  opt('open', '营业中', 'Open', 'green'),
  opt('notice', '待退租', 'On notice', 'amber'),
  opt('own_use', '自用', 'Own use'),
  opt('disabled', '停用', 'Out of use'),
];
const note = [
  f('content', 'text', '说明', 'Remarks', { max: 1000 }),
  f('grade', 'enum', '意向等级', 'Grade', { options: GRADES }),
  f('next_on', 'day', '下次跟进', 'Next'),
];
const contact = [
  f('way', 'enum', '方式', 'Way', { options: WAYS, preset: 'phone', required: true }),
  f('content', 'longtext', '内容', 'Content', { required: true, max: 1000 }),
  f('result', 'enum', '结果', 'Result', { options: RESULTS }),
  ...note.slice(1),
];
const reason = [f('reason', 'text', '原因', 'Reason', { required: true, max: 200 })];
const owner = f('owner_id', 'ref', '新归属人', 'New owner', { ref: 'staff', required: true });
const take = [f('next_on', 'day', '下次跟进', 'Next')];
const lose = [
  f('lost_reason', 'enum', '流失原因', 'Why lost', { required: true, options: LOST }),
  f('lost_to', 'text', '流失去向', 'Lost to', { max: 200 }),
  note[0],
];
const FLOW = [
  ['new', 'contact', 'contacted', '联系', 'Contact', 'primary', contact],
  ['new contacted', 'visit', 'visited', '来访', 'Visit', 'primary', note],
  ['contacted visited', 'intend', 'intention', '确认意向', 'Confirm interest', 'primary', note],
  ['intention', 'negotiate', 'negotiating', '开始洽谈', 'Negotiate', 'primary', note],
  ['negotiating', 'approve', 'approved', '批准方案', 'Approve the offer', 'primary', note],
  [OPEN.join(' '), 'follow_up', null, '跟进', 'Follow up', 'default', contact],
  [OPEN.join(' '), 'lose', 'lost', '流失', 'Mark as lost', 'danger', lose],
  [EARLY.join(' '), 'sleep', 'dormant', '放入公海', 'Put into the pool', 'default', reason],
  [EARLY.join(' '), 'release', null, '释放归属', 'Give up ownership', 'default', reason],
  ['dormant', 'take', 'contacted', '领取', 'Take', 'primary', take],
  [`dormant ${OPEN.join(' ')}`, 'assign', null, '分配', 'Assign', 'default', [owner, ...reason]],
  ['lost', 'reopen', 'contacted', '重新激活', 'Reopen', 'primary', reason],
].map(([from, action, to, zh, en, tone, fields]) => ({
  from: from.split(' '),
  action,
  to,
  label: L(zh, en),
  tone,
  fields,
}));

const list = (columns, filters, sort, segment = null) => ({
  columns: columns.split(' '),
  filters: filters.split(' ').filter(Boolean),
  sort,
  segment,
});
const entity = (name, zh, en, title, fields, listing, more = {}) => ({
  name,
  label: L(zh, en),
  title,
  subtitle: null,
  doc: null,
  fields,
  list: listing,
  mobile: { lines: listing.columns.slice(1, 4) },
  form: null,
  actions: ['create', 'update', 'export'],
  ...more,
});
const ref = (name, target, zh, en, more = {}) =>
  f(name, 'ref', zh, en, { ref: target, filter: true, ...more });

const ENTITIES = [
  entity(
    'lead',
    '招商客户',
    'Lead',
    'name',
    [
      f('no', 'text', '客户编号', 'No.', { readonly: true, sort: true }),
      f('name', 'text', '客户名称', 'Name', { required: true, max: 120, sort: true }),
      ref('merchant_id', 'merchant', '商户', 'Merchant'),
      ref('contact_id', 'contact', '联系人', 'Contact', { filter: false }),
      ref('brand_id', 'brand', '品牌', 'Brand'),
      ref('category_id', 'category', '业态', 'Category'),
      f('stage', 'enum', '阶段', 'Stage', { readonly: true, filter: true, options: STAGES }),
      f('grade', 'enum', '意向等级', 'Grade', { filter: true, sort: true, options: GRADES }),
      f('key_account', 'bool', '重点客户', 'Key account', { filter: true }),
      f('area_min', 'area', '需求面积下限', 'Area from'),
      f('area_max', 'area', '需求面积上限', 'Area to'),
      f('budget_price', 'price', '租金预算', 'Budget'),
      f('floors_wish', 'text', '意向楼层', 'Floors wanted', { max: 120 }),
      f('needs_water', 'bool', '需上下水', 'Needs water'),
      f('needs_gas', 'bool', '需燃气', 'Needs gas'),
      f('needs_exhaust', 'bool', '需排油烟', 'Needs exhaust'),
      f('frontage_min', 'int', '最小面宽（厘米）', 'Least frontage (cm)', { max: 100000 }),
      f('opening_wish_on', 'day', '期望开业', 'Opening wished'),
      f('demand', 'text', '需求说明', 'Demand', { max: 1000 }),
      ref('channel_id', 'channel', '来源渠道', 'Channel'),
      ref('owner_id', 'staff', '归属人', 'Owner', { immutable: true }),
      f('next_follow_on', 'day', '下次跟进', 'Next follow-up', { filter: true, sort: true }),
      f('last_contact_at', 'instant', '最近联系', 'Last contact', { readonly: true, sort: true }),
      f('stage_since', 'instant', '进入阶段时间', 'In stage since', { readonly: true }),
      f('lost_reason', 'enum', '流失原因', 'Why lost', { readonly: true, options: LOST }),
      f('remarks', 'longtext', '备注', 'Remarks', { max: 2000 }),
    ],
    list(
      'no name category_id brand_id stage grade area_min area_max budget_price owner_id next_follow_on last_contact_at channel_id',
      'owner_id grade category_id channel_id key_account next_follow_on',
      '-no',
      'stage',
    ),
    {
      subtitle: 'no',
      mobile: { lines: ['category_id', 'grade', 'next_follow_on'] },
      form: [
        {
          label: L('客户', 'Customer'),
          fields: [
            'name',
            'merchant_id',
            'contact_id',
            'brand_id',
            'category_id',
            'channel_id',
            'owner_id',
          ],
        },
        {
          label: L('需求', 'Demand'),
          fields: [
            'area_min',
            'area_max',
            'budget_price',
            'floors_wish',
            'opening_wish_on',
            'demand',
          ],
        },
        {
          label: L('工程条件', 'Technical needs'),
          fields: ['needs_water', 'needs_gas', 'needs_exhaust', 'frontage_min'],
        },
        {
          label: L('跟进', 'Follow-up'),
          fields: ['grade', 'key_account', 'next_follow_on', 'remarks'],
        },
      ],
      actions: ['create', 'update', 'export', 'import'],
    },
  ),
  entity(
    'contact',
    '联系人',
    'Contact',
    'name',
    [
      ref('merchant_id', 'merchant', '商户', 'Merchant', { required: true }),
      f('name', 'text', '姓名', 'Name', { required: true }),
      f('role', 'text', '职务', 'Role'),
      f('mobile', 'text', '手机', 'Mobile', { masked: true }),
      f('phone', 'text', '固定电话', 'Landline', { masked: true }),
      f('wechat', 'text', '微信', 'WeChat', { masked: true }),
    ],
    list('name merchant_id mobile role', 'merchant_id', 'name'),
  ),
  entity(
    'inquiry',
    '来电来访',
    'Inquiry',
    'name',
    [
      f('no', 'text', '序号', 'No.', { readonly: true, sort: true }),
      f('kind', 'enum', '类型', 'Kind', { required: true, filter: true, options: KINDS }),
      f('at', 'instant', '时间', 'Time', { sort: true }),
      f('on_day', 'day', '日期', 'Day', { readonly: true, filter: true }),
      f('phone', 'text', '电话', 'Phone', { required: true, masked: true }),
      f('name', 'text', '姓名', 'Name', { required: true }),
      f('brand_name', 'text', '品牌/公司', 'Brand or company'),
      ref('channel_id', 'channel', '获知途径', 'Channel', { required: true }),
      ref('category_id', 'category', '业态', 'Category'),
      f('area_min', 'area', '意向面积', 'Area from'),
      f('content', 'text', '内容', 'Content', { max: 1000 }),
      f('grade', 'enum', '意向等级', 'Grade', { filter: true, options: GRADES }),
      f('next_follow_on', 'day', '下次跟进', 'Next follow-up', { filter: true }),
      ref('receptionist_id', 'staff', '接待人', 'Received by'),
      f('visitors', 'int', '来访人数', 'Visitors', { min: 1, max: 200 }),
      f('units_shown', 'text', '看铺铺位', 'Units shown'),
      ref('merchant_id', 'merchant', '商户', 'Merchant'),
      ref('lead_id', 'lead', '招商客户', 'Lead'),
      f('is_new', 'bool', '新客户', 'New customer', { readonly: true, filter: true }),
    ],
    list(
      'no kind at name phone brand_name category_id channel_id content receptionist_id next_follow_on lead_id',
      'on_day channel_id category_id receptionist_id grade',
      '-at',
      'kind',
    ),
    { mobile: { lines: ['brand_name', 'category_id', 'channel_id', 'at'] } },
  ),
  entity(
    'follow_up',
    '跟进记录',
    'Follow-up',
    'content',
    [
      ref('lead_id', 'lead', '招商客户', 'Lead', { required: true }),
      f('way', 'enum', '方式', 'Way', {
        required: true,
        filter: true,
        options: WAYS,
        preset: 'phone',
      }),
      f('content', 'longtext', '内容', 'Content', { required: true, max: 1000 }),
      f('result', 'enum', '结果', 'Result', { options: RESULTS, filter: true }),
      f('grade', 'enum', '意向等级', 'Grade', { options: GRADES }),
      f('next_on', 'day', '下次日期', 'Next'),
      f('at', 'instant', '时间', 'At', { sort: true }),
      ref('staff_id', 'staff', '跟进人', 'By'),
    ],
    list('at lead_id way content result grade next_on staff_id', 'staff_id way result', '-at'),
  ),
  entity(
    'offer',
    '谈判方案',
    'Offer',
    'lead_id',
    [
      ref('lead_id', 'lead', '招商客户', 'Lead', { required: true, immutable: true }),
      f('round', 'int', '轮次', 'Round', { sort: true }),
      f('side', 'enum', '提出方', 'Side', {
        required: true,
        preset: 'ours',
        options: [
          opt('ours', '我方方案', 'Ours', 'blue'),
          opt('theirs', '客户报价', 'Theirs', 'amber'),
        ],
      }),
      f('offered_on', 'day', '日期', 'Day', { sort: true }),
      ref('unit_id', 'unit', '铺位', 'Unit'),
      f('rent_price', 'price', '租金（元/㎡/月）', 'Rent'),
      f('turnover_percent', 'percent', '提成（%）', 'Turnover rent (%)'),
      f('free_days', 'int', '免租期（天）', 'Rent-free days', { max: 1000 }),
      f('deposit_months', 'int', '保证金（月）', 'Deposit (months)', { max: 36 }),
      f('content', 'text', '其他条件', 'Other terms', { max: 1000 }),
      f('concession', 'percent', '较目标价让步（%）', 'Concession (%)', { readonly: true }),
      f('below_floor', 'bool', '低于底价', 'Below the floor price', { readonly: true }),
      f('is_accepted', 'bool', '已达成', 'Agreed', { filter: true }),
    ],
    list(
      'round side offered_on unit_id rent_price free_days concession below_floor is_accepted',
      'lead_id',
      '-offered_on',
    ),
  ),
  entity(
    'unit_hold',
    '铺位预留',
    'Hold',
    'unit_id',
    [
      ref('unit_id', 'unit', '铺位', 'Unit', { required: true }),
      ref('lead_id', 'lead', '招商客户', 'Lead', { required: true }),
      f('from_at', 'instant', '开始时间', 'From', { readonly: true }),
      f('until_at', 'instant', '截止时间', 'Until', { sort: true }),
      f('reason', 'text', '原因', 'Reason', { required: true, max: 200 }),
      f('locked', 'bool', '已收定金', 'Deposit received', { readonly: true }),
      ref('staff_id', 'staff', '预留人', 'By', { readonly: true }),
      f('state', 'enum', '状态', 'State', {
        readonly: true,
        filter: true,
        options: [
          opt('active', '预留中', 'Active', 'amber'),
          opt('expired', '已到期', 'Expired'),
          opt('released', '已释放', 'Released'),
          opt('converted', '已转签约', 'Became a lease', 'green'),
        ],
      }),
    ],
    list(
      'unit_id lead_id from_at until_at reason locked staff_id state',
      'unit_id',
      'until_at',
      'state',
    ),
    { actions: ['create'] },
  ),
  entity(
    'intent',
    '意向书',
    'Letter of intent',
    'no',
    [
      f('no', 'text', '意向书编号', 'No.', { readonly: true }),
      ref('lead_id', 'lead', '招商客户', 'Lead', { required: true }),
      ref('merchant_id', 'merchant', '商户', 'Merchant', { required: true }),
      ref('brand_id', 'brand', '品牌', 'Brand'),
      ref('category_id', 'category', '业态', 'Category'),
      ref('unit_id', 'unit', '铺位', 'Unit', { required: true }),
      f('area', 'area', '计租面积', 'Rent area', { required: true }),
      f('from_on', 'day', '租期起', 'Term from', { required: true }),
      f('to_on', 'day', '租期止', 'Term to', { required: true }),
      f('price', 'price', '租金单价', 'Rent price', { required: true }),
      f('free_days', 'int', '免租天数', 'Rent-free days', { preset: '0', max: 1000 }),
      f('deposit_months', 'int', '保证金月数', 'Deposit (months)', { preset: '3', max: 24 }),
      f('deposit_amount', 'money', '意向金金额', 'Amount paid', { preset: '0.00' }),
      f('valid_until_on', 'day', '有效期至', 'Valid until', { required: true }),
      f('special', 'longtext', '特别约定', 'Special terms', { max: 2000 }),
      ref('owner_id', 'staff', '招商负责人', 'Owner'),
      f('state', 'enum', '状态', 'State', {
        readonly: true,
        filter: true,
        options: [
          opt('draft', '草稿', 'Draft'),
          opt('submitted', '审批中', 'In approval', 'blue'),
          opt('approved', '已批准', 'Approved', 'green'),
        ],
      }),
    ],
    list(
      'no lead_id unit_id area price from_on to_on valid_until_on state',
      'lead_id',
      '-no',
      'state',
    ),
    {
      form: [
        {
          label: L('双方与铺位', 'Parties and unit'),
          fields: ['lead_id', 'merchant_id', 'brand_id', 'category_id', 'unit_id', 'area'],
        },
        {
          label: L('租期与租金', 'Term and rent'),
          fields: ['from_on', 'to_on', 'price', 'free_days', 'deposit_months'],
        },
        {
          label: L('意向金与有效期', 'Money and validity'),
          fields: ['deposit_amount', 'valid_until_on', 'special', 'owner_id'],
        },
      ],
    },
  ),
  entity(
    'visit_plan',
    '拜访计划',
    'Visit plan',
    'title',
    [
      f('title', 'text', '主题', 'Subject', { required: true, max: 120 }),
      ref('lead_id', 'lead', '招商客户', 'Lead'),
      ref('staff_id', 'staff', '拜访人', 'By'),
      f('planned_on', 'day', '计划日期', 'Planned on', {
        required: true,
        filter: true,
        sort: true,
      }),
      f('minute_of_day', 'int', '时刻（分钟）', 'Minute of the day', { max: 1439 }),
      f('place', 'text', '地点', 'Place', { max: 200 }),
      f('purpose', 'text', '目的', 'Purpose', { required: true, max: 400 }),
      f('state', 'enum', '状态', 'State', {
        readonly: true,
        filter: true,
        options: [
          opt('planned', '已计划', 'Planned', 'blue'),
          opt('done', '已拜访', 'Made, report due', 'amber'),
          opt('reported', '已报告', 'Reported', 'green'),
        ],
      }),
    ],
    list(
      'planned_on title lead_id staff_id purpose state',
      'staff_id planned_on',
      '-planned_on',
      'state',
    ),
  ),
  entity(
    'daily_report',
    '招商日报',
    'Daily report',
    'staff_id',
    [
      ref('staff_id', 'staff', '报告人', 'By', { required: true }),
      f('day', 'day', '日期', 'Day', { required: true, filter: true, sort: true }),
      f('figures', 'json', '数据', 'Figures', { readonly: true }),
      f('remarks', 'longtext', '工作小结', 'Summary', { max: 2000 }),
      f('problems', 'longtext', '问题与建议', 'Problems', { max: 2000 }),
      f('plans', 'longtext', '明日计划', 'Tomorrow', { max: 2000 }),
      f('state', 'enum', '状态', 'State', {
        readonly: true,
        filter: true,
        options: [opt('draft', '草稿', 'Draft'), opt('submitted', '已提交', 'Submitted', 'green')],
      }),
      f('submitted_at', 'instant', '提交时间', 'Submitted at', { readonly: true, sort: true }),
      f('late', 'bool', '迟交', 'Late', { readonly: true, filter: true }),
    ],
    list('day staff_id remarks state submitted_at late', 'staff_id day state', '-day', 'state'),
  ),
  entity(
    'policy_document',
    '招商政策',
    'Policy document',
    'title',
    [
      f('title', 'text', '标题', 'Title', { required: true }),
      f('kind', 'enum', '类别', 'Kind', {
        filter: true,
        options: [
          opt('leasing', '招商政策', 'Leasing policy', 'blue'),
          opt('process', '招商流程', 'Leasing process', 'blue'),
          opt('script', '接待说辞', 'What to say', 'green'),
          opt('fitout', '装修要求', 'Fit-out rules'),
        ],
      }),
      f('edition', 'text', '版本', 'Edition', { required: true }),
      f('from_on', 'day', '生效日期', 'Valid from', { required: true, sort: true }),
      f('to_on', 'day', '失效日期', 'Valid until', { sort: true }),
      f('content', 'longtext', '内容', 'Content', { required: true }),
      f('state', 'enum', '状态', 'State', {
        readonly: true,
        filter: true,
        options: [
          opt('draft', '草稿', 'Draft'),
          opt('in_force', '现行', 'In force', 'green'),
          opt('superseded', '已被取代', 'Superseded'),
        ],
      }),
    ],
    list('title kind edition from_on to_on state', 'state kind', '-from_on'),
  ),
  entity(
    'faq',
    '招商问答',
    'Question and answer',
    'question',
    [
      f('question', 'text', '问题', 'Question', { required: true }),
      f('answer', 'longtext', '回答', 'Answer', { required: true }),
      f('tags', 'text', '标签', 'Tags'),
      ref('document_id', 'policy_document', '依据', 'Based on'),
      f('from_on', 'day', '生效日期', 'Valid from'),
      f('to_on', 'day', '失效日期', 'Valid until'),
      f('seq', 'int', '排序', 'Order', { sort: true }),
    ],
    list('question tags document_id from_on to_on', 'document_id', 'seq'),
  ),
];

let world;
let seed = 7;
const rnd = (n) => {
  seed = (seed * 1103515245 + 12345) % 2147483648;
  return Math.floor((seed / 2147483648) * n);
};
const pick = (items) => items[rnd(items.length)];
let nextId = 8800000;
const put = (name, row) => {
  const at = row.created_at ?? instant(0, 1);
  const by = { id: '1', label: '陈雨桐' };
  const full = {
    id: String((nextId += 1)),
    version: 1,
    created_at: at,
    created_by: by,
    updated_at: at,
    updated_by: by,
    ...row,
  };
  (world.db[name] ??= []).push(full);
  return full;
};
const instant = (days, hour) =>
  `${world.dayPlus(world.TODAY, days)}T${String(hour).padStart(2, '0')}:${String(rnd(60)).padStart(2, '0')}:00.000Z`;
const named = (row, key = 'name') => ({ id: row.id, label: row[key] });

export function install(given) {
  world = given;
  const { meta, db, people, dayPlus, TODAY } = world;
  for (const one of ENTITIES) {
    const at = meta.findIndex((other) => other.name === one.name);
    if (at >= 0) meta[at] = one;
    else meta.push(one);
  }
  const unit = meta.find((one) => one.name === 'unit');
  unit.fields.find((one) => one.name === 'status').options = UNIT_STATUS;
  for (const [i, lead] of db.lead.entries()) {
    Object.assign(lead, {
      name: lead.brand_id.label,
      area_min: lead.area_from,
      area_max: lead.area_to,
      budget_price: `${80 + rnd(240)}.0000`,
      next_follow_on: rnd(5) ? lead.next_on : null,
      stage: i % 9 === 8 ? 'dormant' : WAY[(i * 5 + rnd(3)) % 9],
      last_contact_at: instant(-rnd(34), 2),
      stage_since: instant(-rnd(30), 2),
      channel_id: named(pick(db.channel)),
      needs_water: true,
      needs_gas: i % 3 === 0,
      needs_exhaust: i % 3 === 0,
      floors_wish: pick(['L1 L2', 'L1', 'L3 以上', null]),
      demand: '临街或扶梯口，需独立招牌位，计划明年春季开业',
    });
    if (lead.stage === 'dormant')
      Object.assign(lead, { owner_id: null, pool_since: instant(-rnd(20), 3) });
  }
  for (const lead of db.lead) {
    const person = put('contact', {
      merchant_id: lead.merchant_id,
      name: pick(['周敏', '吴凯', '郑雪', '冯涛', '褚月']),
      role: pick(['拓展经理', '拓展总监', '区域负责人']),
      mobile: `139${String(rnd(100000000)).padStart(8, '0')}`,
      phone: null,
      wechat: null,
    });
    lead.contact_id = named(person);
  }
  db.inquiry = db.inquiry.slice(0, 40).map((one, i) => {
    const today = i < 7;
    const lead = pick(db.lead);
    return {
      ...one,
      at: today ? instant(0, 1 + (i % 8)) : one.at,
      on_day: today ? TODAY : one.at.slice(0, 10),
      phone: `137${String(rnd(100000000)).padStart(8, '0')}`,
      name: pick(['周先生', '吴女士', '郑先生', '冯女士']),
      brand_name: lead.name,
      category_id: lead.category_id,
      receptionist_id: named(people[0]),
      next_follow_on: dayPlus(TODAY, 3),
      lead_id: named(lead),
      is_new: i % 3 === 0,
    };
  });
  db.inquiry[0].phone = '13800001111';
  for (let i = 0; i < 26; i += 1) {
    put('follow_up', {
      lead_id: named(db.lead[i]),
      way: pick(WAYS).value,
      content: pick([
        '已发平面图与租金方案，约总部选址经理复看',
        '等待法务回复条款，关注装修免租期',
        '对 L1 临街铺位有兴趣，希望提供客流数据',
      ]),
      result: pick(RESULTS).value,
      grade: pick(GRADES).value,
      next_on: dayPlus(TODAY, rnd(8) + 1),
      at: instant(-(i % 9), 6),
      staff_id: named(people[i % 4]),
    });
  }
  const free = db.unit.filter((one) => ['vacant', 'reserved'].includes(one.status));
  for (const [i, one] of free.filter((each) => each.status === 'reserved').entries()) {
    put('unit_hold', {
      unit_id: named(one, 'no'),
      lead_id: named(db.lead[i % db.lead.length]),
      from_at: instant(-2, 3),
      until_at: instant(2 + (i % 5), 10),
      reason: '等待总部批复',
      locked: false,
      staff_id: named(people[i % 4]),
      state: 'active',
    });
  }
  for (const [i, lead] of db.lead
    .filter((one) => ['negotiating', 'approved'].includes(one.stage))
    .entries()) {
    for (const side of ['theirs', 'ours'])
      put('offer', {
        lead_id: named(lead),
        round: 1 + (i % 2),
        side,
        offered_on: dayPlus(TODAY, -4 - i),
        unit_id: named(free[i % free.length], 'no'),
        rent_price: side === 'ours' ? '198.0000' : '165.0000',
        turnover_percent: side === 'ours' ? '8.0000' : null,
        free_days: side === 'ours' ? 60 : 90,
        deposit_months: 3,
        concession: side === 'ours' ? '4.5000' : '20.2000',
        below_floor: side === 'theirs',
        is_accepted: side === 'ours' && lead.stage === 'approved',
        content: null,
      });
  }
  for (let i = 0; i < 14; i += 1) {
    const lead = pick(db.lead);
    put('visit_plan', {
      title: `拜访 ${lead.name}`,
      lead_id: named(lead),
      staff_id: named(people[0]),
      planned_on: dayPlus(TODAY, rnd(24) - 8),
      minute_of_day: i % 3 ? 540 + rnd(16) * 30 : null,
      place: pick(['万象汇 3 楼', '总部会议室', '本项目招商中心', null]),
      purpose: '确认选址与铺位条件',
      state: 'planned',
    });
  }
  const policy = (title, kind, edition, from_on, to_on, state, content) =>
    put('policy_document', { title, kind, edition, from_on, to_on, state, content });
  const rent = policy(
    '2026 年招商租金政策',
    'leasing',
    '2026-2 版',
    '2026-07-01',
    null,
    'in_force',
    'L1 餐饮外铺 198–260 元/㎡/月，装修免租期不超过 60 天；主力店另议。\n保证金为三个月租金与物业费之和。\n低于底价须经运营总监批准。',
  );
  policy(
    '2026 年招商租金政策',
    'leasing',
    '2026-1 版',
    '2026-01-01',
    '2026-06-30',
    'superseded',
    'L1 餐饮外铺 186–240 元/㎡/月。',
  );
  policy(
    '装修手册',
    'fitout',
    '第 3 版',
    '2025-03-01',
    null,
    'in_force',
    '进场前提交全套图纸；每日 9:30 前与 22:00 后可进行噪声作业。',
  );
  policy(
    '来访接待说辞',
    'script',
    '2026-05',
    '2026-05-01',
    null,
    'in_force',
    '先问品牌与面积，再介绍楼层定位与客流，最后约定看铺时间。',
  );
  const faq = (question, answer, tags, to_on = null, seq = 0) =>
    put('faq', {
      question,
      answer,
      tags,
      document_id: named(rent, 'title'),
      from_on: null,
      to_on,
      seq,
    });
  faq(
    '装修免租期有多长？',
    '一般 30 至 60 天，按面积与业态确定，以合同为准。',
    '免租 装修',
    null,
    1,
  );
  faq('物业费怎么收？', '按计租面积每平方米每月 45 元，季度预付。', '物业费 费用', null, 2);
  faq(
    '可以做明火吗？',
    'L4、L5 及 B1 指定铺位有燃气与排烟条件，其他铺位不可以。',
    '燃气 排烟 工程',
    null,
    3,
  );
  faq('国庆开业是否有补贴？', '2026 年国庆前开业补贴 100 元/㎡，已截止。', '补贴', '2026-10-01', 4);
}

/* ---- floor plan ---- */
const box = (x, y, w, h) => [
  [x, y],
  [x + w, y],
  [x + w, y + h],
  [x, y + h],
];
function row(count, x, y, w, h, slant) {
  const parts = Array.from({ length: count }, () => 60 + rnd(90));
  const sum = parts.reduce((a, b) => a + b, 0);
  let at = x;
  return parts.map((part, i) => {
    const width = i === count - 1 ? x + w - at : Math.round((part / sum) * w);
    const shape = box(at, y, width, h);
    if (slant && i === 0) shape[0] = [at + 40, y];
    at += width;
    return shape;
  });
}
function layout(n) {
  seed = 40 + n * 17;
  const west = [
    [
      [0, 50],
      [50, 0],
      [200, 0],
      [200, 260],
      [0, 260],
    ],
    box(0, 260, 200, 110),
    box(0, 370, 200, 120),
  ];
  const east = [
    [
      [950, 0],
      [1085, 0],
      [1135, 50],
      [1135, 235],
      [950, 235],
    ],
    box(950, 235, 185, 133),
    box(950, 368, 185, 122),
  ];
  return [
    ...west,
    ...row(8, 200, 0, 750, 110),
    ...east,
    ...row(6, 258, 168, 392, 66),
    ...row(6, 258, 234, 392, 66),
    ...row(3, 716, 168, 176, 66),
    ...row(3, 716, 234, 176, 66),
    ...row(9, 200, 365, 750, 125),
  ];
}
const outline = [
  [0, 50],
  [50, 0],
  [1085, 0],
  [1135, 50],
  [1135, 490],
  [0, 490],
];
function plan(id, on) {
  const { db, TODAY, dayPlus } = world;
  const floor = db.floor.find((one) => one.id === id);
  if (!floor) return null;
  const shapes = layout(floor.level + 3);
  const units = db.unit.filter((one) => one.floor_id.id === id).slice(0, shapes.length);
  seed = 900 + floor.level;
  const counts = {};
  let total = 0;
  let let_ = 0;
  const out = units.map((unit, i) => {
    const [[x0, y0], , [x1, y1]] = shapes[i];
    const area = Math.abs((x1 - x0) * (y1 - y0)) * 0.0145 + 6;
    const soon = on > TODAY && rnd(9) === 0;
    const status = soon && unit.status === 'open' ? 'notice' : unit.status;
    const taken = ['open', 'notice', 'fitting_out', 'signed', 'handed_over'].includes(status);
    const lease = taken ? db.lease[(i * 7 + floor.level * 31 + 60) % db.lease.length] : null;
    counts[status] = (counts[status] ?? 0) + 1;
    if (status !== 'own_use') total += area;
    if (['open', 'notice', 'fitting_out', 'handed_over'].includes(status)) let_ += area;
    return {
      id: unit.id,
      no: unit.no,
      points: shapes[i],
      area: area.toFixed(2),
      status,
      category: lease ? db.brand.find((one) => one.id === lease.brand_id.id).category_id : null,
      brand: lease?.brand_id ?? null,
      merchant: lease?.merchant_id ?? null,
      lease_id: lease?.id ?? null,
      end_on: lease ? dayPlus(TODAY, status === 'notice' ? 20 + rnd(60) : 100 + rnd(900)) : null,
      price: lease ? `${110 + rnd(260)}.${rnd(10)}000` : null,
      hold_until: status === 'reserved' ? `${dayPlus(TODAY, 4)}T10:00:00.000Z` : null,
      floor_price: `${120 + rnd(80)}.0000`,
    };
  });
  return {
    floor: { id, label: floor.name },
    on,
    width: 1135,
    height: 490,
    shapes: [
      { kind: 'outline', points: outline },
      { kind: 'void', points: box(384, 122, 216, 34) },
      { kind: 'void', points: box(384, 313, 216, 34) },
      { kind: 'escalator', points: box(664, 180, 38, 108) },
      { kind: 'stairs', points: box(214, 122, 34, 34) },
    ],
    units: out,
    counts,
    area: { total: total.toFixed(2), let: let_.toFixed(2) },
  };
}

/* ---- leads ---- */
const card = (lead) => ({
  id: lead.id,
  version: lead.version,
  no: lead.no,
  name: lead.name,
  stage: lead.stage,
  grade: lead.grade,
  key_account: lead.key_account,
  merchant: lead.merchant_id,
  brand: lead.brand_id,
  category: lead.category_id,
  owner: lead.owner_id,
  area: lead.area_max ?? lead.area_min ?? '0.00',
  budget_price: lead.budget_price,
  next_follow_on: lead.next_follow_on,
  is_overdue: Boolean(lead.next_follow_on && lead.next_follow_on < world.TODAY),
  last_contact_at: lead.last_contact_at,
  stage_since: lead.stage_since,
  days: Math.floor(
    (Date.parse(`${world.TODAY}T04:00:00Z`) - Date.parse(lead.last_contact_at)) / 86400000,
  ),
});
const mine = (params, me) => {
  const wanted = params.get('owner_id') === 'me' ? me.id : params.get('owner_id');
  return world.db.lead.filter((one) => !wanted || one.owner_id?.id === wanted);
};
function board(params, me) {
  const leads = mine(params, me);
  const only = params.get('stage');
  return {
    columns: STAGES.filter((one) => WAY.includes(one.value) && (!only || only === one.value)).map(
      (one) => {
        const found = leads.filter((lead) => lead.stage === one.value);
        return {
          stage: one.value,
          label: one.label,
          tone: one.tone,
          count: found.length,
          area: found.reduce((sum, lead) => sum + Number(lead.area_max), 0).toFixed(2),
          items: found.slice(0, 50).map(card),
          next: null,
        };
      },
    ),
  };
}
export const leadActions = (row) =>
  FLOW.filter((one) => one.from.includes(row.stage)).map(({ action, label, tone, fields }) => ({
    name: action,
    label,
    tone,
    fields,
  }));
const steps = (lead) => {
  const now = WAY.indexOf(lead.stage);
  return {
    stage: lead.stage,
    steps: WAY.map((stage, i) => ({
      stage,
      label: STAGES.find((one) => one.value === stage).label,
      done: i < now,
      current: i === now,
      at: i <= now ? instant(-(now - i) * 6 - 1, 3) : null,
      days: i <= now ? 6 : 0,
    })),
    next: FLOW.filter(
      (one) => one.to && WAY.indexOf(one.to) > now && one.from.includes(lead.stage),
    ).map((one) => ({ action: one.action, stage: one.to, label: one.label })),
    missing: lead.area_min
      ? []
      : [{ field: 'area_min', label: L('请先填写需求面积', 'say how much room it wants first') }],
  };
};
function match(lead) {
  const units = world.db.unit
    .filter((one) => ['vacant', 'notice'].includes(one.status))
    .slice(0, 12);
  return {
    items: units.map((unit, i) => ({
      unit: named(unit, 'no'),
      floor: unit.floor_id,
      status: unit.status,
      area: unit.leasable_area,
      free_from_on: unit.status === 'notice' ? world.dayPlus(world.TODAY, 40) : null,
      score: 94 - i * 5,
      reasons: [
        { ok: i < 6, text: `面积 ${unit.leasable_area} ㎡ ${i < 6 ? '符合需求' : '偏大'}` },
        {
          ok: i % 3 !== 2,
          text: i % 3 !== 2 ? `预算高于目标价 ${lead.budget_price}` : '预算低于目标价',
        },
        { ok: unit.has_gas, text: unit.has_gas ? '有燃气与排烟' : '没有燃气' },
      ],
    })),
  };
}
function move(lead, stage, body, tools) {
  const row_ = FLOW.find((one) => one.to === stage && one.from.includes(lead.stage));
  const name = (token) => STAGES.find((one) => one.value === token).label.zh;
  if (!row_)
    throw tools.problem(
      409,
      'lead.wrong_state',
      `不能从“${name(lead.stage)}”直接变为“${name(stage)}”，请逐步推进`,
    );
  return apply(lead, row_, body, tools);
}
function apply(lead, row_, body, tools) {
  if (body.version !== undefined && body.version !== lead.version)
    throw tools.problem(409, 'record.stale', '这条记录刚被他人修改');
  const missing = row_.fields.filter((one) => one.required && !body[one.name]);
  if (missing.length)
    throw tools.problem(
      422,
      'input.invalid',
      '有内容需要修改',
      missing.map((one) => ({
        field: one.name,
        code: 'required',
        message: `请填写${one.label.zh}`,
      })),
    );
  if (row_.action === 'negotiate' && lead.grade === 'D')
    throw tools.problem(422, 'input.invalid', '洽谈前请先建立商户档案', [
      { field: 'merchant_id', code: 'required', message: '洽谈前请先建立商户档案' },
    ]);
  if (
    row_.action === 'approve' &&
    !world.db.offer.some((one) => one.lead_id.id === lead.id && one.is_accepted)
  )
    throw tools.problem(409, 'lead.no_offer', '还没有双方达成的谈判方案');
  if (row_.to) Object.assign(lead, { stage: row_.to, stage_since: new Date().toISOString() });
  if (['sleep', 'release'].includes(row_.action)) lead.owner_id = null;
  if (row_.action === 'take') lead.owner_id = { id: tools.me.id, label: tools.me.name };
  if (body.lost_reason) lead.lost_reason = body.lost_reason;
  if (body.content)
    put('follow_up', {
      lead_id: named(lead),
      way: body.way ?? 'other',
      content: body.content,
      result: body.result ?? null,
      grade: body.grade ?? null,
      next_on: body.next_on ?? null,
      at: new Date().toISOString(),
      staff_id: { id: tools.me.id, label: tools.me.name },
    });
  lead.next_follow_on = body.next_on ?? null;
  lead.version += 1;
  return tools.view('lead', lead);
}

/* ---- registers ---- */
function known(phone) {
  const { db } = world;
  if (!/^[\d\s+-]{7,}$/.test(phone)) return null;
  const found = db.inquiry.filter((one) => one.phone === phone);
  const lead =
    phone === '13800001111'
      ? db.lead[0]
      : found[0] && db.lead.find((one) => one.id === found[0].lead_id?.id);
  return {
    merchant: lead ? lead.merchant_id : null,
    contact: lead ? lead.contact_id : null,
    owner: lead?.owner_id ?? null,
    leads: lead
      ? [
          {
            id: lead.id,
            label: lead.name,
            stage: lead.stage,
            owner: lead.owner_id,
            last_contact_at: lead.last_contact_at,
          },
        ]
      : [],
    mine: false,
    inquiries: found.length,
    last_inquiry_at: found[0]?.at ?? null,
    known: Boolean(lead || found.length),
  };
}
function figures(staffId, day) {
  const { db } = world;
  const figure = (name, zh, en, entityName, ids, unit = '', value = ids.length) => ({
    name,
    label: L(zh, en),
    unit,
    value,
    entity: entityName,
    ids,
  });
  const inquiries = db.inquiry.filter(
    (one) => one.on_day === day && one.receptionist_id?.id === staffId,
  );
  const follow = db.follow_up.filter(
    (one) => one.at.slice(0, 10) === day && one.staff_id.id === staffId,
  );
  const ids = (rows) => rows.map((one) => one.id);
  return {
    from: day,
    to: day,
    staff_id: staffId,
    figures: [
      figure(
        'calls',
        '来电',
        'Calls',
        'inquiry',
        ids(inquiries.filter((one) => one.kind === 'call')),
      ),
      figure(
        'visits',
        '来访',
        'Visits',
        'inquiry',
        ids(inquiries.filter((one) => one.kind === 'visit')),
      ),
      figure('new_leads', '新增客户', 'New leads', 'lead', ids(db.lead.slice(0, 2))),
      figure('follow_ups', '跟进', 'Follow-ups', 'follow_up', ids(follow)),
      figure('visits_made', '外出拜访', 'Visits made', 'visit_plan', []),
      figure('intents', '新增意向', 'Interested', 'lead', ids(db.lead.slice(4, 5))),
      figure('signings', '签约', 'Signings', 'lease', ids(db.lease.slice(0, 1))),
      figure(
        'signed_area',
        '签约面积',
        'Area signed',
        'lease',
        ids(db.lease.slice(0, 1)),
        'm2',
        '186.40',
      ),
      figure(
        'signed_rent',
        '签约月租金',
        'Monthly rent signed',
        'lease',
        ids(db.lease.slice(0, 1)),
        'yuan',
        '36907.20',
      ),
      figure('lost', '流失', 'Lost', 'lead', []),
    ],
  };
}
function daily(day, me) {
  const { db, people } = world;
  db.daily_report ??= [];
  const of = (who) => db.daily_report.find((one) => one.day === day && one.staff_id.id === who.id);
  for (const [i, who] of people.slice(0, 4).entries()) {
    if (of(who)) continue;
    const done = i > 0 && i < 3;
    put('daily_report', {
      staff_id: named(who),
      day,
      figures: figures(who.id, day),
      remarks: done ? '完成两家餐饮品牌看铺，一家进入洽谈。' : null,
      problems: null,
      plans: done ? '约北岸烘焙总部复看' : null,
      state: done ? 'submitted' : 'draft',
      submitted_at: done ? instant(0, 10) : null,
      late: i === 2,
    });
  }
  const report = of(me) ?? of(people[0]);
  if (report.state === 'draft') report.figures = figures(me.id, day);
  return report;
}
const submitAction = [{ name: 'submit', label: L('提交', 'Submit'), tone: 'primary', fields: [] }];

/* Answers, or undefined for what mock.mjs answers itself. tools: {problem, view(entity, row), me}. */
export function route(method, path, params, body, tools) {
  const [head, id, action] = path;
  const { db, TODAY, dayPlus } = world;
  const found = () => {
    const one = (db[head] ?? []).find((each) => each.id === id);
    if (!one) throw tools.problem(404, `${head}.not_found`, '没有这条记录');
    return one;
  };
  if (head === 'floor' && action === 'plan') {
    const answer = plan(id, params.get('on') ?? TODAY);
    if (!answer) throw tools.problem(404, 'floor.not_found', '没有这个楼层');
    return answer;
  }
  if (head === 'calendar' && method === 'POST')
    return { path: '/api/calendar/3f0c7a91d2e84b66.ics' };
  if (head === 'calendar') {
    const [from, to] = [params.get('from'), params.get('to')];
    const within = (day) => day <= to && (day >= from || day < TODAY);
    return {
      items: [
        ...db.visit_plan
          .filter((one) => within(one.planned_on))
          .map((one) => ({
            entity: 'visit_plan',
            id: one.id,
            title: `拜访：${one.title}`,
            place: one.place,
            on: one.planned_on,
            at:
              one.minute_of_day === null
                ? null
                : new Date(
                    Date.parse(`${one.planned_on}T00:00:00+08:00`) + one.minute_of_day * 60000,
                  ).toISOString(),
            overdue: one.planned_on < TODAY,
          })),
        ...db.lead
          .filter(
            (one) =>
              one.owner_id?.id === tools.me.id &&
              one.next_follow_on &&
              within(one.next_follow_on) &&
              OPEN.includes(one.stage),
          )
          .map((one) => ({
            entity: 'lead',
            id: one.id,
            title: `跟进：${one.name}`,
            place: null,
            on: one.next_follow_on,
            at: null,
            overdue: one.next_follow_on < TODAY,
          })),
      ].sort((a, b) => a.on.localeCompare(b.on)),
    };
  }
  if (head === 'lead' && id === 'board') return board(params, tools.me);
  if (head === 'lead' && id === 'worklist') {
    const items = mine(new URLSearchParams({ owner_id: params.get('owner_id') ?? 'me' }), tools.me)
      .filter((one) => OPEN.includes(one.stage))
      .map(card);
    return {
      items: items.slice(0, 100),
      total: items.length,
      overdue: items.filter((one) => one.is_overdue).length,
    };
  }
  if (head === 'lead' && id === 'pool')
    return {
      items: db.lead
        .filter((one) => !one.owner_id)
        .map((one) => ({
          id: one.id,
          no: one.no,
          name: one.name,
          category: one.category_id?.label ?? null,
          grade: one.grade,
          stage: one.stage,
          area_min: one.area_min,
          area_max: one.area_max,
          pool_since: one.pool_since,
          last_contact_at: one.last_contact_at,
        })),
    };
  if (head === 'lead' && action === 'steps') return steps(found());
  if (head === 'lead' && action === 'match') return match(found());
  if (head === 'lead' && action === 'timeline')
    return {
      items: [
        ...db.follow_up
          .filter((one) => one.lead_id.id === id)
          .map((one) => ({
            at: one.at,
            kind: 'follow_up',
            title: `跟进 · ${WAYS.find((w) => w.value === one.way).label.zh}`,
            text: one.content,
            by: one.staff_id.label,
            entity: 'follow_up',
            id: one.id,
          })),
        {
          at: instant(-6, 3),
          kind: 'stage',
          title: '阶段 · 已联系',
          text: null,
          by: '李浩然',
          entity: 'lead',
          id,
        },
        {
          at: instant(-12, 3),
          kind: 'call',
          title: '来电',
          text: '询问一层临街铺位，面积 100 平左右',
          by: '张婉清',
          entity: 'inquiry',
          id: db.inquiry[3].id,
        },
      ].sort((a, b) => b.at.localeCompare(a.at)),
    };
  if (head === 'lead' && method === 'POST' && action === 'move')
    return move(found(), body.stage, body, tools);
  if (head === 'lead' && method === 'POST' && action && action !== 'reveal') {
    const lead = found();
    const flow = FLOW.find((one) => one.action === action && one.from.includes(lead.stage));
    if (!flow) throw tools.problem(409, 'lead.wrong_state', '当前阶段不能这样操作');
    return apply(lead, flow, body, tools);
  }
  if (head === 'unit_hold' && method === 'POST' && !id) {
    const busy = db.unit_hold.find(
      (one) => one.unit_id.id === body.unit_id && one.state === 'active',
    );
    if (busy)
      throw tools.problem(
        409,
        'unit_hold.taken',
        `该铺位已由${busy.staff_id.label}为“${busy.lead_id.label}”预留`,
      );
    const unit = db.unit.find((one) => one.id === body.unit_id);
    unit.status = 'reserved';
    return [
      201,
      put('unit_hold', {
        ...body,
        unit_id: named(unit, 'no'),
        lead_id: named(db.lead.find((one) => one.id === body.lead_id)),
        from_at: new Date().toISOString(),
        until_at: body.until_at ?? `${dayPlus(TODAY, 7)}T15:59:59.000Z`,
        locked: false,
        staff_id: { id: tools.me.id, label: tools.me.name },
        state: 'active',
      }),
    ];
  }
  if (head === 'unit_hold' && method === 'POST' && ['release', 'extend'].includes(action)) {
    const hold = found();
    if (action === 'release') {
      hold.state = 'released';
      db.unit.find((one) => one.id === hold.unit_id.id).status = 'vacant';
    } else hold.until_at = body.until_at;
    hold.version += 1;
    return hold;
  }
  if (head === 'inquiry' && id === 'known') {
    const answer = known(params.get('phone') ?? '');
    if (!answer)
      throw tools.problem(422, 'input.invalid', '电话号码格式不正确', [
        { field: 'phone', code: 'format', message: '电话号码格式不正确' },
      ]);
    return answer;
  }
  if (head === 'inquiry' && method === 'POST' && !id) {
    const missing = ['kind', 'channel_id', 'phone', 'name'].filter((one) => !body[one]);
    if (missing.length)
      throw tools.problem(
        422,
        'input.invalid',
        '有内容需要修改',
        missing.map((field) => ({ field, code: 'required', message: '请填写' })),
      );
    const row_ = put('inquiry', {
      ...body,
      no: `LD-2026-${nextId}`,
      at: body.at ?? new Date(Date.parse(`${TODAY}T06:30:00Z`)).toISOString(),
      on_day: TODAY,
      channel_id: named(db.channel.find((one) => one.id === body.channel_id)),
      category_id: body.category_id
        ? named(db.category.find((one) => one.id === body.category_id))
        : null,
      receptionist_id: { id: tools.me.id, label: tools.me.name },
      lead_id: named(db.lead[0]),
    });
    const alike =
      body.brand_name && db.merchant.find((one) => one.name.startsWith(body.brand_name));
    return [
      201,
      {
        id: row_.id,
        label: row_.name,
        duplicates: alike
          ? [{ merchant: named(alike), owner: '陈雨桐', why: 'name', score: 86 }]
          : [],
      },
    ];
  }
  if (head === 'inquiry' && action === 'merge_into') return found();
  if (head === 'daily_report' && id === 'open') {
    const one = daily(params.get('day') ?? TODAY, tools.me);
    return {
      ...tools.view('daily_report', one),
      actions: one.state === 'draft' ? submitAction : [],
    };
  }
  if (head === 'daily_report' && !id && method === 'GET')
    daily(params.get('day') ?? TODAY, tools.me);
  if (head === 'daily_report' && action === 'submit') {
    const one = found();
    Object.assign(one, {
      state: 'submitted',
      submitted_at: new Date().toISOString(),
      version: one.version + 1,
    });
    return { ...tools.view('daily_report', one), actions: [] };
  }
  return undefined;
}
