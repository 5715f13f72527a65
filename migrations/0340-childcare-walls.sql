-- why: who may not be let in stays known until a class ends; days on which a class was not shown and falling numbers earn nothing; the wall before classes asks who acts, and publishing asks for checks and papers in the database itself
ALTER TABLE app.childcare_class ADD COLUMN children_on jsonb NOT NULL DEFAULT '{}', ADD COLUMN unshown datemultirange NOT NULL DEFAULT '{}';
COMMENT ON COLUMN app.childcare_class.children_on IS 'how many children had a place from which day on';
COMMENT ON COLUMN app.childcare_class.unshown IS 'days past on which a check or a paper lacked, so that the class was off the page though published';
UPDATE app.childcare_class c SET children_on = jsonb_build_object(c.from_on::text, c.children) WHERE c.children IS NOT NULL;

ALTER TABLE app.childcare_staff ADD COLUMN version int NOT NULL DEFAULT 1, ADD COLUMN noted_on date, ADD COLUMN reason text, ADD COLUMN left_on date;
UPDATE app.childcare_staff s SET noted_on = coalesce(s.checked_on, c.made_on) FROM app.childcare_class c WHERE c.district_id = s.district_id AND c.id = s.class_id;
ALTER TABLE app.childcare_staff ALTER COLUMN noted_on SET NOT NULL;
COMMENT ON COLUMN app.childcare_staff.noted_on IS 'the day on which the row was last written: since then it holds or hinders';
COMMENT ON COLUMN app.childcare_staff.reason IS 'why a result was changed to the better by a second person; deleted with the row';
COMMENT ON COLUMN app.childcare_staff.left_on IS 'taken off the list though not to be let in: kept until the class ends, so that the name does not come back unchecked';

DO $$ DECLARE t text; BEGIN
  FOREACH t IN ARRAY ARRAY['class', 'paper', 'session', 'review', 'step'] LOOP
    EXECUTE format('DROP POLICY childcare_%1$s_in_scope ON app.childcare_%1$s', t);
  END LOOP;
  FOREACH t IN ARRAY ARRAY['paper', 'session', 'review', 'step'] LOOP
    EXECUTE format($p$CREATE POLICY childcare_%1$s_read ON app.childcare_%1$s FOR SELECT TO app USING (EXISTS (SELECT FROM app.childcare_class c
      WHERE c.district_id = childcare_%1$s.district_id AND c.id = childcare_%1$s.class_id))$p$, t);
  END LOOP;
  FOREACH t IN ARRAY ARRAY['paper', 'session'] LOOP
    EXECUTE format($p$CREATE POLICY childcare_%1$s_insert ON app.childcare_%1$s FOR INSERT TO app WITH CHECK (EXISTS (SELECT FROM app.childcare_class c
      JOIN app.org o ON o.id = c.org_id WHERE c.district_id = childcare_%1$s.district_id AND c.id = childcare_%1$s.class_id AND c.org_id = childcare_%1$s.org_id
      AND o.scope_code = (SELECT current_setting('app.scope', true))))$p$, t);
    EXECUTE format($p$CREATE POLICY childcare_%1$s_update ON app.childcare_%1$s FOR UPDATE TO app USING (EXISTS (SELECT FROM app.childcare_class c
      JOIN app.org o ON o.id = c.org_id WHERE c.district_id = childcare_%1$s.district_id AND c.id = childcare_%1$s.class_id
      AND o.scope_code = (SELECT current_setting('app.scope', true))))$p$, t);
  END LOOP;
END $$;
CREATE POLICY childcare_session_delete ON app.childcare_session FOR DELETE TO app USING (EXISTS (SELECT FROM app.childcare_class c JOIN app.org o ON o.id = c.org_id
  WHERE c.district_id = childcare_session.district_id AND c.id = childcare_session.class_id AND o.scope_code = (SELECT current_setting('app.scope', true))));
CREATE POLICY childcare_review_insert ON app.childcare_review FOR INSERT TO app WITH CHECK (noted_by = (SELECT app.me()) AND EXISTS (SELECT FROM app.childcare_class c
  WHERE c.district_id = childcare_review.district_id AND c.id = childcare_review.class_id AND c.org_id = childcare_review.org_id));
-- A step is its own unit's; what those above do is not written by the unit of the class.
CREATE POLICY childcare_step_insert ON app.childcare_step FOR INSERT TO app WITH CHECK (
  EXISTS (SELECT FROM app.org o WHERE o.id = childcare_step.by_org AND o.scope_code = (SELECT current_setting('app.scope', true)))
  AND (act NOT IN ('suspend', 'release') OR by_org <> org_id)
  AND EXISTS (SELECT FROM app.childcare_class c WHERE c.district_id = childcare_step.district_id AND c.id = childcare_step.class_id AND c.org_id = childcare_step.org_id));

