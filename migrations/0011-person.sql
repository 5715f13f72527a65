-- why: the member register: who a woman is, under a key of her own; where she belongs, since when; who looked, to what she agreed
CREATE FUNCTION app.me() RETURNS uuid LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$ BEGIN
  RETURN (SELECT person_id FROM app.context WHERE pid = pg_backend_pid() AND xid = pg_current_xact_id_if_assigned());
END $$;
COMMENT ON FUNCTION app.me IS 'the person who acts in this transaction, as app.begin(token) found her';

CREATE FUNCTION app.in_post(wanted text) RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$ BEGIN
  RETURN app.scope_ok() AND EXISTS (SELECT FROM app.context c JOIN app.post p ON p.id = c.post_id
    WHERE c.pid = pg_backend_pid() AND c.xid = pg_current_xact_id_if_assigned() AND p.role = wanted);
END $$;
COMMENT ON FUNCTION app.in_post IS 'whether the post that acts has this role, within its own scope';

CREATE TABLE app.person (
  id uuid NOT NULL,
  org_id int NOT NULL,
  state text NOT NULL DEFAULT 'active',
  merged_into uuid,
  name text,
  name_sort text NOT NULL DEFAULT '',
  id_kind text NOT NULL,
  id_number bytea,
  id_index bytea,
  birth bytea,
  birth_year smallint,
  phone bytea,
  sex text NOT NULL,
  nation text,
  politics text,
  education text,
  employment text,
  skill text,
  hukou text,
  native_place text,
  is_migrant boolean,
  worker_group text,
  guardian bytea,
  guardian_agreed_on date,
  version int NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT person_pkey PRIMARY KEY (id),
  CONSTRAINT person_id_index_unique UNIQUE (id_index),
  CONSTRAINT person_org_fkey FOREIGN KEY (org_id) REFERENCES app.org (id),
  CONSTRAINT person_merged_fkey FOREIGN KEY (merged_into) REFERENCES app.person (id),
  CONSTRAINT person_state_check CHECK (state IN ('active', 'merged', 'erased')),
  CONSTRAINT person_merged_check CHECK ((state = 'merged') = (merged_into IS NOT NULL)),
  CONSTRAINT person_erased_check CHECK ((state = 'erased') = (name IS NULL)),
  CONSTRAINT person_sex_check CHECK (sex IN ('女', '男'))
);
CREATE INDEX person_org ON app.person (org_id, name_sort, id) WHERE state = 'active';
CREATE INDEX person_name ON app.person (name_sort, id) WHERE state = 'active';
CREATE INDEX person_merged ON app.person (merged_into) WHERE merged_into IS NOT NULL;
COMMENT ON TABLE app.person IS 'what columns of type bytea hold is sealed under the key in person_key; an erased person keeps sex and memberships, so that counts stay';
COMMENT ON COLUMN app.person.org_id IS 'unit of the open membership, else of the last one: by its place of today the row is visible';
COMMENT ON COLUMN app.person.id_index IS 'blind index: keyed digest of kind and canonical number';
COMMENT ON COLUMN app.person.birth_year IS 'the day is sealed: with a masked number beside it, it would tell the whole number';

CREATE TABLE app.person_key (
  person_id uuid NOT NULL,
  wrapped bytea NOT NULL,
  CONSTRAINT person_key_pkey PRIMARY KEY (person_id),
  CONSTRAINT person_key_person_fkey FOREIGN KEY (person_id) REFERENCES app.person (id)
);
COMMENT ON TABLE app.person_key IS 'the data key of a person, wrapped by the key ring outside the database; erasure deletes the row';

