-- why: the app login owns nothing; every row it reads or writes passes a policy (second wall behind visible(actor))
DO $$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'app') THEN
    CREATE ROLE app LOGIN NOSUPERUSER NOBYPASSRLS NOINHERIT NOCREATEDB NOCREATEROLE;
  END IF;
END $$;
ALTER ROLE app SET max_parallel_workers_per_gather = 0;
ALTER ROLE app SET jit = off;
ALTER ROLE app SET "TimeZone" = 'Asia/Shanghai';

REVOKE ALL ON SCHEMA app FROM PUBLIC;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA app FROM PUBLIC;
GRANT USAGE ON SCHEMA app TO app;
GRANT EXECUTE ON FUNCTION app.begin, app.scope_ok TO app;
GRANT USAGE ON SEQUENCE app.rollup_delta_seq TO app;

-- Names and S1 figures of the tree are open to every signed-in cadre; can() checks the unit asked for.
DO $$ DECLARE t text; BEGIN
  FOREACH t IN ARRAY ARRAY['org', 'org_edge', 'org_closure', 'org_committee', 'programme', 'indicator', 'setting',
    'rollup', 'rollup_delta', 'account', 'post', 'session', 'idempotency', 'audit', 'audit_head', 'snapshot',
    'snapshot_value', 'summary_text', 'migration'] LOOP
    EXECUTE format('ALTER TABLE app.%I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY %I ON app.%I TO app USING (true) WITH CHECK (true)', t || '_open', t);
    EXECUTE format('GRANT SELECT ON app.%I TO app', t);
  END LOOP;
END $$;
ALTER TABLE app.context ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

GRANT INSERT, UPDATE ON app.rollup TO app;
GRANT INSERT, DELETE ON app.rollup_delta TO app;
GRANT INSERT, UPDATE, DELETE ON app.session TO app;
GRANT INSERT ON app.idempotency, app.audit, app.snapshot, app.snapshot_value TO app;
GRANT DELETE ON app.idempotency TO app;
GRANT INSERT, UPDATE ON app.audit_head, app.summary_text TO app;

-- S1 by the bare scope range; S2 to S4 need the guard besides, which only app.begin(token) satisfies.
-- Settings in sub-selects are read once a statement instead of once a row. Handlers ask the same range openly, which leads the
-- planner to an index; the CASE keeps it from taking both for independent conditions.
ALTER TABLE app.record ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY record_read ON app.record FOR SELECT TO app USING (
  CASE WHEN class > 1 AND NOT (SELECT app.scope_ok()) THEN false
    WHEN scope_code >= (SELECT current_setting('app.scope', true)) AND scope_code < (SELECT current_setting('app.scope_end', true)) THEN true
    WHEN view_code >= (SELECT current_setting('app.scope', true)) AND view_code < (SELECT current_setting('app.scope_end', true)) THEN true
    ELSE class <= 1 AND co_hosts @> ARRAY[(SELECT nullif(current_setting('app.unit', true), '')::int)] END);
CREATE POLICY record_insert ON app.record FOR INSERT TO app WITH CHECK (
  scope_code >= current_setting('app.scope', true) AND scope_code < current_setting('app.scope_end', true)
  AND (class <= 1 OR (SELECT app.scope_ok())));
CREATE POLICY record_update ON app.record FOR UPDATE TO app USING (
  scope_code >= current_setting('app.scope', true) AND scope_code < current_setting('app.scope_end', true)
  AND (class <= 1 OR (SELECT app.scope_ok())));
GRANT SELECT, INSERT, UPDATE ON app.record TO app;

ALTER TABLE app.proposal ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY proposal_all ON app.proposal TO app USING (
  scope_code >= current_setting('app.scope', true) AND scope_code < current_setting('app.scope_end', true)
  AND (class <= 1 OR (SELECT app.scope_ok())));
GRANT SELECT, INSERT, UPDATE, DELETE ON app.proposal TO app;

