-- why: a part of a unit becomes a unit of its own: who and what goes is chosen, what was counted stays where it was made

ALTER TABLE app.record ADD held_by int, ADD CONSTRAINT record_held_by_fkey FOREIGN KEY (held_by) REFERENCES app.org (id);
COMMENT ON COLUMN app.record.held_by IS 'the unit that keeps the record on since its owner was split: rights and review follow it, figures stay with the owner';
CREATE INDEX record_held ON app.record (held_by) WHERE held_by IS NOT NULL;

ALTER TABLE app.org_change DROP CONSTRAINT org_change_kind_check;
ALTER TABLE app.org_change ADD CONSTRAINT org_change_kind_check CHECK (kind IN ('found', 'merge', 'move', 'split'));
COMMENT ON TABLE app.org_change IS 'founding, merger, move, split of a unit: asked, agreed to, done by another person, within a window taken back by a third look';
COMMENT ON COLUMN app.org_change.org_id IS 'the unit that is merged, moved or split; of a founding the superior';
COMMENT ON COLUMN app.org_change.concerned IS 'units that read it: the sides, whoever asked, and the unit that was made by it';

CREATE FUNCTION app.path_records(ids int[]) RETURNS void LANGUAGE sql SET search_path = pg_catalog, pg_temp AS $$
  UPDATE app.record r SET scope_code = o.scope_code, view_code = CASE WHEN r.class <= 1 THEN o.view_code END
    FROM app.org o WHERE o.id = r.org_id AND o.id = ANY (ids) AND r.held_by IS NULL;
  UPDATE app.record r SET scope_code = o.scope_code, view_code = CASE WHEN r.class <= 1 THEN o.view_code END
    FROM app.org o WHERE o.id = r.held_by AND o.id = ANY (ids);
  UPDATE app.proposal p SET scope_code = o.scope_code FROM app.org o WHERE o.id = p.org_id AND o.id = ANY (ids)
    AND NOT EXISTS (SELECT FROM app.record r WHERE r.district_id = p.record_district_id AND r.id = p.record_id AND r.held_by IS NOT NULL);
  UPDATE app.proposal p SET scope_code = r.scope_code FROM app.record r
    WHERE r.held_by = ANY (ids) AND p.record_district_id = r.district_id AND p.record_id = r.id;
$$;
COMMENT ON FUNCTION app.path_records IS 'records and proposals stand where the unit that keeps them stands today';
REVOKE ALL ON FUNCTION app.path_records FROM PUBLIC;

CREATE OR REPLACE FUNCTION app.move_org(child int, parent int, of_line int, starts int, today int, decided date, doc text)
RETURNS int[] LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  ids int[]; also int[]; d int;
BEGIN
  SELECT array[o.district_id, c.district_id] INTO also FROM app.org o JOIN app.org c ON c.id = child
  WHERE NOT EXISTS (SELECT FROM app.org_edge e WHERE e.child_id = o.id AND e.line = 1)
    AND o.scope_code = current_setting('app.scope', true) AND app.scope_ok();
  IF NOT FOUND THEN RAISE EXCEPTION 'only the city moves a unit' USING ERRCODE = '42501'; END IF;
  -- Folds hold it shared: none of them spreads by the old tree while this call rewrites it, whatever district they fold.
  PERFORM pg_advisory_xact_lock(1, 0);
  SELECT array_agg(DISTINCT c.des) INTO ids FROM app.org_closure c WHERE c.anc = child;
  IF parent = ANY (ids) THEN RAISE EXCEPTION 'a unit cannot come under itself' USING ERRCODE = '23514', CONSTRAINT = 'org_edge_cycle_check'; END IF;
  FOR d IN SELECT DISTINCT district_id FROM app.org WHERE id = ANY (ids) ORDER BY 1 LOOP PERFORM pg_advisory_xact_lock(2, d); END LOOP;
  PERFORM app.add_to_rollup(ids, -1);
  DELETE FROM app.org_edge WHERE child_id = child AND line = of_line AND from_ym >= starts;
  UPDATE app.org_edge SET to_ym = starts WHERE child_id = child AND line = of_line AND to_ym > starts;
  IF parent IS NOT NULL THEN INSERT INTO app.org_edge VALUES (child, parent, of_line, starts, 999912, decided, doc); END IF;
  PERFORM app.rebuild_closure(ids);
  PERFORM app.add_to_rollup(ids, 1);
  PERFORM app.refresh_paths(ids, today);
  PERFORM app.path_records(ids);
  IF of_line = 1 THEN PERFORM app.turn_over(ids, today); END IF;
  RETURN app.refile(ids, starts, also);
END $$;

CREATE OR REPLACE FUNCTION app.set_edges(child int, edges jsonb, since int, today int) RETURNS int[] LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
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
  PERFORM app.path_records(ids);
  PERFORM app.turn_over(ids, today);
  RETURN app.refile(ids, since, also);
END $$;

CREATE FUNCTION app.hold_records(ids uuid[], holder int) RETURNS int LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  n int;
BEGIN
  PERFORM app.change_tree(array[holder]);
  UPDATE app.record r SET held_by = nullif(holder, r.org_id), scope_code = o.scope_code, view_code = CASE WHEN r.class <= 1 THEN o.view_code END
    FROM app.org o WHERE o.id = holder AND r.id = ANY (ids);
  GET DIAGNOSTICS n = ROW_COUNT;
  RETURN n;
END $$;
COMMENT ON FUNCTION app.hold_records IS 'records that another unit keeps on; given to their owner, nobody holds them any more';
REVOKE ALL ON FUNCTION app.hold_records FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.hold_records TO app;
