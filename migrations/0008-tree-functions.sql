-- why: closure, paths and moves are one algorithm each, called by loader, move and tests alike.
-- What is asked row by row is plpgsql, which keeps its plans, not SQL, which plans at each call.
CREATE FUNCTION app.rebuild_closure(ids int[]) RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  DELETE FROM app.org_closure WHERE des = ANY (ids);
  INSERT INTO app.org_closure (anc, des, line, from_ym, to_ym, depth)
  WITH RECURSIVE up (des, anc, months, depth, viewed) AS (
    SELECT o, o, int4range(0, 999912), 0, false FROM unnest(ids) o
    UNION ALL
    SELECT up.des, e.parent_id, up.months * int4range(e.from_ym, e.to_ym), up.depth + 1, up.viewed OR e.line = 2
    FROM up JOIN app.org_edge e ON e.child_id = up.anc AND (e.line = 1 OR NOT up.viewed)
      AND up.months && int4range(e.from_ym, e.to_ym)
  ), reporting AS (
    SELECT des, anc, depth, range_agg(months) AS months FROM up WHERE NOT viewed GROUP BY 1, 2, 3
  ), reached AS (
    SELECT des, anc, range_agg(months) AS months FROM up WHERE NOT viewed GROUP BY 1, 2
  ), viewed AS (
    SELECT des, anc, depth, range_agg(months) AS months FROM up WHERE viewed GROUP BY 1, 2, 3
  ), viewing AS (
    -- In each month the shortest of several paths.
    SELECT des, anc, depth, months - coalesce(range_agg(months) OVER (PARTITION BY des, anc ORDER BY depth
      ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), '{}'::int4multirange) AS months FROM viewed
  )
  SELECT r.anc, r.des, CASE WHEN r.depth = 0 THEN 0 ELSE 1 END, lower(m), upper(m), r.depth
  FROM reporting r, unnest(r.months) m
  UNION ALL
  SELECT v.anc, v.des, 2, lower(m), upper(m), v.depth
  FROM viewing v LEFT JOIN reached r ON r.des = v.des AND r.anc = v.anc,
    unnest(v.months - coalesce(r.months, '{}'::int4multirange)) m;
END $$;
COMMENT ON FUNCTION app.rebuild_closure IS 'dated closure of the given units; a path takes at most one view edge';

CREATE FUNCTION app.path_at(unit int, ym int) RETURNS text LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$ BEGIN RETURN (
  SELECT string_agg(o.seg, '' ORDER BY c.depth DESC) FROM app.org_closure c JOIN app.org o ON o.id = c.anc
  WHERE c.des = unit AND c.line < 2 AND c.from_ym <= ym AND ym < c.to_ym
); END $$;

CREATE FUNCTION app.view_path_at(unit int, ym int) RETURNS text LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$ BEGIN RETURN (
  SELECT app.path_at(e.parent_id, ym) || right(app.path_at(unit, ym), (c.depth + 1) * 4)
  FROM app.org_closure c JOIN app.org_edge e ON e.child_id = c.anc AND e.line = 2 AND e.from_ym <= ym AND ym < e.to_ym
  JOIN app.org_closure v ON v.des = unit AND v.anc = e.parent_id AND v.line = 2 AND v.from_ym <= ym AND ym < v.to_ym
  WHERE c.des = unit AND c.line < 2 AND c.from_ym <= ym AND ym < c.to_ym ORDER BY c.depth LIMIT 1
); END $$;
COMMENT ON FUNCTION app.view_path_at IS 'path under the nearest view superior, own or of a superior, that the reporting line does not reach anyway; null = none';

CREATE FUNCTION app.district_at(unit int, ym int) RETURNS int LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$ BEGIN RETURN (
  SELECT c.anc FROM app.org_closure c
  WHERE c.des = unit AND c.line < 2 AND c.from_ym <= ym AND ym < c.to_ym
  ORDER BY c.depth DESC OFFSET (CASE WHEN EXISTS (SELECT FROM app.org_edge e WHERE e.child_id = unit AND e.line = 1) THEN 1 ELSE 0 END) LIMIT 1
); END $$;
COMMENT ON FUNCTION app.district_at IS 'top unit under the city on the reporting line; the city office is its own';