-- What hangs on a record is visible exactly when the record is: the policy of the spine applies inside EXISTS.
CREATE PROCEDURE app.guard(t text, verbs text) LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  EXECUTE format('ALTER TABLE app.%I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', t);
  EXECUTE format('CREATE POLICY %I ON app.%I TO app USING (EXISTS (SELECT FROM app.record r WHERE r.district_id = %I.district_id AND r.id = %I.record_id))',
    t || '_of_record', t, t, t);
  EXECUTE format('GRANT %s ON app.%I TO app', verbs, t);
END $$;
COMMENT ON PROCEDURE app.guard IS 'called by migrations for each table that hangs on the spine';
REVOKE ALL ON PROCEDURE app.guard FROM PUBLIC;

CALL app.guard('record_history', 'SELECT, INSERT');
CALL app.guard('remark', 'SELECT, INSERT, UPDATE');
CALL app.guard('record_opened', 'SELECT, INSERT');
CALL app.guard('ledger', 'SELECT, INSERT');
DO $$ DECLARE t text; BEGIN
  FOR t IN SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = 'app'
    WHERE c.relkind = 'r' AND NOT c.relrowsecurity
      AND EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'record_id') ORDER BY 1 LOOP
    CALL app.guard(t, 'SELECT, INSERT, UPDATE');
    IF EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = format('app.%I', t)::regclass AND a.attname = 'line') THEN
      EXECUTE format('GRANT DELETE ON app.%I TO app', t);
    END IF;
  END LOOP;
END $$;

-- LIKE is not leakproof, so a policy would keep the planner from the bigram index; this function applies the scope itself.
CREATE FUNCTION app.find_records(wanted text[], of_programme smallint, most int)
RETURNS TABLE (district_id int, id uuid) LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan AS $$ BEGIN
  RETURN QUERY SELECT r.district_id, r.id FROM app.record r
  WHERE r.words @> wanted AND (of_programme IS NULL OR r.programme = of_programme)
    AND ((r.scope_code >= current_setting('app.scope', true) AND r.scope_code < current_setting('app.scope_end', true))
      OR (r.view_code >= current_setting('app.scope', true) AND r.view_code < current_setting('app.scope_end', true))
      OR (r.class <= 1 AND r.co_hosts @> ARRAY[nullif(current_setting('app.unit', true), '')::int]))
    AND (r.class <= 1 OR app.scope_ok())
  ORDER BY r.occurred_on DESC, r.id DESC LIMIT most;
END $$;
REVOKE ALL ON FUNCTION app.find_records FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.find_records TO app;

-- Neither is @> on arrays.
CREATE FUNCTION app.co_hosted(of_programme smallint) RETURNS TABLE (district_id int, id uuid)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$ BEGIN
  RETURN QUERY SELECT r.district_id, r.id FROM app.record r
  WHERE r.co_hosts @> ARRAY[nullif(current_setting('app.unit', true), '')::int] AND r.co_hosts <> '{}'
    AND r.programme = of_programme AND r.class <= 1;
END $$;
COMMENT ON FUNCTION app.co_hosted IS 'keys of S1 records that the acting unit co-hosts';

CREATE FUNCTION app.same_day(units int[], of_programme smallint, days date[])
RETURNS TABLE (id uuid, held_on date, title text, hosts int[]) LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$ BEGIN
  RETURN QUERY SELECT r.id, r.occurred_on, r.title, r.org_id || r.co_hosts FROM app.record r
  WHERE (r.org_id = ANY (units) OR r.co_hosts && units AND r.co_hosts <> '{}') AND r.programme = of_programme
    AND r.occurred_on = ANY (days) AND r.state NOT IN ('voided', 'withdrawn')
    AND (r.class <= 1 OR r.org_id = nullif(current_setting('app.unit', true), '')::int AND app.scope_ok());
END $$;
COMMENT ON FUNCTION app.same_day IS 'titles of one day at the host and its co-hosts, whichever of them entered first: only S1, and the acting unit''s own';
REVOKE ALL ON FUNCTION app.co_hosted, app.same_day FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.co_hosted, app.same_day TO app;
