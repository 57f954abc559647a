CREATE TABLE numbering (property_id INTEGER NOT NULL, kind TEXT NOT NULL, year INTEGER NOT NULL, last INTEGER NOT NULL, PRIMARY KEY (property_id, kind, year)) STRICT;
CREATE TABLE history_head (property_id INTEGER NOT NULL PRIMARY KEY, seq INTEGER NOT NULL, hash TEXT NOT NULL) STRICT;
CREATE TABLE history (property_id INTEGER NOT NULL, seq INTEGER NOT NULL, at INTEGER NOT NULL, by_id INTEGER NOT NULL, on_behalf_of INTEGER NOT NULL, entity TEXT NOT NULL, record_id INTEGER NOT NULL, action TEXT NOT NULL, reason TEXT, changes TEXT, prev TEXT NOT NULL, hash TEXT NOT NULL, PRIMARY KEY (property_id, seq)) STRICT;
CREATE INDEX history__record ON history (property_id, entity, record_id, seq);
CREATE INDEX history__by ON history (property_id, by_id, at);
CREATE TABLE search_key (property_id INTEGER NOT NULL, entity TEXT NOT NULL, key TEXT NOT NULL, record_id INTEGER NOT NULL, PRIMARY KEY (property_id, entity, key, record_id)) STRICT, WITHOUT ROWID;
CREATE TABLE record_grant (property_id INTEGER NOT NULL, id INTEGER NOT NULL, entity TEXT NOT NULL, record_id INTEGER NOT NULL, staff_id INTEGER NOT NULL, why TEXT NOT NULL, given_at INTEGER NOT NULL, ended_at INTEGER, PRIMARY KEY (property_id, id)) STRICT;
CREATE INDEX record_grant__open ON record_grant (property_id, staff_id, entity, record_id) WHERE ended_at IS NULL;
CREATE INDEX record_grant__why ON record_grant (property_id, why);
CREATE TABLE idempotency (property_id INTEGER NOT NULL, staff_id INTEGER NOT NULL, key TEXT NOT NULL, request_hash TEXT NOT NULL, status INTEGER NOT NULL, body TEXT NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (property_id, staff_id, key)) STRICT;
CREATE TABLE job_day (property_id INTEGER NOT NULL, name TEXT NOT NULL, day INTEGER NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (property_id, name, day)) STRICT;
CREATE TRIGGER history__no_update BEFORE UPDATE ON history BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
CREATE TRIGGER history__no_delete BEFORE DELETE ON history BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
CREATE TABLE property (
  id INTEGER NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by INTEGER,
  code TEXT NOT NULL CHECK (length(code) <= 20),
  name TEXT NOT NULL CHECK (length(name) <= 80),
  name_en TEXT CHECK (length(name_en) <= 120),
  address TEXT CHECK (length(address) <= 200),
  phone TEXT CHECK (length(phone) <= 40),
  gross_area INTEGER,
  leasable_area INTEGER,
  opened_on TEXT CHECK (opened_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  owner_name TEXT CHECK (length(owner_name) <= 120),
  tax_name TEXT CHECK (length(tax_name) <= 120),
  tax_code TEXT CHECK (length(tax_code) <= 18),
  bank_name TEXT CHECK (length(bank_name) <= 120),
  bank_account TEXT CHECK (length(bank_account) <= 40),
  active INTEGER CHECK (active IN (0, 1)),
  UNIQUE (code)
) STRICT;
CREATE INDEX property__name ON property (name);
CREATE INDEX property__active ON property (active);
CREATE TABLE department (
  property_id INTEGER NOT NULL,
  id INTEGER NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by INTEGER,
  code TEXT NOT NULL CHECK (length(code) <= 20),
  name TEXT NOT NULL CHECK (length(name) <= 60),
  name_en TEXT CHECK (length(name_en) <= 80),
  parent_id INTEGER,
  sort INTEGER,
  active INTEGER CHECK (active IN (0, 1)),
  UNIQUE (property_id, code),
  FOREIGN KEY (parent_id) REFERENCES department (id)
) STRICT;
CREATE INDEX department__property ON department (property_id);
CREATE INDEX department__name ON department (property_id, name);
CREATE INDEX department__parent_id ON department (property_id, parent_id);
CREATE INDEX department__active ON department (property_id, active);
CREATE TABLE post (
  property_id INTEGER NOT NULL,
  id INTEGER NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by INTEGER,
  code TEXT NOT NULL CHECK (length(code) <= 20),
  name TEXT NOT NULL CHECK (length(name) <= 60),
  name_en TEXT CHECK (length(name_en) <= 80),
  department_id INTEGER NOT NULL,
  reports_to_id INTEGER,
  headcount INTEGER,
  active INTEGER CHECK (active IN (0, 1)),
  UNIQUE (property_id, code),
  FOREIGN KEY (department_id) REFERENCES department (id),
  FOREIGN KEY (reports_to_id) REFERENCES post (id)
) STRICT;
CREATE INDEX post__property ON post (property_id);
CREATE INDEX post__name ON post (property_id, name);
CREATE INDEX post__department_id ON post (property_id, department_id);
CREATE INDEX post__reports_to_id ON post (property_id, reports_to_id);
CREATE INDEX post__active ON post (property_id, active);
CREATE TABLE role (
  id INTEGER NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by INTEGER,
  code TEXT NOT NULL CHECK (length(code) <= 40),
  name TEXT NOT NULL CHECK (length(name) <= 60),
  name_en TEXT CHECK (length(name_en) <= 80),
  remark TEXT CHECK (length(remark) <= 200),
  UNIQUE (code)
) STRICT;
CREATE INDEX role__name ON role (name);
CREATE TABLE staff (
  id INTEGER NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by INTEGER,
  login TEXT NOT NULL CHECK (length(login) <= 40),
  name TEXT NOT NULL CHECK (length(name) <= 40),
  mobile TEXT CHECK (length(mobile) <= 20),
  email TEXT CHECK (length(email) <= 120),
  post_id INTEGER,
  home_property_id INTEGER NOT NULL,
  active INTEGER CHECK (active IN (0, 1)),
  joined_on TEXT CHECK (joined_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  left_on TEXT CHECK (left_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  lang TEXT,
  password_hash TEXT CHECK (length(password_hash) <= 200),
  must_change_password INTEGER CHECK (must_change_password IN (0, 1)),
  failed_count INTEGER,
  locked_until INTEGER,
  calendar_token TEXT CHECK (length(calendar_token) <= 64),
  UNIQUE (login),
  FOREIGN KEY (post_id) REFERENCES post (id),
  FOREIGN KEY (home_property_id) REFERENCES property (id)
) STRICT;
CREATE INDEX staff__name ON staff (name);
CREATE INDEX staff__post_id_name ON staff (post_id, name);
CREATE INDEX staff__home_property_id_name ON staff (home_property_id, name);
CREATE INDEX staff__active_name ON staff (active, name);
CREATE TABLE role_grant (
  id INTEGER NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by INTEGER,
  role_id INTEGER NOT NULL,
  entity TEXT NOT NULL CHECK (length(entity) <= 40),
  actions TEXT NOT NULL CHECK (length(actions) <= 500),
  scope TEXT NOT NULL,
  UNIQUE (role_id, entity, scope),
  FOREIGN KEY (role_id) REFERENCES role (id)
) STRICT;
CREATE INDEX role_grant__role_id ON role_grant (role_id);
CREATE INDEX role_grant__entity ON role_grant (entity);
CREATE INDEX role_grant__scope ON role_grant (scope);
CREATE TABLE role_unmask (
  id INTEGER NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by INTEGER,
  role_id INTEGER NOT NULL,
  field TEXT NOT NULL CHECK (length(field) <= 80),
  UNIQUE (role_id, field),
  FOREIGN KEY (role_id) REFERENCES role (id)
) STRICT;
CREATE INDEX role_unmask__role_id ON role_unmask (role_id);
CREATE INDEX role_unmask__field ON role_unmask (field);
CREATE TABLE staff_role (
  property_id INTEGER NOT NULL,
  id INTEGER NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by INTEGER,
  staff_id INTEGER NOT NULL,
  role_id INTEGER NOT NULL,
  UNIQUE (property_id, staff_id, role_id),
  FOREIGN KEY (staff_id) REFERENCES staff (id),
  FOREIGN KEY (role_id) REFERENCES role (id)
) STRICT;
CREATE INDEX staff_role__property ON staff_role (property_id);
CREATE INDEX staff_role__staff_id ON staff_role (property_id, staff_id);
CREATE INDEX staff_role__role_id ON staff_role (property_id, role_id);
CREATE TABLE delegation (
  property_id INTEGER NOT NULL,
  id INTEGER NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by INTEGER,
  from_staff_id INTEGER NOT NULL,
  to_staff_id INTEGER NOT NULL,
  powers TEXT NOT NULL CHECK (length(powers) <= 500),
  from_on TEXT NOT NULL CHECK (from_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  to_on TEXT NOT NULL CHECK (to_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  reason TEXT NOT NULL CHECK (length(reason) <= 200),
  active INTEGER CHECK (active IN (0, 1)),
  FOREIGN KEY (from_staff_id) REFERENCES staff (id),
  FOREIGN KEY (to_staff_id) REFERENCES staff (id)
) STRICT;
CREATE INDEX delegation__property ON delegation (property_id);
CREATE INDEX delegation__from_staff_id ON delegation (property_id, from_staff_id);
CREATE INDEX delegation__to_staff_id ON delegation (property_id, to_staff_id);
CREATE INDEX delegation__reason ON delegation (property_id, reason);
CREATE INDEX delegation__active ON delegation (property_id, active);
CREATE TABLE zone (
  property_id INTEGER NOT NULL,
  id INTEGER NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by INTEGER,
  name TEXT NOT NULL CHECK (length(name) <= 60),
  staff_id INTEGER,
  remark TEXT CHECK (length(remark) <= 200),
  active INTEGER CHECK (active IN (0, 1)),
  UNIQUE (property_id, name),
  FOREIGN KEY (staff_id) REFERENCES staff (id)
) STRICT;
CREATE INDEX zone__property ON zone (property_id);
CREATE INDEX zone__staff_id ON zone (property_id, staff_id);
CREATE INDEX zone__active ON zone (property_id, active);
CREATE TABLE session (
  id INTEGER NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by INTEGER,
  token_digest TEXT NOT NULL CHECK (length(token_digest) <= 64),
  staff_id INTEGER,
  merchant_login_id INTEGER,
  chosen_property_id INTEGER,
  csrf_digest TEXT NOT NULL CHECK (length(csrf_digest) <= 64),
  seen_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  address TEXT CHECK (length(address) <= 64),
  agent TEXT CHECK (length(agent) <= 300),
  UNIQUE (token_digest),
  FOREIGN KEY (staff_id) REFERENCES staff (id),
  FOREIGN KEY (chosen_property_id) REFERENCES property (id)
) STRICT;
CREATE INDEX session__staff_id ON session (staff_id);
CREATE INDEX session__merchant_login_id ON session (merchant_login_id);
CREATE INDEX session__expires_at ON session (expires_at);
CREATE INDEX session__chosen_property_id ON session (chosen_property_id);
CREATE TABLE login_throttle (
  id INTEGER NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by INTEGER,
  address TEXT NOT NULL CHECK (length(address) <= 64),
  failed_count INTEGER NOT NULL,
  window_at INTEGER NOT NULL,
  locked_until INTEGER,
  UNIQUE (address)
) STRICT;
CREATE TABLE staff_reach (
  property_id INTEGER NOT NULL,
  id INTEGER NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by INTEGER,
  viewer_id INTEGER NOT NULL,
  member_id INTEGER NOT NULL,
  reach TEXT NOT NULL,
  UNIQUE (property_id, viewer_id, reach, member_id),
  FOREIGN KEY (viewer_id) REFERENCES staff (id),
  FOREIGN KEY (member_id) REFERENCES staff (id)
) STRICT;
CREATE INDEX staff_reach__property ON staff_reach (property_id);
CREATE INDEX staff_reach__member_id ON staff_reach (property_id, member_id);
CREATE TABLE notification (
  property_id INTEGER NOT NULL,
  id INTEGER NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by INTEGER,
  staff_id INTEGER NOT NULL,
  kind TEXT CHECK (length(kind) <= 60),
  entity TEXT CHECK (length(entity) <= 40),
  record_id INTEGER,
  zh TEXT CHECK (length(zh) <= 4000),
  en TEXT CHECK (length(en) <= 4000),
  read_at INTEGER,
  mail_state TEXT,
  mail_tries INTEGER,
  mail_next_at INTEGER,
  mail_claim INTEGER,
  FOREIGN KEY (staff_id) REFERENCES staff (id)
) STRICT;
CREATE INDEX notification__property ON notification (property_id);
CREATE INDEX notification__staff_id_created_at_down ON notification (property_id, staff_id, created_at);
CREATE INDEX notification__created_at ON notification (property_id, created_at);
CREATE INDEX notification__mail_claim ON notification (property_id, mail_claim);
CREATE TABLE list_view (
  property_id INTEGER NOT NULL,
  id INTEGER NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by INTEGER,
  staff_id INTEGER NOT NULL,
  entity TEXT NOT NULL CHECK (length(entity) <= 40),
  name TEXT NOT NULL CHECK (length(name) <= 60),
  query TEXT NOT NULL CHECK (length(query) <= 4000),
  shared INTEGER CHECK (shared IN (0, 1)),
  UNIQUE (property_id, staff_id, entity, name),
  FOREIGN KEY (staff_id) REFERENCES staff (id)
) STRICT;
CREATE INDEX list_view__property ON list_view (property_id);
CREATE INDEX list_view__entity ON list_view (property_id, entity);
CREATE INDEX list_view__name ON list_view (property_id, name);
CREATE TABLE setting (
  property_id INTEGER NOT NULL,
  id INTEGER NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by INTEGER,
  name TEXT NOT NULL CHECK (length(name) <= 80),
  content TEXT NOT NULL CHECK (length(content) <= 2000),
  remark TEXT CHECK (length(remark) <= 200),
  UNIQUE (property_id, name)
) STRICT;
CREATE INDEX setting__property ON setting (property_id);
CREATE TABLE file (
  property_id INTEGER NOT NULL,
  id INTEGER NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by INTEGER,
  entity TEXT NOT NULL CHECK (length(entity) <= 40),
  record_id INTEGER NOT NULL,
  category TEXT CHECK (length(category) <= 40),
  name TEXT NOT NULL CHECK (length(name) <= 120),
  content_type TEXT NOT NULL CHECK (length(content_type) <= 100),
  size INTEGER NOT NULL,
  digest TEXT NOT NULL CHECK (length(digest) <= 64),
  version_no INTEGER NOT NULL,
  is_picture INTEGER NOT NULL CHECK (is_picture IN (0, 1)),
  thumbnail TEXT CHECK (length(thumbnail) <= 64),
  UNIQUE (property_id, entity, record_id, category, name, version_no)
) STRICT;
CREATE INDEX file__property ON file (property_id);
CREATE INDEX file__entity_record_id ON file (property_id, entity, record_id);
CREATE INDEX file__entity ON file (property_id, entity);
CREATE INDEX file__category ON file (property_id, category);
CREATE INDEX file__name ON file (property_id, name);
CREATE TABLE import_batch (
  property_id INTEGER NOT NULL,
  id INTEGER NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by INTEGER,
  kind TEXT NOT NULL CHECK (length(kind) <= 40),
  file_name TEXT NOT NULL CHECK (length(file_name) <= 200),
  into_id INTEGER,
  digest TEXT NOT NULL CHECK (length(digest) <= 64),
  sheet_name TEXT CHECK (length(sheet_name) <= 100),
  heading_row INTEGER,
  mapping TEXT CHECK (json_valid(mapping)),
  created_count INTEGER,
  updated_count INTEGER,
  error_count INTEGER,
  skipped_count INTEGER,
  faults TEXT CHECK (json_valid(faults)),
  state TEXT NOT NULL,
  committed_at INTEGER
) STRICT;
CREATE INDEX import_batch__property ON import_batch (property_id);
CREATE INDEX import_batch__kind ON import_batch (property_id, kind);
CREATE INDEX import_batch__file_name ON import_batch (property_id, file_name);
CREATE INDEX import_batch__state ON import_batch (property_id, state);
CREATE TABLE flow (
  property_id INTEGER NOT NULL,
  id INTEGER NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by INTEGER,
  code TEXT NOT NULL CHECK (length(code) <= 40),
  name TEXT NOT NULL CHECK (length(name) <= 80),
  name_en TEXT CHECK (length(name_en) <= 120),
  subject_entity TEXT NOT NULL CHECK (length(subject_entity) <= 40),
  condition TEXT CHECK (json_valid(condition)),
  priority INTEGER,
  revision INTEGER,
  active INTEGER CHECK (active IN (0, 1)),
  remark TEXT CHECK (length(remark) <= 500),
  UNIQUE (property_id, code)
) STRICT;
CREATE INDEX flow__property ON flow (property_id);
CREATE INDEX flow__subject_entity_active ON flow (property_id, subject_entity, active);
CREATE INDEX flow__name ON flow (property_id, name);
CREATE INDEX flow__subject_entity ON flow (property_id, subject_entity);
CREATE INDEX flow__active ON flow (property_id, active);
CREATE TABLE flow_step (
  property_id INTEGER NOT NULL,
  id INTEGER NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by INTEGER,
  flow_id INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  name TEXT NOT NULL CHECK (length(name) <= 80),
  name_en TEXT CHECK (length(name_en) <= 120),
  approver TEXT NOT NULL,
  role_id INTEGER,
  roles TEXT CHECK (length(roles) <= 200),
  post_id INTEGER,
  staff_id INTEGER,
  mode TEXT NOT NULL,
  condition TEXT CHECK (json_valid(condition)),
  deadline_hours INTEGER,
  UNIQUE (property_id, flow_id, seq),
  FOREIGN KEY (flow_id) REFERENCES flow (id),
  FOREIGN KEY (role_id) REFERENCES role (id),
  FOREIGN KEY (post_id) REFERENCES post (id),
  FOREIGN KEY (staff_id) REFERENCES staff (id)
) STRICT;
CREATE INDEX flow_step__property ON flow_step (property_id);
CREATE INDEX flow_step__flow_id ON flow_step (property_id, flow_id);
CREATE INDEX flow_step__name ON flow_step (property_id, name);
CREATE INDEX flow_step__role_id ON flow_step (property_id, role_id);
CREATE INDEX flow_step__post_id ON flow_step (property_id, post_id);
CREATE INDEX flow_step__staff_id ON flow_step (property_id, staff_id);
CREATE TABLE approval (
  property_id INTEGER NOT NULL,
  id INTEGER NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by INTEGER,
  no TEXT CHECK (length(no) <= 40),
  flow_id INTEGER NOT NULL,
  flow_revision INTEGER,
  subject_entity TEXT NOT NULL CHECK (length(subject_entity) <= 40),
  subject_id INTEGER NOT NULL,
  subject_version INTEGER,
  subject_label TEXT CHECK (length(subject_label) <= 200),
  round INTEGER NOT NULL,
  snapshot TEXT CHECK (json_valid(snapshot)),
  steps TEXT CHECK (json_valid(steps)),
  state TEXT NOT NULL,
  current_seq INTEGER,
  drafter_id INTEGER NOT NULL,
  started_at INTEGER NOT NULL,
  ended_at INTEGER,
  FOREIGN KEY (flow_id) REFERENCES flow (id),
  FOREIGN KEY (drafter_id) REFERENCES staff (id)
) STRICT;
CREATE INDEX approval__property ON approval (property_id);
CREATE INDEX approval__subject_entity_subject_id_state ON approval (property_id, subject_entity, subject_id, state);
CREATE INDEX approval__state_started_at ON approval (property_id, state, started_at);
CREATE INDEX approval__drafter_id_started_at_down ON approval (property_id, drafter_id, started_at);
CREATE INDEX approval__no ON approval (property_id, no);
CREATE INDEX approval__flow_id_started_at_down ON approval (property_id, flow_id, started_at);
CREATE INDEX approval__subject_entity_started_at_down ON approval (property_id, subject_entity, started_at);
CREATE INDEX approval__subject_label ON approval (property_id, subject_label);
CREATE INDEX approval__state_started_at_down ON approval (property_id, state, started_at);
CREATE INDEX approval__started_at ON approval (property_id, started_at);
CREATE TABLE approval_task (
  property_id INTEGER NOT NULL,
  id INTEGER NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by INTEGER,
  approval_id INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  place INTEGER NOT NULL,
  staff_id INTEGER NOT NULL,
  on_behalf_of_id INTEGER,
  state TEXT NOT NULL,
  decision TEXT,
  opinion TEXT CHECK (length(opinion) <= 2000),
  note TEXT,
  opened_at INTEGER,
  due_at INTEGER,
  decided_at INTEGER,
  reminded_at INTEGER,
  added_by_id INTEGER,
  waits_for_id INTEGER,
  FOREIGN KEY (approval_id) REFERENCES approval (id),
  FOREIGN KEY (staff_id) REFERENCES staff (id),
  FOREIGN KEY (on_behalf_of_id) REFERENCES staff (id),
  FOREIGN KEY (added_by_id) REFERENCES staff (id),
  FOREIGN KEY (waits_for_id) REFERENCES approval_task (id)
) STRICT;
CREATE INDEX approval_task__property ON approval_task (property_id);
CREATE INDEX approval_task__approval_id_seq_place ON approval_task (property_id, approval_id, seq, place);
CREATE INDEX approval_task__staff_id_state_due_at ON approval_task (property_id, staff_id, state, due_at);
CREATE INDEX approval_task__state_due_at ON approval_task (property_id, state, due_at);
CREATE INDEX approval_task__approval_id ON approval_task (property_id, approval_id);
CREATE INDEX approval_task__staff_id ON approval_task (property_id, staff_id);
CREATE INDEX approval_task__on_behalf_of_id ON approval_task (property_id, on_behalf_of_id);
CREATE INDEX approval_task__state ON approval_task (property_id, state);
CREATE INDEX approval_task__added_by_id ON approval_task (property_id, added_by_id);
CREATE INDEX approval_task__waits_for_id ON approval_task (property_id, waits_for_id);
CREATE TABLE category (
  id INTEGER NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by INTEGER,
  code TEXT NOT NULL CHECK (length(code) <= 10),
  name TEXT NOT NULL CHECK (length(name) <= 60),
  name_en TEXT CHECK (length(name_en) <= 60),
  parent_id INTEGER,
  seq INTEGER,
  active INTEGER CHECK (active IN (0, 1)),
  UNIQUE (code),
  FOREIGN KEY (parent_id) REFERENCES category (id)
) STRICT;
CREATE INDEX category__name ON category (name);
CREATE INDEX category__parent_id_seq ON category (parent_id, seq);
CREATE INDEX category__seq ON category (seq);
CREATE INDEX category__active_seq ON category (active, seq);
CREATE TABLE channel (
  id INTEGER NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by INTEGER,
  code TEXT NOT NULL CHECK (length(code) <= 20),
  name TEXT NOT NULL CHECK (length(name) <= 60),
  name_en TEXT CHECK (length(name_en) <= 60),
  is_paid INTEGER CHECK (is_paid IN (0, 1)),
  staff_id INTEGER,
  seq INTEGER,
  active INTEGER CHECK (active IN (0, 1)),
  remarks TEXT CHECK (length(remarks) <= 400),
  UNIQUE (code),
  FOREIGN KEY (staff_id) REFERENCES staff (id)
) STRICT;
CREATE INDEX channel__name ON channel (name);
CREATE INDEX channel__is_paid_seq ON channel (is_paid, seq);
CREATE INDEX channel__staff_id_seq ON channel (staff_id, seq);
CREATE INDEX channel__seq ON channel (seq);
CREATE INDEX channel__active_seq ON channel (active, seq);
CREATE TABLE class_rule (
  property_id INTEGER NOT NULL,
  id INTEGER NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by INTEGER,
  words TEXT NOT NULL CHECK (length(words) <= 400),
  category_id INTEGER NOT NULL,
  seq INTEGER,
  active INTEGER CHECK (active IN (0, 1)),
  remarks TEXT CHECK (length(remarks) <= 200),
  FOREIGN KEY (category_id) REFERENCES category (id)
) STRICT;
CREATE INDEX class_rule__property ON class_rule (property_id);
CREATE INDEX class_rule__category_id_seq ON class_rule (property_id, category_id, seq);
CREATE INDEX class_rule__seq ON class_rule (property_id, seq);
CREATE INDEX class_rule__active_seq ON class_rule (property_id, active, seq);
CREATE TABLE building (
  property_id INTEGER NOT NULL,
  id INTEGER NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by INTEGER,
  code TEXT NOT NULL CHECK (length(code) <= 20),
  name TEXT NOT NULL CHECK (length(name) <= 60),
  floors_above INTEGER,
  floors_below INTEGER,
  area_built INTEGER,
  area_leasable INTEGER,
  opened_on TEXT CHECK (opened_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  address TEXT CHECK (length(address) <= 200),
  certificate_no TEXT CHECK (length(certificate_no) <= 60),
  seq INTEGER,
  remarks TEXT CHECK (length(remarks) <= 2000),
  UNIQUE (property_id, code)
) STRICT;
CREATE INDEX building__property ON building (property_id);
CREATE INDEX building__name ON building (property_id, name);
CREATE INDEX building__seq ON building (property_id, seq);
CREATE TABLE floor (
  property_id INTEGER NOT NULL,
  id INTEGER NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by INTEGER,
  building_id INTEGER NOT NULL,
  code TEXT NOT NULL CHECK (length(code) <= 20),
  name TEXT NOT NULL CHECK (length(name) <= 60),
  seq INTEGER,
  theme TEXT CHECK (length(theme) <= 100),
  area_built INTEGER,
  area_leasable INTEGER,
  height INTEGER,
  drawing TEXT CHECK (json_valid(drawing)),
  UNIQUE (property_id, building_id, code),
  FOREIGN KEY (building_id) REFERENCES building (id)
) STRICT;
CREATE INDEX floor__property ON floor (property_id);
CREATE INDEX floor__building_id_seq ON floor (property_id, building_id, seq);
CREATE INDEX floor__code ON floor (property_id, code);
CREATE INDEX floor__name ON floor (property_id, name);
CREATE INDEX floor__seq ON floor (property_id, seq);
CREATE TABLE unit (
  property_id INTEGER NOT NULL,
  id INTEGER NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by INTEGER,
  no TEXT NOT NULL CHECK (length(no) <= 40),
  floor_id INTEGER NOT NULL,
  kind TEXT,
  status TEXT,
  purpose TEXT,
  area_built INTEGER,
  area_usable INTEGER,
  area_leasable INTEGER NOT NULL,
  frontage INTEGER,
  depth INTEGER,
  height INTEGER,
  load INTEGER,
  has_water INTEGER CHECK (has_water IN (0, 1)),
  has_gas INTEGER CHECK (has_gas IN (0, 1)),
  has_exhaust INTEGER CHECK (has_exhaust IN (0, 1)),
  power_kw INTEGER,
  allowed_categories TEXT CHECK (length(allowed_categories) <= 400),
  price_basis TEXT,
  floor_price INTEGER,
  target_price INTEGER,
  fee_price INTEGER,
  points TEXT CHECK (json_valid(points)),
  from_on TEXT CHECK (from_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  to_on TEXT CHECK (to_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  remarks TEXT CHECK (length(remarks) <= 2000),
  UNIQUE (property_id, no),
  FOREIGN KEY (floor_id) REFERENCES floor (id)
) STRICT;
CREATE INDEX unit__property ON unit (property_id);
CREATE INDEX unit__floor_id_status ON unit (property_id, floor_id, status);
CREATE INDEX unit__floor_id_no ON unit (property_id, floor_id, no);
CREATE INDEX unit__kind_no ON unit (property_id, kind, no);
CREATE INDEX unit__status_no ON unit (property_id, status, no);
CREATE INDEX unit__purpose_no ON unit (property_id, purpose, no);
CREATE INDEX unit__area_leasable ON unit (property_id, area_leasable);
CREATE TABLE unit_change (
  property_id INTEGER NOT NULL,
  id INTEGER NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by INTEGER,
  no TEXT CHECK (length(no) <= 40),
  kind TEXT NOT NULL,
  effective_on TEXT NOT NULL CHECK (effective_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  sources TEXT NOT NULL CHECK (json_valid(sources)),
  parts TEXT NOT NULL CHECK (json_valid(parts)),
  reason TEXT NOT NULL CHECK (length(reason) <= 400),
  state TEXT
) STRICT;
CREATE INDEX unit_change__property ON unit_change (property_id);
CREATE INDEX unit_change__no ON unit_change (property_id, no);
CREATE INDEX unit_change__kind_effective_on_down ON unit_change (property_id, kind, effective_on);
CREATE INDEX unit_change__effective_on ON unit_change (property_id, effective_on);
CREATE INDEX unit_change__state_effective_on_down ON unit_change (property_id, state, effective_on);
CREATE TABLE price_policy (
  property_id INTEGER NOT NULL,
  id INTEGER NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by INTEGER,
  edition TEXT NOT NULL CHECK (length(edition) <= 40),
  category_id INTEGER,
  floor_id INTEGER,
  from_on TEXT NOT NULL CHECK (from_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  to_on TEXT CHECK (to_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  price_basis TEXT,
  floor_price INTEGER NOT NULL,
  target_price INTEGER NOT NULL,
  free_days INTEGER,
  deposit_months INTEGER,
  state TEXT,
  approved_at INTEGER,
  approved_by INTEGER,
  remarks TEXT CHECK (length(remarks) <= 2000),
  FOREIGN KEY (category_id) REFERENCES category (id),
  FOREIGN KEY (floor_id) REFERENCES floor (id),
  FOREIGN KEY (approved_by) REFERENCES staff (id)
) STRICT;
CREATE INDEX price_policy__property ON price_policy (property_id);
CREATE INDEX price_policy__state_from_on ON price_policy (property_id, state, from_on);
CREATE INDEX price_policy__edition ON price_policy (property_id, edition);
CREATE INDEX price_policy__category_id_from_on_down ON price_policy (property_id, category_id, from_on);
CREATE INDEX price_policy__floor_id_from_on_down ON price_policy (property_id, floor_id, from_on);
CREATE INDEX price_policy__from_on ON price_policy (property_id, from_on);
CREATE INDEX price_policy__to_on ON price_policy (property_id, to_on);
CREATE INDEX price_policy__state_from_on_down ON price_policy (property_id, state, from_on);
CREATE INDEX price_policy__approved_by_from_on_down ON price_policy (property_id, approved_by, from_on);
CREATE TABLE zone_unit (
  property_id INTEGER NOT NULL,
  id INTEGER NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by INTEGER,
  zone_id INTEGER NOT NULL,
  staff_id INTEGER NOT NULL,
  unit_id INTEGER NOT NULL,
  from_on TEXT NOT NULL CHECK (from_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  to_on TEXT CHECK (to_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  remarks TEXT CHECK (length(remarks) <= 200),
  FOREIGN KEY (zone_id) REFERENCES zone (id),
  FOREIGN KEY (staff_id) REFERENCES staff (id),
  FOREIGN KEY (unit_id) REFERENCES unit (id)
) STRICT;
CREATE INDEX zone_unit__property ON zone_unit (property_id);
CREATE INDEX zone_unit__unit_id_from_on ON zone_unit (property_id, unit_id, from_on);
CREATE INDEX zone_unit__staff_id_from_on ON zone_unit (property_id, staff_id, from_on);
CREATE INDEX zone_unit__zone_id_from_on_down ON zone_unit (property_id, zone_id, from_on);
CREATE INDEX zone_unit__staff_id_from_on_down ON zone_unit (property_id, staff_id, from_on);
CREATE INDEX zone_unit__unit_id_from_on_down ON zone_unit (property_id, unit_id, from_on);
CREATE INDEX zone_unit__from_on ON zone_unit (property_id, from_on);
CREATE INDEX zone_unit__to_on ON zone_unit (property_id, to_on);
CREATE TABLE channel_spend (
  property_id INTEGER NOT NULL,
  id INTEGER NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by INTEGER,
  channel_id INTEGER NOT NULL,
  month INTEGER NOT NULL,
  amount INTEGER NOT NULL,
  remarks TEXT CHECK (length(remarks) <= 400),
  UNIQUE (property_id, channel_id, month),
  FOREIGN KEY (channel_id) REFERENCES channel (id)
) STRICT;
CREATE INDEX channel_spend__property ON channel_spend (property_id);
CREATE INDEX channel_spend__channel_id_month_down ON channel_spend (property_id, channel_id, month);
CREATE INDEX channel_spend__month ON channel_spend (property_id, month);
CREATE TABLE merchant (
  property_id INTEGER NOT NULL,
  id INTEGER NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by INTEGER,
  no TEXT CHECK (length(no) <= 40),
  name TEXT NOT NULL CHECK (length(name) <= 120),
  short_name TEXT CHECK (length(short_name) <= 60),
  kind TEXT,
  state TEXT,
  tier TEXT,
  credit_code TEXT CHECK (length(credit_code) <= 18),
  verified_on TEXT CHECK (verified_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  id_number TEXT CHECK (length(id_number) <= 18),
  legal_rep TEXT CHECK (length(legal_rep) <= 60),
  capital INTEGER,
  established_on TEXT CHECK (established_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  business_scope TEXT CHECK (length(business_scope) <= 1000),
  address TEXT CHECK (length(address) <= 200),
  mail_address TEXT CHECK (length(mail_address) <= 200),
  email TEXT CHECK (length(email) <= 120),
  bank_name TEXT CHECK (length(bank_name) <= 120),
  bank_account TEXT CHECK (length(bank_account) <= 40),
  account_name TEXT CHECK (length(account_name) <= 120),
  taxpayer TEXT,
  tax_title TEXT CHECK (length(tax_title) <= 120),
  tax_no TEXT CHECK (length(tax_no) <= 20),
  tax_address TEXT CHECK (length(tax_address) <= 200),
  tax_bank TEXT CHECK (length(tax_bank) <= 200),
  shops_count INTEGER,
  annual_sales INTEGER,
  category_id INTEGER,
  needs TEXT CHECK (length(needs) <= 400),
  owner_id INTEGER,
  channel_id INTEGER,
  is_blacklisted INTEGER CHECK (is_blacklisted IN (0, 1)),
  blacklist_reason TEXT CHECK (length(blacklist_reason) <= 400),
  merged_into_id INTEGER,
  remarks TEXT CHECK (length(remarks) <= 2000),
  UNIQUE (property_id, credit_code),
  FOREIGN KEY (category_id) REFERENCES category (id),
  FOREIGN KEY (owner_id) REFERENCES staff (id),
  FOREIGN KEY (channel_id) REFERENCES channel (id),
  FOREIGN KEY (merged_into_id) REFERENCES merchant (id)
) STRICT;
CREATE INDEX merchant__property ON merchant (property_id);
CREATE INDEX merchant__no ON merchant (property_id, no);
CREATE INDEX merchant__name ON merchant (property_id, name);
CREATE INDEX merchant__kind ON merchant (property_id, kind);
CREATE INDEX merchant__state ON merchant (property_id, state);
CREATE INDEX merchant__tier ON merchant (property_id, tier);
CREATE INDEX merchant__category_id ON merchant (property_id, category_id);
CREATE INDEX merchant__owner_id ON merchant (property_id, owner_id);
CREATE INDEX merchant__channel_id ON merchant (property_id, channel_id);
CREATE INDEX merchant__is_blacklisted ON merchant (property_id, is_blacklisted);
CREATE INDEX merchant__merged_into_id ON merchant (property_id, merged_into_id);
CREATE TABLE contact (
  property_id INTEGER NOT NULL,
  id INTEGER NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by INTEGER,
  merchant_id INTEGER NOT NULL,
  name TEXT NOT NULL CHECK (length(name) <= 60),
  mobile TEXT CHECK (length(mobile) <= 20),
  phone TEXT CHECK (length(phone) <= 30),
  role TEXT CHECK (length(role) <= 60),
  wechat TEXT CHECK (length(wechat) <= 60),
  email TEXT CHECK (length(email) <= 120),
  is_primary INTEGER CHECK (is_primary IN (0, 1)),
  decides INTEGER CHECK (decides IN (0, 1)),
  active INTEGER CHECK (active IN (0, 1)),
  remarks TEXT CHECK (length(remarks) <= 400),
  FOREIGN KEY (merchant_id) REFERENCES merchant (id)
) STRICT;
CREATE INDEX contact__property ON contact (property_id);
CREATE INDEX contact__merchant_id ON contact (property_id, merchant_id);
CREATE INDEX contact__mobile ON contact (property_id, mobile);
CREATE INDEX contact__phone ON contact (property_id, phone);
CREATE INDEX contact__merchant_id_name ON contact (property_id, merchant_id, name);
CREATE INDEX contact__name ON contact (property_id, name);
CREATE INDEX contact__is_primary_name ON contact (property_id, is_primary, name);
CREATE INDEX contact__active_name ON contact (property_id, active, name);
CREATE TABLE brand (
  property_id INTEGER NOT NULL,
  id INTEGER NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by INTEGER,
  name TEXT NOT NULL CHECK (length(name) <= 80),
  name_en TEXT CHECK (length(name_en) <= 80),
  category_id INTEGER NOT NULL,
  level TEXT,
  reach TEXT,
  owner_merchant_id INTEGER,
  area_min INTEGER,
  area_max INTEGER,
  price_min INTEGER,
  price_max INTEGER,
  ticket INTEGER,
  shops_count INTEGER,
  shops_nearby TEXT CHECK (length(shops_nearby) <= 400),
  needs_water INTEGER CHECK (needs_water IN (0, 1)),
  needs_gas INTEGER CHECK (needs_gas IN (0, 1)),
  needs_exhaust INTEGER CHECK (needs_exhaust IN (0, 1)),
  frontage_min INTEGER,
  power_kw INTEGER,
  expansion_plan TEXT CHECK (length(expansion_plan) <= 2000),
  lease_years TEXT CHECK (length(lease_years) <= 60),
  website TEXT CHECK (length(website) <= 200),
  staff_id INTEGER,
  active INTEGER CHECK (active IN (0, 1)),
  remarks TEXT CHECK (length(remarks) <= 2000),
  UNIQUE (property_id, name),
  FOREIGN KEY (category_id) REFERENCES category (id),
  FOREIGN KEY (owner_merchant_id) REFERENCES merchant (id),
  FOREIGN KEY (staff_id) REFERENCES staff (id)
) STRICT;
CREATE INDEX brand__property ON brand (property_id);
CREATE INDEX brand__category_id_name ON brand (property_id, category_id, name);
CREATE INDEX brand__level_name ON brand (property_id, level, name);
CREATE INDEX brand__reach_name ON brand (property_id, reach, name);
CREATE INDEX brand__owner_merchant_id_name ON brand (property_id, owner_merchant_id, name);
CREATE INDEX brand__shops_count ON brand (property_id, shops_count);
CREATE INDEX brand__staff_id_name ON brand (property_id, staff_id, name);
CREATE INDEX brand__active_name ON brand (property_id, active, name);
CREATE TABLE merchant_brand (
  property_id INTEGER NOT NULL,
  id INTEGER NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by INTEGER,
  merchant_id INTEGER NOT NULL,
  brand_id INTEGER NOT NULL,
  kind TEXT,
  region TEXT CHECK (length(region) <= 120),
  certificate_no TEXT CHECK (length(certificate_no) <= 80),
  from_on TEXT CHECK (from_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  to_on TEXT CHECK (to_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  remarks TEXT CHECK (length(remarks) <= 400),
  UNIQUE (property_id, merchant_id, brand_id),
  FOREIGN KEY (merchant_id) REFERENCES merchant (id),
  FOREIGN KEY (brand_id) REFERENCES brand (id)
) STRICT;
CREATE INDEX merchant_brand__property ON merchant_brand (property_id);
CREATE INDEX merchant_brand__merchant_id_to_on ON merchant_brand (property_id, merchant_id, to_on);
CREATE INDEX merchant_brand__brand_id_to_on ON merchant_brand (property_id, brand_id, to_on);
CREATE INDEX merchant_brand__kind_to_on ON merchant_brand (property_id, kind, to_on);
CREATE INDEX merchant_brand__to_on ON merchant_brand (property_id, to_on);
CREATE TABLE merchant_login (
  property_id INTEGER NOT NULL,
  id INTEGER NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by INTEGER,
  merchant_id INTEGER NOT NULL,
  name TEXT NOT NULL CHECK (length(name) <= 40),
  contact_id INTEGER,
  login TEXT NOT NULL CHECK (length(login) <= 40),
  active INTEGER CHECK (active IN (0, 1)),
  password_hash TEXT CHECK (length(password_hash) <= 200),
  must_change_password INTEGER CHECK (must_change_password IN (0, 1)),
  failed_count INTEGER,
  locked_until INTEGER,
  UNIQUE (property_id, login),
  FOREIGN KEY (merchant_id) REFERENCES merchant (id),
  FOREIGN KEY (contact_id) REFERENCES contact (id)
) STRICT;
CREATE INDEX merchant_login__property ON merchant_login (property_id);
CREATE INDEX merchant_login__merchant_id ON merchant_login (property_id, merchant_id);
CREATE INDEX merchant_login__name ON merchant_login (property_id, name);
CREATE INDEX merchant_login__contact_id ON merchant_login (property_id, contact_id);
CREATE INDEX merchant_login__active ON merchant_login (property_id, active);
CREATE TABLE lead (
  property_id INTEGER NOT NULL,
  id INTEGER NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by INTEGER,
  no TEXT CHECK (length(no) <= 40),
  name TEXT NOT NULL CHECK (length(name) <= 120),
  merchant_id INTEGER,
  contact_id INTEGER,
  brand_id INTEGER,
  category_id INTEGER,
  stage TEXT,
  grade TEXT,
  key_account INTEGER CHECK (key_account IN (0, 1)),
  area_min INTEGER,
  area_max INTEGER,
  budget_price INTEGER,
  floors_wish TEXT CHECK (length(floors_wish) <= 120),
  needs_water INTEGER CHECK (needs_water IN (0, 1)),
  needs_gas INTEGER CHECK (needs_gas IN (0, 1)),
  needs_exhaust INTEGER CHECK (needs_exhaust IN (0, 1)),
  frontage_min INTEGER,
  opening_wish_on TEXT CHECK (opening_wish_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  demand TEXT CHECK (length(demand) <= 1000),
  channel_id INTEGER,
  owner_id INTEGER,
  owner_since INTEGER,
  next_follow_on TEXT CHECK (next_follow_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  last_contact_at INTEGER,
  stage_since INTEGER,
  pool_since INTEGER,
  pool_warned_on TEXT CHECK (pool_warned_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  lost_reason TEXT,
  lost_to TEXT CHECK (length(lost_to) <= 200),
  closed_at INTEGER,
  remarks TEXT CHECK (length(remarks) <= 2000),
  FOREIGN KEY (merchant_id) REFERENCES merchant (id),
  FOREIGN KEY (contact_id) REFERENCES contact (id),
  FOREIGN KEY (brand_id) REFERENCES brand (id),
  FOREIGN KEY (category_id) REFERENCES category (id),
  FOREIGN KEY (channel_id) REFERENCES channel (id),
  FOREIGN KEY (owner_id) REFERENCES staff (id)
) STRICT;
CREATE INDEX lead__property ON lead (property_id);
CREATE INDEX lead__stage_grade_last_contact_at ON lead (property_id, stage, grade, last_contact_at);
CREATE INDEX lead__stage_owner_id_area_max_area_min ON lead (property_id, stage, owner_id, area_max, area_min);
CREATE INDEX lead__stage_stage_since ON lead (property_id, stage, stage_since);
CREATE INDEX lead__owner_id_stage ON lead (property_id, owner_id, stage);
CREATE INDEX lead__owner_id_grade_pool_since_down ON lead (property_id, owner_id, grade, pool_since DESC, id DESC);
CREATE INDEX lead__no ON lead (property_id, no);
CREATE INDEX lead__name ON lead (property_id, name);
CREATE INDEX lead__merchant_id ON lead (property_id, merchant_id);
CREATE INDEX lead__contact_id ON lead (property_id, contact_id);
CREATE INDEX lead__brand_id ON lead (property_id, brand_id);
CREATE INDEX lead__category_id ON lead (property_id, category_id);
CREATE INDEX lead__stage ON lead (property_id, stage);
CREATE INDEX lead__grade ON lead (property_id, grade);
CREATE INDEX lead__key_account ON lead (property_id, key_account);
CREATE INDEX lead__channel_id ON lead (property_id, channel_id);
CREATE INDEX lead__owner_id ON lead (property_id, owner_id);
CREATE INDEX lead__next_follow_on ON lead (property_id, next_follow_on);
CREATE INDEX lead__last_contact_at ON lead (property_id, last_contact_at);
CREATE INDEX lead__lost_reason ON lead (property_id, lost_reason);
CREATE TABLE inquiry (
  property_id INTEGER NOT NULL,
  id INTEGER NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by INTEGER,
  no TEXT CHECK (length(no) <= 40),
  kind TEXT NOT NULL,
  at INTEGER,
  on_day TEXT CHECK (on_day GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  phone TEXT NOT NULL CHECK (length(phone) <= 30),
  name TEXT NOT NULL CHECK (length(name) <= 60),
  brand_name TEXT CHECK (length(brand_name) <= 120),
  channel_id INTEGER NOT NULL,
  category_id INTEGER,
  area_min INTEGER,
  area_max INTEGER,
  budget_price INTEGER,
  floors_wish TEXT CHECK (length(floors_wish) <= 120),
  units_shown TEXT CHECK (length(units_shown) <= 200),
  content TEXT CHECK (length(content) <= 1000),
  grade TEXT,
  next_follow_on TEXT CHECK (next_follow_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  receptionist_id INTEGER,
  guide_id INTEGER,
  visitors INTEGER,
  first_visit INTEGER CHECK (first_visit IN (0, 1)),
  arrival TEXT,
  call_inquiry_id INTEGER,
  merchant_id INTEGER,
  contact_id INTEGER,
  lead_id INTEGER,
  is_new INTEGER CHECK (is_new IN (0, 1)),
  remarks TEXT CHECK (length(remarks) <= 400),
  FOREIGN KEY (channel_id) REFERENCES channel (id),
  FOREIGN KEY (category_id) REFERENCES category (id),
  FOREIGN KEY (receptionist_id) REFERENCES staff (id),
  FOREIGN KEY (guide_id) REFERENCES staff (id),
  FOREIGN KEY (call_inquiry_id) REFERENCES inquiry (id),
  FOREIGN KEY (merchant_id) REFERENCES merchant (id),
  FOREIGN KEY (contact_id) REFERENCES contact (id),
  FOREIGN KEY (lead_id) REFERENCES lead (id)
) STRICT;
CREATE INDEX inquiry__property ON inquiry (property_id);
CREATE INDEX inquiry__phone ON inquiry (property_id, phone);
CREATE INDEX inquiry__on_day_kind ON inquiry (property_id, on_day, kind);
CREATE INDEX inquiry__merchant_id_at ON inquiry (property_id, merchant_id, at);
CREATE INDEX inquiry__receptionist_id_on_day ON inquiry (property_id, receptionist_id, on_day);
CREATE INDEX inquiry__no ON inquiry (property_id, no);
CREATE INDEX inquiry__kind_at_down ON inquiry (property_id, kind, at);
CREATE INDEX inquiry__at ON inquiry (property_id, at);
CREATE INDEX inquiry__on_day ON inquiry (property_id, on_day);
CREATE INDEX inquiry__on_day_at_down ON inquiry (property_id, on_day, at);
CREATE INDEX inquiry__name ON inquiry (property_id, name);
CREATE INDEX inquiry__channel_id_at_down ON inquiry (property_id, channel_id, at);
CREATE INDEX inquiry__category_id_at_down ON inquiry (property_id, category_id, at);
CREATE INDEX inquiry__grade_at_down ON inquiry (property_id, grade, at);
CREATE INDEX inquiry__next_follow_on_at_down ON inquiry (property_id, next_follow_on, at);
CREATE INDEX inquiry__receptionist_id_at_down ON inquiry (property_id, receptionist_id, at);
CREATE INDEX inquiry__guide_id_at_down ON inquiry (property_id, guide_id, at);
CREATE INDEX inquiry__first_visit_at_down ON inquiry (property_id, first_visit, at);
CREATE INDEX inquiry__call_inquiry_id_at_down ON inquiry (property_id, call_inquiry_id, at);
CREATE INDEX inquiry__merchant_id_at_down ON inquiry (property_id, merchant_id, at);
CREATE INDEX inquiry__contact_id_at_down ON inquiry (property_id, contact_id, at);
CREATE INDEX inquiry__lead_id_at_down ON inquiry (property_id, lead_id, at);
CREATE INDEX inquiry__is_new_at_down ON inquiry (property_id, is_new, at);
CREATE TABLE follow_up (
  property_id INTEGER NOT NULL,
  id INTEGER NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by INTEGER,
  lead_id INTEGER NOT NULL,
  way TEXT NOT NULL,
  content TEXT NOT NULL CHECK (length(content) <= 1000),
  result TEXT,
  grade TEXT,
  next_on TEXT CHECK (next_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  at INTEGER,
  on_day TEXT CHECK (on_day GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  staff_id INTEGER,
  stage_action TEXT CHECK (length(stage_action) <= 20),
  FOREIGN KEY (lead_id) REFERENCES lead (id),
  FOREIGN KEY (staff_id) REFERENCES staff (id)
) STRICT;
CREATE INDEX follow_up__property ON follow_up (property_id);
CREATE INDEX follow_up__lead_id_at ON follow_up (property_id, lead_id, at);
CREATE INDEX follow_up__staff_id_on_day ON follow_up (property_id, staff_id, on_day);
CREATE INDEX follow_up__lead_id_at_down ON follow_up (property_id, lead_id, at);
CREATE INDEX follow_up__way_at_down ON follow_up (property_id, way, at);
CREATE INDEX follow_up__result_at_down ON follow_up (property_id, result, at);
CREATE INDEX follow_up__grade_at_down ON follow_up (property_id, grade, at);
CREATE INDEX follow_up__next_on ON follow_up (property_id, next_on);
CREATE INDEX follow_up__at ON follow_up (property_id, at);
CREATE INDEX follow_up__on_day_at_down ON follow_up (property_id, on_day, at);
CREATE INDEX follow_up__staff_id_at_down ON follow_up (property_id, staff_id, at);
CREATE TABLE lead_owner_change (
  property_id INTEGER NOT NULL,
  id INTEGER NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by INTEGER,
  lead_id INTEGER NOT NULL,
  from_staff_id INTEGER,
  to_staff_id INTEGER,
  reason TEXT NOT NULL,
  remarks TEXT CHECK (length(remarks) <= 200),
  at INTEGER NOT NULL,
  FOREIGN KEY (lead_id) REFERENCES lead (id),
  FOREIGN KEY (from_staff_id) REFERENCES staff (id),
  FOREIGN KEY (to_staff_id) REFERENCES staff (id)
) STRICT;
CREATE INDEX lead_owner_change__property ON lead_owner_change (property_id);
CREATE INDEX lead_owner_change__lead_id_at_down ON lead_owner_change (property_id, lead_id, at);
CREATE INDEX lead_owner_change__from_staff_id_at_down ON lead_owner_change (property_id, from_staff_id, at);
CREATE INDEX lead_owner_change__to_staff_id_at_down ON lead_owner_change (property_id, to_staff_id, at);
CREATE INDEX lead_owner_change__reason_at_down ON lead_owner_change (property_id, reason, at);
CREATE INDEX lead_owner_change__at ON lead_owner_change (property_id, at);
CREATE TRIGGER lead_owner_change__no_update BEFORE UPDATE ON lead_owner_change BEGIN SELECT RAISE(ABORT, 'lead_owner_change is append-only'); END;
CREATE TRIGGER lead_owner_change__no_delete BEFORE DELETE ON lead_owner_change BEGIN SELECT RAISE(ABORT, 'lead_owner_change is append-only'); END;
CREATE TABLE lead_stage_change (
  property_id INTEGER NOT NULL,
  id INTEGER NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by INTEGER,
  lead_id INTEGER NOT NULL,
  from_stage TEXT,
  to_stage TEXT NOT NULL,
  staff_id INTEGER,
  changed_on TEXT NOT NULL CHECK (changed_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  at INTEGER NOT NULL,
  seconds_before INTEGER,
  FOREIGN KEY (lead_id) REFERENCES lead (id),
  FOREIGN KEY (staff_id) REFERENCES staff (id)
) STRICT;
CREATE INDEX lead_stage_change__property ON lead_stage_change (property_id);
CREATE INDEX lead_stage_change__to_stage_changed_on ON lead_stage_change (property_id, to_stage, changed_on);
CREATE INDEX lead_stage_change__lead_id_at ON lead_stage_change (property_id, lead_id, at);
CREATE INDEX lead_stage_change__lead_id_at_down ON lead_stage_change (property_id, lead_id, at);
CREATE INDEX lead_stage_change__to_stage_at_down ON lead_stage_change (property_id, to_stage, at);
CREATE INDEX lead_stage_change__staff_id_at_down ON lead_stage_change (property_id, staff_id, at);
CREATE INDEX lead_stage_change__changed_on ON lead_stage_change (property_id, changed_on);
CREATE INDEX lead_stage_change__changed_on_at_down ON lead_stage_change (property_id, changed_on, at);
CREATE INDEX lead_stage_change__at ON lead_stage_change (property_id, at);
CREATE TRIGGER lead_stage_change__no_update BEFORE UPDATE ON lead_stage_change BEGIN SELECT RAISE(ABORT, 'lead_stage_change is append-only'); END;
CREATE TRIGGER lead_stage_change__no_delete BEFORE DELETE ON lead_stage_change BEGIN SELECT RAISE(ABORT, 'lead_stage_change is append-only'); END;
CREATE TABLE visit_plan (
  property_id INTEGER NOT NULL,
  id INTEGER NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by INTEGER,
  title TEXT NOT NULL CHECK (length(title) <= 120),
  kind TEXT,
  lead_id INTEGER,
  merchant_id INTEGER,
  brand_id INTEGER,
  staff_id INTEGER,
  planned_on TEXT NOT NULL CHECK (planned_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  minute_of_day INTEGER,
  place TEXT CHECK (length(place) <= 200),
  purpose TEXT NOT NULL CHECK (length(purpose) <= 400),
  report_due_on TEXT CHECK (report_due_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  visited_at INTEGER,
  report TEXT CHECK (length(report) <= 4000),
  reported_at INTEGER,
  is_late INTEGER CHECK (is_late IN (0, 1)),
  state TEXT,
  cancel_reason TEXT CHECK (length(cancel_reason) <= 200),
  FOREIGN KEY (lead_id) REFERENCES lead (id),
  FOREIGN KEY (merchant_id) REFERENCES merchant (id),
  FOREIGN KEY (brand_id) REFERENCES brand (id),
  FOREIGN KEY (staff_id) REFERENCES staff (id)
) STRICT;
CREATE INDEX visit_plan__property ON visit_plan (property_id);
CREATE INDEX visit_plan__staff_id_planned_on ON visit_plan (property_id, staff_id, planned_on);
CREATE INDEX visit_plan__state_planned_on ON visit_plan (property_id, state, planned_on);
CREATE INDEX visit_plan__title ON visit_plan (property_id, title);
CREATE INDEX visit_plan__kind_planned_on_down ON visit_plan (property_id, kind, planned_on);
CREATE INDEX visit_plan__lead_id_planned_on_down ON visit_plan (property_id, lead_id, planned_on);
CREATE INDEX visit_plan__merchant_id_planned_on_down ON visit_plan (property_id, merchant_id, planned_on);
CREATE INDEX visit_plan__brand_id_planned_on_down ON visit_plan (property_id, brand_id, planned_on);
CREATE INDEX visit_plan__staff_id_planned_on_down ON visit_plan (property_id, staff_id, planned_on);
CREATE INDEX visit_plan__planned_on ON visit_plan (property_id, planned_on);
CREATE INDEX visit_plan__report_due_on ON visit_plan (property_id, report_due_on);
CREATE INDEX visit_plan__report_due_on_planned_on_down ON visit_plan (property_id, report_due_on, planned_on);
CREATE INDEX visit_plan__is_late_planned_on_down ON visit_plan (property_id, is_late, planned_on);
CREATE INDEX visit_plan__state_planned_on_down ON visit_plan (property_id, state, planned_on);
CREATE TABLE offer (
  property_id INTEGER NOT NULL,
  id INTEGER NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by INTEGER,
  lead_id INTEGER NOT NULL,
  round INTEGER,
  side TEXT NOT NULL,
  offered_on TEXT CHECK (offered_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  unit_id INTEGER,
  from_on TEXT CHECK (from_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  to_on TEXT CHECK (to_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  rent_price INTEGER,
  turnover_percent INTEGER,
  fee_price INTEGER,
  escalation TEXT CHECK (length(escalation) <= 200),
  free_days INTEGER,
  deposit_months INTEGER,
  pay_months INTEGER,
  content TEXT CHECK (length(content) <= 1000),
  staff_id INTEGER,
  below_floor INTEGER CHECK (below_floor IN (0, 1)),
  concession INTEGER,
  is_accepted INTEGER CHECK (is_accepted IN (0, 1)),
  UNIQUE (property_id, lead_id, round, side),
  FOREIGN KEY (lead_id) REFERENCES lead (id),
  FOREIGN KEY (unit_id) REFERENCES unit (id),
  FOREIGN KEY (staff_id) REFERENCES staff (id)
) STRICT;
CREATE INDEX offer__property ON offer (property_id);
CREATE INDEX offer__lead_id_offered_on_down ON offer (property_id, lead_id, offered_on);
CREATE INDEX offer__round ON offer (property_id, round);
CREATE INDEX offer__side_offered_on_down ON offer (property_id, side, offered_on);
CREATE INDEX offer__offered_on ON offer (property_id, offered_on);
CREATE INDEX offer__unit_id_offered_on_down ON offer (property_id, unit_id, offered_on);
CREATE INDEX offer__staff_id_offered_on_down ON offer (property_id, staff_id, offered_on);
CREATE INDEX offer__below_floor_offered_on_down ON offer (property_id, below_floor, offered_on);
CREATE INDEX offer__is_accepted_offered_on_down ON offer (property_id, is_accepted, offered_on);
CREATE TABLE unit_hold (
  property_id INTEGER NOT NULL,
  id INTEGER NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by INTEGER,
  unit_id INTEGER NOT NULL,
  lead_id INTEGER NOT NULL,
  from_at INTEGER,
  until_at INTEGER,
  reason TEXT NOT NULL CHECK (length(reason) <= 200),
  locked INTEGER CHECK (locked IN (0, 1)),
  staff_id INTEGER,
  state TEXT,
  ended_at INTEGER,
  FOREIGN KEY (unit_id) REFERENCES unit (id),
  FOREIGN KEY (lead_id) REFERENCES lead (id),
  FOREIGN KEY (staff_id) REFERENCES staff (id)
) STRICT;
CREATE INDEX unit_hold__property ON unit_hold (property_id);
CREATE INDEX unit_hold__unit_id_state_until_at ON unit_hold (property_id, unit_id, state, until_at);
CREATE INDEX unit_hold__state_until_at ON unit_hold (property_id, state, until_at);
CREATE INDEX unit_hold__unit_id_until_at ON unit_hold (property_id, unit_id, until_at);
CREATE INDEX unit_hold__lead_id_until_at ON unit_hold (property_id, lead_id, until_at);
CREATE INDEX unit_hold__until_at ON unit_hold (property_id, until_at);
CREATE INDEX unit_hold__locked_until_at ON unit_hold (property_id, locked, until_at);
CREATE INDEX unit_hold__staff_id_until_at ON unit_hold (property_id, staff_id, until_at);
CREATE TABLE target_list (
  property_id INTEGER NOT NULL,
  id INTEGER NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by INTEGER,
  name TEXT NOT NULL CHECK (length(name) <= 120),
  unit_id INTEGER,
  category_id INTEGER,
  floor_id INTEGER,
  owner_id INTEGER,
  due_on TEXT CHECK (due_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  active INTEGER CHECK (active IN (0, 1)),
  remarks TEXT CHECK (length(remarks) <= 2000),
  FOREIGN KEY (unit_id) REFERENCES unit (id),
  FOREIGN KEY (category_id) REFERENCES category (id),
  FOREIGN KEY (floor_id) REFERENCES floor (id),
  FOREIGN KEY (owner_id) REFERENCES staff (id)
) STRICT;
CREATE INDEX target_list__property ON target_list (property_id);
CREATE INDEX target_list__name ON target_list (property_id, name);
CREATE INDEX target_list__unit_id_due_on ON target_list (property_id, unit_id, due_on);
CREATE INDEX target_list__category_id_due_on ON target_list (property_id, category_id, due_on);
CREATE INDEX target_list__floor_id_due_on ON target_list (property_id, floor_id, due_on);
CREATE INDEX target_list__owner_id_due_on ON target_list (property_id, owner_id, due_on);
CREATE INDEX target_list__due_on ON target_list (property_id, due_on);
CREATE INDEX target_list__active_due_on ON target_list (property_id, active, due_on);
CREATE TABLE target_brand (
  property_id INTEGER NOT NULL,
  id INTEGER NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by INTEGER,
  list_id INTEGER NOT NULL,
  brand_id INTEGER NOT NULL,
  staff_id INTEGER,
  priority TEXT,
  progress TEXT,
  lead_id INTEGER,
  next_on TEXT CHECK (next_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  remarks TEXT CHECK (length(remarks) <= 400),
  UNIQUE (property_id, list_id, brand_id),
  FOREIGN KEY (list_id) REFERENCES target_list (id),
  FOREIGN KEY (brand_id) REFERENCES brand (id),
  FOREIGN KEY (staff_id) REFERENCES staff (id),
  FOREIGN KEY (lead_id) REFERENCES lead (id)
) STRICT;
CREATE INDEX target_brand__property ON target_brand (property_id);
CREATE INDEX target_brand__list_id_next_on ON target_brand (property_id, list_id, next_on);
CREATE INDEX target_brand__brand_id_next_on ON target_brand (property_id, brand_id, next_on);
CREATE INDEX target_brand__staff_id_next_on ON target_brand (property_id, staff_id, next_on);
CREATE INDEX target_brand__priority_next_on ON target_brand (property_id, priority, next_on);
CREATE INDEX target_brand__progress_next_on ON target_brand (property_id, progress, next_on);
CREATE INDEX target_brand__lead_id_next_on ON target_brand (property_id, lead_id, next_on);
CREATE INDEX target_brand__next_on ON target_brand (property_id, next_on);
CREATE TABLE market_note (
  property_id INTEGER NOT NULL,
  id INTEGER NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by INTEGER,
  title TEXT NOT NULL CHECK (length(title) <= 120),
  noted_on TEXT CHECK (noted_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  source TEXT,
  project TEXT CHECK (length(project) <= 120),
  category_id INTEGER,
  brand_id INTEGER,
  tags TEXT CHECK (length(tags) <= 200),
  content TEXT NOT NULL CHECK (length(content) <= 4000),
  staff_id INTEGER,
  FOREIGN KEY (category_id) REFERENCES category (id),
  FOREIGN KEY (brand_id) REFERENCES brand (id),
  FOREIGN KEY (staff_id) REFERENCES staff (id)
) STRICT;
CREATE INDEX market_note__property ON market_note (property_id);
CREATE INDEX market_note__title ON market_note (property_id, title);
CREATE INDEX market_note__noted_on ON market_note (property_id, noted_on);
CREATE INDEX market_note__source_noted_on_down ON market_note (property_id, source, noted_on);
CREATE INDEX market_note__category_id_noted_on_down ON market_note (property_id, category_id, noted_on);
CREATE INDEX market_note__brand_id_noted_on_down ON market_note (property_id, brand_id, noted_on);
CREATE INDEX market_note__staff_id_noted_on_down ON market_note (property_id, staff_id, noted_on);
CREATE TABLE policy_document (
  property_id INTEGER NOT NULL,
  id INTEGER NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by INTEGER,
  title TEXT NOT NULL CHECK (length(title) <= 120),
  kind TEXT,
  edition TEXT NOT NULL CHECK (length(edition) <= 40),
  from_on TEXT NOT NULL CHECK (from_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  to_on TEXT CHECK (to_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  content TEXT NOT NULL CHECK (length(content) <= 8000),
  replaces_id INTEGER,
  state TEXT,
  published_by INTEGER,
  FOREIGN KEY (replaces_id) REFERENCES policy_document (id),
  FOREIGN KEY (published_by) REFERENCES staff (id)
) STRICT;
CREATE INDEX policy_document__property ON policy_document (property_id);
CREATE INDEX policy_document__title ON policy_document (property_id, title);
CREATE INDEX policy_document__kind_from_on_down ON policy_document (property_id, kind, from_on);
CREATE INDEX policy_document__from_on ON policy_document (property_id, from_on);
CREATE INDEX policy_document__to_on ON policy_document (property_id, to_on);
CREATE INDEX policy_document__replaces_id_from_on_down ON policy_document (property_id, replaces_id, from_on);
CREATE INDEX policy_document__state_from_on_down ON policy_document (property_id, state, from_on);
CREATE INDEX policy_document__published_by_from_on_down ON policy_document (property_id, published_by, from_on);
CREATE TABLE faq (
  property_id INTEGER NOT NULL,
  id INTEGER NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by INTEGER,
  question TEXT NOT NULL CHECK (length(question) <= 300),
  answer TEXT NOT NULL CHECK (length(answer) <= 4000),
  tags TEXT CHECK (length(tags) <= 200),
  document_id INTEGER,
  from_on TEXT CHECK (from_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  to_on TEXT CHECK (to_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  seq INTEGER,
  FOREIGN KEY (document_id) REFERENCES policy_document (id)
) STRICT;
CREATE INDEX faq__property ON faq (property_id);
CREATE INDEX faq__document_id_seq ON faq (property_id, document_id, seq);
CREATE INDEX faq__to_on ON faq (property_id, to_on);
CREATE INDEX faq__seq ON faq (property_id, seq);
CREATE TABLE daily_report (
  property_id INTEGER NOT NULL,
  id INTEGER NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by INTEGER,
  staff_id INTEGER NOT NULL,
  day TEXT NOT NULL CHECK (day GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  figures TEXT CHECK (json_valid(figures)),
  remarks TEXT CHECK (length(remarks) <= 2000),
  problems TEXT CHECK (length(problems) <= 2000),
  plans TEXT CHECK (length(plans) <= 2000),
  state TEXT,
  submitted_at INTEGER,
  late INTEGER CHECK (late IN (0, 1)),
  UNIQUE (property_id, staff_id, day),
  FOREIGN KEY (staff_id) REFERENCES staff (id)
) STRICT;
CREATE INDEX daily_report__property ON daily_report (property_id);
CREATE INDEX daily_report__staff_id_day_down ON daily_report (property_id, staff_id, day);
CREATE INDEX daily_report__day ON daily_report (property_id, day);
CREATE INDEX daily_report__state_day_down ON daily_report (property_id, state, day);
CREATE INDEX daily_report__submitted_at ON daily_report (property_id, submitted_at);
CREATE INDEX daily_report__late_day_down ON daily_report (property_id, late, day);
CREATE TABLE charge_item (
  property_id INTEGER NOT NULL,
  id INTEGER NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by INTEGER,
  code TEXT NOT NULL CHECK (length(code) <= 30),
  name TEXT NOT NULL CHECK (length(name) <= 40),
  name_en TEXT CHECK (length(name_en) <= 60),
  kind TEXT NOT NULL,
  tax_rate INTEGER NOT NULL,
  tax_from_on TEXT CHECK (tax_from_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  account TEXT CHECK (length(account) <= 30),
  in_fitout INTEGER CHECK (in_fitout IN (0, 1)),
  seq INTEGER,
  active INTEGER CHECK (active IN (0, 1)),
  UNIQUE (property_id, code)
) STRICT;
CREATE INDEX charge_item__property ON charge_item (property_id);
CREATE INDEX charge_item__name ON charge_item (property_id, name);
CREATE INDEX charge_item__kind_seq ON charge_item (property_id, kind, seq);
CREATE INDEX charge_item__seq ON charge_item (property_id, seq);
CREATE INDEX charge_item__active_seq ON charge_item (property_id, active, seq);
CREATE TABLE document_template (
  property_id INTEGER NOT NULL,
  id INTEGER NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by INTEGER,
  name TEXT NOT NULL CHECK (length(name) <= 80),
  kind TEXT NOT NULL,
  source TEXT CHECK (length(source) <= 100),
  active INTEGER CHECK (active IN (0, 1)),
  remarks TEXT CHECK (length(remarks) <= 400),
  UNIQUE (property_id, name)
) STRICT;
CREATE INDEX document_template__property ON document_template (property_id);
CREATE INDEX document_template__kind ON document_template (property_id, kind);
CREATE INDEX document_template__active ON document_template (property_id, active);
CREATE TABLE intent (
  property_id INTEGER NOT NULL,
  id INTEGER NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by INTEGER,
  no TEXT CHECK (length(no) <= 30),
  lead_id INTEGER NOT NULL,
  merchant_id INTEGER NOT NULL,
  brand_id INTEGER,
  category_id INTEGER,
  unit_id INTEGER NOT NULL,
  area INTEGER NOT NULL,
  from_on TEXT NOT NULL CHECK (from_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  to_on TEXT NOT NULL CHECK (to_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  free_days INTEGER,
  price_basis TEXT NOT NULL,
  price INTEGER NOT NULL,
  turnover_percent INTEGER,
  step_percent INTEGER,
  fee_price INTEGER,
  cycle_months INTEGER,
  deposit_months INTEGER,
  deposit_kind TEXT NOT NULL,
  deposit_amount INTEGER,
  valid_until_on TEXT NOT NULL CHECK (valid_until_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  handover_on TEXT CHECK (handover_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  open_on TEXT CHECK (open_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  special TEXT CHECK (length(special) <= 2000),
  owner_id INTEGER,
  hold_id INTEGER,
  state TEXT NOT NULL,
  signed_on TEXT CHECK (signed_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  UNIQUE (property_id, no),
  FOREIGN KEY (lead_id) REFERENCES lead (id),
  FOREIGN KEY (merchant_id) REFERENCES merchant (id),
  FOREIGN KEY (brand_id) REFERENCES brand (id),
  FOREIGN KEY (category_id) REFERENCES category (id),
  FOREIGN KEY (unit_id) REFERENCES unit (id),
  FOREIGN KEY (owner_id) REFERENCES staff (id),
  FOREIGN KEY (hold_id) REFERENCES unit_hold (id)
) STRICT;
CREATE INDEX intent__property ON intent (property_id);
CREATE INDEX intent__lead_id_no_down ON intent (property_id, lead_id, no);
CREATE INDEX intent__merchant_id_no_down ON intent (property_id, merchant_id, no);
CREATE INDEX intent__brand_id_no_down ON intent (property_id, brand_id, no);
CREATE INDEX intent__category_id_no_down ON intent (property_id, category_id, no);
CREATE INDEX intent__unit_id_no_down ON intent (property_id, unit_id, no);
CREATE INDEX intent__valid_until_on ON intent (property_id, valid_until_on);
CREATE INDEX intent__owner_id_no_down ON intent (property_id, owner_id, no);
CREATE INDEX intent__hold_id_no_down ON intent (property_id, hold_id, no);
CREATE INDEX intent__state_no_down ON intent (property_id, state, no);
CREATE TABLE lease (
  property_id INTEGER NOT NULL,
  id INTEGER NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by INTEGER,
  no TEXT CHECK (length(no) <= 40),
  kind TEXT NOT NULL,
  merchant_id INTEGER NOT NULL,
  brand_id INTEGER,
  category_id INTEGER,
  lead_id INTEGER,
  intent_id INTEGER,
  unit_id INTEGER,
  unit_nos TEXT CHECK (length(unit_nos) <= 400),
  area INTEGER,
  sign_on TEXT CHECK (sign_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  handover_on TEXT CHECK (handover_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  rent_from_on TEXT CHECK (rent_from_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  open_on TEXT CHECK (open_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  from_on TEXT NOT NULL CHECK (from_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  to_on TEXT NOT NULL CHECK (to_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  bill_from_on TEXT CHECK (bill_from_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  monthly_rent INTEGER,
  total INTEGER,
  lowest_price INTEGER,
  is_below_floor INTEGER CHECK (is_below_floor IN (0, 1)),
  owner_id INTEGER,
  template_id INTEGER,
  supersedes_id INTEGER,
  clauses TEXT CHECK (length(clauses) <= 1000),
  special TEXT CHECK (length(special) <= 4000),
  agreed_total INTEGER,
  state TEXT NOT NULL,
  round INTEGER,
  state_since INTEGER,
  known_on TEXT CHECK (known_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  UNIQUE (property_id, no),
  FOREIGN KEY (merchant_id) REFERENCES merchant (id),
  FOREIGN KEY (brand_id) REFERENCES brand (id),
  FOREIGN KEY (category_id) REFERENCES category (id),
  FOREIGN KEY (lead_id) REFERENCES lead (id),
  FOREIGN KEY (intent_id) REFERENCES intent (id),
  FOREIGN KEY (unit_id) REFERENCES unit (id),
  FOREIGN KEY (owner_id) REFERENCES staff (id),
  FOREIGN KEY (template_id) REFERENCES document_template (id),
  FOREIGN KEY (supersedes_id) REFERENCES lease (id)
) STRICT;
CREATE INDEX lease__property ON lease (property_id);
CREATE INDEX lease__state_to_on ON lease (property_id, state, to_on);
CREATE INDEX lease__kind_no_down ON lease (property_id, kind, no);
CREATE INDEX lease__merchant_id_no_down ON lease (property_id, merchant_id, no);
CREATE INDEX lease__brand_id_no_down ON lease (property_id, brand_id, no);
CREATE INDEX lease__category_id_no_down ON lease (property_id, category_id, no);
CREATE INDEX lease__lead_id_no_down ON lease (property_id, lead_id, no);
CREATE INDEX lease__intent_id_no_down ON lease (property_id, intent_id, no);
CREATE INDEX lease__unit_id_no_down ON lease (property_id, unit_id, no);
CREATE INDEX lease__area ON lease (property_id, area);
CREATE INDEX lease__sign_on ON lease (property_id, sign_on);
CREATE INDEX lease__sign_on_no_down ON lease (property_id, sign_on, no);
CREATE INDEX lease__from_on ON lease (property_id, from_on);
CREATE INDEX lease__from_on_no_down ON lease (property_id, from_on, no);
CREATE INDEX lease__to_on ON lease (property_id, to_on);
CREATE INDEX lease__to_on_no_down ON lease (property_id, to_on, no);
CREATE INDEX lease__monthly_rent ON lease (property_id, monthly_rent);
CREATE INDEX lease__is_below_floor_no_down ON lease (property_id, is_below_floor, no);
CREATE INDEX lease__owner_id_no_down ON lease (property_id, owner_id, no);
CREATE INDEX lease__template_id_no_down ON lease (property_id, template_id, no);
CREATE INDEX lease__supersedes_id_no_down ON lease (property_id, supersedes_id, no);
CREATE INDEX lease__state_no_down ON lease (property_id, state, no);
CREATE TABLE lease_unit (
  property_id INTEGER NOT NULL,
  id INTEGER NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by INTEGER,
  lease_id INTEGER NOT NULL,
  unit_id INTEGER NOT NULL,
  area INTEGER NOT NULL,
  from_on TEXT NOT NULL CHECK (from_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  to_on TEXT NOT NULL CHECK (to_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  UNIQUE (property_id, lease_id, unit_id, from_on),
  FOREIGN KEY (lease_id) REFERENCES lease (id),
  FOREIGN KEY (unit_id) REFERENCES unit (id)
) STRICT;
CREATE INDEX lease_unit__property ON lease_unit (property_id);
CREATE INDEX lease_unit__unit_id_from_on_to_on ON lease_unit (property_id, unit_id, from_on, to_on);
CREATE TABLE charge_term (
  property_id INTEGER NOT NULL,
  id INTEGER NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by INTEGER,
  lease_id INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  item_id INTEGER NOT NULL,
  from_on TEXT NOT NULL CHECK (from_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  to_on TEXT NOT NULL CHECK (to_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  model TEXT NOT NULL CHECK (length(model) <= 30),
  basis TEXT NOT NULL CHECK (length(basis) <= 20),
  price INTEGER,
  clause TEXT NOT NULL CHECK (json_valid(clause)),
  dropped_on TEXT CHECK (dropped_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  UNIQUE (property_id, lease_id, seq),
  FOREIGN KEY (lease_id) REFERENCES lease (id),
  FOREIGN KEY (item_id) REFERENCES charge_item (id)
) STRICT;
CREATE INDEX charge_term__property ON charge_term (property_id);
CREATE INDEX charge_term__item_id ON charge_term (property_id, item_id);
CREATE TABLE lease_price (
  property_id INTEGER NOT NULL,
  id INTEGER NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by INTEGER,
  lease_id INTEGER NOT NULL,
  term_id INTEGER NOT NULL,
  item_id INTEGER NOT NULL,
  unit_no TEXT CHECK (length(unit_no) <= 30),
  from_on TEXT NOT NULL CHECK (from_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  to_on TEXT NOT NULL CHECK (to_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  price INTEGER NOT NULL,
  monthly INTEGER NOT NULL,
  free_days INTEGER NOT NULL,
  is_rent INTEGER NOT NULL CHECK (is_rent IN (0, 1)),
  known_on TEXT NOT NULL CHECK (known_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  replaced_on TEXT CHECK (replaced_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  FOREIGN KEY (lease_id) REFERENCES lease (id),
  FOREIGN KEY (term_id) REFERENCES charge_term (id),
  FOREIGN KEY (item_id) REFERENCES charge_item (id)
) STRICT;
CREATE INDEX lease_price__property ON lease_price (property_id);
CREATE INDEX lease_price__lease_id_from_on ON lease_price (property_id, lease_id, from_on);
CREATE INDEX lease_price__term_id ON lease_price (property_id, term_id);
CREATE INDEX lease_price__item_id ON lease_price (property_id, item_id);
CREATE TABLE deposit_term (
  property_id INTEGER NOT NULL,
  id INTEGER NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by INTEGER,
  lease_id INTEGER NOT NULL,
  kind TEXT NOT NULL,
  months INTEGER,
  amount INTEGER NOT NULL,
  due_on TEXT NOT NULL CHECK (due_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  refund_rule TEXT CHECK (length(refund_rule) <= 400),
  FOREIGN KEY (lease_id) REFERENCES lease (id)
) STRICT;
CREATE INDEX deposit_term__property ON deposit_term (property_id);
CREATE INDEX deposit_term__lease_id ON deposit_term (property_id, lease_id);
CREATE TABLE lease_document (
  property_id INTEGER NOT NULL,
  id INTEGER NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by INTEGER,
  lease_id INTEGER NOT NULL,
  kind TEXT NOT NULL,
  required INTEGER CHECK (required IN (0, 1)),
  state TEXT NOT NULL,
  paper_no TEXT CHECK (length(paper_no) <= 60),
  valid_to_on TEXT CHECK (valid_to_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  shelf TEXT CHECK (length(shelf) <= 60),
  remarks TEXT CHECK (length(remarks) <= 200),
  UNIQUE (property_id, lease_id, kind),
  FOREIGN KEY (lease_id) REFERENCES lease (id)
) STRICT;
CREATE INDEX lease_document__property ON lease_document (property_id);
CREATE INDEX lease_document__lease_id ON lease_document (property_id, lease_id);
CREATE INDEX lease_document__kind ON lease_document (property_id, kind);
CREATE INDEX lease_document__state ON lease_document (property_id, state);
CREATE TABLE finding (
  property_id INTEGER NOT NULL,
  id INTEGER NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by INTEGER,
  lease_id INTEGER NOT NULL,
  round INTEGER NOT NULL,
  code TEXT NOT NULL CHECK (length(code) <= 40),
  severity TEXT NOT NULL,
  zh TEXT NOT NULL CHECK (length(zh) <= 400),
  en TEXT NOT NULL CHECK (length(en) <= 400),
  FOREIGN KEY (lease_id) REFERENCES lease (id)
) STRICT;
CREATE INDEX finding__property ON finding (property_id);
CREATE INDEX finding__lease_id ON finding (property_id, lease_id);
CREATE TABLE review_item (
  property_id INTEGER NOT NULL,
  id INTEGER NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by INTEGER,
  lease_id INTEGER NOT NULL,
  round INTEGER NOT NULL,
  code TEXT NOT NULL CHECK (length(code) <= 40),
  ok INTEGER NOT NULL CHECK (ok IN (0, 1)),
  remarks TEXT CHECK (length(remarks) <= 400),
  checked_by INTEGER,
  checked_at INTEGER,
  UNIQUE (property_id, lease_id, round, code),
  FOREIGN KEY (lease_id) REFERENCES lease (id),
  FOREIGN KEY (checked_by) REFERENCES staff (id)
) STRICT;
CREATE INDEX review_item__property ON review_item (property_id);
CREATE INDEX review_item__code ON review_item (property_id, code);
CREATE INDEX review_item__checked_by ON review_item (property_id, checked_by);
CREATE TABLE handover (
  property_id INTEGER NOT NULL,
  id INTEGER NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by INTEGER,
  no TEXT CHECK (length(no) <= 30),
  lease_id INTEGER NOT NULL,
  unit_id INTEGER,
  planned_on TEXT CHECK (planned_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  state TEXT NOT NULL,
  remarks TEXT CHECK (length(remarks) <= 1000),
  UNIQUE (property_id, no),
  UNIQUE (property_id, lease_id),
  FOREIGN KEY (lease_id) REFERENCES lease (id),
  FOREIGN KEY (unit_id) REFERENCES unit (id)
) STRICT;
CREATE INDEX handover__property ON handover (property_id);
CREATE INDEX handover__unit_id_no_down ON handover (property_id, unit_id, no);
CREATE INDEX handover__planned_on ON handover (property_id, planned_on);
CREATE INDEX handover__state_no_down ON handover (property_id, state, no);
CREATE TABLE lease_change (
  property_id INTEGER NOT NULL,
  id INTEGER NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by INTEGER,
  no TEXT CHECK (length(no) <= 30),
  lease_id INTEGER NOT NULL,
  kind TEXT NOT NULL,
  effective_on TEXT NOT NULL CHECK (effective_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  reason TEXT NOT NULL CHECK (length(reason) <= 400),
  merchant_id INTEGER,
  to_on TEXT CHECK (to_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  proposal TEXT CHECK (json_valid(proposal)),
  difference INTEGER,
  old_to_on TEXT CHECK (old_to_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  preview TEXT CHECK (json_valid(preview)),
  successor_id INTEGER,
  requested_by INTEGER,
  applied_on TEXT CHECK (applied_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  state TEXT NOT NULL,
  UNIQUE (property_id, no),
  FOREIGN KEY (lease_id) REFERENCES lease (id),
  FOREIGN KEY (merchant_id) REFERENCES merchant (id),
  FOREIGN KEY (successor_id) REFERENCES lease (id),
  FOREIGN KEY (requested_by) REFERENCES staff (id)
) STRICT;
CREATE INDEX lease_change__property ON lease_change (property_id);
CREATE INDEX lease_change__lease_id_no_down ON lease_change (property_id, lease_id, no);
CREATE INDEX lease_change__kind_no_down ON lease_change (property_id, kind, no);
CREATE INDEX lease_change__effective_on ON lease_change (property_id, effective_on);
CREATE INDEX lease_change__effective_on_no_down ON lease_change (property_id, effective_on, no);
CREATE INDEX lease_change__merchant_id_no_down ON lease_change (property_id, merchant_id, no);
CREATE INDEX lease_change__successor_id_no_down ON lease_change (property_id, successor_id, no);
CREATE INDEX lease_change__requested_by_no_down ON lease_change (property_id, requested_by, no);
CREATE INDEX lease_change__state_no_down ON lease_change (property_id, state, no);
CREATE TABLE sales_report (
  property_id INTEGER NOT NULL,
  id INTEGER NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by INTEGER,
  lease_id INTEGER NOT NULL,
  merchant_id INTEGER,
  period TEXT NOT NULL,
  day TEXT NOT NULL CHECK (day GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  month_on TEXT CHECK (month_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  amount INTEGER,
  amount_net INTEGER,
  transactions INTEGER,
  source TEXT NOT NULL,
  is_outlier INTEGER CHECK (is_outlier IN (0, 1)),
  outlier_note TEXT CHECK (length(outlier_note) <= 200),
  remarks TEXT CHECK (length(remarks) <= 400),
  state TEXT,
  declared_by INTEGER,
  checked_by INTEGER,
  accepted_by INTEGER,
  accepted_at INTEGER,
  FOREIGN KEY (lease_id) REFERENCES lease (id),
  FOREIGN KEY (merchant_id) REFERENCES merchant (id),
  FOREIGN KEY (declared_by) REFERENCES staff (id),
  FOREIGN KEY (checked_by) REFERENCES staff (id),
  FOREIGN KEY (accepted_by) REFERENCES staff (id)
) STRICT;
CREATE INDEX sales_report__property ON sales_report (property_id);
CREATE INDEX sales_report__lease_id_month_on ON sales_report (property_id, lease_id, month_on);
CREATE INDEX sales_report__state_month_on ON sales_report (property_id, state, month_on);
CREATE INDEX sales_report__lease_id_day_down ON sales_report (property_id, lease_id, day);
CREATE INDEX sales_report__merchant_id_day_down ON sales_report (property_id, merchant_id, day);
CREATE INDEX sales_report__period_day_down ON sales_report (property_id, period, day);
CREATE INDEX sales_report__day ON sales_report (property_id, day);
CREATE INDEX sales_report__month_on ON sales_report (property_id, month_on);
CREATE INDEX sales_report__month_on_day_down ON sales_report (property_id, month_on, day);
CREATE INDEX sales_report__source_day_down ON sales_report (property_id, source, day);
CREATE INDEX sales_report__is_outlier_day_down ON sales_report (property_id, is_outlier, day);
CREATE INDEX sales_report__state_day_down ON sales_report (property_id, state, day);
CREATE INDEX sales_report__declared_by_day_down ON sales_report (property_id, declared_by, day);
CREATE INDEX sales_report__checked_by_day_down ON sales_report (property_id, checked_by, day);
CREATE INDEX sales_report__accepted_by_day_down ON sales_report (property_id, accepted_by, day);
CREATE TABLE index_value (
  property_id INTEGER NOT NULL,
  id INTEGER NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by INTEGER,
  index_table TEXT NOT NULL CHECK (length(index_table) <= 30),
  month_on TEXT NOT NULL CHECK (month_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  points INTEGER NOT NULL,
  source TEXT CHECK (length(source) <= 200),
  UNIQUE (property_id, index_table, month_on)
) STRICT;
CREATE INDEX index_value__property ON index_value (property_id);
CREATE INDEX index_value__index_table ON index_value (property_id, index_table);
CREATE INDEX index_value__index_table_month_on_down ON index_value (property_id, index_table, month_on);
CREATE INDEX index_value__month_on ON index_value (property_id, month_on);
CREATE TABLE account (
  property_id INTEGER NOT NULL,
  id INTEGER NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by INTEGER,
  code TEXT NOT NULL CHECK (length(code) <= 20),
  name TEXT NOT NULL CHECK (length(name) <= 60),
  name_en TEXT CHECK (length(name_en) <= 80),
  kind TEXT NOT NULL,
  is_control INTEGER CHECK (is_control IN (0, 1)),
  active INTEGER CHECK (active IN (0, 1)),
  UNIQUE (property_id, code)
) STRICT;
CREATE INDEX account__property ON account (property_id);
CREATE INDEX account__name ON account (property_id, name);
CREATE INDEX account__kind_code ON account (property_id, kind, code);
CREATE INDEX account__active_code ON account (property_id, active, code);
CREATE TABLE money_account (
  property_id INTEGER NOT NULL,
  id INTEGER NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by INTEGER,
  name TEXT NOT NULL CHECK (length(name) <= 60),
  kind TEXT NOT NULL,
  bank_name TEXT CHECK (length(bank_name) <= 120),
  number TEXT CHECK (length(number) <= 40),
  account_id INTEGER NOT NULL,
  active INTEGER CHECK (active IN (0, 1)),
  UNIQUE (property_id, name),
  FOREIGN KEY (account_id) REFERENCES account (id)
) STRICT;
CREATE INDEX money_account__property ON money_account (property_id);
CREATE INDEX money_account__kind ON money_account (property_id, kind);
CREATE INDEX money_account__account_id ON money_account (property_id, account_id);
CREATE INDEX money_account__active ON money_account (property_id, active);
CREATE TABLE fiscal_month (
  property_id INTEGER NOT NULL,
  id INTEGER NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by INTEGER,
  month INTEGER NOT NULL,
  debit INTEGER,
  journals INTEGER,
  closed_by INTEGER,
  closed_at INTEGER,
  close_reason TEXT CHECK (length(close_reason) <= 200),
  state TEXT NOT NULL,
  UNIQUE (property_id, month),
  FOREIGN KEY (closed_by) REFERENCES staff (id)
) STRICT;
CREATE INDEX fiscal_month__property ON fiscal_month (property_id);
CREATE INDEX fiscal_month__closed_by_month_down ON fiscal_month (property_id, closed_by, month);
CREATE INDEX fiscal_month__state_month_down ON fiscal_month (property_id, state, month);
CREATE TABLE journal (
  property_id INTEGER NOT NULL,
  id INTEGER NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by INTEGER,
  no TEXT CHECK (length(no) <= 30),
  month INTEGER NOT NULL,
  posted_on TEXT NOT NULL CHECK (posted_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  on_day TEXT NOT NULL CHECK (on_day GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  event TEXT NOT NULL,
  memo TEXT CHECK (length(memo) <= 200),
  total INTEGER NOT NULL,
  source_entity TEXT CHECK (length(source_entity) <= 40),
  source_id INTEGER,
  reverses_id INTEGER,
  UNIQUE (property_id, no),
  FOREIGN KEY (reverses_id) REFERENCES journal (id)
) STRICT;
CREATE INDEX journal__property ON journal (property_id);
CREATE INDEX journal__month ON journal (property_id, month);
CREATE INDEX journal__source_id_source_entity ON journal (property_id, source_id, source_entity);
CREATE INDEX journal__event_no_down ON journal (property_id, event, no);
CREATE TRIGGER journal__no_update BEFORE UPDATE ON journal BEGIN SELECT RAISE(ABORT, 'journal is append-only'); END;
CREATE TRIGGER journal__no_delete BEFORE DELETE ON journal BEGIN SELECT RAISE(ABORT, 'journal is append-only'); END;
CREATE TABLE entry (
  property_id INTEGER NOT NULL,
  id INTEGER NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by INTEGER,
  journal_id INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  account_id INTEGER NOT NULL,
  amount INTEGER NOT NULL,
  month INTEGER NOT NULL,
  posted_on TEXT NOT NULL CHECK (posted_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  money_account_id INTEGER,
  merchant_id INTEGER,
  lease_id INTEGER,
  item_id INTEGER,
  charge_id INTEGER,
  receipt_id INTEGER,
  FOREIGN KEY (journal_id) REFERENCES journal (id),
  FOREIGN KEY (account_id) REFERENCES account (id),
  FOREIGN KEY (money_account_id) REFERENCES money_account (id),
  FOREIGN KEY (merchant_id) REFERENCES merchant (id),
  FOREIGN KEY (lease_id) REFERENCES lease (id),
  FOREIGN KEY (item_id) REFERENCES charge_item (id)
) STRICT;
CREATE INDEX entry__property ON entry (property_id);
CREATE INDEX entry__journal_id ON entry (property_id, journal_id);
CREATE INDEX entry__account_id_month ON entry (property_id, account_id, month);
CREATE INDEX entry__charge_id ON entry (property_id, charge_id);
CREATE TRIGGER entry__no_update BEFORE UPDATE ON entry BEGIN SELECT RAISE(ABORT, 'entry is append-only'); END;
CREATE TRIGGER entry__no_delete BEFORE DELETE ON entry BEGIN SELECT RAISE(ABORT, 'entry is append-only'); END;
CREATE TABLE expense (
  property_id INTEGER NOT NULL,
  id INTEGER NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by INTEGER,
  no TEXT CHECK (length(no) <= 30),
  spent_on TEXT NOT NULL CHECK (spent_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  account_id INTEGER NOT NULL,
  payee TEXT NOT NULL CHECK (length(payee) <= 80),
  memo TEXT NOT NULL CHECK (length(memo) <= 200),
  amount INTEGER NOT NULL,
  tax_rate INTEGER NOT NULL,
  is_deductible INTEGER CHECK (is_deductible IN (0, 1)),
  tax INTEGER,
  invoice_no TEXT CHECK (length(invoice_no) <= 60),
  period_from TEXT CHECK (period_from GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  period_to TEXT CHECK (period_to GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  merchant_id INTEGER,
  lease_id INTEGER,
  corrects_id INTEGER,
  paid_on TEXT CHECK (paid_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  money_account_id INTEGER,
  reference TEXT CHECK (length(reference) <= 60),
  paid_by INTEGER,
  journal_id INTEGER,
  reversed_on TEXT CHECK (reversed_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  reverse_reason TEXT CHECK (length(reverse_reason) <= 200),
  state TEXT NOT NULL,
  UNIQUE (property_id, no),
  FOREIGN KEY (account_id) REFERENCES account (id),
  FOREIGN KEY (merchant_id) REFERENCES merchant (id),
  FOREIGN KEY (lease_id) REFERENCES lease (id),
  FOREIGN KEY (corrects_id) REFERENCES expense (id),
  FOREIGN KEY (money_account_id) REFERENCES money_account (id),
  FOREIGN KEY (paid_by) REFERENCES staff (id),
  FOREIGN KEY (journal_id) REFERENCES journal (id)
) STRICT;
CREATE INDEX expense__property ON expense (property_id);
CREATE INDEX expense__spent_on ON expense (property_id, spent_on);
CREATE INDEX expense__spent_on_no_down ON expense (property_id, spent_on, no);
CREATE INDEX expense__account_id_no_down ON expense (property_id, account_id, no);
CREATE INDEX expense__amount ON expense (property_id, amount);
CREATE INDEX expense__merchant_id_no_down ON expense (property_id, merchant_id, no);
CREATE INDEX expense__lease_id_no_down ON expense (property_id, lease_id, no);
CREATE INDEX expense__corrects_id_no_down ON expense (property_id, corrects_id, no);
CREATE INDEX expense__paid_on_no_down ON expense (property_id, paid_on, no);
CREATE INDEX expense__money_account_id_no_down ON expense (property_id, money_account_id, no);
CREATE INDEX expense__paid_by_no_down ON expense (property_id, paid_by, no);
CREATE INDEX expense__state_no_down ON expense (property_id, state, no);
CREATE TABLE transfer (
  property_id INTEGER NOT NULL,
  id INTEGER NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by INTEGER,
  no TEXT CHECK (length(no) <= 30),
  on_day TEXT NOT NULL CHECK (on_day GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  from_account_id INTEGER NOT NULL,
  to_account_id INTEGER NOT NULL,
  amount INTEGER NOT NULL,
  fee INTEGER,
  reference TEXT CHECK (length(reference) <= 60),
  memo TEXT CHECK (length(memo) <= 200),
  journal_id INTEGER,
  reversed_on TEXT CHECK (reversed_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  reverse_reason TEXT CHECK (length(reverse_reason) <= 200),
  state TEXT NOT NULL,
  UNIQUE (property_id, no),
  FOREIGN KEY (from_account_id) REFERENCES money_account (id),
  FOREIGN KEY (to_account_id) REFERENCES money_account (id),
  FOREIGN KEY (journal_id) REFERENCES journal (id)
) STRICT;
CREATE INDEX transfer__property ON transfer (property_id);
CREATE INDEX transfer__on_day ON transfer (property_id, on_day);
CREATE INDEX transfer__on_day_no_down ON transfer (property_id, on_day, no);
CREATE INDEX transfer__from_account_id_no_down ON transfer (property_id, from_account_id, no);
CREATE INDEX transfer__to_account_id_no_down ON transfer (property_id, to_account_id, no);
CREATE INDEX transfer__amount ON transfer (property_id, amount);
CREATE INDEX transfer__state_no_down ON transfer (property_id, state, no);
CREATE TABLE correction (
  property_id INTEGER NOT NULL,
  id INTEGER NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by INTEGER,
  no TEXT CHECK (length(no) <= 30),
  kind TEXT NOT NULL,
  on_day TEXT NOT NULL CHECK (on_day GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  debit_account_id INTEGER NOT NULL,
  credit_account_id INTEGER NOT NULL,
  money_account_id INTEGER,
  amount INTEGER NOT NULL,
  reason TEXT NOT NULL CHECK (length(reason) <= 200),
  corrects_id INTEGER,
  journal_id INTEGER,
  reversed_on TEXT CHECK (reversed_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  reverse_reason TEXT CHECK (length(reverse_reason) <= 200),
  state TEXT NOT NULL,
  UNIQUE (property_id, no),
  FOREIGN KEY (debit_account_id) REFERENCES account (id),
  FOREIGN KEY (credit_account_id) REFERENCES account (id),
  FOREIGN KEY (money_account_id) REFERENCES money_account (id),
  FOREIGN KEY (corrects_id) REFERENCES journal (id),
  FOREIGN KEY (journal_id) REFERENCES journal (id)
) STRICT;
CREATE INDEX correction__property ON correction (property_id);
CREATE INDEX correction__kind_no_down ON correction (property_id, kind, no);
CREATE INDEX correction__on_day ON correction (property_id, on_day);
CREATE INDEX correction__debit_account_id_no_down ON correction (property_id, debit_account_id, no);
CREATE INDEX correction__credit_account_id_no_down ON correction (property_id, credit_account_id, no);
CREATE INDEX correction__money_account_id_no_down ON correction (property_id, money_account_id, no);
CREATE INDEX correction__amount ON correction (property_id, amount);
CREATE INDEX correction__state_no_down ON correction (property_id, state, no);
CREATE TABLE cash_check (
  property_id INTEGER NOT NULL,
  id INTEGER NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by INTEGER,
  money_account_id INTEGER NOT NULL,
  on_day TEXT NOT NULL CHECK (on_day GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  counted INTEGER NOT NULL,
  book INTEGER,
  difference INTEGER,
  remarks TEXT CHECK (length(remarks) <= 200),
  witness_id INTEGER,
  FOREIGN KEY (money_account_id) REFERENCES money_account (id),
  FOREIGN KEY (witness_id) REFERENCES staff (id)
) STRICT;
CREATE INDEX cash_check__property ON cash_check (property_id);
CREATE INDEX cash_check__on_day ON cash_check (property_id, on_day);
CREATE INDEX cash_check__money_account_id_on_day_down ON cash_check (property_id, money_account_id, on_day);
CREATE INDEX cash_check__witness_id_on_day_down ON cash_check (property_id, witness_id, on_day);
CREATE TABLE straight_line (
  property_id INTEGER NOT NULL,
  id INTEGER NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by INTEGER,
  lease_id INTEGER NOT NULL,
  month INTEGER NOT NULL,
  income INTEGER NOT NULL,
  billed INTEGER NOT NULL,
  accrued INTEGER NOT NULL,
  moved INTEGER NOT NULL,
  journal_id INTEGER,
  UNIQUE (property_id, lease_id, month),
  FOREIGN KEY (lease_id) REFERENCES lease (id),
  FOREIGN KEY (journal_id) REFERENCES journal (id)
) STRICT;
CREATE INDEX straight_line__property ON straight_line (property_id);
CREATE INDEX straight_line__month ON straight_line (property_id, month);
CREATE INDEX straight_line__lease_id_month_down ON straight_line (property_id, lease_id, month);
CREATE TRIGGER straight_line__no_update BEFORE UPDATE ON straight_line BEGIN SELECT RAISE(ABORT, 'straight_line is append-only'); END;
CREATE TRIGGER straight_line__no_delete BEFORE DELETE ON straight_line BEGIN SELECT RAISE(ABORT, 'straight_line is append-only'); END;
CREATE TABLE bill_run (
  property_id INTEGER NOT NULL,
  id INTEGER NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by INTEGER,
  no TEXT CHECK (length(no) <= 30),
  month INTEGER NOT NULL,
  posted_on TEXT NOT NULL CHECK (posted_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  run_by INTEGER,
  planned INTEGER NOT NULL,
  visited INTEGER NOT NULL,
  leases INTEGER NOT NULL,
  charges INTEGER NOT NULL,
  voided INTEGER NOT NULL,
  net INTEGER NOT NULL,
  tax INTEGER NOT NULL,
  gross INTEGER NOT NULL,
  after INTEGER,
  noted INTEGER NOT NULL,
  notes TEXT CHECK (json_valid(notes)),
  undo_reason TEXT CHECK (length(undo_reason) <= 200),
  state TEXT NOT NULL,
  UNIQUE (property_id, no),
  FOREIGN KEY (run_by) REFERENCES staff (id)
) STRICT;
CREATE INDEX bill_run__property ON bill_run (property_id);
CREATE INDEX bill_run__month_no_down ON bill_run (property_id, month, no);
CREATE INDEX bill_run__run_by_no_down ON bill_run (property_id, run_by, no);
CREATE INDEX bill_run__state_no_down ON bill_run (property_id, state, no);
CREATE TABLE bill_mark (
  property_id INTEGER NOT NULL,
  id INTEGER NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by INTEGER,
  lease_id INTEGER NOT NULL,
  through TEXT NOT NULL CHECK (through GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  inputs TEXT NOT NULL CHECK (length(inputs) <= 64),
  UNIQUE (property_id, lease_id),
  FOREIGN KEY (lease_id) REFERENCES lease (id)
) STRICT;
CREATE INDEX bill_mark__property ON bill_mark (property_id);
CREATE INDEX bill_mark__inputs ON bill_mark (property_id, inputs);
CREATE TABLE bill_finding (
  property_id INTEGER NOT NULL,
  id INTEGER NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by INTEGER,
  lease_id INTEGER NOT NULL,
  kind TEXT NOT NULL,
  what TEXT NOT NULL CHECK (length(what) <= 160),
  from_on TEXT CHECK (from_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  to_on TEXT CHECK (to_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  zh TEXT NOT NULL CHECK (length(zh) <= 300),
  en TEXT NOT NULL CHECK (length(en) <= 300),
  found_on TEXT NOT NULL CHECK (found_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  gone_on TEXT CHECK (gone_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  state TEXT NOT NULL,
  FOREIGN KEY (lease_id) REFERENCES lease (id)
) STRICT;
CREATE INDEX bill_finding__property ON bill_finding (property_id);
CREATE INDEX bill_finding__lease_id_found_on_down ON bill_finding (property_id, lease_id, found_on);
CREATE INDEX bill_finding__kind_found_on_down ON bill_finding (property_id, kind, found_on);
CREATE INDEX bill_finding__found_on ON bill_finding (property_id, found_on);
CREATE INDEX bill_finding__state_found_on_down ON bill_finding (property_id, state, found_on);
CREATE TABLE charge (
  property_id INTEGER NOT NULL,
  id INTEGER NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by INTEGER,
  merchant_id INTEGER NOT NULL,
  lease_id INTEGER,
  unit_id INTEGER,
  item_id INTEGER,
  kind TEXT NOT NULL,
  deposit_kind TEXT,
  name TEXT NOT NULL CHECK (length(name) <= 80),
  period_from TEXT CHECK (period_from GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  period_to TEXT CHECK (period_to GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  due_on TEXT NOT NULL CHECK (due_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  posted_on TEXT NOT NULL CHECK (posted_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  tax_rate INTEGER NOT NULL,
  net INTEGER NOT NULL,
  tax INTEGER NOT NULL,
  gross INTEGER NOT NULL,
  paid INTEGER NOT NULL,
  state TEXT NOT NULL,
  closed_on TEXT NOT NULL CHECK (closed_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  bill_run_id INTEGER,
  term_id INTEGER,
  live_key TEXT CHECK (length(live_key) <= 120),
  source_entity TEXT CHECK (length(source_entity) <= 40),
  source_id INTEGER,
  void_reason TEXT CHECK (length(void_reason) <= 200),
  working TEXT CHECK (json_valid(working)),
  UNIQUE (property_id, live_key),
  FOREIGN KEY (merchant_id) REFERENCES merchant (id),
  FOREIGN KEY (lease_id) REFERENCES lease (id),
  FOREIGN KEY (unit_id) REFERENCES unit (id),
  FOREIGN KEY (item_id) REFERENCES charge_item (id),
  FOREIGN KEY (bill_run_id) REFERENCES bill_run (id),
  FOREIGN KEY (term_id) REFERENCES charge_term (id)
) STRICT;
CREATE INDEX charge__property ON charge (property_id);
CREATE INDEX charge__closed_on_due_on ON charge (property_id, closed_on, due_on);
CREATE INDEX charge__source_id_source_entity ON charge (property_id, source_id, source_entity);
CREATE INDEX charge__merchant_id_due_on_down ON charge (property_id, merchant_id, due_on);
CREATE INDEX charge__lease_id_due_on_down ON charge (property_id, lease_id, due_on);
CREATE INDEX charge__unit_id_due_on_down ON charge (property_id, unit_id, due_on);
CREATE INDEX charge__item_id_due_on_down ON charge (property_id, item_id, due_on);
CREATE INDEX charge__name ON charge (property_id, name);
CREATE INDEX charge__due_on ON charge (property_id, due_on);
CREATE INDEX charge__state_due_on_down ON charge (property_id, state, due_on);
CREATE INDEX charge__bill_run_id_due_on_down ON charge (property_id, bill_run_id, due_on);
CREATE TRIGGER charge__frozen BEFORE UPDATE ON charge WHEN OLD.merchant_id IS NOT NEW.merchant_id OR OLD.lease_id IS NOT NEW.lease_id OR OLD.unit_id IS NOT NEW.unit_id OR OLD.item_id IS NOT NEW.item_id OR OLD.kind IS NOT NEW.kind OR OLD.deposit_kind IS NOT NEW.deposit_kind OR OLD.period_from IS NOT NEW.period_from OR OLD.period_to IS NOT NEW.period_to OR OLD.due_on IS NOT NEW.due_on OR OLD.posted_on IS NOT NEW.posted_on OR OLD.tax_rate IS NOT NEW.tax_rate OR OLD.net IS NOT NEW.net OR OLD.tax IS NOT NEW.tax OR OLD.gross IS NOT NEW.gross OR OLD.bill_run_id IS NOT NEW.bill_run_id OR OLD.term_id IS NOT NEW.term_id BEGIN SELECT RAISE(ABORT, 'charge is posted'); END;
CREATE TRIGGER charge__no_delete BEFORE DELETE ON charge BEGIN SELECT RAISE(ABORT, 'charge is posted'); END;
CREATE TABLE payment_order (
  property_id INTEGER NOT NULL,
  id INTEGER NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by INTEGER,
  no TEXT CHECK (length(no) <= 30),
  kind TEXT NOT NULL,
  lease_id INTEGER,
  intent_id INTEGER,
  merchant_id INTEGER NOT NULL,
  unit_id INTEGER,
  batch TEXT CHECK (length(batch) <= 30),
  unit_nos TEXT CHECK (length(unit_nos) <= 400),
  issued_on TEXT NOT NULL CHECK (issued_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  due_on TEXT NOT NULL CHECK (due_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  total INTEGER NOT NULL,
  received INTEGER NOT NULL,
  words TEXT NOT NULL CHECK (length(words) <= 200),
  issued_by INTEGER,
  prints INTEGER,
  void_reason TEXT CHECK (length(void_reason) <= 200),
  state TEXT NOT NULL,
  UNIQUE (property_id, no),
  FOREIGN KEY (lease_id) REFERENCES lease (id),
  FOREIGN KEY (intent_id) REFERENCES intent (id),
  FOREIGN KEY (merchant_id) REFERENCES merchant (id),
  FOREIGN KEY (unit_id) REFERENCES unit (id),
  FOREIGN KEY (issued_by) REFERENCES staff (id)
) STRICT;
CREATE INDEX payment_order__property ON payment_order (property_id);
CREATE INDEX payment_order__kind_no_down ON payment_order (property_id, kind, no);
CREATE INDEX payment_order__lease_id_no_down ON payment_order (property_id, lease_id, no);
CREATE INDEX payment_order__intent_id_no_down ON payment_order (property_id, intent_id, no);
CREATE INDEX payment_order__merchant_id_no_down ON payment_order (property_id, merchant_id, no);
CREATE INDEX payment_order__unit_id_no_down ON payment_order (property_id, unit_id, no);
CREATE INDEX payment_order__batch_no_down ON payment_order (property_id, batch, no);
CREATE INDEX payment_order__issued_on ON payment_order (property_id, issued_on);
CREATE INDEX payment_order__due_on ON payment_order (property_id, due_on);
CREATE INDEX payment_order__total ON payment_order (property_id, total);
CREATE INDEX payment_order__issued_by_no_down ON payment_order (property_id, issued_by, no);
CREATE INDEX payment_order__state_no_down ON payment_order (property_id, state, no);
CREATE TABLE payment_order_line (
  property_id INTEGER NOT NULL,
  id INTEGER NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by INTEGER,
  order_id INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  charge_id INTEGER NOT NULL,
  kind TEXT NOT NULL,
  item_id INTEGER,
  deposit_kind TEXT,
  name TEXT NOT NULL CHECK (length(name) <= 80),
  period_from TEXT CHECK (period_from GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  period_to TEXT CHECK (period_to GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  due_on TEXT NOT NULL CHECK (due_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  net INTEGER NOT NULL,
  tax INTEGER NOT NULL,
  gross INTEGER NOT NULL,
  working TEXT CHECK (json_valid(working)),
  UNIQUE (property_id, order_id, seq),
  FOREIGN KEY (order_id) REFERENCES payment_order (id),
  FOREIGN KEY (charge_id) REFERENCES charge (id),
  FOREIGN KEY (item_id) REFERENCES charge_item (id)
) STRICT;
CREATE INDEX payment_order_line__property ON payment_order_line (property_id);
CREATE INDEX payment_order_line__charge_id ON payment_order_line (property_id, charge_id);
CREATE INDEX payment_order_line__item_id ON payment_order_line (property_id, item_id);
CREATE INDEX payment_order_line__name ON payment_order_line (property_id, name);
CREATE TABLE receipt (
  property_id INTEGER NOT NULL,
  id INTEGER NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by INTEGER,
  no TEXT CHECK (length(no) <= 30),
  order_id INTEGER,
  merchant_id INTEGER,
  lease_id INTEGER,
  received_on TEXT NOT NULL CHECK (received_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  way TEXT NOT NULL,
  money_account_id INTEGER,
  reference TEXT CHECK (length(reference) <= 60),
  amount INTEGER NOT NULL,
  choice TEXT CHECK (json_valid(choice)),
  allocated INTEGER,
  refunded INTEGER,
  credit INTEGER,
  payer TEXT CHECK (length(payer) <= 80),
  cashier_id INTEGER,
  confirmed_by INTEGER,
  confirmed_at INTEGER,
  refuse_reason TEXT CHECK (length(refuse_reason) <= 200),
  bounced_on TEXT CHECK (bounced_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  prints INTEGER,
  state TEXT NOT NULL,
  UNIQUE (property_id, no),
  UNIQUE (property_id, way, reference),
  FOREIGN KEY (order_id) REFERENCES payment_order (id),
  FOREIGN KEY (merchant_id) REFERENCES merchant (id),
  FOREIGN KEY (lease_id) REFERENCES lease (id),
  FOREIGN KEY (money_account_id) REFERENCES money_account (id),
  FOREIGN KEY (cashier_id) REFERENCES staff (id),
  FOREIGN KEY (confirmed_by) REFERENCES staff (id)
) STRICT;
CREATE INDEX receipt__property ON receipt (property_id);
CREATE INDEX receipt__order_id_no_down ON receipt (property_id, order_id, no);
CREATE INDEX receipt__merchant_id_no_down ON receipt (property_id, merchant_id, no);
CREATE INDEX receipt__lease_id_no_down ON receipt (property_id, lease_id, no);
CREATE INDEX receipt__received_on ON receipt (property_id, received_on);
CREATE INDEX receipt__received_on_no_down ON receipt (property_id, received_on, no);
CREATE INDEX receipt__way_no_down ON receipt (property_id, way, no);
CREATE INDEX receipt__money_account_id_no_down ON receipt (property_id, money_account_id, no);
CREATE INDEX receipt__amount ON receipt (property_id, amount);
CREATE INDEX receipt__cashier_id_no_down ON receipt (property_id, cashier_id, no);
CREATE INDEX receipt__confirmed_by_no_down ON receipt (property_id, confirmed_by, no);
CREATE INDEX receipt__state_no_down ON receipt (property_id, state, no);
CREATE TRIGGER receipt__frozen BEFORE UPDATE ON receipt WHEN OLD.merchant_id IS NOT NEW.merchant_id OR OLD.amount IS NOT NEW.amount BEGIN SELECT RAISE(ABORT, 'receipt is posted'); END;
CREATE TRIGGER receipt__no_delete BEFORE DELETE ON receipt BEGIN SELECT RAISE(ABORT, 'receipt is posted'); END;
CREATE TABLE allocation (
  property_id INTEGER NOT NULL,
  id INTEGER NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by INTEGER,
  charge_id INTEGER NOT NULL,
  kind TEXT NOT NULL,
  receipt_id INTEGER,
  source_id INTEGER,
  amount INTEGER NOT NULL,
  value_on TEXT NOT NULL CHECK (value_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  posted_on TEXT NOT NULL CHECK (posted_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  reverses_id INTEGER,
  FOREIGN KEY (charge_id) REFERENCES charge (id),
  FOREIGN KEY (receipt_id) REFERENCES receipt (id),
  FOREIGN KEY (reverses_id) REFERENCES allocation (id)
) STRICT;
CREATE INDEX allocation__property ON allocation (property_id);
CREATE INDEX allocation__charge_id ON allocation (property_id, charge_id);
CREATE INDEX allocation__receipt_id ON allocation (property_id, receipt_id);
CREATE TRIGGER allocation__no_update BEFORE UPDATE ON allocation BEGIN SELECT RAISE(ABORT, 'allocation is append-only'); END;
CREATE TRIGGER allocation__no_delete BEFORE DELETE ON allocation BEGIN SELECT RAISE(ABORT, 'allocation is append-only'); END;
CREATE TABLE deposit_entry (
  property_id INTEGER NOT NULL,
  id INTEGER NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by INTEGER,
  merchant_id INTEGER NOT NULL,
  lease_id INTEGER,
  intent_id INTEGER,
  kind TEXT NOT NULL,
  event TEXT NOT NULL,
  amount INTEGER NOT NULL,
  happened_on TEXT NOT NULL CHECK (happened_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  posted_on TEXT NOT NULL CHECK (posted_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  charge_id INTEGER,
  receipt_id INTEGER,
  source_entity TEXT CHECK (length(source_entity) <= 40),
  source_id INTEGER,
  memo TEXT CHECK (length(memo) <= 400),
  FOREIGN KEY (merchant_id) REFERENCES merchant (id),
  FOREIGN KEY (lease_id) REFERENCES lease (id),
  FOREIGN KEY (intent_id) REFERENCES intent (id),
  FOREIGN KEY (charge_id) REFERENCES charge (id),
  FOREIGN KEY (receipt_id) REFERENCES receipt (id)
) STRICT;
CREATE INDEX deposit_entry__property ON deposit_entry (property_id);
CREATE INDEX deposit_entry__merchant_id_happened_on_down ON deposit_entry (property_id, merchant_id, happened_on);
CREATE INDEX deposit_entry__lease_id_happened_on_down ON deposit_entry (property_id, lease_id, happened_on);
CREATE INDEX deposit_entry__intent_id_happened_on_down ON deposit_entry (property_id, intent_id, happened_on);
CREATE INDEX deposit_entry__kind_happened_on_down ON deposit_entry (property_id, kind, happened_on);
CREATE INDEX deposit_entry__happened_on ON deposit_entry (property_id, happened_on);
CREATE INDEX deposit_entry__charge_id_happened_on_down ON deposit_entry (property_id, charge_id, happened_on);
CREATE INDEX deposit_entry__receipt_id_happened_on_down ON deposit_entry (property_id, receipt_id, happened_on);
CREATE TRIGGER deposit_entry__no_update BEFORE UPDATE ON deposit_entry BEGIN SELECT RAISE(ABORT, 'deposit_entry is append-only'); END;
CREATE TRIGGER deposit_entry__no_delete BEFORE DELETE ON deposit_entry BEGIN SELECT RAISE(ABORT, 'deposit_entry is append-only'); END;
CREATE TABLE refund (
  property_id INTEGER NOT NULL,
  id INTEGER NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by INTEGER,
  no TEXT CHECK (length(no) <= 30),
  source TEXT NOT NULL,
  merchant_id INTEGER NOT NULL,
  receipt_id INTEGER,
  lease_id INTEGER,
  intent_id INTEGER,
  deposit_kind TEXT,
  amount INTEGER NOT NULL,
  reason TEXT NOT NULL CHECK (length(reason) <= 400),
  payee TEXT NOT NULL CHECK (length(payee) <= 80),
  bank_name TEXT CHECK (length(bank_name) <= 120),
  bank_account TEXT CHECK (length(bank_account) <= 40),
  requested_by INTEGER,
  paid_on TEXT CHECK (paid_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  money_account_id INTEGER,
  reference TEXT CHECK (length(reference) <= 60),
  paid_by INTEGER,
  state TEXT NOT NULL,
  UNIQUE (property_id, no),
  FOREIGN KEY (merchant_id) REFERENCES merchant (id),
  FOREIGN KEY (receipt_id) REFERENCES receipt (id),
  FOREIGN KEY (lease_id) REFERENCES lease (id),
  FOREIGN KEY (intent_id) REFERENCES intent (id),
  FOREIGN KEY (requested_by) REFERENCES staff (id),
  FOREIGN KEY (money_account_id) REFERENCES money_account (id),
  FOREIGN KEY (paid_by) REFERENCES staff (id)
) STRICT;
CREATE INDEX refund__property ON refund (property_id);
CREATE INDEX refund__source_no_down ON refund (property_id, source, no);
CREATE INDEX refund__merchant_id_no_down ON refund (property_id, merchant_id, no);
CREATE INDEX refund__receipt_id_no_down ON refund (property_id, receipt_id, no);
CREATE INDEX refund__lease_id_no_down ON refund (property_id, lease_id, no);
CREATE INDEX refund__intent_id_no_down ON refund (property_id, intent_id, no);
CREATE INDEX refund__amount ON refund (property_id, amount);
CREATE INDEX refund__requested_by_no_down ON refund (property_id, requested_by, no);
CREATE INDEX refund__paid_on ON refund (property_id, paid_on);
CREATE INDEX refund__money_account_id_no_down ON refund (property_id, money_account_id, no);
CREATE INDEX refund__paid_by_no_down ON refund (property_id, paid_by, no);
CREATE INDEX refund__state_no_down ON refund (property_id, state, no);
CREATE TABLE waiver (
  property_id INTEGER NOT NULL,
  id INTEGER NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by INTEGER,
  no TEXT CHECK (length(no) <= 30),
  merchant_id INTEGER NOT NULL,
  kind TEXT NOT NULL,
  choice TEXT NOT NULL CHECK (json_valid(choice)),
  total INTEGER,
  reason TEXT NOT NULL CHECK (length(reason) <= 400),
  requested_by INTEGER,
  done_on TEXT CHECK (done_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  state TEXT NOT NULL,
  UNIQUE (property_id, no),
  FOREIGN KEY (merchant_id) REFERENCES merchant (id),
  FOREIGN KEY (requested_by) REFERENCES staff (id)
) STRICT;
CREATE INDEX waiver__property ON waiver (property_id);
CREATE INDEX waiver__merchant_id_no_down ON waiver (property_id, merchant_id, no);
CREATE INDEX waiver__kind_no_down ON waiver (property_id, kind, no);
CREATE INDEX waiver__total ON waiver (property_id, total);
CREATE INDEX waiver__requested_by_no_down ON waiver (property_id, requested_by, no);
CREATE INDEX waiver__state_no_down ON waiver (property_id, state, no);
CREATE TABLE deposit_move (
  property_id INTEGER NOT NULL,
  id INTEGER NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by INTEGER,
  no TEXT CHECK (length(no) <= 30),
  event TEXT NOT NULL,
  merchant_id INTEGER NOT NULL,
  lease_id INTEGER,
  intent_id INTEGER,
  kind TEXT NOT NULL,
  amount INTEGER,
  choice TEXT CHECK (json_valid(choice)),
  reason TEXT NOT NULL CHECK (length(reason) <= 400),
  requested_by INTEGER,
  done_on TEXT CHECK (done_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  state TEXT NOT NULL,
  UNIQUE (property_id, no),
  FOREIGN KEY (merchant_id) REFERENCES merchant (id),
  FOREIGN KEY (lease_id) REFERENCES lease (id),
  FOREIGN KEY (intent_id) REFERENCES intent (id),
  FOREIGN KEY (requested_by) REFERENCES staff (id)
) STRICT;
CREATE INDEX deposit_move__property ON deposit_move (property_id);
CREATE INDEX deposit_move__event_no_down ON deposit_move (property_id, event, no);
CREATE INDEX deposit_move__merchant_id_no_down ON deposit_move (property_id, merchant_id, no);
CREATE INDEX deposit_move__lease_id_no_down ON deposit_move (property_id, lease_id, no);
CREATE INDEX deposit_move__intent_id_no_down ON deposit_move (property_id, intent_id, no);
CREATE INDEX deposit_move__kind_no_down ON deposit_move (property_id, kind, no);
CREATE INDEX deposit_move__amount ON deposit_move (property_id, amount);
CREATE INDEX deposit_move__requested_by_no_down ON deposit_move (property_id, requested_by, no);
CREATE INDEX deposit_move__state_no_down ON deposit_move (property_id, state, no);
CREATE TABLE bank_line (
  property_id INTEGER NOT NULL,
  id INTEGER NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by INTEGER,
  money_account_id INTEGER NOT NULL,
  happened_on TEXT NOT NULL CHECK (happened_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  amount INTEGER NOT NULL,
  balance INTEGER,
  counterpart TEXT CHECK (length(counterpart) <= 120),
  counterpart_account TEXT CHECK (length(counterpart_account) <= 40),
  summary TEXT CHECK (length(summary) <= 200),
  memo TEXT CHECK (length(memo) <= 200),
  serial TEXT CHECK (length(serial) <= 60),
  live_key TEXT NOT NULL CHECK (length(live_key) <= 300),
  merchant_id INTEGER,
  receipt_id INTEGER,
  imported_by INTEGER,
  matched_by INTEGER,
  reason TEXT CHECK (length(reason) <= 200),
  state TEXT NOT NULL,
  UNIQUE (property_id, live_key),
  UNIQUE (property_id, receipt_id),
  FOREIGN KEY (money_account_id) REFERENCES money_account (id),
  FOREIGN KEY (merchant_id) REFERENCES merchant (id),
  FOREIGN KEY (receipt_id) REFERENCES receipt (id),
  FOREIGN KEY (imported_by) REFERENCES staff (id),
  FOREIGN KEY (matched_by) REFERENCES staff (id)
) STRICT;
CREATE INDEX bank_line__property ON bank_line (property_id);
CREATE INDEX bank_line__counterpart ON bank_line (property_id, counterpart);
CREATE INDEX bank_line__money_account_id_happened_on_down ON bank_line (property_id, money_account_id, happened_on);
CREATE INDEX bank_line__happened_on ON bank_line (property_id, happened_on);
CREATE INDEX bank_line__amount ON bank_line (property_id, amount);
CREATE INDEX bank_line__merchant_id_happened_on_down ON bank_line (property_id, merchant_id, happened_on);
CREATE INDEX bank_line__imported_by_happened_on_down ON bank_line (property_id, imported_by, happened_on);
CREATE INDEX bank_line__matched_by_happened_on_down ON bank_line (property_id, matched_by, happened_on);
CREATE INDEX bank_line__state_happened_on_down ON bank_line (property_id, state, happened_on);
CREATE TRIGGER bank_line__frozen BEFORE UPDATE ON bank_line WHEN OLD.money_account_id IS NOT NEW.money_account_id OR OLD.happened_on IS NOT NEW.happened_on OR OLD.amount IS NOT NEW.amount OR OLD.live_key IS NOT NEW.live_key BEGIN SELECT RAISE(ABORT, 'bank_line is posted'); END;
CREATE TRIGGER bank_line__no_delete BEFORE DELETE ON bank_line BEGIN SELECT RAISE(ABORT, 'bank_line is posted'); END;
CREATE TABLE tax_invoice (
  property_id INTEGER NOT NULL,
  id INTEGER NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by INTEGER,
  number TEXT NOT NULL CHECK (length(number) <= 30),
  code TEXT CHECK (length(code) <= 20),
  full_no TEXT CHECK (length(full_no) <= 50),
  kind TEXT NOT NULL,
  merchant_id INTEGER NOT NULL,
  issued_on TEXT NOT NULL CHECK (issued_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  buyer_name TEXT CHECK (length(buyer_name) <= 120),
  buyer_tax_no TEXT CHECK (length(buyer_tax_no) <= 20),
  buyer_address TEXT CHECK (length(buyer_address) <= 200),
  buyer_bank TEXT CHECK (length(buyer_bank) <= 200),
  choice TEXT CHECK (json_valid(choice)),
  net INTEGER,
  tax INTEGER,
  gross INTEGER,
  red_of_id INTEGER,
  remarks TEXT CHECK (length(remarks) <= 200),
  registered_by INTEGER,
  state TEXT NOT NULL,
  UNIQUE (property_id, full_no),
  FOREIGN KEY (merchant_id) REFERENCES merchant (id),
  FOREIGN KEY (red_of_id) REFERENCES tax_invoice (id),
  FOREIGN KEY (registered_by) REFERENCES staff (id)
) STRICT;
CREATE INDEX tax_invoice__property ON tax_invoice (property_id);
CREATE INDEX tax_invoice__number ON tax_invoice (property_id, number);
CREATE INDEX tax_invoice__kind_issued_on_down ON tax_invoice (property_id, kind, issued_on);
CREATE INDEX tax_invoice__merchant_id_issued_on_down ON tax_invoice (property_id, merchant_id, issued_on);
CREATE INDEX tax_invoice__issued_on ON tax_invoice (property_id, issued_on);
CREATE INDEX tax_invoice__gross ON tax_invoice (property_id, gross);
CREATE INDEX tax_invoice__red_of_id_issued_on_down ON tax_invoice (property_id, red_of_id, issued_on);
CREATE INDEX tax_invoice__registered_by_issued_on_down ON tax_invoice (property_id, registered_by, issued_on);
CREATE INDEX tax_invoice__state_issued_on_down ON tax_invoice (property_id, state, issued_on);
CREATE TRIGGER tax_invoice__frozen BEFORE UPDATE ON tax_invoice WHEN OLD.number IS NOT NEW.number OR OLD.merchant_id IS NOT NEW.merchant_id OR OLD.net IS NOT NEW.net OR OLD.tax IS NOT NEW.tax OR OLD.gross IS NOT NEW.gross BEGIN SELECT RAISE(ABORT, 'tax_invoice is posted'); END;
CREATE TRIGGER tax_invoice__no_delete BEFORE DELETE ON tax_invoice BEGIN SELECT RAISE(ABORT, 'tax_invoice is posted'); END;
CREATE TABLE tax_invoice_line (
  property_id INTEGER NOT NULL,
  id INTEGER NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by INTEGER,
  invoice_id INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  charge_id INTEGER NOT NULL,
  name TEXT NOT NULL CHECK (length(name) <= 80),
  tax_rate INTEGER NOT NULL,
  net INTEGER NOT NULL,
  tax INTEGER NOT NULL,
  gross INTEGER NOT NULL,
  UNIQUE (property_id, invoice_id, seq),
  FOREIGN KEY (invoice_id) REFERENCES tax_invoice (id),
  FOREIGN KEY (charge_id) REFERENCES charge (id)
) STRICT;
CREATE INDEX tax_invoice_line__property ON tax_invoice_line (property_id);
CREATE INDEX tax_invoice_line__charge_id ON tax_invoice_line (property_id, charge_id);
CREATE INDEX tax_invoice_line__name ON tax_invoice_line (property_id, name);
CREATE TRIGGER tax_invoice_line__no_update BEFORE UPDATE ON tax_invoice_line BEGIN SELECT RAISE(ABORT, 'tax_invoice_line is append-only'); END;
CREATE TRIGGER tax_invoice_line__no_delete BEFORE DELETE ON tax_invoice_line BEGIN SELECT RAISE(ABORT, 'tax_invoice_line is append-only'); END;
CREATE TABLE cash_count (
  property_id INTEGER NOT NULL,
  id INTEGER NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by INTEGER,
  counted_on TEXT NOT NULL CHECK (counted_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  money_account_id INTEGER NOT NULL,
  expected INTEGER,
  counted INTEGER NOT NULL,
  difference INTEGER,
  memo TEXT CHECK (length(memo) <= 200),
  counted_by INTEGER,
  UNIQUE (property_id, money_account_id, counted_on),
  FOREIGN KEY (money_account_id) REFERENCES money_account (id),
  FOREIGN KEY (counted_by) REFERENCES staff (id)
) STRICT;
CREATE INDEX cash_count__property ON cash_count (property_id);
CREATE INDEX cash_count__counted_on ON cash_count (property_id, counted_on);
CREATE INDEX cash_count__money_account_id_counted_on_down ON cash_count (property_id, money_account_id, counted_on);
CREATE INDEX cash_count__counted_by_counted_on_down ON cash_count (property_id, counted_by, counted_on);
CREATE TABLE single_charge (
  property_id INTEGER NOT NULL,
  id INTEGER NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by INTEGER,
  no TEXT CHECK (length(no) <= 30),
  merchant_id INTEGER NOT NULL,
  lease_id INTEGER,
  unit_id INTEGER,
  item_id INTEGER NOT NULL,
  name TEXT NOT NULL CHECK (length(name) <= 80),
  quantity INTEGER,
  measure TEXT CHECK (length(measure) <= 20),
  price INTEGER,
  amount INTEGER,
  period_from TEXT CHECK (period_from GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  period_to TEXT CHECK (period_to GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  due_on TEXT NOT NULL CHECK (due_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  reason TEXT NOT NULL CHECK (length(reason) <= 400),
  requested_by INTEGER,
  posted_on TEXT CHECK (posted_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  state TEXT NOT NULL,
  UNIQUE (property_id, no),
  FOREIGN KEY (merchant_id) REFERENCES merchant (id),
  FOREIGN KEY (lease_id) REFERENCES lease (id),
  FOREIGN KEY (unit_id) REFERENCES unit (id),
  FOREIGN KEY (item_id) REFERENCES charge_item (id),
  FOREIGN KEY (requested_by) REFERENCES staff (id)
) STRICT;
CREATE INDEX single_charge__property ON single_charge (property_id);
CREATE INDEX single_charge__merchant_id_no_down ON single_charge (property_id, merchant_id, no);
CREATE INDEX single_charge__lease_id_no_down ON single_charge (property_id, lease_id, no);
CREATE INDEX single_charge__unit_id_no_down ON single_charge (property_id, unit_id, no);
CREATE INDEX single_charge__item_id_no_down ON single_charge (property_id, item_id, no);
CREATE INDEX single_charge__amount ON single_charge (property_id, amount);
CREATE INDEX single_charge__due_on ON single_charge (property_id, due_on);
CREATE INDEX single_charge__requested_by_no_down ON single_charge (property_id, requested_by, no);
CREATE INDEX single_charge__state_no_down ON single_charge (property_id, state, no);
CREATE TABLE meter (
  property_id INTEGER NOT NULL,
  id INTEGER NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by INTEGER,
  no TEXT NOT NULL CHECK (length(no) <= 40),
  kind TEXT NOT NULL,
  unit_id INTEGER,
  place TEXT CHECK (length(place) <= 80),
  parent_id INTEGER,
  multiplier INTEGER NOT NULL,
  digits INTEGER NOT NULL,
  installed_on TEXT NOT NULL CHECK (installed_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  opening INTEGER NOT NULL,
  replaces_id INTEGER,
  removed_on TEXT CHECK (removed_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  last_reading INTEGER,
  last_on TEXT CHECK (last_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  last_used INTEGER,
  remarks TEXT CHECK (length(remarks) <= 200),
  state TEXT NOT NULL,
  UNIQUE (property_id, no),
  FOREIGN KEY (unit_id) REFERENCES unit (id),
  FOREIGN KEY (parent_id) REFERENCES meter (id),
  FOREIGN KEY (replaces_id) REFERENCES meter (id)
) STRICT;
CREATE INDEX meter__property ON meter (property_id);
CREATE INDEX meter__kind_place ON meter (property_id, kind, place);
CREATE INDEX meter__unit_id_place ON meter (property_id, unit_id, place);
CREATE INDEX meter__place ON meter (property_id, place);
CREATE INDEX meter__parent_id_place ON meter (property_id, parent_id, place);
CREATE INDEX meter__replaces_id_place ON meter (property_id, replaces_id, place);
CREATE INDEX meter__last_on ON meter (property_id, last_on);
CREATE INDEX meter__last_on_place ON meter (property_id, last_on, place);
CREATE INDEX meter__state_place ON meter (property_id, state, place);
CREATE TABLE meter_price (
  property_id INTEGER NOT NULL,
  id INTEGER NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by INTEGER,
  kind TEXT NOT NULL,
  item_id INTEGER NOT NULL,
  from_on TEXT NOT NULL CHECK (from_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  price INTEGER NOT NULL,
  loss_share INTEGER NOT NULL,
  remarks TEXT CHECK (length(remarks) <= 200),
  UNIQUE (property_id, kind, from_on),
  FOREIGN KEY (item_id) REFERENCES charge_item (id)
) STRICT;
CREATE INDEX meter_price__property ON meter_price (property_id);
CREATE INDEX meter_price__kind_from_on_down ON meter_price (property_id, kind, from_on);
CREATE INDEX meter_price__item_id_from_on_down ON meter_price (property_id, item_id, from_on);
CREATE INDEX meter_price__from_on ON meter_price (property_id, from_on);
CREATE TABLE meter_reading (
  property_id INTEGER NOT NULL,
  id INTEGER NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by INTEGER,
  meter_id INTEGER NOT NULL,
  unit_id INTEGER,
  read_on TEXT NOT NULL CHECK (read_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  kind TEXT NOT NULL,
  reading INTEGER NOT NULL,
  previous INTEGER,
  previous_on TEXT CHECK (previous_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  used INTEGER,
  warning TEXT,
  daily_mean INTEGER,
  reason TEXT CHECK (length(reason) <= 200),
  explained_by INTEGER,
  estimated INTEGER CHECK (estimated IN (0, 1)),
  reader_id INTEGER,
  checked_by INTEGER,
  corrects_id INTEGER,
  origin_id INTEGER,
  void_reason TEXT CHECK (length(void_reason) <= 200),
  remarks TEXT CHECK (length(remarks) <= 200),
  state TEXT NOT NULL,
  FOREIGN KEY (meter_id) REFERENCES meter (id),
  FOREIGN KEY (unit_id) REFERENCES unit (id),
  FOREIGN KEY (explained_by) REFERENCES staff (id),
  FOREIGN KEY (reader_id) REFERENCES staff (id),
  FOREIGN KEY (checked_by) REFERENCES staff (id),
  FOREIGN KEY (corrects_id) REFERENCES meter_reading (id),
  FOREIGN KEY (origin_id) REFERENCES meter_reading (id)
) STRICT;
CREATE INDEX meter_reading__property ON meter_reading (property_id);
CREATE INDEX meter_reading__meter_id_read_on ON meter_reading (property_id, meter_id, read_on);
CREATE INDEX meter_reading__state_read_on ON meter_reading (property_id, state, read_on);
CREATE INDEX meter_reading__meter_id_read_on_down ON meter_reading (property_id, meter_id, read_on);
CREATE INDEX meter_reading__unit_id_read_on_down ON meter_reading (property_id, unit_id, read_on);
CREATE INDEX meter_reading__read_on ON meter_reading (property_id, read_on);
CREATE INDEX meter_reading__warning_read_on_down ON meter_reading (property_id, warning, read_on);
CREATE INDEX meter_reading__explained_by_read_on_down ON meter_reading (property_id, explained_by, read_on);
CREATE INDEX meter_reading__reader_id_read_on_down ON meter_reading (property_id, reader_id, read_on);
CREATE INDEX meter_reading__checked_by_read_on_down ON meter_reading (property_id, checked_by, read_on);
CREATE INDEX meter_reading__corrects_id_read_on_down ON meter_reading (property_id, corrects_id, read_on);
CREATE INDEX meter_reading__state_read_on_down ON meter_reading (property_id, state, read_on);
CREATE TABLE share_key (
  property_id INTEGER NOT NULL,
  id INTEGER NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by INTEGER,
  name TEXT NOT NULL CHECK (length(name) <= 60),
  item_id INTEGER NOT NULL,
  basis TEXT NOT NULL,
  meter_id INTEGER,
  active INTEGER CHECK (active IN (0, 1)),
  remarks TEXT CHECK (length(remarks) <= 200),
  UNIQUE (property_id, name),
  FOREIGN KEY (item_id) REFERENCES charge_item (id),
  FOREIGN KEY (meter_id) REFERENCES meter (id)
) STRICT;
CREATE INDEX share_key__property ON share_key (property_id);
CREATE INDEX share_key__item_id_name ON share_key (property_id, item_id, name);
CREATE INDEX share_key__basis_name ON share_key (property_id, basis, name);
CREATE INDEX share_key__meter_id_name ON share_key (property_id, meter_id, name);
CREATE INDEX share_key__active_name ON share_key (property_id, active, name);
CREATE TABLE share_member (
  property_id INTEGER NOT NULL,
  id INTEGER NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by INTEGER,
  key_id INTEGER NOT NULL,
  unit_id INTEGER NOT NULL,
  percent INTEGER,
  from_on TEXT NOT NULL CHECK (from_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  to_on TEXT CHECK (to_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  UNIQUE (property_id, key_id, unit_id, from_on),
  FOREIGN KEY (key_id) REFERENCES share_key (id),
  FOREIGN KEY (unit_id) REFERENCES unit (id)
) STRICT;
CREATE INDEX share_member__property ON share_member (property_id);
CREATE INDEX share_member__unit_id ON share_member (property_id, unit_id);
CREATE TABLE share_pool (
  property_id INTEGER NOT NULL,
  id INTEGER NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by INTEGER,
  no TEXT CHECK (length(no) <= 30),
  key_id INTEGER NOT NULL,
  from_on TEXT NOT NULL CHECK (from_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  to_on TEXT NOT NULL CHECK (to_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  amount INTEGER,
  due_on TEXT NOT NULL CHECK (due_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  landlord INTEGER,
  working TEXT CHECK (json_valid(working)),
  voucher TEXT CHECK (length(voucher) <= 120),
  state TEXT NOT NULL,
  UNIQUE (property_id, no),
  FOREIGN KEY (key_id) REFERENCES share_key (id)
) STRICT;
CREATE INDEX share_pool__property ON share_pool (property_id);
CREATE INDEX share_pool__key_id_no_down ON share_pool (property_id, key_id, no);
CREATE INDEX share_pool__from_on ON share_pool (property_id, from_on);
CREATE INDEX share_pool__from_on_no_down ON share_pool (property_id, from_on, no);
CREATE INDEX share_pool__amount ON share_pool (property_id, amount);
CREATE INDEX share_pool__state_no_down ON share_pool (property_id, state, no);
CREATE TABLE dunning_stage (
  property_id INTEGER NOT NULL,
  id INTEGER NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by INTEGER,
  kind TEXT NOT NULL,
  name TEXT NOT NULL CHECK (length(name) <= 40),
  name_en TEXT CHECK (length(name_en) <= 60),
  seq INTEGER NOT NULL,
  from_days INTEGER NOT NULL,
  deadline_days INTEGER NOT NULL,
  senders TEXT NOT NULL CHECK (length(senders) <= 200),
  active INTEGER CHECK (active IN (0, 1)),
  UNIQUE (property_id, kind)
) STRICT;
CREATE INDEX dunning_stage__property ON dunning_stage (property_id);
CREATE INDEX dunning_stage__name ON dunning_stage (property_id, name);
CREATE INDEX dunning_stage__seq ON dunning_stage (property_id, seq);
CREATE TABLE dunning_notice (
  property_id INTEGER NOT NULL,
  id INTEGER NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by INTEGER,
  no TEXT CHECK (length(no) <= 30),
  lease_id INTEGER,
  merchant_id INTEGER,
  unit_id INTEGER,
  stage_id INTEGER,
  kind TEXT,
  special TEXT CHECK (length(special) <= 1000),
  staff_id INTEGER,
  sent_on TEXT CHECK (sent_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  sent_by INTEGER,
  deadline_on TEXT CHECK (deadline_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  deadline_days INTEGER,
  principal INTEGER,
  late_fee INTEGER,
  total INTEGER,
  words TEXT CHECK (length(words) <= 200),
  proof_kind TEXT,
  proof_no TEXT CHECK (length(proof_no) <= 80),
  delivered_on TEXT CHECK (delivered_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  settled_on TEXT CHECK (settled_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  withdraw_reason TEXT CHECK (length(withdraw_reason) <= 200),
  state TEXT NOT NULL,
  UNIQUE (property_id, no),
  FOREIGN KEY (lease_id) REFERENCES lease (id),
  FOREIGN KEY (merchant_id) REFERENCES merchant (id),
  FOREIGN KEY (unit_id) REFERENCES unit (id),
  FOREIGN KEY (stage_id) REFERENCES dunning_stage (id),
  FOREIGN KEY (staff_id) REFERENCES staff (id),
  FOREIGN KEY (sent_by) REFERENCES staff (id)
) STRICT;
CREATE INDEX dunning_notice__property ON dunning_notice (property_id);
CREATE INDEX dunning_notice__state_lease_id ON dunning_notice (property_id, state, lease_id);
CREATE INDEX dunning_notice__lease_id_no_down ON dunning_notice (property_id, lease_id, no);
CREATE INDEX dunning_notice__merchant_id_no_down ON dunning_notice (property_id, merchant_id, no);
CREATE INDEX dunning_notice__unit_id_no_down ON dunning_notice (property_id, unit_id, no);
CREATE INDEX dunning_notice__stage_id_no_down ON dunning_notice (property_id, stage_id, no);
CREATE INDEX dunning_notice__kind_no_down ON dunning_notice (property_id, kind, no);
CREATE INDEX dunning_notice__staff_id_no_down ON dunning_notice (property_id, staff_id, no);
CREATE INDEX dunning_notice__sent_on ON dunning_notice (property_id, sent_on);
CREATE INDEX dunning_notice__sent_on_no_down ON dunning_notice (property_id, sent_on, no);
CREATE INDEX dunning_notice__sent_by_no_down ON dunning_notice (property_id, sent_by, no);
CREATE INDEX dunning_notice__deadline_on ON dunning_notice (property_id, deadline_on);
CREATE INDEX dunning_notice__total ON dunning_notice (property_id, total);
CREATE INDEX dunning_notice__state_no_down ON dunning_notice (property_id, state, no);
CREATE TABLE dunning_line (
  property_id INTEGER NOT NULL,
  id INTEGER NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by INTEGER,
  notice_id INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  charge_id INTEGER NOT NULL,
  name TEXT NOT NULL CHECK (length(name) <= 80),
  period_from TEXT CHECK (period_from GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  period_to TEXT CHECK (period_to GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  due_on TEXT NOT NULL CHECK (due_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  days INTEGER NOT NULL,
  open INTEGER NOT NULL,
  late_fee INTEGER NOT NULL,
  working TEXT CHECK (json_valid(working)),
  UNIQUE (property_id, notice_id, seq),
  FOREIGN KEY (notice_id) REFERENCES dunning_notice (id),
  FOREIGN KEY (charge_id) REFERENCES charge (id)
) STRICT;
CREATE INDEX dunning_line__property ON dunning_line (property_id);
CREATE INDEX dunning_line__charge_id ON dunning_line (property_id, charge_id);
CREATE INDEX dunning_line__name ON dunning_line (property_id, name);
CREATE TRIGGER dunning_line__no_update BEFORE UPDATE ON dunning_line BEGIN SELECT RAISE(ABORT, 'dunning_line is append-only'); END;
CREATE TRIGGER dunning_line__no_delete BEFORE DELETE ON dunning_line BEGIN SELECT RAISE(ABORT, 'dunning_line is append-only'); END;
CREATE TABLE promise (
  property_id INTEGER NOT NULL,
  id INTEGER NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by INTEGER,
  lease_id INTEGER,
  merchant_id INTEGER,
  unit_id INTEGER,
  amount INTEGER NOT NULL,
  promised_on TEXT NOT NULL CHECK (promised_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  made_by TEXT NOT NULL CHECK (length(made_by) <= 60),
  way TEXT NOT NULL,
  remarks TEXT CHECK (length(remarks) <= 400),
  made_on TEXT CHECK (made_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  staff_id INTEGER,
  paid_before INTEGER,
  paid INTEGER,
  judged_on TEXT CHECK (judged_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  withdraw_reason TEXT CHECK (length(withdraw_reason) <= 200),
  state TEXT NOT NULL,
  FOREIGN KEY (lease_id) REFERENCES lease (id),
  FOREIGN KEY (merchant_id) REFERENCES merchant (id),
  FOREIGN KEY (unit_id) REFERENCES unit (id),
  FOREIGN KEY (staff_id) REFERENCES staff (id)
) STRICT;
CREATE INDEX promise__property ON promise (property_id);
CREATE INDEX promise__state_promised_on ON promise (property_id, state, promised_on);
CREATE INDEX promise__lease_id_promised_on_down ON promise (property_id, lease_id, promised_on);
CREATE INDEX promise__merchant_id_promised_on_down ON promise (property_id, merchant_id, promised_on);
CREATE INDEX promise__unit_id_promised_on_down ON promise (property_id, unit_id, promised_on);
CREATE INDEX promise__promised_on ON promise (property_id, promised_on);
CREATE INDEX promise__made_by ON promise (property_id, made_by);
CREATE INDEX promise__staff_id_promised_on_down ON promise (property_id, staff_id, promised_on);
CREATE INDEX promise__state_promised_on_down ON promise (property_id, state, promised_on);
CREATE TABLE collection_note (
  property_id INTEGER NOT NULL,
  id INTEGER NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by INTEGER,
  lease_id INTEGER,
  merchant_id INTEGER,
  unit_id INTEGER,
  way TEXT NOT NULL,
  person TEXT CHECK (length(person) <= 60),
  content TEXT NOT NULL CHECK (length(content) <= 1000),
  next_on TEXT CHECK (next_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  at INTEGER,
  staff_id INTEGER,
  FOREIGN KEY (lease_id) REFERENCES lease (id),
  FOREIGN KEY (merchant_id) REFERENCES merchant (id),
  FOREIGN KEY (unit_id) REFERENCES unit (id),
  FOREIGN KEY (staff_id) REFERENCES staff (id)
) STRICT;
CREATE INDEX collection_note__property ON collection_note (property_id);
CREATE INDEX collection_note__lease_id_at_down ON collection_note (property_id, lease_id, at);
CREATE INDEX collection_note__merchant_id_at_down ON collection_note (property_id, merchant_id, at);
CREATE INDEX collection_note__unit_id_at_down ON collection_note (property_id, unit_id, at);
CREATE INDEX collection_note__way_at_down ON collection_note (property_id, way, at);
CREATE INDEX collection_note__next_on ON collection_note (property_id, next_on);
CREATE INDEX collection_note__at ON collection_note (property_id, at);
CREATE INDEX collection_note__staff_id_at_down ON collection_note (property_id, staff_id, at);
CREATE TABLE due_reminder (
  property_id INTEGER NOT NULL,
  id INTEGER NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by INTEGER,
  charge_id INTEGER NOT NULL,
  merchant_id INTEGER NOT NULL,
  staff_id INTEGER NOT NULL,
  reminded_on TEXT NOT NULL CHECK (reminded_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  UNIQUE (property_id, charge_id),
  FOREIGN KEY (charge_id) REFERENCES charge (id),
  FOREIGN KEY (merchant_id) REFERENCES merchant (id),
  FOREIGN KEY (staff_id) REFERENCES staff (id)
) STRICT;
CREATE INDEX due_reminder__property ON due_reminder (property_id);
CREATE INDEX due_reminder__merchant_id_reminded_on_down ON due_reminder (property_id, merchant_id, reminded_on);
CREATE INDEX due_reminder__staff_id_reminded_on_down ON due_reminder (property_id, staff_id, reminded_on);
CREATE INDEX due_reminder__reminded_on ON due_reminder (property_id, reminded_on);
CREATE TRIGGER due_reminder__no_update BEFORE UPDATE ON due_reminder BEGIN SELECT RAISE(ABORT, 'due_reminder is append-only'); END;
CREATE TRIGGER due_reminder__no_delete BEFORE DELETE ON due_reminder BEGIN SELECT RAISE(ABORT, 'due_reminder is append-only'); END;
CREATE TABLE late_fee_run (
  property_id INTEGER NOT NULL,
  id INTEGER NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by INTEGER,
  no TEXT CHECK (length(no) <= 30),
  until_on TEXT NOT NULL CHECK (until_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  lease_id INTEGER,
  staff_id INTEGER,
  charges INTEGER NOT NULL,
  gross INTEGER NOT NULL,
  UNIQUE (property_id, no),
  FOREIGN KEY (lease_id) REFERENCES lease (id),
  FOREIGN KEY (staff_id) REFERENCES staff (id)
) STRICT;
CREATE INDEX late_fee_run__property ON late_fee_run (property_id);
CREATE INDEX late_fee_run__until_on ON late_fee_run (property_id, until_on);
CREATE INDEX late_fee_run__lease_id_no_down ON late_fee_run (property_id, lease_id, no);
CREATE INDEX late_fee_run__staff_id_no_down ON late_fee_run (property_id, staff_id, no);
CREATE TABLE move_out (
  property_id INTEGER NOT NULL,
  id INTEGER NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by INTEGER,
  no TEXT CHECK (length(no) <= 30),
  lease_id INTEGER NOT NULL,
  merchant_id INTEGER,
  unit_id INTEGER,
  unit_nos TEXT CHECK (length(unit_nos) <= 400),
  kind TEXT NOT NULL,
  applied_on TEXT NOT NULL CHECK (applied_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  last_on TEXT NOT NULL CHECK (last_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  notice_agreed INTEGER,
  notice_days INTEGER,
  short_notice INTEGER CHECK (short_notice IN (0, 1)),
  reason TEXT NOT NULL CHECK (length(reason) <= 400),
  returned_on TEXT CHECK (returned_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  keys_returned INTEGER CHECK (keys_returned IN (0, 1)),
  inspector_id INTEGER,
  services_id INTEGER,
  breach TEXT NOT NULL,
  breach_note TEXT CHECK (length(breach_note) <= 400),
  penalty INTEGER,
  penalty_clause TEXT CHECK (length(penalty_clause) <= 120),
  occupation_percent INTEGER,
  compensation INTEGER,
  compensation_clause TEXT CHECK (length(compensation_clause) <= 120),
  payee TEXT CHECK (length(payee) <= 80),
  payee_bank TEXT CHECK (length(payee_bank) <= 120),
  payee_account TEXT CHECK (length(payee_account) <= 40),
  statement_on TEXT CHECK (statement_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  credits INTEGER,
  deductions INTEGER,
  refund INTEGER,
  owed INTEGER,
  statement TEXT CHECK (json_valid(statement)),
  approved_at INTEGER,
  signer TEXT CHECK (length(signer) <= 60),
  signed_on TEXT CHECK (signed_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  paid_on TEXT CHECK (paid_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  reference TEXT CHECK (length(reference) <= 60),
  round INTEGER,
  live_key TEXT CHECK (length(live_key) <= 30),
  state TEXT NOT NULL,
  UNIQUE (property_id, no),
  UNIQUE (property_id, live_key),
  FOREIGN KEY (lease_id) REFERENCES lease (id),
  FOREIGN KEY (merchant_id) REFERENCES merchant (id),
  FOREIGN KEY (unit_id) REFERENCES unit (id),
  FOREIGN KEY (inspector_id) REFERENCES staff (id),
  FOREIGN KEY (services_id) REFERENCES staff (id)
) STRICT;
CREATE INDEX move_out__property ON move_out (property_id);
CREATE INDEX move_out__lease_id_no_down ON move_out (property_id, lease_id, no);
CREATE INDEX move_out__merchant_id_no_down ON move_out (property_id, merchant_id, no);
CREATE INDEX move_out__unit_id_no_down ON move_out (property_id, unit_id, no);
CREATE INDEX move_out__kind_no_down ON move_out (property_id, kind, no);
CREATE INDEX move_out__last_on ON move_out (property_id, last_on);
CREATE INDEX move_out__last_on_no_down ON move_out (property_id, last_on, no);
CREATE INDEX move_out__inspector_id_no_down ON move_out (property_id, inspector_id, no);
CREATE INDEX move_out__services_id_no_down ON move_out (property_id, services_id, no);
CREATE INDEX move_out__state_no_down ON move_out (property_id, state, no);
CREATE TABLE move_out_item (
  property_id INTEGER NOT NULL,
  id INTEGER NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by INTEGER,
  updated_at INTEGER NOT NULL,
  updated_by INTEGER,
  move_out_id INTEGER NOT NULL,
  seq INTEGER,
  part TEXT NOT NULL,
  result TEXT NOT NULL,
  note TEXT CHECK (length(note) <= 200),
  amount INTEGER,
  clause TEXT CHECK (length(clause) <= 120),
  voucher TEXT CHECK (length(voucher) <= 120),
  inspector_id INTEGER,
  FOREIGN KEY (move_out_id) REFERENCES move_out (id),
  FOREIGN KEY (inspector_id) REFERENCES staff (id)
) STRICT;
CREATE INDEX move_out_item__property ON move_out_item (property_id);
CREATE INDEX move_out_item__move_out_id ON move_out_item (property_id, move_out_id);
CREATE INDEX move_out_item__inspector_id_move_out_id ON move_out_item (property_id, inspector_id, move_out_id);
CREATE VIEW v_property AS SELECT t.id AS id, t.code AS code, t.name AS name, t.name_en AS name_en, t.address AS address, t.phone AS phone, t.gross_area / 100.0 AS gross_area, t.leasable_area / 100.0 AS leasable_area, t.opened_on AS opened_on, t.owner_name AS owner_name, t.tax_name AS tax_name, t.tax_code AS tax_code, t.bank_name AS bank_name, t.bank_account AS bank_account, t.active AS active FROM property t;
CREATE VIEW v_department AS SELECT t.property_id AS property_id, t.id AS id, t.code AS code, t.name AS name, t.name_en AS name_en, t.parent_id AS parent_id, (SELECT r.name FROM department r WHERE r.property_id = t.property_id AND r.id = t.parent_id) AS parent_name, t.sort AS sort, t.active AS active FROM department t;
CREATE VIEW v_post AS SELECT t.property_id AS property_id, t.id AS id, t.code AS code, t.name AS name, t.name_en AS name_en, t.department_id AS department_id, (SELECT r.name FROM department r WHERE r.property_id = t.property_id AND r.id = t.department_id) AS department_name, t.reports_to_id AS reports_to_id, (SELECT r.name FROM post r WHERE r.property_id = t.property_id AND r.id = t.reports_to_id) AS reports_to_name, t.headcount AS headcount, t.active AS active FROM post t;
CREATE VIEW v_role AS SELECT t.id AS id, t.code AS code, t.name AS name, t.name_en AS name_en, t.remark AS remark FROM role t;
CREATE VIEW v_staff AS SELECT t.id AS id, t.login AS login, t.name AS name, CASE WHEN t.mobile IS NULL THEN NULL ELSE '***' END AS mobile, t.email AS email, t.post_id AS post_id, (SELECT r.name FROM post r WHERE r.id = t.post_id) AS post_name, t.home_property_id AS home_property_id, (SELECT r.name FROM property r WHERE r.id = t.home_property_id) AS home_property_name, t.active AS active, t.joined_on AS joined_on, t.left_on AS left_on, t.lang AS lang, t.must_change_password AS must_change_password, t.failed_count AS failed_count, strftime('%Y-%m-%d %H:%M:%S', t.locked_until / 1000000, 'unixepoch', '+8 hours') AS locked_until FROM staff t;
CREATE VIEW v_role_grant AS SELECT t.id AS id, t.role_id AS role_id, (SELECT r.name FROM role r WHERE r.id = t.role_id) AS role_name, t.entity AS entity, t.actions AS actions, t.scope AS scope FROM role_grant t;
CREATE VIEW v_role_unmask AS SELECT t.id AS id, t.role_id AS role_id, (SELECT r.name FROM role r WHERE r.id = t.role_id) AS role_name, t.field AS field FROM role_unmask t;
CREATE VIEW v_staff_role AS SELECT t.property_id AS property_id, t.id AS id, t.staff_id AS staff_id, (SELECT r.name FROM staff r WHERE r.id = t.staff_id) AS staff_name, t.role_id AS role_id, (SELECT r.name FROM role r WHERE r.id = t.role_id) AS role_name FROM staff_role t;
CREATE VIEW v_delegation AS SELECT t.property_id AS property_id, t.id AS id, t.from_staff_id AS from_staff_id, (SELECT r.name FROM staff r WHERE r.id = t.from_staff_id) AS from_staff_name, t.to_staff_id AS to_staff_id, (SELECT r.name FROM staff r WHERE r.id = t.to_staff_id) AS to_staff_name, t.powers AS powers, t.from_on AS from_on, t.to_on AS to_on, t.reason AS reason, t.active AS active FROM delegation t;
CREATE VIEW v_zone AS SELECT t.property_id AS property_id, t.id AS id, t.name AS name, t.staff_id AS staff_id, (SELECT r.name FROM staff r WHERE r.id = t.staff_id) AS staff_name, t.remark AS remark, t.active AS active FROM zone t;
CREATE VIEW v_notification AS SELECT t.property_id AS property_id, t.id AS id, t.staff_id AS staff_id, (SELECT r.name FROM staff r WHERE r.id = t.staff_id) AS staff_name, t.kind AS kind, t.entity AS entity, t.record_id AS record_id, t.zh AS zh, t.en AS en, strftime('%Y-%m-%d %H:%M:%S', t.read_at / 1000000, 'unixepoch', '+8 hours') AS read_at, t.mail_state AS mail_state, t.mail_tries AS mail_tries, strftime('%Y-%m-%d %H:%M:%S', t.mail_next_at / 1000000, 'unixepoch', '+8 hours') AS mail_next_at FROM notification t;
CREATE VIEW v_list_view AS SELECT t.property_id AS property_id, t.id AS id, t.staff_id AS staff_id, (SELECT r.name FROM staff r WHERE r.id = t.staff_id) AS staff_name, t.entity AS entity, t.name AS name, t.query AS query, t.shared AS shared FROM list_view t;
CREATE VIEW v_setting AS SELECT t.property_id AS property_id, t.id AS id, t.name AS name, t.content AS content, t.remark AS remark FROM setting t;
CREATE VIEW v_file AS SELECT t.property_id AS property_id, t.id AS id, t.entity AS entity, t.record_id AS record_id, t.category AS category, t.name AS name, t.content_type AS content_type, t.size AS size, t.digest AS digest, t.version_no AS version_no, t.is_picture AS is_picture, t.thumbnail AS thumbnail FROM file t;
CREATE VIEW v_import_batch AS SELECT t.property_id AS property_id, t.id AS id, t.kind AS kind, t.file_name AS file_name, t.into_id AS into_id, t.digest AS digest, t.sheet_name AS sheet_name, t.heading_row AS heading_row, t.mapping AS mapping, t.created_count AS created_count, t.updated_count AS updated_count, t.error_count AS error_count, t.skipped_count AS skipped_count, t.state AS state, strftime('%Y-%m-%d %H:%M:%S', t.committed_at / 1000000, 'unixepoch', '+8 hours') AS committed_at FROM import_batch t;
CREATE VIEW v_flow AS SELECT t.property_id AS property_id, t.id AS id, t.code AS code, t.name AS name, t.name_en AS name_en, t.subject_entity AS subject_entity, t.condition AS condition, t.priority AS priority, t.revision AS revision, t.active AS active, t.remark AS remark FROM flow t;
CREATE VIEW v_flow_step AS SELECT t.property_id AS property_id, t.id AS id, t.flow_id AS flow_id, (SELECT r.name FROM flow r WHERE r.property_id = t.property_id AND r.id = t.flow_id) AS flow_name, t.seq AS seq, t.name AS name, t.name_en AS name_en, t.approver AS approver, t.role_id AS role_id, (SELECT r.name FROM role r WHERE r.id = t.role_id) AS role_name, t.roles AS roles, t.post_id AS post_id, (SELECT r.name FROM post r WHERE r.property_id = t.property_id AND r.id = t.post_id) AS post_name, t.staff_id AS staff_id, (SELECT r.name FROM staff r WHERE r.id = t.staff_id) AS staff_name, t.mode AS mode, t.condition AS condition, t.deadline_hours AS deadline_hours FROM flow_step t;
CREATE VIEW v_approval AS SELECT t.property_id AS property_id, t.id AS id, t.no AS no, t.flow_id AS flow_id, (SELECT r.name FROM flow r WHERE r.property_id = t.property_id AND r.id = t.flow_id) AS flow_name, t.flow_revision AS flow_revision, t.subject_entity AS subject_entity, t.subject_id AS subject_id, t.subject_version AS subject_version, t.subject_label AS subject_label, t.round AS round, t.snapshot AS snapshot, t.steps AS steps, t.state AS state, t.current_seq AS current_seq, t.drafter_id AS drafter_id, (SELECT r.name FROM staff r WHERE r.id = t.drafter_id) AS drafter_name, strftime('%Y-%m-%d %H:%M:%S', t.started_at / 1000000, 'unixepoch', '+8 hours') AS started_at, strftime('%Y-%m-%d %H:%M:%S', t.ended_at / 1000000, 'unixepoch', '+8 hours') AS ended_at FROM approval t;
CREATE VIEW v_approval_task AS SELECT t.property_id AS property_id, t.id AS id, t.approval_id AS approval_id, (SELECT r.subject_label FROM approval r WHERE r.property_id = t.property_id AND r.id = t.approval_id) AS approval_name, t.seq AS seq, t.place AS place, t.staff_id AS staff_id, (SELECT r.name FROM staff r WHERE r.id = t.staff_id) AS staff_name, t.on_behalf_of_id AS on_behalf_of_id, (SELECT r.name FROM staff r WHERE r.id = t.on_behalf_of_id) AS on_behalf_of_name, t.state AS state, t.decision AS decision, t.opinion AS opinion, t.note AS note, strftime('%Y-%m-%d %H:%M:%S', t.opened_at / 1000000, 'unixepoch', '+8 hours') AS opened_at, strftime('%Y-%m-%d %H:%M:%S', t.due_at / 1000000, 'unixepoch', '+8 hours') AS due_at, strftime('%Y-%m-%d %H:%M:%S', t.decided_at / 1000000, 'unixepoch', '+8 hours') AS decided_at, strftime('%Y-%m-%d %H:%M:%S', t.reminded_at / 1000000, 'unixepoch', '+8 hours') AS reminded_at, t.added_by_id AS added_by_id, (SELECT r.name FROM staff r WHERE r.id = t.added_by_id) AS added_by_name, t.waits_for_id AS waits_for_id, (SELECT (SELECT l0.name FROM staff l0 WHERE l0.id = r.staff_id) FROM approval_task r WHERE r.property_id = t.property_id AND r.id = t.waits_for_id) AS waits_for_name FROM approval_task t;
CREATE VIEW v_category AS SELECT t.id AS id, t.code AS code, t.name AS name, t.name_en AS name_en, t.parent_id AS parent_id, (SELECT r.name FROM category r WHERE r.id = t.parent_id) AS parent_name, t.seq AS seq, t.active AS active FROM category t;
CREATE VIEW v_channel AS SELECT t.id AS id, t.code AS code, t.name AS name, t.name_en AS name_en, t.is_paid AS is_paid, t.staff_id AS staff_id, (SELECT r.name FROM staff r WHERE r.id = t.staff_id) AS staff_name, t.seq AS seq, t.active AS active, t.remarks AS remarks FROM channel t;
CREATE VIEW v_class_rule AS SELECT t.property_id AS property_id, t.id AS id, t.words AS words, t.category_id AS category_id, (SELECT r.name FROM category r WHERE r.id = t.category_id) AS category_name, t.seq AS seq, t.active AS active, t.remarks AS remarks FROM class_rule t;
CREATE VIEW v_building AS SELECT t.property_id AS property_id, t.id AS id, t.code AS code, t.name AS name, t.floors_above AS floors_above, t.floors_below AS floors_below, t.area_built / 100.0 AS area_built, t.area_leasable / 100.0 AS area_leasable, t.opened_on AS opened_on, t.address AS address, t.certificate_no AS certificate_no, t.seq AS seq, t.remarks AS remarks FROM building t;
CREATE VIEW v_floor AS SELECT t.property_id AS property_id, t.id AS id, t.building_id AS building_id, (SELECT r.name FROM building r WHERE r.property_id = t.property_id AND r.id = t.building_id) AS building_name, t.code AS code, t.name AS name, t.seq AS seq, t.theme AS theme, t.area_built / 100.0 AS area_built, t.area_leasable / 100.0 AS area_leasable, t.height AS height, t.drawing AS drawing FROM floor t;
CREATE VIEW v_unit AS SELECT t.property_id AS property_id, t.id AS id, t.no AS no, t.floor_id AS floor_id, (SELECT r.name FROM floor r WHERE r.property_id = t.property_id AND r.id = t.floor_id) AS floor_name, t.kind AS kind, t.status AS status, t.purpose AS purpose, t.area_built / 100.0 AS area_built, t.area_usable / 100.0 AS area_usable, t.area_leasable / 100.0 AS area_leasable, t.frontage AS frontage, t.depth AS depth, t.height AS height, t.load AS load, t.has_water AS has_water, t.has_gas AS has_gas, t.has_exhaust AS has_exhaust, t.power_kw AS power_kw, t.allowed_categories AS allowed_categories, t.price_basis AS price_basis, t.floor_price / 10000.0 AS floor_price, t.target_price / 10000.0 AS target_price, t.fee_price / 10000.0 AS fee_price, t.points AS points, t.from_on AS from_on, t.to_on AS to_on, t.remarks AS remarks FROM unit t;
CREATE VIEW v_unit_change AS SELECT t.property_id AS property_id, t.id AS id, t.no AS no, t.kind AS kind, t.effective_on AS effective_on, t.sources AS sources, t.parts AS parts, t.reason AS reason, t.state AS state FROM unit_change t;
CREATE VIEW v_price_policy AS SELECT t.property_id AS property_id, t.id AS id, t.edition AS edition, t.category_id AS category_id, (SELECT r.name FROM category r WHERE r.id = t.category_id) AS category_name, t.floor_id AS floor_id, (SELECT r.name FROM floor r WHERE r.property_id = t.property_id AND r.id = t.floor_id) AS floor_name, t.from_on AS from_on, t.to_on AS to_on, t.price_basis AS price_basis, t.floor_price / 10000.0 AS floor_price, t.target_price / 10000.0 AS target_price, t.free_days AS free_days, t.deposit_months AS deposit_months, t.state AS state, strftime('%Y-%m-%d %H:%M:%S', t.approved_at / 1000000, 'unixepoch', '+8 hours') AS approved_at, t.approved_by AS approved_by, (SELECT r.name FROM staff r WHERE r.id = t.approved_by) AS approved_by_name, t.remarks AS remarks FROM price_policy t;
CREATE VIEW v_zone_unit AS SELECT t.property_id AS property_id, t.id AS id, t.zone_id AS zone_id, (SELECT r.name FROM zone r WHERE r.property_id = t.property_id AND r.id = t.zone_id) AS zone_name, t.staff_id AS staff_id, (SELECT r.name FROM staff r WHERE r.id = t.staff_id) AS staff_name, t.unit_id AS unit_id, (SELECT r.no FROM unit r WHERE r.property_id = t.property_id AND r.id = t.unit_id) AS unit_name, t.from_on AS from_on, t.to_on AS to_on, t.remarks AS remarks FROM zone_unit t;
CREATE VIEW v_channel_spend AS SELECT t.property_id AS property_id, t.id AS id, t.channel_id AS channel_id, (SELECT r.name FROM channel r WHERE r.id = t.channel_id) AS channel_name, t.month AS month, t.amount / 100.0 AS amount, t.remarks AS remarks FROM channel_spend t;
CREATE VIEW v_merchant AS SELECT t.property_id AS property_id, t.id AS id, t.no AS no, t.name AS name, t.short_name AS short_name, t.kind AS kind, t.state AS state, t.tier AS tier, t.credit_code AS credit_code, t.verified_on AS verified_on, CASE WHEN t.id_number IS NULL THEN NULL ELSE '***' END AS id_number, t.legal_rep AS legal_rep, t.capital / 100.0 AS capital, t.established_on AS established_on, t.business_scope AS business_scope, t.address AS address, t.mail_address AS mail_address, t.email AS email, t.bank_name AS bank_name, CASE WHEN t.bank_account IS NULL THEN NULL ELSE '***' END AS bank_account, t.account_name AS account_name, t.taxpayer AS taxpayer, t.tax_title AS tax_title, t.tax_no AS tax_no, t.tax_address AS tax_address, t.tax_bank AS tax_bank, t.shops_count AS shops_count, t.annual_sales / 100.0 AS annual_sales, t.category_id AS category_id, (SELECT r.name FROM category r WHERE r.id = t.category_id) AS category_name, t.needs AS needs, t.owner_id AS owner_id, (SELECT r.name FROM staff r WHERE r.id = t.owner_id) AS owner_name, t.channel_id AS channel_id, (SELECT r.name FROM channel r WHERE r.id = t.channel_id) AS channel_name, t.is_blacklisted AS is_blacklisted, t.blacklist_reason AS blacklist_reason, t.merged_into_id AS merged_into_id, (SELECT r.name FROM merchant r WHERE r.property_id = t.property_id AND r.id = t.merged_into_id) AS merged_into_name, t.remarks AS remarks FROM merchant t;
CREATE VIEW v_contact AS SELECT t.property_id AS property_id, t.id AS id, t.merchant_id AS merchant_id, (SELECT r.name FROM merchant r WHERE r.property_id = t.property_id AND r.id = t.merchant_id) AS merchant_name, t.name AS name, CASE WHEN t.mobile IS NULL THEN NULL ELSE '***' END AS mobile, CASE WHEN t.phone IS NULL THEN NULL ELSE '***' END AS phone, t.role AS role, CASE WHEN t.wechat IS NULL THEN NULL ELSE '***' END AS wechat, t.email AS email, t.is_primary AS is_primary, t.decides AS decides, t.active AS active, t.remarks AS remarks FROM contact t;
CREATE VIEW v_brand AS SELECT t.property_id AS property_id, t.id AS id, t.name AS name, t.name_en AS name_en, t.category_id AS category_id, (SELECT r.name FROM category r WHERE r.id = t.category_id) AS category_name, t.level AS level, t.reach AS reach, t.owner_merchant_id AS owner_merchant_id, (SELECT r.name FROM merchant r WHERE r.property_id = t.property_id AND r.id = t.owner_merchant_id) AS owner_merchant_name, t.area_min / 100.0 AS area_min, t.area_max / 100.0 AS area_max, t.price_min / 10000.0 AS price_min, t.price_max / 10000.0 AS price_max, t.ticket / 100.0 AS ticket, t.shops_count AS shops_count, t.shops_nearby AS shops_nearby, t.needs_water AS needs_water, t.needs_gas AS needs_gas, t.needs_exhaust AS needs_exhaust, t.frontage_min AS frontage_min, t.power_kw AS power_kw, t.expansion_plan AS expansion_plan, t.lease_years AS lease_years, t.website AS website, t.staff_id AS staff_id, (SELECT r.name FROM staff r WHERE r.id = t.staff_id) AS staff_name, t.active AS active, t.remarks AS remarks FROM brand t;
CREATE VIEW v_merchant_brand AS SELECT t.property_id AS property_id, t.id AS id, t.merchant_id AS merchant_id, (SELECT r.name FROM merchant r WHERE r.property_id = t.property_id AND r.id = t.merchant_id) AS merchant_name, t.brand_id AS brand_id, (SELECT r.name FROM brand r WHERE r.property_id = t.property_id AND r.id = t.brand_id) AS brand_name, t.kind AS kind, t.region AS region, t.certificate_no AS certificate_no, t.from_on AS from_on, t.to_on AS to_on, t.remarks AS remarks FROM merchant_brand t;
CREATE VIEW v_merchant_login AS SELECT t.property_id AS property_id, t.id AS id, t.merchant_id AS merchant_id, (SELECT r.name FROM merchant r WHERE r.property_id = t.property_id AND r.id = t.merchant_id) AS merchant_name, t.name AS name, t.contact_id AS contact_id, (SELECT r.name FROM contact r WHERE r.property_id = t.property_id AND r.id = t.contact_id) AS contact_name, CASE WHEN t.login IS NULL THEN NULL ELSE '***' END AS login, t.active AS active, t.must_change_password AS must_change_password, t.failed_count AS failed_count, strftime('%Y-%m-%d %H:%M:%S', t.locked_until / 1000000, 'unixepoch', '+8 hours') AS locked_until FROM merchant_login t;
CREATE VIEW v_lead AS SELECT t.property_id AS property_id, t.id AS id, t.no AS no, t.name AS name, t.merchant_id AS merchant_id, (SELECT r.name FROM merchant r WHERE r.property_id = t.property_id AND r.id = t.merchant_id) AS merchant_name, t.contact_id AS contact_id, (SELECT r.name FROM contact r WHERE r.property_id = t.property_id AND r.id = t.contact_id) AS contact_name, t.brand_id AS brand_id, (SELECT r.name FROM brand r WHERE r.property_id = t.property_id AND r.id = t.brand_id) AS brand_name, t.category_id AS category_id, (SELECT r.name FROM category r WHERE r.id = t.category_id) AS category_name, t.stage AS stage, t.grade AS grade, t.key_account AS key_account, t.area_min / 100.0 AS area_min, t.area_max / 100.0 AS area_max, t.budget_price / 10000.0 AS budget_price, t.floors_wish AS floors_wish, t.needs_water AS needs_water, t.needs_gas AS needs_gas, t.needs_exhaust AS needs_exhaust, t.frontage_min AS frontage_min, t.opening_wish_on AS opening_wish_on, t.demand AS demand, t.channel_id AS channel_id, (SELECT r.name FROM channel r WHERE r.id = t.channel_id) AS channel_name, t.owner_id AS owner_id, (SELECT r.name FROM staff r WHERE r.id = t.owner_id) AS owner_name, strftime('%Y-%m-%d %H:%M:%S', t.owner_since / 1000000, 'unixepoch', '+8 hours') AS owner_since, t.next_follow_on AS next_follow_on, strftime('%Y-%m-%d %H:%M:%S', t.last_contact_at / 1000000, 'unixepoch', '+8 hours') AS last_contact_at, strftime('%Y-%m-%d %H:%M:%S', t.stage_since / 1000000, 'unixepoch', '+8 hours') AS stage_since, strftime('%Y-%m-%d %H:%M:%S', t.pool_since / 1000000, 'unixepoch', '+8 hours') AS pool_since, t.pool_warned_on AS pool_warned_on, t.lost_reason AS lost_reason, t.lost_to AS lost_to, strftime('%Y-%m-%d %H:%M:%S', t.closed_at / 1000000, 'unixepoch', '+8 hours') AS closed_at, t.remarks AS remarks FROM lead t;
CREATE VIEW v_inquiry AS SELECT t.property_id AS property_id, t.id AS id, t.no AS no, t.kind AS kind, strftime('%Y-%m-%d %H:%M:%S', t.at / 1000000, 'unixepoch', '+8 hours') AS at, t.on_day AS on_day, CASE WHEN t.phone IS NULL THEN NULL ELSE '***' END AS phone, t.name AS name, t.brand_name AS brand_name, t.channel_id AS channel_id, (SELECT r.name FROM channel r WHERE r.id = t.channel_id) AS channel_name, t.category_id AS category_id, (SELECT r.name FROM category r WHERE r.id = t.category_id) AS category_name, t.area_min / 100.0 AS area_min, t.area_max / 100.0 AS area_max, t.budget_price / 10000.0 AS budget_price, t.floors_wish AS floors_wish, t.units_shown AS units_shown, t.content AS content, t.grade AS grade, t.next_follow_on AS next_follow_on, t.receptionist_id AS receptionist_id, (SELECT r.name FROM staff r WHERE r.id = t.receptionist_id) AS receptionist_name, t.guide_id AS guide_id, (SELECT r.name FROM staff r WHERE r.id = t.guide_id) AS guide_name, t.visitors AS visitors, t.first_visit AS first_visit, t.arrival AS arrival, t.call_inquiry_id AS call_inquiry_id, (SELECT r.name FROM inquiry r WHERE r.property_id = t.property_id AND r.id = t.call_inquiry_id) AS call_inquiry_name, t.merchant_id AS merchant_id, (SELECT r.name FROM merchant r WHERE r.property_id = t.property_id AND r.id = t.merchant_id) AS merchant_name, t.contact_id AS contact_id, (SELECT r.name FROM contact r WHERE r.property_id = t.property_id AND r.id = t.contact_id) AS contact_name, t.lead_id AS lead_id, (SELECT r.name FROM lead r WHERE r.property_id = t.property_id AND r.id = t.lead_id) AS lead_name, t.is_new AS is_new, t.remarks AS remarks FROM inquiry t;
CREATE VIEW v_follow_up AS SELECT t.property_id AS property_id, t.id AS id, t.lead_id AS lead_id, (SELECT r.name FROM lead r WHERE r.property_id = t.property_id AND r.id = t.lead_id) AS lead_name, t.way AS way, t.content AS content, t.result AS result, t.grade AS grade, t.next_on AS next_on, strftime('%Y-%m-%d %H:%M:%S', t.at / 1000000, 'unixepoch', '+8 hours') AS at, t.on_day AS on_day, t.staff_id AS staff_id, (SELECT r.name FROM staff r WHERE r.id = t.staff_id) AS staff_name, t.stage_action AS stage_action FROM follow_up t;
CREATE VIEW v_lead_owner_change AS SELECT t.property_id AS property_id, t.id AS id, t.lead_id AS lead_id, (SELECT r.name FROM lead r WHERE r.property_id = t.property_id AND r.id = t.lead_id) AS lead_name, t.from_staff_id AS from_staff_id, (SELECT r.name FROM staff r WHERE r.id = t.from_staff_id) AS from_staff_name, t.to_staff_id AS to_staff_id, (SELECT r.name FROM staff r WHERE r.id = t.to_staff_id) AS to_staff_name, t.reason AS reason, t.remarks AS remarks, strftime('%Y-%m-%d %H:%M:%S', t.at / 1000000, 'unixepoch', '+8 hours') AS at FROM lead_owner_change t;
CREATE VIEW v_lead_stage_change AS SELECT t.property_id AS property_id, t.id AS id, t.lead_id AS lead_id, (SELECT r.name FROM lead r WHERE r.property_id = t.property_id AND r.id = t.lead_id) AS lead_name, t.from_stage AS from_stage, t.to_stage AS to_stage, t.staff_id AS staff_id, (SELECT r.name FROM staff r WHERE r.id = t.staff_id) AS staff_name, t.changed_on AS changed_on, strftime('%Y-%m-%d %H:%M:%S', t.at / 1000000, 'unixepoch', '+8 hours') AS at, t.seconds_before AS seconds_before FROM lead_stage_change t;
CREATE VIEW v_visit_plan AS SELECT t.property_id AS property_id, t.id AS id, t.title AS title, t.kind AS kind, t.lead_id AS lead_id, (SELECT r.name FROM lead r WHERE r.property_id = t.property_id AND r.id = t.lead_id) AS lead_name, t.merchant_id AS merchant_id, (SELECT r.name FROM merchant r WHERE r.property_id = t.property_id AND r.id = t.merchant_id) AS merchant_name, t.brand_id AS brand_id, (SELECT r.name FROM brand r WHERE r.property_id = t.property_id AND r.id = t.brand_id) AS brand_name, t.staff_id AS staff_id, (SELECT r.name FROM staff r WHERE r.id = t.staff_id) AS staff_name, t.planned_on AS planned_on, t.minute_of_day AS minute_of_day, t.place AS place, t.purpose AS purpose, t.report_due_on AS report_due_on, strftime('%Y-%m-%d %H:%M:%S', t.visited_at / 1000000, 'unixepoch', '+8 hours') AS visited_at, t.report AS report, strftime('%Y-%m-%d %H:%M:%S', t.reported_at / 1000000, 'unixepoch', '+8 hours') AS reported_at, t.is_late AS is_late, t.state AS state, t.cancel_reason AS cancel_reason FROM visit_plan t;
CREATE VIEW v_offer AS SELECT t.property_id AS property_id, t.id AS id, t.lead_id AS lead_id, (SELECT r.name FROM lead r WHERE r.property_id = t.property_id AND r.id = t.lead_id) AS lead_name, t.round AS round, t.side AS side, t.offered_on AS offered_on, t.unit_id AS unit_id, (SELECT r.no FROM unit r WHERE r.property_id = t.property_id AND r.id = t.unit_id) AS unit_name, t.from_on AS from_on, t.to_on AS to_on, t.rent_price / 10000.0 AS rent_price, t.turnover_percent / 10000.0 AS turnover_percent, t.fee_price / 10000.0 AS fee_price, t.escalation AS escalation, t.free_days AS free_days, t.deposit_months AS deposit_months, t.pay_months AS pay_months, t.content AS content, t.staff_id AS staff_id, (SELECT r.name FROM staff r WHERE r.id = t.staff_id) AS staff_name, t.below_floor AS below_floor, t.concession / 10000.0 AS concession, t.is_accepted AS is_accepted FROM offer t;
CREATE VIEW v_unit_hold AS SELECT t.property_id AS property_id, t.id AS id, t.unit_id AS unit_id, (SELECT r.no FROM unit r WHERE r.property_id = t.property_id AND r.id = t.unit_id) AS unit_name, t.lead_id AS lead_id, (SELECT r.name FROM lead r WHERE r.property_id = t.property_id AND r.id = t.lead_id) AS lead_name, strftime('%Y-%m-%d %H:%M:%S', t.from_at / 1000000, 'unixepoch', '+8 hours') AS from_at, strftime('%Y-%m-%d %H:%M:%S', t.until_at / 1000000, 'unixepoch', '+8 hours') AS until_at, t.reason AS reason, t.locked AS locked, t.staff_id AS staff_id, (SELECT r.name FROM staff r WHERE r.id = t.staff_id) AS staff_name, t.state AS state, strftime('%Y-%m-%d %H:%M:%S', t.ended_at / 1000000, 'unixepoch', '+8 hours') AS ended_at FROM unit_hold t;
CREATE VIEW v_target_list AS SELECT t.property_id AS property_id, t.id AS id, t.name AS name, t.unit_id AS unit_id, (SELECT r.no FROM unit r WHERE r.property_id = t.property_id AND r.id = t.unit_id) AS unit_name, t.category_id AS category_id, (SELECT r.name FROM category r WHERE r.id = t.category_id) AS category_name, t.floor_id AS floor_id, (SELECT r.name FROM floor r WHERE r.property_id = t.property_id AND r.id = t.floor_id) AS floor_name, t.owner_id AS owner_id, (SELECT r.name FROM staff r WHERE r.id = t.owner_id) AS owner_name, t.due_on AS due_on, t.active AS active, t.remarks AS remarks FROM target_list t;
CREATE VIEW v_target_brand AS SELECT t.property_id AS property_id, t.id AS id, t.list_id AS list_id, (SELECT r.name FROM target_list r WHERE r.property_id = t.property_id AND r.id = t.list_id) AS list_name, t.brand_id AS brand_id, (SELECT r.name FROM brand r WHERE r.property_id = t.property_id AND r.id = t.brand_id) AS brand_name, t.staff_id AS staff_id, (SELECT r.name FROM staff r WHERE r.id = t.staff_id) AS staff_name, t.priority AS priority, t.progress AS progress, t.lead_id AS lead_id, (SELECT r.name FROM lead r WHERE r.property_id = t.property_id AND r.id = t.lead_id) AS lead_name, t.next_on AS next_on, t.remarks AS remarks FROM target_brand t;
CREATE VIEW v_market_note AS SELECT t.property_id AS property_id, t.id AS id, t.title AS title, t.noted_on AS noted_on, t.source AS source, t.project AS project, t.category_id AS category_id, (SELECT r.name FROM category r WHERE r.id = t.category_id) AS category_name, t.brand_id AS brand_id, (SELECT r.name FROM brand r WHERE r.property_id = t.property_id AND r.id = t.brand_id) AS brand_name, t.tags AS tags, t.content AS content, t.staff_id AS staff_id, (SELECT r.name FROM staff r WHERE r.id = t.staff_id) AS staff_name FROM market_note t;
CREATE VIEW v_policy_document AS SELECT t.property_id AS property_id, t.id AS id, t.title AS title, t.kind AS kind, t.edition AS edition, t.from_on AS from_on, t.to_on AS to_on, t.content AS content, t.replaces_id AS replaces_id, (SELECT r.title FROM policy_document r WHERE r.property_id = t.property_id AND r.id = t.replaces_id) AS replaces_name, t.state AS state, t.published_by AS published_by, (SELECT r.name FROM staff r WHERE r.id = t.published_by) AS published_by_name FROM policy_document t;
CREATE VIEW v_faq AS SELECT t.property_id AS property_id, t.id AS id, t.question AS question, t.answer AS answer, t.tags AS tags, t.document_id AS document_id, (SELECT r.title FROM policy_document r WHERE r.property_id = t.property_id AND r.id = t.document_id) AS document_name, t.from_on AS from_on, t.to_on AS to_on, t.seq AS seq FROM faq t;
CREATE VIEW v_daily_report AS SELECT t.property_id AS property_id, t.id AS id, t.staff_id AS staff_id, (SELECT r.name FROM staff r WHERE r.id = t.staff_id) AS staff_name, t.day AS day, t.figures AS figures, t.remarks AS remarks, t.problems AS problems, t.plans AS plans, t.state AS state, strftime('%Y-%m-%d %H:%M:%S', t.submitted_at / 1000000, 'unixepoch', '+8 hours') AS submitted_at, t.late AS late FROM daily_report t;
CREATE VIEW v_charge_item AS SELECT t.property_id AS property_id, t.id AS id, t.code AS code, t.name AS name, t.name_en AS name_en, t.kind AS kind, t.tax_rate / 10000.0 AS tax_rate, t.tax_from_on AS tax_from_on, t.account AS account, t.in_fitout AS in_fitout, t.seq AS seq, t.active AS active FROM charge_item t;
CREATE VIEW v_document_template AS SELECT t.property_id AS property_id, t.id AS id, t.name AS name, t.kind AS kind, t.source AS source, t.active AS active, t.remarks AS remarks FROM document_template t;
CREATE VIEW v_intent AS SELECT t.property_id AS property_id, t.id AS id, t.no AS no, t.lead_id AS lead_id, (SELECT r.name FROM lead r WHERE r.property_id = t.property_id AND r.id = t.lead_id) AS lead_name, t.merchant_id AS merchant_id, (SELECT r.name FROM merchant r WHERE r.property_id = t.property_id AND r.id = t.merchant_id) AS merchant_name, t.brand_id AS brand_id, (SELECT r.name FROM brand r WHERE r.property_id = t.property_id AND r.id = t.brand_id) AS brand_name, t.category_id AS category_id, (SELECT r.name FROM category r WHERE r.id = t.category_id) AS category_name, t.unit_id AS unit_id, (SELECT r.no FROM unit r WHERE r.property_id = t.property_id AND r.id = t.unit_id) AS unit_name, t.area / 100.0 AS area, t.from_on AS from_on, t.to_on AS to_on, t.free_days AS free_days, t.price_basis AS price_basis, t.price / 10000.0 AS price, t.turnover_percent / 10000.0 AS turnover_percent, t.step_percent / 10000.0 AS step_percent, t.fee_price / 10000.0 AS fee_price, t.cycle_months AS cycle_months, t.deposit_months AS deposit_months, t.deposit_kind AS deposit_kind, t.deposit_amount / 100.0 AS deposit_amount, t.valid_until_on AS valid_until_on, t.handover_on AS handover_on, t.open_on AS open_on, t.special AS special, t.owner_id AS owner_id, (SELECT r.name FROM staff r WHERE r.id = t.owner_id) AS owner_name, t.hold_id AS hold_id, (SELECT (SELECT l0.no FROM unit l0 WHERE l0.property_id = r.property_id AND l0.id = r.unit_id) FROM unit_hold r WHERE r.property_id = t.property_id AND r.id = t.hold_id) AS hold_name, t.state AS state, t.signed_on AS signed_on FROM intent t;
CREATE VIEW v_lease AS SELECT t.property_id AS property_id, t.id AS id, t.no AS no, t.kind AS kind, t.merchant_id AS merchant_id, (SELECT r.name FROM merchant r WHERE r.property_id = t.property_id AND r.id = t.merchant_id) AS merchant_name, t.brand_id AS brand_id, (SELECT r.name FROM brand r WHERE r.property_id = t.property_id AND r.id = t.brand_id) AS brand_name, t.category_id AS category_id, (SELECT r.name FROM category r WHERE r.id = t.category_id) AS category_name, t.lead_id AS lead_id, (SELECT r.name FROM lead r WHERE r.property_id = t.property_id AND r.id = t.lead_id) AS lead_name, t.intent_id AS intent_id, (SELECT r.no FROM intent r WHERE r.property_id = t.property_id AND r.id = t.intent_id) AS intent_name, t.unit_id AS unit_id, (SELECT r.no FROM unit r WHERE r.property_id = t.property_id AND r.id = t.unit_id) AS unit_name, t.unit_nos AS unit_nos, t.area / 100.0 AS area, t.sign_on AS sign_on, t.handover_on AS handover_on, t.rent_from_on AS rent_from_on, t.open_on AS open_on, t.from_on AS from_on, t.to_on AS to_on, t.bill_from_on AS bill_from_on, t.monthly_rent / 100.0 AS monthly_rent, t.total / 100.0 AS total, t.lowest_price / 10000.0 AS lowest_price, t.is_below_floor AS is_below_floor, t.owner_id AS owner_id, (SELECT r.name FROM staff r WHERE r.id = t.owner_id) AS owner_name, t.template_id AS template_id, (SELECT r.name FROM document_template r WHERE r.property_id = t.property_id AND r.id = t.template_id) AS template_name, t.supersedes_id AS supersedes_id, (SELECT r.no FROM lease r WHERE r.property_id = t.property_id AND r.id = t.supersedes_id) AS supersedes_name, t.clauses AS clauses, t.special AS special, t.agreed_total / 100.0 AS agreed_total, t.state AS state, t.round AS round, strftime('%Y-%m-%d %H:%M:%S', t.state_since / 1000000, 'unixepoch', '+8 hours') AS state_since, t.known_on AS known_on FROM lease t;
CREATE VIEW v_lease_unit AS SELECT t.property_id AS property_id, t.id AS id, t.lease_id AS lease_id, (SELECT r.no FROM lease r WHERE r.property_id = t.property_id AND r.id = t.lease_id) AS lease_name, t.unit_id AS unit_id, (SELECT r.no FROM unit r WHERE r.property_id = t.property_id AND r.id = t.unit_id) AS unit_name, t.area / 100.0 AS area, t.from_on AS from_on, t.to_on AS to_on FROM lease_unit t;
CREATE VIEW v_charge_term AS SELECT t.property_id AS property_id, t.id AS id, t.lease_id AS lease_id, (SELECT r.no FROM lease r WHERE r.property_id = t.property_id AND r.id = t.lease_id) AS lease_name, t.seq AS seq, t.item_id AS item_id, (SELECT r.name FROM charge_item r WHERE r.property_id = t.property_id AND r.id = t.item_id) AS item_name, t.from_on AS from_on, t.to_on AS to_on, t.model AS model, t.basis AS basis, t.price / 10000.0 AS price, t.clause AS clause, t.dropped_on AS dropped_on FROM charge_term t;
CREATE VIEW v_lease_price AS SELECT t.property_id AS property_id, t.id AS id, t.lease_id AS lease_id, (SELECT r.no FROM lease r WHERE r.property_id = t.property_id AND r.id = t.lease_id) AS lease_name, t.term_id AS term_id, (SELECT (SELECT l0.name FROM charge_item l0 WHERE l0.property_id = r.property_id AND l0.id = r.item_id) FROM charge_term r WHERE r.property_id = t.property_id AND r.id = t.term_id) AS term_name, t.item_id AS item_id, (SELECT r.name FROM charge_item r WHERE r.property_id = t.property_id AND r.id = t.item_id) AS item_name, t.unit_no AS unit_no, t.from_on AS from_on, t.to_on AS to_on, t.price / 10000.0 AS price, t.monthly / 100.0 AS monthly, t.free_days AS free_days, t.is_rent AS is_rent, t.known_on AS known_on, t.replaced_on AS replaced_on FROM lease_price t;
CREATE VIEW v_deposit_term AS SELECT t.property_id AS property_id, t.id AS id, t.lease_id AS lease_id, (SELECT r.no FROM lease r WHERE r.property_id = t.property_id AND r.id = t.lease_id) AS lease_name, t.kind AS kind, t.months AS months, t.amount / 100.0 AS amount, t.due_on AS due_on, t.refund_rule AS refund_rule FROM deposit_term t;
CREATE VIEW v_lease_document AS SELECT t.property_id AS property_id, t.id AS id, t.lease_id AS lease_id, (SELECT r.no FROM lease r WHERE r.property_id = t.property_id AND r.id = t.lease_id) AS lease_name, t.kind AS kind, t.required AS required, t.state AS state, t.paper_no AS paper_no, t.valid_to_on AS valid_to_on, t.shelf AS shelf, t.remarks AS remarks FROM lease_document t;
CREATE VIEW v_finding AS SELECT t.property_id AS property_id, t.id AS id, t.lease_id AS lease_id, (SELECT r.no FROM lease r WHERE r.property_id = t.property_id AND r.id = t.lease_id) AS lease_name, t.round AS round, t.code AS code, t.severity AS severity, t.zh AS zh, t.en AS en FROM finding t;
CREATE VIEW v_review_item AS SELECT t.property_id AS property_id, t.id AS id, t.lease_id AS lease_id, (SELECT r.no FROM lease r WHERE r.property_id = t.property_id AND r.id = t.lease_id) AS lease_name, t.round AS round, t.code AS code, t.ok AS ok, t.remarks AS remarks, t.checked_by AS checked_by, (SELECT r.name FROM staff r WHERE r.id = t.checked_by) AS checked_by_name, strftime('%Y-%m-%d %H:%M:%S', t.checked_at / 1000000, 'unixepoch', '+8 hours') AS checked_at FROM review_item t;
CREATE VIEW v_handover AS SELECT t.property_id AS property_id, t.id AS id, t.no AS no, t.lease_id AS lease_id, (SELECT r.no FROM lease r WHERE r.property_id = t.property_id AND r.id = t.lease_id) AS lease_name, t.unit_id AS unit_id, (SELECT r.no FROM unit r WHERE r.property_id = t.property_id AND r.id = t.unit_id) AS unit_name, t.planned_on AS planned_on, t.state AS state, t.remarks AS remarks FROM handover t;
CREATE VIEW v_lease_change AS SELECT t.property_id AS property_id, t.id AS id, t.no AS no, t.lease_id AS lease_id, (SELECT r.no FROM lease r WHERE r.property_id = t.property_id AND r.id = t.lease_id) AS lease_name, t.kind AS kind, t.effective_on AS effective_on, t.reason AS reason, t.merchant_id AS merchant_id, (SELECT r.name FROM merchant r WHERE r.property_id = t.property_id AND r.id = t.merchant_id) AS merchant_name, t.to_on AS to_on, t.proposal AS proposal, t.difference / 100.0 AS difference, t.old_to_on AS old_to_on, t.preview AS preview, t.successor_id AS successor_id, (SELECT r.no FROM lease r WHERE r.property_id = t.property_id AND r.id = t.successor_id) AS successor_name, t.requested_by AS requested_by, (SELECT r.name FROM staff r WHERE r.id = t.requested_by) AS requested_by_name, t.applied_on AS applied_on, t.state AS state FROM lease_change t;
CREATE VIEW v_sales_report AS SELECT t.property_id AS property_id, t.id AS id, t.lease_id AS lease_id, (SELECT r.no FROM lease r WHERE r.property_id = t.property_id AND r.id = t.lease_id) AS lease_name, t.merchant_id AS merchant_id, (SELECT r.name FROM merchant r WHERE r.property_id = t.property_id AND r.id = t.merchant_id) AS merchant_name, t.period AS period, t.day AS day, t.month_on AS month_on, CASE WHEN t.amount IS NULL THEN NULL ELSE '***' END AS amount, CASE WHEN t.amount_net IS NULL THEN NULL ELSE '***' END AS amount_net, t.transactions AS transactions, t.source AS source, t.is_outlier AS is_outlier, t.outlier_note AS outlier_note, t.remarks AS remarks, t.state AS state, t.declared_by AS declared_by, (SELECT r.name FROM staff r WHERE r.id = t.declared_by) AS declared_by_name, t.checked_by AS checked_by, (SELECT r.name FROM staff r WHERE r.id = t.checked_by) AS checked_by_name, t.accepted_by AS accepted_by, (SELECT r.name FROM staff r WHERE r.id = t.accepted_by) AS accepted_by_name, strftime('%Y-%m-%d %H:%M:%S', t.accepted_at / 1000000, 'unixepoch', '+8 hours') AS accepted_at FROM sales_report t;
CREATE VIEW v_index_value AS SELECT t.property_id AS property_id, t.id AS id, t.index_table AS index_table, t.month_on AS month_on, t.points / 10000.0 AS points, t.source AS source FROM index_value t;
CREATE VIEW v_account AS SELECT t.property_id AS property_id, t.id AS id, t.code AS code, t.name AS name, t.name_en AS name_en, t.kind AS kind, t.is_control AS is_control, t.active AS active FROM account t;
CREATE VIEW v_money_account AS SELECT t.property_id AS property_id, t.id AS id, t.name AS name, t.kind AS kind, t.bank_name AS bank_name, CASE WHEN t.number IS NULL THEN NULL ELSE '***' END AS number, t.account_id AS account_id, (SELECT r.name FROM account r WHERE r.property_id = t.property_id AND r.id = t.account_id) AS account_name, t.active AS active FROM money_account t;
CREATE VIEW v_fiscal_month AS SELECT t.property_id AS property_id, t.id AS id, t.month AS month, t.debit / 100.0 AS debit, t.journals AS journals, t.closed_by AS closed_by, (SELECT r.name FROM staff r WHERE r.id = t.closed_by) AS closed_by_name, strftime('%Y-%m-%d %H:%M:%S', t.closed_at / 1000000, 'unixepoch', '+8 hours') AS closed_at, t.close_reason AS close_reason, t.state AS state FROM fiscal_month t;
CREATE VIEW v_journal AS SELECT t.property_id AS property_id, t.id AS id, t.no AS no, t.month AS month, t.posted_on AS posted_on, t.on_day AS on_day, t.event AS event, t.memo AS memo, t.total / 100.0 AS total, t.reverses_id AS reverses_id, (SELECT r.no FROM journal r WHERE r.property_id = t.property_id AND r.id = t.reverses_id) AS reverses_name FROM journal t;
CREATE VIEW v_entry AS SELECT t.property_id AS property_id, t.id AS id, t.journal_id AS journal_id, (SELECT r.no FROM journal r WHERE r.property_id = t.property_id AND r.id = t.journal_id) AS journal_name, t.seq AS seq, t.account_id AS account_id, (SELECT r.name FROM account r WHERE r.property_id = t.property_id AND r.id = t.account_id) AS account_name, t.amount / 100.0 AS amount, t.month AS month, t.posted_on AS posted_on, t.money_account_id AS money_account_id, (SELECT r.name FROM money_account r WHERE r.property_id = t.property_id AND r.id = t.money_account_id) AS money_account_name, t.merchant_id AS merchant_id, (SELECT r.name FROM merchant r WHERE r.property_id = t.property_id AND r.id = t.merchant_id) AS merchant_name, t.lease_id AS lease_id, (SELECT r.no FROM lease r WHERE r.property_id = t.property_id AND r.id = t.lease_id) AS lease_name, t.item_id AS item_id, (SELECT r.name FROM charge_item r WHERE r.property_id = t.property_id AND r.id = t.item_id) AS item_name, t.charge_id AS charge_id, t.receipt_id AS receipt_id FROM entry t;
CREATE VIEW v_expense AS SELECT t.property_id AS property_id, t.id AS id, t.no AS no, t.spent_on AS spent_on, t.account_id AS account_id, (SELECT r.name FROM account r WHERE r.property_id = t.property_id AND r.id = t.account_id) AS account_name, t.payee AS payee, t.memo AS memo, t.amount / 100.0 AS amount, t.tax_rate / 10000.0 AS tax_rate, t.is_deductible AS is_deductible, t.tax / 100.0 AS tax, t.invoice_no AS invoice_no, t.period_from AS period_from, t.period_to AS period_to, t.merchant_id AS merchant_id, (SELECT r.name FROM merchant r WHERE r.property_id = t.property_id AND r.id = t.merchant_id) AS merchant_name, t.lease_id AS lease_id, (SELECT r.no FROM lease r WHERE r.property_id = t.property_id AND r.id = t.lease_id) AS lease_name, t.corrects_id AS corrects_id, (SELECT r.no FROM expense r WHERE r.property_id = t.property_id AND r.id = t.corrects_id) AS corrects_name, t.paid_on AS paid_on, t.money_account_id AS money_account_id, (SELECT r.name FROM money_account r WHERE r.property_id = t.property_id AND r.id = t.money_account_id) AS money_account_name, t.reference AS reference, t.paid_by AS paid_by, (SELECT r.name FROM staff r WHERE r.id = t.paid_by) AS paid_by_name, t.journal_id AS journal_id, (SELECT r.no FROM journal r WHERE r.property_id = t.property_id AND r.id = t.journal_id) AS journal_name, t.reversed_on AS reversed_on, t.reverse_reason AS reverse_reason, t.state AS state FROM expense t;
CREATE VIEW v_transfer AS SELECT t.property_id AS property_id, t.id AS id, t.no AS no, t.on_day AS on_day, t.from_account_id AS from_account_id, (SELECT r.name FROM money_account r WHERE r.property_id = t.property_id AND r.id = t.from_account_id) AS from_account_name, t.to_account_id AS to_account_id, (SELECT r.name FROM money_account r WHERE r.property_id = t.property_id AND r.id = t.to_account_id) AS to_account_name, t.amount / 100.0 AS amount, t.fee / 100.0 AS fee, t.reference AS reference, t.memo AS memo, t.journal_id AS journal_id, (SELECT r.no FROM journal r WHERE r.property_id = t.property_id AND r.id = t.journal_id) AS journal_name, t.reversed_on AS reversed_on, t.reverse_reason AS reverse_reason, t.state AS state FROM transfer t;
CREATE VIEW v_correction AS SELECT t.property_id AS property_id, t.id AS id, t.no AS no, t.kind AS kind, t.on_day AS on_day, t.debit_account_id AS debit_account_id, (SELECT r.name FROM account r WHERE r.property_id = t.property_id AND r.id = t.debit_account_id) AS debit_account_name, t.credit_account_id AS credit_account_id, (SELECT r.name FROM account r WHERE r.property_id = t.property_id AND r.id = t.credit_account_id) AS credit_account_name, t.money_account_id AS money_account_id, (SELECT r.name FROM money_account r WHERE r.property_id = t.property_id AND r.id = t.money_account_id) AS money_account_name, t.amount / 100.0 AS amount, t.reason AS reason, t.corrects_id AS corrects_id, (SELECT r.no FROM journal r WHERE r.property_id = t.property_id AND r.id = t.corrects_id) AS corrects_name, t.journal_id AS journal_id, (SELECT r.no FROM journal r WHERE r.property_id = t.property_id AND r.id = t.journal_id) AS journal_name, t.reversed_on AS reversed_on, t.reverse_reason AS reverse_reason, t.state AS state FROM correction t;
CREATE VIEW v_cash_check AS SELECT t.property_id AS property_id, t.id AS id, t.money_account_id AS money_account_id, (SELECT r.name FROM money_account r WHERE r.property_id = t.property_id AND r.id = t.money_account_id) AS money_account_name, t.on_day AS on_day, t.counted / 100.0 AS counted, t.book / 100.0 AS book, t.difference / 100.0 AS difference, t.remarks AS remarks, t.witness_id AS witness_id, (SELECT r.name FROM staff r WHERE r.id = t.witness_id) AS witness_name FROM cash_check t;
CREATE VIEW v_straight_line AS SELECT t.property_id AS property_id, t.id AS id, t.lease_id AS lease_id, (SELECT r.no FROM lease r WHERE r.property_id = t.property_id AND r.id = t.lease_id) AS lease_name, t.month AS month, t.income / 100.0 AS income, t.billed / 100.0 AS billed, t.accrued / 100.0 AS accrued, t.moved / 100.0 AS moved, t.journal_id AS journal_id, (SELECT r.no FROM journal r WHERE r.property_id = t.property_id AND r.id = t.journal_id) AS journal_name FROM straight_line t;
CREATE VIEW v_bill_run AS SELECT t.property_id AS property_id, t.id AS id, t.no AS no, t.month AS month, t.posted_on AS posted_on, t.run_by AS run_by, (SELECT r.name FROM staff r WHERE r.id = t.run_by) AS run_by_name, t.planned AS planned, t.visited AS visited, t.leases AS leases, t.charges AS charges, t.voided AS voided, t.net / 100.0 AS net, t.tax / 100.0 AS tax, t.gross / 100.0 AS gross, t.after AS after, t.noted AS noted, t.notes AS notes, t.undo_reason AS undo_reason, t.state AS state FROM bill_run t;
CREATE VIEW v_bill_finding AS SELECT t.property_id AS property_id, t.id AS id, t.lease_id AS lease_id, (SELECT r.no FROM lease r WHERE r.property_id = t.property_id AND r.id = t.lease_id) AS lease_name, t.kind AS kind, t.what AS what, t.from_on AS from_on, t.to_on AS to_on, t.zh AS zh, t.en AS en, t.found_on AS found_on, t.gone_on AS gone_on, t.state AS state FROM bill_finding t;
CREATE VIEW v_charge AS SELECT t.property_id AS property_id, t.id AS id, t.merchant_id AS merchant_id, (SELECT r.name FROM merchant r WHERE r.property_id = t.property_id AND r.id = t.merchant_id) AS merchant_name, t.lease_id AS lease_id, (SELECT r.no FROM lease r WHERE r.property_id = t.property_id AND r.id = t.lease_id) AS lease_name, t.unit_id AS unit_id, (SELECT r.no FROM unit r WHERE r.property_id = t.property_id AND r.id = t.unit_id) AS unit_name, t.item_id AS item_id, (SELECT r.name FROM charge_item r WHERE r.property_id = t.property_id AND r.id = t.item_id) AS item_name, t.kind AS kind, t.deposit_kind AS deposit_kind, t.name AS name, t.period_from AS period_from, t.period_to AS period_to, t.due_on AS due_on, t.posted_on AS posted_on, t.tax_rate / 10000.0 AS tax_rate, t.net / 100.0 AS net, t.tax / 100.0 AS tax, t.gross / 100.0 AS gross, t.paid / 100.0 AS paid, t.state AS state, t.closed_on AS closed_on, t.bill_run_id AS bill_run_id, (SELECT r.no FROM bill_run r WHERE r.property_id = t.property_id AND r.id = t.bill_run_id) AS bill_run_name, t.term_id AS term_id, (SELECT (SELECT l0.name FROM charge_item l0 WHERE l0.property_id = r.property_id AND l0.id = r.item_id) FROM charge_term r WHERE r.property_id = t.property_id AND r.id = t.term_id) AS term_name, t.live_key AS live_key, t.source_entity AS source_entity, t.source_id AS source_id, t.void_reason AS void_reason, t.working AS working FROM charge t;
CREATE VIEW v_payment_order AS SELECT t.property_id AS property_id, t.id AS id, t.no AS no, t.kind AS kind, t.lease_id AS lease_id, (SELECT r.no FROM lease r WHERE r.property_id = t.property_id AND r.id = t.lease_id) AS lease_name, t.intent_id AS intent_id, (SELECT r.no FROM intent r WHERE r.property_id = t.property_id AND r.id = t.intent_id) AS intent_name, t.merchant_id AS merchant_id, (SELECT r.name FROM merchant r WHERE r.property_id = t.property_id AND r.id = t.merchant_id) AS merchant_name, t.unit_id AS unit_id, (SELECT r.no FROM unit r WHERE r.property_id = t.property_id AND r.id = t.unit_id) AS unit_name, t.batch AS batch, t.unit_nos AS unit_nos, t.issued_on AS issued_on, t.due_on AS due_on, t.total / 100.0 AS total, t.received / 100.0 AS received, t.words AS words, t.issued_by AS issued_by, (SELECT r.name FROM staff r WHERE r.id = t.issued_by) AS issued_by_name, t.prints AS prints, t.void_reason AS void_reason, t.state AS state FROM payment_order t;
CREATE VIEW v_payment_order_line AS SELECT t.property_id AS property_id, t.id AS id, t.order_id AS order_id, (SELECT r.no FROM payment_order r WHERE r.property_id = t.property_id AND r.id = t.order_id) AS order_name, t.seq AS seq, t.charge_id AS charge_id, (SELECT r.name FROM charge r WHERE r.property_id = t.property_id AND r.id = t.charge_id) AS charge_name, t.kind AS kind, t.item_id AS item_id, (SELECT r.name FROM charge_item r WHERE r.property_id = t.property_id AND r.id = t.item_id) AS item_name, t.deposit_kind AS deposit_kind, t.name AS name, t.period_from AS period_from, t.period_to AS period_to, t.due_on AS due_on, t.net / 100.0 AS net, t.tax / 100.0 AS tax, t.gross / 100.0 AS gross, t.working AS working FROM payment_order_line t;
CREATE VIEW v_receipt AS SELECT t.property_id AS property_id, t.id AS id, t.no AS no, t.order_id AS order_id, (SELECT r.no FROM payment_order r WHERE r.property_id = t.property_id AND r.id = t.order_id) AS order_name, t.merchant_id AS merchant_id, (SELECT r.name FROM merchant r WHERE r.property_id = t.property_id AND r.id = t.merchant_id) AS merchant_name, t.lease_id AS lease_id, (SELECT r.no FROM lease r WHERE r.property_id = t.property_id AND r.id = t.lease_id) AS lease_name, t.received_on AS received_on, t.way AS way, t.money_account_id AS money_account_id, (SELECT r.name FROM money_account r WHERE r.property_id = t.property_id AND r.id = t.money_account_id) AS money_account_name, t.reference AS reference, t.amount / 100.0 AS amount, t.choice AS choice, t.allocated / 100.0 AS allocated, t.refunded / 100.0 AS refunded, t.credit / 100.0 AS credit, t.payer AS payer, t.cashier_id AS cashier_id, (SELECT r.name FROM staff r WHERE r.id = t.cashier_id) AS cashier_name, t.confirmed_by AS confirmed_by, (SELECT r.name FROM staff r WHERE r.id = t.confirmed_by) AS confirmed_by_name, strftime('%Y-%m-%d %H:%M:%S', t.confirmed_at / 1000000, 'unixepoch', '+8 hours') AS confirmed_at, t.refuse_reason AS refuse_reason, t.bounced_on AS bounced_on, t.prints AS prints, t.state AS state FROM receipt t;
CREATE VIEW v_allocation AS SELECT t.property_id AS property_id, t.id AS id, t.charge_id AS charge_id, (SELECT r.name FROM charge r WHERE r.property_id = t.property_id AND r.id = t.charge_id) AS charge_name, t.kind AS kind, t.receipt_id AS receipt_id, (SELECT r.no FROM receipt r WHERE r.property_id = t.property_id AND r.id = t.receipt_id) AS receipt_name, t.source_id AS source_id, t.amount / 100.0 AS amount, t.value_on AS value_on, t.posted_on AS posted_on, t.reverses_id AS reverses_id, (SELECT (SELECT l0.name FROM charge l0 WHERE l0.property_id = r.property_id AND l0.id = r.charge_id) FROM allocation r WHERE r.property_id = t.property_id AND r.id = t.reverses_id) AS reverses_name FROM allocation t;
CREATE VIEW v_deposit_entry AS SELECT t.property_id AS property_id, t.id AS id, t.merchant_id AS merchant_id, (SELECT r.name FROM merchant r WHERE r.property_id = t.property_id AND r.id = t.merchant_id) AS merchant_name, t.lease_id AS lease_id, (SELECT r.no FROM lease r WHERE r.property_id = t.property_id AND r.id = t.lease_id) AS lease_name, t.intent_id AS intent_id, (SELECT r.no FROM intent r WHERE r.property_id = t.property_id AND r.id = t.intent_id) AS intent_name, t.kind AS kind, t.event AS event, t.amount / 100.0 AS amount, t.happened_on AS happened_on, t.posted_on AS posted_on, t.charge_id AS charge_id, (SELECT r.name FROM charge r WHERE r.property_id = t.property_id AND r.id = t.charge_id) AS charge_name, t.receipt_id AS receipt_id, (SELECT r.no FROM receipt r WHERE r.property_id = t.property_id AND r.id = t.receipt_id) AS receipt_name, t.source_entity AS source_entity, t.source_id AS source_id, t.memo AS memo FROM deposit_entry t;
CREATE VIEW v_refund AS SELECT t.property_id AS property_id, t.id AS id, t.no AS no, t.source AS source, t.merchant_id AS merchant_id, (SELECT r.name FROM merchant r WHERE r.property_id = t.property_id AND r.id = t.merchant_id) AS merchant_name, t.receipt_id AS receipt_id, (SELECT r.no FROM receipt r WHERE r.property_id = t.property_id AND r.id = t.receipt_id) AS receipt_name, t.lease_id AS lease_id, (SELECT r.no FROM lease r WHERE r.property_id = t.property_id AND r.id = t.lease_id) AS lease_name, t.intent_id AS intent_id, (SELECT r.no FROM intent r WHERE r.property_id = t.property_id AND r.id = t.intent_id) AS intent_name, t.deposit_kind AS deposit_kind, t.amount / 100.0 AS amount, t.reason AS reason, t.payee AS payee, t.bank_name AS bank_name, CASE WHEN t.bank_account IS NULL THEN NULL ELSE '***' END AS bank_account, t.requested_by AS requested_by, (SELECT r.name FROM staff r WHERE r.id = t.requested_by) AS requested_by_name, t.paid_on AS paid_on, t.money_account_id AS money_account_id, (SELECT r.name FROM money_account r WHERE r.property_id = t.property_id AND r.id = t.money_account_id) AS money_account_name, t.reference AS reference, t.paid_by AS paid_by, (SELECT r.name FROM staff r WHERE r.id = t.paid_by) AS paid_by_name, t.state AS state FROM refund t;
CREATE VIEW v_waiver AS SELECT t.property_id AS property_id, t.id AS id, t.no AS no, t.merchant_id AS merchant_id, (SELECT r.name FROM merchant r WHERE r.property_id = t.property_id AND r.id = t.merchant_id) AS merchant_name, t.kind AS kind, t.choice AS choice, t.total / 100.0 AS total, t.reason AS reason, t.requested_by AS requested_by, (SELECT r.name FROM staff r WHERE r.id = t.requested_by) AS requested_by_name, t.done_on AS done_on, t.state AS state FROM waiver t;
CREATE VIEW v_deposit_move AS SELECT t.property_id AS property_id, t.id AS id, t.no AS no, t.event AS event, t.merchant_id AS merchant_id, (SELECT r.name FROM merchant r WHERE r.property_id = t.property_id AND r.id = t.merchant_id) AS merchant_name, t.lease_id AS lease_id, (SELECT r.no FROM lease r WHERE r.property_id = t.property_id AND r.id = t.lease_id) AS lease_name, t.intent_id AS intent_id, (SELECT r.no FROM intent r WHERE r.property_id = t.property_id AND r.id = t.intent_id) AS intent_name, t.kind AS kind, t.amount / 100.0 AS amount, t.choice AS choice, t.reason AS reason, t.requested_by AS requested_by, (SELECT r.name FROM staff r WHERE r.id = t.requested_by) AS requested_by_name, t.done_on AS done_on, t.state AS state FROM deposit_move t;
CREATE VIEW v_bank_line AS SELECT t.property_id AS property_id, t.id AS id, t.money_account_id AS money_account_id, (SELECT r.name FROM money_account r WHERE r.property_id = t.property_id AND r.id = t.money_account_id) AS money_account_name, t.happened_on AS happened_on, t.amount / 100.0 AS amount, t.balance / 100.0 AS balance, t.counterpart AS counterpart, CASE WHEN t.counterpart_account IS NULL THEN NULL ELSE '***' END AS counterpart_account, t.summary AS summary, t.memo AS memo, t.serial AS serial, t.live_key AS live_key, t.merchant_id AS merchant_id, (SELECT r.name FROM merchant r WHERE r.property_id = t.property_id AND r.id = t.merchant_id) AS merchant_name, t.receipt_id AS receipt_id, (SELECT r.no FROM receipt r WHERE r.property_id = t.property_id AND r.id = t.receipt_id) AS receipt_name, t.imported_by AS imported_by, (SELECT r.name FROM staff r WHERE r.id = t.imported_by) AS imported_by_name, t.matched_by AS matched_by, (SELECT r.name FROM staff r WHERE r.id = t.matched_by) AS matched_by_name, t.reason AS reason, t.state AS state FROM bank_line t;
CREATE VIEW v_tax_invoice AS SELECT t.property_id AS property_id, t.id AS id, t.number AS number, t.code AS code, t.full_no AS full_no, t.kind AS kind, t.merchant_id AS merchant_id, (SELECT r.name FROM merchant r WHERE r.property_id = t.property_id AND r.id = t.merchant_id) AS merchant_name, t.issued_on AS issued_on, t.buyer_name AS buyer_name, t.buyer_tax_no AS buyer_tax_no, t.buyer_address AS buyer_address, t.buyer_bank AS buyer_bank, t.choice AS choice, t.net / 100.0 AS net, t.tax / 100.0 AS tax, t.gross / 100.0 AS gross, t.red_of_id AS red_of_id, (SELECT r.number FROM tax_invoice r WHERE r.property_id = t.property_id AND r.id = t.red_of_id) AS red_of_name, t.remarks AS remarks, t.registered_by AS registered_by, (SELECT r.name FROM staff r WHERE r.id = t.registered_by) AS registered_by_name, t.state AS state FROM tax_invoice t;
CREATE VIEW v_tax_invoice_line AS SELECT t.property_id AS property_id, t.id AS id, t.invoice_id AS invoice_id, (SELECT r.number FROM tax_invoice r WHERE r.property_id = t.property_id AND r.id = t.invoice_id) AS invoice_name, t.seq AS seq, t.charge_id AS charge_id, (SELECT r.name FROM charge r WHERE r.property_id = t.property_id AND r.id = t.charge_id) AS charge_name, t.name AS name, t.tax_rate / 10000.0 AS tax_rate, t.net / 100.0 AS net, t.tax / 100.0 AS tax, t.gross / 100.0 AS gross FROM tax_invoice_line t;
CREATE VIEW v_cash_count AS SELECT t.property_id AS property_id, t.id AS id, t.counted_on AS counted_on, t.money_account_id AS money_account_id, (SELECT r.name FROM money_account r WHERE r.property_id = t.property_id AND r.id = t.money_account_id) AS money_account_name, t.expected / 100.0 AS expected, t.counted / 100.0 AS counted, t.difference / 100.0 AS difference, t.memo AS memo, t.counted_by AS counted_by, (SELECT r.name FROM staff r WHERE r.id = t.counted_by) AS counted_by_name FROM cash_count t;
CREATE VIEW v_single_charge AS SELECT t.property_id AS property_id, t.id AS id, t.no AS no, t.merchant_id AS merchant_id, (SELECT r.name FROM merchant r WHERE r.property_id = t.property_id AND r.id = t.merchant_id) AS merchant_name, t.lease_id AS lease_id, (SELECT r.no FROM lease r WHERE r.property_id = t.property_id AND r.id = t.lease_id) AS lease_name, t.unit_id AS unit_id, (SELECT r.no FROM unit r WHERE r.property_id = t.property_id AND r.id = t.unit_id) AS unit_name, t.item_id AS item_id, (SELECT r.name FROM charge_item r WHERE r.property_id = t.property_id AND r.id = t.item_id) AS item_name, t.name AS name, t.quantity / 10000.0 AS quantity, t.measure AS measure, t.price / 10000.0 AS price, t.amount / 100.0 AS amount, t.period_from AS period_from, t.period_to AS period_to, t.due_on AS due_on, t.reason AS reason, t.requested_by AS requested_by, (SELECT r.name FROM staff r WHERE r.id = t.requested_by) AS requested_by_name, t.posted_on AS posted_on, t.state AS state FROM single_charge t;
CREATE VIEW v_meter AS SELECT t.property_id AS property_id, t.id AS id, t.no AS no, t.kind AS kind, t.unit_id AS unit_id, (SELECT r.no FROM unit r WHERE r.property_id = t.property_id AND r.id = t.unit_id) AS unit_name, t.place AS place, t.parent_id AS parent_id, (SELECT r.no FROM meter r WHERE r.property_id = t.property_id AND r.id = t.parent_id) AS parent_name, t.multiplier / 10000.0 AS multiplier, t.digits AS digits, t.installed_on AS installed_on, t.opening / 10000.0 AS opening, t.replaces_id AS replaces_id, (SELECT r.no FROM meter r WHERE r.property_id = t.property_id AND r.id = t.replaces_id) AS replaces_name, t.removed_on AS removed_on, t.last_reading / 10000.0 AS last_reading, t.last_on AS last_on, t.last_used / 10000.0 AS last_used, t.remarks AS remarks, t.state AS state FROM meter t;
CREATE VIEW v_meter_price AS SELECT t.property_id AS property_id, t.id AS id, t.kind AS kind, t.item_id AS item_id, (SELECT r.name FROM charge_item r WHERE r.property_id = t.property_id AND r.id = t.item_id) AS item_name, t.from_on AS from_on, t.price / 10000.0 AS price, t.loss_share / 10000.0 AS loss_share, t.remarks AS remarks FROM meter_price t;
CREATE VIEW v_meter_reading AS SELECT t.property_id AS property_id, t.id AS id, t.meter_id AS meter_id, (SELECT r.no FROM meter r WHERE r.property_id = t.property_id AND r.id = t.meter_id) AS meter_name, t.unit_id AS unit_id, (SELECT r.no FROM unit r WHERE r.property_id = t.property_id AND r.id = t.unit_id) AS unit_name, t.read_on AS read_on, t.kind AS kind, t.reading / 10000.0 AS reading, t.previous / 10000.0 AS previous, t.previous_on AS previous_on, t.used / 10000.0 AS used, t.warning AS warning, t.daily_mean / 10000.0 AS daily_mean, t.reason AS reason, t.explained_by AS explained_by, (SELECT r.name FROM staff r WHERE r.id = t.explained_by) AS explained_by_name, t.estimated AS estimated, t.reader_id AS reader_id, (SELECT r.name FROM staff r WHERE r.id = t.reader_id) AS reader_name, t.checked_by AS checked_by, (SELECT r.name FROM staff r WHERE r.id = t.checked_by) AS checked_by_name, t.corrects_id AS corrects_id, (SELECT (SELECT l0.no FROM meter l0 WHERE l0.property_id = r.property_id AND l0.id = r.meter_id) FROM meter_reading r WHERE r.property_id = t.property_id AND r.id = t.corrects_id) AS corrects_name, t.origin_id AS origin_id, (SELECT (SELECT l0.no FROM meter l0 WHERE l0.property_id = r.property_id AND l0.id = r.meter_id) FROM meter_reading r WHERE r.property_id = t.property_id AND r.id = t.origin_id) AS origin_name, t.void_reason AS void_reason, t.remarks AS remarks, t.state AS state FROM meter_reading t;
CREATE VIEW v_share_key AS SELECT t.property_id AS property_id, t.id AS id, t.name AS name, t.item_id AS item_id, (SELECT r.name FROM charge_item r WHERE r.property_id = t.property_id AND r.id = t.item_id) AS item_name, t.basis AS basis, t.meter_id AS meter_id, (SELECT r.no FROM meter r WHERE r.property_id = t.property_id AND r.id = t.meter_id) AS meter_name, t.active AS active, t.remarks AS remarks FROM share_key t;
CREATE VIEW v_share_member AS SELECT t.property_id AS property_id, t.id AS id, t.key_id AS key_id, (SELECT r.name FROM share_key r WHERE r.property_id = t.property_id AND r.id = t.key_id) AS key_name, t.unit_id AS unit_id, (SELECT r.no FROM unit r WHERE r.property_id = t.property_id AND r.id = t.unit_id) AS unit_name, t.percent / 10000.0 AS percent, t.from_on AS from_on, t.to_on AS to_on FROM share_member t;
CREATE VIEW v_share_pool AS SELECT t.property_id AS property_id, t.id AS id, t.no AS no, t.key_id AS key_id, (SELECT r.name FROM share_key r WHERE r.property_id = t.property_id AND r.id = t.key_id) AS key_name, t.from_on AS from_on, t.to_on AS to_on, t.amount / 100.0 AS amount, t.due_on AS due_on, t.landlord / 100.0 AS landlord, t.working AS working, t.voucher AS voucher, t.state AS state FROM share_pool t;
CREATE VIEW v_dunning_stage AS SELECT t.property_id AS property_id, t.id AS id, t.kind AS kind, t.name AS name, t.name_en AS name_en, t.seq AS seq, t.from_days AS from_days, t.deadline_days AS deadline_days, t.senders AS senders, t.active AS active FROM dunning_stage t;
CREATE VIEW v_dunning_notice AS SELECT t.property_id AS property_id, t.id AS id, t.no AS no, t.lease_id AS lease_id, (SELECT r.no FROM lease r WHERE r.property_id = t.property_id AND r.id = t.lease_id) AS lease_name, t.merchant_id AS merchant_id, (SELECT r.name FROM merchant r WHERE r.property_id = t.property_id AND r.id = t.merchant_id) AS merchant_name, t.unit_id AS unit_id, (SELECT r.no FROM unit r WHERE r.property_id = t.property_id AND r.id = t.unit_id) AS unit_name, t.stage_id AS stage_id, (SELECT r.name FROM dunning_stage r WHERE r.property_id = t.property_id AND r.id = t.stage_id) AS stage_name, t.kind AS kind, t.special AS special, t.staff_id AS staff_id, (SELECT r.name FROM staff r WHERE r.id = t.staff_id) AS staff_name, t.sent_on AS sent_on, t.sent_by AS sent_by, (SELECT r.name FROM staff r WHERE r.id = t.sent_by) AS sent_by_name, t.deadline_on AS deadline_on, t.deadline_days AS deadline_days, t.principal / 100.0 AS principal, t.late_fee / 100.0 AS late_fee, t.total / 100.0 AS total, t.words AS words, t.proof_kind AS proof_kind, t.proof_no AS proof_no, t.delivered_on AS delivered_on, t.settled_on AS settled_on, t.withdraw_reason AS withdraw_reason, t.state AS state FROM dunning_notice t;
CREATE VIEW v_dunning_line AS SELECT t.property_id AS property_id, t.id AS id, t.notice_id AS notice_id, (SELECT r.no FROM dunning_notice r WHERE r.property_id = t.property_id AND r.id = t.notice_id) AS notice_name, t.seq AS seq, t.charge_id AS charge_id, (SELECT r.name FROM charge r WHERE r.property_id = t.property_id AND r.id = t.charge_id) AS charge_name, t.name AS name, t.period_from AS period_from, t.period_to AS period_to, t.due_on AS due_on, t.days AS days, t.open / 100.0 AS open, t.late_fee / 100.0 AS late_fee, t.working AS working FROM dunning_line t;
CREATE VIEW v_promise AS SELECT t.property_id AS property_id, t.id AS id, t.lease_id AS lease_id, (SELECT r.no FROM lease r WHERE r.property_id = t.property_id AND r.id = t.lease_id) AS lease_name, t.merchant_id AS merchant_id, (SELECT r.name FROM merchant r WHERE r.property_id = t.property_id AND r.id = t.merchant_id) AS merchant_name, t.unit_id AS unit_id, (SELECT r.no FROM unit r WHERE r.property_id = t.property_id AND r.id = t.unit_id) AS unit_name, t.amount / 100.0 AS amount, t.promised_on AS promised_on, t.made_by AS made_by, t.way AS way, t.remarks AS remarks, t.made_on AS made_on, t.staff_id AS staff_id, (SELECT r.name FROM staff r WHERE r.id = t.staff_id) AS staff_name, t.paid_before / 100.0 AS paid_before, t.paid / 100.0 AS paid, t.judged_on AS judged_on, t.withdraw_reason AS withdraw_reason, t.state AS state FROM promise t;
CREATE VIEW v_collection_note AS SELECT t.property_id AS property_id, t.id AS id, t.lease_id AS lease_id, (SELECT r.no FROM lease r WHERE r.property_id = t.property_id AND r.id = t.lease_id) AS lease_name, t.merchant_id AS merchant_id, (SELECT r.name FROM merchant r WHERE r.property_id = t.property_id AND r.id = t.merchant_id) AS merchant_name, t.unit_id AS unit_id, (SELECT r.no FROM unit r WHERE r.property_id = t.property_id AND r.id = t.unit_id) AS unit_name, t.way AS way, t.person AS person, t.content AS content, t.next_on AS next_on, strftime('%Y-%m-%d %H:%M:%S', t.at / 1000000, 'unixepoch', '+8 hours') AS at, t.staff_id AS staff_id, (SELECT r.name FROM staff r WHERE r.id = t.staff_id) AS staff_name FROM collection_note t;
CREATE VIEW v_due_reminder AS SELECT t.property_id AS property_id, t.id AS id, t.charge_id AS charge_id, (SELECT r.name FROM charge r WHERE r.property_id = t.property_id AND r.id = t.charge_id) AS charge_name, t.merchant_id AS merchant_id, (SELECT r.name FROM merchant r WHERE r.property_id = t.property_id AND r.id = t.merchant_id) AS merchant_name, t.staff_id AS staff_id, (SELECT r.name FROM staff r WHERE r.id = t.staff_id) AS staff_name, t.reminded_on AS reminded_on FROM due_reminder t;
CREATE VIEW v_late_fee_run AS SELECT t.property_id AS property_id, t.id AS id, t.no AS no, t.until_on AS until_on, t.lease_id AS lease_id, (SELECT r.no FROM lease r WHERE r.property_id = t.property_id AND r.id = t.lease_id) AS lease_name, t.staff_id AS staff_id, (SELECT r.name FROM staff r WHERE r.id = t.staff_id) AS staff_name, t.charges AS charges, t.gross / 100.0 AS gross FROM late_fee_run t;
CREATE VIEW v_move_out AS SELECT t.property_id AS property_id, t.id AS id, t.no AS no, t.lease_id AS lease_id, (SELECT r.no FROM lease r WHERE r.property_id = t.property_id AND r.id = t.lease_id) AS lease_name, t.merchant_id AS merchant_id, (SELECT r.name FROM merchant r WHERE r.property_id = t.property_id AND r.id = t.merchant_id) AS merchant_name, t.unit_id AS unit_id, (SELECT r.no FROM unit r WHERE r.property_id = t.property_id AND r.id = t.unit_id) AS unit_name, t.unit_nos AS unit_nos, t.kind AS kind, t.applied_on AS applied_on, t.last_on AS last_on, t.notice_agreed AS notice_agreed, t.notice_days AS notice_days, t.short_notice AS short_notice, t.reason AS reason, t.returned_on AS returned_on, t.keys_returned AS keys_returned, t.inspector_id AS inspector_id, (SELECT r.name FROM staff r WHERE r.id = t.inspector_id) AS inspector_name, t.services_id AS services_id, (SELECT r.name FROM staff r WHERE r.id = t.services_id) AS services_name, t.breach AS breach, t.breach_note AS breach_note, t.penalty / 100.0 AS penalty, t.penalty_clause AS penalty_clause, t.occupation_percent / 10000.0 AS occupation_percent, t.compensation / 100.0 AS compensation, t.compensation_clause AS compensation_clause, t.payee AS payee, t.payee_bank AS payee_bank, CASE WHEN t.payee_account IS NULL THEN NULL ELSE '***' END AS payee_account, t.statement_on AS statement_on, t.credits / 100.0 AS credits, t.deductions / 100.0 AS deductions, t.refund / 100.0 AS refund, t.owed / 100.0 AS owed, t.statement AS statement, strftime('%Y-%m-%d %H:%M:%S', t.approved_at / 1000000, 'unixepoch', '+8 hours') AS approved_at, t.signer AS signer, t.signed_on AS signed_on, t.paid_on AS paid_on, t.reference AS reference, t.round AS round, t.live_key AS live_key, t.state AS state FROM move_out t;
CREATE VIEW v_move_out_item AS SELECT t.property_id AS property_id, t.id AS id, t.move_out_id AS move_out_id, (SELECT r.no FROM move_out r WHERE r.property_id = t.property_id AND r.id = t.move_out_id) AS move_out_name, t.seq AS seq, t.part AS part, t.result AS result, t.note AS note, t.amount / 100.0 AS amount, t.clause AS clause, t.voucher AS voucher, t.inspector_id AS inspector_id, (SELECT r.name FROM staff r WHERE r.id = t.inspector_id) AS inspector_name FROM move_out_item t;
