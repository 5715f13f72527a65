-- why: legal aid, complaints and counselling are heard by the few who are named for it, under keys of their own; the tiers learn counts by topic and no word
CREATE TABLE app.silo_seat (
  post_id uuid NOT NULL,
  silo text NOT NULL,
  duty text NOT NULL,
  home_org int,
  set_by uuid NOT NULL,
  set_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT silo_seat_pkey PRIMARY KEY (post_id, silo),
  CONSTRAINT silo_seat_post_fkey FOREIGN KEY (post_id) REFERENCES app.post (id),
  CONSTRAINT silo_seat_home_fkey FOREIGN KEY (home_org) REFERENCES app.org (id),
  CONSTRAINT silo_seat_silo_check CHECK (silo IN ('legal', 'complaint', 'counsel')),
  CONSTRAINT silo_seat_duty_check CHECK (duty IN ('lead', 'intake', 'handler'))
);
COMMENT ON TABLE app.silo_seat IS '专办岗位分工: which silo a handler post works in, as lead, intake or handler';
COMMENT ON COLUMN app.silo_seat.home_org IS 'unit that employs her, for conflicts of interest; NULL = none in the tree';

CREATE FUNCTION app.silo_duty(of_silo text) RETURNS text LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$ BEGIN
  IF NOT app.scope_ok() THEN RETURN NULL; END IF;
  RETURN (SELECT s.duty FROM app.silo_seat s JOIN app.post p ON p.id = s.post_id
    WHERE s.post_id = app.acting_post() AND s.silo = of_silo AND p.role = 'handler');
END $$;
COMMENT ON FUNCTION app.silo_duty IS 'what the acting post is in a silo; NULL = it has no business there';

CREATE FUNCTION app.silo_post_barred(of_post uuid, of_org int) RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$ BEGIN
  RETURN of_org IS NOT NULL AND EXISTS (
    SELECT FROM (
      SELECT s.home_org AS id FROM app.silo_seat s WHERE s.post_id = of_post
      UNION
      SELECT o.org_id FROM app.post h JOIN app.account a ON a.id = h.account_id JOIN app.account b ON b.person_id = a.person_id
        JOIN app.post o ON o.account_id = b.id
      WHERE h.id = of_post AND o.role <> 'handler' AND coalesce(o.until_on, 'infinity') >= current_date
      UNION
      SELECT r.org_id FROM app.post h JOIN app.account a ON a.id = h.account_id JOIN app.person r ON r.id = a.person_id WHERE h.id = of_post
    ) tie JOIN app.org mine ON mine.id = tie.id JOIN app.org hers ON hers.id = of_org
    WHERE mine.id = hers.id OR starts_with(mine.scope_code, hers.scope_code)
      OR (mine.tier <> 'city' AND starts_with(hers.scope_code, mine.scope_code)));
END $$;
COMMENT ON FUNCTION app.silo_post_barred IS 'conflict of interest: whoever holds the post works, has a post or stands in the register at the unit in question, at one above it short of the city, or at one below it';

