-- why: the seventeen programmes of the golden year, each with a typed table of real columns and its figures
INSERT INTO app.programme (id, key) VALUES
  (1, 'honour'),
  (2, 'training'),
  (3, 'competition'),
  (4, 'quiz'),
  (5, 'material'),
  (6, 'lawTalk'),
  (7, 'contract'),
  (8, 'screening'),
  (9, 'skillClass'),
  (10, 'jobReferral'),
  (11, 'careRoom'),
  (12, 'childcare'),
  (13, 'matchmaking'),
  (14, 'lecture'),
  (15, 'familyTalk'),
  (16, 'highlight'),
  (17, 'policyInput');

INSERT INTO app.indicator (id, code, unit, scale, kind, nature) VALUES
  (1, 'honour.persons', '人', 0, 'person', 'flow'),
  (2, 'honour.collectives', '个', 0, 'thing', 'flow'),
  (3, 'honour.cadres', '名', 0, 'person', 'flow'),
  (4, 'childcare.nationalHonours', '个', 0, 'thing', 'flow'),
  (5, 'childcare.provincialSites', '个', 0, 'thing', 'flow'),
  (6, 'beautifulFamily.titles', '户', 0, 'thing', 'flow'),
  (7, 'training.sessions', '期', 0, 'event', 'flow'),
  (8, 'training.attendances', '人次', 0, 'person_time', 'flow'),
  (9, 'competition.events', '场', 0, 'event', 'flow'),
  (10, 'competition.attendances', '人次', 0, 'person_time', 'flow'),
  (11, 'quiz.attendances', '人次', 0, 'person_time', 'flow'),
  (12, 'material.equalityHandbooks', '册', 0, 'copy', 'flow'),
  (13, 'material.leaflets', '份', 0, 'copy', 'flow'),
  (14, 'material.screeningBooklets', '册', 0, 'copy', 'flow'),
  (15, 'lawTalk.events', '场', 0, 'event', 'flow'),
  (16, 'lawTalk.attendances', '人次', 0, 'person_time', 'flow'),
  (17, 'contract.signed', '份', 0, 'document', 'flow'),
  (18, 'contract.valid', '份', 0, 'document', 'stock'),
  (19, 'screening.persons', '人', 0, 'person', 'flow'),
  (20, 'screening.cost', '元', 2, 'money', 'flow'),
  (21, 'skillClass.sessions', '期', 0, 'event', 'flow'),
  (22, 'skillClass.attendances', '人次', 0, 'person_time', 'flow'),
  (23, 'skillClass.employed', '人', 0, 'person', 'flow'),
  (24, 'jobReferral.referrals', '次', 0, 'event', 'flow'),
  (25, 'jobReferral.persons', '人', 0, 'person', 'flow'),
  (26, 'careRoom.built', '个', 0, 'thing', 'flow'),
  (27, 'careRoom.persons', '人', 0, 'person', 'flow'),
  (28, 'careRoom.open', '个', 0, 'thing', 'stock'),
  (29, 'careRoom.total', '个', 0, 'thing', 'stock'),
  (30, 'childcare.classes', '个', 0, 'thing', 'flow'),
  (31, 'childcare.children', '人', 0, 'person', 'flow'),
  (32, 'matchmaking.events', '场', 0, 'event', 'flow'),
  (33, 'matchmaking.attendances', '人次', 0, 'person_time', 'flow'),
  (34, 'matchmaking.pairs', '对', 0, 'thing', 'flow'),
  (35, 'lecture.events', '场', 0, 'event', 'flow'),
  (36, 'lecture.persons', '名', 0, 'person', 'flow'),
  (37, 'familyTalk.events', '场', 0, 'event', 'flow'),
  (38, 'familyTalk.attendances', '人次', 0, 'person_time', 'flow'),
  (39, 'highlight.items', '条', 0, 'document', 'flow'),
  (40, 'policyInput.documents', '件', 0, 'document', 'flow'),
  (41, 'policyInput.suggestions', '条', 0, 'document', 'flow'),
  (42, 'policyInput.adopted', '条', 0, 'document', 'flow');

