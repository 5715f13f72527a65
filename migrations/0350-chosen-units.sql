-- why: a district asks two of its subdistricts, not all; and whoever is named for a step of a hardship file is told that it is hers
ALTER TABLE app.task ADD COLUMN under int[] NOT NULL DEFAULT '{}';
COMMENT ON COLUMN app.task.under IS 'units with all below them that are asked, by the tree of today; empty = everything below the issuer';

CREATE FUNCTION app.hardship_hands(matter uuid, at_org int, duties text[]) RETURNS TABLE (account_id uuid, org_id int)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$ BEGIN
  IF NOT app.handles_hardship() OR NOT EXISTS (SELECT FROM app.hardship_file f WHERE f.id = matter AND at_org IN (f.org_id, f.centre_id)
    AND nullif(current_setting('app.unit', true), '')::int IN (f.org_id, f.centre_id)) THEN RETURN; END IF;
  RETURN QUERY SELECT DISTINCT h.account_id, h.org_id FROM app.hardship_handler h JOIN app.account c ON c.id = h.account_id
    WHERE h.org_id = at_org AND h.duty = ANY (duties) AND h.ended_at IS NULL AND c.disabled_at IS NULL;
END $$;
COMMENT ON FUNCTION app.hardship_hands IS 'who is named for a duty at the unit or at the aid centre of a file: whoever handles it may have them told, and learns no name';
REVOKE ALL ON FUNCTION app.hardship_hands FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.hardship_hands TO app;
