-- why: who let a member go was told as a unit that a merger had ended; she could be let go to a unit that is no more; and what was asked stood open for ever where a merger brought both together
ALTER TABLE app.person_request ADD change_id uuid;
COMMENT ON COLUMN app.person_request.change_id IS 'the merger that brought her where she was to go and ended the request; where it is taken back, the request is open again';

DROP FUNCTION app.grant_transfer(uuid, uuid, date);
CREATE FUNCTION app.grant_transfer(request uuid, account uuid, since date) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE r record;
BEGIN
  SELECT q.*, k.id AS into_org, k.closed_on AS into_closed, p.org_id AS held_by INTO r FROM app.person_request q JOIN app.person p ON p.id = q.person_id
    JOIN app.org o ON o.id = p.org_id JOIN app.org t ON t.id = q.to_org JOIN app.org k ON k.id = coalesce(t.successor_id, t.id)
    WHERE q.id = request AND q.kind = 'transfer' AND q.state = 'open' AND o.scope_code >= current_setting('app.scope', true)
      AND o.scope_code < current_setting('app.scope_end', true) FOR UPDATE OF q;
  IF NOT FOUND OR NOT app.in_post('cadre') THEN RETURN 'gone'; END IF;
  IF r.into_closed IS NOT NULL THEN RETURN 'closed'; END IF;
  UPDATE app.person_request q SET state = 'done', from_org = r.held_by, decided_by = account, decided_person = app.me(), decided_at = now() WHERE q.id = request;
  -- She may have been moved there within the scope of both meanwhile.
  IF r.into_org <> r.held_by THEN PERFORM app.move_person(r.person_id, r.into_org, since, r.reason); END IF;
  RETURN 'done';
END $$;
COMMENT ON FUNCTION app.grant_transfer IS 'the unit that holds her today lets her go, to the unit that asked or its successor; the row is then out of its scope. done, gone (none that waits), or closed: whoever asked is no more';
REVOKE ALL ON FUNCTION app.grant_transfer FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.grant_transfer TO app;

-- Both ways by an index: what stands in scope itself, and what became of it.
ALTER POLICY person_request_read ON app.person_request USING (
  person_id = (SELECT app.me()) OR ((SELECT app.in_post('cadre'))
    AND (EXISTS (SELECT FROM app.person p WHERE p.id = person_id) OR to_org IN (
      SELECT o.id FROM app.org o WHERE o.successor_id IS NULL
        AND o.scope_code >= current_setting('app.scope', true) AND o.scope_code < current_setting('app.scope_end', true)
      UNION SELECT o.id FROM app.org k JOIN app.org o ON o.successor_id = k.id
        WHERE k.scope_code >= current_setting('app.scope', true) AND k.scope_code < current_setting('app.scope_end', true)))));

-- As in 0356; besides, a transfer between the two sides of a merger has nothing left to decide, and is open again where the merger is taken back.
CREATE OR REPLACE FUNCTION app.hand_people(from_unit int, to_unit int, posts uuid[], persons uuid[], heads jsonb, sign int, cause uuid, on_day date) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  moved_posts uuid[]; moved_persons uuid[]; counted int := CASE sign WHEN 1 THEN to_unit ELSE from_unit END;
BEGIN
  PERFORM app.change_tree(array[from_unit, to_unit]);
  IF sign = 1 AND persons IS NULL THEN
    UPDATE app.person_request q SET state = 'done', from_org = p.org_id, answer = '两个单位已经合并，她已在申请转入的单位，不必再转', decided_at = now(), change_id = cause
      FROM app.person p, app.org t WHERE p.id = q.person_id AND t.id = q.to_org AND q.kind = 'transfer' AND q.state = 'open'
        AND (p.org_id = from_unit AND coalesce(t.successor_id, t.id) = to_unit OR p.org_id = to_unit AND coalesce(t.successor_id, t.id) = from_unit);
  END IF;
  WITH done AS (UPDATE app.post p SET org_id = to_unit WHERE p.org_id = from_unit
    AND CASE WHEN posts IS NULL THEN coalesce(p.until_on, 'infinity') >= current_date ELSE p.id = ANY (posts) END RETURNING p.id)
  SELECT coalesce(array_agg(id), '{}') INTO moved_posts FROM done;
  WITH open AS (SELECT m.person_id FROM app.membership m JOIN app.person x ON x.id = m.person_id AND x.org_id = from_unit
      WHERE m.org_id = from_unit AND m.until_on IS NULL AND (persons IS NULL OR m.person_id = ANY (persons))
  ), her AS (UPDATE app.person p SET org_id = to_unit FROM open o WHERE p.id = o.person_id RETURNING p.id
  ), place AS (UPDATE app.membership m SET org_id = to_unit FROM open o WHERE m.person_id = o.person_id AND m.until_on IS NULL RETURNING m.id)
  SELECT coalesce(array_agg(id), '{}') INTO moved_persons FROM her;
  IF sign = -1 THEN
    UPDATE app.person_request q SET state = 'open', answer = NULL, decided_at = NULL, change_id = NULL
      FROM app.person p WHERE p.id = q.person_id AND p.org_id = q.from_org AND p.state = 'active' AND q.change_id = cause
        AND NOT EXISTS (SELECT FROM app.person_request x WHERE x.person_id = q.person_id AND x.kind = 'transfer' AND x.state = 'open');
  END IF;
  IF on_day IS NULL THEN PERFORM app.unkeep_heads(counted, cause); ELSE PERFORM app.keep_heads(counted, cause, on_day); END IF;
  UPDATE app.org SET workers = workers + sign * (heads ->> 'workers')::int, women_workers = women_workers + sign * (heads ->> 'womenWorkers')::int,
    members = members + sign * (heads ->> 'members')::int, women_members = women_members + sign * (heads ->> 'womenMembers')::int
    WHERE id = counted;
  RETURN jsonb_build_object('posts', moved_posts, 'persons', moved_persons);
END $$;

-- Those that a merger of before left open.
UPDATE app.person_request q SET state = 'done', answer = '两个单位已经合并，她已在申请转入的单位，不必再转', decided_at = now()
  FROM app.person p, app.org t WHERE p.id = q.person_id AND t.id = q.to_org AND q.kind = 'transfer' AND q.state = 'open' AND t.successor_id = p.org_id;
