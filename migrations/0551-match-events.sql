-- why: match-making events share their places between women and men, and nobody but herself knows that she goes to one
ALTER TABLE app.event DROP CONSTRAINT event_kind_check;
ALTER TABLE app.event ADD CONSTRAINT event_kind_check CHECK (kind IN ('class', 'lecture', 'competition', 'service', 'other', 'prize', 'match'));
ALTER TABLE app.event_quota ADD COLUMN of_sex text, ADD CONSTRAINT event_quota_sex_check CHECK (of_sex IN ('女', '男'));
COMMENT ON COLUMN app.event_quota.of_sex IS 'of match-making: places of women or of men, within the total';

-- As in 0520; a quota may be of one sex, and for match-making nobody signs another up. What needs no lock is asked before it. Under it: whether she is in already, whether there is room, the counters in one
-- statement, her row. The line is looked at only where a place is free: then somebody in it may be before her.
CREATE OR REPLACE FUNCTION app.enrol(of_event uuid, who uuid, received timestamptz, OUT refusal text, OUT entry uuid, OUT state text, OUT ahead int, OUT promoted uuid[])
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE e app.event; home int; her_sex text; me uuid := app.me(); old_state text; used uuid[]; has_place boolean;
BEGIN
  SELECT x.org_id, x.sex INTO home, her_sex FROM app.person x WHERE x.id = who AND x.state = 'active';
  IF home IS NULL OR NOT (who = me OR app.in_post('cadre') AND EXISTS (SELECT FROM app.org o WHERE o.id = home
    AND o.scope_code = current_setting('app.scope', true))) THEN refusal := 'person'; RETURN; END IF;
  SELECT * INTO e FROM app.event x WHERE x.id = of_event;
  refusal := CASE WHEN e.kind = 'match' AND who <> me THEN 'herself' ELSE app.entry_refusal(e, who, home, received) END;
  IF refusal IS NOT NULL THEN
    -- A full event still tells who has a place that she has it.
    SELECT n.id, n.state INTO entry, enrol.state FROM app.enrolment n WHERE refusal = 'full' AND n.district_id = e.district_id AND n.event_id = of_event
      AND n.person_id = who AND n.state IN ('placed', 'waiting', 'offered', 'asked', 'refused');
    IF entry IS NOT NULL THEN refusal := 'already'; END IF;
    RETURN;
  END IF;
  SELECT coalesce(array_agg(q.id ORDER BY q.id), '{}') INTO used FROM app.event_quota_use u JOIN app.event_quota q ON q.district_id = u.district_id AND q.id = u.quota_id
    WHERE u.district_id = e.district_id AND u.event_id = of_event AND coalesce(q.of_sex = her_sex, true) AND (q.of_org IS NULL OR EXISTS (SELECT FROM app.org o JOIN app.org h ON h.id = home
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
  IF state = 'waiting' THEN ahead := CASE WHEN e.kind = 'match' THEN app.ahead_in_line(entry) ELSE e.waiting - 1 END; END IF;
END $$;

-- As in 0420; of match-making the organiser reads numbers, no names, and her own union nothing at all.
CREATE OR REPLACE FUNCTION app.event_roster(of_event uuid) RETURNS TABLE (id uuid, name text, org text, is_woman boolean) LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$ BEGIN
  RETURN QUERY SELECT n.id, CASE WHEN e.kind = 'match' THEN concat(p.sex, ' ', n.seq, ' 号') ELSE p.name END, CASE WHEN e.kind = 'match' THEN '不显示' ELSE o.short_name END, p.sex = '女'
    FROM app.enrolment n JOIN app.event e ON e.district_id = n.district_id AND e.id = n.event_id JOIN app.person p ON p.id = n.person_id JOIN app.org o ON o.id = n.org_id
    WHERE n.event_id = of_event AND (app.leads_event(e) OR e.kind <> 'match' AND app.in_post('cadre') AND o.scope_code = current_setting('app.scope', true));
END $$;

ALTER POLICY enrolment_read ON app.enrolment USING (person_id = (SELECT app.me())
  OR person_id IN (SELECT p.id FROM app.person p WHERE p.merged_into = (SELECT app.me()))
  OR (SELECT app.in_post('cadre')) AND EXISTS (SELECT FROM app.org o JOIN app.event e ON e.district_id = enrolment.district_id AND e.id = enrolment.event_id
    WHERE o.scope_code = (SELECT current_setting('app.scope', true)) AND (e.org_id = o.id OR o.id = enrolment.org_id AND e.kind <> 'match')));

-- As in 0380; an entry in match-making is given up by whoever it is of alone: to a cadre that it can be is to be told whose it is.
CREATE OR REPLACE FUNCTION app.leave_event(of_entry uuid, now_at timestamptz, OUT refusal text, OUT state text, OUT promoted uuid[])
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE e app.event; n app.enrolment;
BEGIN
  SELECT * INTO n FROM app.enrolment x WHERE x.id = of_entry;
  IF n.id IS NULL OR NOT (n.person_id = app.me() OR app.in_post('cadre') AND EXISTS (SELECT FROM app.org o JOIN app.event x ON x.district_id = n.district_id AND x.id = n.event_id
    WHERE o.id = n.org_id AND o.scope_code = current_setting('app.scope', true) AND x.kind <> 'match')) THEN refusal := 'entry'; RETURN; END IF;
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

CREATE OR REPLACE FUNCTION app.take_offer(of_entry uuid, now_at timestamptz, OUT refusal text) LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE e app.event; n app.enrolment;
BEGIN
  SELECT * INTO n FROM app.enrolment x WHERE x.id = of_entry;
  IF n.id IS NULL OR NOT (n.person_id = app.me() OR app.in_post('cadre') AND EXISTS (SELECT FROM app.org o JOIN app.event x ON x.district_id = n.district_id AND x.id = n.event_id
    WHERE o.id = n.org_id AND o.scope_code = current_setting('app.scope', true) AND x.kind <> 'match')) THEN refusal := 'entry'; RETURN; END IF;
  e := app.lock_event(n.event_id);
  UPDATE app.enrolment x SET state = 'placed', offer_until = NULL, decided_at = now_at
    WHERE x.district_id = n.district_id AND x.id = of_entry AND x.state = 'offered' AND x.offer_until > now_at AND e.state = 'open';
  IF NOT FOUND THEN refusal := 'gone'; END IF;
END $$;

-- As in 0520; who stayed away from match-making is barred nowhere else: the refusal would tell that she was in it.
CREATE OR REPLACE FUNCTION app.entry_refusal(e app.event, who uuid, home int, received timestamptz) RETURNS text LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$ BEGIN
  IF e.id IS NULL OR e.state = 'draft' THEN RETURN 'event'; END IF;
  IF e.state <> 'open' THEN RETURN 'stopped'; END IF;
  IF received < e.opens_at THEN RETURN 'early'; END IF;
  IF received >= e.closes_at THEN RETURN 'late'; END IF;
  IF NOT e.is_public AND NOT EXISTS (SELECT FROM app.org o JOIN app.org h ON h.id = home WHERE o.id = e.org_id AND starts_with(h.scope_code, o.scope_code)) THEN RETURN 'outside'; END IF;
  IF e.mode = 'firstCome' AND NOT e.has_list AND e.taken >= e.cap THEN RETURN 'full'; END IF;
  IF e.is_allotted AND NOT EXISTS (SELECT FROM app.event_quota_use u JOIN app.event_quota q ON q.district_id = u.district_id AND q.id = u.quota_id JOIN app.org o ON o.id = q.of_org
    JOIN app.org h ON h.id = home WHERE u.district_id = e.district_id AND u.event_id = e.id AND starts_with(h.scope_code, o.scope_code)) THEN RETURN 'unallotted'; END IF;
  IF e.no_show_limit IS NOT NULL AND (SELECT count(*) FROM app.enrolment n JOIN app.event x ON x.district_id = n.district_id AND x.id = n.event_id WHERE n.person_id = who
    AND x.kind <> 'match' AND n.no_show IN ('counted', 'appealed', 'upheld') AND x.ends_at > received - e.no_show_days * interval '1 day') >= e.no_show_limit THEN RETURN 'barred'; END IF;
  RETURN NULL;
END $$;

-- As in 0420; in match-making women wait behind women, and men behind men.
CREATE OR REPLACE FUNCTION app.ahead_in_line(of_entry uuid) RETURNS int LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT (SELECT count(*)::int FROM app.enrolment x WHERE x.district_id = n.district_id AND x.event_id = n.event_id AND x.state = 'waiting' AND x.turn < n.turn
      AND (e.kind <> 'match' OR x.quotas = n.quotas))
    FROM app.enrolment n JOIN app.event e ON e.district_id = n.district_id AND e.id = n.event_id WHERE n.id = of_entry AND n.state = 'waiting';
$$;
