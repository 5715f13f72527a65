-- why: a class of several evenings has an attendance for each of them; who was there often enough has done it, which is what is counted and certified
ALTER TABLE app.event
  ADD COLUMN done_sessions smallint,
  ADD COLUMN done_share smallint,
  ADD CONSTRAINT event_done_check CHECK ((done_sessions IS NULL) = (done_share IS NULL) AND coalesce(done_sessions, 1) BETWEEN 1 AND 40 AND coalesce(done_share, 1) BETWEEN 1 AND 100);
COMMENT ON COLUMN app.event.done_sessions IS 'of an event of several sessions: whoever was in so many of them has done it; empty = one attendance for the whole';
COMMENT ON COLUMN app.event.done_share IS 'a session counts for whoever was there for so many hundredths of its time';
ALTER TABLE app.enrolment ADD COLUMN is_done boolean;
COMMENT ON COLUMN app.enrolment.is_done IS 'fixed when an event of several sessions ends: whether she was in as many as were asked';

CREATE TABLE app.event_session (
  district_id int NOT NULL,
  id uuid NOT NULL,
  event_id uuid NOT NULL,
  starts_at timestamptz NOT NULL,
  ends_at timestamptz NOT NULL,
  CONSTRAINT event_session_pkey PRIMARY KEY (district_id, id),
  CONSTRAINT event_session_event_fkey FOREIGN KEY (district_id, event_id) REFERENCES app.event (district_id, id),
  CONSTRAINT event_session_times_check CHECK (ends_at > starts_at)
);
CREATE INDEX event_session_event ON app.event_session (district_id, event_id, starts_at);
COMMENT ON TABLE app.event_session IS 'the evenings of an event that has several; one place is for all of them';

CREATE TABLE app.event_presence (
  district_id int NOT NULL,
  session_id uuid NOT NULL,
  enrolment_id uuid NOT NULL,
  person_id uuid NOT NULL,
  state text NOT NULL,
  came_at timestamptz,
  came_how text,
  missed_minutes smallint,
  made_by uuid NOT NULL,
  CONSTRAINT event_presence_pkey PRIMARY KEY (district_id, session_id, enrolment_id),
  CONSTRAINT event_presence_session_fkey FOREIGN KEY (district_id, session_id) REFERENCES app.event_session (district_id, id),
  CONSTRAINT event_presence_state_check CHECK (state IN ('came', 'madeUp', 'excused') AND (state = 'came') = (came_at IS NOT NULL)
    AND (came_at IS NULL) = (came_how IS NULL) AND coalesce(missed_minutes, 0) BETWEEN 0 AND 1440)
);
CREATE INDEX event_presence_entry ON app.event_presence (district_id, enrolment_id);
CREATE INDEX event_presence_person ON app.event_presence (person_id);
COMMENT ON TABLE app.event_presence IS 'one woman in one session: she came, made it up later, or was excused; who has no row was absent';
COMMENT ON COLUMN app.event_presence.missed_minutes IS 'as staff noted it (late, gone early); empty = by how much later than the start she was scanned, where she was scanned';

ALTER TABLE app.event_scan ADD COLUMN session_id uuid;
COMMENT ON COLUMN app.event_scan.session_id IS 'of an event of several sessions: the one that she came to';

CREATE FUNCTION app.session_at(e app.event, at timestamptz) RETURNS uuid LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
  SELECT s.id FROM app.event_session s WHERE s.district_id = e.district_id AND s.event_id = e.id AND at BETWEEN s.starts_at - interval '2 hours' AND s.ends_at + interval '1 hour'
    ORDER BY at > s.ends_at, CASE WHEN at <= s.ends_at THEN s.starts_at END, s.ends_at DESC LIMIT 1;
$$;
COMMENT ON FUNCTION app.session_at IS 'the session that whoever is scanned at an instant comes to: the next that is not over, from two hours before; else the last, until an hour after';

