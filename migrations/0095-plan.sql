-- why: a plan item that is nobody's and has no day is forgotten until December; with an owner, a day and, where one fits, a figure it can be followed

CREATE TABLE app.plan (
  org_id int NOT NULL,
  year smallint NOT NULL,
  title text NOT NULL,
  goal text NOT NULL DEFAULT '',
  state text NOT NULL DEFAULT 'draft',
  meeting text NOT NULL DEFAULT '',
  adopted_on date,
  doc_no text NOT NULL DEFAULT '',
  version int NOT NULL DEFAULT 1,
  updated_by uuid NOT NULL,
  updated_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT plan_pkey PRIMARY KEY (org_id, year),
  CONSTRAINT plan_org_fkey FOREIGN KEY (org_id) REFERENCES app.org (id),
  CONSTRAINT plan_state_check CHECK (state IN ('draft', 'adopted')),
  CONSTRAINT plan_adopted_check CHECK ((state = 'adopted') = (adopted_on IS NOT NULL))
);
COMMENT ON TABLE app.plan IS 'the yearly plan of a unit (年度计划), one for each year; adopted by its full meeting';

CREATE TABLE app.plan_item (
  id uuid NOT NULL,
  org_id int NOT NULL,
  year smallint NOT NULL,
  serial int NOT NULL,
  section text NOT NULL,
  task text NOT NULL,
  owner_id int NOT NULL,
  due_on date NOT NULL,
  evidence text NOT NULL DEFAULT '',
  indicator smallint,
  bound text,
  target bigint,
  parent_id uuid,
  done_on date,
  done_by uuid,
  done_note text NOT NULL DEFAULT '',
  done_record uuid,
  removed_at timestamptz,
  version int NOT NULL DEFAULT 1,
  CONSTRAINT plan_item_pkey PRIMARY KEY (id),
  CONSTRAINT plan_item_plan_fkey FOREIGN KEY (org_id, year) REFERENCES app.plan (org_id, year),
  CONSTRAINT plan_item_owner_fkey FOREIGN KEY (owner_id) REFERENCES app.org (id),
  CONSTRAINT plan_item_indicator_fkey FOREIGN KEY (indicator) REFERENCES app.indicator (id),
  CONSTRAINT plan_item_parent_fkey FOREIGN KEY (parent_id) REFERENCES app.plan_item (id),
  CONSTRAINT plan_item_bound_check CHECK (bound IN ('atLeast', 'reach')),
  CONSTRAINT plan_item_target_check CHECK ((indicator IS NULL) = (target IS NULL) AND (indicator IS NULL) = (bound IS NULL) AND target > 0)
);
CREATE INDEX plan_item_plan ON app.plan_item (org_id, year);
CREATE INDEX plan_item_owner ON app.plan_item (owner_id, due_on);
CREATE INDEX plan_item_parent ON app.plan_item (parent_id);
COMMENT ON TABLE app.plan_item IS 'one task of a plan; without an indicator it is done or not yet, with one its progress is the live figure of its owner';
COMMENT ON COLUMN app.plan_item.target IS 'as the books hold the figure: money in fen, everything else in ones';
COMMENT ON COLUMN app.plan_item.parent_id IS 'the item of the superior''s plan that it was broken down from; the sum is shown, never forced';
COMMENT ON COLUMN app.plan_item.done_record IS 'the record that shows it done; her remark may stand instead';

CREATE TABLE app.plan_revision (
  org_id int NOT NULL,
  year smallint NOT NULL,
  no int NOT NULL,
  revised_on date NOT NULL,
  reason text NOT NULL,
  doc_no text NOT NULL DEFAULT '',
  content jsonb NOT NULL,
  revised_by uuid NOT NULL,
  at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT plan_revision_pkey PRIMARY KEY (org_id, year, no),
  CONSTRAINT plan_revision_plan_fkey FOREIGN KEY (org_id, year) REFERENCES app.plan (org_id, year)
);
COMMENT ON TABLE app.plan_revision IS 'why an adopted plan was changed, with the plan as it stood before; rows are only added';

