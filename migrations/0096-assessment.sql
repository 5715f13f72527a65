-- why: what a unit is judged by at the year's end is a dated sheet with three columns that nobody overwrites, filled by the figures that stand in the books already

CREATE TABLE app.assessment (
  id uuid NOT NULL,
  org_id int NOT NULL,
  year smallint NOT NULL,
  title text NOT NULL,
  note text NOT NULL DEFAULT '',
  tiers text[] NOT NULL,
  from_ym int NOT NULL,
  until_ym int NOT NULL,
  self_due date NOT NULL,
  review_due date NOT NULL,
  final_due date NOT NULL,
  lines jsonb NOT NULL,
  state text NOT NULL DEFAULT 'draft',
  proposed_by uuid,
  published_by uuid,
  published_at timestamptz,
  results jsonb,
  version int NOT NULL DEFAULT 1,
  created_by uuid NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT assessment_pkey PRIMARY KEY (id),
  CONSTRAINT assessment_org_fkey FOREIGN KEY (org_id) REFERENCES app.org (id),
  CONSTRAINT assessment_state_check CHECK (state IN ('draft', 'open', 'proposed', 'published', 'locked')),
  CONSTRAINT assessment_months_check CHECK (from_ym <= until_ym),
  CONSTRAINT assessment_due_check CHECK (self_due <= review_due AND review_due <= final_due),
  CONSTRAINT assessment_second_check CHECK (published_by IS NULL OR published_by <> proposed_by),
  CONSTRAINT assessment_results_check CHECK ((results IS NOT NULL) = (state IN ('published', 'locked')))
);
CREATE INDEX assessment_issuer ON app.assessment (org_id, year);
COMMENT ON TABLE app.assessment IS 'a scoring sheet (目标责任考核) of a year for the units of some tiers below its issuer; its lines are data, their formulas a closed set of functions over indicators';
COMMENT ON COLUMN app.assessment.results IS 'points of every unit as published by a second person: what came from figures stands as it stood then';

CREATE TABLE app.assessment_score (
  district_id int NOT NULL,
  assessment_id uuid NOT NULL,
  org_id int NOT NULL,
  line_key text NOT NULL,
  col text NOT NULL,
  points int NOT NULL,
  note text NOT NULL DEFAULT '',
  records uuid[] NOT NULL DEFAULT '{}',
  scored_by uuid NOT NULL,
  scored_at timestamptz NOT NULL DEFAULT now(),
  version int NOT NULL DEFAULT 1,
  CONSTRAINT assessment_score_pkey PRIMARY KEY (district_id, assessment_id, org_id, line_key, col),
  CONSTRAINT assessment_score_col_check CHECK (col IN ('self', 'review', 'final')),
  CONSTRAINT assessment_score_points_check CHECK (points >= 0),
  CONSTRAINT assessment_score_assessment_fkey FOREIGN KEY (assessment_id) REFERENCES app.assessment (id),
  CONSTRAINT assessment_score_org_fkey FOREIGN KEY (org_id) REFERENCES app.org (id)
);
CREATE INDEX assessment_score_sheet ON app.assessment_score (assessment_id, org_id);
COMMENT ON TABLE app.assessment_score IS 'what one column says of one line of a unit: 自评 its own, 复核 of the unit above it, 终评 of the issuer; a column is never written by another';
COMMENT ON COLUMN app.assessment_score.points IS 'in hundredths of a point; of a veto line 1 = it holds';

CREATE TABLE app.assessment_objection (
  district_id int NOT NULL,
  id uuid NOT NULL,
  assessment_id uuid NOT NULL,
  org_id int NOT NULL,
  line_key text NOT NULL,
  body text NOT NULL,
  state text NOT NULL DEFAULT 'open',
  answer text NOT NULL DEFAULT '',
  raised_by uuid NOT NULL,
  raised_at timestamptz NOT NULL DEFAULT now(),
  answered_by uuid,
  answered_at timestamptz,
  closed_at timestamptz,
  CONSTRAINT assessment_objection_pkey PRIMARY KEY (district_id, id),
  CONSTRAINT assessment_objection_state_check CHECK (state IN ('open', 'answered', 'closed')),
  CONSTRAINT assessment_objection_answer_check CHECK (state = 'open' OR answer <> ''),
  CONSTRAINT assessment_objection_assessment_fkey FOREIGN KEY (assessment_id) REFERENCES app.assessment (id),
  CONSTRAINT assessment_objection_org_fkey FOREIGN KEY (org_id) REFERENCES app.org (id)
);
CREATE INDEX assessment_objection_sheet ON app.assessment_objection (assessment_id, org_id);
COMMENT ON TABLE app.assessment_objection IS 'a unit objects to a line; a result is published only when each is answered and closed';

ALTER TABLE app.assessment ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE app.assessment_score ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE app.assessment_objection ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
GRANT SELECT, INSERT, UPDATE ON app.assessment, app.assessment_score, app.assessment_objection TO app;

-- A sheet is read by whoever stands above its issuer, and by whoever stands below.
CREATE POLICY assessment_read ON app.assessment FOR SELECT TO app USING (EXISTS (SELECT FROM app.org o WHERE o.id = assessment.org_id
  AND (o.scope_code >= (SELECT current_setting('app.scope', true)) AND o.scope_code < (SELECT current_setting('app.scope_end', true))
    OR starts_with((SELECT current_setting('app.scope', true)), o.scope_code))));
CREATE POLICY assessment_insert ON app.assessment FOR INSERT TO app WITH CHECK (EXISTS (SELECT FROM app.org o WHERE o.id = assessment.org_id
  AND o.scope_code = (SELECT current_setting('app.scope', true))));
CREATE POLICY assessment_update ON app.assessment FOR UPDATE TO app USING (EXISTS (SELECT FROM app.org o WHERE o.id = assessment.org_id
  AND o.scope_code = (SELECT current_setting('app.scope', true))));
CREATE POLICY assessment_score_in_scope ON app.assessment_score TO app USING (EXISTS (SELECT FROM app.org o WHERE o.id = assessment_score.org_id
  AND o.scope_code >= (SELECT current_setting('app.scope', true)) AND o.scope_code < (SELECT current_setting('app.scope_end', true))));
CREATE POLICY assessment_objection_in_scope ON app.assessment_objection TO app USING (EXISTS (SELECT FROM app.org o WHERE o.id = assessment_objection.org_id
  AND o.scope_code >= (SELECT current_setting('app.scope', true)) AND o.scope_code < (SELECT current_setting('app.scope_end', true))));
