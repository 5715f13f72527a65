-- why: who should be organised and is not is told by the register of employers and by who covers whom since when, not by memory

CREATE TABLE app.enterprise (
  code text COLLATE "C" NOT NULL,
  name text NOT NULL,
  name_sort text COLLATE "C" NOT NULL,
  kind text NOT NULL,
  area_id int NOT NULL,
  workers int NOT NULL,
  women_workers int NOT NULL,
  closed_on date,
  updated_on date NOT NULL,
  CONSTRAINT enterprise_pkey PRIMARY KEY (code),
  CONSTRAINT enterprise_area_fkey FOREIGN KEY (area_id) REFERENCES app.org (id),
  CONSTRAINT enterprise_kind_check CHECK (kind IN ('机关事业单位', '公有制企业', '非公有制企业', '社会组织')),
  CONSTRAINT enterprise_heads_check CHECK (women_workers BETWEEN 0 AND workers)
);
CREATE INDEX enterprise_area ON app.enterprise (area_id);
COMMENT ON TABLE app.enterprise IS 'the city''s register of employers by credit code (GB 32100), as it was last brought in';
COMMENT ON COLUMN app.enterprise.area_id IS 'district or sub-district where it sits: to whom it is shown while no union covers it';
COMMENT ON COLUMN app.enterprise.closed_on IS 'struck off the register on that day';

CREATE TABLE app.org_employer (
  org_id int NOT NULL,
  code text COLLATE "C" NOT NULL,
  from_on date NOT NULL,
  until_on date,
  CONSTRAINT org_employer_pkey PRIMARY KEY (org_id, code, from_on),
  CONSTRAINT org_employer_org_fkey FOREIGN KEY (org_id) REFERENCES app.org (id),
  CONSTRAINT org_employer_code_fkey FOREIGN KEY (code) REFERENCES app.enterprise (code),
  CONSTRAINT org_employer_days_check CHECK (from_on <= until_on),
  CONSTRAINT org_employer_once EXCLUDE USING gist (org_id WITH =, code WITH =, daterange(from_on, until_on) WITH &&)
);
CREATE INDEX org_employer_of ON app.org_employer (code);
COMMENT ON TABLE app.org_employer IS 'which employers a union covers, since when: one for most, many for a joint union. until_on is the first day on which it no longer does';

ALTER TABLE app.enterprise ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE app.org_employer ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
GRANT SELECT, INSERT, UPDATE ON app.enterprise, app.org_employer TO app;
CREATE POLICY enterprise_read ON app.enterprise FOR SELECT TO app USING (true);
CREATE POLICY enterprise_insert ON app.enterprise FOR INSERT TO app WITH CHECK (EXISTS (SELECT FROM app.org o WHERE o.tier = 'city'
  AND o.scope_code = (SELECT current_setting('app.scope', true))));
CREATE POLICY enterprise_update ON app.enterprise FOR UPDATE TO app USING (EXISTS (SELECT FROM app.org o WHERE o.tier = 'city'
  AND o.scope_code = (SELECT current_setting('app.scope', true))));
CREATE POLICY org_employer_read ON app.org_employer FOR SELECT TO app USING (true);
CREATE POLICY org_employer_insert ON app.org_employer FOR INSERT TO app WITH CHECK (EXISTS (SELECT FROM app.org o WHERE o.id = org_employer.org_id
  AND o.scope_code >= (SELECT current_setting('app.scope', true)) AND o.scope_code < (SELECT current_setting('app.scope_end', true))));
CREATE POLICY org_employer_update ON app.org_employer FOR UPDATE TO app USING (EXISTS (SELECT FROM app.org o WHERE o.id = org_employer.org_id
  AND o.scope_code >= (SELECT current_setting('app.scope', true)) AND o.scope_code < (SELECT current_setting('app.scope_end', true))));

-- When a unit was founded by which document; into which it was merged, so that its code goes on resolving.
ALTER TABLE app.org ADD founded_on date, ADD approval_no text, ADD successor_id int,
  ADD CONSTRAINT org_successor_fkey FOREIGN KEY (successor_id) REFERENCES app.org (id);
COMMENT ON COLUMN app.org.successor_id IS 'the unit into which this one was merged: it holds its records now; a closed unit without one was never founded after all';

-- A committee whose director has left and is not yet followed by another.
ALTER TABLE app.committee_terms ADD director_left_on date;
ALTER TABLE app.org_committee ADD vacant_since date;
COMMENT ON COLUMN app.org_committee.vacant_since IS 'the director left on that day and nobody followed yet';

CREATE OR REPLACE FUNCTION app.seat_committees(units int[]) RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  DELETE FROM app.org_committee k WHERE k.org_id = ANY (units) AND k.record_id IS NOT NULL;
  INSERT INTO app.org_committee (org_id, form, director, term_no, founded_on, term_from_on, term_until_on, record_id, vacant_since)
  SELECT DISTINCT ON (r.org_id) r.org_id, CASE c.form WHEN '女职工委员会' THEN 'committee' ELSE 'delegate' END,
    t.director, t.term_no, c.founded_on, t.from_on, t.until_on, r.id, t.director_left_on
  FROM app.record r JOIN app.committee c ON c.district_id = r.district_id AND c.record_id = r.id
    JOIN app.committee_terms t ON t.district_id = r.district_id AND t.record_id = r.id
  WHERE r.org_id = ANY (units) AND r.state = 'accepted' AND c.dissolved_on IS NULL
  ORDER BY r.org_id, t.from_on DESC, c.founded_on DESC
  ON CONFLICT ON CONSTRAINT org_committee_pkey DO UPDATE SET form = excluded.form, director = excluded.director, term_no = excluded.term_no,
    founded_on = excluded.founded_on, term_from_on = excluded.term_from_on, term_until_on = excluded.term_until_on, record_id = excluded.record_id,
    vacant_since = excluded.vacant_since
$$;

-- Units are reminded of terms that end, and by those above of what is missing.
ALTER TABLE app.due_reminder DROP CONSTRAINT due_reminder_kind_check;
ALTER TABLE app.due_reminder ADD CONSTRAINT due_reminder_kind_check CHECK (kind IN ('plan', 'assessment', 'committee', 'gap'));
COMMENT ON COLUMN app.due_reminder.subject_id IS 'the plan item, the assessment, the record of the committee; all zeros where there is none';
COMMENT ON COLUMN app.due_reminder.col IS 'column of the assessment; of a committee the days before its term ends; of a gap which one';
