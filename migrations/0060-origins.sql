-- why: rows of a workbook become records, drafts and corrections of any programme; who opens one sees from which row of which file it came
CREATE TABLE app.record_origin (
  district_id int NOT NULL,
  record_id uuid NOT NULL,
  version int NOT NULL,
  import_id uuid NOT NULL,
  file_name text NOT NULL,
  line int NOT NULL,
  CONSTRAINT record_origin_pkey PRIMARY KEY (district_id, record_id, version),
  CONSTRAINT record_origin_record_fkey FOREIGN KEY (district_id, record_id) REFERENCES app.record (district_id, id)
);
CREATE INDEX record_origin_import ON app.record_origin (import_id);
COMMENT ON TABLE app.record_origin IS 'which version of a record came from a workbook; who brought it and when stands in record_history';
COMMENT ON COLUMN app.record_origin.import_id IS 'the workbook, whose rows are gone after a week; records of one import share it';
CALL app.guard('record_origin', 'SELECT, INSERT');

ALTER TABLE app.proposal ADD COLUMN origin jsonb;
COMMENT ON COLUMN app.proposal.origin IS 'the workbook and row that a draft or correction came from, until it becomes a version';

ALTER TABLE app.intake_row ADD COLUMN asks text,
  DROP CONSTRAINT intake_row_state_check,
  ADD CONSTRAINT intake_row_state_check CHECK (state IN ('right', 'warned', 'wrong', 'double', 'skipped', 'same', 'done')),
  ADD CONSTRAINT intake_row_asks_check CHECK (asks IN ('note', 'reason'));
COMMENT ON COLUMN app.intake_row.asks IS 'what its commit wants in words, once for the workbook: why its warnings stand, why a correction is made';