CREATE FUNCTION app.place(unit int, months int[])
RETURNS TABLE (ym int, scope_code text, view_code text, then_code text, then_view text, district_id int, line jsonb)
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  held int; wanted int; viewed boolean;
BEGIN
  -- A move may end while we wait for its lock: then the unit stands in another district, whose lock is the right one.
  LOOP
    SELECT o.district_id INTO wanted FROM app.org o WHERE o.id = unit;
    EXIT WHEN wanted IS NULL OR wanted = held;
    PERFORM pg_advisory_xact_lock_shared(2, wanted);
    held := wanted;
  END LOOP;
  -- Few units are viewed: only theirs is worked out.
  viewed := EXISTS (SELECT FROM app.org_closure c WHERE c.des = unit AND c.line = 2);
  RETURN QUERY SELECT p.ym, o.scope_code, o.view_code, p.path, CASE WHEN viewed THEN app.view_path_at(unit, p.ym) END, coalesce(p.above[2], o.district_id), p.line
    FROM app.org o CROSS JOIN (
      SELECT m.ym, string_agg(a.seg, '' ORDER BY c.depth DESC) AS path, array_agg(c.anc ORDER BY c.depth DESC) AS above,
        jsonb_agg(jsonb_build_object('id', a.id, 'code', a.org_code, 'name', a.name, 'shortName', a.short_name, 'tier', a.tier) ORDER BY c.depth) AS line
      FROM (SELECT DISTINCT unnest(months) AS ym) m
      JOIN app.org_closure c ON c.des = unit AND c.line < 2 AND c.from_ym <= m.ym AND m.ym < c.to_ym JOIN app.org a ON a.id = c.anc GROUP BY m.ym
    ) p WHERE o.id = unit;
END $$;
COMMENT ON FUNCTION app.place IS 'where facts of a unit and of some months are filed; until the transaction ends no move takes the unit elsewhere';

CREATE FUNCTION app.refresh_paths(ids int[], today int) RETURNS void LANGUAGE sql SET search_path = pg_catalog, pg_temp AS $$
  UPDATE app.org o SET scope_code = '~' || o.id WHERE o.id = ANY (ids);
  WITH path AS (
    SELECT c.des, string_agg(a.seg, '' ORDER BY c.depth DESC) AS code, array_agg(c.anc ORDER BY c.depth DESC) AS line
    FROM app.org_closure c JOIN app.org a ON a.id = c.anc
    WHERE c.des = ANY (ids) AND c.line < 2 AND c.from_ym <= today AND today < c.to_ym GROUP BY c.des
  ), viewed AS (
    -- Few units are viewed: only theirs is worked out.
    SELECT DISTINCT c.des FROM app.org_closure c WHERE c.des = ANY (ids) AND c.line = 2 AND c.from_ym <= today AND today < c.to_ym
  )
  UPDATE app.org o SET scope_code = p.code, district_id = coalesce(p.line[2], p.line[1]),
    view_code = CASE WHEN v.des IS NOT NULL THEN app.view_path_at(o.id, today) END
  FROM path p LEFT JOIN viewed v ON v.des = p.des WHERE o.id = p.des;
$$;
COMMENT ON FUNCTION app.refresh_paths IS 'the first statement frees the codes, so that two units may change places';

CREATE FUNCTION app.effect(fact_ym int, nature text, since int, until int, open_year int, y int)
RETURNS TABLE (mon int, sign int) LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE WHEN x.e / 100 = y THEN x.e % 100 ELSE 0 END, x.sign
  FROM (SELECT g.sign, CASE g.sign WHEN 1 THEN greatest(fact_ym, since) ELSE until END AS e,
    CASE g.sign WHEN 1 THEN nature = 'stock' OR fact_ym >= since ELSE nature = 'stock' AND until < 999912 END AS ok
    FROM unnest('{1,-1}'::int[]) g (sign)) x
  WHERE x.ok AND until > fact_ym AND (x.e / 100 = y OR nature = 'stock' AND x.e / 100 < y AND y <= open_year)
