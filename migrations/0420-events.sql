-- why: the sign-up engine gets what a working event needs: kinds, draws that anybody can recompute, slots of one series, attendance, no-shows with appeal, cancelling with a reason
ALTER TABLE app.event
  ADD COLUMN kind text NOT NULL DEFAULT 'other',
  ADD COLUMN about text NOT NULL DEFAULT '',
  ADD COLUMN is_public boolean NOT NULL DEFAULT true,
  ADD COLUMN series_id uuid,
  ADD COLUMN no_show_limit smallint,
  ADD COLUMN no_show_days smallint,
  ADD COLUMN reason text,
  ADD COLUMN draw_source text NOT NULL DEFAULT '',
  ADD COLUMN record_id uuid,
  ADD COLUMN record_programme text,
  DROP CONSTRAINT event_mode_check,
  DROP CONSTRAINT event_state_check;
UPDATE app.event e SET state = 'cancelled', reason = '主办单位已停办' WHERE e.state = 'stopped';
ALTER TABLE app.event
  ADD CONSTRAINT event_mode_check CHECK (mode IN ('firstCome', 'draw', 'review')),
  ADD CONSTRAINT event_state_check CHECK (state IN ('draft', 'open', 'cancelled', 'ended')),
  ADD CONSTRAINT event_kind_check CHECK (kind IN ('class', 'lecture', 'competition', 'service', 'other')),
  ADD CONSTRAINT event_no_show_check CHECK ((no_show_limit IS NULL) = (no_show_days IS NULL) AND coalesce(no_show_limit, 1) BETWEEN 1 AND 9 AND coalesce(no_show_days, 1) BETWEEN 1 AND 730);
CREATE INDEX event_series ON app.event (district_id, series_id) WHERE series_id IS NOT NULL;
CREATE INDEX event_open_end ON app.event (ends_at) WHERE state = 'open';
COMMENT ON COLUMN app.event.is_public IS 'open to women of the whole city; else to those of the organiser and of all units below it';
COMMENT ON COLUMN app.event.series_id IS 'of slots of one series of which a woman has one: the first of them';
COMMENT ON COLUMN app.event.no_show_limit IS 'who stayed away from so many places within no_show_days has none here; empty = nobody is barred, and nobody is marked';
COMMENT ON COLUMN app.event.reason IS 'why it was cancelled';
COMMENT ON COLUMN app.event.draw_source IS 'of a draw: where the public value will be read that nobody knows yet';
COMMENT ON COLUMN app.event.record_id IS 'the record that its attendance became';

ALTER TABLE app.enrolment ADD COLUMN turn int;
UPDATE app.enrolment n SET turn = n.seq;
DROP INDEX app.enrolment_line;
CREATE INDEX enrolment_line ON app.enrolment (district_id, event_id, turn) WHERE state = 'waiting';
COMMENT ON COLUMN app.enrolment.turn IS 'order in the line: that of asking or, after a draw, that of the draw; empty before it. Her number (seq) stays, so that she finds it in the published list';
ALTER TABLE app.enrolment
  ADD COLUMN came_at timestamptz,
  ADD COLUMN came_how text,
  ADD COLUMN came_by uuid,
  ADD COLUMN no_show text,
  ADD COLUMN appeal text,
  ADD COLUMN appeal_answer text,
  ADD CONSTRAINT enrolment_came_check CHECK ((came_at IS NULL) = (came_how IS NULL) AND coalesce(came_how, 'code') IN ('code', 'tick', 'paper')),
  ADD CONSTRAINT enrolment_no_show_check CHECK (coalesce(no_show, 'counted') IN ('counted', 'appealed', 'excused', 'upheld'));
CREATE INDEX enrolment_no_show ON app.enrolment (person_id) WHERE no_show IS NOT NULL;
COMMENT ON COLUMN app.enrolment.came_how IS 'by the code on the wall, ticked off by staff, or from the paper list afterwards';
COMMENT ON COLUMN app.enrolment.no_show IS 'she had a place and stayed away: counted, appealed against, excused, upheld';

-- The secret of a draw, which nobody reads before the list is frozen: no login has a right to this table.
CREATE TABLE app.event_secret (
  district_id int NOT NULL,
  event_id uuid NOT NULL,
  secret text NOT NULL,
  CONSTRAINT event_secret_pkey PRIMARY KEY (district_id, event_id),
  CONSTRAINT event_secret_event_fkey FOREIGN KEY (district_id, event_id) REFERENCES app.event (district_id, id)
);
COMMENT ON TABLE app.event_secret IS 'half of the seed of a draw, committed to by its hash when the event is put up; read by the functions of the draw alone';

