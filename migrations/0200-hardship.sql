-- why: hardship aid has its figures: files, single parents, women helped, money; the record holds counts alone, who it was stands in her file
INSERT INTO app.programme (id, key) VALUES (26, 'hardship');
INSERT INTO app.indicator (id, code, unit, scale, kind, nature) VALUES
  (59, 'hardship.files', '户', 0, 'thing', 'stock'),
  (60, 'hardship.singleParents', '人', 0, 'person', 'stock'),
  (61, 'hardship.helped', '人', 0, 'person', 'flow'),
  (62, 'hardship.money', '元', 2, 'money', 'flow');

CREATE TABLE app.hardship (
  district_id integer NOT NULL,
  record_id uuid NOT NULL,
  matter text NOT NULL,
  households integer,
  singles integer,
  aid_kind text,
  times integer,
  helped integer,
  amount numeric(12,2),
  fund text,
  CONSTRAINT hardship_pkey PRIMARY KEY (district_id, record_id),
  CONSTRAINT hardship_record_fkey FOREIGN KEY (district_id, record_id) REFERENCES app.record (district_id, id),
  CONSTRAINT hardship_matter_check CHECK (matter IN ('建档', '发放', '销档')),
  CONSTRAINT hardship_households_check CHECK (households BETWEEN 1 AND 99999),
  CONSTRAINT hardship_singles_check CHECK (singles BETWEEN 0 AND 99999),
  CONSTRAINT hardship_aid_kind_check CHECK (aid_kind IN ('生活', '医疗', '助学', '慰问', '姐妹献爱心')),
  CONSTRAINT hardship_times_check CHECK (times BETWEEN 1 AND 99999),
  CONSTRAINT hardship_helped_check CHECK (helped BETWEEN 0 AND 99999),
  CONSTRAINT hardship_amount_check CHECK (amount >= 0),
  CONSTRAINT hardship_fund_check CHECK (fund IN ('全总', '省总', '市总', '区县', '单位', '自筹'))
);
COMMENT ON TABLE app.hardship IS '困难女职工帮扶';

CALL app.guard('hardship', 'SELECT, INSERT, UPDATE');
