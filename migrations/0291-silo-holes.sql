-- why: whoever gave a matter back, has a tie over the second line or acts in another post of hers learned more of it than she may
ALTER TABLE app.silo_recusal ADD COLUMN silo text;
UPDATE app.silo_recusal r SET silo = c.silo FROM app.silo_case c WHERE c.id = r.case_id;
COMMENT ON COLUMN app.silo_recusal.silo IS 'where the matter was when she gave it back';

CREATE FUNCTION app.silo_myself(of_post uuid) RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$ BEGIN
  RETURN EXISTS (SELECT FROM app.post p JOIN app.account a ON a.id = p.account_id WHERE p.id = of_post AND a.person_id = app.me());
END $$;
COMMENT ON FUNCTION app.silo_myself IS 'whether a post is held by the person who acts, in whichever post she acts now';

CREATE FUNCTION app.silo_recused(of_case uuid) RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$ BEGIN
  RETURN EXISTS (SELECT FROM app.silo_recusal r WHERE r.case_id = of_case AND app.silo_myself(r.post_id));
END $$;
COMMENT ON FUNCTION app.silo_recused IS 'whether the person who acts gave the matter back; she sees it no more, whatever she is in the silo';

CREATE OR REPLACE FUNCTION app.silo_post_barred(of_post uuid, of_org int) RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER
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
    WHERE mine.id = hers.id OR starts_with(mine.scope_code, hers.scope_code) OR starts_with(mine.view_code, hers.scope_code)
      OR (mine.tier <> 'city' AND (starts_with(hers.scope_code, mine.scope_code) OR starts_with(hers.view_code, mine.scope_code))));
END $$;
COMMENT ON FUNCTION app.silo_post_barred IS 'conflict of interest: whoever holds the post works, has a post or stands in the register at the unit in question, at one above it on either line short of the city, or at one below it';

CREATE OR REPLACE FUNCTION app.silo_reads(of_case uuid) RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE c app.silo_case; duty text;
BEGIN
  SELECT * INTO c FROM app.silo_case x WHERE x.id = of_case;
  IF NOT FOUND OR NOT app.silo_sees(c.silo, c.of_org, c.assigned_post) OR app.silo_recused(of_case) THEN RETURN false; END IF;
  duty := app.silo_duty(c.silo);
  IF c.is_urgent AND duty = 'lead' AND c.ended_on IS NULL THEN RETURN true; END IF;
  IF c.assigned_post IS NOT NULL THEN RETURN c.assigned_post = app.acting_post(); END IF;
  RETURN duty IN ('lead', 'intake') AND c.state IN ('received', 'accepted', 'approved')
    AND NOT EXISTS (SELECT FROM app.silo_recusal r WHERE r.case_id = of_case AND r.silo = c.silo);
END $$;
COMMENT ON FUNCTION app.silo_reads IS 'whose texts: before it is first given to somebody, of whoever takes in and gives; from then on of her alone to whom it is given, and of nobody while it was given back; of danger, till it ends, of the lead too';

ALTER POLICY silo_case_desk ON app.silo_case USING (app.silo_sees(silo, of_org, assigned_post) AND NOT app.silo_recused(id));
ALTER POLICY silo_case_worked ON app.silo_case USING (app.silo_sees(silo, of_org, assigned_post) AND NOT app.silo_recused(id));
ALTER POLICY silo_message_written ON app.silo_message WITH CHECK (
  side <> 'asker' AND author_post = (SELECT app.acting_post()) AND NOT app.silo_recused(case_id)
  AND EXISTS (SELECT FROM app.silo_case c WHERE c.id = case_id AND app.silo_sees(c.silo, c.of_org, c.assigned_post)));
ALTER POLICY silo_recusal_desk ON app.silo_recusal USING (NOT app.silo_recused(case_id)
  AND EXISTS (SELECT FROM app.silo_case c WHERE c.id = case_id AND app.silo_sees(c.silo, c.of_org, c.assigned_post)));

CREATE FUNCTION app.silo_called(of_case uuid) RETURNS TABLE (account_id uuid, org_id int) LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$ BEGIN
  RETURN QUERY SELECT t.account_id, t.org_id FROM app.silo_case c CROSS JOIN LATERAL app.silo_seated(c.silo, c.of_org, ARRAY['lead', 'intake']) t
    JOIN app.account a ON a.id = t.account_id
    WHERE c.id = of_case AND NOT EXISTS (SELECT FROM app.silo_recusal r JOIN app.post p ON p.id = r.post_id JOIN app.account b ON b.id = p.account_id
      WHERE r.case_id = of_case AND b.person_id = a.person_id);