CREATE TABLE app.honour (
  district_id integer NOT NULL,
  record_id uuid NOT NULL,
  subject text NOT NULL,
  honoree text NOT NULL,
  employer text,
  size integer,
  women integer,
  granted_on date NOT NULL,
  doc_no text NOT NULL,
  CONSTRAINT honour_pkey PRIMARY KEY (district_id, record_id),
  CONSTRAINT honour_record_fkey FOREIGN KEY (district_id, record_id) REFERENCES app.record (district_id, id),
  CONSTRAINT honour_subject_check CHECK (subject IN ('个人', '女职工工作者', '集体', '家庭', '托管点')),
  CONSTRAINT honour_size_check CHECK (size BETWEEN 1 AND 9999999),
  CONSTRAINT honour_women_check CHECK (women BETWEEN 0 AND 9999999)
);
COMMENT ON TABLE app.honour IS '选树表彰';

CREATE TABLE app.honour_titles (
  district_id integer NOT NULL,
  record_id uuid NOT NULL,
  line smallint NOT NULL,
  honour_type text NOT NULL,
  giver text NOT NULL,
  level text NOT NULL,
  certificate_no text,
  CONSTRAINT honour_titles_pkey PRIMARY KEY (district_id, record_id, line),
  CONSTRAINT honour_titles_record_fkey FOREIGN KEY (district_id, record_id) REFERENCES app.record (district_id, id),
  CONSTRAINT honour_titles_level_check CHECK (level IN ('国家级', '省级', '市级', '区县（产业）级', '街镇级', '单位级'))
);
COMMENT ON TABLE app.honour_titles IS '选树表彰：荣誉称号';

CREATE TABLE app.training (
  district_id integer NOT NULL,
  record_id uuid NOT NULL,
  mode text NOT NULL,
  count integer NOT NULL,
  all_count integer NOT NULL,
  women integer NOT NULL,
  teacher text,
  cost numeric(12,2),
  fund text,
  carrier text NOT NULL,
  school text,
  subject text NOT NULL,
  hours integer,
  CONSTRAINT training_pkey PRIMARY KEY (district_id, record_id),
  CONSTRAINT training_record_fkey FOREIGN KEY (district_id, record_id) REFERENCES app.record (district_id, id),
  CONSTRAINT training_mode_check CHECK (mode IN ('线下', '线上', '混合')),
  CONSTRAINT training_count_check CHECK (count BETWEEN 1 AND 999),
  CONSTRAINT training_all_count_check CHECK (all_count BETWEEN 1 AND 9999999),
  CONSTRAINT training_women_check CHECK (women BETWEEN 0 AND 9999999),
  CONSTRAINT training_cost_check CHECK (cost >= 0),
  CONSTRAINT training_fund_check CHECK (fund IN ('全总', '省总', '市总', '区县', '单位', '自筹')),
  CONSTRAINT training_carrier_check CHECK (carrier IN ('流动课堂', '周末学校', '网上课程', '其他')),
  CONSTRAINT training_hours_check CHECK (hours BETWEEN 1 AND 500)
);
COMMENT ON TABLE app.training IS '女职工教育培训';

CREATE TABLE app.competition (
  district_id integer NOT NULL,
  record_id uuid NOT NULL,
  mode text NOT NULL,
  count integer NOT NULL,
  all_count integer NOT NULL,
  women integer NOT NULL,
  teacher text,
  cost numeric(12,2),
  fund text,
  kind text NOT NULL,
  level text NOT NULL,
  trade text NOT NULL,
  units integer NOT NULL,
  benefit numeric(12,2),
  CONSTRAINT competition_pkey PRIMARY KEY (district_id, record_id),
  CONSTRAINT competition_record_fkey FOREIGN KEY (district_id, record_id) REFERENCES app.record (district_id, id),
  CONSTRAINT competition_mode_check CHECK (mode IN ('线下', '线上', '混合')),
  CONSTRAINT competition_count_check CHECK (count BETWEEN 1 AND 999),
  CONSTRAINT competition_all_count_check CHECK (all_count BETWEEN 1 AND 9999999),
  CONSTRAINT competition_women_check CHECK (women BETWEEN 0 AND 9999999),
  CONSTRAINT competition_cost_check CHECK (cost >= 0),
  CONSTRAINT competition_fund_check CHECK (fund IN ('全总', '省总', '市总', '区县', '单位', '自筹')),
  CONSTRAINT competition_kind_check CHECK (kind IN ('劳动竞赛', '技术比武', '岗位练兵', '创新大赛')),
  CONSTRAINT competition_level_check CHECK (level IN ('国家级', '省级', '市级', '区县（产业）级', '街镇级', '单位级')),
  CONSTRAINT competition_units_check CHECK (units BETWEEN 1 AND 9999999),
  CONSTRAINT competition_benefit_check CHECK (benefit >= 0)
);
COMMENT ON TABLE app.competition IS '劳动和技能竞赛';

