-- why: who owes a plan item or a column of an assessment is told before, on and after its day, once each, as with tasks

CREATE TABLE app.due_reminder (
  district_id int NOT NULL,
  kind text NOT NULL,
  subject_id uuid NOT NULL,
  org_id int NOT NULL,
  col text NOT NULL DEFAULT '',
  due_on date NOT NULL,
  stage text NOT NULL,
  on_day date NOT NULL,
  CONSTRAINT due_reminder_pkey PRIMARY KEY (district_id, kind, subject_id, org_id, col, due_on, stage),
  CONSTRAINT due_reminder_kind_check CHECK (kind IN ('plan', 'assessment')),
  CONSTRAINT due_reminder_stage_check CHECK (stage IN ('before', 'due', 'after', 'above')),
  CONSTRAINT due_reminder_org_fkey FOREIGN KEY (org_id) REFERENCES app.org (id)
);
COMMENT ON TABLE app.due_reminder IS 'that a unit was reminded of a plan item or of its column of an assessment at a stage, once for each due day: a day that is moved is reminded of anew';
COMMENT ON COLUMN app.due_reminder.subject_id IS 'the plan item, or the assessment';
COMMENT ON COLUMN app.due_reminder.col IS 'column of the assessment; empty for a plan item';

ALTER TABLE app.due_reminder ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
GRANT SELECT, INSERT ON app.due_reminder TO app;
CREATE POLICY due_reminder_in_scope ON app.due_reminder TO app USING (EXISTS (SELECT FROM app.org o WHERE o.id = due_reminder.org_id
  AND o.scope_code >= (SELECT current_setting('app.scope', true)) AND o.scope_code < (SELECT current_setting('app.scope_end', true))));
