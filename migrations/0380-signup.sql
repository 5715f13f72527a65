-- why: places that are scarce (classes, competitions, meetings, slots): signed up for by herself or by her unit, a waiting list, quotas; nobody overtakes and nothing is given twice
CREATE TABLE app.event (
  district_id int NOT NULL,
  id uuid NOT NULL,
  org_id int NOT NULL,
  title text NOT NULL,
  place text NOT NULL,
  mode text NOT NULL,
  state text NOT NULL DEFAULT 'draft',
  version int NOT NULL DEFAULT 1,
  opens_at timestamptz NOT NULL,
  closes_at timestamptz NOT NULL,
  cancel_until timestamptz NOT NULL,
  starts_at timestamptz NOT NULL,
  ends_at timestamptz NOT NULL,
  has_list boolean NOT NULL,
  is_allotted boolean NOT NULL DEFAULT false,
  offer_hours smallint NOT NULL DEFAULT 12,
  cap int NOT NULL,
  taken int NOT NULL DEFAULT 0,
  waiting int NOT NULL DEFAULT 0,
  seq int NOT NULL DEFAULT 0,
  made_by uuid NOT NULL,
  made_on date NOT NULL,
  CONSTRAINT event_pkey PRIMARY KEY (district_id, id),
  CONSTRAINT event_org_fkey FOREIGN KEY (org_id) REFERENCES app.org (id),
  CONSTRAINT event_mode_check CHECK (mode IN ('firstCome', 'review')),
  CONSTRAINT event_state_check CHECK (state IN ('draft', 'open', 'stopped')),
  CONSTRAINT event_times_check CHECK (opens_at < closes_at AND closes_at <= starts_at AND cancel_until <= starts_at AND starts_at < ends_at),
  CONSTRAINT event_offer_check CHECK (offer_hours BETWEEN 1 AND 72),
  CONSTRAINT event_cap_check CHECK (cap > 0),
  CONSTRAINT event_counts_check CHECK (taken >= 0 AND waiting >= 0)
);
CREATE INDEX event_id ON app.event (id);
CREATE INDEX event_org ON app.event (org_id, starts_at);
COMMENT ON TABLE app.event IS 'something with places to sign up for. No CHECK holds taken <= cap: a quota may be lowered below what is booked, nobody is thrown out';
COMMENT ON COLUMN app.event.taken IS 'places held: placed and offered';
COMMENT ON COLUMN app.event.seq IS 'number of the last who asked; it is the order, not the time';
COMMENT ON COLUMN app.event.is_allotted IS 'only units with an allotment have places';

CREATE TABLE app.event_quota (
  district_id int NOT NULL,
  id uuid NOT NULL,
  org_id int NOT NULL,
  label text NOT NULL,
  of_org int,
  cap int NOT NULL,
  taken int NOT NULL DEFAULT 0,
  CONSTRAINT event_quota_pkey PRIMARY KEY (district_id, id),
  CONSTRAINT event_quota_org_fkey FOREIGN KEY (org_id) REFERENCES app.org (id),
  CONSTRAINT event_quota_of_fkey FOREIGN KEY (of_org) REFERENCES app.org (id),
  CONSTRAINT event_quota_cap_check CHECK (cap >= 0),
  CONSTRAINT event_quota_taken_check CHECK (taken >= 0)
);
COMMENT ON TABLE app.event_quota IS 'places within the places: of a unit and all below it, or (of_org null) shared by several events, as a hall is';

CREATE TABLE app.event_quota_use (
  district_id int NOT NULL,
  event_id uuid NOT NULL,
  quota_id uuid NOT NULL,
  CONSTRAINT event_quota_use_pkey PRIMARY KEY (district_id, event_id, quota_id),
  CONSTRAINT event_quota_use_event_fkey FOREIGN KEY (district_id, event_id) REFERENCES app.event (district_id, id),
  CONSTRAINT event_quota_use_quota_fkey FOREIGN KEY (district_id, quota_id) REFERENCES app.event_quota (district_id, id)
);
CREATE INDEX event_quota_use_quota ON app.event_quota_use (district_id, quota_id);
COMMENT ON TABLE app.event_quota_use IS 'which quotas an event is held to';

