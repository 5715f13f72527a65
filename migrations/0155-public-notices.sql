-- why: what is to be given to a person or a unit is shown to everybody first, and whoever knows better may say so and gets an answer

CREATE TABLE app.public_notice (
  id uuid NOT NULL,
  org_id int NOT NULL,
  kind text NOT NULL,
  subject text NOT NULL,
  title text NOT NULL,
  note text NOT NULL DEFAULT '',
  opened_on date NOT NULL,
  closes_on date NOT NULL,
  days int NOT NULL,
  basis text NOT NULL,
  shown_until date NOT NULL,
  withdrawn_on date,
  withdrawn_for text NOT NULL DEFAULT '',
  created_by uuid NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT public_notice_pkey PRIMARY KEY (id),
  CONSTRAINT public_notice_org_fkey FOREIGN KEY (org_id) REFERENCES app.org (id),
  CONSTRAINT public_notice_days_check CHECK (days BETWEEN 1 AND 60 AND opened_on < closes_on AND closes_on <= shown_until)
);
CREATE INDEX public_notice_organiser ON app.public_notice (org_id, opened_on DESC);
CREATE INDEX public_notice_shown ON app.public_notice (shown_until, closes_on);
COMMENT ON TABLE app.public_notice IS '公示: who is to be given what, for some working days; it holds nothing that may not be read by everybody';
COMMENT ON COLUMN app.public_notice.subject IS 'what of which lifecycle it is about, `kind:id`; the lifecycle asks for its state';
COMMENT ON COLUMN app.public_notice.closes_on IS 'the last day on which objections are taken: the day of opening is not counted';
COMMENT ON COLUMN app.public_notice.basis IS 'version of the rule that gave the days';
COMMENT ON COLUMN app.public_notice.shown_until IS 'after this day nobody finds it, and its names are erased';

CREATE TABLE app.public_notice_line (
  notice_id uuid NOT NULL,
  line smallint NOT NULL,
  name text NOT NULL,
  unit_name text NOT NULL,
  detail text NOT NULL DEFAULT '',
  CONSTRAINT public_notice_line_pkey PRIMARY KEY (notice_id, line),
  CONSTRAINT public_notice_line_notice_fkey FOREIGN KEY (notice_id) REFERENCES app.public_notice (id)
);
COMMENT ON COLUMN app.public_notice_line.name IS 'as everybody reads it: whoever opens the notice masks what must not be read';

CREATE TABLE app.public_notice_objection (
  district_id int NOT NULL,
  id uuid NOT NULL,
  notice_id uuid NOT NULL,
  line smallint,
  body text NOT NULL,
  contact text NOT NULL DEFAULT '',
  receipt text NOT NULL,
  raised_on date NOT NULL,
  raised_at timestamptz NOT NULL DEFAULT now(),
  state text NOT NULL DEFAULT 'open',
  answer text NOT NULL DEFAULT '',
  answered_by uuid,
  answered_on date,
  CONSTRAINT public_notice_objection_pkey PRIMARY KEY (district_id, id),
  CONSTRAINT public_notice_objection_notice_fkey FOREIGN KEY (notice_id) REFERENCES app.public_notice (id),
  CONSTRAINT public_notice_objection_state_check CHECK (state IN ('open', 'valid', 'invalid')),
  CONSTRAINT public_notice_objection_answer_check CHECK ((state = 'open') = (answered_on IS NULL) AND (state = 'open' OR answer <> ''))
);
CREATE INDEX public_notice_objection_of ON app.public_notice_objection (notice_id);
CREATE INDEX public_notice_objection_receipt ON app.public_notice_objection (receipt);
COMMENT ON TABLE app.public_notice_objection IS 'what anybody brings against a notice; read by its organiser alone, answered before anything is given';
COMMENT ON COLUMN app.public_notice_objection.line IS 'the line that it is about; NULL = the whole notice';
COMMENT ON COLUMN app.public_notice_objection.receipt IS 'keyed digest of the code by which whoever objected finds the answer; the code itself is kept nowhere';