CREATE TABLE app.membership (
  id uuid NOT NULL,
  person_id uuid NOT NULL,
  org_id int NOT NULL,
  kind text NOT NULL,
  from_on date NOT NULL,
  until_on date,
  joined_by text NOT NULL,
  left_by text,
  reason text,
  CONSTRAINT membership_pkey PRIMARY KEY (id),
  CONSTRAINT membership_person_fkey FOREIGN KEY (person_id) REFERENCES app.person (id),
  CONSTRAINT membership_org_fkey FOREIGN KEY (org_id) REFERENCES app.org (id),
  CONSTRAINT membership_kind_check CHECK (kind IN ('会员', '女职工', '职工子女')),
  CONSTRAINT membership_joined_by_check CHECK (joined_by IN ('入会', '登记', '转入')),
  CONSTRAINT membership_left_by_check CHECK (left_by IN ('转出', '退会', '除名', '离职', '退休', '死亡')),
  CONSTRAINT membership_left_check CHECK ((until_on IS NULL) = (left_by IS NULL)),
  CONSTRAINT membership_dates_check CHECK (from_on <= until_on),
  CONSTRAINT membership_one_at_a_time EXCLUDE USING gist (person_id WITH =, daterange(from_on, until_on) WITH &&)
);
CREATE INDEX membership_org ON app.membership (org_id, from_on);
COMMENT ON TABLE app.membership IS 'a person belongs to one unit at a time; until_on is the first day on which she no longer does';

CREATE TABLE app.person_access (
  id uuid NOT NULL,
  person_id uuid NOT NULL,
  at timestamptz NOT NULL DEFAULT now(),
  actor_person uuid NOT NULL,
  account_id uuid NOT NULL,
  org_id int NOT NULL,
  role text NOT NULL,
  field text NOT NULL,
  purpose text NOT NULL,
  reason text NOT NULL,
  request_id text NOT NULL,
  CONSTRAINT person_access_pkey PRIMARY KEY (id),
  CONSTRAINT person_access_person_fkey FOREIGN KEY (person_id) REFERENCES app.person (id),
  CONSTRAINT person_access_org_fkey FOREIGN KEY (org_id) REFERENCES app.org (id)
);
CREATE INDEX person_access_person ON app.person_access (person_id, at DESC, id DESC);
COMMENT ON TABLE app.person_access IS '谁看过我的信息: one row for each sealed value that was opened, in the transaction that opened it; only she reads it';

CREATE TABLE app.consent (
  id uuid NOT NULL,
  person_id uuid NOT NULL,
  purpose text NOT NULL,
  text_version smallint NOT NULL,
  text_hash text NOT NULL,
  given_on date NOT NULL,
  given_at timestamptz NOT NULL DEFAULT now(),
  form text NOT NULL,
  account_id uuid NOT NULL,
  withdrawn_at timestamptz,
  CONSTRAINT consent_pkey PRIMARY KEY (id),
  CONSTRAINT consent_person_fkey FOREIGN KEY (person_id) REFERENCES app.person (id),
  CONSTRAINT consent_purpose_check CHECK (purpose IN ('screening', 'hardship', 'matchmaking', 'childcare', 'publication', 'handOver')),
  CONSTRAINT consent_form_check CHECK (form IN ('self', 'paper'))
);
CREATE UNIQUE INDEX consent_one_open ON app.consent (person_id, purpose) WHERE withdrawn_at IS NULL;
COMMENT ON COLUMN app.consent.text_hash IS 'digest of the words shown; other words of today make the consent void';
COMMENT ON COLUMN app.consent.form IS 'self: on her own page; paper: signed, recorded by a cadre';

