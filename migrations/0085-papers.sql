-- why: the summary becomes one document per unit and year, written in the browser by several people: text is free, a figure stays bound to its records, and a leader signs what is then frozen

CREATE TABLE app.paper (
  org_id int NOT NULL,
  year int NOT NULL,
  version int NOT NULL DEFAULT 0,
  state text NOT NULL DEFAULT 'draft',
  content jsonb,
  start jsonb NOT NULL DEFAULT '{}',
  updated_by uuid,
  updated_at timestamptz,
  submitted_by uuid,
  submitted_at timestamptz,
  signed_by uuid,
  signed_at timestamptz,
  remark text NOT NULL DEFAULT '',
  snapshot_id text,
  CONSTRAINT paper_pkey PRIMARY KEY (org_id, year),
  CONSTRAINT paper_org_fkey FOREIGN KEY (org_id) REFERENCES app.org (id),
  CONSTRAINT paper_snapshot_fkey FOREIGN KEY (snapshot_id) REFERENCES app.snapshot (id),
  CONSTRAINT paper_state_check CHECK (state IN ('draft', 'submitted', 'signed'))
);
COMMENT ON TABLE app.paper IS 'the yearly summary of a unit as it is being written; version 0 without content is composed anew at each reading until somebody saves it';
COMMENT ON COLUMN app.paper.content IS 'title and blocks; a figure in them names indicator, unit, period and style, never a value';
COMMENT ON COLUMN app.paper.start IS 'texts by part that were there before the document: they flow into its first draft';
COMMENT ON COLUMN app.paper.snapshot_id IS 'what was frozen when it was signed';

CREATE TABLE app.paper_version (
  org_id int NOT NULL,
  year int NOT NULL,
  version int NOT NULL,
  content jsonb NOT NULL,
  note text NOT NULL DEFAULT '',
  saved_by uuid NOT NULL,
  saved_at timestamptz NOT NULL,
  CONSTRAINT paper_version_pkey PRIMARY KEY (org_id, year, version),
  CONSTRAINT paper_version_paper_fkey FOREIGN KEY (org_id, year) REFERENCES app.paper (org_id, year)
);
COMMENT ON TABLE app.paper_version IS 'earlier texts of a summary; what one person saves within ten minutes is one version';

CREATE TABLE app.paper_comment (
  id uuid NOT NULL,
  org_id int NOT NULL,
  year int NOT NULL,
  block text NOT NULL,
  quote text NOT NULL,
  body text NOT NULL,
  made_by uuid NOT NULL,
  made_at timestamptz NOT NULL,
  resolved_by uuid,
  resolved_at timestamptz,
  CONSTRAINT paper_comment_pkey PRIMARY KEY (id),
  CONSTRAINT paper_comment_paper_fkey FOREIGN KEY (org_id, year) REFERENCES app.paper (org_id, year)
);
CREATE INDEX paper_comment_place ON app.paper_comment (org_id, year, made_at);
COMMENT ON TABLE app.paper_comment IS 'remarks at a place of a summary, open until resolved; quote is the text that stood there';

-- The texts of before flow into the first draft of their year; from here on there is one document and no parts. The owner is
-- bound by forced walls and would read nothing.
ALTER TABLE app.summary_text NO FORCE ROW LEVEL SECURITY;
ALTER TABLE app.snapshot NO FORCE ROW LEVEL SECURITY;
INSERT INTO app.paper (org_id, year, start) SELECT org_id, year, jsonb_object_agg(part, body) FROM app.summary_text GROUP BY org_id, year;
DROP TABLE app.summary_text;

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['paper', 'paper_version', 'paper_comment'] LOOP
    EXECUTE format('ALTER TABLE app.%I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY %I ON app.%I TO app USING (EXISTS (SELECT FROM app.org o WHERE o.id = %I.org_id
      AND o.scope_code >= (SELECT current_setting(''app.scope'', true)) AND o.scope_code < (SELECT current_setting(''app.scope_end'', true))))', t || '_in_scope', t, t);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE ON app.%I TO app', t);
  END LOOP;
END $$;

-- Every unit freezes its own summary, and all draw from one row of numbers, which none of them can see whole.
CREATE TABLE app.snapshot_serial (
  year int NOT NULL,
  last int NOT NULL,
  CONSTRAINT snapshot_serial_pkey PRIMARY KEY (year)
);
COMMENT ON TABLE app.snapshot_serial IS 'last number given to a snapshot of a year';
INSERT INTO app.snapshot_serial SELECT year, max(substring(id FROM '[0-9]+$')::int) FROM app.snapshot GROUP BY year;
ALTER TABLE app.snapshot FORCE ROW LEVEL SECURITY;
ALTER TABLE app.snapshot_serial ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
-- The schema's owner is bound by its own walls too; the app login has no right to the table at all.
CREATE POLICY snapshot_serial_owner ON app.snapshot_serial TO CURRENT_USER USING (year > 0);

CREATE FUNCTION app.next_snapshot(of_year int) RETURNS int
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  INSERT INTO app.snapshot_serial AS s VALUES (of_year, 1) ON CONFLICT (year) DO UPDATE SET last = s.last + 1 RETURNING s.last
$$;
COMMENT ON FUNCTION app.next_snapshot IS 'the next number of a snapshot of a year; two transactions never get the same';
REVOKE ALL ON FUNCTION app.next_snapshot FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.next_snapshot TO app;
