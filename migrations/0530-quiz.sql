-- why: quizzes are answered by each woman herself: drawn from a versioned bank, graded here, counted by name; prizes go by the draw that anybody recomputes

CREATE TABLE app.quiz_bank (
  district_id int NOT NULL,
  id uuid NOT NULL,
  org_id int NOT NULL,
  title text NOT NULL,
  version int NOT NULL,
  made_by uuid NOT NULL,
  made_on date NOT NULL,
  CONSTRAINT quiz_bank_pkey PRIMARY KEY (district_id, id),
  CONSTRAINT quiz_bank_org_fkey FOREIGN KEY (org_id) REFERENCES app.org (id)
);
CREATE INDEX quiz_bank_org ON app.quiz_bank (org_id);
CREATE INDEX quiz_bank_id ON app.quiz_bank (id);
COMMENT ON TABLE app.quiz_bank IS 'questions of a unit; each time they are changed is a version, and a quiz stays with the one that it was put up with';

CREATE TABLE app.quiz_question (
  district_id int NOT NULL,
  id uuid NOT NULL,
  bank_id uuid NOT NULL,
  line int NOT NULL,
  kind text NOT NULL,
  stem text NOT NULL,
  options text[] NOT NULL,
  from_version int NOT NULL,
  until_version int,
  CONSTRAINT quiz_question_pkey PRIMARY KEY (district_id, id),
  CONSTRAINT quiz_question_bank_fkey FOREIGN KEY (district_id, bank_id) REFERENCES app.quiz_bank (district_id, id),
  CONSTRAINT quiz_question_kind_check CHECK (kind IN ('single', 'multiple', 'truth')),
  CONSTRAINT quiz_question_options_check CHECK (cardinality(options) BETWEEN 2 AND 8),
  CONSTRAINT quiz_question_versions_check CHECK (until_version > from_version)
);
CREATE INDEX quiz_question_bank ON app.quiz_question (district_id, bank_id, line);
COMMENT ON TABLE app.quiz_question IS 'a question as it stood in versions from_version to before until_version; what is changed is another row';
COMMENT ON COLUMN app.quiz_question.options IS 'of a statement that is true or not: 对 and 错';

CREATE TABLE app.quiz_key (
  district_id int NOT NULL,
  question_id uuid NOT NULL,
  answer smallint[] NOT NULL,
  explanation text NOT NULL DEFAULT '',
  CONSTRAINT quiz_key_pkey PRIMARY KEY (district_id, question_id),
  CONSTRAINT quiz_key_question_fkey FOREIGN KEY (district_id, question_id) REFERENCES app.quiz_question (district_id, id),
  CONSTRAINT quiz_key_answer_check CHECK (cardinality(answer) >= 1)
);
COMMENT ON TABLE app.quiz_key IS 'the right answers, apart from the questions: read by cadres of the unit whose bank it is, and by the functions that grade';
COMMENT ON COLUMN app.quiz_key.answer IS 'numbers of the right options from 1 on, ascending';

