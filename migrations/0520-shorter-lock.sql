-- why: what is done while an event is locked is what everybody else waits for: whoever can be refused without the lock is, and under it stand four short statements
-- The reasons that need no lock, in one place: asked before a transaction is opened, and again in it.
CREATE FUNCTION app.entry_refusal(e app.event, who uuid, home int, received timestamptz) RETURNS text LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$ BEGIN
  IF e.id IS NULL OR e.state = 'draft' THEN RETURN 'event'; END IF;
  IF e.state <> 'open' THEN RETURN 'stopped'; END IF;
  IF received < e.opens_at THEN RETURN 'early'; END IF;
  IF received >= e.closes_at THEN RETURN 'late'; END IF;
  IF NOT e.is_public AND NOT EXISTS (SELECT FROM app.org o JOIN app.org h ON h.id = home WHERE o.id = e.org_id AND starts_with(h.scope_code, o.scope_code)) THEN RETURN 'outside'; END IF;
  IF e.mode = 'firstCome' AND NOT e.has_list AND e.taken >= e.cap THEN RETURN 'full'; END IF;
  IF e.is_allotted AND NOT EXISTS (SELECT FROM app.event_quota_use u JOIN app.event_quota q ON q.district_id = u.district_id AND q.id = u.quota_id JOIN app.org o ON o.id = q.of_org
    JOIN app.org h ON h.id = home WHERE u.district_id = e.district_id AND u.event_id = e.id AND starts_with(h.scope_code, o.scope_code)) THEN RETURN 'unallotted'; END IF;
  IF e.no_show_limit IS NOT NULL AND (SELECT count(*) FROM app.enrolment n JOIN app.event x ON x.district_id = n.district_id AND x.id = n.event_id WHERE n.person_id = who
    AND n.no_show IN ('counted', 'appealed', 'upheld') AND x.ends_at > received - e.no_show_days * interval '1 day') >= e.no_show_limit THEN RETURN 'barred'; END IF;
  RETURN NULL;
END $$;
COMMENT ON FUNCTION app.entry_refusal IS 'why a woman of a unit has no place in an event, as far as it is told without a lock (event, stopped, early, late, outside, full, unallotted, barred); NULL = it is to be asked under the lock';

CREATE FUNCTION app.entry_refusals(events uuid[], women uuid[], received timestamptz) RETURNS TABLE (event uuid, who uuid, refusal text) LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
  SELECT e.id, p.id, r.why FROM app.event e CROSS JOIN app.person p JOIN app.org o ON o.id = p.org_id CROSS JOIN LATERAL (SELECT coalesce(
    app.entry_refusal(e, p.id, p.org_id, received), CASE WHEN EXISTS (SELECT FROM app.enrolment n JOIN app.event x ON x.district_id = n.district_id AND x.id = n.event_id
      WHERE n.district_id = e.district_id AND x.series_id = e.series_id AND x.id <> e.id AND n.person_id = p.id AND n.state IN ('placed', 'waiting', 'offered', 'asked')) THEN 'slot' END) AS why) r
  WHERE e.id = ANY (events) AND p.id = ANY (women) AND p.state = 'active' AND app.in_post('cadre') AND o.scope_code = current_setting('app.scope', true) AND r.why IS NOT NULL;
$$;
COMMENT ON FUNCTION app.entry_refusals IS 'to a cadre before she signs women of her unit up: who would be refused in which event, and why; no more than enrol would tell her';

CREATE FUNCTION app.look_in(digest bytea, of_event uuid, received timestamptz, OUT district int, OUT refusal text) LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE e app.event; who uuid; home int;
BEGIN
  SELECT * INTO e FROM app.event x WHERE x.id = of_event AND x.state <> 'draft';
  district := e.district_id;
  SELECT p.id, p.org_id INTO who, home FROM app.session s JOIN app.account c ON c.id = s.account_id JOIN app.person p ON p.id = c.person_id
    WHERE s.token_hash = digest AND s.expires_at > now() AND p.state = 'active';
  IF who IS NULL THEN RETURN; END IF;
  refusal := app.entry_refusal(e, who, home, received);
  IF refusal IS NOT NULL AND EXISTS (SELECT FROM app.enrolment n WHERE n.district_id = e.district_id AND n.event_id = of_event AND n.person_id = who) THEN refusal := NULL; END IF;
END $$;
COMMENT ON FUNCTION app.look_in IS 'before her transaction: where the event lies, and why she is refused. Whoever was ever in the event is not refused here: a repeat is to find its stored answer. By the digest of her session, as no context is open yet';

CREATE FUNCTION app.wait_turn(of_event uuid) RETURNS void LANGUAGE sql SET search_path = pg_catalog, pg_temp AS $$
  SELECT pg_advisory_xact_lock(hashtextextended('event:' || of_event, 0));
