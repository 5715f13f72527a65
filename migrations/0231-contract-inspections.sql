-- why: whether a contract is kept is looked at on the spot by the unions above, what lacks is mended by a day, and units are reminded before a term ends
CREATE TABLE app.contract_inspection (
  district_id int NOT NULL,
  id uuid NOT NULL,
  org_id int NOT NULL,
  record_id uuid NOT NULL,
  due_on date NOT NULL,
  checked_on date,
  result text,
  finding text NOT NULL DEFAULT '',
  fix_by date,
  fixed_on date,
  fixed_note text NOT NULL DEFAULT '',
  asked_by uuid NOT NULL,
  checked_by uuid,
  fixed_by uuid,
  CONSTRAINT contract_inspection_pkey PRIMARY KEY (district_id, id),
  CONSTRAINT contract_inspection_org_fkey FOREIGN KEY (org_id) REFERENCES app.org (id),
  CONSTRAINT contract_inspection_result_check CHECK (result IN ('履行良好', '限期整改')),
  CONSTRAINT contract_inspection_checked_check CHECK ((checked_on IS NULL) = (result IS NULL) AND (checked_on IS NULL) = (checked_by IS NULL)),
  CONSTRAINT contract_inspection_fix_check CHECK ((result IS NOT DISTINCT FROM '限期整改') = (fix_by IS NOT NULL) AND (fixed_on IS NULL OR fix_by IS NOT NULL)
    AND (fixed_on IS NULL) = (fixed_by IS NULL))
);
CREATE INDEX contract_inspection_record ON app.contract_inspection (district_id, record_id, due_on);
COMMENT ON TABLE app.contract_inspection IS 'looks at how a contract is kept: due, made, what was to be mended by which day, and when it was';

ALTER TABLE app.contract_inspection ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY contract_inspection_in_scope ON app.contract_inspection TO app USING (EXISTS (SELECT FROM app.org o WHERE o.id = contract_inspection.org_id
  AND o.scope_code >= (SELECT current_setting('app.scope', true)) AND o.scope_code < (SELECT current_setting('app.scope_end', true))));
GRANT SELECT, INSERT, UPDATE ON app.contract_inspection TO app;

ALTER TABLE app.due_reminder DROP CONSTRAINT due_reminder_kind_check;
ALTER TABLE app.due_reminder ADD CONSTRAINT due_reminder_kind_check CHECK (kind IN ('plan', 'assessment', 'committee', 'gap', 'contract', 'contractFix'));
COMMENT ON COLUMN app.due_reminder.subject_id IS 'the plan item, the assessment, the record of the committee or of the contract, the inspection of a contract; all zeros where there is none';
COMMENT ON COLUMN app.due_reminder.col IS 'column of the assessment; of a committee or a contract the days before its term ends; of a gap which one';
