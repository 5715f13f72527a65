-- why: whoever left the post of the naming, the woman of the file and whoever entered it were told to act, and who could act was not told
CREATE OR REPLACE FUNCTION app.hardship_hands(of_file uuid, at_org int, duties text[]) RETURNS TABLE (account_id uuid, org_id int)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$ BEGIN
  IF NOT app.handles_hardship() OR NOT EXISTS (SELECT FROM app.hardship_file f WHERE f.id = of_file AND at_org IN (f.org_id, f.centre_id)
    AND nullif(current_setting('app.unit', true), '')::int IN (f.org_id, f.centre_id)) THEN RETURN; END IF;
  RETURN QUERY SELECT DISTINCT h.account_id, h.org_id FROM app.hardship_handler h JOIN app.account c ON c.id = h.account_id
    JOIN app.hardship_file f ON f.id = of_file
    WHERE h.org_id = at_org AND h.duty = ANY (duties) AND h.ended_at IS NULL AND c.disabled_at IS NULL AND h.person_id <> f.person_id
      AND (h.duty <> 'check' OR f.state <> 'applied' OR h.person_id <> f.applied_person)
      AND EXISTS (SELECT FROM app.post p WHERE p.account_id = h.account_id AND p.org_id = h.org_id AND p.role = 'cadre'
        AND p.from_on <= current_date AND coalesce(p.until_on, 'infinity') >= current_date);
END $$;