$$;
COMMENT ON FUNCTION app.wait_turn IS 'the queue before the lock of an event or a series: whoever waits for a row that is changed again and again looks for its newest version each time it is woken, with all who wait beside her; here each is woken once, in the order in which they came. What holds is the row lock alone';

CREATE FUNCTION app.lock_known(e app.event) RETURNS app.event LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE locked app.event;
BEGIN
  PERFORM app.wait_turn(coalesce(e.series_id, e.id));
  IF e.series_id IS NOT NULL THEN
    PERFORM FROM app.event x WHERE x.district_id = e.district_id AND x.id = e.series_id FOR NO KEY UPDATE;
  END IF;
  SELECT * INTO locked FROM app.event x WHERE x.district_id = e.district_id AND x.id = e.id FOR NO KEY UPDATE;
  PERFORM FROM app.event_quota q WHERE q.district_id = e.district_id AND q.id IN (SELECT u.quota_id FROM app.event_quota_use u
    WHERE u.district_id = e.district_id AND u.event_id = e.id) ORDER BY q.id FOR NO KEY UPDATE;
  RETURN locked;
END $$;
COMMENT ON FUNCTION app.lock_known IS 'the one lock, after its queue: of slots of a series the first, then the event, then its quotas in the order of their numbers; the event as it stands under it';

-- As in 0420; the lock itself stands in lock_known.
CREATE OR REPLACE FUNCTION app.lock_event(of_event uuid) RETURNS app.event LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE e app.event;
BEGIN
  SELECT * INTO e FROM app.event x WHERE x.id = of_event;
  RETURN app.lock_known(e);
END $$;

-- As in 0420; what needs no lock is asked before it. Under it: whether she is in already, whether there is room, the counters in one
-- statement, her row. The line is looked at only where a place is free: then somebody in it may be before her.
CREATE OR REPLACE FUNCTION app.enrol(of_event uuid, who uuid, received timestamptz, OUT refusal text, OUT entry uuid, OUT state text, OUT ahead int, OUT promoted uuid[])
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE e app.event; home int; me uuid := app.me(); old_state text; used uuid[]; has_place boolean;
BEGIN
  SELECT x.org_id INTO home FROM app.person x WHERE x.id = who AND x.state = 'active';
  IF home IS NULL OR NOT (who = me OR app.in_post('cadre') AND EXISTS (SELECT FROM app.org o WHERE o.id = home
    AND o.scope_code = current_setting('app.scope', true))) THEN refusal := 'person'; RETURN; END IF;
  SELECT * INTO e FROM app.event x WHERE x.id = of_event;
  refusal := app.entry_refusal(e, who, home, received);
  IF refusal IS NOT NULL THEN
    -- A full event still tells who has a place that she has it.
    SELECT n.id, n.state INTO entry, enrol.state FROM app.enrolment n WHERE refusal = 'full' AND n.district_id = e.district_id AND n.event_id = of_event
      AND n.person_id = who AND n.state IN ('placed', 'waiting', 'offered', 'asked', 'refused');
    IF entry IS NOT NULL THEN refusal := 'already'; END IF;
    RETURN;
  END IF;
  SELECT coalesce(array_agg(q.id ORDER BY q.id), '{}') INTO used FROM app.event_quota_use u JOIN app.event_quota q ON q.district_id = u.district_id AND q.id = u.quota_id
    WHERE u.district_id = e.district_id AND u.event_id = of_event AND (q.of_org IS NULL OR EXISTS (SELECT FROM app.org o JOIN app.org h ON h.id = home
      WHERE o.id = q.of_org AND starts_with(h.scope_code, o.scope_code)));
  e := app.lock_known(e);
  -- Received before closing, but come to the lock after the list of the draw was fixed: it cannot be drawn any more.
  refusal := CASE WHEN e.state <> 'open' THEN 'stopped' WHEN received >= e.closes_at OR e.mode = 'draw' AND EXISTS (SELECT FROM app.event_draw d
    WHERE d.district_id = e.district_id AND d.event_id = of_event AND d.frozen_at IS NOT NULL) THEN 'late' END;
  IF refusal IS NOT NULL THEN RETURN; END IF;
  SELECT n.id, n.state INTO entry, old_state FROM app.enrolment n WHERE n.district_id = e.district_id AND n.event_id = of_event AND n.person_id = who;
  IF old_state IN ('placed', 'waiting', 'offered', 'asked', 'refused') THEN refusal := 'already'; state := old_state; RETURN; END IF;
  IF e.series_id IS NOT NULL AND EXISTS (SELECT FROM app.enrolment n JOIN app.event x ON x.district_id = n.district_id AND x.id = n.event_id
    WHERE n.district_id = e.district_id AND x.series_id = e.series_id AND n.person_id = who AND n.state IN ('placed', 'waiting', 'offered', 'asked')) THEN
    refusal := 'slot'; RETURN;
  END IF;
  IF e.waiting > 0 AND e.taken < e.cap THEN
    SELECT array_agg(f) INTO promoted FROM app.fill_event(e, received) f;
    SELECT * INTO e FROM app.event x WHERE x.district_id = e.district_id AND x.id = of_event;
  END IF;
  has_place := e.mode = 'firstCome' AND e.taken < e.cap AND (used = '{}' OR NOT EXISTS (SELECT FROM app.event_quota q WHERE q.district_id = e.district_id AND q.id = ANY (used) AND q.taken >= q.cap));
  state := CASE WHEN e.mode <> 'firstCome' THEN 'asked' WHEN has_place THEN 'placed' ELSE 'waiting' END;
  IF state = 'waiting' AND NOT e.has_list THEN refusal := 'full'; state := NULL; RETURN; END IF;
  UPDATE app.event x SET seq = x.seq + 1, waiting = x.waiting + (enrol.state = 'waiting')::int, taken = x.taken + has_place::int
    WHERE x.district_id = e.district_id AND x.id = of_event RETURNING x.seq, x.waiting INTO e.seq, e.waiting;
  IF has_place AND used <> '{}' THEN UPDATE app.event_quota q SET taken = q.taken + 1 WHERE q.district_id = e.district_id AND q.id = ANY (used); END IF;
  INSERT INTO app.enrolment AS n (district_id, id, event_id, person_id, org_id, seq, turn, state, quotas, asked_at, asked_by)
    VALUES (e.district_id, gen_random_uuid(), of_event, who, home, e.seq, CASE WHEN e.mode <> 'draw' THEN e.seq END, enrol.state, used, received, me)
    ON CONFLICT ON CONSTRAINT enrolment_once DO UPDATE SET org_id = excluded.org_id, seq = excluded.seq, turn = excluded.turn, state = excluded.state, quotas = excluded.quotas,
      asked_at = excluded.asked_at, asked_by = excluded.asked_by, offer_until = NULL, decided_at = NULL, reason = NULL RETURNING n.id INTO entry;
  IF state = 'waiting' THEN ahead := e.waiting - 1; END IF;