CREATE TABLE app.person_request (
  id uuid NOT NULL,
  kind text NOT NULL,
  person_id uuid NOT NULL,
  other_id uuid,
  from_org int NOT NULL,
  to_org int,
  reason text NOT NULL,
  state text NOT NULL DEFAULT 'open',
  asked_by uuid NOT NULL,
  asked_person uuid NOT NULL,
  asked_at timestamptz NOT NULL DEFAULT now(),
  decided_by uuid,
  decided_person uuid,
  decided_at timestamptz,
  answer text,
  CONSTRAINT person_request_pkey PRIMARY KEY (id),
  CONSTRAINT person_request_person_fkey FOREIGN KEY (person_id) REFERENCES app.person (id),
  CONSTRAINT person_request_other_fkey FOREIGN KEY (other_id) REFERENCES app.person (id),
  CONSTRAINT person_request_from_fkey FOREIGN KEY (from_org) REFERENCES app.org (id),
  CONSTRAINT person_request_to_fkey FOREIGN KEY (to_org) REFERENCES app.org (id),
  CONSTRAINT person_request_kind_check CHECK (kind IN ('transfer', 'merge', 'erase')),
  CONSTRAINT person_request_state_check CHECK (state IN ('open', 'done', 'refused', 'undone')),
  CONSTRAINT person_request_second_check CHECK (state <> 'done' OR decided_person <> asked_person),
  CONSTRAINT person_request_parts_check CHECK ((kind = 'merge') = (other_id IS NOT NULL) AND (kind = 'transfer') = (to_org IS NOT NULL))
);
CREATE UNIQUE INDEX person_request_one_open ON app.person_request (kind, person_id) WHERE state = 'open';
CREATE INDEX person_request_from ON app.person_request (from_org, asked_at);
CREATE INDEX person_request_to ON app.person_request (to_org, asked_at) WHERE to_org IS NOT NULL;
COMMENT ON TABLE app.person_request IS 'what a second person decides: transfer to another unit, merge of two entries (other_id goes into person_id), erasure';

-- The second wall: a cadre sees the persons of her scope, a woman herself; nobody else anybody.
DO $$ DECLARE t text; BEGIN
  FOREACH t IN ARRAY ARRAY['person', 'person_key', 'membership', 'person_access', 'consent', 'person_request'] LOOP
    EXECUTE format('ALTER TABLE app.%I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', t);
  END LOOP;
END $$;
CREATE POLICY person_read ON app.person FOR SELECT TO app USING (
  id = (SELECT app.me()) OR merged_into = (SELECT app.me())
  OR ((SELECT app.in_post('cadre')) AND org_id IN (SELECT o.id FROM app.org o
    WHERE o.scope_code >= current_setting('app.scope', true) AND o.scope_code < current_setting('app.scope_end', true))));
CREATE POLICY person_insert ON app.person FOR INSERT TO app WITH CHECK (
  (SELECT app.in_post('cadre')) AND org_id = nullif(current_setting('app.unit', true), '')::int);
CREATE POLICY person_update ON app.person FOR UPDATE TO app USING (
  (SELECT app.in_post('cadre')) AND org_id IN (SELECT o.id FROM app.org o
    WHERE o.scope_code >= current_setting('app.scope', true) AND o.scope_code < current_setting('app.scope_end', true)));
GRANT SELECT, INSERT, UPDATE ON app.person TO app;

CREATE POLICY person_key_read ON app.person_key FOR SELECT TO app USING (
  (SELECT app.in_post('service')) OR EXISTS (SELECT FROM app.person p WHERE p.id = person_id));
CREATE POLICY person_key_insert ON app.person_key FOR INSERT TO app WITH CHECK (
  (SELECT app.in_post('cadre')) AND EXISTS (SELECT FROM app.person p WHERE p.id = person_id));
CREATE POLICY person_key_update ON app.person_key FOR UPDATE TO app USING ((SELECT app.in_post('service')));
GRANT SELECT, INSERT, UPDATE ON app.person_key TO app;

CREATE POLICY membership_read ON app.membership FOR SELECT TO app USING (
  EXISTS (SELECT FROM app.person p WHERE p.id = person_id));
CREATE POLICY membership_insert ON app.membership FOR INSERT TO app WITH CHECK (
  (SELECT app.in_post('cadre')) AND EXISTS (SELECT FROM app.person p WHERE p.id = person_id));
