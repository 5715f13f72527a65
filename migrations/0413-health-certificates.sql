-- why: whoever works with the children has a health certificate that holds; without it a class is shown to nobody, as without the check before she began
ALTER TABLE app.childcare_staff ADD COLUMN health_until date;
COMMENT ON COLUMN app.childcare_staff.health_until IS 'the last day of her health certificate (健康证); what it says is noted nowhere';
-- Of whoever is on a list already from today on: what was shown before stays shown. The day of business, not of the session that migrates.
ALTER TABLE app.childcare_staff ADD COLUMN certificate_from date NOT NULL DEFAULT (now() AT TIME ZONE 'Asia/Shanghai')::date;
ALTER TABLE app.childcare_staff ALTER COLUMN certificate_from DROP DEFAULT;
COMMENT ON COLUMN app.childcare_staff.certificate_from IS 'the day from which a health certificate is asked of her: without one the class has been hidden since';
GRANT UPDATE (health_until, certificate_from) ON app.childcare_staff TO app;
ALTER TABLE app.childcare_class ADD COLUMN certified_shown boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN app.childcare_class.certified_shown IS 'whether health certificates were looked at, too, when it was last shown: before they were asked for they were not';
GRANT UPDATE (certified_shown) ON app.childcare_class TO app;

-- As in 0340; besides, health certificates.
CREATE OR REPLACE FUNCTION app.childcare_may_show(of_class uuid, shown_on date) RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$ DECLARE c record; BEGIN
  SELECT k.*, o.scope_code AS scope INTO c FROM app.childcare_class k JOIN app.org o ON o.id = k.org_id WHERE k.id = of_class AND o.closed_on IS NULL;
  IF NOT FOUND THEN RETURN false; END IF;
  IF c.state = 'published' THEN RETURN c.published_on = shown_on; END IF;
  RETURN app.in_post('cadre') AND c.scope = current_setting('app.scope', true) AND c.state IN ('approved', 'suspended')
    AND shown_on >= coalesce(c.published_on, shown_on) AND shown_on <= c.until_on
    AND (SELECT count(*) FILTER (WHERE s.left_on IS NULL) > 0 AND coalesce(bool_and(s.result = 'fit' AND s.checked_on >= (shown_on - interval '12 months')::date
        AND s.checked_on <= shown_on AND coalesce(s.health_until >= shown_on, false)) FILTER (WHERE s.left_on IS NULL AND s.result IS NOT NULL), false)
        AND count(*) FILTER (WHERE s.left_on IS NULL AND s.result IS NULL) = 0
      FROM app.childcare_staff s WHERE s.district_id = c.district_id AND s.class_id = c.id)
    AND (SELECT count(*) = 5 FROM app.childcare_paper p WHERE p.district_id = c.district_id AND p.class_id = c.id AND p.valid_until >= shown_on)
    AND coalesce((SELECT t.act FROM app.childcare_step t WHERE t.district_id = c.district_id AND t.class_id = c.id
      AND t.act IN ('publish', 'takeDown', 'suspend', 'release') ORDER BY t.id DESC LIMIT 1), '') <> 'suspend';
END $$;
COMMENT ON FUNCTION app.childcare_may_show IS 'whether a class may become shown on a day: its own cadre acts, nobody above holds it down, everybody is checked within the year of the law and healthy by certificate, and all papers hold';

DROP FUNCTION app.childcare_staffing(uuid, date);
CREATE FUNCTION app.childcare_staffing(of_class uuid, oldest date, today date) RETURNS TABLE (staff int, unchecked int, stale int, unfit int, uncertified int)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$ BEGIN
  RETURN QUERY SELECT count(s.id)::int, (count(s.id) FILTER (WHERE s.result IS NULL))::int, (count(s.id) FILTER (WHERE s.checked_on < oldest))::int,
      (count(s.id) FILTER (WHERE s.result = 'unfit'))::int, (count(s.id) FILTER (WHERE s.health_until IS NULL OR s.health_until < today))::int
    FROM app.childcare_class c JOIN app.org o ON o.id = c.org_id
      LEFT JOIN app.childcare_staff s ON s.district_id = c.district_id AND s.class_id = c.id AND s.left_on IS NULL
    WHERE c.id = of_class AND app.in_post('cadre') AND o.scope_code = current_setting('app.scope', true);
