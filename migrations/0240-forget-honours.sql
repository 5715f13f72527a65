-- why: what a woman was recommended for, what was told of her and what she complained of is hers too: she reads it in her copy, and it goes when she is erased
CREATE POLICY honour_nomination_hers ON app.honour_nomination FOR SELECT TO app USING (person_id = (SELECT app.me()));
CREATE POLICY honour_story_hers ON app.honour_story FOR SELECT TO app USING (person_id = (SELECT app.me()));
CREATE INDEX honour_nomination_person ON app.honour_nomination (person_id) WHERE person_id IS NOT NULL;
CREATE INDEX honour_story_person ON app.honour_story (person_id) WHERE person_id IS NOT NULL;

CREATE FUNCTION app.forget_words(hers uuid[]) RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$ BEGIN
  UPDATE app.honour_nomination n SET name = '（已删除）', sex = NULL, nation = NULL, birth_month = NULL, politics = NULL, education = NULL,
      job_title = NULL, position = NULL, post_kind = NULL, front_since = NULL, motto = NULL, before = '', deeds_short = '', deeds = '',
      reason = CASE WHEN n.reason = '' THEN '' ELSE '（已删除）' END
    WHERE n.person_id = ANY (hers);
  UPDATE app.honour_story s SET honoree = '（已删除）', title = '（已删除）', body = '（已删除）',
      state = CASE s.state WHEN 'published' THEN 'withdrawn' ELSE s.state END
    WHERE s.person_id = ANY (hers);
  UPDATE app.suggestion s SET body = '（已删除）', answer = CASE WHEN s.answer = '' THEN '' ELSE '（已删除）' END WHERE s.person_id = ANY (hers);
END $$;
COMMENT ON FUNCTION app.forget_words IS 'of an erased woman: what was written of her for honours and what she wrote to the city; states, days and counts stay';
REVOKE ALL ON FUNCTION app.forget_words FROM PUBLIC;

-- As in 0220; besides, the words of honours and complaints.
CREATE OR REPLACE FUNCTION app.forget_person(gone uuid) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE t text; hers uuid[];
BEGIN
  SELECT array_agg(p.id) INTO hers FROM app.person p WHERE p.id = gone OR p.merged_into = gone;
  DELETE FROM app.person_key k WHERE k.person_id = ANY (hers);
  UPDATE app.account a SET name = '（已删除）', title = '', pitch = NULL, disabled_at = coalesce(a.disabled_at, now())
    WHERE a.person_id = ANY (hers)
      AND NOT EXISTS (SELECT FROM app.post t WHERE t.account_id = a.id AND t.role <> 'worker');
  FOREACH t IN ARRAY ARRAY['session', 'credential', 'recovery_code', 'passkey', 'oidc_identity', 'oidc_flow', 'notice', 'invitation'] LOOP
    EXECUTE format('DELETE FROM app.%I x USING app.account a WHERE x.account_id = a.id AND a.name = $1
      AND a.person_id = ANY ($2)', t) USING '（已删除）', hers;
  END LOOP;
  UPDATE app.consent c SET withdrawn_at = now() WHERE c.withdrawn_at IS NULL AND c.person_id = ANY (hers);
  UPDATE app.membership m SET reason = NULL WHERE m.person_id = ANY (hers);
  UPDATE app.person_request q SET reason = '（已删除）', answer = NULL WHERE q.person_id = ANY (hers) OR q.other_id = ANY (hers);
  UPDATE app.person_emergency e SET reason = '（已删除）', opinion = CASE WHEN e.opinion IS NOT NULL THEN '（已删除）' END WHERE e.person_id = ANY (hers);
  UPDATE app.person_hold h SET reason = '（已删除）', lift_reason = CASE WHEN h.lift_reason IS NOT NULL THEN '（已删除）' END WHERE h.person_id = ANY (hers);
  UPDATE app.person p SET state = 'erased', merged_into = NULL, name = NULL, name_sort = '', id_number = NULL, id_index = NULL, birth = NULL,
    birth_year = NULL, phone = NULL, nation = NULL, politics = NULL, education = NULL, employment = NULL, skill = NULL, hukou = NULL,
    native_place = NULL, is_migrant = NULL, worker_group = NULL, guardian = NULL, guardian_agreed_on = NULL, version = version + 1, updated_at = now()
    WHERE p.id = ANY (hers);
  PERFORM app.forget_hardship(hers);
  PERFORM app.forget_words(hers);
END $$;
