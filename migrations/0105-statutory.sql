-- why: the yearly, half-yearly and quarterly tables of the committee are filled by the records, typed in where nothing else can tell, checked, and signed by a second person

CREATE TABLE app.statutory_head (
  layout text NOT NULL,
  valid_from date NOT NULL,
  valid_until date NOT NULL,
  form_no text NOT NULL,
  issuer text NOT NULL,
  approval_no text NOT NULL,
  set_by uuid NOT NULL,
  set_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT statutory_head_pkey PRIMARY KEY (layout, valid_from),
  CONSTRAINT statutory_head_layout_check CHECK (layout IN ('annual', 'half', 'quarter')),
  CONSTRAINT statutory_head_valid_check CHECK (valid_from <= valid_until),
  CONSTRAINT statutory_head_words_check CHECK (form_no <> '' AND issuer <> '' AND approval_no <> '')
);
COMMENT ON TABLE app.statutory_head IS 'legal head of a table (统计法 §17) as the city entered it; without one a table says so on its face';

CREATE TABLE app.statutory_table (
  district_id int NOT NULL,
  id uuid NOT NULL,
  org_id int NOT NULL,
  layout text NOT NULL,
  year int NOT NULL,
  part smallint NOT NULL,
  revision smallint NOT NULL DEFAULT 1,
  state text NOT NULL DEFAULT 'open',
  version int NOT NULL DEFAULT 1,
  asked jsonb NOT NULL DEFAULT '{}',
  notes jsonb NOT NULL DEFAULT '{}',
  reason text NOT NULL DEFAULT '',
  content jsonb,
  content_hash text,
  prepared_by uuid NOT NULL,
  submitted_at timestamptz,
  signed_by uuid,
  signed_at timestamptz,
  updated_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT statutory_table_pkey PRIMARY KEY (district_id, id),
  CONSTRAINT statutory_table_once UNIQUE (district_id, org_id, layout, year, part, revision),
  CONSTRAINT statutory_table_org_fkey FOREIGN KEY (org_id) REFERENCES app.org (id),
  CONSTRAINT statutory_table_layout_check CHECK (layout IN ('annual', 'half', 'quarter')),
  CONSTRAINT statutory_table_state_check CHECK (state IN ('open', 'submitted', 'signed')),
  CONSTRAINT statutory_table_signed_check CHECK ((state = 'signed') = (content IS NOT NULL AND content_hash IS NOT NULL AND signed_by IS NOT NULL))
);
COMMENT ON TABLE app.statutory_table IS 'a table of one unit and period: what only she can tell, her answers to the checks, and the content as it was signed; everything else is read from the books';
COMMENT ON COLUMN app.statutory_table.revision IS 'a signed table is never changed: what is wrong in it is signed anew as its next revision, with the reason';
COMMENT ON COLUMN app.statutory_table.asked IS 'line → value, for lines that no record gives';
COMMENT ON COLUMN app.statutory_table.notes IS 'id of a finding → why the number is right all the same';

ALTER TABLE app.statutory_head ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE app.statutory_table ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
GRANT SELECT, INSERT, UPDATE ON app.statutory_head, app.statutory_table TO app;

CREATE POLICY statutory_head_read ON app.statutory_head FOR SELECT TO app USING (true);
CREATE POLICY statutory_head_insert ON app.statutory_head FOR INSERT TO app WITH CHECK (EXISTS (SELECT FROM app.org o
  WHERE o.tier = 'city' AND o.scope_code = (SELECT current_setting('app.scope', true))));
CREATE POLICY statutory_head_update ON app.statutory_head FOR UPDATE TO app USING (EXISTS (SELECT FROM app.org o
  WHERE o.tier = 'city' AND o.scope_code = (SELECT current_setting('app.scope', true))));
CREATE POLICY statutory_table_read ON app.statutory_table FOR SELECT TO app USING (EXISTS (SELECT FROM app.org o WHERE o.id = statutory_table.org_id
  AND o.scope_code >= (SELECT current_setting('app.scope', true)) AND o.scope_code < (SELECT current_setting('app.scope_end', true))));
CREATE POLICY statutory_table_insert ON app.statutory_table FOR INSERT TO app WITH CHECK (EXISTS (SELECT FROM app.org o
  WHERE o.id = statutory_table.org_id AND o.scope_code = (SELECT current_setting('app.scope', true))));
CREATE POLICY statutory_table_update ON app.statutory_table FOR UPDATE TO app USING (EXISTS (SELECT FROM app.org o
  WHERE o.id = statutory_table.org_id AND o.scope_code = (SELECT current_setting('app.scope', true))));
