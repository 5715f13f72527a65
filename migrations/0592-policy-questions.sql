-- why: a question on policy is answered by a day, with or without a name; what helps others is published as question and answer, without who asked
ALTER TABLE app.suggestion ALTER COLUMN account_id DROP NOT NULL, ALTER COLUMN person_id DROP NOT NULL,
  ADD receipt bytea, ADD due_on date, ADD shown_question text, ADD shown_answer text, ADD shown_on date, ADD shown_by uuid;
ALTER TABLE app.suggestion DROP CONSTRAINT suggestion_kind_check;
ALTER TABLE app.suggestion ADD CONSTRAINT suggestion_kind_check CHECK (kind IN ('complaint', 'suggestion', 'question', 'policy')),
  ADD CONSTRAINT suggestion_receipt_once UNIQUE (district_id, receipt),
  ADD CONSTRAINT suggestion_receipt_check CHECK (octet_length(receipt) = 32),
  ADD CONSTRAINT suggestion_asker_check CHECK ((person_id IS NULL) = (account_id IS NULL) AND (person_id IS NULL) = (receipt IS NOT NULL) AND (person_id IS NOT NULL OR kind = 'policy')),
  ADD CONSTRAINT suggestion_due_check CHECK ((kind = 'policy') = (due_on IS NOT NULL)),
  ADD CONSTRAINT suggestion_shown_check CHECK ((shown_on IS NULL) = (shown_question IS NULL) AND (shown_on IS NULL) = (shown_answer IS NULL)
    AND (shown_on IS NULL) = (shown_by IS NULL) AND (shown_on IS NULL OR kind = 'policy' AND state = 'answered'));
COMMENT ON TABLE app.suggestion IS '投诉建议 and 政策咨询: seen by who sent it and by the city tier, by nobody between them';
COMMENT ON COLUMN app.suggestion.receipt IS 'of a question on policy without a name: keyed digest of the code that was shown once';
COMMENT ON COLUMN app.suggestion.shown_question IS 'as published for everybody, written anew by whoever answered; it names nobody and outlives the asker';

CREATE POLICY suggestion_asked ON app.suggestion FOR INSERT TO app WITH CHECK (person_id IS NULL AND kind = 'policy' AND state = 'sent' AND shown_on IS NULL
  AND app.silo_holds(receipt));
CREATE POLICY suggestion_held ON app.suggestion FOR SELECT TO app USING (app.silo_holds(receipt));

CREATE FUNCTION app.policy_answers(words text) RETURNS TABLE (id uuid, question text, answer text, shown_on date)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$ BEGIN
  RETURN QUERY SELECT s.id, s.shown_question, s.shown_answer, s.shown_on FROM app.suggestion s WHERE s.shown_on IS NOT NULL
    AND (words = '' OR strpos(s.shown_question, words) > 0 OR strpos(s.shown_answer, words) > 0);
END $$;
COMMENT ON FUNCTION app.policy_answers IS 'questions and answers as published, for anybody';
REVOKE ALL ON FUNCTION app.policy_answers FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.policy_answers TO app;

CREATE FUNCTION app.purge_policy_questions(before timestamptz) RETURNS int LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE n int; m int; last timestamptz := least(before, now() - interval '2 years'); BEGIN
  DELETE FROM app.suggestion s WHERE s.receipt IS NOT NULL AND s.shown_on IS NULL AND s.answered_at < last;
  GET DIAGNOSTICS n = ROW_COUNT;
  UPDATE app.suggestion s SET body = '（已到期清除）', answer = '（已到期清除）' WHERE s.receipt IS NOT NULL AND s.shown_on IS NOT NULL
    AND s.answered_at < last AND s.body <> '（已到期清除）';
  GET DIAGNOSTICS m = ROW_COUNT;
  RETURN n + m;
END $$;
COMMENT ON FUNCTION app.purge_policy_questions IS 'takes away questions without a name that were answered before an instant, never those of the last two years; of what is published the words of the asker alone';
REVOKE ALL ON FUNCTION app.purge_policy_questions FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.purge_policy_questions TO app;