$$;
COMMENT ON FUNCTION app.effect IS 'the months of a year that one entry moves at a superior of some months: a flow counts in its own month, a stock follows its holder and opens later years. Inlined by the planner: no SET clause, no definer';

CREATE FUNCTION app.spread(owner int, fact_ym int, nature text, open_year int)
RETURNS TABLE (anc int, line smallint, yr int, mon int, sign int) LANGUAGE sql STABLE AS $$
  SELECT c.anc, c.line, y.yr, e.mon, e.sign
  FROM app.org_closure c
  CROSS JOIN LATERAL generate_series(greatest(fact_ym, c.from_ym) / 100, CASE nature WHEN 'stock'
    THEN greatest(open_year, greatest(fact_ym, c.from_ym) / 100, nullif(c.to_ym, 999912) / 100) ELSE fact_ym / 100 END) y (yr)
  CROSS JOIN LATERAL app.effect(fact_ym, nature, c.from_ym, c.to_ym, open_year, y.yr) e
  WHERE c.des = owner AND c.to_ym > fact_ym
$$;
COMMENT ON FUNCTION app.spread IS 'the roll-up cells that one entry moves, at its owner and every superior. Inlined as well';

CREATE FUNCTION app.pending(units int[], years int[])
RETURNS TABLE (anc int, line smallint, from_ym int, to_ym int, indicator_id smallint, state smallint, ym int, val bigint)
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  root int;
BEGIN
  IF NOT EXISTS (SELECT FROM app.rollup_delta) THEN RETURN; END IF;
  root := (SELECT o.id FROM app.org o WHERE o.id = ANY (units) AND o.tier = 'city');
  -- Whoever never moved is below the city in every month: of those no closure row is read.
  IF root IS NOT NULL THEN
    RETURN QUERY SELECT root, (CASE d.org_id WHEN root THEN 0 ELSE 1 END)::smallint, 0, 999912, d.indicator_id, d.state, d.ym, sum(d.val)::bigint
      FROM app.rollup_delta d JOIN app.indicator i ON i.id = d.indicator_id AND (i.nature = 'stock' OR d.ym / 100 = ANY (years))
      WHERE d.org_id NOT IN (SELECT c.des FROM app.org_closure c WHERE c.anc = root AND (c.from_ym > 0 OR c.to_ym < 999912))
      GROUP BY 2, 5, 6, 7;
  END IF;
  RETURN QUERY SELECT c.anc, c.line, c.from_ym, c.to_ym, d.indicator_id, d.state, d.ym, sum(d.val)::bigint
    FROM app.org_closure c JOIN app.rollup_delta d ON d.org_id = c.des AND d.ym < c.to_ym
    JOIN app.indicator i ON i.id = d.indicator_id AND (i.nature = 'stock' OR d.ym / 100 = ANY (years))
    WHERE c.anc = root AND (c.from_ym > 0 OR c.to_ym < 999912) GROUP BY 1, 2, 3, 4, 5, 6, 7;
  IF units <> ARRAY[root] THEN
    -- By hash, whatever the plan was made for: one probe of an index for each delta costs three times as much.
    RETURN QUERY WITH c AS MATERIALIZED (SELECT x.anc, x.des, x.line, x.from_ym, x.to_ym FROM app.org_closure x WHERE x.anc = ANY (array_remove(units, root)))
      SELECT c.anc, c.line, c.from_ym, c.to_ym, d.indicator_id, d.state, d.ym, sum(d.val)::bigint
      FROM c JOIN app.rollup_delta d ON d.org_id = c.des AND d.ym < c.to_ym
      JOIN app.indicator i ON i.id = d.indicator_id AND (i.nature = 'stock' OR d.ym / 100 = ANY (years))
      GROUP BY 1, 2, 3, 4, 5, 6, 7;
  END IF;
END $$;
COMMENT ON FUNCTION app.pending IS 'pending deltas at some superiors, by the closure row they come through and summed: many fall on few superiors and months';
GRANT EXECUTE ON FUNCTION app.effect, app.spread, app.pending, app.path_at, app.view_path_at, app.district_at, app.place TO app;
REVOKE ALL ON FUNCTION app.rebuild_closure, app.refresh_paths FROM PUBLIC;

