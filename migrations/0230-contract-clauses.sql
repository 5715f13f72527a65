-- why: a contract shows its way from the offer to the filing, the contract it follows upon, and its clauses beside what the law grants at least
ALTER TABLE app.contract
  ADD replaces_no text,
  ADD offered_on date,
  ADD replied_on date,
  ADD drafted_on date,
  ADD acceptance_no text,
  ADD finding text,
  ADD CONSTRAINT contract_finding_check CHECK (finding IN ('无异议', '提出异议'));
CREATE INDEX contract_term ON app.contract (term_until_on);

CREATE TABLE app.contract_clauses (
  district_id integer NOT NULL,
  record_id uuid NOT NULL,
  line smallint NOT NULL,
  item text NOT NULL,
  quote text NOT NULL,
  agreed integer,
  CONSTRAINT contract_clauses_pkey PRIMARY KEY (district_id, record_id, line),
  CONSTRAINT contract_clauses_record_fkey FOREIGN KEY (district_id, record_id) REFERENCES app.record (district_id, id),
  CONSTRAINT contract_clauses_item_check CHECK (item IN ('禁忌劳动', '经期保护', '产前休假', '产假', '难产增加产假', '多胞胎增加产假', '未满四个月流产假', '满四个月流产假', '孕期不加班不上夜班', '哺乳期不加班不上夜班', '哺乳时间', '多胞胎增加哺乳时间', '生育待遇', '妇科检查', '“两癌”筛查', '性骚扰防治', '女职工关爱室', '子女托管', '教育培训', '同工同酬', '其他')),
  CONSTRAINT contract_clauses_agreed_check CHECK (agreed BETWEEN 0 AND 9999)
);
COMMENT ON TABLE app.contract_clauses IS '女职工专项集体合同：条款';

CALL app.guard('contract_clauses', 'SELECT, INSERT, UPDATE');
GRANT DELETE ON app.contract_clauses TO app;
