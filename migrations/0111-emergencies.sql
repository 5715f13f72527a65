-- why: where life or the law cannot wait, a cadre above opens what only her own unit may; with a reason, once, at once known to all whom it concerns, and reviewed by another
CREATE TABLE app.person_emergency (
  id uuid NOT NULL,
  person_id uuid NOT NULL,
  of_org int NOT NULL,
  org_id int NOT NULL,
  account_id uuid NOT NULL,
  actor_person uuid NOT NULL,
  kind text NOT NULL,
  reason text NOT NULL,
  fields text[] NOT NULL,
  asked_at timestamptz NOT NULL DEFAULT now(),
  until_at timestamptz NOT NULL,
  opened_at timestamptz,
  due_on date NOT NULL,
  verdict text,
  opinion text,
  reviewed_by uuid,
  reviewed_person uuid,
  reviewed_at timestamptz,
  CONSTRAINT person_emergency_pkey PRIMARY KEY (id),
  CONSTRAINT person_emergency_person_fkey FOREIGN KEY (person_id) REFERENCES app.person (id),
  CONSTRAINT person_emergency_of_fkey FOREIGN KEY (of_org) REFERENCES app.org (id),
  CONSTRAINT person_emergency_org_fkey FOREIGN KEY (org_id) REFERENCES app.org (id),
  CONSTRAINT person_emergency_kind_check CHECK (kind IN ('safety', 'rescue', 'disaster', 'justice')),
  CONSTRAINT person_emergency_verdict_check CHECK (verdict IN ('proper', 'misuse')),
  CONSTRAINT person_emergency_reviewed_check CHECK ((reviewed_at IS NULL) = (verdict IS NULL) AND (reviewed_at IS NULL) = (opinion IS NULL)
    AND (reviewed_at IS NULL) = (reviewed_person IS NULL)),
  CONSTRAINT person_emergency_second_check CHECK (reviewed_person <> actor_person),
  CONSTRAINT person_emergency_once_check CHECK (opened_at BETWEEN asked_at AND until_at)
);
CREATE UNIQUE INDEX person_emergency_one_open ON app.person_emergency (actor_person, person_id) WHERE reviewed_at IS NULL;
CREATE INDEX person_emergency_asked ON app.person_emergency (asked_at DESC);
CREATE INDEX person_emergency_person ON app.person_emergency (person_id);
COMMENT ON TABLE app.person_emergency IS '紧急查看: sealed values of a person opened once by a cadre of a unit above, within half an hour of asking; no second time before another has reviewed the first';
COMMENT ON COLUMN app.person_emergency.of_org IS 'unit of the person when it was asked';
COMMENT ON COLUMN app.person_emergency.org_id IS 'unit of whoever asked';
COMMENT ON COLUMN app.person_emergency.due_on IS 'last day for the review, three working days after';

ALTER TABLE app.person_emergency ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY person_emergency_hers ON app.person_emergency FOR SELECT TO app USING (
  person_id IN (SELECT p.id FROM app.person p WHERE p.id = (SELECT app.me()) OR p.merged_into = (SELECT app.me())));
CREATE POLICY person_emergency_own ON app.person_emergency FOR SELECT TO app USING (
  actor_person = (SELECT app.me()) AND org_id = nullif(current_setting('app.unit', true), '')::int);
CREATE POLICY person_emergency_holder ON app.person_emergency FOR SELECT TO app USING (
  (SELECT app.in_post('cadre')) AND of_org = nullif(current_setting('app.unit', true), '')::int);
CREATE POLICY person_emergency_watched ON app.person_emergency FOR SELECT TO app USING (
  (SELECT app.in_post('securityAdmin')) OR (SELECT app.in_post('auditAdmin')));
CREATE POLICY person_emergency_asked ON app.person_emergency FOR INSERT TO app WITH CHECK (
  (SELECT app.in_post('cadre')) AND actor_person = (SELECT app.me()) AND person_id <> (SELECT app.me())
  AND org_id = nullif(current_setting('app.unit', true), '')::int AND opened_at IS NULL AND reviewed_at IS NULL
  AND until_at <= asked_at + interval '30 minutes' AND EXISTS (SELECT FROM app.person p WHERE p.id = person_id));