CREATE TABLE app.silo_case (
  id uuid NOT NULL,
  silo text NOT NULL,
  topic text NOT NULL,
  form text,
  of_org int,
  state text NOT NULL DEFAULT 'received',
  is_urgent boolean NOT NULL DEFAULT false,
  receipt bytea,
  wrapped text,
  assigned_post uuid,
  accepted_post uuid,
  refer_to text,
  received_on date NOT NULL,
  accepted_on date,
  assigned_on date,
  ended_on date,
  visited_on date,
  step text,
  due_on date,
  version int NOT NULL DEFAULT 1,
  CONSTRAINT silo_case_pkey PRIMARY KEY (id),
  CONSTRAINT silo_case_receipt_once UNIQUE (receipt),
  CONSTRAINT silo_case_org_fkey FOREIGN KEY (of_org) REFERENCES app.org (id),
  CONSTRAINT silo_case_assigned_fkey FOREIGN KEY (assigned_post) REFERENCES app.post (id),
  CONSTRAINT silo_case_silo_check CHECK (silo IN ('legal', 'complaint', 'counsel')),
  CONSTRAINT silo_case_state_check CHECK (state IN ('received', 'accepted', 'approved', 'assigned', 'closed', 'visited', 'declined', 'withdrawn')),
  CONSTRAINT silo_case_receipt_check CHECK (octet_length(receipt) = 32),
  CONSTRAINT silo_case_step_check CHECK (step IN ('accept', 'approve', 'assign', 'close', 'visit')),
  CONSTRAINT silo_case_refer_check CHECK (refer_to IN ('legal', 'complaint', 'counsel') AND refer_to <> silo)
);
CREATE INDEX silo_case_open ON app.silo_case (silo, due_on) WHERE step IS NOT NULL;
CREATE INDEX silo_case_ended ON app.silo_case (silo, ended_on);
COMMENT ON TABLE app.silo_case IS '维权和心理事项: one matter of a silo; whole days only, no address, no device, no number of a person';
COMMENT ON COLUMN app.silo_case.of_org IS 'the unit complained of, or hers; NULL = not said';
COMMENT ON COLUMN app.silo_case.receipt IS 'keyed digest of the code that was shown once; who can show the code holds the matter';
COMMENT ON COLUMN app.silo_case.wrapped IS 'data key of its texts under the key of the silo; NULL = destroyed';
COMMENT ON COLUMN app.silo_case.step IS 'what is to be done next, by due_on';

CREATE FUNCTION app.silo_holds(of_receipt bytea) RETURNS boolean LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$ BEGIN
  RETURN coalesce(of_receipt = decode(coalesce(current_setting('app.receipt', true), ''), 'hex'), false);
END $$;
COMMENT ON FUNCTION app.silo_holds IS 'whether the transaction shows the digest of this receipt; 256 bits that nobody reads from a table';

CREATE FUNCTION app.silo_sees(of_silo text, of_org int, assigned uuid) RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE me uuid := app.acting_post(); duty text;
BEGIN
  IF me IS NULL THEN RETURN false; END IF;
  duty := app.silo_duty(of_silo);
  IF duty IS NULL OR app.silo_post_barred(me, of_org) THEN RETURN false; END IF;
  RETURN duty = 'lead' OR assigned = me OR (duty = 'intake' AND assigned IS NULL);
END $$;
COMMENT ON FUNCTION app.silo_sees IS 'the lead sees the matters of the silo, intake those given to nobody yet, a handler her own; none of them what concerns her own unit';

CREATE FUNCTION app.silo_reads(of_case uuid) RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE c app.silo_case; duty text;
BEGIN
  SELECT * INTO c FROM app.silo_case x WHERE x.id = of_case;
  IF NOT FOUND OR NOT app.silo_sees(c.silo, c.of_org, c.assigned_post) THEN RETURN false; END IF;
  IF c.assigned_post IS NOT NULL THEN
    RETURN c.assigned_post = app.acting_post() OR (c.is_urgent AND app.silo_duty(c.silo) = 'lead' AND c.ended_on IS NULL);
  END IF;
  RETURN app.silo_duty(c.silo) IN ('lead', 'intake') AND c.state IN ('received', 'accepted', 'approved');
END $$;
COMMENT ON FUNCTION app.silo_reads IS 'whose texts: before it is given to somebody, of whoever takes in and gives; from then on of her alone to whom it was given; of danger, till it ends, of the lead too';

ALTER TABLE app.silo_case ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY silo_case_hers ON app.silo_case FOR SELECT TO app USING (app.silo_holds(receipt));
CREATE POLICY silo_case_told ON app.silo_case FOR INSERT TO app WITH CHECK (app.silo_holds(receipt) AND state = 'received'
  AND assigned_post IS NULL AND accepted_post IS NULL);
