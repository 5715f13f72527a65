-- why: courses on line are read on the phone; that a woman finished one is one person-time by name, without any time being measured

CREATE TABLE app.course (
  district_id int NOT NULL,
  id uuid NOT NULL,
  org_id int NOT NULL,
  title text NOT NULL,
  about text NOT NULL,
  state text NOT NULL DEFAULT 'draft',
  version int NOT NULL DEFAULT 1,
  is_public boolean NOT NULL,
  opened_on date,
  ended_on date,
  record_id uuid,
  made_by uuid NOT NULL,
  made_on date NOT NULL,
  CONSTRAINT course_pkey PRIMARY KEY (district_id, id),
  CONSTRAINT course_org_fkey FOREIGN KEY (org_id) REFERENCES app.org (id),
  CONSTRAINT course_state_check CHECK (state IN ('draft', 'open', 'ended')),
  CONSTRAINT course_days_check CHECK ((state = 'draft') = (opened_on IS NULL) AND (state = 'ended') = (ended_on IS NOT NULL))
);
CREATE INDEX course_id ON app.course (id);
CREATE INDEX course_org ON app.course (org_id);
COMMENT ON TABLE app.course IS 'a course on line: pages to read, films to see; while it is a draft its organiser writes it anew';

CREATE TABLE app.course_page (
  district_id int NOT NULL,
  course_id uuid NOT NULL,
  line int NOT NULL,
  title text NOT NULL,
  body text NOT NULL,
  video text NOT NULL DEFAULT '',
  CONSTRAINT course_page_pkey PRIMARY KEY (district_id, course_id, line),
  CONSTRAINT course_page_course_fkey FOREIGN KEY (district_id, course_id) REFERENCES app.course (district_id, id)
);
COMMENT ON TABLE app.course_page IS 'a page of a course';
COMMENT ON COLUMN app.course_page.video IS 'where a film is seen, or empty';

CREATE TABLE app.course_done (
  district_id int NOT NULL,
  course_id uuid NOT NULL,
  person_id uuid NOT NULL,
  org_id int NOT NULL,
  done_at timestamptz NOT NULL,
  CONSTRAINT course_done_pkey PRIMARY KEY (district_id, course_id, person_id),
  CONSTRAINT course_done_course_fkey FOREIGN KEY (district_id, course_id) REFERENCES app.course (district_id, id),
  CONSTRAINT course_done_person_fkey FOREIGN KEY (person_id) REFERENCES app.person (id),
  CONSTRAINT course_done_org_fkey FOREIGN KEY (org_id) REFERENCES app.org (id)
);
CREATE INDEX course_done_person ON app.course_done (person_id);
COMMENT ON TABLE app.course_done IS 'who finished which course, once, as she says herself; neither time nor pages are counted';

CREATE FUNCTION app.leads_course(c app.course) RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$ BEGIN
  RETURN app.in_post('cadre') AND EXISTS (SELECT FROM app.org o WHERE o.id = c.org_id AND o.scope_code = current_setting('app.scope', true));
END $$;
COMMENT ON FUNCTION app.leads_course IS 'whether who acts is a cadre of the organiser';

CREATE FUNCTION app.finish_course(of_course uuid, now_at timestamptz, OUT refusal text, OUT is_first boolean) LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE c app.course; p app.person;
BEGIN
  -- Shared, so that none is added while the course is being ended and counted.
  SELECT * INTO c FROM app.course x WHERE x.id = of_course AND x.state <> 'draft' FOR SHARE;
  SELECT * INTO p FROM app.person x WHERE x.id = app.me() AND x.state = 'active';
  is_first := false;
  refusal := CASE WHEN c.id IS NULL THEN 'course' WHEN p.id IS NULL THEN 'person' WHEN c.state <> 'open' THEN 'ended'
    WHEN NOT c.is_public AND NOT EXISTS (SELECT FROM app.org o JOIN app.org h ON h.id = p.org_id WHERE o.id = c.org_id AND starts_with(h.scope_code, o.scope_code)) THEN 'outside' END;
  IF refusal IS NOT NULL THEN RETURN; END IF;
  IF EXISTS (SELECT FROM app.course_done d JOIN app.person x ON x.id = d.person_id WHERE d.district_id = c.district_id AND d.course_id = c.id AND x.merged_into = p.id) THEN RETURN; END IF;
  INSERT INTO app.course_done VALUES (c.district_id, c.id, p.id, p.org_id, now_at) ON CONFLICT DO NOTHING;
  is_first := FOUND;
