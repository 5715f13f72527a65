-- why: a childcare class is applied for, made safe, its staff checked, published, attended, looked at by a third party and paid for here; no child has a name in it
CREATE TABLE app.childcare_class (
  district_id int NOT NULL,
  id uuid NOT NULL,
  org_id int NOT NULL,
  title text NOT NULL,
  season text NOT NULL,
  level text NOT NULL,
  place text NOT NULL,
  hours text NOT NULL,
  from_on date NOT NULL,
  until_on date NOT NULL,
  places int NOT NULL,
  children int,
  own_fund text NOT NULL,
  own_amount numeric(12,2) NOT NULL,
  state text NOT NULL DEFAULT 'draft',
  version int NOT NULL DEFAULT 1,
  submitted_by uuid,
  published_on date,
  staff_shown int,
  finished_by uuid,
  finished_account uuid,
  finished_on date,
  closed_on date,
  subsidy numeric(12,2),
  subsidy_rule text,
  subsidy_basis text,
  subsidy_inputs jsonb,
  record_id uuid,
  made_by uuid NOT NULL,
  made_on date NOT NULL,
  CONSTRAINT childcare_class_pkey PRIMARY KEY (district_id, id),
  CONSTRAINT childcare_class_org_fkey FOREIGN KEY (org_id) REFERENCES app.org (id),
  CONSTRAINT childcare_class_season_check CHECK (season IN ('寒假', '暑假', '课后', '日常')),
  CONSTRAINT childcare_class_fund_check CHECK (own_fund IN ('全总', '省总', '区县', '单位', '自筹') AND own_amount > 0),
  CONSTRAINT childcare_class_dates_check CHECK (from_on <= until_on),
  CONSTRAINT childcare_class_places_check CHECK (places > 0 AND children BETWEEN 1 AND places),
  CONSTRAINT childcare_class_state_check CHECK (state IN ('draft', 'district', 'city', 'approved', 'published', 'suspended', 'finished', 'closed', 'refused', 'withdrawn')),
  CONSTRAINT childcare_class_finished_check CHECK (state NOT IN ('finished', 'closed') OR finished_by IS NOT NULL AND finished_account IS NOT NULL AND finished_on >= until_on),
  CONSTRAINT childcare_class_closed_check CHECK ((state = 'closed') = (closed_on IS NOT NULL) AND (state = 'closed') = (record_id IS NOT NULL)
    AND (state = 'closed') = (subsidy IS NOT NULL AND subsidy_rule IS NOT NULL AND subsidy_basis IS NOT NULL AND subsidy_inputs IS NOT NULL))
);
CREATE INDEX childcare_class_org ON app.childcare_class (district_id, org_id, from_on);
COMMENT ON TABLE app.childcare_class IS '职工子女托管班 from application to acceptance; children are a number, no child and no guardian stands here';
COMMENT ON COLUMN app.childcare_class.own_amount IS 'what the unit itself brings; what the city adds is reckoned at the end';
COMMENT ON COLUMN app.childcare_class.staff_shown IS 'how many worked in it when it was last shown, every one of them checked: what stays when their names go';
COMMENT ON COLUMN app.childcare_class.subsidy_inputs IS 'children, days and attendance from which the subsidy was reckoned by subsidy_rule';

CREATE TABLE app.childcare_paper (
  district_id int NOT NULL,
  class_id uuid NOT NULL,
  kind text NOT NULL,
  org_id int NOT NULL,
  number text NOT NULL,
  issuer text NOT NULL,
  valid_until date NOT NULL,
  noted_by uuid NOT NULL,
  CONSTRAINT childcare_paper_pkey PRIMARY KEY (district_id, class_id, kind),
  CONSTRAINT childcare_paper_class_fkey FOREIGN KEY (district_id, class_id) REFERENCES app.childcare_class (district_id, id),
  CONSTRAINT childcare_paper_org_fkey FOREIGN KEY (org_id) REFERENCES app.org (id),
  CONSTRAINT childcare_paper_kind_check CHECK (kind IN ('fire', 'building', 'food', 'insurance', 'emergency'))
);
COMMENT ON TABLE app.childcare_paper IS 'evidence of safety: which paper of whom, and until when it holds; the paper stays with the unit';

