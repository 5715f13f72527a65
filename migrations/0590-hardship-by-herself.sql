-- why: a woman asks for hardship aid herself and follows it; nothing is copied by a cadre, and those who check, visit, approve and pay stay others

CREATE FUNCTION app.aid_centre(of_org int) RETURNS int LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$ BEGIN
  RETURN (SELECT a.id FROM app.org o JOIN app.org a ON starts_with(o.scope_code, a.scope_code) AND a.tier IN ('district', 'industry', 'city')
    WHERE o.id = of_org ORDER BY length(a.scope_code) DESC LIMIT 1);
END $$;
COMMENT ON FUNCTION app.aid_centre IS 'the aid centre of a unit: the nearest district or industry union at or above it, else the city';

CREATE FUNCTION app.serves_hardship(of_org int) RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$ BEGIN
  IF NOT EXISTS (SELECT FROM app.person p WHERE p.id = app.me() AND p.org_id = of_org) THEN RETURN false; END IF;
  RETURN (SELECT coalesce(bool_or(h.org_id = of_org AND h.duty IN ('enter', 'check')), false) AND coalesce(bool_or(h.duty = 'check'), false)
    FROM app.hardship_handler h JOIN app.account c ON c.id = h.account_id
    WHERE h.org_id IN (of_org, app.aid_centre(of_org)) AND h.ended_at IS NULL AND c.disabled_at IS NULL AND h.person_id <> app.me()
      AND EXISTS (SELECT FROM app.post p WHERE p.account_id = h.account_id AND p.org_id = h.org_id AND p.role = 'cadre'
        AND p.from_on <= current_date AND coalesce(p.until_on, 'infinity') >= current_date));
END $$;
COMMENT ON FUNCTION app.serves_hardship IS 'whether somebody other than herself is named and in office who may visit her for her own unit, and somebody who may check what she asks';

-- She is the applicant of her own file: of the unit that the register knows, with nothing in it that others decide.
CREATE POLICY hardship_file_ask ON app.hardship_file FOR INSERT TO app WITH CHECK (person_id = (SELECT app.me()) AND applied_person = person_id
  AND state = 'applied' AND checked_person IS NULL AND result IS NULL AND notice_id IS NULL
  AND EXISTS (SELECT FROM app.person p WHERE p.id = person_id AND p.org_id = hardship_file.org_id AND p.state = 'active')
  AND centre_id = app.aid_centre(org_id));
CREATE POLICY hardship_file_mend ON app.hardship_file FOR UPDATE TO app
  USING (person_id = (SELECT app.me()) AND applied_person = person_id AND state IN ('applied', 'returned', 'checked', 'visited', 'verified'))
  WITH CHECK (person_id = (SELECT app.me()) AND applied_person = person_id AND (state = 'withdrawn' OR state = 'applied' AND checked_person IS NULL));
CREATE POLICY hardship_step_hers ON app.hardship_step FOR INSERT TO app WITH CHECK (step IN ('ask', 'mend', 'recall')
  AND EXISTS (SELECT FROM app.hardship_file f WHERE f.id = file_id AND f.person_id = (SELECT app.me()) AND f.applied_person = f.person_id));
-- Whether a relative stands in another file is not told to her: her household counts as taken from the check of her unit on.
CREATE POLICY hardship_kin_hers ON app.hardship_kin FOR INSERT TO app WITH CHECK (NOT is_live
  AND EXISTS (SELECT FROM app.hardship_file f WHERE f.id = file_id AND f.person_id = (SELECT app.me()) AND f.applied_person = f.person_id AND f.state IN ('applied', 'returned')));
CREATE POLICY hardship_kin_mend ON app.hardship_kin FOR DELETE TO app USING (EXISTS (SELECT FROM app.hardship_file f
  WHERE f.id = file_id AND f.person_id = (SELECT app.me()) AND f.applied_person = f.person_id AND f.state IN ('applied', 'returned')));
CREATE POLICY hardship_kin_free ON app.hardship_kin FOR UPDATE TO app USING (EXISTS (SELECT FROM app.hardship_file f
  WHERE f.id = file_id AND f.person_id = (SELECT app.me()) AND f.applied_person = f.person_id)) WITH CHECK (NOT is_live);

-- As in 0381; besides, she herself may have those told whose turn her own file is.
CREATE OR REPLACE FUNCTION app.hardship_hands(matter uuid, at_org int, duties text[]) RETURNS TABLE (account_id uuid, org_id int)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  hers record;
BEGIN
  SELECT f.org_id AS org, f.centre_id AS centre, f.person_id AS woman, CASE f.state WHEN 'applied' THEN ARRAY[f.applied_person] ELSE '{}' END AS had
    INTO hers FROM app.hardship_file f WHERE f.id = matter
    UNION ALL SELECT a.org_id, a.centre_id, a.person_id, array_remove(ARRAY[a.entered_person, a.checked_person, a.approved_person], NULL)
      FROM app.hardship_aid a WHERE a.id = matter;
  IF NOT FOUND OR NOT at_org IN (hers.org, hers.centre) THEN RETURN; END IF;
  IF hers.woman IS DISTINCT FROM app.me() AND (NOT app.handles_hardship()
    OR NOT coalesce(nullif(current_setting('app.unit', true), '')::int IN (hers.org, hers.centre), false)) THEN RETURN; END IF;
  RETURN QUERY SELECT DISTINCT h.account_id, h.org_id FROM app.hardship_handler h JOIN app.account c ON c.id = h.account_id
    WHERE h.org_id = at_org AND h.duty = ANY (duties) AND h.ended_at IS NULL AND c.disabled_at IS NULL AND h.person_id <> hers.woman
      AND (h.duty = 'enter' OR h.person_id <> ALL (hers.had))
      AND EXISTS (SELECT FROM app.post p WHERE p.account_id = h.account_id AND p.org_id = h.org_id AND p.role = 'cadre'
        AND p.from_on <= current_date AND coalesce(p.until_on, 'infinity') >= current_date);
END $$;
COMMENT ON FUNCTION app.hardship_hands IS 'who is named for a duty at the unit or at the aid centre of a file or an aid and may take it up: whoever handles it, or she whose it is, may have them told, and learns no name';
REVOKE ALL ON FUNCTION app.aid_centre, app.serves_hardship FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.aid_centre, app.serves_hardship TO app;
