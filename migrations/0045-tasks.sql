-- why: a form that is sent down is a dated task with a legal head (统计法 §17); who owes it is told by the tree itself, so that nobody can be missing from the list

CREATE TABLE app.task (
  id uuid NOT NULL,
  org_id int NOT NULL,
  title text NOT NULL,
  note text NOT NULL DEFAULT '',
  form_no text NOT NULL,
  issuer text NOT NULL,
  approval_no text NOT NULL,
  valid_from date NOT NULL,
  valid_until date NOT NULL,
  programme smallint,
  questions jsonb NOT NULL DEFAULT '[]',
  reason text NOT NULL DEFAULT '',
  tiers text[] NOT NULL,
  from_on date NOT NULL,
  until_on date NOT NULL,
  due_on date NOT NULL,
  version int NOT NULL DEFAULT 1,
  change_note text NOT NULL DEFAULT '',
  closed_at timestamptz,
  created_by uuid NOT NULL,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  CONSTRAINT task_pkey PRIMARY KEY (id),
  CONSTRAINT task_org_fkey FOREIGN KEY (org_id) REFERENCES app.org (id),
  CONSTRAINT task_programme_fkey FOREIGN KEY (programme) REFERENCES app.programme (id),
  CONSTRAINT task_period_check CHECK (from_on <= until_on),
  CONSTRAINT task_valid_check CHECK (valid_from <= valid_until),
  CONSTRAINT task_asks_check CHECK ((programme IS NULL) = (jsonb_array_length(questions) > 0)),
  CONSTRAINT task_head_check CHECK (form_no <> '' AND issuer <> '' AND approval_no <> '')
);
CREATE INDEX task_issuer ON app.task (org_id, created_at DESC);
COMMENT ON TABLE app.task IS 'one programme or the questions of a survey, asked of the units of some tiers below the issuer for a period, under a legal head; kept for two years at least (统计法实施条例)';
COMMENT ON COLUMN app.task.reason IS 'why something is asked that the system knows';
COMMENT ON COLUMN app.task.version IS 'counts changes after it was sent: whoever answered an earlier one stands as 已变更';

CREATE TABLE app.task_answer (
  district_id int NOT NULL,
  task_id uuid NOT NULL,
  org_id int NOT NULL,
  state text NOT NULL,
  task_version int NOT NULL,
  is_nil boolean NOT NULL DEFAULT false,
  answers jsonb NOT NULL DEFAULT '{}',
  note text NOT NULL DEFAULT '',
  reason text NOT NULL DEFAULT '',
  received_at timestamptz NOT NULL,
  reported_at timestamptz,
  reported_by uuid,
  decided_at timestamptz,
  decided_by uuid,
  chased_on date,
  version int NOT NULL DEFAULT 1,
  CONSTRAINT task_answer_pkey PRIMARY KEY (district_id, task_id, org_id),
  CONSTRAINT task_answer_state_check CHECK (state IN ('unreceived', 'received', 'reported', 'returned', 'closed')),
  CONSTRAINT task_answer_org_fkey FOREIGN KEY (org_id) REFERENCES app.org (id),
  CONSTRAINT task_answer_task_fkey FOREIGN KEY (task_id) REFERENCES app.task (id)
);
CREATE INDEX task_answer_unit ON app.task_answer (task_id, org_id);
COMMENT ON TABLE app.task_answer IS 'what a unit did with a task; a unit without a row has not received it. Answers of a survey stay here and are never rolled up';
COMMENT ON COLUMN app.task_answer.is_nil IS 'she declared that there was nothing to report (零报告)';
COMMENT ON COLUMN app.task_answer.chased_on IS 'last day on which it was chased: once a working day at most';

ALTER TABLE app.task ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE app.task_answer ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
GRANT SELECT, INSERT, UPDATE ON app.task, app.task_answer TO app;

-- A task is seen by its issuer, by whoever stands above it, and by whoever stands below.
CREATE POLICY task_read ON app.task FOR SELECT TO app USING (EXISTS (SELECT FROM app.org o WHERE o.id = task.org_id
  AND (o.scope_code >= (SELECT current_setting('app.scope', true)) AND o.scope_code < (SELECT current_setting('app.scope_end', true))
    OR starts_with((SELECT current_setting('app.scope', true)), o.scope_code))));
CREATE POLICY task_insert ON app.task FOR INSERT TO app WITH CHECK (EXISTS (SELECT FROM app.org o WHERE o.id = task.org_id
  AND o.scope_code = (SELECT current_setting('app.scope', true))));
CREATE POLICY task_update ON app.task FOR UPDATE TO app USING (EXISTS (SELECT FROM app.org o WHERE o.id = task.org_id
  AND o.scope_code = (SELECT current_setting('app.scope', true))));
CREATE POLICY task_answer_in_scope ON app.task_answer TO app USING (EXISTS (SELECT FROM app.org o WHERE o.id = task_answer.org_id
  AND o.scope_code >= (SELECT current_setting('app.scope', true)) AND o.scope_code < (SELECT current_setting('app.scope_end', true))));
