-- why: tables of indicators with small cells are published once for a closed quarter and never change; each new one is checked together with all earlier ones
CREATE TABLE app.release (
  indicator_id smallint NOT NULL,
  quarter int NOT NULL,
  released_on date NOT NULL,
  content_hash text NOT NULL,
  CONSTRAINT release_pkey PRIMARY KEY (indicator_id, quarter),
  CONSTRAINT release_indicator_fkey FOREIGN KEY (indicator_id) REFERENCES app.indicator (id)
);
COMMENT ON COLUMN app.release.quarter IS 'year * 10 + 1 to 4; with the fourth quarter the year is released';

CREATE TABLE app.release_cell (
  indicator_id smallint NOT NULL,
  quarter int NOT NULL,
  span text NOT NULL,
  org_id int NOT NULL,
  above_id int NOT NULL,
  rest boolean NOT NULL,
  value bigint,
  CONSTRAINT release_cell_pkey PRIMARY KEY (indicator_id, quarter, span, org_id, above_id, rest),
  CONSTRAINT release_cell_release_fkey FOREIGN KEY (indicator_id, quarter) REFERENCES app.release (indicator_id, quarter),
  CONSTRAINT release_cell_org_fkey FOREIGN KEY (org_id) REFERENCES app.org (id),
  CONSTRAINT release_cell_span_check CHECK (span IN ('quarter', 'year'))
);
COMMENT ON COLUMN app.release_cell.value IS 'null = hidden';
COMMENT ON COLUMN app.release_cell.above_id IS 'the superior into whose sum it goes; 0 for the city and for a year. Who changed superiors within a quarter has a row for each';
COMMENT ON COLUMN app.release_cell.rest IS 'what the unit holds directly: itself and all below it that has no row of its own';

CREATE TABLE app.release_hidden (
  indicator_id smallint NOT NULL,
  quarter int NOT NULL,
  span text NOT NULL,
  org_id int NOT NULL,
  above_id int NOT NULL,
  rest boolean NOT NULL,
  value bigint NOT NULL,
  CONSTRAINT release_hidden_pkey PRIMARY KEY (indicator_id, quarter, span, org_id, above_id, rest),
  CONSTRAINT release_hidden_cell_fkey FOREIGN KEY (indicator_id, quarter, span, org_id, above_id, rest)
    REFERENCES app.release_cell (indicator_id, quarter, span, org_id, above_id, rest)
);
COMMENT ON TABLE app.release_hidden IS 'what hidden cells were, for the tables to come: read by the server''s own acts alone, never within a person''s scope';

DO $$ DECLARE t text; BEGIN
  FOREACH t IN ARRAY ARRAY['release', 'release_cell', 'release_hidden'] LOOP
    EXECUTE format('ALTER TABLE app.%I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('GRANT SELECT, INSERT ON app.%I TO app', t);
  END LOOP;
END $$;
CREATE POLICY release_open ON app.release TO app USING (true) WITH CHECK (true);
CREATE POLICY release_cell_open ON app.release_cell TO app USING (true) WITH CHECK (true);
CREATE POLICY release_hidden_own ON app.release_hidden TO app
  USING (current_setting('app.scope', true) = '' AND current_setting('app.scope_end', true) = '~')
  WITH CHECK (current_setting('app.scope', true) = '' AND current_setting('app.scope_end', true) = '~');