END $$;
COMMENT ON FUNCTION app.silo_called IS 'who takes in and gives a matter: those seated without a conflict of interest who did not give it back';

CREATE OR REPLACE FUNCTION app.silo_candidates(of_case uuid) RETURNS TABLE (post_id uuid, name text, home text, busy int) LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE c app.silo_case;
BEGIN
  SELECT * INTO c FROM app.silo_case x WHERE x.id = of_case;
  IF NOT FOUND OR coalesce(app.silo_duty(c.silo), '') NOT IN ('lead', 'intake') OR NOT app.silo_sees(c.silo, c.of_org, c.assigned_post)
    OR app.silo_recused(of_case) THEN RETURN; END IF;
  RETURN QUERY SELECT s.post_id, a.name, o.short_name,
      (SELECT count(*)::int FROM app.silo_case b WHERE b.assigned_post = s.post_id AND b.state = 'assigned'
        AND app.silo_sees(b.silo, b.of_org, b.assigned_post) AND NOT app.silo_recused(b.id))
    FROM app.silo_seat s JOIN app.post p ON p.id = s.post_id JOIN app.account a ON a.id = p.account_id LEFT JOIN app.org o ON o.id = s.home_org
    WHERE s.silo = c.silo AND p.role = 'handler' AND a.disabled_at IS NULL AND p.from_on <= current_date AND coalesce(p.until_on, 'infinity') >= current_date
      AND NOT app.silo_post_barred(s.post_id, c.of_org) AND (c.assigned_post IS NULL OR a.person_id <> app.me())
      AND a.person_id NOT IN (SELECT h.person_id FROM app.post q JOIN app.account h ON h.id = q.account_id
        WHERE q.id = c.assigned_post OR q.id IN (SELECT r.post_id FROM app.silo_recusal r WHERE r.case_id = of_case))
    ORDER BY 4, 2;
END $$;
COMMENT ON FUNCTION app.silo_candidates IS 'to whom a matter may be given: seated in its silo, without a conflict of interest, who did not give it back; whoever hands over what another has does not take it herself';

CREATE OR REPLACE FUNCTION app.silo_recuse(of_case uuid, seen int, today date, due date) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE me uuid := app.acting_post();
BEGIN
  UPDATE app.silo_case c SET assigned_post = NULL, assigned_on = NULL, refer_to = NULL, step = 'assign', due_on = due,
    state = CASE c.silo WHEN 'legal' THEN 'approved' WHEN 'complaint' THEN 'accepted' ELSE 'received' END, version = c.version + 1
    WHERE c.id = of_case AND c.version = seen AND c.assigned_post = me AND c.state = 'assigned';
  IF NOT FOUND THEN RETURN false; END IF;
  INSERT INTO app.silo_recusal (case_id, post_id, on_day, silo) SELECT c.id, me, today, c.silo FROM app.silo_case c WHERE c.id = of_case ON CONFLICT DO NOTHING;
  RETURN true;
END $$;

DROP FUNCTION app.silo_waiting(date);
CREATE FUNCTION app.silo_waiting(today date) RETURNS TABLE (silo text, account_id uuid, org_id int, waiting int, late int) LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$ BEGIN
  RETURN QUERY WITH due AS (
      SELECT c.id, c.silo AS s, c.step IN ('accept', 'approve', 'assign') AS w, c.due_on < today AS l
      FROM app.silo_case c WHERE c.step IS NOT NULL AND c.received_on < today AND (c.step IN ('accept', 'approve', 'assign') OR c.due_on < today)
    ), told AS (
      INSERT INTO app.silo_told AS t SELECT DISTINCT d.s, today FROM due d ON CONFLICT DO NOTHING RETURNING t.silo AS s
    ) SELECT d.s, x.account_id, min(x.org_id), (count(*) FILTER (WHERE d.w))::int, (count(*) FILTER (WHERE d.l))::int
      FROM told t JOIN due d ON d.s = t.s CROSS JOIN LATERAL (SELECT y.account_id, min(y.org_id) AS org_id FROM app.silo_called(d.id) y GROUP BY 1) x
      GROUP BY 1, 2;
END $$;
COMMENT ON FUNCTION app.silo_waiting IS 'once a day, for each of those who lead or take in a silo: how many of the matters that she may know of wait to be taken in or given, and are beyond their term';

REVOKE ALL ON FUNCTION app.silo_myself, app.silo_recused, app.silo_called, app.silo_waiting FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.silo_myself, app.silo_recused, app.silo_called, app.silo_waiting TO app;
