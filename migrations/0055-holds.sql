-- why: what is needed for a complaint, a claim or an investigation outlives its term: a hold, with reason and end; purges and erasures leave it alone
CREATE TABLE app.person_hold (
  id uuid NOT NULL,
  person_id uuid NOT NULL,
  kind text NOT NULL,
  reason text NOT NULL,
  until_on date NOT NULL,
  org_id int NOT NULL,
  account_id uuid NOT NULL,
  set_at timestamptz NOT NULL DEFAULT now(),
  lifted_by uuid,
  lifted_at timestamptz,
  lift_reason text,
  CONSTRAINT person_hold_pkey PRIMARY KEY (id),
  CONSTRAINT person_hold_person_fkey FOREIGN KEY (person_id) REFERENCES app.person (id),
  CONSTRAINT person_hold_org_fkey FOREIGN KEY (org_id) REFERENCES app.org (id),
  CONSTRAINT person_hold_kind_check CHECK (kind IN ('complaint', 'claim', 'investigation', 'litigation', 'other')),
  CONSTRAINT person_hold_lifted_check CHECK ((lifted_at IS NULL) = (lifted_by IS NULL) AND (lifted_at IS NULL) = (lift_reason IS NULL))
);
CREATE INDEX person_hold_person ON app.person_hold (person_id) WHERE lifted_at IS NULL;
COMMENT ON TABLE app.person_hold IS 'keeps what is known of a person beyond its term, for a matter that is open elsewhere; ends by its day or by being lifted';
COMMENT ON COLUMN app.person_hold.org_id IS 'unit of whoever set it, above the person''s';
ALTER TABLE app.person_hold ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

CREATE FUNCTION app.may_hold() RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$ BEGIN
  RETURN app.in_post('cadre') AND EXISTS (SELECT FROM app.org o
    WHERE o.id = nullif(current_setting('app.unit', true), '')::int AND o.tier IN ('city', 'district', 'industry'));
END $$;
COMMENT ON FUNCTION app.may_hold IS 'holds are the business of cadres of city, district and industry unions';

-- An open hold tells of a matter that she may not know of yet: she reads hers once it has ended.
CREATE POLICY person_hold_read ON app.person_hold FOR SELECT TO app USING (
  ((SELECT app.may_hold()) AND person_id <> (SELECT app.me()) AND EXISTS (SELECT FROM app.person p WHERE p.id = person_id))
  OR (lifted_at IS NOT NULL OR until_on < current_date)
    AND person_id IN (SELECT p.id FROM app.person p WHERE p.id = (SELECT app.me()) OR p.merged_into = (SELECT app.me())));
CREATE POLICY person_hold_insert ON app.person_hold FOR INSERT TO app WITH CHECK (
  (SELECT app.may_hold()) AND person_id <> (SELECT app.me()) AND org_id = nullif(current_setting('app.unit', true), '')::int
  AND EXISTS (SELECT FROM app.person p WHERE p.id = person_id));
CREATE POLICY person_hold_update ON app.person_hold FOR UPDATE TO app USING (
  (SELECT app.may_hold()) AND person_id <> (SELECT app.me()) AND EXISTS (SELECT FROM app.person p WHERE p.id = person_id));
GRANT SELECT, INSERT, UPDATE ON app.person_hold TO app;

CREATE FUNCTION app.held_until(who uuid, on_day date) RETURNS date LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, pg_temp AS $$ BEGIN
  RETURN (SELECT max(h.until_on) FROM app.person_hold h JOIN app.person p ON p.id = h.person_id
    WHERE (p.id = who OR p.merged_into = who) AND h.lifted_at IS NULL AND h.until_on >= least(on_day, current_date));
END $$;
COMMENT ON FUNCTION app.held_until IS 'to what day a person (or an entry merged into hers) is held; null: not. A clock that runs ahead ends no hold';

