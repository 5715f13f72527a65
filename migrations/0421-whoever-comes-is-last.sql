-- why: who comes into a line is the last of it, so that nobody need count the line under its lock: five thousand in one line took a count of them all, each time
-- As in 0420 but for how many wait before her, and for a draw whose list is fixed.
CREATE OR REPLACE FUNCTION app.enrol(of_event uuid, who uuid, received timestamptz, OUT refusal text, OUT entry uuid, OUT state text, OUT ahead int, OUT promoted uuid[])
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE e app.event; p app.person; old app.enrolment; used uuid[]; has_place boolean;
BEGIN
  SELECT * INTO p FROM app.person x WHERE x.id = who AND x.state = 'active';
  IF p.id IS NULL OR NOT (who = app.me() OR app.in_post('cadre') AND EXISTS (SELECT FROM app.org o WHERE o.id = p.org_id
    AND o.scope_code = current_setting('app.scope', true))) THEN refusal := 'person'; RETURN; END IF;
  SELECT * INTO e FROM app.event x WHERE x.id = of_event AND x.state <> 'draft';
  refusal := CASE WHEN e.id IS NULL THEN 'event' WHEN e.state <> 'open' THEN 'stopped' WHEN received < e.opens_at THEN 'early'
    WHEN received >= e.closes_at THEN 'late'
    WHEN NOT e.is_public AND NOT EXISTS (SELECT FROM app.org o JOIN app.org h ON h.id = p.org_id WHERE o.id = e.org_id AND starts_with(h.scope_code, o.scope_code)) THEN 'outside'
    WHEN e.mode = 'firstCome' AND NOT e.has_list AND e.taken >= e.cap THEN 'full' END;
  IF refusal IS NOT NULL THEN
    -- A full event still tells who has a place that she has it.
    SELECT n.id, n.state INTO entry, enrol.state FROM app.enrolment n WHERE refusal = 'full' AND n.district_id = e.district_id AND n.event_id = of_event
      AND n.person_id = who AND n.state IN ('placed', 'waiting', 'offered', 'asked', 'refused');
    IF entry IS NOT NULL THEN refusal := 'already'; END IF;
    RETURN;
  END IF;
  SELECT coalesce(array_agg(q.id ORDER BY q.id), '{}') INTO used FROM app.event_quota_use u JOIN app.event_quota q ON q.district_id = u.district_id AND q.id = u.quota_id
    WHERE u.district_id = e.district_id AND u.event_id = of_event AND (q.of_org IS NULL OR EXISTS (SELECT FROM app.org o JOIN app.org h ON h.id = p.org_id
      WHERE o.id = q.of_org AND starts_with(h.scope_code, o.scope_code)));
  IF e.is_allotted AND NOT EXISTS (SELECT FROM app.event_quota q WHERE q.district_id = e.district_id AND q.id = ANY (used) AND q.of_org IS NOT NULL) THEN
    refusal := 'unallotted'; RETURN;
  END IF;
  IF (SELECT count(*) FROM app.enrolment n JOIN app.event x ON x.district_id = n.district_id AND x.id = n.event_id WHERE n.person_id = who
    AND n.no_show IN ('counted', 'appealed', 'upheld') AND x.ends_at > received - e.no_show_days * interval '1 day') >= e.no_show_limit THEN
    refusal := 'barred'; RETURN;
  END IF;
  e := app.lock_event(of_event);
  -- Received before closing, but come to the lock after the list of the draw was fixed: it cannot be drawn any more.
  refusal := CASE WHEN e.state <> 'open' THEN 'stopped' WHEN received >= e.closes_at OR EXISTS (SELECT FROM app.event_draw d WHERE d.district_id = e.district_id
    AND d.event_id = of_event AND d.frozen_at IS NOT NULL) THEN 'late' END;
  IF refusal IS NOT NULL THEN RETURN; END IF;
  SELECT * INTO old FROM app.enrolment n WHERE n.district_id = e.district_id AND n.event_id = of_event AND n.person_id = who;
  IF old.state IN ('placed', 'waiting', 'offered', 'asked', 'refused') THEN refusal := 'already'; entry := old.id; state := old.state; RETURN; END IF;
  IF e.series_id IS NOT NULL AND EXISTS (SELECT FROM app.enrolment n JOIN app.event x ON x.district_id = n.district_id AND x.id = n.event_id
    WHERE n.district_id = e.district_id AND x.series_id = e.series_id AND n.person_id = who AND n.state IN ('placed', 'waiting', 'offered', 'asked')) THEN
    refusal := 'slot'; RETURN;
  END IF;
  IF e.waiting > 0 THEN SELECT array_agg(f) INTO promoted FROM app.fill_event(e, received) f; END IF;
  has_place := e.mode = 'firstCome' AND app.has_room(e, used);
  state := CASE WHEN e.mode <> 'firstCome' THEN 'asked' WHEN has_place THEN 'placed' ELSE 'waiting' END;
  IF state = 'waiting' AND NOT e.has_list THEN refusal := 'full'; state := NULL; RETURN; END IF;
  UPDATE app.event x SET seq = x.seq + 1, waiting = x.waiting + (CASE WHEN enrol.state = 'waiting' THEN 1 ELSE 0 END)
    WHERE x.district_id = e.district_id AND x.id = of_event RETURNING x.seq, x.waiting INTO e.seq, e.waiting;
  IF has_place THEN PERFORM app.count_place(e, used, 1); END IF;
  INSERT INTO app.enrolment AS n (district_id, id, event_id, person_id, org_id, seq, turn, state, quotas, asked_at, asked_by)
    VALUES (e.district_id, gen_random_uuid(), of_event, who, p.org_id, e.seq, CASE WHEN e.mode <> 'draw' THEN e.seq END, enrol.state, used, received, app.me())
    ON CONFLICT ON CONSTRAINT enrolment_once DO UPDATE SET org_id = excluded.org_id, seq = excluded.seq, turn = excluded.turn, state = excluded.state, quotas = excluded.quotas,
      asked_at = excluded.asked_at, asked_by = excluded.asked_by, offer_until = NULL, decided_at = NULL, reason = NULL RETURNING n.id INTO entry;
  IF state = 'waiting' THEN ahead := e.waiting - 1; END IF;
END $$;