CREATE FUNCTION app.add_to_rollup(ids int[], factor int) RETURNS void LANGUAGE sql SET search_path = pg_catalog, pg_temp AS $$
  INSERT INTO app.rollup AS old (org_id, yr, indicator_id, state, line, district_id, m00, m01, m02, m03, m04, m05, m06, m07, m08, m09, m10, m11, m12)
  SELECT s.anc, s.yr, r.indicator_id, r.state, s.line, r.district_id,
    coalesce(sum(e.val * s.sign * factor) FILTER (WHERE s.mon = 0), 0), coalesce(sum(e.val * s.sign * factor) FILTER (WHERE s.mon = 1), 0),
    coalesce(sum(e.val * s.sign * factor) FILTER (WHERE s.mon = 2), 0), coalesce(sum(e.val * s.sign * factor) FILTER (WHERE s.mon = 3), 0),
    coalesce(sum(e.val * s.sign * factor) FILTER (WHERE s.mon = 4), 0), coalesce(sum(e.val * s.sign * factor) FILTER (WHERE s.mon = 5), 0),
    coalesce(sum(e.val * s.sign * factor) FILTER (WHERE s.mon = 6), 0), coalesce(sum(e.val * s.sign * factor) FILTER (WHERE s.mon = 7), 0),
    coalesce(sum(e.val * s.sign * factor) FILTER (WHERE s.mon = 8), 0), coalesce(sum(e.val * s.sign * factor) FILTER (WHERE s.mon = 9), 0),
    coalesce(sum(e.val * s.sign * factor) FILTER (WHERE s.mon = 10), 0), coalesce(sum(e.val * s.sign * factor) FILTER (WHERE s.mon = 11), 0),
    coalesce(sum(e.val * s.sign * factor) FILTER (WHERE s.mon = 12), 0)
  FROM app.rollup r JOIN app.indicator i ON i.id = r.indicator_id
  CROSS JOIN LATERAL (VALUES (1, m01), (2, m02), (3, m03), (4, m04), (5, m05), (6, m06), (7, m07), (8, m08), (9, m09),
    (10, m10), (11, m11), (12, m12)) e (mon, val)
  CROSS JOIN (SELECT value::int AS year FROM app.setting WHERE key = 'openYear') o
  CROSS JOIN LATERAL app.spread(r.org_id, r.yr * 100 + e.mon, i.nature, o.year) s
  WHERE r.org_id = ANY (ids) AND r.line = 0 AND e.val <> 0 AND s.line > 0
  GROUP BY 1, 2, 3, 4, 5, 6
  ON CONFLICT (org_id, yr, indicator_id, state, line, district_id) DO UPDATE SET
    m00 = old.m00 + EXCLUDED.m00, m01 = old.m01 + EXCLUDED.m01, m02 = old.m02 + EXCLUDED.m02, m03 = old.m03 + EXCLUDED.m03,
    m04 = old.m04 + EXCLUDED.m04, m05 = old.m05 + EXCLUDED.m05, m06 = old.m06 + EXCLUDED.m06, m07 = old.m07 + EXCLUDED.m07,
    m08 = old.m08 + EXCLUDED.m08, m09 = old.m09 + EXCLUDED.m09, m10 = old.m10 + EXCLUDED.m10, m11 = old.m11 + EXCLUDED.m11,
    m12 = old.m12 + EXCLUDED.m12
$$;
COMMENT ON FUNCTION app.add_to_rollup IS 'adds (1) or takes away (-1) the units'' own folded rows at all their superiors, by the closure as it stands';
REVOKE ALL ON FUNCTION app.add_to_rollup FROM PUBLIC;

