-- why: founding, merging and moving a unit are asked for by one person, agreed to by the units concerned, done by another and can be taken back; no total changes by them

CREATE TABLE app.org_change (
  id uuid NOT NULL,
  kind text NOT NULL,
  org_id int NOT NULL,
  asked_org int NOT NULL,
  concerned int[] NOT NULL,
  needs int[] NOT NULL,
  consents jsonb NOT NULL DEFAULT '[]',
  plan jsonb NOT NULL,
  state text NOT NULL DEFAULT 'asked',
  asked_by uuid NOT NULL,
  asked_person uuid NOT NULL,
  asked_on date NOT NULL,
  decided_by uuid,
  decided_person uuid,
  decided_on date,
  reason text,
  result jsonb,
  undo_until date,
  undone_by uuid,
  undone_person uuid,
  undone_on date,
  undo_reason text,
  version int NOT NULL DEFAULT 1,
  CONSTRAINT org_change_pkey PRIMARY KEY (id),
  CONSTRAINT org_change_org_fkey FOREIGN KEY (org_id) REFERENCES app.org (id),
  CONSTRAINT org_change_asked_org_fkey FOREIGN KEY (asked_org) REFERENCES app.org (id),
  CONSTRAINT org_change_asked_by_fkey FOREIGN KEY (asked_by) REFERENCES app.account (id),
  CONSTRAINT org_change_decided_by_fkey FOREIGN KEY (decided_by) REFERENCES app.account (id),
  CONSTRAINT org_change_undone_by_fkey FOREIGN KEY (undone_by) REFERENCES app.account (id),
  CONSTRAINT org_change_kind_check CHECK (kind IN ('found', 'merge', 'move')),
  CONSTRAINT org_change_state_check CHECK (state IN ('asked', 'done', 'refused', 'withdrawn', 'undone')),
  CONSTRAINT org_change_second_check CHECK (state NOT IN ('done', 'undone') OR decided_person <> asked_person),
  CONSTRAINT org_change_undone_check CHECK ((state = 'undone') = (undone_person IS NOT NULL) AND undone_person IS DISTINCT FROM decided_person OR state <> 'undone' AND undone_person IS NULL)
);
CREATE INDEX org_change_state ON app.org_change (state, asked_on);
CREATE UNIQUE INDEX org_change_one_open ON app.org_change (org_id, kind) WHERE state = 'asked' AND kind <> 'found';
COMMENT ON TABLE app.org_change IS 'founding, merger, move of a unit: asked, agreed to, done by another person, within a window taken back by a third look';
COMMENT ON COLUMN app.org_change.org_id IS 'the unit that is merged or moved; of a founding the superior';
COMMENT ON COLUMN app.org_change.concerned IS 'units that read it: the sides, and whoever asked';
COMMENT ON COLUMN app.org_change.needs IS 'units whose consent is needed besides the city''s';
COMMENT ON COLUMN app.org_change.consents IS '[{org, account, person, on}]';
COMMENT ON COLUMN app.org_change.result IS 'what was there before, for the way back, and the totals compared';

ALTER TABLE app.org_change ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
GRANT SELECT, INSERT, UPDATE ON app.org_change TO app;
CREATE POLICY org_change_read ON app.org_change FOR SELECT TO app USING (EXISTS (SELECT FROM app.org o WHERE o.id = ANY (org_change.concerned)
  AND o.scope_code >= (SELECT current_setting('app.scope', true)) AND o.scope_code < (SELECT current_setting('app.scope_end', true))));
CREATE POLICY org_change_insert ON app.org_change FOR INSERT TO app WITH CHECK (EXISTS (SELECT FROM app.org o WHERE o.id = org_change.asked_org
  AND o.scope_code = (SELECT current_setting('app.scope', true))));
CREATE POLICY org_change_update ON app.org_change FOR UPDATE TO app USING (EXISTS (SELECT FROM app.org o WHERE o.id = ANY (org_change.concerned)
  AND o.scope_code >= (SELECT current_setting('app.scope', true)) AND o.scope_code < (SELECT current_setting('app.scope_end', true))));

CREATE FUNCTION app.change_tree(units int[]) RETURNS int[] LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  d int; also int[];
BEGIN
  SELECT array[o.district_id] || array(SELECT DISTINCT u.district_id FROM app.org u WHERE u.id = ANY (units)) INTO also FROM app.org o
  WHERE NOT EXISTS (SELECT FROM app.org_edge e WHERE e.child_id = o.id AND e.line = 1) AND o.closed_on IS NULL
    AND o.scope_code = current_setting('app.scope', true) AND app.scope_ok();
  IF NOT FOUND THEN RAISE EXCEPTION 'only the city changes the tree' USING ERRCODE = '42501'; END IF;
  -- All locks of the steps that follow, at once and in order: taken one by one they could cross a writer's.
  PERFORM pg_advisory_xact_lock(1, 0);
  FOR d IN SELECT DISTINCT c.district_id FROM app.org c WHERE c.id = ANY (units)
    OR c.id IN (SELECT x.des FROM app.org_closure x WHERE x.anc = ANY (units)) ORDER BY 1 LOOP PERFORM pg_advisory_xact_lock(2, d); END LOOP;
  RETURN also;