END $$;
COMMENT ON FUNCTION app.childcare_staffing IS 'how many work in a class of her own unit, and how many are not checked, checked too long ago, not to be let in or without a health certificate that holds';

DROP FUNCTION app.childcare_staffed(uuid, date);
CREATE FUNCTION app.childcare_staffed(of_class uuid, oldest date, today date) RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$ BEGIN
  RETURN coalesce((SELECT count(s.id) > 0 AND bool_and(s.result IS NOT DISTINCT FROM 'fit' AND s.checked_on >= oldest AND coalesce(s.health_until >= today, false))
    FROM app.childcare_class c JOIN app.org o ON o.id = c.org_id
      LEFT JOIN app.childcare_staff s ON s.district_id = c.district_id AND s.class_id = c.id AND s.left_on IS NULL
    WHERE c.id = of_class AND app.in_post('cadre') AND o.scope_code >= current_setting('app.scope', true) AND o.scope_code < current_setting('app.scope_end', true)), false);
END $$;
COMMENT ON FUNCTION app.childcare_staffed IS 'whether everybody in a class is checked and has a health certificate: all that whoever stands above learns of them';
REVOKE ALL ON FUNCTION app.childcare_staffing, app.childcare_staffed FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.childcare_staffing, app.childcare_staffed TO app;

CREATE OR REPLACE FUNCTION app.open_childcare(today date, oldest date) RETURNS TABLE (id uuid, title text, org_name text, season text, place text, hours text,
  from_on date, until_on date, places int, children int)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE holds date := greatest(least(oldest, today), (today - interval '12 months')::date); BEGIN
  RETURN QUERY SELECT c.id, c.title, o.name, c.season, c.place, c.hours, c.from_on, c.until_on, c.places, c.children
    FROM app.childcare_class c JOIN app.org o ON o.id = c.org_id AND o.closed_on IS NULL
    WHERE c.state = 'published' AND c.until_on >= today
      AND (SELECT count(*) = 5 FROM app.childcare_paper p WHERE p.district_id = c.district_id AND p.class_id = c.id AND p.valid_until >= today)
      AND (SELECT count(*) > 0 AND coalesce(bool_and(s.result IS NOT DISTINCT FROM 'fit' AND s.checked_on >= holds AND coalesce(s.health_until >= today, false)), false)
        FROM app.childcare_staff s WHERE s.district_id = c.district_id AND s.class_id = c.id AND s.left_on IS NULL)
    ORDER BY c.from_on, o.scope_code, c.id LIMIT 500;
END $$;

-- A certificate ends as a paper does.
CREATE OR REPLACE FUNCTION app.childcare_ends(today date) RETURNS TABLE (id uuid, org_id int, title text, checked_on date, paper_until date)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$ BEGIN
  IF NOT app.at_door() THEN RETURN; END IF;
  RETURN QUERY SELECT c.id, c.org_id, c.title,
      (SELECT min(s.checked_on) FROM app.childcare_staff s WHERE s.district_id = c.district_id AND s.class_id = c.id AND s.left_on IS NULL),
      least((SELECT min(p.valid_until) FROM app.childcare_paper p WHERE p.district_id = c.district_id AND p.class_id = c.id),
        (SELECT min(s.health_until) FROM app.childcare_staff s WHERE s.district_id = c.district_id AND s.class_id = c.id AND s.left_on IS NULL))
    FROM app.childcare_class c JOIN app.org o ON o.id = c.org_id AND o.closed_on IS NULL
    WHERE c.state = 'published' AND c.until_on >= today;
END $$;
COMMENT ON FUNCTION app.childcare_ends IS 'of classes that are on, the oldest check of staff and the first end of a paper or a health certificate: days without a name, for the server''s own work alone';