CREATE TABLE app.enrolment (
  district_id int NOT NULL,
  id uuid NOT NULL,
  event_id uuid NOT NULL,
  person_id uuid NOT NULL,
  org_id int NOT NULL,
  seq int NOT NULL,
  state text NOT NULL,
  quotas uuid[] NOT NULL,
  asked_at timestamptz NOT NULL,
  asked_by uuid NOT NULL,
  offer_until timestamptz,
  decided_at timestamptz,
  reason text,
  CONSTRAINT enrolment_pkey PRIMARY KEY (district_id, id),
  CONSTRAINT enrolment_event_fkey FOREIGN KEY (district_id, event_id) REFERENCES app.event (district_id, id),
  CONSTRAINT enrolment_person_fkey FOREIGN KEY (person_id) REFERENCES app.person (id),
  CONSTRAINT enrolment_org_fkey FOREIGN KEY (org_id) REFERENCES app.org (id),
  CONSTRAINT enrolment_once UNIQUE (district_id, event_id, person_id),
  CONSTRAINT enrolment_state_check CHECK (state IN ('placed', 'waiting', 'offered', 'asked', 'refused', 'cancelled', 'declined', 'expired')),
  CONSTRAINT enrolment_offer_check CHECK ((state = 'offered') <= (offer_until IS NOT NULL))
);
CREATE INDEX enrolment_id ON app.enrolment (id);
CREATE INDEX enrolment_line ON app.enrolment (district_id, event_id, seq) WHERE state = 'waiting';
CREATE INDEX enrolment_offers ON app.enrolment (offer_until) WHERE state = 'offered';
CREATE INDEX enrolment_person ON app.enrolment (person_id);
COMMENT ON TABLE app.enrolment IS 'one woman and one event, once through every door: her place, her turn in the line, or why not';
COMMENT ON COLUMN app.enrolment.asked_by IS 'herself, or the cadre of her unit who signed her up';
COMMENT ON COLUMN app.enrolment.quotas IS 'the quotas that her place counts in, as of the day on which she asked';

-- The one lock: the event, then its quotas in the order of their numbers. Whoever gives or frees a place holds it to the end.
CREATE FUNCTION app.lock_event(of_event uuid) RETURNS app.event LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE e app.event;
BEGIN
  SELECT * INTO e FROM app.event x WHERE x.id = of_event;
  SELECT * INTO e FROM app.event x WHERE x.district_id = e.district_id AND x.id = of_event FOR NO KEY UPDATE;
  PERFORM FROM app.event_quota q WHERE q.district_id = e.district_id AND q.id IN (SELECT u.quota_id FROM app.event_quota_use u
    WHERE u.district_id = e.district_id AND u.event_id = of_event) ORDER BY q.id FOR NO KEY UPDATE;
  RETURN e;
END $$;
COMMENT ON FUNCTION app.lock_event IS 'the event as it stands under its lock and that of its quotas';

CREATE FUNCTION app.count_place(e app.event, used uuid[], more int) RETURNS void LANGUAGE sql SET search_path = pg_catalog, pg_temp AS $$
  UPDATE app.event SET taken = taken + more WHERE district_id = e.district_id AND id = e.id;
  UPDATE app.event_quota SET taken = taken + more WHERE district_id = e.district_id AND id = ANY (used);
$$;
COMMENT ON FUNCTION app.count_place IS 'one place more or less, of the event and of the quotas it counts in';

CREATE FUNCTION app.has_room(e app.event, used uuid[]) RETURNS boolean LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
  SELECT (SELECT x.taken < x.cap FROM app.event x WHERE x.district_id = e.district_id AND x.id = e.id)
    AND NOT EXISTS (SELECT FROM app.event_quota q WHERE q.district_id = e.district_id AND q.id = ANY (used) AND q.taken >= q.cap);
$$;
COMMENT ON FUNCTION app.has_room IS 'whether the event and every quota named have a place left';

