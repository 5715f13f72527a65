-- why: what stands beside a contract or a room (texts, looks, points, ranks, listings, money) is read and written by whoever keeps the record today, and moves with it when its owner changes the district

-- A move before this one left them in the old district, where nobody saw them: what was entered anew since then stands, and what
-- it took the place of ends as it would have. A plaque's number is told apart when it is typed, not where its room moves to.
DROP INDEX app.care_room_rating_plaque;
CREATE TEMP TABLE left_behind ON COMMIT DROP AS
  SELECT t.*, r.district_id AS into_district, row_number() OVER (PARTITION BY t.record_id ORDER BY t.noted_at, t.district_id = r.district_id, t.n)::int AS k
  FROM app.contract_text t JOIN app.record r ON r.id = t.record_id
  WHERE EXISTS (SELECT FROM app.contract_text x WHERE x.record_id = t.record_id AND x.district_id <> r.district_id);
DELETE FROM app.contract_text t USING pg_temp.left_behind l WHERE t.district_id = l.district_id AND t.record_id = l.record_id AND t.n = l.n;
INSERT INTO app.contract_text (district_id, record_id, n, org_id, evidence_id, name, bytes, hash, why, noted_by, noted_at)
  SELECT l.into_district, l.record_id, l.k, l.org_id, l.evidence_id, l.name, l.bytes, l.hash,
    CASE WHEN l.k = 1 THEN '' ELSE coalesce(nullif(l.why, ''), '单位换区县后重新选定') END, l.noted_by, l.noted_at FROM pg_temp.left_behind l;
UPDATE app.care_room_point p SET replaced_at = n.after FROM (
    SELECT x.district_id, x.id, lead(x.set_at) OVER (PARTITION BY x.record_id ORDER BY x.set_at, x.district_id = r.district_id) AS after
    FROM app.care_room_point x JOIN app.record r ON r.id = x.record_id WHERE x.replaced_at IS NULL) n
  WHERE n.district_id = p.district_id AND n.id = p.id AND n.after IS NOT NULL;
UPDATE app.care_room_listing l SET until_on = greatest(n.after, l.from_on) - 1 FROM (
    SELECT x.district_id, x.id, lead(x.from_on) OVER (PARTITION BY x.record_id, x.vendor ORDER BY x.noted_at, x.district_id = r.district_id) AS after
    FROM app.care_room_listing x JOIN app.record r ON r.id = x.record_id WHERE x.until_on IS NULL) n
  WHERE n.district_id = l.district_id AND n.id = l.id AND n.after IS NOT NULL;
UPDATE app.care_room_rating g SET state = 'withdrawn', ended_on = greatest(n.after, g.applied_on), reason = '单位换区县后重新申报', version = g.version + 1 FROM (
    SELECT x.district_id, x.id, lead(x.applied_on) OVER (PARTITION BY x.record_id ORDER BY x.created_at, x.district_id = r.district_id) AS after
    FROM app.care_room_rating x JOIN app.record r ON r.id = x.record_id WHERE x.state IN ('self', 'district', 'city', 'notice')) n
  WHERE n.district_id = g.district_id AND n.id = g.id AND n.after IS NOT NULL;
DO $$ DECLARE t text; BEGIN
  FOREACH t IN ARRAY ARRAY['contract_text', 'contract_inspection', 'care_room_point', 'care_room_listing', 'care_room_inspection'] LOOP
    EXECUTE format('UPDATE app.%1$I t SET district_id = r.district_id FROM app.record r WHERE r.id = t.record_id AND r.district_id <> t.district_id', t);
  END LOOP;
END $$;
ALTER TABLE app.care_room_score DROP CONSTRAINT care_room_score_rating_fkey;
ALTER TABLE app.care_room_subsidy DROP CONSTRAINT care_room_subsidy_rating_fkey;
UPDATE app.care_room_score s SET district_id = r.district_id FROM app.care_room_rating g JOIN app.record r ON r.id = g.record_id
  WHERE g.id = s.rating_id AND r.district_id <> s.district_id;
UPDATE app.care_room_subsidy s SET district_id = r.district_id FROM app.record r WHERE r.id = s.record_id AND r.district_id <> s.district_id;
UPDATE app.care_room_rating g SET district_id = r.district_id FROM app.record r WHERE r.id = g.record_id AND r.district_id <> g.district_id;