CREATE POLICY silo_case_said ON app.silo_case FOR UPDATE TO app USING (app.silo_holds(receipt));
CREATE POLICY silo_case_desk ON app.silo_case FOR SELECT TO app USING (app.silo_sees(silo, of_org, assigned_post));
CREATE POLICY silo_case_worked ON app.silo_case FOR UPDATE TO app USING (app.silo_sees(silo, of_org, assigned_post));
GRANT SELECT, INSERT ON app.silo_case TO app;
-- Whose it is, what it concerns, who has it and its key change through the functions below alone.
GRANT UPDATE (state, is_urgent, accepted_post, refer_to, accepted_on, ended_on, visited_on, step, due_on, version) ON app.silo_case TO app;

CREATE TABLE app.silo_message (
  case_id uuid NOT NULL,
  n int NOT NULL,
  side text NOT NULL,
  sealed bytea NOT NULL,
  on_day date NOT NULL,
  author_post uuid,
  CONSTRAINT silo_message_pkey PRIMARY KEY (case_id, n),
  CONSTRAINT silo_message_case_fkey FOREIGN KEY (case_id) REFERENCES app.silo_case (id),
  CONSTRAINT silo_message_side_check CHECK (side IN ('asker', 'handler', 'note')),
  CONSTRAINT silo_message_author_check CHECK ((side = 'asker') = (author_post IS NULL))
);
COMMENT ON COLUMN app.silo_message.n IS 'version of the matter that it made';
COMMENT ON TABLE app.silo_message IS 'what was written to and fro, sealed under the key of its matter; a note is read by its author alone';

ALTER TABLE app.silo_message ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY silo_message_hers ON app.silo_message FOR SELECT TO app USING (
  side <> 'note' AND EXISTS (SELECT FROM app.silo_case c WHERE c.id = case_id AND app.silo_holds(c.receipt)));
CREATE POLICY silo_message_said ON app.silo_message FOR INSERT TO app WITH CHECK (
  side = 'asker' AND EXISTS (SELECT FROM app.silo_case c WHERE c.id = case_id AND app.silo_holds(c.receipt)));
CREATE POLICY silo_message_desk ON app.silo_message FOR SELECT TO app USING (
  app.silo_reads(case_id) AND (side <> 'note' OR author_post = (SELECT app.acting_post())));
CREATE POLICY silo_message_written ON app.silo_message FOR INSERT TO app WITH CHECK (
  side <> 'asker' AND author_post = (SELECT app.acting_post())
  AND EXISTS (SELECT FROM app.silo_case c WHERE c.id = case_id AND app.silo_sees(c.silo, c.of_org, c.assigned_post)));
GRANT SELECT, INSERT ON app.silo_message TO app;

CREATE TABLE app.silo_look (
  id uuid NOT NULL,
  case_id uuid NOT NULL,
  on_day date NOT NULL,
  post_id uuid NOT NULL,
  duty text NOT NULL,
  CONSTRAINT silo_look_pkey PRIMARY KEY (id),
  CONSTRAINT silo_look_case_fkey FOREIGN KEY (case_id) REFERENCES app.silo_case (id)
);
CREATE UNIQUE INDEX silo_look_once ON app.silo_look (case_id, on_day, post_id);
COMMENT ON TABLE app.silo_look IS 'who opened the text of a matter on which day; she is shown the duty and the day';
ALTER TABLE app.silo_look ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY silo_look_hers ON app.silo_look FOR SELECT TO app USING (
  EXISTS (SELECT FROM app.silo_case c WHERE c.id = case_id AND app.silo_holds(c.receipt)));
CREATE POLICY silo_look_own ON app.silo_look FOR SELECT TO app USING (post_id = (SELECT app.acting_post()));
CREATE POLICY silo_look_noted ON app.silo_look FOR INSERT TO app WITH CHECK (post_id = (SELECT app.acting_post()) AND app.silo_reads(case_id));
GRANT SELECT, INSERT ON app.silo_look TO app;