CREATE TABLE app.quiz_run (
  district_id int NOT NULL,
  id uuid NOT NULL,
  org_id int NOT NULL,
  title text NOT NULL,
  about text NOT NULL,
  state text NOT NULL DEFAULT 'draft',
  version int NOT NULL DEFAULT 1,
  bank_id uuid NOT NULL,
  bank_version int,
  is_public boolean NOT NULL,
  opens_at timestamptz NOT NULL,
  closes_at timestamptz NOT NULL,
  draws smallint NOT NULL,
  minutes smallint,
  times_a_day smallint NOT NULL,
  pass_mark smallint NOT NULL,
  reveals text NOT NULL,
  prizes int NOT NULL,
  prize_place text NOT NULL DEFAULT '',
  prize_from timestamptz,
  prize_until timestamptz,
  prize_source text NOT NULL DEFAULT '',
  event_id uuid,
  reason text,
  record_id uuid,
  made_by uuid NOT NULL,
  made_on date NOT NULL,
  CONSTRAINT quiz_run_pkey PRIMARY KEY (district_id, id),
  CONSTRAINT quiz_run_org_fkey FOREIGN KEY (org_id) REFERENCES app.org (id),
  CONSTRAINT quiz_run_bank_fkey FOREIGN KEY (district_id, bank_id) REFERENCES app.quiz_bank (district_id, id),
  CONSTRAINT quiz_run_event_fkey FOREIGN KEY (district_id, event_id) REFERENCES app.event (district_id, id),
  CONSTRAINT quiz_run_state_check CHECK (state IN ('draft', 'open', 'cancelled')),
  CONSTRAINT quiz_run_open_check CHECK (state <> 'open' OR bank_version IS NOT NULL),
  CONSTRAINT quiz_run_times_check CHECK (opens_at < closes_at),
  CONSTRAINT quiz_run_numbers_check CHECK (draws BETWEEN 1 AND 100 AND coalesce(minutes, 1) BETWEEN 1 AND 180 AND times_a_day BETWEEN 1 AND 9 AND pass_mark BETWEEN 1 AND 100),
  CONSTRAINT quiz_run_reveals_check CHECK (reveals IN ('closed', 'submitted')),
  CONSTRAINT quiz_run_prizes_check CHECK (prizes = 0 OR prizes > 0 AND prize_from > closes_at AND prize_until > prize_from)
);
CREATE INDEX quiz_run_id ON app.quiz_run (id);
CREATE INDEX quiz_run_org ON app.quiz_run (org_id, opens_at);
COMMENT ON TABLE app.quiz_run IS 'a quiz over one version of a bank: each woman answers so many questions drawn for her, so often a day';
COMMENT ON COLUMN app.quiz_run.bank_version IS 'fixed when it is put up';
COMMENT ON COLUMN app.quiz_run.minutes IS 'for one attempt; empty = until it closes';
COMMENT ON COLUMN app.quiz_run.reveals IS 'when she reads the right answers of what she was asked: after it has closed, or as soon as she has handed in';
COMMENT ON COLUMN app.quiz_run.pass_mark IS 'percent of right answers from which an attempt passes; who passed takes part in the draw of prizes once';
COMMENT ON COLUMN app.quiz_run.event_id IS 'the draw of prizes: an event of kind prize, which nobody signs up for';

CREATE TABLE app.quiz_attempt (
  district_id int NOT NULL,
  id uuid NOT NULL,
  quiz_id uuid NOT NULL,
  person_id uuid NOT NULL,
  org_id int NOT NULL,
  day date NOT NULL,
  nth smallint NOT NULL,
  started_at timestamptz NOT NULL,
  due_at timestamptz NOT NULL,
  questions uuid[] NOT NULL,
  submitted_at timestamptz,
  answered smallint NOT NULL DEFAULT 0,
  score smallint,
  is_passed boolean,
  submits smallint NOT NULL DEFAULT 0,
  flags text[] NOT NULL DEFAULT '{}',
  CONSTRAINT quiz_attempt_pkey PRIMARY KEY (district_id, id),
  CONSTRAINT quiz_attempt_quiz_fkey FOREIGN KEY (district_id, quiz_id) REFERENCES app.quiz_run (district_id, id),
  CONSTRAINT quiz_attempt_person_fkey FOREIGN KEY (person_id) REFERENCES app.person (id),
  CONSTRAINT quiz_attempt_org_fkey FOREIGN KEY (org_id) REFERENCES app.org (id),
  CONSTRAINT quiz_attempt_once UNIQUE (district_id, quiz_id, person_id, day, nth),
  CONSTRAINT quiz_attempt_score_check CHECK ((submitted_at IS NULL) = (score IS NULL) AND (submitted_at IS NULL) = (is_passed IS NULL)),
  CONSTRAINT quiz_attempt_flags_check CHECK (flags <@ ARRAY['fast', 'repeated'])
);
CREATE UNIQUE INDEX quiz_attempt_one_open ON app.quiz_attempt (district_id, quiz_id, person_id) WHERE submitted_at IS NULL;
CREATE INDEX quiz_attempt_id ON app.quiz_attempt (id);
CREATE INDEX quiz_attempt_person ON app.quiz_attempt (person_id);
CREATE INDEX quiz_attempt_due ON app.quiz_attempt (due_at) WHERE submitted_at IS NULL;
COMMENT ON TABLE app.quiz_attempt IS 'one woman answers one quiz once: open or handed in; what is overdue is handed in as it stands';
COMMENT ON COLUMN app.quiz_attempt.day IS 'of China, on which it began; nth of that day';
COMMENT ON COLUMN app.quiz_attempt.questions IS 'drawn for this attempt, in their order';
COMMENT ON COLUMN app.quiz_attempt.answered IS 'how many of them have an answer; with all of them it counts as one valid person-time';
COMMENT ON COLUMN app.quiz_attempt.submits IS 'how often it was handed in; a repeat under the same key is none';
COMMENT ON COLUMN app.quiz_attempt.flags IS 'what the organiser should look at: fast = its answers came at under a second each, however late it was handed in; repeated = handed in five times or more. Nothing follows by itself';