-- Runs in the transaction that frees a place, and again in the sweeper.
CREATE FUNCTION app.fill_event(e app.event, now_at timestamptz) RETURNS SETOF uuid LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE w app.enrolment; is_late boolean := now_at > e.starts_at - interval '24 hours'; spent uuid[];
BEGIN
  IF e.state <> 'open' OR now_at >= e.starts_at THEN RETURN; END IF;
  WHILE app.has_room(e, '{}') LOOP
    SELECT coalesce(array_agg(q.id), '{}') INTO spent FROM app.event_quota_use u JOIN app.event_quota q ON q.district_id = u.district_id AND q.id = u.quota_id
      WHERE u.district_id = e.district_id AND u.event_id = e.id AND q.taken >= q.cap;
    SELECT * INTO w FROM app.enrolment n WHERE n.district_id = e.district_id AND n.event_id = e.id AND n.state = 'waiting' AND NOT n.quotas && spent ORDER BY n.seq LIMIT 1;
    EXIT WHEN NOT FOUND;
    PERFORM app.count_place(e, w.quotas, 1);
    UPDATE app.event SET waiting = waiting - 1 WHERE district_id = e.district_id AND id = e.id;
    UPDATE app.enrolment SET state = CASE WHEN is_late THEN 'offered' ELSE 'placed' END, decided_at = now_at,
      offer_until = CASE WHEN is_late THEN least(now_at + e.offer_hours * interval '1 hour', e.starts_at) END
      WHERE district_id = w.district_id AND id = w.id;
    RETURN NEXT w.id;
  END LOOP;
END $$;
COMMENT ON FUNCTION app.fill_event IS 'gives free places to the line in its order, whoever has room in her quotas: at once more than 24 hours before the start, later as an offer with a deadline; the entries promoted';

CREATE FUNCTION app.enrol(of_event uuid, who uuid, received timestamptz, OUT refusal text, OUT entry uuid, OUT state text, OUT ahead int, OUT promoted uuid[])
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE e app.event; p app.person; old app.enrolment; used uuid[]; has_place boolean;
BEGIN
  SELECT * INTO p FROM app.person x WHERE x.id = who AND x.state = 'active';
  IF p.id IS NULL OR NOT (who = app.me() OR app.in_post('cadre') AND EXISTS (SELECT FROM app.org o WHERE o.id = p.org_id
    AND o.scope_code = current_setting('app.scope', true))) THEN refusal := 'person'; RETURN; END IF;
  SELECT * INTO e FROM app.event x WHERE x.id = of_event AND x.state <> 'draft';
  refusal := CASE WHEN e.id IS NULL THEN 'event' WHEN e.state = 'stopped' THEN 'stopped' WHEN received < e.opens_at THEN 'early'
    WHEN received >= e.closes_at THEN 'late' WHEN e.mode = 'firstCome' AND NOT e.has_list AND e.taken >= e.cap THEN 'full' END;
  IF refusal IS NOT NULL THEN RETURN; END IF;
  SELECT coalesce(array_agg(q.id ORDER BY q.id), '{}') INTO used FROM app.event_quota_use u JOIN app.event_quota q ON q.district_id = u.district_id AND q.id = u.quota_id
    WHERE u.district_id = e.district_id AND u.event_id = of_event AND (q.of_org IS NULL OR EXISTS (SELECT FROM app.org o JOIN app.org h ON h.id = p.org_id
      WHERE o.id = q.of_org AND starts_with(h.scope_code, o.scope_code)));
  IF e.is_allotted AND NOT EXISTS (SELECT FROM app.event_quota q WHERE q.district_id = e.district_id AND q.id = ANY (used) AND q.of_org IS NOT NULL) THEN
    refusal := 'unallotted'; RETURN;
  END IF;
  e := app.lock_event(of_event);
  refusal := CASE WHEN e.state = 'stopped' THEN 'stopped' WHEN received >= e.closes_at THEN 'late' END;
  IF refusal IS NOT NULL THEN RETURN; END IF;
  SELECT * INTO old FROM app.enrolment n WHERE n.district_id = e.district_id AND n.event_id = of_event AND n.person_id = who;
  IF old.state IN ('placed', 'waiting', 'offered', 'asked', 'refused') THEN refusal := 'already'; entry := old.id; state := old.state; RETURN; END IF;
  IF e.waiting > 0 THEN SELECT array_agg(f) INTO promoted FROM app.fill_event(e, received) f; END IF;
  has_place := e.mode = 'firstCome' AND app.has_room(e, used);
  state := CASE WHEN e.mode = 'review' THEN 'asked' WHEN has_place THEN 'placed' ELSE 'waiting' END;
  IF state = 'waiting' AND NOT e.has_list THEN refusal := 'full'; state := NULL; RETURN; END IF;
  UPDATE app.event x SET seq = x.seq + 1, waiting = x.waiting + (CASE WHEN enrol.state = 'waiting' THEN 1 ELSE 0 END)
    WHERE x.district_id = e.district_id AND x.id = of_event RETURNING x.seq INTO e.seq;
  IF has_place THEN PERFORM app.count_place(e, used, 1); END IF;
  INSERT INTO app.enrolment AS n (district_id, id, event_id, person_id, org_id, seq, state, quotas, asked_at, asked_by)
    VALUES (e.district_id, gen_random_uuid(), of_event, who, p.org_id, e.seq, enrol.state, used, received, app.me())
    ON CONFLICT ON CONSTRAINT enrolment_once DO UPDATE SET org_id = excluded.org_id, seq = excluded.seq, state = excluded.state, quotas = excluded.quotas,
      asked_at = excluded.asked_at, asked_by = excluded.asked_by, offer_until = NULL, decided_at = NULL, reason = NULL RETURNING n.id INTO entry;
  IF state = 'waiting' THEN SELECT count(*) INTO ahead FROM app.enrolment n WHERE n.district_id = e.district_id AND n.event_id = of_event AND n.state = 'waiting' AND n.seq < e.seq; END IF;