CREATE TABLE app.childcare_staff (
  district_id int NOT NULL,
  id uuid NOT NULL,
  class_id uuid NOT NULL,
  org_id int NOT NULL,
  name text NOT NULL,
  duty text NOT NULL,
  result text,
  checked_on date,
  checked_by uuid,
  CONSTRAINT childcare_staff_pkey PRIMARY KEY (district_id, id),
  CONSTRAINT childcare_staff_class_fkey FOREIGN KEY (district_id, class_id) REFERENCES app.childcare_class (district_id, id),
  CONSTRAINT childcare_staff_org_fkey FOREIGN KEY (org_id) REFERENCES app.org (id),
  CONSTRAINT childcare_staff_once UNIQUE (district_id, class_id, name),
  CONSTRAINT childcare_staff_duty_check CHECK (duty IN ('负责人', '看护', '教师', '保健', '保洁', '安保', '志愿者')),
  CONSTRAINT childcare_staff_result_check CHECK (result IN ('fit', 'unfit')),
  CONSTRAINT childcare_staff_checked_check CHECK ((result IS NULL) = (checked_on IS NULL) AND (result IS NULL) = (checked_by IS NULL))
);
CREATE INDEX childcare_staff_class ON app.childcare_staff (district_id, class_id);
COMMENT ON TABLE app.childcare_staff IS 'who works with the children and when it was asked whether she may (入职查询): a result and a day, never what was found; for her own unit alone, deleted with the end of her work or of the class';

CREATE TABLE app.childcare_session (
  district_id int NOT NULL,
  class_id uuid NOT NULL,
  on_day date NOT NULL,
  org_id int NOT NULL,
  came int NOT NULL,
  noted_by uuid NOT NULL,
  CONSTRAINT childcare_session_pkey PRIMARY KEY (district_id, class_id, on_day),
  CONSTRAINT childcare_session_class_fkey FOREIGN KEY (district_id, class_id) REFERENCES app.childcare_class (district_id, id),
  CONSTRAINT childcare_session_org_fkey FOREIGN KEY (org_id) REFERENCES app.org (id),
  CONSTRAINT childcare_session_came_check CHECK (came >= 0)
);
COMMENT ON TABLE app.childcare_session IS 'a day of the class: how many children were signed in; their names stay on paper with their guardians';

CREATE TABLE app.childcare_review (
  district_id int NOT NULL,
  id uuid NOT NULL,
  class_id uuid NOT NULL,
  org_id int NOT NULL,
  institution text NOT NULL,
  on_day date NOT NULL,
  verdict text NOT NULL,
  noted_by uuid NOT NULL,
  noted_on date NOT NULL,
  CONSTRAINT childcare_review_pkey PRIMARY KEY (district_id, id),
  CONSTRAINT childcare_review_class_fkey FOREIGN KEY (district_id, class_id) REFERENCES app.childcare_class (district_id, id),
  CONSTRAINT childcare_review_org_fkey FOREIGN KEY (org_id) REFERENCES app.org (id),
  CONSTRAINT childcare_review_verdict_check CHECK (verdict IN ('passed', 'mend', 'failed'))
);
CREATE INDEX childcare_review_class ON app.childcare_review (district_id, class_id);
COMMENT ON TABLE app.childcare_review IS 'what a third party found of the class as a whole; the last word counts';

CREATE TABLE app.childcare_step (
  district_id int NOT NULL,
  id uuid NOT NULL,
  class_id uuid NOT NULL,
  org_id int NOT NULL,
  by_org int NOT NULL,
  act text NOT NULL,
  reason text NOT NULL DEFAULT '',
  on_day date NOT NULL,
  made_by uuid NOT NULL,
  made_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT childcare_step_pkey PRIMARY KEY (district_id, id),
  CONSTRAINT childcare_step_class_fkey FOREIGN KEY (district_id, class_id) REFERENCES app.childcare_class (district_id, id),
  CONSTRAINT childcare_step_org_fkey FOREIGN KEY (org_id) REFERENCES app.org (id),
  CONSTRAINT childcare_step_by_fkey FOREIGN KEY (by_org) REFERENCES app.org (id)
);
CREATE INDEX childcare_step_class ON app.childcare_step (district_id, class_id, made_at);
COMMENT ON TABLE app.childcare_step IS 'the way of a class: which unit did what, with its reason';

