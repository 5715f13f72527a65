-- why: seven more programmes of the committee's year, each with a typed table of real columns and its figures
INSERT INTO app.programme (id, key) VALUES
  (18, 'study'),
  (19, 'studio'),
  (20, 'parentStudio'),
  (21, 'parentActivity'),
  (22, 'counselling'),
  (23, 'cadreTraining'),
  (24, 'meeting');

INSERT INTO app.indicator (id, code, unit, scale, kind, nature) VALUES
  (43, 'study.events', '场', 0, 'event', 'flow'),
  (44, 'study.attendances', '人次', 0, 'person_time', 'flow'),
  (45, 'studio.named', '个', 0, 'thing', 'flow'),
  (46, 'studio.active', '个', 0, 'thing', 'stock'),
  (47, 'parentStudio.built', '个', 0, 'thing', 'flow'),
  (48, 'parentStudio.active', '个', 0, 'thing', 'stock'),
  (49, 'parentStudio.events', '场', 0, 'event', 'flow'),
  (50, 'parentStudio.attendances', '人次', 0, 'person_time', 'flow'),
  (51, 'counselling.sessions', '人次', 0, 'person_time', 'flow'),
  (52, 'counselling.selfTests', '人次', 0, 'person_time', 'flow'),
  (53, 'counselling.talks', '场', 0, 'event', 'flow'),
  (54, 'cadreTraining.sessions', '期', 0, 'event', 'flow'),
  (55, 'cadreTraining.persons', '人', 0, 'person', 'flow'),
  (56, 'meeting.meetings', '次', 0, 'event', 'flow');

CREATE TABLE app.study (
  district_id integer NOT NULL,
  record_id uuid NOT NULL,
  mode text NOT NULL,
  count integer NOT NULL,
  all_count integer NOT NULL,
  women integer NOT NULL,
  teacher text,
  cost numeric(12,2),
  fund text,
  form text NOT NULL,
  theme text NOT NULL,
  CONSTRAINT study_pkey PRIMARY KEY (district_id, record_id),
  CONSTRAINT study_record_fkey FOREIGN KEY (district_id, record_id) REFERENCES app.record (district_id, id),
  CONSTRAINT study_mode_check CHECK (mode IN ('线下', '线上', '混合')),
  CONSTRAINT study_count_check CHECK (count BETWEEN 1 AND 999),
  CONSTRAINT study_all_count_check CHECK (all_count BETWEEN 1 AND 9999999),
  CONSTRAINT study_women_check CHECK (women BETWEEN 0 AND 9999999),
  CONSTRAINT study_cost_check CHECK (cost >= 0),
  CONSTRAINT study_fund_check CHECK (fund IN ('全总', '省总', '市总', '区县', '单位', '自筹')),
  CONSTRAINT study_form_check CHECK (form IN ('报告会', '培训班', '研讨会', '宣讲', '线上宣传'))
);
COMMENT ON TABLE app.study IS '思想引领学习';

CREATE TABLE app.studio (
  district_id integer NOT NULL,
  record_id uuid NOT NULL,
  level text NOT NULL,
  named_on date NOT NULL,
  leader text NOT NULL,
  trade text NOT NULL,
  members integer NOT NULL,
  women integer NOT NULL,
  goal text,
  subsidy numeric(12,2),
  reviewed_on date,
  delisted_on date,
  CONSTRAINT studio_pkey PRIMARY KEY (district_id, record_id),
  CONSTRAINT studio_record_fkey FOREIGN KEY (district_id, record_id) REFERENCES app.record (district_id, id),
  CONSTRAINT studio_level_check CHECK (level IN ('国家级', '省级', '市级', '区县（产业）级', '街镇级', '单位级')),
  CONSTRAINT studio_members_check CHECK (members BETWEEN 1 AND 999),
  CONSTRAINT studio_women_check CHECK (women BETWEEN 0 AND 9999999),
  CONSTRAINT studio_subsidy_check CHECK (subsidy >= 0)
);
COMMENT ON TABLE app.studio IS '女职工创新工作室';

CREATE TABLE app.studio_results (
  district_id integer NOT NULL,
  record_id uuid NOT NULL,
  line smallint NOT NULL,
  name text NOT NULL,
  patented boolean NOT NULL,
  benefit numeric(12,2),
  CONSTRAINT studio_results_pkey PRIMARY KEY (district_id, record_id, line),
  CONSTRAINT studio_results_record_fkey FOREIGN KEY (district_id, record_id) REFERENCES app.record (district_id, id),
  CONSTRAINT studio_results_benefit_check CHECK (benefit >= 0)
);
COMMENT ON TABLE app.studio_results IS '女职工创新工作室：创新成果';

CREATE TABLE app.parent_studio (
  district_id integer NOT NULL,
  record_id uuid NOT NULL,
  level text NOT NULL,
  opened_on date NOT NULL,
  area integer NOT NULL,
  address text NOT NULL,
  hours text NOT NULL,
  equipment text,
  delisted_on date,
  CONSTRAINT parent_studio_pkey PRIMARY KEY (district_id, record_id),
  CONSTRAINT parent_studio_record_fkey FOREIGN KEY (district_id, record_id) REFERENCES app.record (district_id, id),
  CONSTRAINT parent_studio_level_check CHECK (level IN ('国家级', '省级', '市级', '区县（产业）级', '街镇级', '单位级')),
  CONSTRAINT parent_studio_area_check CHECK (area BETWEEN 1 AND 9999)
);
COMMENT ON TABLE app.parent_studio IS '职工亲子工作室';