CREATE FUNCTION app.presence_counts(p app.event_presence, s app.event_session, share int) RETURNS boolean LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
  SELECT p.state = 'madeUp' OR p.state = 'came' AND (extract(epoch FROM s.ends_at - s.starts_at) - coalesce(p.missed_minutes * 60,
    CASE WHEN p.came_how IN ('code', 'ticket') THEN greatest(0, floor(extract(epoch FROM p.came_at - s.starts_at) / 60) * 60) ELSE 0 END)) * 100 >= share * extract(epoch FROM s.ends_at - s.starts_at);
$$;
COMMENT ON FUNCTION app.presence_counts IS 'whether she was in a session for as much of its time as is asked, by whole minutes, or made it up; who was excused was not';

CREATE FUNCTION app.sum_presence(e app.event, of_entry uuid) RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE f app.event_presence;
BEGIN
  SELECT * INTO f FROM app.event_presence p WHERE p.district_id = e.district_id AND p.enrolment_id = of_entry AND p.state = 'came' ORDER BY p.came_at LIMIT 1;
  UPDATE app.enrolment x SET came_at = f.came_at, came_how = f.came_how, came_by = f.made_by WHERE x.district_id = e.district_id AND x.id = of_entry;
END $$;
COMMENT ON FUNCTION app.sum_presence IS 'her first coming, as it stands on her entry, from those of the sessions';

CREATE FUNCTION app.come_to(e app.event, of_session uuid, n app.enrolment, at timestamptz, how text) RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$ BEGIN
  INSERT INTO app.event_presence AS p (district_id, session_id, enrolment_id, person_id, state, came_at, came_how, made_by) VALUES (e.district_id, of_session, n.id, n.person_id, 'came', at, how, app.me())
    ON CONFLICT ON CONSTRAINT event_presence_pkey DO UPDATE SET state = 'came', came_at = excluded.came_at, came_how = excluded.came_how, made_by = excluded.made_by
      WHERE p.state <> 'madeUp' AND (p.came_at IS NULL OR p.came_at > excluded.came_at);
  PERFORM app.sum_presence(e, n.id);
END $$;
COMMENT ON FUNCTION app.come_to IS 'she came to a session; whoever came twice came once, the first time, and what staff noted of minutes missed or of a session made up stays';

-- As in 0420; of an event of several sessions the code is for the one that is on. Staff note those by note_presence.
CREATE OR REPLACE FUNCTION app.note_attendance(of_event uuid, who uuid, has_come boolean, how text, now_at timestamptz, OUT refusal text, OUT entry uuid)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE e app.event; n app.enrolment; on_now uuid;
BEGIN
  SELECT * INTO e FROM app.event x WHERE x.id = of_event AND x.state <> 'draft';
  -- Of match-making whoever could be ticked off by name would be found out by trying.
  IF e.id IS NULL OR NOT (e.kind <> 'match' AND app.leads_event(e) OR how = 'code' AND has_come AND who = app.me()) THEN refusal := 'event'; RETURN; END IF;
  e := app.lock_event(of_event);
  SELECT * INTO n FROM app.enrolment x WHERE x.district_id = e.district_id AND x.event_id = of_event AND x.person_id = who;
  IF n.state IS DISTINCT FROM 'placed' THEN refusal := 'place'; RETURN; END IF;
  IF e.state <> 'open' THEN refusal := 'ended'; RETURN; END IF;
  IF now_at < e.starts_at - interval '2 hours' THEN refusal := 'early'; RETURN; END IF;
  IF how = 'code' AND now_at > e.ends_at + interval '1 hour' THEN refusal := 'late'; RETURN; END IF;
  entry := n.id;
  IF e.done_sessions IS NOT NULL THEN
    on_now := app.session_at(e, now_at);
    IF on_now IS NULL OR how <> 'code' THEN refusal := 'session'; RETURN; END IF;
    PERFORM app.come_to(e, on_now, n, now_at, how);
    RETURN;
  END IF;
  -- Who came twice came once, the first time.
  UPDATE app.enrolment x SET came_at = CASE WHEN has_come THEN coalesce(x.came_at, now_at) END, came_how = CASE WHEN has_come THEN coalesce(x.came_how, how) END,
    came_by = CASE WHEN has_come THEN coalesce(x.came_by, app.me()) END WHERE x.district_id = e.district_id AND x.id = n.id;
