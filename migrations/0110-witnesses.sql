-- why: whoever works with the books keeps their head; at her next sign-in her browser checks that today's books continue it, without reading what stands in them
ALTER TABLE app.audit_head ADD COLUMN link text NOT NULL DEFAULT repeat('0', 64);
COMMENT ON COLUMN app.audit_head.link IS 'SHA-256 over the link before and the hash of the row, from 64 zeros on: binds every row of the stream and tells nothing of any. The same in every profile, since a browser computes it';

DO $$ DECLARE h record; a record; told text;
BEGIN
  FOR h IN SELECT district_id FROM app.audit_head LOOP
    told := repeat('0', 64);
    FOR a IN SELECT hash FROM app.audit WHERE district_id = h.district_id ORDER BY seq LOOP
      told := encode(sha256(convert_to(told || a.hash, 'UTF8')), 'hex');
    END LOOP;
    UPDATE app.audit_head SET link = told WHERE district_id = h.district_id;
  END LOOP;
END $$;

CREATE FUNCTION app.audit_hashes(stream int, after bigint, until bigint) RETURNS TABLE (hash text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$ BEGIN
  RETURN QUERY SELECT a.hash FROM app.audit a WHERE a.district_id = stream AND a.seq > after AND a.seq <= until
    AND EXISTS (SELECT FROM app.org o WHERE o.id = nullif(current_setting('app.unit', true), '')::int
      AND (o.district_id = stream OR o.tier = 'city')) ORDER BY a.seq;
END $$;
COMMENT ON FUNCTION app.audit_hashes IS 'hashes of the rows of one''s own stream, of the city any, after one and up to another; no row is read by it';
REVOKE ALL ON FUNCTION app.audit_hashes FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.audit_hashes TO app;

CREATE TABLE app.audit_doubt (
  district_id int NOT NULL,
  id uuid NOT NULL,
  account_id uuid NOT NULL,
  org_id int NOT NULL,
  kept_seq bigint NOT NULL,
  kept_link text NOT NULL,
  kept_at timestamptz NOT NULL,
  now_seq bigint NOT NULL,
  now_link text NOT NULL,
  told_at timestamptz NOT NULL DEFAULT now(),
  finding text,
  settled_by uuid,
  settled_at timestamptz,
  CONSTRAINT audit_doubt_pkey PRIMARY KEY (district_id, id),
  CONSTRAINT audit_doubt_once_key UNIQUE (district_id, account_id, kept_seq, kept_link),
  CONSTRAINT audit_doubt_account_fkey FOREIGN KEY (account_id) REFERENCES app.account (id),
  CONSTRAINT audit_doubt_org_fkey FOREIGN KEY (org_id) REFERENCES app.org (id),
  CONSTRAINT audit_doubt_settled_check CHECK ((settled_at IS NULL) = (settled_by IS NULL) AND (settled_at IS NULL) = (finding IS NULL))
);
COMMENT ON TABLE app.audit_doubt IS 'a browser found that the books do not continue the head that it kept; stands until the audit administrator has found out why';
COMMENT ON COLUMN app.audit_doubt.kept_link IS 'the link that the browser kept at kept_seq, as it says';
ALTER TABLE app.audit_doubt ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY audit_doubt_own ON app.audit_doubt FOR SELECT TO app
  USING (account_id IN (SELECT a.id FROM app.account a WHERE a.person_id = (SELECT app.me())));
CREATE POLICY audit_doubt_told ON app.audit_doubt FOR INSERT TO app
  WITH CHECK (account_id IN (SELECT a.id FROM app.account a WHERE a.person_id = (SELECT app.me())) AND settled_at IS NULL);
CREATE POLICY audit_doubt_watched ON app.audit_doubt FOR SELECT TO app USING ((SELECT app.in_post('auditAdmin')));
CREATE POLICY audit_doubt_settled ON app.audit_doubt FOR UPDATE TO app USING ((SELECT app.in_post('auditAdmin')));
GRANT SELECT, INSERT, UPDATE ON app.audit_doubt TO app;
