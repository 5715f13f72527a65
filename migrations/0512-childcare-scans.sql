-- why: whoever judges a class from above reads that there is a paper of safety, and could not look at it
ALTER TABLE app.childcare_paper ADD COLUMN scan_name text, ADD COLUMN scan_type text, ADD COLUMN scan_bytes int, ADD COLUMN scan_hash text,
  ADD COLUMN scan_by uuid, ADD COLUMN scan_at timestamptz;
ALTER TABLE app.childcare_paper ADD CONSTRAINT childcare_paper_scan_check CHECK (num_nonnulls(scan_name, scan_type, scan_bytes, scan_hash, scan_by, scan_at) IN (0, 6));
COMMENT ON TABLE app.childcare_paper IS 'evidence of safety: which paper of whom, until when it holds, and its scan; the paper itself stays with the unit';
COMMENT ON COLUMN app.childcare_paper.scan_hash IS 'SHA-256 of the stored scan: its file name, and the proof that it is still the same; null = no scan of this paper';
COMMENT ON COLUMN app.childcare_paper.scan_by IS 'the account that stored the scan';
CREATE INDEX childcare_paper_scan ON app.childcare_paper (scan_hash) WHERE scan_hash IS NOT NULL;
GRANT UPDATE (scan_name, scan_type, scan_bytes, scan_hash, scan_by, scan_at) ON app.childcare_paper TO app;

-- As in 0120; besides, scans of papers.
CREATE OR REPLACE FUNCTION app.evidence_kept(hashes text[]) RETURNS SETOF text LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$ BEGIN
  RETURN QUERY SELECT e.hash FROM app.evidence e WHERE e.hash = ANY (hashes)
    UNION SELECT f.hash FROM app.bulletin_file f WHERE f.hash = ANY (hashes) AND (f.bulletin_id IS NOT NULL OR f.at > now() - interval '25 hours')
    UNION SELECT p.scan_hash FROM app.childcare_paper p WHERE p.scan_hash = ANY (hashes);
END $$;
CREATE OR REPLACE FUNCTION app.evidence_spent(who uuid, hours int) RETURNS bigint LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$ BEGIN
  RETURN (SELECT coalesce(sum(s.bytes), 0) FROM (
    SELECT e.bytes FROM app.evidence e WHERE e.account_id = who AND e.at > now() - make_interval(hours => hours)
    UNION ALL SELECT f.bytes FROM app.bulletin_file f WHERE f.account_id = who AND f.at > now() - make_interval(hours => hours)
    UNION ALL SELECT p.scan_bytes FROM app.childcare_paper p WHERE p.scan_by = who AND p.scan_at > now() - make_interval(hours => hours)) s);
END $$;
CREATE FUNCTION app.childcare_scan_hashes() RETURNS TABLE (id uuid, hash text) LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$ BEGIN
  RETURN QUERY SELECT p.class_id, p.scan_hash FROM app.childcare_paper p WHERE p.scan_hash IS NOT NULL;
END $$;
COMMENT ON FUNCTION app.childcare_scan_hashes IS 'hashes of all scans of papers of safety, without their names: verify compares them with what is stored';
REVOKE ALL ON FUNCTION app.childcare_scan_hashes FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.childcare_scan_hashes TO app;
