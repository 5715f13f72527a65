-- why: a published figure stays what it was: a lock keeps the values of its months, entry goes on beside it and what moved since is told by sequence

CREATE TABLE app.period_lock (
  id uuid NOT NULL,
  org_id int NOT NULL,
  from_ym int NOT NULL,
  until_ym int NOT NULL,
  note text NOT NULL DEFAULT '',
  waiting int NOT NULL,
  seqs jsonb NOT NULL,
  locked_by uuid NOT NULL,
  locked_at timestamptz NOT NULL,
  asked_by uuid,
  asked_at timestamptz,
  reason text,
  reopened_by uuid,
  reopened_at timestamptz,
  version int NOT NULL DEFAULT 1,
  CONSTRAINT period_lock_pkey PRIMARY KEY (id),
  CONSTRAINT period_lock_org_fkey FOREIGN KEY (org_id) REFERENCES app.org (id),
  CONSTRAINT period_lock_months_check CHECK (from_ym <= until_ym),
  CONSTRAINT period_lock_asked_check CHECK ((asked_by IS NULL) = (asked_at IS NULL) AND (asked_by IS NULL) = (reason IS NULL)),
  CONSTRAINT period_lock_second_check CHECK ((reopened_by IS NULL) = (reopened_at IS NULL) AND (reopened_by IS NULL OR reopened_by <> asked_by AND asked_by IS NOT NULL))
);
CREATE UNIQUE INDEX period_lock_one_standing ON app.period_lock (org_id, from_ym) WHERE reopened_at IS NULL;
COMMENT ON TABLE app.period_lock IS 'months that a unit locked for itself and all below; a condition of the period, no state of a record. It stands until it is reopened, which one person asks for and another grants';
COMMENT ON COLUMN app.period_lock.seqs IS 'last audit sequence per district at the lock: ledger entries up to it are inside the published values, later ones are 补报 or 更正';
COMMENT ON COLUMN app.period_lock.waiting IS 'records and proposals of these months that still waited for review, as the locking person was shown';
COMMENT ON COLUMN app.period_lock.reason IS 'why reopening is asked for';

CREATE TABLE app.period_lock_value (
  lock_id uuid NOT NULL,
  indicator_id smallint NOT NULL,
  ym int NOT NULL,
  val bigint NOT NULL,
  CONSTRAINT period_lock_value_pkey PRIMARY KEY (lock_id, indicator_id, ym),
  CONSTRAINT period_lock_value_lock_fkey FOREIGN KEY (lock_id) REFERENCES app.period_lock (id),
  CONSTRAINT period_lock_value_indicator_fkey FOREIGN KEY (indicator_id) REFERENCES app.indicator (id)
);
COMMENT ON TABLE app.period_lock_value IS 'the published values of the locking unit: of a flow the month, of a stock the balance at its end; zeros are left out';

ALTER TABLE app.period_lock ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE app.period_lock_value ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
GRANT SELECT, INSERT ON app.period_lock, app.period_lock_value TO app;
-- What was published is never written again.
GRANT UPDATE (asked_by, asked_at, reason, reopened_by, reopened_at, version) ON app.period_lock TO app;
CREATE POLICY period_lock_read ON app.period_lock FOR SELECT TO app USING (true);
CREATE POLICY period_lock_insert ON app.period_lock FOR INSERT TO app WITH CHECK (EXISTS (SELECT FROM app.org o WHERE o.id = period_lock.org_id
  AND o.scope_code = (SELECT current_setting('app.scope', true))));
CREATE POLICY period_lock_update ON app.period_lock FOR UPDATE TO app USING (EXISTS (SELECT FROM app.org o WHERE o.id = period_lock.org_id
  AND o.scope_code = (SELECT current_setting('app.scope', true))));
CREATE POLICY period_lock_value_in_scope ON app.period_lock_value TO app USING (EXISTS (SELECT FROM app.period_lock l JOIN app.org o ON o.id = l.org_id
  WHERE l.id = period_lock_value.lock_id
    AND (o.scope_code >= (SELECT current_setting('app.scope', true)) AND o.scope_code < (SELECT current_setting('app.scope_end', true))
      OR o.view_code >= (SELECT current_setting('app.scope', true)) AND o.view_code < (SELECT current_setting('app.scope_end', true)))));

ALTER TABLE app.proposal ADD COLUMN consents jsonb NOT NULL DEFAULT '[]';
COMMENT ON COLUMN app.proposal.consents IS '[{org, person, account, at}]: units that agreed already; in a locked period several must';

