-- why: a table or a finding of a day that is over read today's head counts; now what stood before a change is kept, with the day on which it ended
CREATE TABLE app.org_heads (
  org_id int NOT NULL,
  until_on date NOT NULL,
  workers int NOT NULL,
  women_workers int NOT NULL,
  members int NOT NULL,
  women_members int NOT NULL,
  cause uuid NOT NULL,
  nth int NOT NULL,
  CONSTRAINT org_heads_pkey PRIMARY KEY (org_id, cause),
  CONSTRAINT org_heads_org_fkey FOREIGN KEY (org_id) REFERENCES app.org (id) ON DELETE CASCADE
);
COMMENT ON TABLE app.org_heads IS 'head counts that a unit had before they changed; those of today stand in org. Of a day that is over the first row that ends after it counts';
COMMENT ON COLUMN app.org_heads.until_on IS 'the day from which other counts hold, or on which the unit was closed';
COMMENT ON COLUMN app.org_heads.cause IS 'the change of the tree, or the edit by a workbook, before which the counts stood: with it the row is taken back';
COMMENT ON COLUMN app.org_heads.nth IS 'the order of the unit''s changes; of several on one day the first tells what stood before the day';
ALTER TABLE app.org_heads ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
GRANT SELECT ON app.org_heads TO app;
CREATE POLICY org_heads_read ON app.org_heads FOR SELECT TO app USING (true);

CREATE FUNCTION app.keep_heads(unit int, cause uuid, on_day date) RETURNS void LANGUAGE sql SET search_path = pg_catalog, pg_temp AS $$
  INSERT INTO app.org_heads SELECT o.id, on_day, o.workers, o.women_workers, o.members, o.women_members, keep_heads.cause,
      (SELECT coalesce(max(h.nth), 0) + 1 FROM app.org_heads h WHERE h.org_id = o.id) FROM app.org o WHERE o.id = unit
    ON CONFLICT ON CONSTRAINT org_heads_pkey DO NOTHING
$$;
COMMENT ON FUNCTION app.keep_heads IS 'keeps the counts that a change ends';
CREATE FUNCTION app.unkeep_heads(unit int, of_cause uuid) RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE its app.org_heads; after app.org_heads;
BEGIN
  DELETE FROM app.org_heads h WHERE h.org_id = unit AND h.cause = of_cause RETURNING * INTO its;
  IF its.org_id IS NULL THEN RETURN; END IF;
  SELECT * INTO after FROM app.org_heads h WHERE h.org_id = unit AND h.nth > its.nth ORDER BY h.nth LIMIT 1;
  -- What it added until the next change stands in every later row.
  UPDATE app.org_heads h SET workers = greatest(0, h.workers - after.workers + its.workers), women_workers = greatest(0, h.women_workers - after.women_workers + its.women_workers),
      members = greatest(0, h.members - after.members + its.members), women_members = greatest(0, h.women_members - after.women_members + its.women_members)
    WHERE h.org_id = unit AND h.nth > its.nth;
END $$;
COMMENT ON FUNCTION app.unkeep_heads IS 'a change that is taken back never was: its own row goes, and what it added goes from later ones; rows of other changes stay';

-- As in 0255; besides, the edit, and the day from which its counts hold.
DROP FUNCTION app.edit_org(int, text, jsonb);
CREATE FUNCTION app.edit_org(unit int, stood text, spec jsonb, cause uuid, on_day date) RETURNS text LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE now_is text;
BEGIN
  PERFORM app.acts_as('systemAdmin');
  IF on_day IS NULL THEN PERFORM app.unkeep_heads(o.id, cause) FROM app.org o WHERE o.id = unit AND o.closed_on IS NULL AND app.org_mark(o) = stood;
  ELSE PERFORM app.keep_heads(o.id, cause, on_day) FROM app.org o WHERE o.id = unit AND o.closed_on IS NULL AND app.org_mark(o) = stood
    AND (o.workers, o.women_workers, o.members, o.women_members) IS DISTINCT FROM
      ((spec ->> 'workers')::int, (spec ->> 'womenWorkers')::int, (spec ->> 'members')::int, (spec ->> 'womenMembers')::int);
  END IF;
  UPDATE app.org o SET name = spec ->> 'name', short_name = spec ->> 'shortName', name_sort = spec ->> 'nameSort', org_type = spec ->> 'orgType',
      region_code = spec ->> 'regionCode', workers = (spec ->> 'workers')::int, women_workers = (spec ->> 'womenWorkers')::int,
      members = (spec ->> 'members')::int, women_members = (spec ->> 'womenMembers')::int
    WHERE o.id = unit AND o.closed_on IS NULL AND app.org_mark(o) = stood RETURNING app.org_mark(o) INTO now_is;
  RETURN now_is;