END $$;
COMMENT ON FUNCTION app.enrol IS 'signs up herself or, by a cadre, a woman of the unit: a place, a turn in the line, or a refusal by its name (person, event, stopped, early, late, full, unallotted, already). The time is that of receipt';

CREATE FUNCTION app.leads_event(e app.event) RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$ BEGIN
  RETURN app.in_post('cadre') AND EXISTS (SELECT FROM app.org o WHERE o.id = e.org_id AND o.scope_code = current_setting('app.scope', true));
END $$;
COMMENT ON FUNCTION app.leads_event IS 'whether who acts is a cadre of the organiser';

CREATE FUNCTION app.leave_event(of_entry uuid, now_at timestamptz, OUT refusal text, OUT state text, OUT promoted uuid[])
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE e app.event; n app.enrolment;
BEGIN
  SELECT * INTO n FROM app.enrolment x WHERE x.id = of_entry;
  IF n.id IS NULL OR NOT (n.person_id = app.me() OR app.in_post('cadre') AND EXISTS (SELECT FROM app.org o WHERE o.id = n.org_id
    AND o.scope_code = current_setting('app.scope', true))) THEN refusal := 'entry'; RETURN; END IF;
  e := app.lock_event(n.event_id);
  SELECT * INTO n FROM app.enrolment x WHERE x.district_id = n.district_id AND x.id = of_entry;
  IF n.state NOT IN ('placed', 'waiting', 'offered', 'asked') THEN refusal := 'gone'; state := n.state; RETURN; END IF;
  IF n.state = 'placed' AND now_at >= e.cancel_until THEN refusal := 'late'; state := n.state; RETURN; END IF;
  state := CASE WHEN n.state = 'offered' THEN 'declined' ELSE 'cancelled' END;
  UPDATE app.enrolment x SET state = leave_event.state, offer_until = NULL, decided_at = now_at WHERE x.district_id = n.district_id AND x.id = of_entry;
  IF n.state = 'waiting' THEN UPDATE app.event x SET waiting = x.waiting - 1 WHERE x.district_id = e.district_id AND x.id = e.id; END IF;
  IF n.state IN ('placed', 'offered') THEN
    PERFORM app.count_place(e, n.quotas, -1);
    SELECT array_agg(f) INTO promoted FROM app.fill_event(e, now_at) f;
  END IF;