CREATE TABLE app.quiz (
  district_id integer NOT NULL,
  record_id uuid NOT NULL,
  mode text NOT NULL,
  count integer NOT NULL,
  all_count integer NOT NULL,
  women integer NOT NULL,
  teacher text,
  cost numeric(12,2),
  fund text,
  attendances integer NOT NULL,
  prizes integer,
  CONSTRAINT quiz_pkey PRIMARY KEY (district_id, record_id),
  CONSTRAINT quiz_record_fkey FOREIGN KEY (district_id, record_id) REFERENCES app.record (district_id, id),
  CONSTRAINT quiz_mode_check CHECK (mode IN ('线下', '线上', '混合')),
  CONSTRAINT quiz_count_check CHECK (count BETWEEN 1 AND 999),
  CONSTRAINT quiz_all_count_check CHECK (all_count BETWEEN 1 AND 9999999),
  CONSTRAINT quiz_women_check CHECK (women BETWEEN 0 AND 9999999),
  CONSTRAINT quiz_cost_check CHECK (cost >= 0),
  CONSTRAINT quiz_fund_check CHECK (fund IN ('全总', '省总', '市总', '区县', '单位', '自筹')),
  CONSTRAINT quiz_attendances_check CHECK (attendances BETWEEN 0 AND 9999999),
  CONSTRAINT quiz_prizes_check CHECK (prizes BETWEEN 0 AND 9999999)
);
COMMENT ON TABLE app.quiz IS '有奖答题';

CREATE TABLE app.material (
  district_id integer NOT NULL,
  record_id uuid NOT NULL,
  item text NOT NULL,
  other_item text,
  act text NOT NULL,
  copies integer NOT NULL,
  CONSTRAINT material_pkey PRIMARY KEY (district_id, record_id),
  CONSTRAINT material_record_fkey FOREIGN KEY (district_id, record_id) REFERENCES app.record (district_id, id),
  CONSTRAINT material_item_check CHECK (item IN ('性别平等指导手册', '反家庭暴力宣传单', '女职工劳动保护宣传单', '两癌防治手册', '其他')),
  CONSTRAINT material_act_check CHECK (act IN ('印制', '发放')),
  CONSTRAINT material_copies_check CHECK (copies BETWEEN 1 AND 9999999)
);
COMMENT ON TABLE app.material IS '宣传品印发';

CREATE TABLE app.law_talk (
  district_id integer NOT NULL,
  record_id uuid NOT NULL,
  mode text NOT NULL,
  count integer NOT NULL,
  all_count integer NOT NULL,
  women integer NOT NULL,
  teacher text,
  cost numeric(12,2),
  fund text,
  topic text NOT NULL,
  other_topic text,
  CONSTRAINT law_talk_pkey PRIMARY KEY (district_id, record_id),
  CONSTRAINT law_talk_record_fkey FOREIGN KEY (district_id, record_id) REFERENCES app.record (district_id, id),
  CONSTRAINT law_talk_mode_check CHECK (mode IN ('线下', '线上', '混合')),
  CONSTRAINT law_talk_count_check CHECK (count BETWEEN 1 AND 999),
  CONSTRAINT law_talk_all_count_check CHECK (all_count BETWEEN 1 AND 9999999),
  CONSTRAINT law_talk_women_check CHECK (women BETWEEN 0 AND 9999999),
  CONSTRAINT law_talk_cost_check CHECK (cost >= 0),
  CONSTRAINT law_talk_fund_check CHECK (fund IN ('全总', '省总', '市总', '区县', '单位', '自筹')),
  CONSTRAINT law_talk_topic_check CHECK (topic IN ('劳动保护', '反家庭暴力', '性别平等', '婚姻家庭', '其他'))
);
COMMENT ON TABLE app.law_talk IS '普法讲座与科普宣传';