-- app.refile takes along what refers to the record; a score had no record.
ALTER TABLE app.care_room_score ADD record_id uuid;
UPDATE app.care_room_score s SET record_id = g.record_id FROM app.care_room_rating g WHERE g.district_id = s.district_id AND g.id = s.rating_id;
ALTER TABLE app.care_room_score ALTER record_id SET NOT NULL,
  ADD CONSTRAINT care_room_score_rating_fkey FOREIGN KEY (district_id, rating_id) REFERENCES app.care_room_rating (district_id, id);
ALTER TABLE app.care_room_subsidy
  ADD CONSTRAINT care_room_subsidy_rating_fkey FOREIGN KEY (district_id, rating_id) REFERENCES app.care_room_rating (district_id, id);

DO $$ DECLARE t text; BEGIN
  FOREACH t IN ARRAY ARRAY['contract_text', 'contract_inspection', 'care_room_point', 'care_room_listing', 'care_room_rating', 'care_room_score',
      'care_room_inspection', 'care_room_subsidy'] LOOP
    EXECUTE format('ALTER TABLE app.%1$I ADD CONSTRAINT %2$I FOREIGN KEY (district_id, record_id) REFERENCES app.record (district_id, id)', t, t || '_record_fkey');
    EXECUTE format('DROP POLICY %I ON app.%I', t || '_in_scope', t);
    EXECUTE format($p$CREATE POLICY %2$I ON app.%1$I TO app USING (EXISTS (SELECT FROM app.record r WHERE r.district_id = %1$I.district_id AND r.id = %1$I.record_id
      AND r.scope_code >= (SELECT current_setting('app.scope', true)) AND r.scope_code < (SELECT current_setting('app.scope_end', true))))$p$, t, t || '_of_record');
  END LOOP;
END $$;

-- As in 0008; besides, what leans on another table beside the record.
CREATE OR REPLACE FUNCTION app.refile(of_org int[], from_ym int, also int[]) RETURNS int[] LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  r record; t text; beside text[]; moved int[] := '{}';
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
  -- What leans on another row beside the record is written after it and deleted before it.
  SELECT array_agg(x.relname ORDER BY x.leans, x.relname) INTO beside FROM (
    SELECT c.relname::text, EXISTS (SELECT FROM pg_constraint k JOIN pg_constraint u ON u.conrelid = k.confrelid AND u.confrelid = 'app.record'::regclass
      WHERE k.conrelid = c.oid AND k.contype = 'f' AND k.confrelid <> c.oid) AS leans
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = 'app'
    WHERE c.relkind = 'r' AND c.relname <> 'ledger'
      AND EXISTS (SELECT FROM pg_constraint k WHERE k.conrelid = c.oid AND k.confrelid = 'app.record'::regclass)) x;
  FOREACH t IN ARRAY beside LOOP
    EXECUTE format('INSERT INTO app.%1$I SELECT (jsonb_populate_record(NULL::app.%1$I, to_jsonb(x) || jsonb_build_object(''district_id'', f.district_id))).*
      FROM app.%1$I x JOIN pg_temp.refiled f ON x.district_id = f.old_district AND x.record_id = f.id', t);
  END LOOP;
  FOR n IN REVERSE array_length(beside, 1)..1 LOOP
    EXECUTE format('DELETE FROM app.%1$I x USING pg_temp.refiled f WHERE x.district_id = f.old_district AND x.record_id = f.id', beside[n]);
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
-- As in 0330; besides, a correction that is being written goes to whoever keeps the record on: nothing typed is lost.
CREATE OR REPLACE FUNCTION app.hold_records(ids uuid[], holder int) RETURNS int LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  n int;
BEGIN
  PERFORM app.change_tree(array[holder]);
  UPDATE app.record r SET held_by = nullif(holder, r.org_id), scope_code = o.scope_code, view_code = CASE WHEN r.class <= 1 THEN o.view_code END
    FROM app.org o WHERE o.id = holder AND r.id = ANY (ids);
  GET DIAGNOSTICS n = ROW_COUNT;
  UPDATE app.proposal p SET org_id = holder, scope_code = o.scope_code FROM app.org o WHERE o.id = holder AND p.record_id = ANY (ids);
  RETURN n;
END $$;
