-- why: what a tier tells all units below it, until when it holds, and which units have taken note

CREATE TABLE app.bulletin (
  id uuid NOT NULL,
  org_id int NOT NULL,
  title text NOT NULL,
  body text NOT NULL,
  valid_until date NOT NULL,
  created_by uuid NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  withdrawn_at timestamptz,
  CONSTRAINT bulletin_pkey PRIMARY KEY (id),
  CONSTRAINT bulletin_org_fkey FOREIGN KEY (org_id) REFERENCES app.org (id)
);
CREATE INDEX bulletin_issuer ON app.bulletin (org_id, created_at DESC);
COMMENT ON TABLE app.bulletin IS 'a notice to the issuer''s own unit and all below it: plain text, no answer asked';

CREATE TABLE app.bulletin_read (
  district_id int NOT NULL,
  bulletin_id uuid NOT NULL,
  org_id int NOT NULL,
  by_account uuid NOT NULL,
  at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT bulletin_read_pkey PRIMARY KEY (district_id, bulletin_id, org_id),
  CONSTRAINT bulletin_read_bulletin_fkey FOREIGN KEY (bulletin_id) REFERENCES app.bulletin (id),
  CONSTRAINT bulletin_read_org_fkey FOREIGN KEY (org_id) REFERENCES app.org (id)
);
COMMENT ON TABLE app.bulletin_read IS 'that a unit took note, by an act of its own; of persons nothing is told to those above (国办函〔2026〕12号)';

ALTER TABLE app.bulletin ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE app.bulletin_read ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
GRANT SELECT, INSERT, UPDATE ON app.bulletin TO app;
GRANT SELECT, INSERT ON app.bulletin_read TO app;
CREATE POLICY bulletin_seen ON app.bulletin FOR SELECT TO app USING (EXISTS (SELECT FROM app.org o WHERE o.id = bulletin.org_id
  AND starts_with((SELECT current_setting('app.scope', true)), o.scope_code)));
CREATE POLICY bulletin_insert ON app.bulletin FOR INSERT TO app WITH CHECK (EXISTS (SELECT FROM app.org o WHERE o.id = bulletin.org_id
  AND o.scope_code = (SELECT current_setting('app.scope', true))));
CREATE POLICY bulletin_update ON app.bulletin FOR UPDATE TO app USING (EXISTS (SELECT FROM app.org o WHERE o.id = bulletin.org_id
  AND o.scope_code = (SELECT current_setting('app.scope', true))));
CREATE POLICY bulletin_read_in_scope ON app.bulletin_read TO app USING (EXISTS (SELECT FROM app.org o WHERE o.id = bulletin_read.org_id
  AND o.scope_code >= (SELECT current_setting('app.scope', true)) AND o.scope_code < (SELECT current_setting('app.scope_end', true))));