END $$;
COMMENT ON FUNCTION app.change_tree IS 'lets nobody but the city pass, and takes the locks of a change of these units. Returns the districts in which it is noted';
REVOKE ALL ON FUNCTION app.change_tree FROM PUBLIC;

CREATE FUNCTION app.lock_tree(units int[]) RETURNS int[] LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$ BEGIN
  RETURN app.change_tree(units);
END $$;
COMMENT ON FUNCTION app.lock_tree IS 'the first step of a change of several steps';

CREATE FUNCTION app.found_org(spec jsonb, parent int, starts int, today int) RETURNS int LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  n int; made int; b36 text := '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';
BEGIN
  PERFORM app.change_tree(array[parent]);
  SELECT max(o.id) + 1 INTO made FROM app.org o;
  IF made >= 1679616 THEN RAISE EXCEPTION 'no numbers left'; END IF;
  INSERT INTO app.org (id, org_code, seg, scope_code, district_id, tier, org_type, name, short_name, name_sort, region_code, workers, women_workers,
    members, women_members, founded_on, approval_no)
  VALUES (made, spec ->> 'code', substr(b36, 1 + made / 46656, 1) || substr(b36, 1 + made / 1296 % 36, 1)
      || substr(b36, 1 + made / 36 % 36, 1) || substr(b36, 1 + made % 36, 1), '~' || made, made, spec ->> 'tier', spec ->> 'orgType',
    spec ->> 'name', spec ->> 'shortName', spec ->> 'nameSort', NULL, (spec ->> 'workers')::int, (spec ->> 'womenWorkers')::int,
    (spec ->> 'members')::int, (spec ->> 'womenMembers')::int, (spec ->> 'foundedOn')::date, spec ->> 'approvalNo');
  INSERT INTO app.org_edge VALUES (made, parent, 1, starts, 999912, (spec ->> 'foundedOn')::date, spec ->> 'approvalNo');
  PERFORM app.rebuild_closure(array[made]);
  PERFORM app.refresh_paths(array[made], today);
  RETURN made;
END $$;
COMMENT ON FUNCTION app.found_org IS 'a new unit from a month on';

CREATE FUNCTION app.set_edges(child int, edges jsonb, since int, today int) RETURNS int[] LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  ids int[]; also int[];
BEGIN
  also := app.change_tree(array[child]);
  SELECT array_agg(DISTINCT c.des) INTO ids FROM app.org_closure c WHERE c.anc = child;
  PERFORM app.add_to_rollup(ids, -1);
  DELETE FROM app.org_edge WHERE child_id = child;
  INSERT INTO app.org_edge SELECT * FROM jsonb_populate_recordset(NULL::app.org_edge, edges) e WHERE e.child_id = child;
  PERFORM app.rebuild_closure(ids);
  PERFORM app.add_to_rollup(ids, 1);
  PERFORM app.refresh_paths(ids, today);
  UPDATE app.record r SET scope_code = o.scope_code, view_code = CASE WHEN r.class <= 1 THEN o.view_code END
    FROM app.org o WHERE o.id = r.org_id AND o.id = ANY (ids);
  UPDATE app.proposal p SET scope_code = o.scope_code FROM app.org o WHERE o.id = p.org_id AND o.id = ANY (ids);
  PERFORM app.turn_over(ids, today);
  RETURN app.refile(ids, since, also);
END $$;
COMMENT ON FUNCTION app.set_edges IS 'gives a unit back the superiors that it had, with all below it';

CREATE FUNCTION app.close_org(unit int, into_unit int, closed date) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM app.change_tree(array[unit]);
  UPDATE app.org SET closed_on = closed, successor_id = into_unit WHERE id = unit;
  -- Whatever had been merged into it goes on with it.
  UPDATE app.org SET successor_id = into_unit WHERE successor_id = unit AND into_unit IS NOT NULL;
END $$;
COMMENT ON FUNCTION app.close_org IS 'a unit that is no more, and into which it was merged; no day: it stands again';

CREATE FUNCTION app.hand_people(from_unit int, to_unit int, posts uuid[], persons uuid[], heads jsonb, sign int) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  moved_posts uuid[]; moved_persons uuid[];
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
  UPDATE app.org SET workers = workers + sign * (heads ->> 'workers')::int, women_workers = women_workers + sign * (heads ->> 'womenWorkers')::int,
    members = members + sign * (heads ->> 'members')::int, women_members = women_members + sign * (heads ->> 'womenMembers')::int
    WHERE id = CASE sign WHEN 1 THEN to_unit ELSE from_unit END;
  RETURN jsonb_build_object('posts', moved_posts, 'persons', moved_persons);
END $$;
COMMENT ON FUNCTION app.hand_people IS 'posts in office and open memberships of a unit go to another: all of them, or those listed. Legal succession, no transfer: memberships go on. Head counts are added where the people go (1), or taken where they leave (-1)';

REVOKE ALL ON FUNCTION app.lock_tree, app.found_org, app.set_edges, app.close_org, app.hand_people FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.lock_tree, app.found_org, app.set_edges, app.close_org, app.hand_people TO app;