CREATE POLICY membership_update ON app.membership FOR UPDATE TO app USING (
  (SELECT app.in_post('cadre')) AND EXISTS (SELECT FROM app.person p WHERE p.id = person_id));
GRANT SELECT, INSERT, UPDATE ON app.membership TO app;

CREATE POLICY person_access_read ON app.person_access FOR SELECT TO app USING (
  person_id = (SELECT app.me()) OR person_id IN (SELECT p.id FROM app.person p WHERE p.merged_into = (SELECT app.me())));
CREATE POLICY person_access_insert ON app.person_access FOR INSERT TO app WITH CHECK (
  actor_person = (SELECT app.me()) AND EXISTS (SELECT FROM app.person p WHERE p.id = person_id));
GRANT SELECT, INSERT ON app.person_access TO app;

CREATE POLICY consent_read ON app.consent FOR SELECT TO app USING (
  EXISTS (SELECT FROM app.person p WHERE p.id = person_id));
CREATE POLICY consent_insert ON app.consent FOR INSERT TO app WITH CHECK (
  CASE form WHEN 'self' THEN person_id = (SELECT app.me()) ELSE (SELECT app.in_post('cadre')) END
  AND EXISTS (SELECT FROM app.person p WHERE p.id = person_id));
CREATE POLICY consent_update ON app.consent FOR UPDATE TO app USING (
  EXISTS (SELECT FROM app.person p WHERE p.id = person_id));
GRANT SELECT, INSERT, UPDATE ON app.consent TO app;

CREATE POLICY person_request_read ON app.person_request FOR SELECT TO app USING (
  person_id = (SELECT app.me()) OR ((SELECT app.in_post('cadre'))
    AND (EXISTS (SELECT FROM app.person p WHERE p.id = person_id) OR to_org IN (SELECT o.id FROM app.org o
      WHERE o.scope_code >= current_setting('app.scope', true) AND o.scope_code < current_setting('app.scope_end', true)))));
CREATE POLICY person_request_insert ON app.person_request FOR INSERT TO app WITH CHECK (
  asked_person = (SELECT app.me()) AND kind <> 'transfer' AND EXISTS (SELECT FROM app.person p WHERE p.id = person_id));
CREATE POLICY person_request_update ON app.person_request FOR UPDATE TO app USING (
  (SELECT app.in_post('cadre')) AND EXISTS (SELECT FROM app.person p WHERE p.id = person_id));
GRANT SELECT, INSERT, UPDATE ON app.person_request TO app;

-- What must be known across units, and no more than that.
CREATE FUNCTION app.find_person(wanted bytea) RETURNS TABLE (place text, id uuid, org_id int)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE p record; inside boolean;
BEGIN
  IF NOT app.in_post('cadre') THEN RETURN; END IF;
  SELECT k.id, k.org_id, o.scope_code INTO p FROM app.person f JOIN app.person k ON k.id = coalesce(f.merged_into, f.id)
    JOIN app.org o ON o.id = k.org_id WHERE f.id_index = wanted;
  IF NOT FOUND THEN RETURN; END IF;
  inside := p.scope_code >= current_setting('app.scope', true) AND p.scope_code < current_setting('app.scope_end', true);
  place := CASE WHEN p.org_id = nullif(current_setting('app.unit', true), '')::int THEN 'own' WHEN inside THEN 'scope' ELSE 'elsewhere' END;
  id := CASE WHEN inside THEN p.id END;
  org_id := CASE WHEN inside THEN p.org_id END;
  RETURN NEXT;
END $$;
COMMENT ON FUNCTION app.find_person IS 'where a blind index stands already; of a unit out of scope only that it does';