END $$;

-- As in 0420; the queues of all the events before the rows, as everybody takes them.
CREATE OR REPLACE FUNCTION app.forget_enrolments(hers uuid[]) RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE n app.enrolment; e app.event; turn uuid;
BEGIN
  FOR turn IN SELECT DISTINCT coalesce(z.series_id, z.id) FROM app.enrolment y JOIN app.event z ON z.district_id = y.district_id AND z.id = y.event_id
    WHERE y.person_id = ANY (hers) ORDER BY 1 LOOP
    PERFORM app.wait_turn(turn);
  END LOOP;
  -- Events before quotas, as everybody takes them; of slots of a series the first before the others.
  PERFORM FROM app.event x WHERE x.id IN (SELECT z.series_id FROM app.enrolment y JOIN app.event z ON z.district_id = y.district_id AND z.id = y.event_id
    WHERE y.person_id = ANY (hers)) ORDER BY x.id FOR NO KEY UPDATE;
  PERFORM FROM app.event x WHERE x.id IN (SELECT y.event_id FROM app.enrolment y WHERE y.person_id = ANY (hers)) ORDER BY x.id FOR NO KEY UPDATE;
  FOR n IN SELECT * FROM app.enrolment x WHERE x.person_id = ANY (hers) ORDER BY x.event_id LOOP
    e := app.lock_event(n.event_id);
    SELECT * INTO n FROM app.enrolment x WHERE x.district_id = n.district_id AND x.id = n.id;
    IF e.ends_at > now() AND n.state IN ('placed', 'offered', 'waiting', 'asked') THEN
      IF n.state IN ('placed', 'offered') THEN PERFORM app.count_place(e, n.quotas, -1); END IF;
      IF n.state = 'waiting' THEN UPDATE app.event x SET waiting = x.waiting - 1 WHERE x.district_id = e.district_id AND x.id = e.id; END IF;
      UPDATE app.enrolment x SET state = 'cancelled', offer_until = NULL WHERE x.district_id = n.district_id AND x.id = n.id;
    END IF;
    UPDATE app.enrolment x SET reason = NULL, appeal = NULL, appeal_answer = NULL WHERE x.district_id = n.district_id AND x.id = n.id;
  END LOOP;
END $$;

REVOKE ALL ON FUNCTION app.entry_refusal, app.entry_refusals, app.look_in, app.wait_turn, app.lock_known FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.entry_refusals, app.look_in, app.wait_turn TO app;