END $$;
COMMENT ON FUNCTION app.finish_course IS 'notes that whoever acts finished a course, once. Refused: course, person, ended, outside';

CREATE FUNCTION app.course_counts(of_course uuid, OUT persons int, OUT women int) LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE c app.course;
BEGIN
  SELECT * INTO c FROM app.course x WHERE x.id = of_course;
  IF c.id IS NULL OR NOT app.leads_course(c) THEN RETURN; END IF;
  SELECT count(DISTINCT coalesce(p.merged_into, p.id)), count(DISTINCT coalesce(p.merged_into, p.id)) FILTER (WHERE p.sex = '女') INTO persons, women
    FROM app.course_done d JOIN app.person p ON p.id = d.person_id WHERE d.district_id = c.district_id AND d.course_id = c.id;
END $$;
COMMENT ON FUNCTION app.course_counts IS 'to the organiser: how many finished a course, and how many of them are women; no names';

CREATE FUNCTION app.forget_courses(hers uuid[]) RETURNS void LANGUAGE sql SET search_path = pg_catalog, pg_temp AS $$
  DELETE FROM app.course_done d USING app.course_done o WHERE d.person_id = ANY (hers) AND o.person_id = ANY (hers) AND o.district_id = d.district_id AND o.course_id = d.course_id
    AND (o.done_at, o.person_id) < (d.done_at, d.person_id);
$$;
COMMENT ON FUNCTION app.forget_courses IS 'of an erased woman who had several registrations: each course that she finished stays once, so that she is counted once';

REVOKE ALL ON FUNCTION app.leads_course, app.finish_course, app.course_counts, app.forget_courses FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.leads_course, app.finish_course, app.course_counts TO app;

DO $$ DECLARE t text; BEGIN
  FOREACH t IN ARRAY ARRAY['course', 'course_page', 'course_done'] LOOP
    EXECUTE format('ALTER TABLE app.%s ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', t);
  END LOOP;
END $$;
GRANT SELECT, INSERT, DELETE ON app.course, app.course_page TO app;
GRANT UPDATE (title, about, state, version, is_public, opened_on, ended_on, record_id) ON app.course TO app;
GRANT SELECT ON app.course_done TO app;

CREATE POLICY course_read ON app.course FOR SELECT TO app USING (state <> 'draft' OR (SELECT app.in_post('cadre')) AND EXISTS (SELECT FROM app.org o
  WHERE o.id = course.org_id AND o.scope_code = (SELECT current_setting('app.scope', true))));
CREATE POLICY course_insert ON app.course FOR INSERT TO app WITH CHECK (state = 'draft' AND (SELECT app.in_post('cadre')) AND EXISTS (SELECT FROM app.org o
  WHERE o.id = course.org_id AND o.district_id = course.district_id AND o.scope_code = (SELECT current_setting('app.scope', true))));
CREATE POLICY course_update ON app.course FOR UPDATE TO app USING ((SELECT app.in_post('cadre')) AND EXISTS (SELECT FROM app.org o
  WHERE o.id = course.org_id AND o.scope_code = (SELECT current_setting('app.scope', true))));
CREATE POLICY course_delete ON app.course FOR DELETE TO app USING (state = 'draft' AND (SELECT app.in_post('cadre')) AND EXISTS (SELECT FROM app.org o
  WHERE o.id = course.org_id AND o.scope_code = (SELECT current_setting('app.scope', true))));
CREATE POLICY course_page_read ON app.course_page FOR SELECT TO app USING (EXISTS (SELECT FROM app.course c WHERE c.district_id = course_page.district_id AND c.id = course_page.course_id));
CREATE POLICY course_page_insert ON app.course_page FOR INSERT TO app WITH CHECK ((SELECT app.in_post('cadre')) AND EXISTS (SELECT FROM app.course c JOIN app.org o ON o.id = c.org_id
  WHERE c.district_id = course_page.district_id AND c.id = course_page.course_id AND c.state = 'draft' AND o.scope_code = (SELECT current_setting('app.scope', true))));
CREATE POLICY course_page_delete ON app.course_page FOR DELETE TO app USING ((SELECT app.in_post('cadre')) AND EXISTS (SELECT FROM app.course c JOIN app.org o ON o.id = c.org_id
  WHERE c.district_id = course_page.district_id AND c.id = course_page.course_id AND c.state = 'draft' AND o.scope_code = (SELECT current_setting('app.scope', true))));
CREATE POLICY course_done_hers ON app.course_done FOR SELECT TO app USING (person_id = (SELECT app.me()) OR person_id IN (SELECT p.id FROM app.person p WHERE p.merged_into = (SELECT app.me())));
