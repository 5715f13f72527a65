-- why: what leaves the system as a file waits under a seal for who asked for it, a week; that it left stays known to the audit administrator

CREATE TABLE app.export (
  district_id int NOT NULL,
  id uuid NOT NULL,
  kind text NOT NULL,
  org_id int NOT NULL,
  account_id uuid NOT NULL,
  person_id uuid NOT NULL,
  post_id uuid NOT NULL,
  is_full boolean NOT NULL,
  title text NOT NULL,
  reason text NOT NULL,
  row_count int NOT NULL,
  state text NOT NULL DEFAULT 'waiting',
  fault text NOT NULL DEFAULT '',
  wrapped bytea,
  head bytea,
  byte_count int NOT NULL DEFAULT 0,
  asked_at timestamptz NOT NULL DEFAULT now(),
  ended_at timestamptz,
  CONSTRAINT export_pkey PRIMARY KEY (district_id, id),
  CONSTRAINT export_org_fkey FOREIGN KEY (org_id) REFERENCES app.org (id),
  CONSTRAINT export_account_fkey FOREIGN KEY (account_id) REFERENCES app.account (id),
  CONSTRAINT export_state_check CHECK (state IN ('waiting', 'ready', 'failed', 'gone')),
  CONSTRAINT export_key_check CHECK ((state = 'gone') = (wrapped IS NULL))
);
CREATE INDEX export_person ON app.export (person_id, asked_at DESC);
CREATE INDEX export_asked ON app.export (asked_at DESC);
COMMENT ON TABLE app.export IS 'a file that somebody asked for; the row stays when the file is gone, for the audit of what left';
COMMENT ON COLUMN app.export.is_full IS 'with sealed values instead of their masks';
COMMENT ON COLUMN app.export.title IS 'kind of thing in words, never what it says';
COMMENT ON COLUMN app.export.wrapped IS 'the data key of this file, wrapped by the key ring; with it the file goes';
COMMENT ON COLUMN app.export.head IS 'sealed: what was asked, name of the file';

CREATE TABLE app.export_part (
  district_id int NOT NULL,
  export_id uuid NOT NULL,
  part int NOT NULL,
  body bytea NOT NULL,
  CONSTRAINT export_part_pkey PRIMARY KEY (district_id, export_id, part),
  CONSTRAINT export_part_export_fkey FOREIGN KEY (district_id, export_id) REFERENCES app.export (district_id, id)
);
COMMENT ON TABLE app.export_part IS 'the file in pieces, sealed';

DO $$ DECLARE t text; BEGIN
  FOREACH t IN ARRAY ARRAY['export', 'export_part'] LOOP
    EXECUTE format('ALTER TABLE app.%I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', t);
  END LOOP;
END $$;
CREATE POLICY export_own ON app.export TO app USING (
  person_id = (SELECT app.me()) AND org_id = nullif(current_setting('app.unit', true), '')::int);
CREATE POLICY export_watched ON app.export FOR SELECT TO app USING ((SELECT app.in_post('auditAdmin')));
CREATE POLICY export_part_own ON app.export_part TO app USING (EXISTS (SELECT FROM app.export e
  WHERE e.district_id = export_part.district_id AND e.id = export_part.export_id AND e.person_id = (SELECT app.me())));
GRANT SELECT, INSERT, UPDATE ON app.export TO app;
GRANT SELECT, INSERT, DELETE ON app.export_part TO app;

CREATE FUNCTION app.begin_export(of_district int, of_id uuid) RETURNS TABLE (account_id uuid, person_id uuid, name text, post_id uuid, role text,
  org_id int, org_code text, org_name text, short_name text, tier text, scope_code text, district_id int)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE a record;
BEGIN
  IF NOT app.at_door() THEN RETURN; END IF;
  SELECT x.account_id AS aid, c.person_id AS pid, c.name AS who, p.id AS post, p.role AS what, o.* INTO a
  FROM app.export x JOIN app.account c ON c.id = x.account_id JOIN app.post p ON p.id = x.post_id AND p.account_id = c.id
  JOIN app.org o ON o.id = p.org_id AND o.id = x.org_id
  WHERE x.district_id = of_district AND x.id = of_id AND x.state = 'waiting' AND c.disabled_at IS NULL
    AND p.from_on <= current_date AND coalesce(p.until_on, 'infinity') >= current_date;
  IF NOT FOUND THEN RETURN; END IF;
  INSERT INTO app.context VALUES (pg_backend_pid(), pg_current_xact_id(), a.pid, a.post, a.scope_code, a.scope_code || '~')
  ON CONFLICT (pid) DO UPDATE SET xid = EXCLUDED.xid, person_id = EXCLUDED.person_id, post_id = EXCLUDED.post_id,
    scope = EXCLUDED.scope, scope_end = EXCLUDED.scope_end;
  RETURN QUERY SELECT a.aid, a.pid, a.who, a.post, a.what, a.id, a.org_code, a.name, a.short_name, a.tier, a.scope_code::text, a.district_id;
END $$;
COMMENT ON FUNCTION app.begin_export IS 'as app.begin, for the job that makes a file that still waits: in the post of who asked for it, while she holds it; for the server''s own code alone';

CREATE FUNCTION app.purge_exports(before timestamptz) RETURNS int LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE n int; kept timestamptz := least(before, now() - interval '7 days');
BEGIN
  DELETE FROM app.export_part p USING app.export x WHERE x.district_id = p.district_id AND x.id = p.export_id AND x.asked_at < kept;
  UPDATE app.export SET state = 'gone', wrapped = NULL, head = NULL, ended_at = coalesce(ended_at, now()) WHERE asked_at < kept AND state <> 'gone';
  GET DIAGNOSTICS n = ROW_COUNT;
  DELETE FROM app.export WHERE asked_at < now() - interval '3 years';
  RETURN n;
END $$;
COMMENT ON FUNCTION app.purge_exports IS 'takes files away that were asked for before an instant, with their keys; what left stays known for three years';
REVOKE ALL ON FUNCTION app.begin_export, app.purge_exports FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.begin_export, app.purge_exports TO app;