END $$;
COMMENT ON FUNCTION app.leave_event IS 'gives up a place, an offer or a turn; the next in the line has it in the same transaction. Refused: entry (none of hers), gone, late (past the day until which a place may be given up)';

CREATE FUNCTION app.take_offer(of_entry uuid, now_at timestamptz, OUT refusal text) LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE e app.event; n app.enrolment;
BEGIN
  SELECT * INTO n FROM app.enrolment x WHERE x.id = of_entry;
  IF n.id IS NULL OR NOT (n.person_id = app.me() OR app.in_post('cadre') AND EXISTS (SELECT FROM app.org o WHERE o.id = n.org_id
    AND o.scope_code = current_setting('app.scope', true))) THEN refusal := 'entry'; RETURN; END IF;
  e := app.lock_event(n.event_id);
  UPDATE app.enrolment x SET state = 'placed', offer_until = NULL, decided_at = now_at
    WHERE x.district_id = n.district_id AND x.id = of_entry AND x.state = 'offered' AND x.offer_until > now_at AND e.state = 'open';
  IF NOT FOUND THEN refusal := 'gone'; END IF;
END $$;
COMMENT ON FUNCTION app.take_offer IS 'takes an offered place before its deadline; on two telephones it is taken once';

CREATE FUNCTION app.set_event_cap(of_event uuid, to_cap int, now_at timestamptz) RETURNS SETOF uuid LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE e app.event := app.lock_event(of_event);
BEGIN
  IF NOT app.leads_event(e) THEN RETURN; END IF;
  UPDATE app.event x SET cap = to_cap, version = x.version + 1 WHERE x.district_id = e.district_id AND x.id = of_event;
  RETURN QUERY SELECT * FROM app.fill_event(e, now_at);
END $$;
COMMENT ON FUNCTION app.set_event_cap IS 'places more or fewer: fewer than are held throws nobody out, more go to the line; the entries promoted';

CREATE FUNCTION app.decide_entry(of_entry uuid, is_taken boolean, why text, now_at timestamptz, OUT refusal text) LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE e app.event; n app.enrolment;
BEGIN
  SELECT * INTO n FROM app.enrolment x WHERE x.id = of_entry;
  e := app.lock_event(n.event_id);
  IF e.id IS NULL OR NOT app.leads_event(e) THEN refusal := 'entry'; RETURN; END IF;
  SELECT * INTO n FROM app.enrolment x WHERE x.district_id = n.district_id AND x.id = of_entry;
  IF n.state <> 'asked' THEN refusal := 'gone'; RETURN; END IF;
  IF is_taken AND NOT app.has_room(e, n.quotas) THEN refusal := 'full'; RETURN; END IF;
  IF is_taken THEN PERFORM app.count_place(e, n.quotas, 1); END IF;
  UPDATE app.enrolment x SET state = CASE WHEN is_taken THEN 'placed' ELSE 'refused' END, reason = why, decided_at = now_at
    WHERE x.district_id = n.district_id AND x.id = of_entry;
END $$;
COMMENT ON FUNCTION app.decide_entry IS 'the organiser takes or refuses who asked: of two who decide, and of two for the last place, one wins';

CREATE FUNCTION app.sweep_event(of_event uuid, now_at timestamptz) RETURNS SETOF uuid LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE e app.event := app.lock_event(of_event); n app.enrolment;
BEGIN
  IF NOT (app.leads_event(e) OR app.in_post('service')) THEN RETURN; END IF;
  FOR n IN UPDATE app.enrolment x SET state = 'expired', offer_until = NULL, decided_at = now_at
    WHERE x.district_id = e.district_id AND x.event_id = of_event AND x.state = 'offered' AND x.offer_until <= now_at RETURNING * LOOP
    PERFORM app.count_place(e, n.quotas, -1);
  END LOOP;
  RETURN QUERY SELECT * FROM app.fill_event(e, now_at);