CREATE FUNCTION app.refile(of_org int[], from_ym int, also int[]) RETURNS int[] LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  r record; t text; moved int[] := '{}'; heads jsonb;
BEGIN
  CREATE TEMP TABLE refiled ON COMMIT DROP AS
    SELECT x.district_id AS old_district, app.district_at(x.org_id, x.ym) AS district_id, x.id, x.version, x.ym, x.org_id
    FROM (SELECT c.*, extract(year FROM occurred_on)::int * 100 + extract(month FROM occurred_on)::int AS ym
          FROM app.record c WHERE org_id = ANY (of_org)) x WHERE x.ym >= from_ym;
  UPDATE app.record c SET then_code = app.path_at(f.org_id, f.ym), then_view = CASE WHEN c.class <= 1 THEN app.view_path_at(f.org_id, f.ym) END
    FROM pg_temp.refiled f WHERE c.district_id = f.old_district AND c.id = f.id;
  DELETE FROM pg_temp.refiled f WHERE f.old_district = f.district_id;
  IF NOT EXISTS (SELECT FROM pg_temp.refiled) THEN DROP TABLE pg_temp.refiled; RETURN moved; END IF;
  INSERT INTO app.record SELECT (jsonb_populate_record(NULL::app.record,
      to_jsonb(c) || jsonb_build_object('district_id', f.district_id, 'version', c.version + 1))).*
    FROM app.record c JOIN pg_temp.refiled f ON c.district_id = f.old_district AND c.id = f.id;
  FOR t IN SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = 'app'
    WHERE c.relkind = 'r' AND c.relname <> 'ledger'
      AND EXISTS (SELECT FROM pg_constraint k WHERE k.conrelid = c.oid AND k.confrelid = 'app.record'::regclass) ORDER BY 1 LOOP
    EXECUTE format('INSERT INTO app.%1$I SELECT (jsonb_populate_record(NULL::app.%1$I, to_jsonb(x) || jsonb_build_object(''district_id'', f.district_id))).*
      FROM app.%1$I x JOIN pg_temp.refiled f ON x.district_id = f.old_district AND x.record_id = f.id', t);
    EXECUTE format('DELETE FROM app.%1$I x USING pg_temp.refiled f WHERE x.district_id = f.old_district AND x.record_id = f.id', t);
  END LOOP;
  UPDATE app.proposal p SET record_district_id = f.district_id, base_version = p.base_version + 1
    FROM pg_temp.refiled f WHERE p.record_id = f.id AND p.record_district_id = f.old_district;
  DELETE FROM app.record c USING pg_temp.refiled f WHERE c.district_id = f.old_district AND c.id = f.id;
  -- Audit heads last and ascending, as every writer does, with those in which the caller notes the move besides; her audit
  -- rows take the sequences used here.
  FOR r IN SELECT DISTINCT d FROM (SELECT old_district AS d FROM pg_temp.refiled UNION SELECT district_id FROM pg_temp.refiled
      UNION SELECT unnest(also)) u ORDER BY d LOOP
    moved := moved || r.d;
    INSERT INTO app.audit_head VALUES (r.d, 0, repeat('0', 64)) ON CONFLICT DO NOTHING;
    PERFORM FROM app.audit_head WHERE district_id = r.d FOR UPDATE;
  END LOOP;
  WITH sums AS (
    SELECT f.old_district, f.district_id, l.record_id, f.version + 1 AS version, l.indicator_id, l.state, l.org_id, l.ym, sum(l.val) AS val
    FROM app.ledger l JOIN pg_temp.refiled f ON l.district_id = f.old_district AND l.record_id = f.id
    GROUP BY 1, 2, 3, 4, 5, 6, 7, 8 HAVING sum(l.val) <> 0
  ), both_sides AS (
    SELECT old_district AS district_id, record_id, version, indicator_id, state, org_id, ym, -val AS val FROM sums
    UNION ALL SELECT district_id, record_id, version, indicator_id, state, org_id, ym, val FROM sums
  ), books AS (
    INSERT INTO app.ledger SELECT b.district_id, b.record_id, b.version, b.indicator_id, b.state, b.org_id, b.ym, b.val, h.seq + 1
    FROM both_sides b JOIN app.audit_head h ON h.district_id = b.district_id
  )
  INSERT INTO app.rollup_delta (district_id, org_id, ym, indicator_id, state, val)
  SELECT district_id, org_id, ym, indicator_id, state, sum(val) FROM both_sides GROUP BY 1, 2, 3, 4, 5;
  DROP TABLE pg_temp.refiled;
  RETURN moved;
END $$;
COMMENT ON FUNCTION app.refile IS 'records dated from a month on follow their owner into the district of that month; the ledger gets counter-entries, nothing in it is deleted';
REVOKE ALL ON FUNCTION app.refile FROM PUBLIC;

CREATE FUNCTION app.turn_over(ids int[], today int) RETURNS void LANGUAGE sql SET search_path = pg_catalog, pg_temp AS $$
  WITH above AS (
    SELECT c.des, c.anc, c.line, c.depth, o.tier FROM app.org_closure c JOIN app.org o ON o.id = c.anc
    WHERE c.des = ANY (ids) AND c.line < 2 AND c.from_ym <= today AND today < c.to_ym
  ), records AS (
    UPDATE app.record r SET turn_of = a.anc FROM above a
    WHERE r.state = 'submitted' AND r.org_id = a.des AND a.depth = 1 AND r.org_id = ANY (ids)
      AND NOT EXISTS (SELECT FROM above x WHERE x.des = r.org_id AND x.anc = r.turn_of)
  )
  UPDATE app.proposal p SET turn_of = (SELECT a.anc FROM above a WHERE a.des = p.org_id
      AND (a.tier IN ('district', 'industry', 'city') OR a.tier = 'subdistrict' AND t.tier = 'subdistrict') ORDER BY a.depth LIMIT 1)
  FROM app.org t WHERE t.id = p.turn_of AND p.state = 'submitted' AND p.org_id = ANY (ids)
    AND NOT EXISTS (SELECT FROM above x WHERE x.des = p.org_id AND x.anc = p.turn_of)
$$;
COMMENT ON FUNCTION app.turn_over IS 'what waits at a unit that is no superior any more waits at the new one: a record at the first, a proposal at the nearest of like tier';
REVOKE ALL ON FUNCTION app.turn_over FROM PUBLIC;

CREATE FUNCTION app.move_org(child int, parent int, of_line int, starts int, today int, decided date, doc text)
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
  UPDATE app.record r SET scope_code = o.scope_code, view_code = CASE WHEN r.class <= 1 THEN o.view_code END
    FROM app.org o WHERE o.id = r.org_id AND o.id = ANY (ids);
  UPDATE app.proposal p SET scope_code = o.scope_code FROM app.org o WHERE o.id = p.org_id AND o.id = ANY (ids);
  IF of_line = 1 THEN PERFORM app.turn_over(ids, today); END IF;
  RETURN app.refile(ids, starts, also);
END $$;
COMMENT ON FUNCTION app.move_org IS 'a new dated edge; a back-dated correction is the same call. Returns the districts whose books took counter-entries';
REVOKE ALL ON FUNCTION app.move_org FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.move_org TO app;

CREATE FUNCTION app.open_year(y int) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(1, 0);
  IF y <> (SELECT value::int + 1 FROM app.setting WHERE key = 'openYear' FOR UPDATE) THEN RETURN; END IF;
  INSERT INTO app.rollup AS old (org_id, yr, indicator_id, state, line, district_id, m00)
  SELECT r.org_id, y, r.indicator_id, r.state, r.line, r.district_id, m00 + m01 + m02 + m03 + m04 + m05 + m06 + m07 + m08 + m09 + m10 + m11 + m12
  FROM app.rollup r JOIN app.indicator i ON i.id = r.indicator_id AND i.nature = 'stock' WHERE r.yr = y - 1
  ON CONFLICT (org_id, yr, indicator_id, state, line, district_id) DO UPDATE SET m00 = old.m00 + EXCLUDED.m00;
  UPDATE app.setting SET value = y::text WHERE key = 'openYear';
END $$;
COMMENT ON FUNCTION app.open_year IS 'carries the stock balances into the next year, years in order';
REVOKE ALL ON FUNCTION app.open_year FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.open_year TO app;
-- What PostgreSQL gives to PUBLIC by itself: the right to call a new function.
REVOKE ALL ON ALL ROUTINES IN SCHEMA app FROM PUBLIC;