CREATE TABLE app.quiz_answer (
  district_id int NOT NULL,
  attempt_id uuid NOT NULL,
  question_id uuid NOT NULL,
  seq int NOT NULL,
  choice smallint[] NOT NULL,
  saved_at timestamptz NOT NULL,
  CONSTRAINT quiz_answer_pkey PRIMARY KEY (district_id, attempt_id, question_id),
  CONSTRAINT quiz_answer_attempt_fkey FOREIGN KEY (district_id, attempt_id) REFERENCES app.quiz_attempt (district_id, id)
);
COMMENT ON TABLE app.quiz_answer IS 'what she chose last, by her own numbering: an older save that arrives later changes nothing';

CREATE FUNCTION app.leads_quiz(q app.quiz_run) RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$ BEGIN
  RETURN app.in_post('cadre') AND EXISTS (SELECT FROM app.org o WHERE o.id = q.org_id AND o.scope_code = current_setting('app.scope', true));
END $$;
COMMENT ON FUNCTION app.leads_quiz IS 'whether who acts is a cadre of the organiser';

CREATE FUNCTION app.quiz_grace() RETURNS interval LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$ SELECT interval '5 seconds' $$;
COMMENT ON FUNCTION app.quiz_grace IS 'how long after an attempt is due what she sent is still taken; it is told on the page, and there is no other extension';

CREATE FUNCTION app.right_answers(a app.quiz_attempt) RETURNS int LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
  SELECT count(*)::int FROM app.quiz_answer w JOIN app.quiz_key k ON k.district_id = w.district_id AND k.question_id = w.question_id
    WHERE w.district_id = a.district_id AND w.attempt_id = a.id AND w.question_id = ANY (a.questions) AND w.choice = k.answer;
$$;
COMMENT ON FUNCTION app.right_answers IS 'how many of the questions of an attempt have exactly the right options, by the rows: the score is this and nothing else';

CREATE FUNCTION app.hand_in(a app.quiz_attempt, at timestamptz) RETURNS app.quiz_attempt LANGUAGE sql SET search_path = pg_catalog, pg_temp AS $$
  UPDATE app.quiz_attempt x SET submitted_at = at, score = g.score, answered = g.answered, is_passed = g.score * 100 >= g.mark * cardinality(x.questions),
      flags = CASE WHEN g.last_at - x.started_at < g.answered * interval '1 second' THEN ARRAY['fast'] ELSE '{}' END
    FROM (SELECT app.right_answers(a) AS score, w.answered, w.last_at, (SELECT q.pass_mark FROM app.quiz_run q WHERE q.district_id = a.district_id AND q.id = a.quiz_id) AS mark
      FROM (SELECT count(*)::int AS answered, max(w.saved_at) AS last_at FROM app.quiz_answer w WHERE w.district_id = a.district_id AND w.attempt_id = a.id AND w.choice <> '{}') w) g
    WHERE x.district_id = a.district_id AND x.id = a.id AND x.submitted_at IS NULL RETURNING x.*;
$$;
COMMENT ON FUNCTION app.hand_in IS 'grades an attempt that its caller holds under lock';

CREATE FUNCTION app.settle_attempts(of_quiz uuid, of_person uuid, now_at timestamptz) RETURNS int LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE a app.quiz_attempt; n int := 0;
BEGIN
  -- In the order of their numbers, so that two who settle never wait for each other in a circle.
  FOR a IN SELECT * FROM app.quiz_attempt x WHERE x.submitted_at IS NULL AND x.due_at + app.quiz_grace() <= now_at AND (of_quiz IS NULL OR x.quiz_id = of_quiz)
      AND (of_person IS NULL OR x.person_id = of_person) ORDER BY x.id FOR NO KEY UPDATE LOOP
    PERFORM app.hand_in(a, a.due_at);
    n := n + 1;
  END LOOP;
  RETURN n;
END $$;
COMMENT ON FUNCTION app.settle_attempts IS 'hands in what is overdue as it stands, at the instant at which it was due';

CREATE FUNCTION app.settle_quizzes(now_at timestamptz) RETURNS TABLE (district_id int, id uuid, n int) LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE q record;
BEGIN
  IF NOT app.at_door() THEN RETURN; END IF;
  FOR q IN SELECT DISTINCT x.district_id AS district, x.quiz_id AS quiz FROM app.quiz_attempt x WHERE x.submitted_at IS NULL AND x.due_at + app.quiz_grace() <= now_at ORDER BY 2 LOOP
    district_id := q.district; id := q.quiz; n := app.settle_attempts(q.quiz, NULL, now_at);
    RETURN NEXT;
  END LOOP;