CREATE TABLE app.silo_recusal (
  case_id uuid NOT NULL,
  post_id uuid NOT NULL,
  on_day date NOT NULL,
  CONSTRAINT silo_recusal_pkey PRIMARY KEY (case_id, post_id),
  CONSTRAINT silo_recusal_case_fkey FOREIGN KEY (case_id) REFERENCES app.silo_case (id)
);
COMMENT ON TABLE app.silo_recusal IS '回避: who gave a matter back as not hers to deal with; it is not given to her again';
ALTER TABLE app.silo_recusal ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY silo_recusal_desk ON app.silo_recusal FOR SELECT TO app USING (
  EXISTS (SELECT FROM app.silo_case c WHERE c.id = case_id AND app.silo_sees(c.silo, c.of_org, c.assigned_post)));
GRANT SELECT ON app.silo_recusal TO app;

CREATE TABLE app.silo_period (
  silo text NOT NULL,
  until_quarter int NOT NULL,
  district_id int NOT NULL,
  record_id uuid NOT NULL,
  CONSTRAINT silo_period_pkey PRIMARY KEY (silo, until_quarter),
  CONSTRAINT silo_period_silo_check CHECK (silo = 'counsel')
);
COMMENT ON TABLE app.silo_period IS 'the record of counts that was made of a published period of a silo, once; year * 10 + its last quarter';
ALTER TABLE app.silo_period ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY silo_period_city ON app.silo_period TO app USING ((SELECT app.in_post('cadre') OR app.in_post('leader'))
  AND EXISTS (SELECT FROM app.org o WHERE o.tier = 'city' AND o.scope_code = (SELECT current_setting('app.scope', true))));
GRANT SELECT, INSERT, UPDATE ON app.silo_period TO app;

CREATE TABLE app.silo_told (
  silo text NOT NULL,
  on_day date NOT NULL,
  CONSTRAINT silo_told_pkey PRIMARY KEY (silo, on_day),
  CONSTRAINT silo_told_silo_check CHECK (silo IN ('legal', 'complaint', 'counsel'))
);
COMMENT ON TABLE app.silo_told IS 'on which day those who lead a silo were told of what waits there';
ALTER TABLE app.silo_told ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

ALTER TABLE app.silo_seat ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY silo_seat_own ON app.silo_seat FOR SELECT TO app USING (post_id = (SELECT app.acting_post()));
CREATE POLICY silo_seat_watched ON app.silo_seat FOR SELECT TO app USING ((SELECT app.in_post('securityAdmin')) OR (SELECT app.in_post('auditAdmin')));
CREATE POLICY silo_seat_set ON app.silo_seat TO app USING ((SELECT app.in_post('securityAdmin'))) WITH CHECK ((SELECT app.in_post('securityAdmin'))
  AND EXISTS (SELECT FROM app.post p JOIN app.account a ON a.id = p.account_id WHERE p.id = post_id AND p.role = 'handler' AND a.person_id <> (SELECT app.me())));
GRANT SELECT, INSERT, UPDATE, DELETE ON app.silo_seat TO app;

CREATE FUNCTION app.silo_seated(of_silo text, of_org int, wanted text[]) RETURNS TABLE (account_id uuid, org_id int) LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$ BEGIN
  RETURN QUERY SELECT DISTINCT p.account_id, p.org_id FROM app.silo_seat s JOIN app.post p ON p.id = s.post_id JOIN app.account a ON a.id = p.account_id
    WHERE s.silo = of_silo AND s.duty = ANY (wanted) AND p.role = 'handler' AND a.disabled_at IS NULL AND p.from_on <= current_date
      AND coalesce(p.until_on, 'infinity') >= current_date AND NOT app.silo_post_barred(p.id, of_org);
END $$;
COMMENT ON FUNCTION app.silo_seated IS 'whom to tell of a matter that concerns a unit: those of these duties in office without a conflict of interest';