CREATE TABLE app.contract (
  district_id integer NOT NULL,
  record_id uuid NOT NULL,
  reg_no text NOT NULL,
  form text NOT NULL,
  scope text NOT NULL,
  sign_kind text NOT NULL,
  employer_chief text NOT NULL,
  union_chief text NOT NULL,
  held_on date NOT NULL,
  due integer NOT NULL,
  present integer NOT NULL,
  in_favour integer NOT NULL,
  signed_on date NOT NULL,
  filed_on date NOT NULL,
  effective_on date NOT NULL,
  term_from_on date NOT NULL,
  term_until_on date NOT NULL,
  published_on date,
  union_filed_on date,
  CONSTRAINT contract_pkey PRIMARY KEY (district_id, record_id),
  CONSTRAINT contract_record_fkey FOREIGN KEY (district_id, record_id) REFERENCES app.record (district_id, id),
  CONSTRAINT contract_form_check CHECK (form IN ('单独', '专章', '附件')),
  CONSTRAINT contract_scope_check CHECK (scope IN ('企业', '区域性', '行业性')),
  CONSTRAINT contract_sign_kind_check CHECK (sign_kind IN ('首签', '续订', '变更')),
  CONSTRAINT contract_due_check CHECK (due BETWEEN 1 AND 9999999),
  CONSTRAINT contract_present_check CHECK (present BETWEEN 1 AND 9999999),
  CONSTRAINT contract_in_favour_check CHECK (in_favour BETWEEN 1 AND 9999999)
);
COMMENT ON TABLE app.contract IS '女职工专项集体合同';

CREATE TABLE app.contract_covered (
  district_id integer NOT NULL,
  record_id uuid NOT NULL,
  line smallint NOT NULL,
  firm text NOT NULL,
  credit_code text,
  women integer NOT NULL,
  CONSTRAINT contract_covered_pkey PRIMARY KEY (district_id, record_id, line),
  CONSTRAINT contract_covered_record_fkey FOREIGN KEY (district_id, record_id) REFERENCES app.record (district_id, id),
  CONSTRAINT contract_covered_women_check CHECK (women BETWEEN 0 AND 9999999)
);
COMMENT ON TABLE app.contract_covered IS '女职工专项集体合同：覆盖企业';

CREATE TABLE app.screening (
  district_id integer NOT NULL,
  record_id uuid NOT NULL,
  round text NOT NULL,
  fund text NOT NULL,
  persons integer NOT NULL,
  cost numeric(12,2),
  CONSTRAINT screening_pkey PRIMARY KEY (district_id, record_id),
  CONSTRAINT screening_record_fkey FOREIGN KEY (district_id, record_id) REFERENCES app.record (district_id, id),
  CONSTRAINT screening_fund_check CHECK (fund IN ('全总', '省总', '市总', '区县', '单位', '自筹')),
  CONSTRAINT screening_persons_check CHECK (persons BETWEEN 1 AND 9999999),
  CONSTRAINT screening_cost_check CHECK (cost >= 0)
);
COMMENT ON TABLE app.screening IS '“两癌”筛查';

CREATE TABLE app.skill_class (
  district_id integer NOT NULL,
  record_id uuid NOT NULL,
  mode text NOT NULL,
  count integer NOT NULL,
  all_count integer NOT NULL,
  women integer NOT NULL,
  teacher text,
  cost numeric(12,2),
  fund text,
  trade text NOT NULL,
  hours integer NOT NULL,
  graduates integer NOT NULL,
  certified integer NOT NULL,
  employed integer NOT NULL,
  CONSTRAINT skill_class_pkey PRIMARY KEY (district_id, record_id),
  CONSTRAINT skill_class_record_fkey FOREIGN KEY (district_id, record_id) REFERENCES app.record (district_id, id),
  CONSTRAINT skill_class_mode_check CHECK (mode IN ('线下', '线上', '混合')),
  CONSTRAINT skill_class_count_check CHECK (count BETWEEN 1 AND 999),
  CONSTRAINT skill_class_all_count_check CHECK (all_count BETWEEN 1 AND 9999999),
  CONSTRAINT skill_class_women_check CHECK (women BETWEEN 0 AND 9999999),
  CONSTRAINT skill_class_cost_check CHECK (cost >= 0),
  CONSTRAINT skill_class_fund_check CHECK (fund IN ('全总', '省总', '市总', '区县', '单位', '自筹')),
  CONSTRAINT skill_class_hours_check CHECK (hours BETWEEN 1 AND 500),
  CONSTRAINT skill_class_graduates_check CHECK (graduates BETWEEN 0 AND 9999999),
  CONSTRAINT skill_class_certified_check CHECK (certified BETWEEN 0 AND 9999999),
  CONSTRAINT skill_class_employed_check CHECK (employed BETWEEN 0 AND 9999999)
);
COMMENT ON TABLE app.skill_class IS '实用技能培训班';