-- As in 0011; besides, passkeys go with the account, and what requests said of her goes with her name.
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
  UPDATE app.person_hold h SET reason = '（已删除）', lift_reason = CASE WHEN h.lift_reason IS NOT NULL THEN '（已删除）' END WHERE h.person_id = ANY (hers);
  UPDATE app.person p SET state = 'erased', merged_into = NULL, name = NULL, name_sort = '', id_number = NULL, id_index = NULL, birth = NULL,
    birth_year = NULL, phone = NULL, nation = NULL, politics = NULL, education = NULL, employment = NULL, skill = NULL, hukou = NULL,
    native_place = NULL, is_migrant = NULL, worker_group = NULL, guardian = NULL, guardian_agreed_on = NULL, version = version + 1, updated_at = now()
    WHERE p.id = ANY (hers);
END $$;

DROP FUNCTION app.grant_erasure(uuid, uuid);
CREATE FUNCTION app.grant_erasure(request uuid, account uuid, on_day date) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE r record; held date;
BEGIN
  SELECT q.* INTO r FROM app.person_request q JOIN app.person p ON p.id = q.person_id JOIN app.org o ON o.id = p.org_id
    WHERE q.id = request AND q.kind = 'erase' AND q.state = 'open' AND o.scope_code >= current_setting('app.scope', true)
      AND o.scope_code < current_setting('app.scope_end', true) FOR UPDATE OF q;
  IF NOT FOUND OR NOT app.in_post('cadre') THEN RETURN 'gone'; END IF;
  held := app.held_until(r.person_id, on_day);
  IF held IS NOT NULL THEN RETURN held::text; END IF;
  UPDATE app.person_request q SET state = 'done', decided_by = account, decided_person = app.me(), decided_at = now() WHERE q.id = request;
  PERFORM app.forget_person(r.person_id);
  RETURN 'done';
END $$;
COMMENT ON FUNCTION app.grant_erasure IS 'done, gone (none that waits), or the day to which she is held: then nothing is destroyed';

DROP FUNCTION app.purge_persons(date, timestamptz);
CREATE FUNCTION app.purge_persons(kept jsonb, on_day date, at timestamptz) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE gone uuid; persons int := 0; accesses int := 0; consents int := 0; holds int := 0; stranger text;
BEGIN
  SELECT k INTO stranger FROM jsonb_object_keys(kept) k WHERE k NOT IN ('person', 'person_access', 'consent', 'person_hold');
  IF stranger IS NOT NULL THEN RAISE EXCEPTION 'no purge is known for %', stranger; END IF;
  -- Whatever clock the program has: nothing younger than two years goes (统计法实施条例 第二十二条).
  FOR gone IN SELECT p.id FROM app.person p WHERE p.state = 'active'
    AND app.held_until(p.id, on_day) IS NULL
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
COMMENT ON FUNCTION app.purge_persons IS 'retention: years by table as the register of fields has them; persons who left, log, withdrawn consents, ended holds; returns how many of each. What is held stays whole';

-- As in 0020, and not where somebody has put a hold on her.
CREATE OR REPLACE FUNCTION app.unenter_persons(ids uuid[]) RETURNS SETOF uuid LANGUAGE plpgsql SECURITY DEFINER
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
      AND NOT EXISTS (SELECT FROM app.person_hold h WHERE h.person_id = p.id)
      AND NOT EXISTS (SELECT FROM app.consent c WHERE c.person_id = p.id)
      AND NOT EXISTS (SELECT FROM app.person_request q WHERE q.person_id = p.id OR q.other_id = p.id)
      AND NOT EXISTS (SELECT FROM app.person m WHERE m.merged_into = p.id)
      AND NOT EXISTS (SELECT FROM app.account a WHERE a.person_id = p.id)
      AND (SELECT count(*) FROM app.membership m WHERE m.person_id = p.id) = 1;
  DELETE FROM app.membership m WHERE m.person_id = ANY (gone);
  DELETE FROM app.person_key k WHERE k.person_id = ANY (gone);
  RETURN QUERY DELETE FROM app.person p WHERE p.id = ANY (gone) RETURNING p.id;
END $$;

REVOKE ALL ON FUNCTION app.may_hold, app.held_until, app.grant_erasure, app.purge_persons FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.may_hold, app.grant_erasure, app.purge_persons TO app;
