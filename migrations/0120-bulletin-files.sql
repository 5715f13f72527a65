-- why: a notice comes with documents; they lie with the evidence files, named by their own hash, and are read by whoever may read the notice

CREATE TABLE app.bulletin_file (
  id uuid NOT NULL,
  bulletin_id uuid,
  org_id int NOT NULL,
  name text NOT NULL,
  type text NOT NULL,
  bytes int NOT NULL,
  hash text NOT NULL,
  account_id uuid NOT NULL,
  at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT bulletin_file_pkey PRIMARY KEY (id),
  CONSTRAINT bulletin_file_bulletin_fkey FOREIGN KEY (bulletin_id) REFERENCES app.bulletin (id),
  CONSTRAINT bulletin_file_org_fkey FOREIGN KEY (org_id) REFERENCES app.org (id)
);
CREATE INDEX bulletin_file_bulletin ON app.bulletin_file (bulletin_id) WHERE bulletin_id IS NOT NULL;
CREATE INDEX bulletin_file_account ON app.bulletin_file (account_id, at);
CREATE INDEX bulletin_file_hash ON app.bulletin_file (hash);
COMMENT ON TABLE app.bulletin_file IS 'a document that comes with a notice; once that is published it changes no more';
COMMENT ON COLUMN app.bulletin_file.bulletin_id IS 'null until the notice is published; what is not published within a day goes';
COMMENT ON COLUMN app.bulletin_file.hash IS 'SHA-256 of the stored bytes: their file name, and the proof that they are still the same';

ALTER TABLE app.bulletin_file ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
GRANT SELECT, INSERT, UPDATE, DELETE ON app.bulletin_file TO app;
-- With the notice: its policy applies inside EXISTS. Before it is published, to the unit that brings it alone.
CREATE POLICY bulletin_file_seen ON app.bulletin_file FOR SELECT TO app USING (
  CASE WHEN bulletin_id IS NULL THEN EXISTS (SELECT FROM app.org o WHERE o.id = bulletin_file.org_id
      AND o.scope_code = (SELECT current_setting('app.scope', true)))
    ELSE EXISTS (SELECT FROM app.bulletin b WHERE b.id = bulletin_file.bulletin_id) END);
CREATE POLICY bulletin_file_insert ON app.bulletin_file FOR INSERT TO app WITH CHECK (bulletin_id IS NULL
  AND EXISTS (SELECT FROM app.org o WHERE o.id = bulletin_file.org_id AND o.scope_code = (SELECT current_setting('app.scope', true))));
CREATE POLICY bulletin_file_publish ON app.bulletin_file FOR UPDATE TO app USING (bulletin_id IS NULL
    AND EXISTS (SELECT FROM app.org o WHERE o.id = bulletin_file.org_id AND o.scope_code = (SELECT current_setting('app.scope', true))))
  WITH CHECK (EXISTS (SELECT FROM app.bulletin b WHERE b.id = bulletin_file.bulletin_id AND b.org_id = bulletin_file.org_id));
CREATE POLICY bulletin_file_drop ON app.bulletin_file FOR DELETE TO app USING (bulletin_id IS NULL
  AND EXISTS (SELECT FROM app.org o WHERE o.id = bulletin_file.org_id AND o.scope_code = (SELECT current_setting('app.scope', true))));

CREATE OR REPLACE FUNCTION app.evidence_kept(hashes text[]) RETURNS SETOF text LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$ BEGIN
  RETURN QUERY SELECT e.hash FROM app.evidence e WHERE e.hash = ANY (hashes)
    UNION SELECT f.hash FROM app.bulletin_file f WHERE f.hash = ANY (hashes) AND (f.bulletin_id IS NOT NULL OR f.at > now() - interval '25 hours');
END $$;
CREATE OR REPLACE FUNCTION app.evidence_spent(who uuid, hours int) RETURNS bigint LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$ BEGIN
  RETURN (SELECT coalesce(sum(s.bytes), 0) FROM (
    SELECT e.bytes FROM app.evidence e WHERE e.account_id = who AND e.at > now() - make_interval(hours => hours)
    UNION ALL SELECT f.bytes FROM app.bulletin_file f WHERE f.account_id = who AND f.at > now() - make_interval(hours => hours)) s);
END $$;
CREATE FUNCTION app.bulletin_hashes() RETURNS TABLE (id uuid, hash text) LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$ BEGIN
  RETURN QUERY SELECT f.id, f.hash FROM app.bulletin_file f WHERE f.bulletin_id IS NOT NULL;
END $$;
COMMENT ON FUNCTION app.bulletin_hashes IS 'hashes of all documents of notices, without their names: verify compares them with what is stored';
REVOKE ALL ON FUNCTION app.bulletin_hashes FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.bulletin_hashes TO app;