DO $$ DECLARE t text; BEGIN
  FOREACH t IN ARRAY ARRAY['class', 'paper', 'session', 'review', 'step'] LOOP
    EXECUTE format('ALTER TABLE app.childcare_%s ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', t);
    EXECUTE format($p$CREATE POLICY childcare_%1$s_in_scope ON app.childcare_%1$s TO app USING (EXISTS (SELECT FROM app.org o WHERE o.id = childcare_%1$s.org_id
      AND o.scope_code >= (SELECT current_setting('app.scope', true)) AND o.scope_code < (SELECT current_setting('app.scope_end', true))))$p$, t);
    EXECUTE format('GRANT SELECT, INSERT ON app.childcare_%s TO app', t);
  END LOOP;
END $$;
GRANT UPDATE ON app.childcare_class, app.childcare_paper, app.childcare_session TO app;
GRANT DELETE ON app.childcare_session TO app;

ALTER TABLE app.childcare_staff ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
GRANT SELECT, INSERT, UPDATE, DELETE ON app.childcare_staff TO app;
CREATE POLICY childcare_staff_own ON app.childcare_staff TO app USING ((SELECT app.in_post('cadre')) AND EXISTS (SELECT FROM app.org o
  WHERE o.id = childcare_staff.org_id AND o.scope_code = (SELECT current_setting('app.scope', true))));

CREATE FUNCTION app.childcare_staffing(of_class uuid, oldest date) RETURNS TABLE (staff int, unchecked int, stale int, unfit int)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$ BEGIN
  RETURN QUERY SELECT count(s.id)::int, (count(s.id) FILTER (WHERE s.result IS NULL))::int, (count(s.id) FILTER (WHERE s.checked_on < oldest))::int,
      (count(s.id) FILTER (WHERE s.result = 'unfit'))::int
    FROM app.childcare_class c JOIN app.org o ON o.id = c.org_id LEFT JOIN app.childcare_staff s ON s.district_id = c.district_id AND s.class_id = c.id
    WHERE c.id = of_class AND (c.state = 'published'
      OR o.scope_code >= current_setting('app.scope', true) AND o.scope_code < current_setting('app.scope_end', true));
END $$;
COMMENT ON FUNCTION app.childcare_staffing IS 'how many work in a class, and how many are not checked, checked too long ago or not to be let in: counts for whoever may read no name';

CREATE FUNCTION app.open_childcare(today date, oldest date) RETURNS TABLE (id uuid, title text, org_name text, season text, place text, hours text,
  from_on date, until_on date, places int, children int, papers int, staff int, unchecked int, stale int, unfit int)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$ BEGIN
  RETURN QUERY SELECT c.id, c.title, o.name, c.season, c.place, c.hours, c.from_on, c.until_on, c.places, c.children,
      (SELECT count(*)::int FROM app.childcare_paper p WHERE p.district_id = c.district_id AND p.class_id = c.id AND p.valid_until >= today),
      n.staff, n.unchecked, n.stale, n.unfit
    FROM app.childcare_class c JOIN app.org o ON o.id = c.org_id CROSS JOIN LATERAL app.childcare_staffing(c.id, oldest) n
    WHERE c.state = 'published' AND c.until_on >= today ORDER BY c.from_on, o.scope_code, c.id LIMIT 500;
END $$;
COMMENT ON FUNCTION app.open_childcare IS 'published classes that have not ended, with what is lacking today: whoever shows them leaves out those that lack anything';

CREATE FUNCTION app.forget_childcare_staff(of_class uuid) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$ BEGIN
  DELETE FROM app.childcare_staff s USING app.childcare_class c, app.org o WHERE s.district_id = c.district_id AND s.class_id = c.id AND c.id = of_class
    AND c.state IN ('closed', 'refused', 'withdrawn') AND o.id = c.org_id
    AND o.scope_code >= current_setting('app.scope', true) AND o.scope_code < current_setting('app.scope_end', true);
END $$;
COMMENT ON FUNCTION app.forget_childcare_staff IS 'with the end of a class the names of who worked in it go, whoever ends it';
REVOKE ALL ON FUNCTION app.childcare_staffing, app.open_childcare, app.forget_childcare_staff FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.childcare_staffing, app.open_childcare, app.forget_childcare_staff TO app;