CREATE TABLE app.event_draw (
  district_id int NOT NULL,
  event_id uuid NOT NULL,
  secret_hash text NOT NULL,
  source text NOT NULL,
  list text,
  list_hash text,
  places int,
  quotas text,
  frozen_at timestamptz,
  public_value text,
  secret text,
  seed text,
  withdrawn int[],
  placed int[],
  drawn_at timestamptz,
  CONSTRAINT event_draw_pkey PRIMARY KEY (district_id, event_id),
  CONSTRAINT event_draw_event_fkey FOREIGN KEY (district_id, event_id) REFERENCES app.event (district_id, id),
  CONSTRAINT event_draw_order_check CHECK ((list IS NULL) = (frozen_at IS NULL) AND (drawn_at IS NULL OR frozen_at IS NOT NULL) AND (drawn_at IS NULL) = (seed IS NULL))
);
COMMENT ON TABLE app.event_draw IS 'a draw as everybody may read it: what was promised before, the frozen list, what the seed was made of; there is one for an event, and no second';
COMMENT ON COLUMN app.event_draw.source IS 'where the public value is read, said before; empty = the secret and the list alone';
COMMENT ON COLUMN app.event_draw.list IS 'a line for each entry: its number, its id, the quotas that its place counts in, with blanks between';
COMMENT ON COLUMN app.event_draw.quotas IS 'a line for each quota: its id, its places and a label that names no unit; fixed together with the list';
COMMENT ON COLUMN app.event_draw.placed IS 'numbers that got a place, as they were drawn';
COMMENT ON COLUMN app.event_draw.withdrawn IS 'numbers that were given up between the freeze and the draw';

CREATE TABLE app.event_word (
  district_id int NOT NULL,
  id uuid NOT NULL,
  event_id uuid NOT NULL,
  body text NOT NULL,
  at timestamptz NOT NULL,
  made_by uuid NOT NULL,
  CONSTRAINT event_word_pkey PRIMARY KEY (district_id, id),
  CONSTRAINT event_word_event_fkey FOREIGN KEY (district_id, event_id) REFERENCES app.event (district_id, id)
);
CREATE INDEX event_word_event ON app.event_word (district_id, event_id, at);
COMMENT ON TABLE app.event_word IS 'what the organiser tells those who have a place; read by them and by the organiser';

-- As in 0380; slots of one series are locked by the first of them, so that a woman has one of them at most.
CREATE OR REPLACE FUNCTION app.lock_event(of_event uuid) RETURNS app.event LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE e app.event;
BEGIN
  SELECT * INTO e FROM app.event x WHERE x.id = of_event;
  IF e.series_id IS NOT NULL THEN
    PERFORM FROM app.event x WHERE x.district_id = e.district_id AND x.id = e.series_id FOR NO KEY UPDATE;
  END IF;
  SELECT * INTO e FROM app.event x WHERE x.district_id = e.district_id AND x.id = of_event FOR NO KEY UPDATE;
  PERFORM FROM app.event_quota q WHERE q.district_id = e.district_id AND q.id IN (SELECT u.quota_id FROM app.event_quota_use u
    WHERE u.district_id = e.district_id AND u.event_id = of_event) ORDER BY q.id FOR NO KEY UPDATE;
  RETURN e;
END $$;

-- As in 0380; the line goes by turn.
CREATE OR REPLACE FUNCTION app.fill_event(e app.event, now_at timestamptz) RETURNS SETOF uuid LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE w app.enrolment; is_late boolean := now_at > e.starts_at - interval '24 hours'; spent uuid[];
BEGIN
  IF e.state <> 'open' OR now_at >= e.starts_at THEN RETURN; END IF;
  WHILE app.has_room(e, '{}') LOOP
    SELECT coalesce(array_agg(q.id), '{}') INTO spent FROM app.event_quota_use u JOIN app.event_quota q ON q.district_id = u.district_id AND q.id = u.quota_id
      WHERE u.district_id = e.district_id AND u.event_id = e.id AND q.taken >= q.cap;
    SELECT * INTO w FROM app.enrolment n WHERE n.district_id = e.district_id AND n.event_id = e.id AND n.state = 'waiting' AND NOT n.quotas && spent ORDER BY n.turn LIMIT 1;
    EXIT WHEN NOT FOUND;
    PERFORM app.count_place(e, w.quotas, 1);
    UPDATE app.event SET waiting = waiting - 1 WHERE district_id = e.district_id AND id = e.id;
    UPDATE app.enrolment SET state = CASE WHEN is_late THEN 'offered' ELSE 'placed' END, decided_at = now_at,
      offer_until = CASE WHEN is_late THEN least(now_at + e.offer_hours * interval '1 hour', e.starts_at) END
      WHERE district_id = w.district_id AND id = w.id;
    RETURN NEXT w.id;
  END LOOP;