CREATE FUNCTION app.silo_candidates(of_case uuid) RETURNS TABLE (post_id uuid, name text, home text, busy int) LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE c app.silo_case;
BEGIN
  SELECT * INTO c FROM app.silo_case x WHERE x.id = of_case;
  IF NOT FOUND OR coalesce(app.silo_duty(c.silo), '') NOT IN ('lead', 'intake') OR NOT app.silo_sees(c.silo, c.of_org, c.assigned_post) THEN RETURN; END IF;
  RETURN QUERY SELECT s.post_id, a.name, o.short_name,
      (SELECT count(*)::int FROM app.silo_case b WHERE b.assigned_post = s.post_id AND b.state = 'assigned')
    FROM app.silo_seat s JOIN app.post p ON p.id = s.post_id JOIN app.account a ON a.id = p.account_id LEFT JOIN app.org o ON o.id = s.home_org
    WHERE s.silo = c.silo AND p.role = 'handler' AND a.disabled_at IS NULL AND p.from_on <= current_date AND coalesce(p.until_on, 'infinity') >= current_date
      AND s.post_id IS DISTINCT FROM c.assigned_post AND NOT app.silo_post_barred(s.post_id, c.of_org)
      AND NOT EXISTS (SELECT FROM app.silo_recusal r WHERE r.case_id = of_case AND r.post_id = s.post_id)
    ORDER BY 4, 2;
END $$;
COMMENT ON FUNCTION app.silo_candidates IS 'to whom a matter may be given: seated in its silo, without a conflict of interest, who did not give it back';

CREATE FUNCTION app.silo_assign(of_case uuid, seen int, to_post uuid, today date, due date) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$ BEGIN
  IF NOT EXISTS (SELECT FROM app.silo_candidates(of_case) x WHERE x.post_id = to_post) THEN RETURN false; END IF;
  UPDATE app.silo_case c SET assigned_post = to_post, assigned_on = today, state = 'assigned', step = 'close', due_on = due, version = c.version + 1
    WHERE c.id = of_case AND c.version = seen
      AND (c.step = 'assign' OR (c.state = 'assigned' AND app.silo_duty(c.silo) = 'lead'));
  RETURN FOUND;
END $$;
COMMENT ON FUNCTION app.silo_assign IS 'gives a matter to a candidate, or hands it over to another; whoever had it sees it no more';

CREATE FUNCTION app.silo_recuse(of_case uuid, seen int, today date, due date) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE me uuid := app.acting_post();
BEGIN
  UPDATE app.silo_case c SET assigned_post = NULL, assigned_on = NULL, refer_to = NULL, step = 'assign', due_on = due,
    state = CASE c.silo WHEN 'legal' THEN 'approved' WHEN 'complaint' THEN 'accepted' ELSE 'received' END, version = c.version + 1
    WHERE c.id = of_case AND c.version = seen AND c.assigned_post = me AND c.state = 'assigned';
  IF NOT FOUND THEN RETURN false; END IF;
  INSERT INTO app.silo_recusal VALUES (of_case, me, today) ON CONFLICT DO NOTHING;
  RETURN true;
END $$;
COMMENT ON FUNCTION app.silo_recuse IS 'gives a matter of the acting post back to the lead; she sees it no more';

CREATE FUNCTION app.silo_move(of_case uuid, new_topic text, new_key text, due date) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$ BEGIN
  UPDATE app.silo_case c SET silo = c.refer_to, topic = new_topic, form = NULL, wrapped = new_key, refer_to = NULL, assigned_post = NULL, assigned_on = NULL,
    accepted_post = NULL, accepted_on = NULL, state = 'received', step = CASE c.refer_to WHEN 'counsel' THEN 'assign' ELSE 'accept' END, due_on = due, version = c.version + 1
    WHERE c.id = of_case AND app.silo_holds(c.receipt) AND c.refer_to IS NOT NULL AND c.state = 'assigned';
  RETURN FOUND;
END $$;
COMMENT ON FUNCTION app.silo_move IS 'whoever holds the receipt agrees that another silo deals with the matter: its key is that silo''s from now on';