END $$;
COMMENT ON FUNCTION app.settle_quizzes IS 'the same for all quizzes, by the job of the clock: how many of each';

CREATE FUNCTION app.settle_quiz(of_quiz uuid, now_at timestamptz) RETURNS int LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE q app.quiz_run;
BEGIN
  SELECT * INTO q FROM app.quiz_run x WHERE x.id = of_quiz;
  RETURN CASE WHEN app.leads_quiz(q) THEN app.settle_attempts(of_quiz, NULL, now_at) ELSE 0 END;
END $$;
COMMENT ON FUNCTION app.settle_quiz IS 'the same of one quiz, by its organiser before it is counted: how many';

CREATE FUNCTION app.start_attempt(of_quiz uuid, received timestamptz, OUT refusal text, OUT attempt uuid, OUT is_new boolean)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE q app.quiz_run; p app.person; today date := (received AT TIME ZONE 'Asia/Shanghai')::date; before int; drawn uuid[];
BEGIN
  is_new := false;
  SELECT * INTO q FROM app.quiz_run x WHERE x.id = of_quiz AND x.state <> 'draft';
  SELECT * INTO p FROM app.person x WHERE x.id = app.me() AND x.state = 'active';
  refusal := CASE WHEN q.id IS NULL THEN 'quiz' WHEN p.id IS NULL THEN 'person' WHEN q.state <> 'open' THEN 'stopped' WHEN received < q.opens_at THEN 'early'
    WHEN received >= q.closes_at THEN 'late'
    -- Whoever may read the right answers does not answer.
    WHEN EXISTS (SELECT FROM app.account c JOIN app.post t ON t.account_id = c.id WHERE c.person_id = p.id AND t.org_id = q.org_id AND t.role = 'cadre'
      AND t.from_on <= current_date AND coalesce(t.until_on, 'infinity') >= current_date) THEN 'host'
    WHEN NOT q.is_public AND NOT EXISTS (SELECT FROM app.org o JOIN app.org h ON h.id = p.org_id WHERE o.id = q.org_id AND starts_with(h.scope_code, o.scope_code)) THEN 'outside' END;
  IF refusal IS NOT NULL THEN RETURN; END IF;
  PERFORM app.settle_attempts(of_quiz, p.id, received);
  SELECT x.id INTO attempt FROM app.quiz_attempt x WHERE x.district_id = q.district_id AND x.quiz_id = of_quiz AND x.person_id = p.id AND x.submitted_at IS NULL;
  IF attempt IS NOT NULL THEN RETURN; END IF;
  SELECT count(*) INTO before FROM app.quiz_attempt x WHERE x.district_id = q.district_id AND x.quiz_id = of_quiz AND x.person_id = p.id AND x.day = today;
  IF before >= q.times_a_day THEN refusal := 'spent'; RETURN; END IF;
  SELECT array_agg(d.id) INTO drawn FROM (SELECT s.id FROM app.quiz_question s WHERE s.district_id = q.district_id AND s.bank_id = q.bank_id
    AND s.from_version <= q.bank_version AND coalesce(s.until_version > q.bank_version, true) ORDER BY random() LIMIT q.draws) d;
  INSERT INTO app.quiz_attempt (district_id, id, quiz_id, person_id, org_id, day, nth, started_at, due_at, questions)
    VALUES (q.district_id, gen_random_uuid(), of_quiz, p.id, p.org_id, today, before + 1, received,
      least(q.closes_at, received + coalesce(q.minutes, 1440 * 366) * interval '1 minute'), drawn)
    ON CONFLICT DO NOTHING RETURNING id INTO attempt;
  is_new := attempt IS NOT NULL;
  -- She started at two telephones at once: both go on with the same attempt.
  IF NOT is_new THEN
    SELECT x.id INTO attempt FROM app.quiz_attempt x WHERE x.district_id = q.district_id AND x.quiz_id = of_quiz AND x.person_id = p.id AND x.submitted_at IS NULL;
    IF attempt IS NULL THEN refusal := 'spent'; END IF;
  END IF;
END $$;
COMMENT ON FUNCTION app.start_attempt IS 'begins an attempt of whoever acts, or goes on with the open one. Refused: quiz, person, stopped, early, late, host (a cadre of the organiser reads the answers), outside, spent';