CREATE TABLE app.job_referral (
  district_id integer NOT NULL,
  record_id uuid NOT NULL,
  kind text NOT NULL,
  firms integer NOT NULL,
  posts integer NOT NULL,
  intents integer NOT NULL,
  beneficiaries integer NOT NULL,
  CONSTRAINT job_referral_pkey PRIMARY KEY (district_id, record_id),
  CONSTRAINT job_referral_record_fkey FOREIGN KEY (district_id, record_id) REFERENCES app.record (district_id, id),
  CONSTRAINT job_referral_kind_check CHECK (kind IN ('招聘会', '信息发布', '定向推荐')),
  CONSTRAINT job_referral_firms_check CHECK (firms BETWEEN 1 AND 9999999),
  CONSTRAINT job_referral_posts_check CHECK (posts BETWEEN 1 AND 9999999),
  CONSTRAINT job_referral_intents_check CHECK (intents BETWEEN 0 AND 9999999),
  CONSTRAINT job_referral_beneficiaries_check CHECK (beneficiaries BETWEEN 0 AND 9999999)
);
COMMENT ON TABLE app.job_referral IS '就业推介';

CREATE TABLE app.care_room (
  district_id integer NOT NULL,
  record_id uuid NOT NULL,
  form text NOT NULL,
  built_on date NOT NULL,
  area integer NOT NULL,
  address text NOT NULL,
  door_hint text,
  hours text NOT NULL,
  phone text,
  fathers_welcome boolean NOT NULL,
  step_free boolean NOT NULL,
  covered_women integer NOT NULL,
  verified_on date,
  subsidy numeric(12,2),
  delisted_on date,
  CONSTRAINT care_room_pkey PRIMARY KEY (district_id, record_id),
  CONSTRAINT care_room_record_fkey FOREIGN KEY (district_id, record_id) REFERENCES app.record (district_id, id),
  CONSTRAINT care_room_form_check CHECK (form IN ('室', '空间', '角', '母婴室')),
  CONSTRAINT care_room_area_check CHECK (area BETWEEN 1 AND 9999),
  CONSTRAINT care_room_covered_women_check CHECK (covered_women BETWEEN 0 AND 9999999),
  CONSTRAINT care_room_subsidy_check CHECK (subsidy >= 0)
);
COMMENT ON TABLE app.care_room IS '女职工特殊关爱室';

CREATE TABLE app.care_room_equipment (
  district_id integer NOT NULL,
  record_id uuid NOT NULL,
  line smallint NOT NULL,
  item text NOT NULL,
  CONSTRAINT care_room_equipment_pkey PRIMARY KEY (district_id, record_id, line),
  CONSTRAINT care_room_equipment_record_fkey FOREIGN KEY (district_id, record_id) REFERENCES app.record (district_id, id),
  CONSTRAINT care_room_equipment_item_check CHECK (item IN ('尿布台', '沙发', '冰箱', '洗手台', '插座', '温奶器', '消毒器', '门锁', '帘', '呼叫器'))
);
COMMENT ON TABLE app.care_room_equipment IS '女职工特殊关爱室：设备';

CREATE TABLE app.care_room_intervals (
  district_id integer NOT NULL,
  record_id uuid NOT NULL,
  line smallint NOT NULL,
  attribute text NOT NULL,
  value text,
  from_on date NOT NULL,
  until_on date,
  CONSTRAINT care_room_intervals_pkey PRIMARY KEY (district_id, record_id, line),
  CONSTRAINT care_room_intervals_record_fkey FOREIGN KEY (district_id, record_id) REFERENCES app.record (district_id, id),
  CONSTRAINT care_room_intervals_attribute_check CHECK (attribute IN ('对外开放', '高德上线', '百度上线', '腾讯上线', '级别'))
);
COMMENT ON TABLE app.care_room_intervals IS '女职工特殊关爱室：开放、上图与级别';