CREATE FUNCTION app.silo_erase(of_case uuid, today date) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$ BEGIN
  UPDATE app.silo_case c SET wrapped = NULL, of_org = NULL, refer_to = NULL, is_urgent = false, step = NULL, due_on = NULL, version = c.version + 1,
    state = CASE WHEN c.ended_on IS NULL THEN 'withdrawn' ELSE c.state END, ended_on = coalesce(c.ended_on, today)
    WHERE c.id = of_case AND app.silo_holds(c.receipt) AND c.wrapped IS NOT NULL;
  IF NOT FOUND THEN RETURN false; END IF;
  DELETE FROM app.silo_message m WHERE m.case_id = of_case;
  RETURN true;
END $$;
COMMENT ON FUNCTION app.silo_erase IS 'whoever holds the receipt takes back what was told: key and texts are destroyed; topic and days stay, so that counts do';

CREATE FUNCTION app.silo_counts(before date) RETURNS TABLE (silo text, quarter int, topic text, n int) LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$ BEGIN
  IF NOT (app.in_post('cadre') OR app.in_post('leader')) THEN RETURN; END IF;
  RETURN QUERY SELECT c.silo, (extract(year FROM c.ended_on) * 10 + extract(quarter FROM c.ended_on))::int, c.topic, count(*)::int
    FROM app.silo_case c WHERE c.state IN ('closed', 'visited') AND c.ended_on < before GROUP BY 1, 2, 3;
END $$;
COMMENT ON FUNCTION app.silo_counts IS 'how many matters of each silo were closed in each quarter, by topic; the server tells of it what is not small';

CREATE FUNCTION app.silo_waiting(today date) RETURNS TABLE (silo text, waiting int, late int) LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$ BEGIN
  RETURN QUERY WITH due AS (
      SELECT c.silo AS s, count(*) FILTER (WHERE c.step IN ('accept', 'approve', 'assign'))::int AS w, count(*) FILTER (WHERE c.due_on < today)::int AS l
      FROM app.silo_case c WHERE c.step IS NOT NULL AND c.received_on < today GROUP BY 1
    ), told AS (
      INSERT INTO app.silo_told AS t SELECT d.s, today FROM due d WHERE d.w > 0 OR d.l > 0 ON CONFLICT DO NOTHING RETURNING t.silo AS s
    ) SELECT d.s, d.w, d.l FROM due d JOIN told t ON t.s = d.s;
END $$;
COMMENT ON FUNCTION app.silo_waiting IS 'how many matters of each silo wait to be taken in or given, and beyond their term: once a day, for those who lead it';

CREATE FUNCTION app.purge_silos(today date, years int) RETURNS int LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE gone uuid[];
BEGIN
  SELECT array_agg(c.id) INTO gone FROM app.silo_case c WHERE c.receipt IS NOT NULL AND c.ended_on < today - make_interval(years => greatest(years, 1));
  DELETE FROM app.silo_message m WHERE m.case_id = ANY (gone);
  DELETE FROM app.silo_look l WHERE l.case_id = ANY (gone);
  DELETE FROM app.silo_recusal r WHERE r.case_id = ANY (gone);
  UPDATE app.silo_case c SET wrapped = NULL, receipt = NULL, of_org = NULL, refer_to = NULL, assigned_post = NULL, accepted_post = NULL, step = NULL, due_on = NULL
    WHERE c.id = ANY (gone);
  DELETE FROM app.silo_told t WHERE t.on_day < today - 90;
  RETURN coalesce(array_length(gone, 1), 0);
END $$;
COMMENT ON FUNCTION app.purge_silos IS 'destroys keys, texts and receipts of matters that ended so many years ago; topic and days stay, so that counts do';

REVOKE ALL ON FUNCTION app.silo_duty, app.silo_post_barred, app.silo_holds, app.silo_sees, app.silo_reads, app.silo_seated, app.silo_candidates,
  app.silo_assign, app.silo_recuse, app.silo_move, app.silo_erase, app.silo_counts, app.silo_waiting, app.purge_silos FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.silo_duty, app.silo_post_barred, app.silo_holds, app.silo_sees, app.silo_reads, app.silo_seated, app.silo_candidates,
  app.silo_assign, app.silo_recuse, app.silo_move, app.silo_erase, app.silo_counts, app.silo_waiting, app.purge_silos TO app;
