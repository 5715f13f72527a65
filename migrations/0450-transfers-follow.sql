-- why: who lets a member go is asked of the unit that holds her today, and who asked for her may have become another unit: after a merger or a split both stand with whoever took over
CREATE OR REPLACE FUNCTION app.grant_transfer(request uuid, account uuid, since date) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE r record;
BEGIN
  SELECT q.*, coalesce(t.successor_id, t.id) AS into_org, p.org_id AS held_by INTO r FROM app.person_request q JOIN app.person p ON p.id = q.person_id
    JOIN app.org o ON o.id = p.org_id JOIN app.org t ON t.id = q.to_org
    WHERE q.id = request AND q.kind = 'transfer' AND q.state = 'open' AND o.scope_code >= current_setting('app.scope', true)
      AND o.scope_code < current_setting('app.scope_end', true) FOR UPDATE OF q;
  IF NOT FOUND OR NOT app.in_post('cadre') THEN RETURN false; END IF;
  UPDATE app.person_request q SET state = 'done', decided_by = account, decided_person = app.me(), decided_at = now() WHERE q.id = request;
  -- A merger may have brought her where she was to go.
  IF r.into_org <> r.held_by THEN PERFORM app.move_person(r.person_id, r.into_org, since, r.reason); END IF;
  RETURN true;
END $$;
COMMENT ON FUNCTION app.grant_transfer IS 'the unit that holds her today lets her go, to the unit that asked or its successor; the row is then out of its scope';

DROP POLICY person_request_read ON app.person_request;
CREATE POLICY person_request_read ON app.person_request FOR SELECT TO app USING (
  person_id = (SELECT app.me()) OR ((SELECT app.in_post('cadre'))
    AND (EXISTS (SELECT FROM app.person p WHERE p.id = person_id) OR to_org IN (SELECT o.id FROM app.org o JOIN app.org k ON k.id = coalesce(o.successor_id, o.id)
      WHERE k.scope_code >= current_setting('app.scope', true) AND k.scope_code < current_setting('app.scope_end', true)))));
