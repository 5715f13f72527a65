-- why: a table or a finding of a day that is over read today's head counts; now what stood before a change is kept, with the day on which it ended
CREATE TABLE app.org_heads (
  org_id int NOT NULL,
  until_on date NOT NULL,
  workers int NOT NULL,
  women_workers int NOT NULL,
  members int NOT NULL,
  women_members int NOT NULL,
  CONSTRAINT org_heads_pkey PRIMARY KEY (org_id, until_on),
  CONSTRAINT org_heads_org_fkey FOREIGN KEY (org_id) REFERENCES app.org (id) ON DELETE CASCADE
);
COMMENT ON TABLE app.org_heads IS 'head counts that a unit had before they changed; those of today stand in org. Of a day that is over the first row that ends after it counts';
COMMENT ON COLUMN app.org_heads.until_on IS 'the day from which other counts hold, or on which the unit was closed';
ALTER TABLE app.org_heads ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
GRANT SELECT ON app.org_heads TO app;
CREATE POLICY org_heads_read ON app.org_heads FOR SELECT TO app USING (true);

CREATE FUNCTION app.keep_heads(unit int, on_day date) RETURNS void LANGUAGE sql SET search_path = pg_catalog, pg_temp AS $$
  INSERT INTO app.org_heads SELECT o.id, on_day, o.workers, o.women_workers, o.members, o.women_members FROM app.org o WHERE o.id = unit
    ON CONFLICT ON CONSTRAINT org_heads_pkey DO NOTHING
$$;
COMMENT ON FUNCTION app.keep_heads IS 'keeps the counts that end on a day; of several changes on one day what stood before the first';
CREATE FUNCTION app.unkeep_heads(unit int, since date) RETURNS void LANGUAGE sql SET search_path = pg_catalog, pg_temp AS $$
  DELETE FROM app.org_heads h WHERE h.org_id = unit AND h.until_on >= since
$$;
COMMENT ON FUNCTION app.unkeep_heads IS 'a change that is taken back never was: what stood before it holds on';

-- As in 0255; besides, the day from which the counts hold, or of the edit that is taken back.
DROP FUNCTION app.edit_org(int, text, jsonb);
CREATE FUNCTION app.edit_org(unit int, stood text, spec jsonb, on_day date, taken_back boolean) RETURNS text LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE now_is text;
BEGIN
  PERFORM app.acts_as('systemAdmin');
  IF taken_back THEN PERFORM app.unkeep_heads(o.id, on_day) FROM app.org o WHERE o.id = unit AND o.closed_on IS NULL AND app.org_mark(o) = stood;
  ELSE PERFORM app.keep_heads(o.id, on_day) FROM app.org o WHERE o.id = unit AND o.closed_on IS NULL AND app.org_mark(o) = stood
    AND (o.workers, o.women_workers, o.members, o.women_members) IS DISTINCT FROM
      ((spec ->> 'workers')::int, (spec ->> 'womenWorkers')::int, (spec ->> 'members')::int, (spec ->> 'womenMembers')::int);
  END IF;
  UPDATE app.org o SET name = spec ->> 'name', short_name = spec ->> 'shortName', name_sort = spec ->> 'nameSort', org_type = spec ->> 'orgType',
      region_code = spec ->> 'regionCode', workers = (spec ->> 'workers')::int, women_workers = (spec ->> 'womenWorkers')::int,
      members = (spec ->> 'members')::int, women_members = (spec ->> 'womenMembers')::int
    WHERE o.id = unit AND o.closed_on IS NULL AND app.org_mark(o) = stood RETURNING app.org_mark(o) INTO now_is;
  RETURN now_is;
END $$;
COMMENT ON FUNCTION app.edit_org IS 'what a unit is called and how many belong to it from a day on; its place in the tree is changed elsewhere. Null where it is not as it stood';

-- As in 0191; besides, the counts with which a unit ends stay its own up to that day.
CREATE OR REPLACE FUNCTION app.close_org(unit int, into_unit int, closed date) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM app.change_tree(array[unit]);
  IF closed IS NULL THEN PERFORM app.unkeep_heads(o.id, o.closed_on) FROM app.org o WHERE o.id = unit AND o.closed_on IS NOT NULL;
  ELSE PERFORM app.keep_heads(unit, closed);
  END IF;
  UPDATE app.org SET closed_on = closed, successor_id = into_unit WHERE id = unit;
  -- Whatever had been merged into it goes on with it.
  UPDATE app.org SET successor_id = into_unit WHERE successor_id = unit AND into_unit IS NOT NULL;
END $$;

-- As in 0191; besides, the day from which the counts hold, or of the change that is taken back.
DROP FUNCTION app.hand_people(int, int, uuid[], uuid[], jsonb, int);
CREATE FUNCTION app.hand_people(from_unit int, to_unit int, posts uuid[], persons uuid[], heads jsonb, sign int, on_day date, taken_back boolean) RETURNS jsonb
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
  IF taken_back THEN PERFORM app.unkeep_heads(counted, on_day); ELSE PERFORM app.keep_heads(counted, on_day); END IF;
  UPDATE app.org SET workers = workers + sign * (heads ->> 'workers')::int, women_workers = women_workers + sign * (heads ->> 'womenWorkers')::int,
    members = members + sign * (heads ->> 'members')::int, women_members = women_members + sign * (heads ->> 'womenMembers')::int
    WHERE id = counted;
  RETURN jsonb_build_object('posts', moved_posts, 'persons', moved_persons);
END $$;
COMMENT ON FUNCTION app.hand_people IS 'posts in office and open memberships of a unit go to another: all of them, or those listed. Legal succession, no transfer: memberships go on. Head counts are added where the people go (1), or taken where they leave (-1), from a day on';

REVOKE ALL ON FUNCTION app.keep_heads, app.unkeep_heads, app.edit_org, app.hand_people FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.edit_org, app.hand_people TO app;