CREATE FUNCTION app.move_person(moved uuid, into_org int, since date, why text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE old record;
BEGIN
  SELECT * INTO old FROM app.membership m WHERE m.person_id = moved AND m.until_on IS NULL FOR UPDATE;
  IF FOUND THEN
    UPDATE app.membership m SET until_on = greatest(since, old.from_on), left_by = '转出', reason = why WHERE m.id = old.id;
  ELSE
    SELECT * INTO old FROM app.membership m WHERE m.person_id = moved ORDER BY m.from_on DESC LIMIT 1;
  END IF;
  INSERT INTO app.membership (id, person_id, org_id, kind, from_on, joined_by)
  VALUES (gen_random_uuid(), moved, into_org, coalesce(old.kind, '女职工'), greatest(since, old.from_on, old.until_on), '转入');
  UPDATE app.person p SET org_id = into_org, version = version + 1, updated_at = now() WHERE p.id = moved;
END $$;
COMMENT ON FUNCTION app.move_person IS 'ends the membership here and begins one there; both stay in her history';

CREATE FUNCTION app.ask_transfer(request uuid, wanted bytea, her_name text, into_org int, why text, account uuid, since date)
RETURNS text LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE p record;
BEGIN
  IF NOT app.in_post('cadre') OR into_org IS DISTINCT FROM nullif(current_setting('app.unit', true), '')::int THEN RETURN 'none'; END IF;
  SELECT k.id, k.org_id, k.name, EXISTS (SELECT FROM app.membership m WHERE m.person_id = k.id AND m.until_on IS NULL) AS bound
    INTO p FROM app.person f JOIN app.person k ON k.id = coalesce(f.merged_into, f.id) WHERE f.id_index = wanted;
  IF NOT FOUND THEN RETURN 'none'; END IF;
  IF p.name IS DISTINCT FROM her_name THEN RETURN 'name'; END IF;
  IF p.org_id = into_org AND p.bound THEN RETURN 'own'; END IF;
  IF NOT p.bound THEN
    PERFORM app.move_person(p.id, into_org, since, why);
    RETURN 'moved';
  END IF;
  INSERT INTO app.person_request (id, kind, person_id, from_org, to_org, reason, asked_by, asked_person)
  VALUES (request, 'transfer', p.id, p.org_id, into_org, why, account, app.me());
  RETURN 'asked';
END $$;
COMMENT ON FUNCTION app.ask_transfer IS 'asks the unit that holds her to let her go; who has left already moves at once. Number and name must both be hers';

CREATE FUNCTION app.grant_transfer(request uuid, account uuid, since date) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE r record;
BEGIN
  SELECT q.* INTO r FROM app.person_request q JOIN app.org o ON o.id = q.from_org
    WHERE q.id = request AND q.kind = 'transfer' AND q.state = 'open' AND o.scope_code >= current_setting('app.scope', true)
      AND o.scope_code < current_setting('app.scope_end', true) FOR UPDATE OF q;
  IF NOT FOUND OR NOT app.in_post('cadre') THEN RETURN false; END IF;
  UPDATE app.person_request q SET state = 'done', decided_by = account, decided_person = app.me(), decided_at = now() WHERE q.id = request;
  PERFORM app.move_person(r.person_id, r.to_org, since, r.reason);
  RETURN true;
END $$;
COMMENT ON FUNCTION app.grant_transfer IS 'the unit that holds her lets her go; the row is then out of its scope';

CREATE FUNCTION app.forget_person(gone uuid) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE t text;
BEGIN
  DELETE FROM app.person_key k USING app.person p WHERE k.person_id = p.id AND (p.id = gone OR p.merged_into = gone);
  UPDATE app.account a SET name = '（已删除）', title = '', pitch = NULL, disabled_at = coalesce(a.disabled_at, now())
    WHERE a.person_id IN (SELECT p.id FROM app.person p WHERE p.id = gone OR p.merged_into = gone)
      AND NOT EXISTS (SELECT FROM app.post t WHERE t.account_id = a.id AND t.role <> 'worker');
  FOREACH t IN ARRAY ARRAY['session', 'credential', 'recovery_code', 'oidc_identity', 'oidc_flow', 'notice', 'invitation'] LOOP
    EXECUTE format('DELETE FROM app.%I x USING app.account a WHERE x.account_id = a.id AND a.name = $1
      AND a.person_id IN (SELECT p.id FROM app.person p WHERE p.id = $2 OR p.merged_into = $2)', t) USING '（已删除）', gone;
  END LOOP;
  UPDATE app.consent c SET withdrawn_at = now() WHERE c.withdrawn_at IS NULL
    AND c.person_id IN (SELECT p.id FROM app.person p WHERE p.id = gone OR p.merged_into = gone);
  UPDATE app.membership m SET reason = NULL WHERE m.person_id IN (SELECT p.id FROM app.person p WHERE p.id = gone OR p.merged_into = gone);
  UPDATE app.person p SET state = 'erased', merged_into = NULL, name = NULL, name_sort = '', id_number = NULL, id_index = NULL, birth = NULL,
    birth_year = NULL, phone = NULL, nation = NULL, politics = NULL, education = NULL, employment = NULL, skill = NULL, hukou = NULL,
    native_place = NULL, is_migrant = NULL, worker_group = NULL, guardian = NULL, guardian_agreed_on = NULL, version = version + 1, updated_at = now()
    WHERE p.id = gone OR p.merged_into = gone;
END $$;
COMMENT ON FUNCTION app.forget_person IS 'destroys the key and what stood in clear; sex, unit and dates of membership stay, since counts come from them';

CREATE FUNCTION app.grant_erasure(request uuid, account uuid) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE r record;
BEGIN
  SELECT q.* INTO r FROM app.person_request q JOIN app.person p ON p.id = q.person_id JOIN app.org o ON o.id = p.org_id
    WHERE q.id = request AND q.kind = 'erase' AND q.state = 'open' AND o.scope_code >= current_setting('app.scope', true)
      AND o.scope_code < current_setting('app.scope_end', true) FOR UPDATE OF q;
  IF NOT FOUND OR NOT app.in_post('cadre') THEN RETURN false; END IF;
  UPDATE app.person_request q SET state = 'done', decided_by = account, decided_person = app.me(), decided_at = now() WHERE q.id = request;
  PERFORM app.forget_person(r.person_id);
  RETURN true;
END $$;

CREATE FUNCTION app.purge_persons(left_before date, read_before timestamptz) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE gone uuid; n int := 0;
BEGIN
  -- Whatever the program asks for: nothing younger than two years goes (统计法实施条例 第二十二条).
  left_before := least(left_before, (current_date - interval '2 years')::date);
  read_before := least(read_before, now() - interval '2 years');
  FOR gone IN SELECT p.id FROM app.person p WHERE p.state = 'active'
    AND NOT EXISTS (SELECT FROM app.person_request q WHERE q.person_id = p.id AND q.state = 'open')
    AND (SELECT max(coalesce(m.until_on, 'infinity')) FROM app.membership m JOIN app.person f ON f.id = m.person_id
      WHERE f.id = p.id OR f.merged_into = p.id) < left_before FOR UPDATE OF p SKIP LOCKED LOOP
    PERFORM app.forget_person(gone);
    n := n + 1;
  END LOOP;
  DELETE FROM app.person_access a WHERE a.at < read_before;
  DELETE FROM app.consent c WHERE c.withdrawn_at < read_before;
  RETURN n;
END $$;
COMMENT ON FUNCTION app.purge_persons IS 'retention: persons who left before a day, access log and withdrawn consents from before an instant; returns how many persons';

REVOKE ALL ON FUNCTION app.me, app.in_post, app.find_person, app.move_person, app.ask_transfer, app.grant_transfer, app.forget_person,
  app.grant_erasure, app.purge_persons FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.me, app.in_post, app.find_person, app.move_person, app.ask_transfer, app.grant_transfer, app.grant_erasure,
  app.purge_persons TO app;
