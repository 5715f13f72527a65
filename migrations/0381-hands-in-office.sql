-- why: whoever is named for a step of a hardship file or an aid, is in office and may take it is told that it is hers
CREATE FUNCTION app.hardship_hands(matter uuid, at_org int, duties text[]) RETURNS TABLE (account_id uuid, org_id int)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  hers record;
BEGIN
  SELECT f.org_id AS org, f.centre_id AS centre, f.person_id AS woman, CASE f.state WHEN 'applied' THEN ARRAY[f.applied_person] ELSE '{}' END AS had
    INTO hers FROM app.hardship_file f WHERE f.id = matter
    UNION ALL SELECT a.org_id, a.centre_id, a.person_id, array_remove(ARRAY[a.entered_person, a.checked_person, a.approved_person], NULL)
      FROM app.hardship_aid a WHERE a.id = matter;
  IF NOT FOUND OR NOT app.handles_hardship() OR NOT at_org IN (hers.org, hers.centre)
    OR NOT coalesce(nullif(current_setting('app.unit', true), '')::int IN (hers.org, hers.centre), false) THEN RETURN; END IF;
  RETURN QUERY SELECT DISTINCT h.account_id, h.org_id FROM app.hardship_handler h JOIN app.account c ON c.id = h.account_id
    WHERE h.org_id = at_org AND h.duty = ANY (duties) AND h.ended_at IS NULL AND c.disabled_at IS NULL AND h.person_id <> hers.woman
      AND (h.duty = 'enter' OR h.person_id <> ALL (hers.had))
      AND EXISTS (SELECT FROM app.post p WHERE p.account_id = h.account_id AND p.org_id = h.org_id AND p.role = 'cadre'
        AND p.from_on <= current_date AND coalesce(p.until_on, 'infinity') >= current_date);
END $$;
COMMENT ON FUNCTION app.hardship_hands IS 'who is named for a duty at the unit or at the aid centre of a file or an aid and may take it up: whoever handles it may have them told, and learns no name';
REVOKE ALL ON FUNCTION app.hardship_hands FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.hardship_hands TO app;