END $$;
COMMENT ON FUNCTION app.sweep_event IS 'offers past their deadline free their places, free places go to the line; the entries promoted';

CREATE FUNCTION app.event_drift() RETURNS TABLE (of_event uuid, what text) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT e.id, 'event' FROM app.event e LEFT JOIN (SELECT n.district_id, n.event_id, count(*) FILTER (WHERE n.state IN ('placed', 'offered')) AS taken,
      count(*) FILTER (WHERE n.state = 'waiting') AS waiting FROM app.enrolment n GROUP BY 1, 2) c ON c.district_id = e.district_id AND c.event_id = e.id
    WHERE (e.taken, e.waiting) IS DISTINCT FROM (coalesce(c.taken, 0)::int, coalesce(c.waiting, 0)::int)
  UNION ALL SELECT q.id, 'quota' FROM app.event_quota q LEFT JOIN (SELECT n.district_id, u AS quota_id, count(*) AS taken FROM app.enrolment n, unnest(n.quotas) u
      WHERE n.state IN ('placed', 'offered') GROUP BY 1, 2) c ON c.district_id = q.district_id AND c.quota_id = q.id
    WHERE q.taken IS DISTINCT FROM coalesce(c.taken, 0)::int;
$$;
COMMENT ON FUNCTION app.event_drift IS 'events and quotas whose counters are not what the entries say: none, as verify asks';

REVOKE ALL ON FUNCTION app.lock_event, app.count_place, app.has_room, app.fill_event, app.enrol, app.leads_event, app.leave_event, app.take_offer,
  app.set_event_cap, app.decide_entry, app.sweep_event, app.event_drift FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.enrol, app.leads_event, app.leave_event, app.take_offer, app.set_event_cap, app.decide_entry, app.sweep_event, app.event_drift TO app;

DO $$ DECLARE t text; BEGIN
  FOREACH t IN ARRAY ARRAY['event', 'event_quota', 'event_quota_use', 'enrolment'] LOOP
    EXECUTE format('ALTER TABLE app.%s ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', t);
  END LOOP;
END $$;
GRANT SELECT, INSERT ON app.event, app.event_quota, app.event_quota_use TO app;
GRANT UPDATE (title, place, state, version, opens_at, closes_at, cancel_until, starts_at, ends_at, has_list, offer_hours) ON app.event TO app;
GRANT SELECT ON app.enrolment TO app;

-- An event that is put up is read by everybody; a draft by its organiser. Counters move through the functions alone.
CREATE POLICY event_read ON app.event FOR SELECT TO app USING (state <> 'draft' OR (SELECT app.in_post('cadre')) AND EXISTS (SELECT FROM app.org o
  WHERE o.id = event.org_id AND o.scope_code = (SELECT current_setting('app.scope', true))));
CREATE POLICY event_insert ON app.event FOR INSERT TO app WITH CHECK (state = 'draft' AND taken = 0 AND waiting = 0 AND seq = 0 AND (SELECT app.in_post('cadre'))
  AND EXISTS (SELECT FROM app.org o WHERE o.id = event.org_id AND o.district_id = event.district_id AND o.scope_code = (SELECT current_setting('app.scope', true))));
CREATE POLICY event_update ON app.event FOR UPDATE TO app USING ((SELECT app.in_post('cadre')) AND EXISTS (SELECT FROM app.org o
  WHERE o.id = event.org_id AND o.scope_code = (SELECT current_setting('app.scope', true))));
CREATE POLICY event_quota_read ON app.event_quota FOR SELECT TO app USING ((SELECT app.in_post('cadre')) OR EXISTS (SELECT FROM app.event_quota_use u
  JOIN app.event e ON e.district_id = u.district_id AND e.id = u.event_id WHERE u.district_id = event_quota.district_id AND u.quota_id = event_quota.id));
