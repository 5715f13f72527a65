-- why: a co-host, the view superior and whoever is named learn of a record or a task without anything being asked of them (抄送)

CREATE TABLE app.record_copy (
  district_id int NOT NULL,
  org_id int NOT NULL,
  record_id uuid NOT NULL,
  by_account uuid NOT NULL,
  at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT record_copy_pkey PRIMARY KEY (district_id, org_id, record_id),
  CONSTRAINT record_copy_org_fkey FOREIGN KEY (org_id) REFERENCES app.org (id)
);
COMMENT ON TABLE app.record_copy IS 'that a unit was told of a record; it gives no right: what may not be read is not in the box';
COMMENT ON COLUMN app.record_copy.district_id IS 'of the unit that was told';

ALTER TABLE app.record_copy ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
GRANT SELECT, INSERT ON app.record_copy TO app;
CREATE POLICY record_copy_written ON app.record_copy FOR INSERT TO app WITH CHECK (true);
CREATE POLICY record_copy_in_scope ON app.record_copy FOR SELECT TO app USING (EXISTS (SELECT FROM app.org o WHERE o.id = record_copy.org_id
  AND o.scope_code >= (SELECT current_setting('app.scope', true)) AND o.scope_code < (SELECT current_setting('app.scope_end', true))));

ALTER TABLE app.task ADD COLUMN copy_to int[] NOT NULL DEFAULT '{}';
COMMENT ON COLUMN app.task.copy_to IS 'units above or below the issuer that were told of it when it was sent';