-- STABLE: of a statement that changes the class it sees the class as it was before.
CREATE FUNCTION app.childcare_may_show(of_class uuid, shown_on date) RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$ DECLARE c record; BEGIN
  SELECT k.*, o.scope_code AS scope INTO c FROM app.childcare_class k JOIN app.org o ON o.id = k.org_id WHERE k.id = of_class AND o.closed_on IS NULL;
  IF NOT FOUND THEN RETURN false; END IF;
  IF c.state = 'published' THEN RETURN c.published_on = shown_on; END IF;
  RETURN app.in_post('cadre') AND c.scope = current_setting('app.scope', true) AND c.state IN ('approved', 'suspended')
    AND shown_on >= coalesce(c.published_on, shown_on) AND shown_on <= c.until_on
    AND (SELECT count(*) FILTER (WHERE s.left_on IS NULL) > 0 AND coalesce(bool_and(s.result = 'fit' AND s.checked_on >= (shown_on - interval '12 months')::date
        AND s.checked_on <= shown_on) FILTER (WHERE s.left_on IS NULL AND s.result IS NOT NULL), false) AND count(*) FILTER (WHERE s.left_on IS NULL AND s.result IS NULL) = 0
      FROM app.childcare_staff s WHERE s.district_id = c.district_id AND s.class_id = c.id)
    AND (SELECT count(*) = 5 FROM app.childcare_paper p WHERE p.district_id = c.district_id AND p.class_id = c.id AND p.valid_until >= shown_on)
    AND coalesce((SELECT t.act FROM app.childcare_step t WHERE t.district_id = c.district_id AND t.class_id = c.id
      AND t.act IN ('publish', 'takeDown', 'suspend', 'release') ORDER BY t.id DESC LIMIT 1), '') <> 'suspend';
END $$;
COMMENT ON FUNCTION app.childcare_may_show IS 'whether a class may become shown on a day: its own cadre acts, nobody above holds it down, everybody is checked within the year of the law and all papers hold';

CREATE POLICY childcare_class_read ON app.childcare_class FOR SELECT TO app USING ((SELECT app.in_post('cadre')) AND EXISTS (SELECT FROM app.org o
  WHERE o.id = childcare_class.org_id AND o.scope_code >= (SELECT current_setting('app.scope', true)) AND o.scope_code < (SELECT current_setting('app.scope_end', true))
    AND (o.scope_code = (SELECT current_setting('app.scope', true)) OR childcare_class.submitted_by IS NOT NULL)));
CREATE POLICY childcare_class_insert ON app.childcare_class FOR INSERT TO app WITH CHECK (state = 'draft' AND (SELECT app.in_post('cadre'))
  AND EXISTS (SELECT FROM app.org o WHERE o.id = childcare_class.org_id AND o.scope_code = (SELECT current_setting('app.scope', true))));
CREATE POLICY childcare_class_update ON app.childcare_class FOR UPDATE TO app USING ((SELECT app.in_post('cadre')) AND EXISTS (SELECT FROM app.org o
    WHERE o.id = childcare_class.org_id AND o.scope_code >= (SELECT current_setting('app.scope', true)) AND o.scope_code < (SELECT current_setting('app.scope_end', true))))
  WITH CHECK (state <> 'published' OR app.childcare_may_show(id, published_on));

ALTER POLICY childcare_staff_own ON app.childcare_staff USING ((SELECT app.in_post('cadre')) AND EXISTS (SELECT FROM app.childcare_class c JOIN app.org o ON o.id = c.org_id
  WHERE c.district_id = childcare_staff.district_id AND c.id = childcare_staff.class_id AND c.org_id = childcare_staff.org_id
    AND o.scope_code = (SELECT current_setting('app.scope', true))));

REVOKE UPDATE ON app.childcare_class, app.childcare_paper, app.childcare_session, app.childcare_staff FROM app;
GRANT UPDATE (title, season, level, place, hours, from_on, until_on, places, children, children_on, unshown, own_fund, own_amount, state, version, submitted_by,
  published_on, staff_shown, finished_by, finished_account, finished_on, closed_on, subsidy, subsidy_rule, subsidy_basis, subsidy_inputs, record_id)
  ON app.childcare_class TO app;
GRANT UPDATE (number, issuer, valid_until, noted_by) ON app.childcare_paper TO app;
GRANT UPDATE (came, noted_by) ON app.childcare_session TO app;
GRANT UPDATE (duty, result, checked_on, checked_by, version, noted_on, reason, left_on) ON app.childcare_staff TO app;

CREATE OR REPLACE FUNCTION app.childcare_staffing(of_class uuid, oldest date) RETURNS TABLE (staff int, unchecked int, stale int, unfit int)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$ BEGIN
  RETURN QUERY SELECT count(s.id)::int, (count(s.id) FILTER (WHERE s.result IS NULL))::int, (count(s.id) FILTER (WHERE s.checked_on < oldest))::int,
      (count(s.id) FILTER (WHERE s.result = 'unfit'))::int
    FROM app.childcare_class c JOIN app.org o ON o.id = c.org_id
      LEFT JOIN app.childcare_staff s ON s.district_id = c.district_id AND s.class_id = c.id AND s.left_on IS NULL
    WHERE c.id = of_class AND app.in_post('cadre') AND o.scope_code = current_setting('app.scope', true);
