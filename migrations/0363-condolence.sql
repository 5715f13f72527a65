-- why: the condolence money after a screening is an aid without a file: applied for with a consent of its own, sealed, checked, approved and paid by four people, once a woman in a plan; what she has is nowhere
ALTER TABLE app.consent DROP CONSTRAINT consent_purpose_check;
ALTER TABLE app.consent ADD CONSTRAINT consent_purpose_check CHECK (purpose IN ('screening', 'hardship', 'condolence', 'matchmaking', 'childcare', 'publication', 'handOver'));

ALTER TABLE app.hardship_aid ALTER file_id DROP NOT NULL, ADD claim bytea;
ALTER TABLE app.hardship_aid DROP CONSTRAINT hardship_aid_kind_check;
ALTER TABLE app.hardship_aid ADD CONSTRAINT hardship_aid_kind_check CHECK (kind IN ('生活', '医疗', '助学', '慰问', '姐妹献爱心', '两癌慰问金')),
  ADD CONSTRAINT hardship_aid_claim_check CHECK ((file_id IS NULL) = (kind = '两癌慰问金') AND (file_id IS NULL OR claim IS NULL));
COMMENT ON COLUMN app.hardship_aid.claim IS 'sealed, of 两癌慰问金 alone: what it cost her and her account; no field of it holds a finding';
ALTER TABLE app.hardship DROP CONSTRAINT hardship_aid_kind_check;
ALTER TABLE app.hardship ADD CONSTRAINT hardship_aid_kind_check CHECK (aid_kind IN ('生活', '医疗', '助学', '慰问', '姐妹献爱心', '两癌慰问金'));
INSERT INTO app.indicator (id, code, unit, scale, kind, nature) VALUES
  (66, 'screening.grants', '人', 0, 'person', 'flow'),
  (67, 'screening.grantMoney', '元', 2, 'money', 'flow');

-- An aid without a file has the same readers as a file: herself, and who is named in her unit or in the aid centre.
CREATE FUNCTION app.handles_aid(file uuid, org int, centre int) RETURNS boolean LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
  SELECT CASE WHEN file IS NOT NULL THEN EXISTS (SELECT FROM app.hardship_file f WHERE f.id = file)
    ELSE app.handles_hardship() AND nullif(current_setting('app.unit', true), '')::int IN (org, centre) END
$$;
COMMENT ON FUNCTION app.handles_aid IS 'whether who acts reads an aid as a named handler; by its file where it has one';
REVOKE ALL ON FUNCTION app.handles_aid FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.handles_aid TO app;
ALTER POLICY hardship_aid_read ON app.hardship_aid USING (app.handles_aid(file_id, org_id, centre_id)
  OR file_id IS NULL AND person_id IN (SELECT p.id FROM app.person p WHERE p.id = (SELECT app.me()) OR p.merged_into = (SELECT app.me())));
ALTER POLICY hardship_aid_insert ON app.hardship_aid WITH CHECK ((SELECT app.handles_hardship())
  AND entered_person = (SELECT app.me()) AND app.handles_aid(file_id, org_id, centre_id)
  AND (file_id IS NOT NULL OR org_id = nullif(current_setting('app.unit', true), '')::int AND person_id <> (SELECT app.me())));
ALTER POLICY hardship_aid_update ON app.hardship_aid USING ((SELECT app.handles_hardship())
  AND app.handles_aid(file_id, org_id, centre_id) AND (file_id IS NOT NULL OR person_id <> (SELECT app.me())));

-- As in 0250; besides, what is sealed of an aid without a file.
CREATE OR REPLACE FUNCTION app.forget_hardship(hers uuid[]) RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$ BEGIN
  DELETE FROM app.hardship_kin k USING app.hardship_file f WHERE f.id = k.file_id AND f.person_id = ANY (hers);
  DELETE FROM app.hardship_claim c USING app.hardship_aid a WHERE a.id = c.aid_id AND a.person_id = ANY (hers);
  UPDATE app.hardship_result r SET outcome = NULL WHERE r.person_id = ANY (hers);
  UPDATE app.hardship_step s SET note = NULL FROM app.hardship_file f WHERE f.id = s.file_id AND f.person_id = ANY (hers);
  UPDATE app.hardship_line l SET fault = '（已删除）' FROM app.hardship_aid a WHERE a.id = l.aid_id AND l.fault IS NOT NULL AND a.person_id = ANY (hers);
  UPDATE app.hardship_aid a SET claim = NULL, receipt_by = CASE WHEN a.receipt_by IS NOT NULL THEN '（已删除）' END, answer = NULL WHERE a.person_id = ANY (hers);
  UPDATE app.hardship_file f SET household = NULL, result = NULL, visitors = NULL WHERE f.person_id = ANY (hers);
END $$;