CREATE FUNCTION app.save_answer(of_attempt uuid, of_question uuid, chosen smallint[], number int, received timestamptz, OUT refusal text, OUT stored int, OUT kept smallint[])
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE a app.quiz_attempt;
BEGIN
  -- Shared: she may save two answers at once, but none while it is handed in.
  SELECT * INTO a FROM app.quiz_attempt x WHERE x.id = of_attempt AND x.person_id = app.me() FOR SHARE;
  refusal := CASE WHEN a.id IS NULL OR NOT of_question = ANY (a.questions) THEN 'attempt' WHEN a.submitted_at IS NOT NULL THEN 'submitted'
    WHEN received >= a.due_at + app.quiz_grace() THEN 'late' END;
  IF refusal IS NOT NULL THEN RETURN; END IF;
  SELECT coalesce(array_agg(DISTINCT c ORDER BY c), '{}') INTO chosen FROM unnest(chosen) c;
  INSERT INTO app.quiz_answer AS w VALUES (a.district_id, a.id, of_question, number, chosen, received)
    ON CONFLICT (district_id, attempt_id, question_id) DO UPDATE SET seq = excluded.seq, choice = excluded.choice, saved_at = excluded.saved_at WHERE w.seq < excluded.seq;
  SELECT w.seq, w.choice INTO stored, kept FROM app.quiz_answer w WHERE w.district_id = a.district_id AND w.attempt_id = a.id AND w.question_id = of_question;
END $$;
COMMENT ON FUNCTION app.save_answer IS 'keeps one answer of her open attempt, the one of the highest number, and tells which that is: another telephone may have gone ahead. Refused: attempt (none of hers, or not asked in it), submitted, late';

CREATE FUNCTION app.submit_attempt(of_attempt uuid, received timestamptz, OUT refusal text, OUT is_first boolean)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE a app.quiz_attempt;
BEGIN
  SELECT * INTO a FROM app.quiz_attempt x WHERE x.id = of_attempt AND x.person_id = app.me() FOR NO KEY UPDATE;
  IF a.id IS NULL THEN refusal := 'attempt'; RETURN; END IF;
  is_first := a.submitted_at IS NULL;
  IF is_first THEN PERFORM app.hand_in(a, least(received, a.due_at)); END IF;
  UPDATE app.quiz_attempt x SET submits = least(x.submits + 1, 1000), flags = CASE WHEN x.submits + 1 >= 5 AND NOT 'repeated' = ANY (x.flags) THEN x.flags || 'repeated'::text ELSE x.flags END
    WHERE x.district_id = a.district_id AND x.id = a.id;
END $$;
COMMENT ON FUNCTION app.submit_attempt IS 'hands in her attempt, once; again it is only counted. Refused: attempt';