CREATE POLICY person_emergency_opened ON app.person_emergency FOR UPDATE TO app USING (
  (SELECT app.in_post('cadre')) AND actor_person = (SELECT app.me()) AND opened_at IS NULL AND until_at >= now())
  WITH CHECK (actor_person = (SELECT app.me()) AND reviewed_at IS NULL);
CREATE POLICY person_emergency_reviewed ON app.person_emergency FOR UPDATE TO app USING (
  (SELECT app.in_post('securityAdmin')) AND actor_person <> (SELECT app.me()) AND reviewed_at IS NULL)
  WITH CHECK (reviewed_person = (SELECT app.me()));
GRANT SELECT, INSERT, UPDATE ON app.person_emergency TO app;

-- As in 0055; what was said of her in an emergency goes with her name too.
CREATE OR REPLACE FUNCTION app.forget_person(gone uuid) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE t text; hers uuid[];
BEGIN
  SELECT array_agg(p.id) INTO hers FROM app.person p WHERE p.id = gone OR p.merged_into = gone;
  DELETE FROM app.person_key k WHERE k.person_id = ANY (hers);
  UPDATE app.account a SET name = '（已删除）', title = '', pitch = NULL, disabled_at = coalesce(a.disabled_at, now())
    WHERE a.person_id = ANY (hers)
      AND NOT EXISTS (SELECT FROM app.post t WHERE t.account_id = a.id AND t.role <> 'worker');
  FOREACH t IN ARRAY ARRAY['session', 'credential', 'recovery_code', 'passkey', 'oidc_identity', 'oidc_flow', 'notice', 'invitation'] LOOP
    EXECUTE format('DELETE FROM app.%I x USING app.account a WHERE x.account_id = a.id AND a.name = $1
      AND a.person_id = ANY ($2)', t) USING '（已删除）', hers;
  END LOOP;
  UPDATE app.consent c SET withdrawn_at = now() WHERE c.withdrawn_at IS NULL AND c.person_id = ANY (hers);
  UPDATE app.membership m SET reason = NULL WHERE m.person_id = ANY (hers);
  UPDATE app.person_request q SET reason = '（已删除）', answer = NULL WHERE q.person_id = ANY (hers) OR q.other_id = ANY (hers);
  UPDATE app.person_emergency e SET reason = '（已删除）', opinion = CASE WHEN e.opinion IS NOT NULL THEN '（已删除）' END WHERE e.person_id = ANY (hers);
  UPDATE app.person_hold h SET reason = '（已删除）', lift_reason = CASE WHEN h.lift_reason IS NOT NULL THEN '（已删除）' END WHERE h.person_id = ANY (hers);
  UPDATE app.person p SET state = 'erased', merged_into = NULL, name = NULL, name_sort = '', id_number = NULL, id_index = NULL, birth = NULL,
    birth_year = NULL, phone = NULL, nation = NULL, politics = NULL, education = NULL, employment = NULL, skill = NULL, hukou = NULL,
    native_place = NULL, is_migrant = NULL, worker_group = NULL, guardian = NULL, guardian_agreed_on = NULL, version = version + 1, updated_at = now()
    WHERE p.id = ANY (hers);
END $$;

CREATE FUNCTION app.purge_emergencies(years int) RETURNS int LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE n int;
BEGIN
  DELETE FROM app.person_emergency e WHERE e.reviewed_at < now() - make_interval(years => greatest(years, 3))
    AND app.held_until(e.person_id, current_date) IS NULL;
  GET DIAGNOSTICS n = ROW_COUNT;
  RETURN n;
END $$;
COMMENT ON FUNCTION app.purge_emergencies IS 'takes away what was reviewed longer ago than so many years, three at least; what is held stays';
REVOKE ALL ON FUNCTION app.purge_emergencies FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.purge_emergencies TO app;