END $$;
COMMENT ON FUNCTION app.edit_org IS 'what a unit is called and how many belong to it from a day on, null where the edit is taken back; its place in the tree is changed elsewhere. Null where it is not as it stood';

-- As in 0191; besides, the counts with which a merged unit ends stay its own up to that day. A founding that is taken back never was.
DROP FUNCTION app.close_org(int, int, date);
CREATE FUNCTION app.close_org(unit int, into_unit int, closed date, cause uuid) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM app.change_tree(array[unit]);
  IF closed IS NULL THEN PERFORM app.unkeep_heads(unit, cause);
  ELSIF into_unit IS NULL THEN DELETE FROM app.org_heads h WHERE h.org_id = unit;
  ELSE PERFORM app.keep_heads(unit, cause, closed);
  END IF;
  UPDATE app.org SET closed_on = closed, successor_id = into_unit WHERE id = unit;
  -- Whatever had been merged into it goes on with it.
  UPDATE app.org SET successor_id = into_unit WHERE successor_id = unit AND into_unit IS NOT NULL;
END $$;
COMMENT ON FUNCTION app.close_org IS 'a unit that is no more from a day on, and into which it was merged by a change; no day: it stands again';

-- As in 0191; besides, the change, and the day from which the counts hold.
DROP FUNCTION app.hand_people(int, int, uuid[], uuid[], jsonb, int);
CREATE FUNCTION app.hand_people(from_unit int, to_unit int, posts uuid[], persons uuid[], heads jsonb, sign int, cause uuid, on_day date) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  moved_posts uuid[]; moved_persons uuid[]; counted int := CASE sign WHEN 1 THEN to_unit ELSE from_unit END;
BEGIN
  PERFORM app.change_tree(array[from_unit, to_unit]);
  WITH done AS (UPDATE app.post p SET org_id = to_unit WHERE p.org_id = from_unit
    AND CASE WHEN posts IS NULL THEN coalesce(p.until_on, 'infinity') >= current_date ELSE p.id = ANY (posts) END RETURNING p.id)
  SELECT coalesce(array_agg(id), '{}') INTO moved_posts FROM done;
  WITH open AS (SELECT m.person_id FROM app.membership m JOIN app.person x ON x.id = m.person_id AND x.org_id = from_unit
      WHERE m.org_id = from_unit AND m.until_on IS NULL AND (persons IS NULL OR m.person_id = ANY (persons))
  ), her AS (UPDATE app.person p SET org_id = to_unit FROM open o WHERE p.id = o.person_id RETURNING p.id
  ), place AS (UPDATE app.membership m SET org_id = to_unit FROM open o WHERE m.person_id = o.person_id AND m.until_on IS NULL RETURNING m.id)
  SELECT coalesce(array_agg(id), '{}') INTO moved_persons FROM her;
  IF on_day IS NULL THEN PERFORM app.unkeep_heads(counted, cause); ELSE PERFORM app.keep_heads(counted, cause, on_day); END IF;
  UPDATE app.org SET workers = workers + sign * (heads ->> 'workers')::int, women_workers = women_workers + sign * (heads ->> 'womenWorkers')::int,
    members = members + sign * (heads ->> 'members')::int, women_members = women_members + sign * (heads ->> 'womenMembers')::int
    WHERE id = counted;
  RETURN jsonb_build_object('posts', moved_posts, 'persons', moved_persons);
END $$;
COMMENT ON FUNCTION app.hand_people IS 'posts in office and open memberships of a unit go to another: all of them, or those listed. Legal succession, no transfer: memberships go on. Head counts are added where the people go (1), or taken where they leave (-1), from a day on, null where the change is taken back';

REVOKE ALL ON FUNCTION app.keep_heads, app.unkeep_heads, app.edit_org, app.close_org, app.hand_people FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.edit_org, app.close_org, app.hand_people TO app;