CREATE FUNCTION app.lock_marks(unit int, months int[])
RETURNS TABLE (ym int, lock_id uuid, org_id int, depth int, seqs jsonb, locked_at timestamptz) LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
  SELECT m.ym, l.id, l.org_id, c.depth::int, l.seqs, l.locked_at
  FROM unnest(months) m (ym) JOIN app.org_closure c ON c.des = unit AND c.line < 2 AND c.from_ym <= m.ym AND m.ym < c.to_ym
  JOIN app.period_lock l ON l.org_id = c.anc AND l.reopened_at IS NULL AND m.ym BETWEEN l.from_ym AND l.until_ym
$$;
COMMENT ON FUNCTION app.lock_marks IS 'the locks that hold for facts of a unit and of some months, by the tree of those months; depth 0 = its own';

CREATE FUNCTION app.after_lock(of_district int, of_record uuid, owner int, held_on date) RETURNS boolean
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  m int := extract(year FROM held_on)::int * 100 + extract(month FROM held_on)::int;
  counted bigint; accepted timestamptz;
BEGIN
  IF NOT EXISTS (SELECT FROM app.period_lock l WHERE l.reopened_at IS NULL AND m BETWEEN l.from_ym AND l.until_ym) THEN RETURN false; END IF;
  counted := (SELECT min(e.seq) FROM app.ledger e WHERE e.district_id = of_district AND e.record_id = of_record AND e.state = 1);
  IF counted IS NULL THEN
    accepted := (SELECT min(h.at) FROM app.record_history h WHERE h.district_id = of_district AND h.record_id = of_record AND h.state = 'accepted');
  END IF;
  RETURN EXISTS (SELECT FROM app.lock_marks(owner, ARRAY[m]) k
    WHERE CASE WHEN counted IS NULL THEN accepted IS NULL OR accepted > k.locked_at
      ELSE counted > coalesce((k.seqs ->> of_district::text)::bigint, 0) END);
END $$;
COMMENT ON FUNCTION app.after_lock IS '补报: a lock holds for the record''s month, and the record was not counted when it was set. Told by sequence, so that a record is inside a published value or 补报, never both and never neither';

CREATE FUNCTION app.moved_since(asked int, first_ym int, last_ym int)
RETURNS TABLE (indicator_id smallint, is_first boolean, val bigint, records bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  WITH mark AS MATERIALIZED (
    SELECT DISTINCT ON (k.ym) k.ym, k.seqs FROM app.lock_marks(asked, ARRAY(
      SELECT y * 100 + m FROM generate_series(first_ym / 100, last_ym / 100) y CROSS JOIN generate_series(1, 12) m
      WHERE y * 100 + m BETWEEN first_ym AND last_ym)) k ORDER BY k.ym, k.depth
  ), moved AS (
    SELECT l.indicator_id, l.district_id, l.record_id, (m.seqs ->> l.district_id::text)::bigint AS until, sum(l.val) AS val
    FROM app.ledger l JOIN app.indicator i ON i.id = l.indicator_id
    JOIN mark m ON m.ym = CASE i.nature WHEN 'stock' THEN last_ym ELSE l.ym END
    JOIN app.org_closure c ON c.anc = asked AND c.des = l.org_id AND c.line < 2 AND c.from_ym <= m.ym AND m.ym < c.to_ym
    WHERE l.district_id = ANY (ARRAY(SELECT h.district_id FROM app.audit_head h)) AND l.state = 1 AND l.ym <= last_ym
      AND (i.nature = 'stock' OR l.ym >= first_ym) AND l.seq > coalesce((m.seqs ->> l.district_id::text)::bigint, 0)
    GROUP BY 1, 2, 3, 4
  )
  SELECT x.indicator_id, x.is_first, sum(x.val)::bigint, count(DISTINCT x.record_id) FROM (
    SELECT v.indicator_id, v.record_id, v.val, NOT EXISTS (SELECT FROM app.ledger e
      WHERE e.district_id = v.district_id AND e.record_id = v.record_id AND e.state = 1 AND e.seq <= coalesce(v.until, 0)) AS is_first
    FROM moved v WHERE v.val <> 0
  ) x GROUP BY 1, 2
$$;
COMMENT ON FUNCTION app.moved_since IS 'what moved each figure of a unit since the nearest lock of each month: by records first counted since (补报) and by others (更正, 作废). Sums and numbers of records, no row: whoever may see the figure may see these';

REVOKE ALL ON FUNCTION app.lock_marks, app.after_lock, app.moved_since FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.lock_marks, app.after_lock, app.moved_since TO app;