CREATE FUNCTION app.attempt_sheet(of_attempt uuid, now_at timestamptz) RETURNS TABLE (id uuid, kind text, stem text, options text[], choice smallint[], seq int, answer smallint[], explanation text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE a app.quiz_attempt; q app.quiz_run; is_told boolean;
BEGIN
  SELECT * INTO a FROM app.quiz_attempt x WHERE x.id = of_attempt AND x.person_id IN (SELECT p.id FROM app.person p WHERE app.me() IN (p.id, p.merged_into));
  SELECT * INTO q FROM app.quiz_run x WHERE x.district_id = a.district_id AND x.id = a.quiz_id;
  is_told := a.submitted_at IS NOT NULL AND (q.reveals = 'submitted' OR now_at >= q.closes_at + app.quiz_grace());
  RETURN QUERY SELECT s.id, s.kind, s.stem, s.options, coalesce(w.choice, '{}'), coalesce(w.seq, 0), CASE WHEN is_told THEN k.answer END, CASE WHEN is_told THEN k.explanation END
    FROM unnest(a.questions) WITH ORDINALITY d (id, n) JOIN app.quiz_question s ON s.district_id = a.district_id AND s.id = d.id
    JOIN app.quiz_key k ON k.district_id = s.district_id AND k.question_id = s.id
    LEFT JOIN app.quiz_answer w ON w.district_id = a.district_id AND w.attempt_id = a.id AND w.question_id = s.id ORDER BY d.n;
END $$;
COMMENT ON FUNCTION app.attempt_sheet IS 'the questions of her attempt with what she chose; the right answers only where she handed in and the quiz tells them by then';

CREATE FUNCTION app.quiz_counts(of_quiz uuid, OUT started int, OUT submitted int, OUT valid int, OUT women int, OUT persons int, OUT passed int)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE q app.quiz_run;
BEGIN
  SELECT * INTO q FROM app.quiz_run x WHERE x.id = of_quiz;
  IF q.id IS NULL OR NOT app.leads_quiz(q) THEN RETURN; END IF;
  SELECT count(*), count(a.submitted_at), count(*) FILTER (WHERE a.is_valid), count(*) FILTER (WHERE a.is_valid AND a.sex = '女'),
      count(DISTINCT a.who) FILTER (WHERE a.is_valid), count(DISTINCT a.who) FILTER (WHERE a.is_passed)
    INTO started, submitted, valid, women, persons, passed
    FROM (SELECT x.*, coalesce(p.merged_into, p.id) AS who, p.sex, x.submitted_at IS NOT NULL AND x.answered = cardinality(x.questions) AS is_valid FROM app.quiz_attempt x
      JOIN app.person p ON p.id = x.person_id WHERE x.district_id = q.district_id AND x.quiz_id = of_quiz) a;
END $$;
COMMENT ON FUNCTION app.quiz_counts IS 'to the organiser: attempts begun, handed in, valid (every question answered), of those by women; persons with a valid attempt, persons who passed';

CREATE FUNCTION app.quiz_flagged(of_quiz uuid) RETURNS TABLE (id uuid, name text, org text, started_at timestamptz, submitted_at timestamptz, asked int, score smallint, submits smallint,
  flags text[], entry_id uuid, entry_state text, answered_at timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE q app.quiz_run;
BEGIN
  SELECT * INTO q FROM app.quiz_run x WHERE x.id = of_quiz;
  IF q.id IS NULL OR NOT app.leads_quiz(q) THEN RETURN; END IF;
  RETURN QUERY SELECT a.id, coalesce(p.name, '（已删除）'), o.short_name, a.started_at, a.submitted_at, cardinality(a.questions), a.score, a.submits, a.flags, n.id, n.state,
      (SELECT max(w.saved_at) FROM app.quiz_answer w WHERE w.district_id = a.district_id AND w.attempt_id = a.id AND w.choice <> '{}')
    FROM app.quiz_attempt a JOIN app.person p ON p.id = a.person_id JOIN app.org o ON o.id = a.org_id
    LEFT JOIN app.enrolment n ON n.district_id = q.district_id AND n.event_id = q.event_id AND n.person_id = coalesce(p.merged_into, p.id)
    WHERE a.district_id = q.district_id AND a.quiz_id = of_quiz AND a.flags <> '{}' ORDER BY a.submitted_at, a.id;
END $$;
COMMENT ON FUNCTION app.quiz_flagged IS 'to the organiser: attempts to look at, with the entry of that woman in the draw of prizes where there is one';

CREATE FUNCTION app.quiz_drift() RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT a.id FROM app.quiz_attempt a JOIN app.person p ON p.id = a.person_id WHERE a.submitted_at IS NOT NULL AND p.state <> 'erased' AND a.score IS DISTINCT FROM app.right_answers(a);
$$;
COMMENT ON FUNCTION app.quiz_drift IS 'attempts whose score is not what their answers say: none, as verify asks. Of an erased woman the answers are gone';

CREATE FUNCTION app.enter_prizes(e app.event, now_at timestamptz) RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE q app.quiz_run; n int;
BEGIN
  SELECT * INTO q FROM app.quiz_run x WHERE x.district_id = e.district_id AND x.event_id = e.id;
  PERFORM app.settle_attempts(q.id, NULL, now_at);
  INSERT INTO app.enrolment (district_id, id, event_id, person_id, org_id, seq, state, quotas, asked_at, asked_by)
    SELECT e.district_id, gen_random_uuid(), e.id, w.who, p.org_id, row_number() OVER (ORDER BY w.at, w.who), 'asked', '{}', w.at, w.who
    FROM (SELECT coalesce(x.merged_into, x.id) AS who, min(a.submitted_at) AS at FROM app.quiz_attempt a JOIN app.person x ON x.id = a.person_id
      WHERE a.district_id = q.district_id AND a.quiz_id = q.id AND a.is_passed GROUP BY 1) w JOIN app.person p ON p.id = w.who AND p.state = 'active'
    ON CONFLICT ON CONSTRAINT enrolment_once DO NOTHING;
  GET DIAGNOSTICS n = ROW_COUNT;
  UPDATE app.event x SET seq = x.seq + n WHERE x.district_id = e.district_id AND x.id = e.id;
END $$;
COMMENT ON FUNCTION app.enter_prizes IS 'whoever passed takes part in the draw of prizes, once; what is overdue is handed in before';

-- As in 0420; the list of a draw of prizes is who passed the quiz.
CREATE OR REPLACE FUNCTION app.freeze_draw(of_event uuid, now_at timestamptz) RETURNS text LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE e app.event := app.lock_event(of_event); lines text; digest text;
BEGIN
  IF NOT (app.leads_event(e) OR app.at_door()) OR e.state <> 'open' OR e.mode <> 'draw' OR now_at < e.closes_at + app.draw_grace() THEN RETURN NULL; END IF;
  IF EXISTS (SELECT FROM app.event_draw d WHERE d.district_id = e.district_id AND d.event_id = of_event AND d.frozen_at IS NOT NULL) THEN RETURN NULL; END IF;
  IF e.kind = 'prize' THEN PERFORM app.enter_prizes(e, now_at); END IF;
  SELECT coalesce(string_agg(concat_ws(' ', n.seq, n.id, nullif(array_to_string(n.quotas, ' '), '')), E'\n' ORDER BY n.seq), '') INTO lines
    FROM app.enrolment n WHERE n.district_id = e.district_id AND n.event_id = of_event AND n.state = 'asked';
  digest := encode(sha256(convert_to(lines, 'UTF8')), 'hex');
  UPDATE app.event_draw d SET list = lines, list_hash = digest, frozen_at = now_at, places = e.cap, quotas = (SELECT coalesce(string_agg(concat_ws(' ', q.id, q.cap, '名额组' || q.n), E'\n' ORDER BY q.id), '')
      FROM (SELECT q.*, row_number() OVER (ORDER BY q.id) AS n FROM app.event_quota q JOIN app.event_quota_use u ON u.district_id = q.district_id AND u.quota_id = q.id WHERE u.district_id = e.district_id AND u.event_id = of_event) q)
    WHERE d.district_id = e.district_id AND d.event_id = of_event AND d.frozen_at IS NULL;
  RETURN CASE WHEN FOUND THEN digest END;
END $$;

ALTER TABLE app.event DROP CONSTRAINT event_kind_check;
ALTER TABLE app.event ADD CONSTRAINT event_kind_check CHECK (kind IN ('class', 'lecture', 'competition', 'service', 'other', 'prize'));

CREATE FUNCTION app.bar_prize(of_entry uuid, why text, now_at timestamptz, OUT refusal text) LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE n app.enrolment; e app.event;
BEGIN
  SELECT * INTO n FROM app.enrolment x WHERE x.id = of_entry;
  e := app.lock_event(n.event_id);
  IF e.id IS NULL OR e.kind <> 'prize' OR NOT app.leads_event(e) THEN refusal := 'entry'; RETURN; END IF;
  UPDATE app.enrolment x SET state = 'refused', reason = why, decided_at = now_at WHERE x.district_id = n.district_id AND x.id = of_entry AND x.state = 'asked'
    AND EXISTS (SELECT FROM app.event_draw d WHERE d.district_id = e.district_id AND d.event_id = e.id AND d.frozen_at IS NOT NULL AND d.drawn_at IS NULL);
  IF NOT FOUND THEN refusal := 'gone'; END IF;
END $$;
COMMENT ON FUNCTION app.bar_prize IS 'between the freeze and the draw the organiser takes an entry out of a draw of prizes, with the reason: its number stands on the public page as withdrawn. Refused: entry, gone';

CREATE FUNCTION app.forget_quiz(hers uuid[]) RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$ BEGIN
  -- Attempts before their answers, in the order in which the clock takes them, so that neither waits for the other in a circle.
  PERFORM FROM app.quiz_attempt a WHERE a.person_id = ANY (hers) ORDER BY a.quiz_id, a.id FOR NO KEY UPDATE;
  DELETE FROM app.quiz_answer w USING app.quiz_attempt a WHERE a.district_id = w.district_id AND a.id = w.attempt_id AND a.person_id = ANY (hers);
  UPDATE app.quiz_attempt a SET person_id = hers[1], nth = 10 * (array_position(hers, a.person_id) - 1) + a.nth, submitted_at = coalesce(a.submitted_at, a.started_at), score = 0, is_passed = false, submits = 0, flags = '{}' WHERE a.person_id = ANY (hers);
END $$;
COMMENT ON FUNCTION app.forget_quiz IS 'of an erased woman: what she answered and how well goes; that an attempt was valid stays, the counts rest on it. Attempts under several registrations that were merged stay under one, so that she is counted once';

REVOKE ALL ON FUNCTION app.leads_quiz, app.quiz_grace, app.right_answers, app.hand_in, app.settle_attempts, app.settle_quizzes, app.settle_quiz, app.start_attempt, app.save_answer, app.submit_attempt,
  app.attempt_sheet, app.quiz_counts, app.quiz_flagged, app.quiz_drift, app.enter_prizes, app.bar_prize, app.forget_quiz FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.leads_quiz, app.quiz_grace, app.settle_quizzes, app.settle_quiz, app.start_attempt, app.save_answer, app.submit_attempt, app.attempt_sheet, app.quiz_counts, app.quiz_flagged,
  app.quiz_drift, app.bar_prize TO app;

DO $$ DECLARE t text; BEGIN
  FOREACH t IN ARRAY ARRAY['quiz_bank', 'quiz_question', 'quiz_key', 'quiz_run', 'quiz_attempt', 'quiz_answer'] LOOP
    EXECUTE format('ALTER TABLE app.%s ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', t);
  END LOOP;
END $$;
GRANT SELECT, INSERT ON app.quiz_bank, app.quiz_question, app.quiz_key, app.quiz_run TO app;
GRANT UPDATE (title, version) ON app.quiz_bank TO app;
GRANT UPDATE (line, until_version) ON app.quiz_question TO app;
GRANT UPDATE (title, about, state, version, bank_id, bank_version, is_public, opens_at, closes_at, draws, minutes, times_a_day, pass_mark, reveals, prizes, prize_place, prize_from, prize_until,
  prize_source, event_id, reason, record_id) ON app.quiz_run TO app;
GRANT DELETE ON app.quiz_run TO app;
GRANT SELECT ON app.quiz_attempt, app.quiz_answer TO app;

-- Banks are their unit's affair, questions and keys alike; she reads hers through the functions of her attempt.
CREATE POLICY quiz_bank_own ON app.quiz_bank TO app USING ((SELECT app.in_post('cadre')) AND EXISTS (SELECT FROM app.org o
  WHERE o.id = quiz_bank.org_id AND o.scope_code = (SELECT current_setting('app.scope', true))));
CREATE POLICY quiz_question_own ON app.quiz_question TO app USING (EXISTS (SELECT FROM app.quiz_bank b WHERE b.district_id = quiz_question.district_id AND b.id = quiz_question.bank_id));
CREATE POLICY quiz_key_own ON app.quiz_key TO app USING (EXISTS (SELECT FROM app.quiz_question s WHERE s.district_id = quiz_key.district_id AND s.id = quiz_key.question_id));
CREATE POLICY quiz_run_read ON app.quiz_run FOR SELECT TO app USING (state <> 'draft' OR (SELECT app.in_post('cadre')) AND EXISTS (SELECT FROM app.org o
  WHERE o.id = quiz_run.org_id AND o.scope_code = (SELECT current_setting('app.scope', true))));
CREATE POLICY quiz_run_insert ON app.quiz_run FOR INSERT TO app WITH CHECK (state = 'draft' AND (SELECT app.in_post('cadre')) AND EXISTS (SELECT FROM app.org o
  WHERE o.id = quiz_run.org_id AND o.district_id = quiz_run.district_id AND o.scope_code = (SELECT current_setting('app.scope', true))));
CREATE POLICY quiz_run_update ON app.quiz_run FOR UPDATE TO app USING ((SELECT app.in_post('cadre')) AND EXISTS (SELECT FROM app.org o
  WHERE o.id = quiz_run.org_id AND o.scope_code = (SELECT current_setting('app.scope', true))));
CREATE POLICY quiz_run_delete ON app.quiz_run FOR DELETE TO app USING (state = 'draft' AND (SELECT app.in_post('cadre')) AND EXISTS (SELECT FROM app.org o
  WHERE o.id = quiz_run.org_id AND o.scope_code = (SELECT current_setting('app.scope', true))));
-- What she answered is her own; the organiser has counts and what is to be looked at.
CREATE POLICY quiz_attempt_hers ON app.quiz_attempt FOR SELECT TO app USING (person_id = (SELECT app.me()) OR person_id IN (SELECT p.id FROM app.person p WHERE p.merged_into = (SELECT app.me())));
CREATE POLICY quiz_answer_hers ON app.quiz_answer FOR SELECT TO app USING (EXISTS (SELECT FROM app.quiz_attempt a WHERE a.district_id = quiz_answer.district_id AND a.id = quiz_answer.attempt_id));
