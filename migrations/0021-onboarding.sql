-- why: the units of a city come from a workbook; the app login writes no unit, this function does for the system administrator
CREATE FUNCTION app.open_orgs(list jsonb, today int) RETURNS TABLE (code text, id int) LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  before int; made int[]; n int; b36 text := '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';
BEGIN
  PERFORM app.acts_as('systemAdmin');
  -- As a move: nobody folds or files by a tree that is being rewritten, and no two calls take the same numbers.
  PERFORM pg_advisory_xact_lock(1, 0);
  SELECT coalesce(max(o.id), 0) INTO before FROM app.org o;
  IF before + jsonb_array_length(list) >= 1679616 THEN RAISE EXCEPTION 'no numbers left'; END IF;
  INSERT INTO app.org (id, org_code, seg, scope_code, district_id, tier, org_type, name, short_name, name_sort, region_code, workers, women_workers, members, women_members)
  SELECT before + x.i, x.o ->> 'code',
    substr(b36, 1 + ((before + x.i) / 46656)::int, 1) || substr(b36, 1 + ((before + x.i) / 1296 % 36)::int, 1)
      || substr(b36, 1 + ((before + x.i) / 36 % 36)::int, 1) || substr(b36, 1 + ((before + x.i) % 36)::int, 1),
    '~' || (before + x.i), before + x.i, x.o ->> 'tier', x.o ->> 'orgType', x.o ->> 'name', x.o ->> 'shortName', x.o ->> 'nameSort',
    x.o ->> 'regionCode', coalesce((x.o ->> 'workers')::int, 0), coalesce((x.o ->> 'womenWorkers')::int, 0),
    coalesce((x.o ->> 'members')::int, 0), coalesce((x.o ->> 'womenMembers')::int, 0)
  FROM jsonb_array_elements(list) WITH ORDINALITY x (o, i);
  SELECT array_agg(o.id) INTO made FROM app.org o WHERE o.id > before;
  FOR n IN 1..2 LOOP
    INSERT INTO app.org_edge (child_id, parent_id, line, from_ym)
    SELECT c.id, p.id, n, 0 FROM jsonb_array_elements(list) x (o) JOIN app.org c ON c.org_code = x.o ->> 'code'
      JOIN app.org p ON p.org_code = CASE n WHEN 1 THEN x.o ->> 'superior' ELSE x.o ->> 'view' END;
  END LOOP;
  IF EXISTS (SELECT FROM app.org o WHERE o.id = ANY (made) AND NOT EXISTS (SELECT FROM app.org_edge e WHERE e.child_id = o.id AND e.line = 1)) THEN
    RAISE EXCEPTION 'a unit without a superior';
  END IF;
  INSERT INTO app.org_committee (org_id, form, director, term_no, founded_on, term_from_on, term_until_on)
  SELECT c.id, x.o -> 'committee' ->> 'form', x.o -> 'committee' ->> 'director', (x.o -> 'committee' ->> 'termNo')::int,
    (x.o -> 'committee' ->> 'foundedOn')::date, (x.o -> 'committee' ->> 'termFromOn')::date, (x.o -> 'committee' ->> 'termUntilOn')::date
  FROM jsonb_array_elements(list) x (o) JOIN app.org c ON c.org_code = x.o ->> 'code' WHERE jsonb_typeof(x.o -> 'committee') = 'object';
  PERFORM app.rebuild_closure(made);
  PERFORM app.refresh_paths(made, today);
  RETURN QUERY SELECT o.org_code, o.id FROM app.org o WHERE o.id = ANY (made) ORDER BY o.id;
END $$;
COMMENT ON FUNCTION app.open_orgs IS 'units with their superiors by code, all of them or none';

CREATE FUNCTION app.asked_posts() RETURNS TABLE (name text, org_id int, role text) LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$ BEGIN
  PERFORM app.acts_as('systemAdmin');
  RETURN QUERY SELECT a.name, q.org_id, q.role FROM app.post_request q JOIN app.account a ON a.id = q.account_id WHERE q.is_granted IS NULL;
END $$;
COMMENT ON FUNCTION app.asked_posts IS 'posts that wait for a second person, so that a workbook brought twice asks once';
REVOKE ALL ON FUNCTION app.open_orgs, app.asked_posts FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.open_orgs, app.asked_posts TO app;