CREATE TABLE app.childcare (
  district_id integer NOT NULL,
  record_id uuid NOT NULL,
  season text NOT NULL,
  workdays integer NOT NULL,
  hours text,
  places integer NOT NULL,
  children integer NOT NULL,
  level text,
  CONSTRAINT childcare_pkey PRIMARY KEY (district_id, record_id),
  CONSTRAINT childcare_record_fkey FOREIGN KEY (district_id, record_id) REFERENCES app.record (district_id, id),
  CONSTRAINT childcare_season_check CHECK (season IN ('寒假', '暑假', '课后', '日常')),
  CONSTRAINT childcare_workdays_check CHECK (workdays BETWEEN 1 AND 366),
  CONSTRAINT childcare_places_check CHECK (places BETWEEN 1 AND 9999999),
  CONSTRAINT childcare_children_check CHECK (children BETWEEN 1 AND 9999999),
  CONSTRAINT childcare_level_check CHECK (level IN ('国家级', '省级', '市级', '区县（产业）级', '街镇级', '单位级'))
);
COMMENT ON TABLE app.childcare IS '职工子女托管班';

CREATE TABLE app.childcare_funds (
  district_id integer NOT NULL,
  record_id uuid NOT NULL,
  line smallint NOT NULL,
  source text NOT NULL,
  amount numeric(12,2) NOT NULL,
  CONSTRAINT childcare_funds_pkey PRIMARY KEY (district_id, record_id, line),
  CONSTRAINT childcare_funds_record_fkey FOREIGN KEY (district_id, record_id) REFERENCES app.record (district_id, id),
  CONSTRAINT childcare_funds_source_check CHECK (source IN ('全总', '省总', '市总', '区县', '单位', '自筹')),
  CONSTRAINT childcare_funds_amount_check CHECK (amount >= 0)
);
COMMENT ON TABLE app.childcare_funds IS '职工子女托管班：经费';

CREATE TABLE app.matchmaking (
  district_id integer NOT NULL,
  record_id uuid NOT NULL,
  mode text NOT NULL,
  count integer NOT NULL,
  all_count integer NOT NULL,
  women integer NOT NULL,
  teacher text,
  cost numeric(12,2),
  fund text,
  online integer,
  brand text,
  pairs integer,
  married integer,
  CONSTRAINT matchmaking_pkey PRIMARY KEY (district_id, record_id),
  CONSTRAINT matchmaking_record_fkey FOREIGN KEY (district_id, record_id) REFERENCES app.record (district_id, id),
  CONSTRAINT matchmaking_mode_check CHECK (mode IN ('线下', '线上', '混合')),
  CONSTRAINT matchmaking_count_check CHECK (count BETWEEN 1 AND 999),
  CONSTRAINT matchmaking_all_count_check CHECK (all_count BETWEEN 1 AND 9999999),
  CONSTRAINT matchmaking_women_check CHECK (women BETWEEN 0 AND 9999999),
  CONSTRAINT matchmaking_cost_check CHECK (cost >= 0),
  CONSTRAINT matchmaking_fund_check CHECK (fund IN ('全总', '省总', '市总', '区县', '单位', '自筹')),
  CONSTRAINT matchmaking_online_check CHECK (online BETWEEN 0 AND 9999999),
  CONSTRAINT matchmaking_pairs_check CHECK (pairs BETWEEN 0 AND 9999999),
  CONSTRAINT matchmaking_married_check CHECK (married BETWEEN 0 AND 9999999)
);
COMMENT ON TABLE app.matchmaking IS '职工婚恋交友';

