-- why: whoever does not review in time is reminded, and from the second day too late the unit above, as of every other term
CREATE TABLE app.review_reminder (
  district_id int NOT NULL,
  subject_id uuid NOT NULL,
  org_id int NOT NULL,
  due_on date NOT NULL,
  stage text NOT NULL,
  on_day date NOT NULL,
  CONSTRAINT review_reminder_pkey PRIMARY KEY (district_id, subject_id, org_id, due_on, stage),
  CONSTRAINT review_reminder_stage_check CHECK (stage IN ('due', 'after', 'above')),
  CONSTRAINT review_reminder_org_fkey FOREIGN KEY (org_id) REFERENCES app.org (id)
);
COMMENT ON TABLE app.review_reminder IS 'that a unit was reminded of what waits for its review at a stage, once for each turn';
COMMENT ON COLUMN app.review_reminder.subject_id IS 'the record, or the proposal of a change';
COMMENT ON COLUMN app.review_reminder.org_id IS 'the unit whose turn it is';
ALTER TABLE app.review_reminder ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
GRANT SELECT, INSERT ON app.review_reminder TO app;
CREATE POLICY review_reminder_in_scope ON app.review_reminder TO app USING (EXISTS (SELECT FROM app.org o WHERE o.id = review_reminder.org_id
  AND o.scope_code >= (SELECT current_setting('app.scope', true)) AND o.scope_code < (SELECT current_setting('app.scope_end', true))));

CREATE FUNCTION app.waiting_reviews() RETURNS TABLE (id uuid, org_id int, since timestamptz) LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
  SELECT r.id, r.turn_of, r.updated_at FROM app.record r WHERE r.state = 'submitted' AND r.turn_of IS NOT NULL
  UNION ALL SELECT p.id, p.turn_of, p.updated_at FROM app.proposal p WHERE p.state = 'submitted' AND p.turn_of IS NOT NULL
$$;
COMMENT ON FUNCTION app.waiting_reviews IS 'what waits for whose review since when, of every class and without its content';
REVOKE ALL ON FUNCTION app.waiting_reviews FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.waiting_reviews TO app;