END $$;
COMMENT ON FUNCTION app.note_attendance IS 'who came: by the code herself, by the organiser for whoever has a place (not in match-making), until the event is ended. Refused: event, place, ended, early, late, session';

CREATE FUNCTION app.note_presence(of_session uuid, who uuid, what text, how text, missed int, now_at timestamptz, OUT refusal text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE s app.event_session; e app.event; n app.enrolment;
BEGIN
  SELECT * INTO s FROM app.event_session x WHERE x.id = of_session;
  SELECT * INTO e FROM app.event x WHERE x.district_id = s.district_id AND x.id = s.event_id AND x.state <> 'draft';
  IF e.id IS NULL OR e.kind = 'match' OR NOT app.leads_event(e) THEN refusal := 'event'; RETURN; END IF;
  e := app.lock_event(e.id);
  SELECT * INTO n FROM app.enrolment x WHERE x.district_id = e.district_id AND x.event_id = e.id AND x.person_id = who;
  IF n.state IS DISTINCT FROM 'placed' THEN refusal := 'place'; RETURN; END IF;
  IF e.state <> 'open' THEN refusal := 'ended'; RETURN; END IF;
  IF what = 'came' AND now_at < s.starts_at - interval '2 hours' THEN refusal := 'early'; RETURN; END IF;
  IF what = 'madeUp' AND now_at < s.ends_at THEN refusal := 'notOver'; RETURN; END IF;
  IF missed * interval '1 minute' > s.ends_at - s.starts_at THEN refusal := 'minutes'; RETURN; END IF;
  IF what = 'absent' THEN
    DELETE FROM app.event_presence p WHERE p.district_id = e.district_id AND p.session_id = of_session AND p.enrolment_id = n.id;
  ELSE
    -- Noted afterwards, she was there from the start; how late she was staff say.
    INSERT INTO app.event_presence AS p (district_id, session_id, enrolment_id, person_id, state, came_at, came_how, missed_minutes, made_by)
      VALUES (e.district_id, of_session, n.id, who, what, CASE WHEN what = 'came' THEN CASE WHEN how = 'paper' OR now_at > s.ends_at THEN s.starts_at ELSE now_at END END,
        CASE WHEN what = 'came' THEN how END, CASE WHEN what = 'came' THEN missed END, app.me())
      ON CONFLICT ON CONSTRAINT event_presence_pkey DO UPDATE SET state = excluded.state, came_at = CASE WHEN what = 'came' THEN coalesce(p.came_at, excluded.came_at) END,
        came_how = CASE WHEN what = 'came' THEN coalesce(p.came_how, excluded.came_how) END, missed_minutes = excluded.missed_minutes, made_by = excluded.made_by;
  END IF;
  PERFORM app.sum_presence(e, n.id);
END $$;
COMMENT ON FUNCTION app.note_presence IS 'by the organiser, until the event is ended: she came to a session (and missed so many minutes of it), made it up after it, was excused, or was absent. Refused: event, place, ended, early, notOver, minutes';

-- As in 0521; of an event of several sessions each scan is of the one that its time falls in.
CREATE OR REPLACE FUNCTION app.note_scans(of_event uuid, from_device text, now_at timestamptz, given jsonb) RETURNS TABLE (scan uuid, result text, why text, came timestamptz)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE e app.event := app.lock_event(of_event); g record; n app.enrolment; known app.event_scan; held app.event_scan; on_then uuid; made_up boolean;
BEGIN
  IF e.id IS NULL OR NOT app.leads_event(e) THEN RETURN; END IF;
  FOR g IN SELECT x.value ->> 'id' AS id, x.value ->> 'entry' AS entry, x.value ->> 'how' AS how, x.value ->> 'fault' AS fault, (x.value ->> 'said')::timestamptz AS said,
    (x.value ->> 'meant')::timestamptz AS meant FROM jsonb_array_elements(given) WITH ORDINALITY x ORDER BY x.ordinality LOOP
    scan := g.id::uuid;
    SELECT * INTO known FROM app.event_scan s WHERE s.district_id = e.district_id AND s.id = scan;
    IF known.id IS NOT NULL AND known.event_id <> of_event THEN CONTINUE; END IF;
    SELECT * INTO n FROM app.enrolment x WHERE x.district_id = e.district_id AND x.id = coalesce(known.enrolment_id, g.entry::uuid);
    on_then := CASE WHEN known.id IS NOT NULL THEN known.session_id WHEN e.done_sessions IS NOT NULL THEN app.session_at(e, g.meant) END;
    came := n.came_at;
    made_up := false;
    IF e.done_sessions IS NOT NULL THEN
      SELECT p.came_at, p.state = 'madeUp' INTO came, made_up FROM app.event_presence p WHERE p.district_id = e.district_id AND p.session_id = on_then AND p.enrolment_id = n.id;
    END IF;
    IF known.id IS NOT NULL THEN result := known.outcome; why := known.code; RETURN NEXT; CONTINUE; END IF;
    why := CASE WHEN g.fault NOT IN ('early', 'late') THEN g.fault WHEN g.meant > now_at + interval '1 minute' THEN 'future' WHEN g.fault IS NOT NULL THEN g.fault
      WHEN n.id IS NULL THEN 'unknown' WHEN n.event_id <> of_event THEN 'otherEvent'
      WHEN n.state <> 'placed' AND EXISTS (SELECT FROM app.enrolment y JOIN app.event z ON z.district_id = y.district_id AND z.id = y.event_id
        WHERE y.district_id = e.district_id AND z.series_id = e.series_id AND y.person_id = n.person_id AND y.state = 'placed') THEN 'moved'
      WHEN n.state <> 'placed' THEN 'cancelled' WHEN e.state <> 'open' THEN 'ended'
      WHEN g.meant < e.starts_at - interval '2 hours' THEN 'early' WHEN g.meant > e.ends_at + interval '1 hour' THEN 'late'
      WHEN e.done_sessions IS NOT NULL AND on_then IS NULL THEN 'session' END;
    IF n.event_id IS DISTINCT FROM of_event THEN n := NULL; came := NULL; END IF;
    IF why IS NOT NULL THEN result := 'refused';
    ELSE
      SELECT * INTO held FROM app.event_scan s WHERE s.district_id = e.district_id AND s.enrolment_id = n.id AND s.outcome = 'taken' AND s.session_id IS NOT DISTINCT FROM on_then;
      IF made_up IS NOT TRUE AND (came IS NULL OR g.meant < came) THEN
        result := 'taken';
        UPDATE app.event_scan s SET outcome = CASE WHEN s.device = from_device THEN 'again' ELSE 'conflict' END WHERE s.district_id = e.district_id AND s.id = held.id;
        IF e.done_sessions IS NOT NULL THEN PERFORM app.come_to(e, on_then, n, g.meant, g.how);
        ELSE UPDATE app.enrolment x SET came_at = g.meant, came_how = g.how, came_by = app.me() WHERE x.district_id = e.district_id AND x.id = n.id;
        END IF;
        came := g.meant;
      ELSE
        result := CASE WHEN held.device <> from_device THEN 'conflict' ELSE 'again' END;
      END IF;
    END IF;
    INSERT INTO app.event_scan VALUES (e.district_id, scan, of_event, n.id, n.person_id, from_device, g.how, g.said, g.meant, now_at, app.me(), result, why, on_then);
    RETURN NEXT;
  END LOOP;
END $$;

-- As in 0420; of several sessions it is fixed who has done them, and nobody stayed away who was excused from one or made one up.
CREATE OR REPLACE FUNCTION app.end_event(of_event uuid, now_at timestamptz, OUT is_ended boolean, OUT missed uuid[], OUT remained uuid[])
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE e app.event := app.lock_event(of_event); n app.enrolment;
BEGIN
  is_ended := (app.leads_event(e) OR app.at_door()) AND e.state = 'open' AND now_at >= e.ends_at;
  missed := '{}';
  remained := '{}';
  IF is_ended IS NOT TRUE THEN is_ended := false; RETURN; END IF;
  -- Who still waited for something learns that it is over.
  FOR n IN SELECT * FROM app.enrolment x WHERE x.district_id = e.district_id AND x.event_id = of_event AND x.state IN ('offered', 'waiting', 'asked') ORDER BY x.seq LOOP
    IF n.state = 'offered' THEN PERFORM app.count_place(e, n.quotas, -1); END IF;
    UPDATE app.enrolment x SET state = CASE WHEN n.state = 'offered' THEN 'expired' ELSE 'refused' END, offer_until = NULL, decided_at = now_at, reason = CASE n.state
      WHEN 'waiting' THEN '候补没有等到名额，活动已经办完' WHEN 'asked' THEN '没有安排到名额，活动已经办完' ELSE '没有在期限内确认' END
      WHERE x.district_id = n.district_id AND x.id = n.id;
    remained := remained || n.id;
  END LOOP;
  IF e.done_sessions IS NOT NULL THEN
    UPDATE app.enrolment x SET is_done = (SELECT count(*) FROM app.event_presence p JOIN app.event_session s ON s.district_id = p.district_id AND s.id = p.session_id
        WHERE p.district_id = e.district_id AND p.enrolment_id = x.id AND app.presence_counts(p, s, e.done_share)) >= e.done_sessions
      WHERE x.district_id = e.district_id AND x.event_id = of_event AND x.state = 'placed';
  END IF;
  -- Where nobody was noted, no list was kept: nobody is marked.
  IF e.no_show_limit IS NOT NULL AND EXISTS (SELECT FROM app.enrolment x WHERE x.district_id = e.district_id AND x.event_id = of_event AND x.came_at IS NOT NULL) THEN
    WITH marked AS (UPDATE app.enrolment x SET no_show = 'counted' WHERE x.district_id = e.district_id AND x.event_id = of_event AND x.state = 'placed' AND x.came_at IS NULL
      AND NOT EXISTS (SELECT FROM app.event_presence p WHERE p.district_id = e.district_id AND p.enrolment_id = x.id) RETURNING x.id)
      SELECT coalesce(array_agg(m.id), '{}') INTO missed FROM marked m;
  END IF;
  UPDATE app.event x SET state = 'ended', waiting = 0, version = x.version + 1 WHERE x.district_id = e.district_id AND x.id = of_event;
END $$;

-- As in 0420; sessions that were missed are made up within a fortnight, and a line whose own quotas are full waits for no sweep.
CREATE OR REPLACE FUNCTION app.events_due(now_at timestamptz) RETURNS TABLE (id uuid, what text) LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$ BEGIN
  IF NOT app.at_door() THEN RETURN; END IF;
  RETURN QUERY SELECT DISTINCT n.event_id, 'sweep' FROM app.enrolment n WHERE n.state = 'offered' AND n.offer_until <= now_at
    UNION SELECT e.id, 'sweep' FROM app.event e WHERE e.state = 'open' AND e.waiting > 0 AND e.taken < e.cap AND e.starts_at > now_at
      AND EXISTS (SELECT FROM app.enrolment n WHERE n.district_id = e.district_id AND n.event_id = e.id AND n.state = 'waiting' AND app.has_room(e, n.quotas))
    UNION SELECT e.id, 'draw' FROM app.event e JOIN app.event_draw d ON d.district_id = e.district_id AND d.event_id = e.id
      WHERE e.state = 'open' AND e.closes_at + app.draw_grace() <= now_at AND (d.frozen_at IS NULL OR d.drawn_at IS NULL AND d.source = '')
    -- Three days for the paper list.
    UNION SELECT e.id, 'end' FROM app.event e WHERE e.state = 'open' AND e.ends_at <= now_at - CASE WHEN e.done_sessions IS NULL THEN interval '3 days' ELSE interval '14 days' END
    ORDER BY 1, 2;
END $$;

CREATE FUNCTION app.forget_presences(hers uuid[]) RETURNS void LANGUAGE sql SET search_path = pg_catalog, pg_temp AS $$
  DELETE FROM app.event_presence p WHERE p.person_id = ANY (hers);
$$;
COMMENT ON FUNCTION app.forget_presences IS 'of an erased woman: on which evenings she was there; that she has done it stays, the count rests on it';

-- Who completed a class stands in the attendance: a certificate names the entry that it is of, so that it is hers.
ALTER TABLE app.certificate ADD COLUMN enrolment_id uuid;
DROP INDEX app.certificate_once;
CREATE UNIQUE INDEX certificate_once ON app.certificate (district_id, org_id, record_id, layout, recipient, (coalesce(enrolment_id, record_id))) WHERE state = 'valid';
CREATE INDEX certificate_entry ON app.certificate (enrolment_id) WHERE enrolment_id IS NOT NULL;
COMMENT ON COLUMN app.certificate.enrolment_id IS 'of a class whose record was made from an attendance: the entry of whoever completed it, in the district of the record';

CREATE FUNCTION app.done_of_record(of_record uuid) RETURNS TABLE (entry uuid, name text) LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$ BEGIN
  IF NOT app.in_post('cadre') THEN RETURN; END IF;
  RETURN QUERY SELECT n.id, p.name FROM app.event e JOIN app.org o ON o.id = e.org_id JOIN app.enrolment n ON n.district_id = e.district_id AND n.event_id = e.id JOIN app.person p ON p.id = n.person_id
    WHERE e.record_id = of_record AND starts_with(o.scope_code, current_setting('app.scope', true)) AND n.state = 'placed'
      AND CASE WHEN e.done_sessions IS NULL THEN n.came_at IS NOT NULL ELSE n.is_done END AND p.name IS NOT NULL ORDER BY n.seq;
END $$;
COMMENT ON FUNCTION app.done_of_record IS 'who completed the class that a record was made from, to whoever may certify it: a cadre of its unit or of one above';

REVOKE ALL ON FUNCTION app.session_at, app.presence_counts, app.sum_presence, app.come_to, app.note_presence, app.forget_presences, app.done_of_record FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.presence_counts, app.note_presence, app.done_of_record TO app;
ALTER TABLE app.event_session ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE app.event_presence ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
GRANT SELECT, INSERT, DELETE ON app.event_session TO app;
GRANT SELECT ON app.event_presence TO app;
CREATE POLICY event_session_read ON app.event_session FOR SELECT TO app USING (EXISTS (SELECT FROM app.event e WHERE e.district_id = event_session.district_id AND e.id = event_session.event_id));
CREATE POLICY event_session_insert ON app.event_session FOR INSERT TO app WITH CHECK ((SELECT app.in_post('cadre')) AND EXISTS (SELECT FROM app.event e JOIN app.org o ON o.id = e.org_id
  WHERE e.district_id = event_session.district_id AND e.id = event_session.event_id AND e.state = 'draft' AND o.scope_code = (SELECT current_setting('app.scope', true))));
CREATE POLICY event_session_delete ON app.event_session FOR DELETE TO app USING ((SELECT app.in_post('cadre')) AND EXISTS (SELECT FROM app.event e JOIN app.org o ON o.id = e.org_id
  WHERE e.district_id = event_session.district_id AND e.id = event_session.event_id AND e.state = 'draft' AND o.scope_code = (SELECT current_setting('app.scope', true))));
-- As an entry: known to herself and to the organiser; her own union learns whether she came, not for how long.
CREATE POLICY event_presence_read ON app.event_presence FOR SELECT TO app USING (person_id = (SELECT app.me()) OR (SELECT app.in_post('cadre')) AND EXISTS (SELECT FROM app.event_session s
  JOIN app.event e ON e.district_id = s.district_id AND e.id = s.event_id JOIN app.org o ON o.id = e.org_id WHERE s.district_id = event_presence.district_id
    AND s.id = event_presence.session_id AND o.scope_code = (SELECT current_setting('app.scope', true))));
CREATE POLICY certificate_of_holder ON app.certificate FOR SELECT TO app USING (EXISTS (SELECT FROM app.enrolment n WHERE n.district_id = certificate.record_district_id
  AND n.id = certificate.enrolment_id AND n.person_id = (SELECT app.me())));