END $$;

-- As in 0380; besides: whose event it is, one slot of a series, who stayed away too often, and a draw whose list is fixed. Who comes into
-- a line is its last: nobody counts the line under its lock.
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
COMMENT ON FUNCTION app.enrol IS 'signs up herself or, by a cadre, a woman of the unit: a place, a turn in the line, an entry of a draw or of a choice, or a refusal by its name (person, event, stopped, early, late, outside, full, unallotted, barred, slot, already). The time is that of receipt';

-- As in 0380; a job, which has the key of the door, moves the clock as well.
DROP FUNCTION app.sweep_event;
CREATE FUNCTION app.sweep_event(of_event uuid, now_at timestamptz) RETURNS TABLE (id uuid, is_promoted boolean) LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE e app.event := app.lock_event(of_event); n app.enrolment;
BEGIN
  IF NOT (app.leads_event(e) OR app.in_post('service') OR app.at_door()) THEN RETURN; END IF;
  FOR n IN UPDATE app.enrolment x SET state = 'expired', offer_until = NULL, decided_at = now_at
    WHERE x.district_id = e.district_id AND x.event_id = of_event AND x.state = 'offered' AND x.offer_until <= now_at RETURNING * LOOP
    PERFORM app.count_place(e, n.quotas, -1);
    id := n.id; is_promoted := false; RETURN NEXT;
  END LOOP;
  RETURN QUERY SELECT f, true FROM app.fill_event(e, now_at) f;
END $$;
COMMENT ON FUNCTION app.sweep_event IS 'offers past their deadline free their places, free places go to the line: the entries that expired, and those promoted';
REVOKE ALL ON FUNCTION app.sweep_event FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.sweep_event TO app;

-- As in 0380; places are chosen only where the organiser chooses: of a draw nobody is taken by hand.
CREATE OR REPLACE FUNCTION app.decide_entry(of_entry uuid, is_taken boolean, why text, now_at timestamptz, OUT refusal text) LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE e app.event; n app.enrolment;
BEGIN
  SELECT * INTO n FROM app.enrolment x WHERE x.id = of_entry;
  e := app.lock_event(n.event_id);
  IF e.id IS NULL OR NOT app.leads_event(e) OR e.mode <> 'review' THEN refusal := 'entry'; RETURN; END IF;
  SELECT * INTO n FROM app.enrolment x WHERE x.district_id = n.district_id AND x.id = of_entry;
  IF n.state <> 'asked' OR e.state <> 'open' THEN refusal := 'gone'; RETURN; END IF;
  IF is_taken AND NOT app.has_room(e, n.quotas) THEN refusal := 'full'; RETURN; END IF;
  IF is_taken THEN PERFORM app.count_place(e, n.quotas, 1); END IF;
  UPDATE app.enrolment x SET state = CASE WHEN is_taken THEN 'placed' ELSE 'refused' END, reason = why, decided_at = now_at
    WHERE x.district_id = n.district_id AND x.id = of_entry;
END $$;

-- As in 0380; places of a draw stand from the freeze to the draw.
CREATE OR REPLACE FUNCTION app.set_event_cap(of_event uuid, to_cap int, now_at timestamptz) RETURNS SETOF uuid LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE e app.event := app.lock_event(of_event);
BEGIN
  IF NOT app.leads_event(e) OR EXISTS (SELECT FROM app.event_draw d WHERE d.district_id = e.district_id AND d.event_id = of_event
    AND d.frozen_at IS NOT NULL AND d.drawn_at IS NULL) THEN RETURN; END IF;
  UPDATE app.event x SET cap = to_cap, version = x.version + 1 WHERE x.district_id = e.district_id AND x.id = of_event;
  RETURN QUERY SELECT * FROM app.fill_event(e, now_at);
END $$;