CREATE POLICY event_quota_insert ON app.event_quota FOR INSERT TO app WITH CHECK (taken = 0 AND (SELECT app.in_post('cadre')) AND EXISTS (SELECT FROM app.org o
  WHERE o.id = event_quota.org_id AND o.district_id = event_quota.district_id AND o.scope_code = (SELECT current_setting('app.scope', true))));
CREATE POLICY event_quota_use_read ON app.event_quota_use FOR SELECT TO app USING (EXISTS (SELECT FROM app.event e
  WHERE e.district_id = event_quota_use.district_id AND e.id = event_quota_use.event_id));
CREATE POLICY event_quota_use_insert ON app.event_quota_use FOR INSERT TO app WITH CHECK ((SELECT app.in_post('cadre')) AND EXISTS (SELECT FROM app.event e
  JOIN app.org o ON o.id = e.org_id WHERE e.district_id = event_quota_use.district_id AND e.id = event_quota_use.event_id AND e.state = 'draft'
    AND o.scope_code = (SELECT current_setting('app.scope', true))
    AND EXISTS (SELECT FROM app.event_quota q WHERE q.district_id = e.district_id AND q.id = event_quota_use.quota_id AND q.org_id = e.org_id)));

-- A place is known to herself, to her own union and to the organiser.
CREATE POLICY enrolment_read ON app.enrolment FOR SELECT TO app USING (person_id = (SELECT app.me())
  OR person_id IN (SELECT p.id FROM app.person p WHERE p.merged_into = (SELECT app.me()))
  OR (SELECT app.in_post('cadre')) AND EXISTS (SELECT FROM app.org o WHERE o.scope_code = (SELECT current_setting('app.scope', true))
    AND (o.id = enrolment.org_id OR EXISTS (SELECT FROM app.event e WHERE e.district_id = enrolment.district_id AND e.id = enrolment.event_id AND e.org_id = o.id))));

CREATE FUNCTION app.forget_enrolments(hers uuid[]) RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE n app.enrolment; e app.event;
BEGIN
  -- Events before quotas, as everybody takes them.
  PERFORM FROM app.event x WHERE x.id IN (SELECT y.event_id FROM app.enrolment y WHERE y.person_id = ANY (hers)) ORDER BY x.id FOR NO KEY UPDATE;
  FOR n IN SELECT * FROM app.enrolment x WHERE x.person_id = ANY (hers) ORDER BY x.event_id LOOP
    e := app.lock_event(n.event_id);
    SELECT * INTO n FROM app.enrolment x WHERE x.district_id = n.district_id AND x.id = n.id;
    IF e.ends_at > now() AND n.state IN ('placed', 'offered', 'waiting', 'asked') THEN
      IF n.state IN ('placed', 'offered') THEN PERFORM app.count_place(e, n.quotas, -1); END IF;
      IF n.state = 'waiting' THEN UPDATE app.event x SET waiting = x.waiting - 1 WHERE x.district_id = e.district_id AND x.id = e.id; END IF;
      UPDATE app.enrolment x SET state = 'cancelled', offer_until = NULL WHERE x.district_id = n.district_id AND x.id = n.id;
    END IF;
    UPDATE app.enrolment x SET reason = NULL WHERE x.district_id = n.district_id AND x.id = n.id;
  END LOOP;
END $$;
COMMENT ON FUNCTION app.forget_enrolments IS 'of an erased woman: places not yet used are free again for the line, why she was refused goes; that somebody had a place stays, the counts rest on it';
REVOKE ALL ON FUNCTION app.forget_enrolments FROM PUBLIC;

-- As in 0270; what stands beside the register goes by the forget_* of its own domain, each of which is called.
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
  FOR t IN SELECT f.proname FROM pg_proc f WHERE f.pronamespace = 'app'::regnamespace AND starts_with(f.proname, 'forget_')
    AND f.proargtypes = ARRAY['uuid[]'::regtype::oid]::oidvector ORDER BY f.proname LOOP
    EXECUTE format('SELECT app.%I($1)', t) USING hers;
  END LOOP;
END $$;