CREATE TABLE app.lecture (
  district_id integer NOT NULL,
  record_id uuid NOT NULL,
  mode text NOT NULL,
  count integer NOT NULL,
  all_count integer NOT NULL,
  women integer NOT NULL,
  teacher text,
  cost numeric(12,2),
  fund text,
  course text NOT NULL,
  persons integer NOT NULL,
  CONSTRAINT lecture_pkey PRIMARY KEY (district_id, record_id),
  CONSTRAINT lecture_record_fkey FOREIGN KEY (district_id, record_id) REFERENCES app.record (district_id, id),
  CONSTRAINT lecture_mode_check CHECK (mode IN ('线下', '线上', '混合', '线上宣传')),
  CONSTRAINT lecture_count_check CHECK (count BETWEEN 1 AND 999),
  CONSTRAINT lecture_all_count_check CHECK (all_count BETWEEN 1 AND 9999999),
  CONSTRAINT lecture_women_check CHECK (women BETWEEN 0 AND 9999999),
  CONSTRAINT lecture_cost_check CHECK (cost >= 0),
  CONSTRAINT lecture_fund_check CHECK (fund IN ('全总', '省总', '市总', '区县', '单位', '自筹')),
  CONSTRAINT lecture_persons_check CHECK (persons BETWEEN 1 AND 9999999)
);
COMMENT ON TABLE app.lecture IS '智慧女工大课堂';

CREATE TABLE app.family_talk (
  district_id integer NOT NULL,
  record_id uuid NOT NULL,
  mode text NOT NULL,
  count integer NOT NULL,
  all_count integer NOT NULL,
  women integer NOT NULL,
  teacher text,
  cost numeric(12,2),
  fund text,
  topic text NOT NULL,
  other_topic text,
  CONSTRAINT family_talk_pkey PRIMARY KEY (district_id, record_id),
  CONSTRAINT family_talk_record_fkey FOREIGN KEY (district_id, record_id) REFERENCES app.record (district_id, id),
  CONSTRAINT family_talk_mode_check CHECK (mode IN ('线下', '线上', '混合')),
  CONSTRAINT family_talk_count_check CHECK (count BETWEEN 1 AND 999),
  CONSTRAINT family_talk_all_count_check CHECK (all_count BETWEEN 1 AND 9999999),
  CONSTRAINT family_talk_women_check CHECK (women BETWEEN 0 AND 9999999),
  CONSTRAINT family_talk_cost_check CHECK (cost >= 0),
  CONSTRAINT family_talk_fund_check CHECK (fund IN ('全总', '省总', '市总', '区县', '单位', '自筹')),
  CONSTRAINT family_talk_topic_check CHECK (topic IN ('定家规', '立家训', '写家书', '其他'))
);
COMMENT ON TABLE app.family_talk IS '家风家教大讲堂';

CREATE TABLE app.highlight (
  district_id integer NOT NULL,
  record_id uuid NOT NULL,
  kind text NOT NULL,
  level text NOT NULL,
  authority text NOT NULL,
  achieved_on date NOT NULL,
  doc_no text,
  link text,
  CONSTRAINT highlight_pkey PRIMARY KEY (district_id, record_id),
  CONSTRAINT highlight_record_fkey FOREIGN KEY (district_id, record_id) REFERENCES app.record (district_id, id),
  CONSTRAINT highlight_kind_check CHECK (kind IN ('典型经验', '媒体报道', '考核加分', '年度考核', '创新成果', '现场会介绍', '工作品牌', '平台上图')),
  CONSTRAINT highlight_level_check CHECK (level IN ('国家级', '省级', '市级', '区县（产业）级', '街镇级', '单位级'))
);
COMMENT ON TABLE app.highlight IS '工作亮点';

CREATE TABLE app.policy_input (
  district_id integer NOT NULL,
  record_id uuid NOT NULL,
  kind text NOT NULL,
  document text NOT NULL,
  authority text NOT NULL,
  sent_on date NOT NULL,
  suggestions integer NOT NULL,
  adopted integer,
  CONSTRAINT policy_input_pkey PRIMARY KEY (district_id, record_id),
  CONSTRAINT policy_input_record_fkey FOREIGN KEY (district_id, record_id) REFERENCES app.record (district_id, id),
  CONSTRAINT policy_input_kind_check CHECK (kind IN ('参与起草', '修改建议', '提案议案', '调研报告')),
  CONSTRAINT policy_input_suggestions_check CHECK (suggestions BETWEEN 0 AND 9999999),
  CONSTRAINT policy_input_adopted_check CHECK (adopted BETWEEN 0 AND 9999999)
);
COMMENT ON TABLE app.policy_input IS '源头参与';
