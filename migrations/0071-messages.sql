-- why: whoever an event concerns is told of it where she works, in the transaction that causes it; outside channels are told of these rows alone

CREATE TABLE app.message (
  district_id int NOT NULL,
  id uuid NOT NULL,
  account_id uuid NOT NULL,
  org_id int NOT NULL,
  kind text NOT NULL,
  subject text NOT NULL,
  link text NOT NULL,
  at timestamptz NOT NULL DEFAULT clock_timestamp(),
  read_at timestamptz,
  digest_on date,
  CONSTRAINT message_pkey PRIMARY KEY (district_id, id),
  CONSTRAINT message_account_fkey FOREIGN KEY (account_id) REFERENCES app.account (id),
  CONSTRAINT message_org_fkey FOREIGN KEY (org_id) REFERENCES app.org (id)
);
CREATE INDEX message_account ON app.message (account_id, at DESC, id DESC);
CREATE INDEX message_unread ON app.message (account_id) WHERE read_at IS NULL;
COMMENT ON TABLE app.message IS 'one line to one account, and where it leads; names no content of a class above S1. Read ones go after half a year';
COMMENT ON COLUMN app.message.org_id IS 'unit in which it concerns her';
COMMENT ON COLUMN app.message.digest_on IS 'day of the digest by which an outside channel told that it is there; empty until then';

CREATE TABLE app.task_reminder (
  district_id int NOT NULL,
  task_id uuid NOT NULL,
  org_id int NOT NULL,
  task_version int NOT NULL,
  stage text NOT NULL,
  on_day date NOT NULL,
  CONSTRAINT task_reminder_pkey PRIMARY KEY (district_id, task_id, org_id, task_version, stage),
  CONSTRAINT task_reminder_stage_check CHECK (stage IN ('before', 'due', 'after', 'above')),
  CONSTRAINT task_reminder_task_fkey FOREIGN KEY (task_id) REFERENCES app.task (id),
  CONSTRAINT task_reminder_org_fkey FOREIGN KEY (org_id) REFERENCES app.org (id)
);
COMMENT ON TABLE app.task_reminder IS 'that a unit was reminded of a task at a stage, once for each version of it: three working days before, on the day, the day after, then the unit above it';

ALTER TABLE app.task ADD COLUMN sent_on date;
COMMENT ON COLUMN app.task.sent_on IS 'business day on which it was sent: who was told then is not reminded in the same days';

ALTER TABLE app.message ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE app.task_reminder ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
GRANT SELECT, INSERT, UPDATE, DELETE ON app.message TO app;
GRANT SELECT, INSERT ON app.task_reminder TO app;

-- Written to whoever it concerns, below, above or beside the writer; read, marked and cleared within one's own scope.
CREATE POLICY message_written ON app.message FOR INSERT TO app WITH CHECK (true);
CREATE POLICY message_in_scope ON app.message TO app USING (EXISTS (SELECT FROM app.org o WHERE o.id = message.org_id
  AND o.scope_code >= (SELECT current_setting('app.scope', true)) AND o.scope_code < (SELECT current_setting('app.scope_end', true))));
CREATE POLICY task_reminder_in_scope ON app.task_reminder TO app USING (EXISTS (SELECT FROM app.org o WHERE o.id = task_reminder.org_id
  AND o.scope_code >= (SELECT current_setting('app.scope', true)) AND o.scope_code < (SELECT current_setting('app.scope_end', true))));