CREATE FUNCTION app.move_entry(of_entry uuid, to_event uuid, now_at timestamptz, OUT refusal text, OUT entry uuid, OUT state text, OUT promoted uuid[])
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE n app.enrolment; had app.event; goes app.event; gone record; came record;
BEGIN
  SELECT * INTO n FROM app.enrolment x WHERE x.id = of_entry;
  SELECT * INTO had FROM app.event x WHERE x.id = n.event_id;
  SELECT * INTO goes FROM app.event x WHERE x.id = to_event;
  IF had.series_id IS NULL OR goes.id = had.id OR goes.series_id IS DISTINCT FROM had.series_id THEN refusal := 'event'; RETURN; END IF;
  BEGIN
    SELECT * INTO gone FROM app.leave_event(of_entry, now_at);
    IF gone.refusal IS NOT NULL THEN refusal := gone.refusal; RETURN; END IF;
    SELECT * INTO came FROM app.enrol(to_event, n.person_id, now_at);
    IF came.refusal IS NOT NULL OR came.state = 'waiting' THEN RAISE SQLSTATE 'JG001'; END IF;
  EXCEPTION WHEN SQLSTATE 'JG001' THEN refusal := coalesce(came.refusal, 'full'); RETURN;
  END;
  entry := came.entry; state := came.state; promoted := gone.promoted || came.promoted;
END $$;
COMMENT ON FUNCTION app.move_entry IS 'takes another slot of the series and gives up hers, or does neither';

CREATE FUNCTION app.cancel_event(of_event uuid, why text, now_at timestamptz) RETURNS SETOF uuid LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE e app.event := app.lock_event(of_event); n app.enrolment;
BEGIN
  IF NOT app.leads_event(e) OR e.state NOT IN ('draft', 'open') THEN RETURN; END IF;
  FOR n IN SELECT * FROM app.enrolment x WHERE x.district_id = e.district_id AND x.event_id = of_event AND x.state IN ('placed', 'offered', 'waiting', 'asked') ORDER BY x.seq LOOP
    IF n.state IN ('placed', 'offered') THEN PERFORM app.count_place(e, n.quotas, -1); END IF;
    UPDATE app.enrolment x SET state = 'cancelled', offer_until = NULL, decided_at = now_at, reason = why WHERE x.district_id = n.district_id AND x.id = n.id;
    RETURN NEXT n.id;
  END LOOP;
  UPDATE app.event x SET state = 'cancelled', reason = why, waiting = 0, version = x.version + 1 WHERE x.district_id = e.district_id AND x.id = of_event;
END $$;
COMMENT ON FUNCTION app.cancel_event IS 'calls an event off with the reason: all who had a place or a turn, who are told';