END $$;
COMMENT ON FUNCTION app.childcare_staffing IS 'how many work in a class of her own unit, and how many are not checked, checked too long ago or not to be let in';

CREATE FUNCTION app.childcare_staffed(of_class uuid, oldest date) RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$ BEGIN
  RETURN coalesce((SELECT count(s.id) > 0 AND bool_and(s.result IS NOT DISTINCT FROM 'fit' AND s.checked_on >= oldest)
    FROM app.childcare_class c JOIN app.org o ON o.id = c.org_id
      LEFT JOIN app.childcare_staff s ON s.district_id = c.district_id AND s.class_id = c.id AND s.left_on IS NULL
    WHERE c.id = of_class AND app.in_post('cadre') AND o.scope_code >= current_setting('app.scope', true) AND o.scope_code < current_setting('app.scope_end', true)), false);
END $$;
COMMENT ON FUNCTION app.childcare_staffed IS 'whether everybody in a class is checked: all that whoever stands above learns of them';

DROP FUNCTION app.open_childcare(date, date);
CREATE FUNCTION app.open_childcare(today date, oldest date) RETURNS TABLE (id uuid, title text, org_name text, season text, place text, hours text,
  from_on date, until_on date, places int, children int)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE holds date := greatest(least(oldest, today), (today - interval '12 months')::date); BEGIN
  RETURN QUERY SELECT c.id, c.title, o.name, c.season, c.place, c.hours, c.from_on, c.until_on, c.places, c.children
    FROM app.childcare_class c JOIN app.org o ON o.id = c.org_id AND o.closed_on IS NULL
    WHERE c.state = 'published' AND c.until_on >= today
      AND (SELECT count(*) = 5 FROM app.childcare_paper p WHERE p.district_id = c.district_id AND p.class_id = c.id AND p.valid_until >= today)
      AND (SELECT count(*) > 0 AND coalesce(bool_and(s.result IS NOT DISTINCT FROM 'fit' AND s.checked_on >= holds), false)
        FROM app.childcare_staff s WHERE s.district_id = c.district_id AND s.class_id = c.id AND s.left_on IS NULL)
    ORDER BY c.from_on, o.scope_code, c.id LIMIT 500;
END $$;
COMMENT ON FUNCTION app.open_childcare IS 'classes that anybody may see today: published, not over and lacking nothing; of staff not even a number';

CREATE OR REPLACE FUNCTION app.forget_childcare_staff(of_class uuid) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$ BEGIN
  DELETE FROM app.childcare_staff s USING app.childcare_class c, app.org o WHERE s.district_id = c.district_id AND s.class_id = c.id AND c.id = of_class
    AND c.state IN ('closed', 'refused', 'withdrawn') AND o.id = c.org_id AND app.in_post('cadre')
    AND o.scope_code >= current_setting('app.scope', true) AND o.scope_code < current_setting('app.scope_end', true);
END $$;

CREATE OR REPLACE FUNCTION app.childcare_ends(today date) RETURNS TABLE (id uuid, org_id int, title text, checked_on date, paper_until date)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$ BEGIN
  IF NOT app.at_door() THEN RETURN; END IF;
  RETURN QUERY SELECT c.id, c.org_id, c.title,
      (SELECT min(s.checked_on) FROM app.childcare_staff s WHERE s.district_id = c.district_id AND s.class_id = c.id AND s.left_on IS NULL),
      (SELECT min(p.valid_until) FROM app.childcare_paper p WHERE p.district_id = c.district_id AND p.class_id = c.id)
    FROM app.childcare_class c JOIN app.org o ON o.id = c.org_id AND o.closed_on IS NULL
    WHERE c.state = 'published' AND c.until_on >= today;
END $$;
COMMENT ON FUNCTION app.childcare_ends IS 'of classes that are on, the oldest check of staff and the first end of a paper: days without a name, for the server''s own work alone';

-- Whatever clock the program has, nothing goes before its day.
CREATE FUNCTION app.purge_childcare_staff(today date, days int) RETURNS int LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE gone int; BEGIN
  IF NOT app.at_door() THEN RETURN 0; END IF;
  WITH d AS (DELETE FROM app.childcare_staff s USING app.childcare_class c, app.org o WHERE c.district_id = s.district_id AND c.id = s.class_id AND o.id = c.org_id
    AND (o.closed_on <= least(today, current_date) OR c.until_on < least(today, current_date) - greatest(days, 1)) RETURNING 1) SELECT count(*) INTO gone FROM d;
  RETURN gone;
END $$;
COMMENT ON FUNCTION app.purge_childcare_staff IS 'names of staff of classes that are over for so many days though nobody ended them, and of units that have closed';
REVOKE ALL ON FUNCTION app.childcare_may_show, app.childcare_staffed, app.open_childcare, app.purge_childcare_staff FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.childcare_may_show, app.childcare_staffed, app.open_childcare, app.purge_childcare_staff TO app;
