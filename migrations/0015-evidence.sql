-- why: what proves a record (photos, lists, notices) hangs on it; the bytes lie beside the database, named by their own hash
CREATE TABLE app.evidence (
  district_id int NOT NULL,
  id uuid NOT NULL,
  record_id uuid,
  draft_id uuid,
  org_id int NOT NULL,
  name text NOT NULL,
  type text NOT NULL,
  bytes int NOT NULL,
  hash text NOT NULL,
  account_id uuid NOT NULL,
  at timestamptz NOT NULL DEFAULT now(),
  removed_by uuid,
  removed_at timestamptz,
  CONSTRAINT evidence_pkey PRIMARY KEY (district_id, id),
  CONSTRAINT evidence_record_fkey FOREIGN KEY (district_id, record_id) REFERENCES app.record (district_id, id),
  CONSTRAINT evidence_org_fkey FOREIGN KEY (org_id) REFERENCES app.org (id),
  CONSTRAINT evidence_account_fkey FOREIGN KEY (account_id) REFERENCES app.account (id),
  CONSTRAINT evidence_owner_check CHECK ((record_id IS NULL) <> (draft_id IS NULL)),
  CONSTRAINT evidence_removed_check CHECK ((removed_by IS NULL) = (removed_at IS NULL))
);
CREATE INDEX evidence_record ON app.evidence (record_id) WHERE record_id IS NOT NULL;
CREATE INDEX evidence_draft ON app.evidence (draft_id) WHERE draft_id IS NOT NULL;
CREATE INDEX evidence_account ON app.evidence (account_id, at);
CREATE INDEX evidence_hash ON app.evidence (hash);
COMMENT ON COLUMN app.evidence.draft_id IS 'until the first submission, which gives the record the draft''s id';
COMMENT ON COLUMN app.evidence.hash IS 'SHA-256 of the stored bytes: their file name, and the proof that they are still the same';
COMMENT ON COLUMN app.evidence.removed_at IS 'what a reviewer may have seen stays in the list, struck out; its bytes stay too';

-- Visible exactly when its record or draft is: their policies apply inside EXISTS.
ALTER TABLE app.evidence ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY evidence_of_owner ON app.evidence TO app USING (
  CASE WHEN record_id IS NULL THEN EXISTS (SELECT FROM app.proposal p WHERE p.id = evidence.draft_id)
    ELSE EXISTS (SELECT FROM app.record r WHERE r.district_id = evidence.district_id AND r.id = evidence.record_id) END);
GRANT SELECT, INSERT, UPDATE, DELETE ON app.evidence TO app;

CREATE FUNCTION app.evidence_kept(hashes text[]) RETURNS SETOF text LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$ BEGIN
  RETURN QUERY SELECT DISTINCT e.hash FROM app.evidence e WHERE e.hash = ANY (hashes);
END $$;
COMMENT ON FUNCTION app.evidence_kept IS 'which of some files still have a row, whoever may see it: the others may go';
CREATE FUNCTION app.evidence_spent(who uuid, hours int) RETURNS bigint LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$ BEGIN
  RETURN (SELECT coalesce(sum(e.bytes), 0) FROM app.evidence e WHERE e.account_id = who AND e.at > now() - make_interval(hours => hours));
END $$;
COMMENT ON FUNCTION app.evidence_spent IS 'bytes that an account stored in the last hours, wherever she sits now';
REVOKE ALL ON FUNCTION app.evidence_kept, app.evidence_spent FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.evidence_kept, app.evidence_spent TO app;
