-- why: rows of a workbook wait here, checked, until they are committed: sealed, seen by who brought them alone, gone after a week
CREATE TABLE app.intake (
  district_id int NOT NULL,
  id uuid NOT NULL,
  target text NOT NULL,
  org_id int NOT NULL,
  account_id uuid NOT NULL,
  person_id uuid NOT NULL,
  wrapped bytea NOT NULL,
  head bytea NOT NULL,
  state text NOT NULL DEFAULT 'open',
  version int NOT NULL DEFAULT 1,
  made_at timestamptz NOT NULL DEFAULT now(),
  committed_at timestamptz,
  CONSTRAINT intake_pkey PRIMARY KEY (district_id, id),
  CONSTRAINT intake_org_fkey FOREIGN KEY (org_id) REFERENCES app.org (id),
  CONSTRAINT intake_account_fkey FOREIGN KEY (account_id) REFERENCES app.account (id),
  CONSTRAINT intake_state_check CHECK (state IN ('open', 'committed', 'undone')),
  CONSTRAINT intake_committed_check CHECK ((state = 'open') = (committed_at IS NULL))
);
CREATE INDEX intake_person ON app.intake (person_id, made_at);
COMMENT ON TABLE app.intake IS 'a workbook on its way in';
COMMENT ON COLUMN app.intake.wrapped IS 'the data key of this workbook, wrapped by the key ring; with it what the rows say goes';
COMMENT ON COLUMN app.intake.head IS 'sealed: name of the file, headings, which column is which';

CREATE TABLE app.intake_row (
  district_id int NOT NULL,
  intake_id uuid NOT NULL,
  sheet smallint NOT NULL,
  line int NOT NULL,
  state text NOT NULL,
  body bytea NOT NULL,
  made text,
  CONSTRAINT intake_row_pkey PRIMARY KEY (district_id, intake_id, sheet, line),
  CONSTRAINT intake_row_intake_fkey FOREIGN KEY (district_id, intake_id) REFERENCES app.intake (district_id, id) ON DELETE CASCADE,
  CONSTRAINT intake_row_state_check CHECK (state IN ('right', 'warned', 'wrong', 'same', 'done'))
);
COMMENT ON COLUMN app.intake_row.line IS 'row in the file';
COMMENT ON COLUMN app.intake_row.body IS 'sealed: the cells, what was typed over them, what is to be said about them';
COMMENT ON COLUMN app.intake_row.made IS 'what the row became';

DO $$ DECLARE t text; BEGIN
  FOREACH t IN ARRAY ARRAY['intake', 'intake_row'] LOOP
    EXECUTE format('ALTER TABLE app.%I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', t);
  END LOOP;
END $$;
CREATE POLICY intake_own ON app.intake TO app USING (
  person_id = (SELECT app.me()) AND org_id = nullif(current_setting('app.unit', true), '')::int);
CREATE POLICY intake_row_own ON app.intake_row TO app USING (
  EXISTS (SELECT FROM app.intake i WHERE i.district_id = intake_row.district_id AND i.id = intake_row.intake_id));
GRANT SELECT, INSERT, UPDATE, DELETE ON app.intake, app.intake_row TO app;

CREATE FUNCTION app.purge_intakes(before timestamptz) RETURNS int LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE n int;
BEGIN
  -- Whatever the program asks for: nobody loses a week's work before the week is over.
  DELETE FROM app.intake i WHERE i.made_at < least(before, now() - interval '7 days');
  GET DIAGNOSTICS n = ROW_COUNT;
  RETURN n;
END $$;
COMMENT ON FUNCTION app.purge_intakes IS 'takes workbooks away that were brought before an instant, with their keys';

CREATE FUNCTION app.find_persons(wanted bytea[]) RETURNS TABLE (wanted_index bytea, place text, id uuid)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF NOT app.in_post('cadre') THEN RETURN; END IF;
  RETURN QUERY SELECT f.id_index, CASE WHEN k.org_id = nullif(current_setting('app.unit', true), '')::int THEN 'own'
      WHEN o.scope_code >= current_setting('app.scope', true) AND o.scope_code < current_setting('app.scope_end', true) THEN 'scope'
      ELSE 'elsewhere' END,
    CASE WHEN o.scope_code >= current_setting('app.scope', true) AND o.scope_code < current_setting('app.scope_end', true) THEN k.id END
    FROM app.person f JOIN app.person k ON k.id = coalesce(f.merged_into, f.id) JOIN app.org o ON o.id = k.org_id
    WHERE f.id_index = ANY (wanted);
END $$;
COMMENT ON FUNCTION app.find_persons IS 'as find_person, for the numbers of a workbook';

CREATE FUNCTION app.unenter_persons(ids uuid[]) RETURNS SETOF uuid LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE gone uuid[];
BEGIN
  IF NOT app.in_post('cadre') THEN RETURN; END IF;
  -- Only what this person brought into this unit within a day and nobody has touched: else history would be lost.
  SELECT array_agg(p.id) INTO gone FROM app.person p
    WHERE p.id = ANY (ids) AND p.org_id = nullif(current_setting('app.unit', true), '')::int AND p.state = 'active' AND p.version = 1
      AND p.created_at > now() - interval '1 day'
      AND EXISTS (SELECT FROM app.intake_row r JOIN app.intake i ON i.district_id = r.district_id AND i.id = r.intake_id
        WHERE r.made = p.id::text AND i.person_id = app.me())
      AND NOT EXISTS (SELECT FROM app.person_access a WHERE a.person_id = p.id)
      AND NOT EXISTS (SELECT FROM app.consent c WHERE c.person_id = p.id)
      AND NOT EXISTS (SELECT FROM app.person_request q WHERE q.person_id = p.id OR q.other_id = p.id)
      AND NOT EXISTS (SELECT FROM app.person m WHERE m.merged_into = p.id)
      AND NOT EXISTS (SELECT FROM app.account a WHERE a.person_id = p.id)
      AND (SELECT count(*) FROM app.membership m WHERE m.person_id = p.id) = 1;
  DELETE FROM app.membership m WHERE m.person_id = ANY (gone);
  DELETE FROM app.person_key k WHERE k.person_id = ANY (gone);
  RETURN QUERY DELETE FROM app.person p WHERE p.id = ANY (gone) RETURNING p.id;
END $$;
COMMENT ON FUNCTION app.unenter_persons IS 'takes back persons of a workbook, within a day and untouched; returns those that went';
REVOKE ALL ON FUNCTION app.purge_intakes, app.find_persons, app.unenter_persons FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.purge_intakes, app.find_persons, app.unenter_persons TO app;
