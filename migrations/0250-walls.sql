-- why: what was asked and paid for a woman in hardship is in her copy, of an entry merged into hers too; an erasure or purge waits for a file or a payment that is not settled; what a bank wrote goes with her
ALTER POLICY hardship_file_read ON app.hardship_file USING (
  person_id IN (SELECT p.id FROM app.person p WHERE p.id = (SELECT app.me()) OR p.merged_into = (SELECT app.me()))
  OR (SELECT app.handles_hardship()) AND nullif(current_setting('app.unit', true), '')::int IN (org_id, centre_id));
CREATE POLICY hardship_line_hers ON app.hardship_line FOR SELECT TO app USING (EXISTS (SELECT FROM app.hardship_aid a
  WHERE a.id = aid_id AND a.person_id IN (SELECT p.id FROM app.person p WHERE p.id = (SELECT app.me()) OR p.merged_into = (SELECT app.me()))));
ALTER POLICY honour_nomination_hers ON app.honour_nomination USING (
  person_id IN (SELECT p.id FROM app.person p WHERE p.id = (SELECT app.me()) OR p.merged_into = (SELECT app.me())));
ALTER POLICY honour_story_hers ON app.honour_story USING (
  person_id IN (SELECT p.id FROM app.person p WHERE p.id = (SELECT app.me()) OR p.merged_into = (SELECT app.me())));

CREATE FUNCTION app.is_unsettled(who uuid) RETURNS boolean LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, pg_temp AS $$ DECLARE hers uuid[]; BEGIN
  SELECT array_agg(p.id) INTO hers FROM app.person p WHERE p.id = who OR p.merged_into = who;
  RETURN EXISTS (SELECT FROM app.hardship_file f WHERE f.person_id = ANY (hers) AND f.state NOT IN ('closed', 'refused', 'withdrawn'))
    OR EXISTS (SELECT FROM app.hardship_aid a WHERE a.person_id = ANY (hers) AND a.state NOT IN ('paid', 'refused'));
END $$;
COMMENT ON FUNCTION app.is_unsettled IS 'whether a file of hers is live or aid to her is on its way: the bank could not be told of her any more, nor the file be closed';
REVOKE ALL ON FUNCTION app.is_unsettled FROM PUBLIC;
CREATE INDEX hardship_file_person ON app.hardship_file (person_id);
CREATE INDEX hardship_aid_person ON app.hardship_aid (person_id);

-- As in 0220; besides, what a bank wrote of a payment that failed.
CREATE OR REPLACE FUNCTION app.forget_hardship(hers uuid[]) RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$ BEGIN
  DELETE FROM app.hardship_kin k USING app.hardship_file f WHERE f.id = k.file_id AND f.person_id = ANY (hers);
  DELETE FROM app.hardship_claim c USING app.hardship_aid a WHERE a.id = c.aid_id AND a.person_id = ANY (hers);
  UPDATE app.hardship_result r SET outcome = NULL WHERE r.person_id = ANY (hers);
  UPDATE app.hardship_step s SET note = NULL FROM app.hardship_file f WHERE f.id = s.file_id AND f.person_id = ANY (hers);
  UPDATE app.hardship_line l SET fault = '（已删除）' FROM app.hardship_aid a WHERE a.id = l.aid_id AND l.fault IS NOT NULL AND a.person_id = ANY (hers);
  UPDATE app.hardship_aid a SET receipt_by = CASE WHEN a.receipt_by IS NOT NULL THEN '（已删除）' END, answer = NULL WHERE a.person_id = ANY (hers);
  UPDATE app.hardship_file f SET household = NULL, result = NULL, visitors = NULL WHERE f.person_id = ANY (hers);
END $$;

-- As in 0055; besides, what is not settled of her.
CREATE OR REPLACE FUNCTION app.grant_erasure(request uuid, account uuid, on_day date) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE r record; held date;
BEGIN
  SELECT q.* INTO r FROM app.person_request q JOIN app.person p ON p.id = q.person_id JOIN app.org o ON o.id = p.org_id
    WHERE q.id = request AND q.kind = 'erase' AND q.state = 'open' AND o.scope_code >= current_setting('app.scope', true)
      AND o.scope_code < current_setting('app.scope_end', true) FOR UPDATE OF q;
  IF NOT FOUND OR NOT app.in_post('cadre') THEN RETURN 'gone'; END IF;
  held := app.held_until(r.person_id, on_day);
  IF held IS NOT NULL THEN RETURN held::text; END IF;
  IF app.is_unsettled(r.person_id) THEN RETURN 'unsettled'; END IF;
  UPDATE app.person_request q SET state = 'done', decided_by = account, decided_person = app.me(), decided_at = now() WHERE q.id = request;
  PERFORM app.forget_person(r.person_id);
  RETURN 'done';
END $$;
COMMENT ON FUNCTION app.grant_erasure IS 'done, gone (none that waits), unsettled (a file or payment first), or the day to which she is held: then nothing is destroyed';

-- As in 0055; besides, who has something unsettled stays whole.
CREATE OR REPLACE FUNCTION app.purge_persons(kept jsonb, on_day date, at timestamptz) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE gone uuid; persons int := 0; accesses int := 0; consents int := 0; holds int := 0; stranger text;
BEGIN
  SELECT k INTO stranger FROM jsonb_object_keys(kept) k WHERE k NOT IN ('person', 'person_access', 'consent', 'person_hold');
  IF stranger IS NOT NULL THEN RAISE EXCEPTION 'no purge is known for %', stranger; END IF;
  -- Whatever clock the program has: nothing younger than two years goes (统计法实施条例 第二十二条).
  FOR gone IN SELECT p.id FROM app.person p WHERE p.state = 'active'
    AND app.held_until(p.id, on_day) IS NULL
    AND NOT app.is_unsettled(p.id)
    AND NOT EXISTS (SELECT FROM app.person_request q JOIN app.person f ON f.id IN (q.person_id, q.other_id)
      WHERE (f.id = p.id OR f.merged_into = p.id) AND q.state = 'open')
    AND (SELECT max(coalesce(m.until_on, 'infinity')) FROM app.membership m JOIN app.person f ON f.id = m.person_id
      WHERE f.id = p.id OR f.merged_into = p.id)
      < least(on_day - make_interval(years => (kept ->> 'person')::int), current_date - interval '2 years')::date
    FOR UPDATE OF p SKIP LOCKED LOOP
    PERFORM app.forget_person(gone);
    persons := persons + 1;
  END LOOP;
  WITH d AS (DELETE FROM app.person_access a
    WHERE a.at < least(purge_persons.at - make_interval(years => (kept ->> 'person_access')::int), now() - interval '2 years')
      AND app.held_until(a.person_id, on_day) IS NULL RETURNING 1) SELECT count(*) INTO accesses FROM d;
  WITH d AS (DELETE FROM app.consent c
    WHERE c.withdrawn_at < least(purge_persons.at - make_interval(years => (kept ->> 'consent')::int), now() - interval '2 years')
      AND app.held_until(c.person_id, on_day) IS NULL RETURNING 1) SELECT count(*) INTO consents FROM d;
  WITH d AS (DELETE FROM app.person_hold h
    WHERE least(coalesce(h.lifted_at, 'infinity'), (h.until_on + 1)::timestamptz)
      < least(purge_persons.at - make_interval(years => (kept ->> 'person_hold')::int), now() - interval '2 years')
      AND app.held_until(h.person_id, on_day) IS NULL RETURNING 1) SELECT count(*) INTO holds FROM d;
  RETURN jsonb_build_object('person', persons, 'person_access', accesses, 'consent', consents, 'person_hold', holds);
END $$;