CREATE FUNCTION app.hmac_sha256(key bytea, said text) RETURNS bytea LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE inner_pad bytea := decode(repeat('36', 64), 'hex'); outer_pad bytea := decode(repeat('5c', 64), 'hex');
BEGIN
  FOR i IN 0 .. length(key) - 1 LOOP
    inner_pad := set_byte(inner_pad, i, 54 # get_byte(key, i));
    outer_pad := set_byte(outer_pad, i, 92 # get_byte(key, i));
  END LOOP;
  RETURN sha256(outer_pad || sha256(inner_pad || convert_to(said, 'UTF8')));
END $$;
COMMENT ON FUNCTION app.hmac_sha256 IS 'HMAC with SHA-256 for keys of at most 64 bytes';

CREATE FUNCTION app.commit_draw(of_event uuid) RETURNS text LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE e app.event := app.lock_event(of_event); hidden text; digest text;
BEGIN
  IF NOT app.leads_event(e) OR e.state <> 'draft' OR e.mode <> 'draw' THEN RETURN NULL; END IF;
  -- Two random numbers of 122 bits each.
  hidden := encode(sha256(convert_to(gen_random_uuid()::text || gen_random_uuid()::text, 'UTF8')), 'hex');
  digest := encode(sha256(convert_to(hidden, 'UTF8')), 'hex');
  INSERT INTO app.event_secret VALUES (e.district_id, e.id, hidden);
  INSERT INTO app.event_draw (district_id, event_id, secret_hash, source) VALUES (e.district_id, e.id, digest, e.draw_source);
  RETURN digest;
END $$;
COMMENT ON FUNCTION app.commit_draw IS 'before an event with a draw is put up: makes its secret and publishes the hash';

CREATE FUNCTION app.draw_grace() RETURNS interval LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$ SELECT interval '10 seconds' $$;
COMMENT ON FUNCTION app.draw_grace IS 'how long after closing the list of a draw stays open to requests that were received before it and waited';

CREATE FUNCTION app.freeze_draw(of_event uuid, now_at timestamptz) RETURNS text LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE e app.event := app.lock_event(of_event); lines text; digest text;
BEGIN
  IF NOT (app.leads_event(e) OR app.at_door()) OR e.state <> 'open' OR e.mode <> 'draw' OR now_at < e.closes_at + app.draw_grace() THEN RETURN NULL; END IF;
  SELECT coalesce(string_agg(concat_ws(' ', n.seq, n.id, nullif(array_to_string(n.quotas, ' '), '')), E'\n' ORDER BY n.seq), '') INTO lines
    FROM app.enrolment n WHERE n.district_id = e.district_id AND n.event_id = of_event AND n.state = 'asked';
  digest := encode(sha256(convert_to(lines, 'UTF8')), 'hex');
  UPDATE app.event_draw d SET list = lines, list_hash = digest, frozen_at = now_at, places = e.cap, quotas = (SELECT coalesce(string_agg(concat_ws(' ', q.id, q.cap, '名额组' || q.n), E'\n' ORDER BY q.id), '')
      FROM (SELECT q.*, row_number() OVER (ORDER BY q.id) AS n FROM app.event_quota q JOIN app.event_quota_use u ON u.district_id = q.district_id AND u.quota_id = q.id WHERE u.district_id = e.district_id AND u.event_id = of_event) q)
    WHERE d.district_id = e.district_id AND d.event_id = of_event AND d.frozen_at IS NULL;
  RETURN CASE WHEN FOUND THEN digest END;
END $$;
COMMENT ON FUNCTION app.freeze_draw IS 'after closing and the grace: fixes who takes part, once, and publishes the list and its hash';

CREATE FUNCTION app.draw_event(of_event uuid, value text, now_at timestamptz) RETURNS uuid[] LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE e app.event := app.lock_event(of_event); d app.event_draw; hidden text; root bytea; one record; has_place boolean; given_up int[] := '{}'; got int[] := '{}'; decided uuid[] := '{}';
BEGIN
  SELECT * INTO d FROM app.event_draw x WHERE x.district_id = e.district_id AND x.event_id = of_event;
  IF NOT (app.leads_event(e) OR app.at_door()) OR e.state <> 'open' OR d.frozen_at IS NULL OR d.drawn_at IS NOT NULL THEN RETURN NULL; END IF;
  -- Where a public value was promised, nothing but it draws.
  IF (d.source = '') <> (value = '') THEN RETURN NULL; END IF;
  SELECT s.secret INTO hidden FROM app.event_secret s WHERE s.district_id = e.district_id AND s.event_id = of_event;
  root := app.hmac_sha256(decode(hidden, 'hex'), d.list_hash || value);
  FOR one IN SELECT row_number() OVER (ORDER BY app.hmac_sha256(root, l.number::text))::int AS turn, l.number, n.id, n.state, n.quotas
      FROM (SELECT split_part(x, ' ', 1)::int AS number, split_part(x, ' ', 2)::uuid AS id FROM string_to_table(d.list, E'\n') x WHERE x <> '') l
      LEFT JOIN app.enrolment n ON n.district_id = e.district_id AND n.id = l.id ORDER BY 1 LOOP
    IF one.state IS DISTINCT FROM 'asked' THEN given_up := given_up || one.number; CONTINUE; END IF;
    has_place := app.has_room(e, one.quotas);
    IF has_place THEN PERFORM app.count_place(e, one.quotas, 1); got := got || one.number; END IF;
    -- The order of the line is that of the draw from here on.
    UPDATE app.enrolment x SET turn = one.turn, decided_at = now_at, state = CASE WHEN has_place THEN 'placed' WHEN e.has_list THEN 'waiting' ELSE 'refused' END,
      reason = CASE WHEN NOT has_place AND NOT e.has_list THEN '抽签没有抽中' END WHERE x.district_id = e.district_id AND x.id = one.id;
    IF NOT has_place AND e.has_list THEN UPDATE app.event x SET waiting = x.waiting + 1 WHERE x.district_id = e.district_id AND x.id = of_event; END IF;
    decided := decided || one.id;
  END LOOP;
  UPDATE app.event_draw x SET public_value = value, secret = hidden, seed = encode(root, 'hex'), withdrawn = given_up, placed = got, drawn_at = now_at
    WHERE x.district_id = e.district_id AND x.event_id = of_event;
  RETURN decided;
END $$;
COMMENT ON FUNCTION app.draw_event IS 'draws once, by ranks that anybody recomputes from the secret, the frozen list and the public value: places in the order of the ranks where the quotas have room, the others wait or are refused. The entries decided; NULL where it did not draw';

CREATE FUNCTION app.note_attendance(of_event uuid, who uuid, has_come boolean, how text, now_at timestamptz, OUT refusal text, OUT entry uuid)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE e app.event; n app.enrolment;
BEGIN
  SELECT * INTO e FROM app.event x WHERE x.id = of_event AND x.state <> 'draft';
  IF e.id IS NULL OR NOT (app.leads_event(e) OR how = 'code' AND has_come AND who = app.me()) THEN refusal := 'event'; RETURN; END IF;
  e := app.lock_event(of_event);
  SELECT * INTO n FROM app.enrolment x WHERE x.district_id = e.district_id AND x.event_id = of_event AND x.person_id = who;
  IF n.state IS DISTINCT FROM 'placed' THEN refusal := 'place'; RETURN; END IF;
  IF e.state <> 'open' THEN refusal := 'ended'; RETURN; END IF;
  IF now_at < e.starts_at - interval '2 hours' THEN refusal := 'early'; RETURN; END IF;
  IF how = 'code' AND now_at > e.ends_at + interval '1 hour' THEN refusal := 'late'; RETURN; END IF;
  entry := n.id;
  -- Who came twice came once, the first time.
  UPDATE app.enrolment x SET came_at = CASE WHEN has_come THEN coalesce(x.came_at, now_at) END, came_how = CASE WHEN has_come THEN coalesce(x.came_how, how) END,
    came_by = CASE WHEN has_come THEN coalesce(x.came_by, app.me()) END WHERE x.district_id = e.district_id AND x.id = n.id;
END $$;
COMMENT ON FUNCTION app.note_attendance IS 'who came: by the code herself, by the organiser for whoever has a place, until the event is ended. Refused: event, place, ended, early, late';

CREATE FUNCTION app.end_event(of_event uuid, now_at timestamptz, OUT is_ended boolean, OUT missed uuid[], OUT remained uuid[])
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
  -- Where nobody was noted, no list was kept: nobody is marked.
  IF e.no_show_limit IS NOT NULL AND EXISTS (SELECT FROM app.enrolment x WHERE x.district_id = e.district_id AND x.event_id = of_event AND x.came_at IS NOT NULL) THEN
    WITH marked AS (UPDATE app.enrolment x SET no_show = 'counted' WHERE x.district_id = e.district_id AND x.event_id = of_event AND x.state = 'placed' AND x.came_at IS NULL RETURNING x.id)
      SELECT coalesce(array_agg(m.id), '{}') INTO missed FROM marked m;
  END IF;
  UPDATE app.event x SET state = 'ended', waiting = 0, version = x.version + 1 WHERE x.district_id = e.district_id AND x.id = of_event;
END $$;
COMMENT ON FUNCTION app.end_event IS 'ends an event that is over: attendance is fixed, who had a place and stayed away is marked where the event said so, who still waited is refused with the reason. Whether it did, who was marked, who remained';

CREATE FUNCTION app.appeal_no_show(of_entry uuid, words text) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$ BEGIN
  UPDATE app.enrolment x SET no_show = 'appealed', appeal = words WHERE x.id = of_entry AND x.person_id = app.me() AND x.no_show = 'counted';
  RETURN FOUND;
END $$;
COMMENT ON FUNCTION app.appeal_no_show IS 'she says why she could not come, once';

CREATE FUNCTION app.answer_no_show(of_entry uuid, is_excused boolean, words text) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE n app.enrolment; e app.event;
BEGIN
  SELECT * INTO n FROM app.enrolment x WHERE x.id = of_entry;
  SELECT * INTO e FROM app.event x WHERE x.district_id = n.district_id AND x.id = n.event_id;
  IF e.id IS NULL OR NOT app.leads_event(e) THEN RETURN false; END IF;
  UPDATE app.enrolment x SET no_show = CASE WHEN is_excused THEN 'excused' ELSE 'upheld' END, appeal_answer = words
    WHERE x.district_id = n.district_id AND x.id = of_entry AND (x.no_show = 'appealed' OR x.no_show = 'counted' AND is_excused);
  RETURN FOUND;
END $$;
COMMENT ON FUNCTION app.answer_no_show IS 'the organiser excuses an absence, asked or not, or upholds it against an appeal; an excused one bars nobody from that moment on';

CREATE FUNCTION app.event_roster(of_event uuid) RETURNS TABLE (id uuid, name text, org text, is_woman boolean) LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$ BEGIN
  RETURN QUERY SELECT n.id, p.name, o.short_name, p.sex = '女' FROM app.enrolment n JOIN app.event e ON e.district_id = n.district_id AND e.id = n.event_id
    JOIN app.person p ON p.id = n.person_id JOIN app.org o ON o.id = n.org_id
    WHERE n.event_id = of_event AND (app.leads_event(e) OR app.in_post('cadre') AND o.scope_code = current_setting('app.scope', true));
END $$;
COMMENT ON FUNCTION app.event_roster IS 'names of who signed up: to the organiser, also of women of other units; to a unit of its own';

CREATE FUNCTION app.ahead_in_line(of_entry uuid) RETURNS int LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT (SELECT count(*)::int FROM app.enrolment x WHERE x.district_id = n.district_id AND x.event_id = n.event_id AND x.state = 'waiting' AND x.turn < n.turn)
    FROM app.enrolment n WHERE n.id = of_entry AND n.state = 'waiting';
$$;
COMMENT ON FUNCTION app.ahead_in_line IS 'how many wait before an entry that waits';

CREATE FUNCTION app.entry_state(of_entry uuid, OUT state text, OUT title text) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT n.state, e.title FROM app.enrolment n JOIN app.event e ON e.district_id = n.district_id AND e.id = n.event_id WHERE n.id = of_entry;
$$;
COMMENT ON FUNCTION app.entry_state IS 'how an entry of known number stands, for the message about it: no name, no unit';

CREATE FUNCTION app.accounts_of_entries(entries uuid[]) RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT DISTINCT a.id FROM app.enrolment n JOIN app.account a ON a.person_id = n.person_id WHERE n.id = ANY (entries) AND a.disabled_at IS NULL;
$$;
COMMENT ON FUNCTION app.accounts_of_entries IS 'who is told of an entry: herself';

CREATE FUNCTION app.proxies_of_entries(entries uuid[]) RETURNS TABLE (account_id uuid, org_id int, event_id uuid, title text) LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
  SELECT DISTINCT a.id, n.org_id, e.id, e.title FROM app.enrolment n JOIN app.event e ON e.district_id = n.district_id AND e.id = n.event_id
    JOIN app.account a ON a.person_id = n.asked_by AND a.disabled_at IS NULL
    WHERE n.id = ANY (entries) AND n.asked_by <> n.person_id AND EXISTS (SELECT FROM app.post p WHERE p.account_id = a.id AND p.org_id = n.org_id AND p.role = 'cadre'
        AND p.from_on <= current_date AND coalesce(p.until_on, 'infinity') >= current_date)
      AND NOT EXISTS (SELECT FROM app.message m WHERE m.account_id = a.id AND m.kind = 'notice' AND m.link = '/events/' || e.id AND m.read_at IS NULL);
$$;
COMMENT ON FUNCTION app.proxies_of_entries IS 'who signed others up and is told that there is news of the event: as long as she is in post in that unit, and not again before she read it';

CREATE FUNCTION app.events_due(now_at timestamptz) RETURNS TABLE (id uuid, what text) LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$ BEGIN
  IF NOT app.at_door() THEN RETURN; END IF;
  RETURN QUERY SELECT DISTINCT n.event_id, 'sweep' FROM app.enrolment n WHERE n.state = 'offered' AND n.offer_until <= now_at
    UNION SELECT e.id, 'sweep' FROM app.event e WHERE e.state = 'open' AND e.waiting > 0 AND e.taken < e.cap AND e.starts_at > now_at
    UNION SELECT e.id, 'draw' FROM app.event e JOIN app.event_draw d ON d.district_id = e.district_id AND d.event_id = e.id
      WHERE e.state = 'open' AND e.closes_at + app.draw_grace() <= now_at AND (d.frozen_at IS NULL OR d.drawn_at IS NULL AND d.source = '')
    -- Three days for the paper list.
    UNION SELECT e.id, 'end' FROM app.event e WHERE e.state = 'open' AND e.ends_at <= now_at - interval '3 days'
    ORDER BY 1, 2;
END $$;
COMMENT ON FUNCTION app.events_due IS 'events that wait for the clock, for the job that sweeps';

REVOKE ALL ON FUNCTION app.move_entry, app.cancel_event, app.hmac_sha256, app.commit_draw, app.draw_grace, app.freeze_draw, app.draw_event, app.note_attendance, app.end_event, app.appeal_no_show,
  app.answer_no_show, app.event_roster, app.ahead_in_line, app.accounts_of_entries, app.proxies_of_entries, app.entry_state, app.events_due FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.move_entry, app.cancel_event, app.commit_draw, app.draw_grace, app.freeze_draw, app.draw_event, app.note_attendance, app.end_event, app.appeal_no_show,
  app.answer_no_show, app.event_roster, app.ahead_in_line, app.accounts_of_entries, app.proxies_of_entries, app.entry_state, app.events_due TO app;

DO $$ DECLARE t text; BEGIN
  FOREACH t IN ARRAY ARRAY['event_secret', 'event_draw', 'event_word'] LOOP
    EXECUTE format('ALTER TABLE app.%s ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', t);
  END LOOP;
END $$;
GRANT SELECT ON app.event_draw TO app;
GRANT SELECT, INSERT ON app.event_word TO app;
GRANT UPDATE (kind, about, record_id, record_programme) ON app.event TO app;
GRANT DELETE ON app.event, app.event_quota, app.event_quota_use TO app;

CREATE POLICY event_draw_read ON app.event_draw FOR SELECT TO app USING (EXISTS (SELECT FROM app.event e WHERE e.district_id = event_draw.district_id
  AND e.id = event_draw.event_id AND e.state <> 'draft'));
CREATE POLICY event_word_read ON app.event_word FOR SELECT TO app USING (EXISTS (SELECT FROM app.enrolment n WHERE n.district_id = event_word.district_id
    AND n.event_id = event_word.event_id AND n.person_id = (SELECT app.me()) AND n.state = 'placed')
  OR (SELECT app.in_post('cadre')) AND EXISTS (SELECT FROM app.event e JOIN app.org o ON o.id = e.org_id WHERE e.district_id = event_word.district_id
    AND e.id = event_word.event_id AND o.scope_code = (SELECT current_setting('app.scope', true))));
CREATE POLICY event_word_insert ON app.event_word FOR INSERT TO app WITH CHECK ((SELECT app.in_post('cadre')) AND EXISTS (SELECT FROM app.event e
  JOIN app.org o ON o.id = e.org_id WHERE e.district_id = event_word.district_id AND e.id = event_word.event_id AND o.scope_code = (SELECT current_setting('app.scope', true))));
-- Asked by a function: a policy of event_quota_use that reads event_quota, whose policy reads event_quota_use, never ends.
CREATE FUNCTION app.owns_quota(of_quota uuid, organiser int) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT EXISTS (SELECT FROM app.event_quota q WHERE q.id = of_quota AND q.org_id = organiser);
$$;
COMMENT ON FUNCTION app.owns_quota IS 'whether a quota is of this organiser';
REVOKE ALL ON FUNCTION app.owns_quota FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.owns_quota TO app;
DROP POLICY event_quota_use_insert ON app.event_quota_use;
CREATE POLICY event_quota_use_insert ON app.event_quota_use FOR INSERT TO app WITH CHECK ((SELECT app.in_post('cadre')) AND EXISTS (SELECT FROM app.event e
  JOIN app.org o ON o.id = e.org_id WHERE e.district_id = event_quota_use.district_id AND e.id = event_quota_use.event_id AND e.state = 'draft'
    AND o.scope_code = (SELECT current_setting('app.scope', true)) AND app.owns_quota(event_quota_use.quota_id, e.org_id)));
-- A draft is set up anew as often as its organiser likes; what was put up keeps its way and its quotas.
CREATE POLICY event_delete ON app.event FOR DELETE TO app USING (state = 'draft' AND (SELECT app.in_post('cadre')) AND EXISTS (SELECT FROM app.org o
  WHERE o.id = event.org_id AND o.scope_code = (SELECT current_setting('app.scope', true))));
CREATE POLICY event_quota_delete ON app.event_quota FOR DELETE TO app USING (taken = 0 AND (SELECT app.in_post('cadre')) AND EXISTS (SELECT FROM app.org o
  WHERE o.id = event_quota.org_id AND o.scope_code = (SELECT current_setting('app.scope', true))));
CREATE POLICY event_quota_use_delete ON app.event_quota_use FOR DELETE TO app USING ((SELECT app.in_post('cadre')) AND EXISTS (SELECT FROM app.event e
  JOIN app.org o ON o.id = e.org_id WHERE e.district_id = event_quota_use.district_id AND e.id = event_quota_use.event_id AND e.state = 'draft'
    AND o.scope_code = (SELECT current_setting('app.scope', true))));

-- As in 0380; her words about an absence go with her.
CREATE OR REPLACE FUNCTION app.forget_enrolments(hers uuid[]) RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE n app.enrolment; e app.event;
BEGIN
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