ALTER TABLE app.public_notice ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE app.public_notice_line ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE app.public_notice_objection ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
GRANT SELECT, INSERT, UPDATE ON app.public_notice, app.public_notice_objection TO app;
GRANT SELECT, INSERT ON app.public_notice_line TO app;
CREATE POLICY public_notice_open ON app.public_notice FOR SELECT TO app USING (true);
CREATE POLICY public_notice_insert ON app.public_notice FOR INSERT TO app WITH CHECK (EXISTS (SELECT FROM app.org o WHERE o.id = public_notice.org_id
  AND o.scope_code = (SELECT current_setting('app.scope', true))));
CREATE POLICY public_notice_update ON app.public_notice FOR UPDATE TO app USING (EXISTS (SELECT FROM app.org o WHERE o.id = public_notice.org_id
  AND o.scope_code = (SELECT current_setting('app.scope', true))));
CREATE POLICY public_notice_line_open ON app.public_notice_line FOR SELECT TO app USING (true);
CREATE POLICY public_notice_line_insert ON app.public_notice_line FOR INSERT TO app WITH CHECK (EXISTS (SELECT FROM app.public_notice n JOIN app.org o ON o.id = n.org_id
  WHERE n.id = public_notice_line.notice_id AND o.scope_code = (SELECT current_setting('app.scope', true))));
-- Of the organiser; a tier above asks for the state of a notice below, and for no word of it.
CREATE POLICY public_notice_objection_of_organiser ON app.public_notice_objection FOR SELECT TO app USING ((SELECT app.scope_ok())
  AND EXISTS (SELECT FROM app.public_notice n JOIN app.org o ON o.id = n.org_id WHERE n.id = public_notice_objection.notice_id
    AND o.scope_code = (SELECT current_setting('app.scope', true))));
CREATE POLICY public_notice_objection_raised ON app.public_notice_objection FOR INSERT TO app WITH CHECK (state = 'open'
  AND EXISTS (SELECT FROM app.public_notice n JOIN app.org o ON o.id = n.org_id WHERE n.id = public_notice_objection.notice_id
    AND o.district_id = public_notice_objection.district_id AND n.withdrawn_on IS NULL AND public_notice_objection.raised_on <= n.closes_on));
CREATE POLICY public_notice_objection_answered ON app.public_notice_objection FOR UPDATE TO app USING ((SELECT app.scope_ok())
  AND EXISTS (SELECT FROM app.public_notice n JOIN app.org o ON o.id = n.org_id WHERE n.id = public_notice_objection.notice_id
    AND o.scope_code = (SELECT current_setting('app.scope', true))));

CREATE FUNCTION app.find_objection(of_receipt text) RETURNS TABLE (title text, raised_on date, state text, answer text, answered_on date)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$ BEGIN
  RETURN QUERY SELECT n.title, b.raised_on, b.state, b.answer, b.answered_on FROM app.public_notice_objection b
    JOIN app.public_notice n ON n.id = b.notice_id WHERE b.receipt = of_receipt;
END $$;
COMMENT ON FUNCTION app.find_objection IS 'what became of an objection, for whoever holds its receipt of 130 bits';

CREATE FUNCTION app.objections_of(notices uuid[]) RETURNS TABLE (notice_id uuid, line smallint, state text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$ BEGIN
  RETURN QUERY SELECT b.notice_id, b.line, b.state FROM app.public_notice_objection b WHERE b.notice_id = ANY (notices);
END $$;
COMMENT ON FUNCTION app.objections_of IS 'how many objections against which line stand open, valid or invalid: enough to say whether a notice has passed, no word of what they say';

CREATE FUNCTION app.purge_public_notices(today date) RETURNS int LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE n int; gone date := least(today, (current_date + 1)); BEGIN
  UPDATE app.public_notice_line l SET name = '', unit_name = '', detail = '' FROM app.public_notice p
    WHERE p.id = l.notice_id AND p.shown_until < gone AND l.name <> '';
  GET DIAGNOSTICS n = ROW_COUNT;
  UPDATE app.public_notice_objection b SET contact = '' FROM app.public_notice p
    WHERE p.id = b.notice_id AND p.shown_until < gone AND b.contact <> '';
  RETURN n;
END $$;
COMMENT ON FUNCTION app.purge_public_notices IS 'erases names, units and details of notices whose term is over, and how to reach who objected';
REVOKE ALL ON FUNCTION app.find_objection, app.objections_of, app.purge_public_notices FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.find_objection, app.objections_of, app.purge_public_notices TO app;