CREATE TABLE app.plan_suggestion (
  id uuid NOT NULL,
  org_id int NOT NULL,
  from_org int NOT NULL,
  year smallint NOT NULL,
  section text NOT NULL,
  task text NOT NULL,
  due_on date NOT NULL,
  evidence text NOT NULL DEFAULT '',
  why text NOT NULL DEFAULT '',
  state text NOT NULL DEFAULT 'open',
  reason text NOT NULL DEFAULT '',
  item_id uuid,
  suggested_by uuid NOT NULL,
  suggested_at timestamptz NOT NULL DEFAULT now(),
  decided_by uuid,
  decided_at timestamptz,
  CONSTRAINT plan_suggestion_pkey PRIMARY KEY (id),
  CONSTRAINT plan_suggestion_org_fkey FOREIGN KEY (org_id) REFERENCES app.org (id),
  CONSTRAINT plan_suggestion_from_fkey FOREIGN KEY (from_org) REFERENCES app.org (id),
  CONSTRAINT plan_suggestion_item_fkey FOREIGN KEY (item_id) REFERENCES app.plan_item (id),
  CONSTRAINT plan_suggestion_state_check CHECK (state IN ('open', 'accepted', 'declined')),
  CONSTRAINT plan_suggestion_reason_check CHECK (state <> 'declined' OR reason <> '')
);
CREATE INDEX plan_suggestion_to ON app.plan_suggestion (org_id, year);
CREATE INDEX plan_suggestion_from ON app.plan_suggestion (from_org, year);
COMMENT ON TABLE app.plan_suggestion IS 'an item that a unit proposes for the plan of the unit above it; accepted, or declined with a reason';

ALTER TABLE app.plan ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE app.plan_item ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE app.plan_revision ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE app.plan_suggestion ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
GRANT SELECT, INSERT, UPDATE ON app.plan, app.plan_item, app.plan_suggestion TO app;
GRANT SELECT, INSERT ON app.plan_revision TO app;

-- A plan is read by whoever stands above its unit, and by whoever stands below.
CREATE POLICY plan_read ON app.plan FOR SELECT TO app USING (EXISTS (SELECT FROM app.org o WHERE o.id = plan.org_id
  AND (o.scope_code >= (SELECT current_setting('app.scope', true)) AND o.scope_code < (SELECT current_setting('app.scope_end', true))
    OR starts_with((SELECT current_setting('app.scope', true)), o.scope_code))));
CREATE POLICY plan_insert ON app.plan FOR INSERT TO app WITH CHECK (EXISTS (SELECT FROM app.org o WHERE o.id = plan.org_id
  AND o.scope_code >= (SELECT current_setting('app.scope', true)) AND o.scope_code < (SELECT current_setting('app.scope_end', true))));
CREATE POLICY plan_update ON app.plan FOR UPDATE TO app USING (EXISTS (SELECT FROM app.org o WHERE o.id = plan.org_id
  AND o.scope_code >= (SELECT current_setting('app.scope', true)) AND o.scope_code < (SELECT current_setting('app.scope_end', true))));
CREATE POLICY plan_item_read ON app.plan_item FOR SELECT TO app USING (EXISTS (SELECT FROM app.org o WHERE o.id = plan_item.org_id
  AND (o.scope_code >= (SELECT current_setting('app.scope', true)) AND o.scope_code < (SELECT current_setting('app.scope_end', true))
    OR starts_with((SELECT current_setting('app.scope', true)), o.scope_code))));
CREATE POLICY plan_item_insert ON app.plan_item FOR INSERT TO app WITH CHECK (EXISTS (SELECT FROM app.org o WHERE o.id = plan_item.org_id
  AND o.scope_code >= (SELECT current_setting('app.scope', true)) AND o.scope_code < (SELECT current_setting('app.scope_end', true))));
-- Whoever owns an item of a plan above tells that it is done.
CREATE POLICY plan_item_update ON app.plan_item FOR UPDATE TO app USING (EXISTS (SELECT FROM app.org o WHERE o.id IN (plan_item.org_id, plan_item.owner_id)
  AND o.scope_code >= (SELECT current_setting('app.scope', true)) AND o.scope_code < (SELECT current_setting('app.scope_end', true))));
CREATE POLICY plan_revision_read ON app.plan_revision FOR SELECT TO app USING (EXISTS (SELECT FROM app.org o WHERE o.id = plan_revision.org_id
  AND (o.scope_code >= (SELECT current_setting('app.scope', true)) AND o.scope_code < (SELECT current_setting('app.scope_end', true))
    OR starts_with((SELECT current_setting('app.scope', true)), o.scope_code))));
CREATE POLICY plan_revision_insert ON app.plan_revision FOR INSERT TO app WITH CHECK (EXISTS (SELECT FROM app.org o WHERE o.id = plan_revision.org_id
  AND o.scope_code >= (SELECT current_setting('app.scope', true)) AND o.scope_code < (SELECT current_setting('app.scope_end', true))));
-- Between a unit and the one above it: both have the proposer in their scope.
CREATE POLICY plan_suggestion_in_scope ON app.plan_suggestion TO app USING (EXISTS (SELECT FROM app.org o WHERE o.id = plan_suggestion.from_org
  AND o.scope_code >= (SELECT current_setting('app.scope', true)) AND o.scope_code < (SELECT current_setting('app.scope_end', true))));