CREATE TABLE app.parent_activity (
  district_id integer NOT NULL,
  record_id uuid NOT NULL,
  kind text NOT NULL,
  studio text,
  count integer NOT NULL,
  parents integer NOT NULL,
  children integer NOT NULL,
  cost numeric(12,2),
  fund text,
  CONSTRAINT parent_activity_pkey PRIMARY KEY (district_id, record_id),
  CONSTRAINT parent_activity_record_fkey FOREIGN KEY (district_id, record_id) REFERENCES app.record (district_id, id),
  CONSTRAINT parent_activity_kind_check CHECK (kind IN ('亲子阅读', '手工科普', '户外活动', '家庭教育指导', '其他')),
  CONSTRAINT parent_activity_count_check CHECK (count BETWEEN 1 AND 999),
  CONSTRAINT parent_activity_parents_check CHECK (parents BETWEEN 1 AND 9999999),
  CONSTRAINT parent_activity_children_check CHECK (children BETWEEN 1 AND 9999999),
  CONSTRAINT parent_activity_cost_check CHECK (cost >= 0),
  CONSTRAINT parent_activity_fund_check CHECK (fund IN ('全总', '省总', '市总', '区县', '单位', '自筹'))
);
COMMENT ON TABLE app.parent_activity IS '职工亲子活动';

CREATE TABLE app.counselling (
  district_id integer NOT NULL,
  record_id uuid NOT NULL,
  sessions integer NOT NULL,
  self_tests integer NOT NULL,
  talks integer NOT NULL,
  attendances integer,
  counsellors integer,
  CONSTRAINT counselling_pkey PRIMARY KEY (district_id, record_id),
  CONSTRAINT counselling_record_fkey FOREIGN KEY (district_id, record_id) REFERENCES app.record (district_id, id),
  CONSTRAINT counselling_sessions_check CHECK (sessions BETWEEN 0 AND 9999999),
  CONSTRAINT counselling_self_tests_check CHECK (self_tests BETWEEN 0 AND 9999999),
  CONSTRAINT counselling_talks_check CHECK (talks BETWEEN 0 AND 999),
  CONSTRAINT counselling_attendances_check CHECK (attendances BETWEEN 0 AND 9999999),
  CONSTRAINT counselling_counsellors_check CHECK (counsellors BETWEEN 0 AND 999)
);
COMMENT ON TABLE app.counselling IS '心理疏导';

CREATE TABLE app.cadre_training (
  district_id integer NOT NULL,
  record_id uuid NOT NULL,
  mode text NOT NULL,
  count integer NOT NULL,
  all_count integer NOT NULL,
  women integer NOT NULL,
  teacher text,
  cost numeric(12,2),
  fund text,
  level text NOT NULL,
  hours integer NOT NULL,
  persons integer NOT NULL,
  CONSTRAINT cadre_training_pkey PRIMARY KEY (district_id, record_id),
  CONSTRAINT cadre_training_record_fkey FOREIGN KEY (district_id, record_id) REFERENCES app.record (district_id, id),
  CONSTRAINT cadre_training_mode_check CHECK (mode IN ('线下', '线上', '混合')),
  CONSTRAINT cadre_training_count_check CHECK (count BETWEEN 1 AND 999),
  CONSTRAINT cadre_training_all_count_check CHECK (all_count BETWEEN 1 AND 9999999),
  CONSTRAINT cadre_training_women_check CHECK (women BETWEEN 0 AND 9999999),
  CONSTRAINT cadre_training_cost_check CHECK (cost >= 0),
  CONSTRAINT cadre_training_fund_check CHECK (fund IN ('全总', '省总', '市总', '区县', '单位', '自筹')),
  CONSTRAINT cadre_training_level_check CHECK (level IN ('国家级', '省级', '市级', '区县（产业）级', '街镇级', '单位级')),
  CONSTRAINT cadre_training_hours_check CHECK (hours BETWEEN 1 AND 500),
  CONSTRAINT cadre_training_persons_check CHECK (persons BETWEEN 1 AND 9999999)
);
COMMENT ON TABLE app.cadre_training IS '女工干部培训';

CREATE TABLE app.meeting (
  district_id integer NOT NULL,
  record_id uuid NOT NULL,
  kind text NOT NULL,
  held_on date NOT NULL,
  session_no text,
  due integer NOT NULL,
  present integer NOT NULL,
  agenda text NOT NULL,
  resolutions text,
  elections text,
  CONSTRAINT meeting_pkey PRIMARY KEY (district_id, record_id),
  CONSTRAINT meeting_record_fkey FOREIGN KEY (district_id, record_id) REFERENCES app.record (district_id, id),
  CONSTRAINT meeting_kind_check CHECK (kind IN ('全委会', '常委会', '委员会议', '换届')),
  CONSTRAINT meeting_due_check CHECK (due BETWEEN 1 AND 9999),
  CONSTRAINT meeting_present_check CHECK (present BETWEEN 1 AND 9999999)
);
COMMENT ON TABLE app.meeting IS '女职委会议';

CALL app.guard('study', 'SELECT, INSERT, UPDATE');
CALL app.guard('studio', 'SELECT, INSERT, UPDATE');
CALL app.guard('studio_results', 'SELECT, INSERT, UPDATE');
GRANT DELETE ON app.studio_results TO app;
CALL app.guard('parent_studio', 'SELECT, INSERT, UPDATE');
CALL app.guard('parent_activity', 'SELECT, INSERT, UPDATE');
CALL app.guard('counselling', 'SELECT, INSERT, UPDATE');
CALL app.guard('cadre_training', 'SELECT, INSERT, UPDATE');
CALL app.guard('meeting', 'SELECT, INSERT, UPDATE');
