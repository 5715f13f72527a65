-- why: a room's rank is scored by its unit, its district and the city side by side, shown to everybody, hung up, paid for once by four persons and looked at again each year

CREATE TABLE app.care_room_rating (
  district_id int NOT NULL,
  id uuid NOT NULL,
  org_id int NOT NULL,
  record_id uuid NOT NULL,
  grade text NOT NULL,
  sheet text NOT NULL,
  sheet_basis text NOT NULL,
  lines jsonb NOT NULL,
  least_points int NOT NULL,
  state text NOT NULL DEFAULT 'self',
  applied_on date NOT NULL,
  notice_id uuid,
  plaque_no text,
  granted_on date,
  ended_on date,
  reason text NOT NULL DEFAULT '',
  version int NOT NULL DEFAULT 1,
  created_by uuid NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT care_room_rating_pkey PRIMARY KEY (district_id, id),
  CONSTRAINT care_room_rating_org_fkey FOREIGN KEY (org_id) REFERENCES app.org (id),
  CONSTRAINT care_room_rating_state_check CHECK (state IN ('self', 'district', 'city', 'notice', 'granted', 'refused', 'withdrawn', 'ended')),
  CONSTRAINT care_room_rating_granted_check CHECK (state <> 'granted' OR (granted_on IS NOT NULL AND plaque_no IS NOT NULL)),
  CONSTRAINT care_room_rating_ended_check CHECK (state NOT IN ('refused', 'withdrawn', 'ended') OR (ended_on IS NOT NULL AND reason <> ''))
);
CREATE UNIQUE INDEX care_room_rating_one ON app.care_room_rating (district_id, record_id) WHERE state IN ('self', 'district', 'city', 'notice');
CREATE UNIQUE INDEX care_room_rating_plaque ON app.care_room_rating (district_id, plaque_no) WHERE plaque_no IS NOT NULL;
COMMENT ON TABLE app.care_room_rating IS 'an application for a rank: self-score, recommendation of the district, visit of the city, public notice, plaque; its lines are those of the sheet as valid on the day of the application';

CREATE TABLE app.care_room_score (
  district_id int NOT NULL,
  rating_id uuid NOT NULL,
  line_key text NOT NULL,
  col text NOT NULL,
  org_id int NOT NULL,
  points int NOT NULL,
  note text NOT NULL DEFAULT '',
  scored_by uuid NOT NULL,
  scored_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT care_room_score_pkey PRIMARY KEY (district_id, rating_id, line_key, col),
  CONSTRAINT care_room_score_rating_fkey FOREIGN KEY (district_id, rating_id) REFERENCES app.care_room_rating (district_id, id),
  CONSTRAINT care_room_score_org_fkey FOREIGN KEY (org_id) REFERENCES app.org (id),
  CONSTRAINT care_room_score_col_check CHECK (col IN ('self', 'district', 'city')),
  CONSTRAINT care_room_score_points_check CHECK (points >= 0)
);
COMMENT ON TABLE app.care_room_score IS 'what one column says of one line: the room''s own unit, its district, the city; none is written by another';

CREATE TABLE app.care_room_inspection (
  district_id int NOT NULL,
  id uuid NOT NULL,
  org_id int NOT NULL,
  record_id uuid NOT NULL,
  kind text NOT NULL,
  due_on date NOT NULL,
  done_on date,
  result text,
  findings text NOT NULL DEFAULT '',
  asked_by uuid NOT NULL,
  done_by uuid,
  CONSTRAINT care_room_inspection_pkey PRIMARY KEY (district_id, id),
  CONSTRAINT care_room_inspection_org_fkey FOREIGN KEY (org_id) REFERENCES app.org (id),
  CONSTRAINT care_room_inspection_kind_check CHECK (kind IN ('年度复查', '抽查', '整改复查')),
  CONSTRAINT care_room_inspection_result_check CHECK (result IN ('合格', '限期整改', '建议摘牌')),
  CONSTRAINT care_room_inspection_done_check CHECK ((done_on IS NULL) = (result IS NULL) AND (done_on IS NULL) = (done_by IS NULL))
);
CREATE INDEX care_room_inspection_record ON app.care_room_inspection (district_id, record_id, due_on);
COMMENT ON TABLE app.care_room_inspection IS 'visits that are due and were made; a plaque brings one a year';

CREATE TABLE app.care_room_subsidy (
  district_id int NOT NULL,
  id uuid NOT NULL,
  org_id int NOT NULL,
  record_id uuid NOT NULL,
  rating_id uuid NOT NULL,
  amount numeric(12,2) NOT NULL,
  basis text NOT NULL,
  state text NOT NULL DEFAULT 'entered',
  entered_by uuid NOT NULL,
  entered_on date NOT NULL,
  checked_by uuid,
  checked_on date,
  approved_by uuid,
  approved_on date,
  paid_by uuid,
  paid_on date,
  voucher text,
  reason text NOT NULL DEFAULT '',
  CONSTRAINT care_room_subsidy_pkey PRIMARY KEY (district_id, id),
  CONSTRAINT care_room_subsidy_rating_fkey FOREIGN KEY (district_id, rating_id) REFERENCES app.care_room_rating (district_id, id),
  CONSTRAINT care_room_subsidy_org_fkey FOREIGN KEY (org_id) REFERENCES app.org (id),
  CONSTRAINT care_room_subsidy_amount_check CHECK (amount > 0),
  CONSTRAINT care_room_subsidy_state_check CHECK (state IN ('entered', 'checked', 'approved', 'paid', 'refused')),
  CONSTRAINT care_room_subsidy_hands_check CHECK (checked_by <> entered_by AND approved_by <> ALL (ARRAY[entered_by, checked_by])
    AND paid_by <> ALL (ARRAY[entered_by, checked_by, approved_by])),
  CONSTRAINT care_room_subsidy_paid_check CHECK (state <> 'paid' OR (paid_on IS NOT NULL AND paid_by IS NOT NULL AND voucher <> ''))
);
CREATE UNIQUE INDEX care_room_subsidy_once ON app.care_room_subsidy (district_id, rating_id) WHERE state <> 'refused';
COMMENT ON TABLE app.care_room_subsidy IS 'what a plaque brings, once: entered, checked, approved and paid by four persons; the amount by the rule of the day it was granted';
COMMENT ON COLUMN app.care_room_subsidy.entered_by IS 'a person, not an account, as are the other three: nobody counts twice by a second post';

DO $$ DECLARE t text; BEGIN
  FOREACH t IN ARRAY ARRAY['care_room_rating', 'care_room_score', 'care_room_inspection', 'care_room_subsidy'] LOOP
    EXECUTE format('ALTER TABLE app.%I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', t);
    EXECUTE format($p$CREATE POLICY %I ON app.%I TO app USING (EXISTS (SELECT FROM app.org o WHERE o.id = %I.org_id
      AND o.scope_code >= (SELECT current_setting('app.scope', true)) AND o.scope_code < (SELECT current_setting('app.scope_end', true))))$p$,
      t || '_in_scope', t, t);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE ON app.%I TO app', t);
  END LOOP;
END $$;
