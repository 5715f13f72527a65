-- why: what was signed is a file; which file that is, and that it was not changed since, must be told by its hash, version by version
CREATE TABLE app.contract_text (
  district_id int NOT NULL,
  record_id uuid NOT NULL,
  n int NOT NULL,
  org_id int NOT NULL,
  evidence_id uuid NOT NULL,
  name text NOT NULL,
  bytes int NOT NULL,
  hash text NOT NULL,
  why text NOT NULL DEFAULT '',
  noted_by uuid NOT NULL,
  noted_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT contract_text_pkey PRIMARY KEY (district_id, record_id, n),
  CONSTRAINT contract_text_org_fkey FOREIGN KEY (org_id) REFERENCES app.org (id),
  CONSTRAINT contract_text_n_check CHECK (n >= 1 AND (n = 1) = (why = ''))
);
COMMENT ON TABLE app.contract_text IS '合同正式文本: which file of the record is the text as signed, version by version; the last one holds, none is ever changed';
COMMENT ON COLUMN app.contract_text.hash IS 'of the file as it is kept; stays when the file is taken away';
COMMENT ON COLUMN app.contract_text.why IS 'why another file took the place of the version before';

ALTER TABLE app.contract_text ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY contract_text_in_scope ON app.contract_text TO app USING (EXISTS (SELECT FROM app.org o WHERE o.id = contract_text.org_id
  AND o.scope_code >= (SELECT current_setting('app.scope', true)) AND o.scope_code < (SELECT current_setting('app.scope_end', true))));
GRANT SELECT, INSERT ON app.contract_text TO app;
