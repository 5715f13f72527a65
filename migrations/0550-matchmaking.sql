-- why: match-making: who takes part meets others under a name of her choice; a "no" and whoever says nothing look alike, whoever blocks vanishes, whoever leaves is forgotten

CREATE TABLE app.match_profile (
  person_id uuid NOT NULL,
  id uuid NOT NULL,
  card bytea NOT NULL,
  contact bytea NOT NULL,
  text_hash text NOT NULL,
  single_on date NOT NULL,
  CONSTRAINT match_profile_pkey PRIMARY KEY (person_id),
  CONSTRAINT match_profile_id_unique UNIQUE (id),
  CONSTRAINT match_profile_person_fkey FOREIGN KEY (person_id) REFERENCES app.person (id)
);
COMMENT ON TABLE app.match_profile IS 'who takes part in match-making, until she leaves; others know her by the random id alone';
COMMENT ON COLUMN app.match_profile.card IS 'what others read: name of her choice, district, a few words; sealed';
COMMENT ON COLUMN app.match_profile.contact IS 'what is told to whom she agreed with; sealed';
COMMENT ON COLUMN app.match_profile.text_hash IS 'digest of the words to which she agreed';
COMMENT ON COLUMN app.match_profile.single_on IS 'the day on which she stated that she is single; the statement is taken back by leaving';

CREATE TABLE app.match_answer (
  person_id uuid NOT NULL,
  profile_id uuid NOT NULL,
  says_yes boolean NOT NULL,
  seen_on date,
  CONSTRAINT match_answer_pkey PRIMARY KEY (person_id, profile_id),
  CONSTRAINT match_answer_person_fkey FOREIGN KEY (person_id) REFERENCES app.person (id)
);
CREATE INDEX match_answer_profile ON app.match_answer (profile_id);
COMMENT ON TABLE app.match_answer IS 'her answer to one profile, told to nobody; two that say yes to each other know it, nothing else follows from a row, and it bears no instant';
COMMENT ON COLUMN app.match_answer.seen_on IS 'of two who agreed: when she last read name and contact of the other, who is told';

CREATE TABLE app.match_block (
  id uuid NOT NULL,
  person_id uuid NOT NULL,
  salt bytea NOT NULL,
  digest bytea NOT NULL,
  CONSTRAINT match_block_pkey PRIMARY KEY (id),
  CONSTRAINT match_block_person_fkey FOREIGN KEY (person_id) REFERENCES app.person (id)
);
CREATE INDEX match_block_person ON app.match_block (person_id);
COMMENT ON TABLE app.match_block IS 'whom she never wants to meet; holds also after that person left and joined again, and after registrations were merged';
COMMENT ON COLUMN app.match_block.digest IS 'of salt and person: shows no number of whoever left; whoever holds the whole database can still try it against each person';

CREATE TABLE app.match_report (
  id uuid NOT NULL,
  profile_id uuid NOT NULL,
  salt bytea NOT NULL,
  about_digest bytea,
  by_digest bytea,
  words bytea,
  card bytea,
  made_on date NOT NULL,
  state text NOT NULL DEFAULT 'open',
  closed_on date,
  closed_by uuid,
  CONSTRAINT match_report_pkey PRIMARY KEY (id),
  CONSTRAINT match_report_state_check CHECK (state IN ('open', 'barred', 'dismissed', 'lifted')),
  CONSTRAINT match_report_closed_check CHECK ((state = 'open') = (closed_on IS NULL)),
  CONSTRAINT match_report_kept_check CHECK (state IN ('open', 'barred') OR about_digest IS NULL AND words IS NULL AND card IS NULL)
);
COMMENT ON TABLE app.match_report IS 'a report of abuse with the card as it stood; whom it is about and who made it are digests, as in match_block, that bar whoever leaves and joins again. Dismissed or lifted, only day and outcome stay';

CREATE FUNCTION app.match_key(salt bytea, who uuid) RETURNS bytea LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$ SELECT sha256(salt || uuid_send(who)) $$;
COMMENT ON FUNCTION app.match_key IS 'a person in a row that shall not show her number';

CREATE FUNCTION app.match_text() RETURNS text LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$ SELECT '5b002d90b63c8b0ad3021b7ca362b7315803e2a8efebf55e263091f1e15ba2dd' $$;
COMMENT ON FUNCTION app.match_text IS 'digest of the words of today (src/match/text.ts): whoever agreed to earlier ones meets nobody until they are agreed to. New words come with a migration that says theirs';

CREATE FUNCTION app.match_selves(who uuid) RETURNS uuid[] LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
  SELECT array_agg(p.id) FROM app.person f JOIN app.person p ON p.id = coalesce(f.merged_into, f.id) OR p.merged_into = coalesce(f.merged_into, f.id) WHERE f.id = who;
$$;
COMMENT ON FUNCTION app.match_selves IS 'all registrations of one person, those merged as well: a bar and a block hold for each of them';

CREATE FUNCTION app.match_meets(one uuid, other uuid) RETURNS boolean LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
  SELECT EXISTS (SELECT FROM app.person a JOIN app.person b ON b.sex <> a.sex AND b.state = 'active' WHERE a.id = one AND a.state = 'active' AND b.id = other)
    AND (SELECT count(*) FROM app.match_profile p WHERE p.person_id IN (one, other) AND p.text_hash = app.match_text()) = 2
    AND NOT EXISTS (SELECT FROM (VALUES (one, other), (other, one)) v(hers, whom) JOIN app.match_block k ON k.person_id = ANY (app.match_selves(v.hers))
      JOIN unnest(app.match_selves(v.whom)) x ON k.digest = app.match_key(k.salt, x));
$$;
COMMENT ON FUNCTION app.match_meets IS 'whether two who take part may meet at all: the one rule for lists, answers and pairs. Both take part by the words of today, neither blocked the other';

CREATE FUNCTION app.match_years(p app.person, today date) RETURNS int LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
  SELECT extract(year FROM today)::int - p.birth_year;
$$;
COMMENT ON FUNCTION app.match_years IS 'age reached in this year, from the year of birth alone: the day is sealed';

CREATE FUNCTION app.match_barred(who uuid) RETURNS boolean LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
  SELECT EXISTS (SELECT FROM app.match_report r WHERE r.state = 'barred' AND r.about_digest IN (SELECT app.match_key(r.salt, x) FROM unnest(app.match_selves(who)) x));
$$;
COMMENT ON FUNCTION app.match_barred IS 'whether a report closed match-making to a person';

CREATE FUNCTION app.match_standing(today date) RETURNS TABLE (years int, is_barred boolean, reports jsonb) LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$ BEGIN
  RETURN QUERY SELECT app.match_years(p, today), app.match_barred(p.id), coalesce((SELECT jsonb_agg(jsonb_build_object('madeOn', r.made_on, 'state', r.state) ORDER BY r.made_on DESC, r.id)
      FROM app.match_report r WHERE r.by_digest IN (SELECT app.match_key(r.salt, x) FROM unnest(app.match_selves(p.id)) x)), '[]')
    FROM app.person p WHERE p.id = app.me() AND p.state = 'active';
END $$;
COMMENT ON FUNCTION app.match_standing IS 'to herself: her age of the year, whether match-making is closed to her, what became of reports that she made. No row = not in the register';

CREATE FUNCTION app.join_match(new_id uuid, new_card bytea, new_contact bytea, hash text, today date) RETURNS text LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE p app.person; earlier uuid[];
BEGIN
  SELECT * INTO p FROM app.person x WHERE x.id = app.me() AND x.state = 'active';
  IF p.id IS NULL THEN RETURN 'person'; END IF;
  -- Of the year of birth alone only whoever turns nineteen this year is of age for certain.
  IF coalesce(app.match_years(p, today), 0) < 19 THEN RETURN 'age'; END IF;
  IF app.match_barred(p.id) THEN RETURN 'barred'; END IF;
  -- What she wrote under a registration that was merged gives way; whom she blocked then stays blocked.
  earlier := array_remove(app.match_selves(p.id), p.id);
  DELETE FROM app.match_answer a WHERE a.person_id = ANY (earlier) OR a.profile_id IN (SELECT m.id FROM app.match_profile m WHERE m.person_id = ANY (earlier));
  DELETE FROM app.match_profile m WHERE m.person_id = ANY (earlier);
  INSERT INTO app.match_profile AS m VALUES (p.id, new_id, new_card, new_contact, hash, today)
    ON CONFLICT (person_id) DO UPDATE SET card = excluded.card, contact = excluded.contact, text_hash = excluded.text_hash, single_on = excluded.single_on WHERE m.id = excluded.id;
  RETURN CASE WHEN NOT FOUND THEN 'again' END;
END $$;
COMMENT ON FUNCTION app.join_match IS 'takes part, or writes her card anew. Refused: person (not in the register), age, barred, again (joined at another telephone meanwhile)';

CREATE FUNCTION app.match_people(today date, skipped int, most int) RETURNS TABLE (id uuid, card bytea, years int) LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE me uuid := app.me();
BEGIN
  -- In an order that is each reader's own and tells nothing: neither who came last, nor who was here, nor who answered. The rule of meeting is asked of whoever may be left.
  RETURN QUERY WITH those AS MATERIALIZED (SELECT m.id, m.card, m.person_id, app.match_years(p, today) AS years FROM app.match_profile m JOIN app.person p ON p.id = m.person_id AND p.state = 'active'
      JOIN app.person q ON q.id = me AND q.sex <> p.sex WHERE m.text_hash = app.match_text() AND NOT EXISTS (SELECT FROM app.match_answer a WHERE a.person_id = me AND a.profile_id = m.id))
    SELECT t.id, t.card, t.years FROM those t WHERE app.match_meets(me, t.person_id) ORDER BY md5(me || t.id::text) OFFSET skipped LIMIT most;
END $$;
COMMENT ON FUNCTION app.match_people IS 'cards that she has not answered';

CREATE FUNCTION app.match_agreed(one uuid, other app.match_profile) RETURNS boolean LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
  SELECT EXISTS (SELECT FROM app.match_answer a WHERE a.person_id = one AND a.profile_id = other.id AND a.says_yes)
    AND EXISTS (SELECT FROM app.match_answer b JOIN app.match_profile m ON m.id = b.profile_id WHERE b.person_id = other.person_id AND m.person_id = one AND b.says_yes);
$$;
COMMENT ON FUNCTION app.match_agreed IS 'whether both said yes';

CREATE FUNCTION app.answer_match(of_profile uuid, yes boolean) RETURNS text LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE m app.match_profile;
BEGIN
  SELECT * INTO m FROM app.match_profile x WHERE x.id = of_profile;
  IF m.id IS NULL OR NOT app.match_meets(app.me(), m.person_id) THEN RETURN 'profile'; END IF;
  IF app.match_agreed(app.me(), m) THEN RETURN 'agreed'; END IF;
  INSERT INTO app.match_answer VALUES (app.me(), of_profile, yes) ON CONFLICT (person_id, profile_id) DO UPDATE SET says_yes = excluded.says_yes;
  RETURN NULL;
END $$;
COMMENT ON FUNCTION app.answer_match IS 'her answer to a card, the last one counts until both agreed. Refused: profile (none that she may meet), agreed. It never tells how the other answered';

CREATE FUNCTION app.match_answers(today date) RETURNS TABLE (id uuid, card bytea, years int, says_yes boolean) LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$ BEGIN
  RETURN QUERY SELECT m.id, m.card, app.match_years(p, today), a.says_yes FROM app.match_answer a JOIN app.match_profile m ON m.id = a.profile_id JOIN app.person p ON p.id = m.person_id
    WHERE a.person_id = app.me() AND app.match_meets(app.me(), m.person_id) AND NOT app.match_agreed(app.me(), m) ORDER BY a.says_yes DESC, md5(app.me() || m.id::text);
END $$;
COMMENT ON FUNCTION app.match_answers IS 'what she answered herself, but for those with whom she agreed';

CREATE FUNCTION app.match_pairs(today date) RETURNS TABLE (id uuid, card bytea, contact bytea, years int, name text, seen_on date) LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE me uuid := app.me();
BEGIN
  UPDATE app.match_answer a SET seen_on = today FROM app.match_profile m WHERE a.person_id = me AND a.says_yes AND m.id = a.profile_id AND a.seen_on IS DISTINCT FROM today
    AND app.match_meets(me, m.person_id) AND app.match_agreed(me, m);
  RETURN QUERY WITH those AS MATERIALIZED (SELECT m.id, m.card, m.contact, m.person_id, b.seen_on FROM app.match_answer a JOIN app.match_profile m ON m.id = a.profile_id
      JOIN app.match_profile mine ON mine.person_id = me JOIN app.match_answer b ON b.person_id = m.person_id AND b.profile_id = mine.id AND b.says_yes WHERE a.person_id = me AND a.says_yes)
    SELECT t.id, t.card, t.contact, app.match_years(p, today), p.name, t.seen_on FROM those t JOIN app.person p ON p.id = t.person_id WHERE app.match_meets(me, t.person_id)
      ORDER BY p.name_sort, t.id;
END $$;
COMMENT ON FUNCTION app.match_pairs IS 'with whom she agreed, by name and contact, and when that person last read hers; that she reads is noted for the other';

CREATE FUNCTION app.block_match(of_profile uuid) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE m app.match_profile; fresh bytea := uuid_send(gen_random_uuid());
BEGIN
  SELECT * INTO m FROM app.match_profile x WHERE x.id = of_profile;
  IF m.id IS NULL OR NOT app.match_meets(app.me(), m.person_id) THEN RETURN false; END IF;
  DELETE FROM app.match_answer a WHERE a.person_id = app.me() AND a.profile_id = of_profile;
  INSERT INTO app.match_block VALUES (gen_random_uuid(), app.me(), fresh, app.match_key(fresh, m.person_id));
  RETURN true;
END $$;
COMMENT ON FUNCTION app.block_match IS 'from now on neither meets the other anywhere; to the other it looks as if she had left';

CREATE FUNCTION app.report_match(new_id uuid, of_profile uuid, new_words bytea, today date) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE m app.match_profile; fresh bytea := uuid_send(gen_random_uuid());
BEGIN
  SELECT * INTO m FROM app.match_profile x WHERE x.id = of_profile;
  IF m.id IS NULL OR NOT app.block_match(of_profile) THEN RETURN false; END IF;
  INSERT INTO app.match_report (id, profile_id, salt, about_digest, by_digest, words, card, made_on)
    VALUES (new_id, of_profile, fresh, app.match_key(fresh, m.person_id), app.match_key(fresh, app.me()), new_words, m.card, today);
  RETURN true;
END $$;
COMMENT ON FUNCTION app.report_match IS 'reports abuse and blocks; since a blocked one is met no more, one report each';

CREATE FUNCTION app.match_report_open_to_me(r app.match_report) RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$ BEGIN
  RETURN app.in_post('handler') AND EXISTS (SELECT FROM app.silo_seat s WHERE s.post_id = app.acting_post() AND s.silo = 'complaint')
    AND NOT EXISTS (SELECT FROM unnest(app.match_selves(app.me())) x WHERE app.match_key(r.salt, x) IN (r.about_digest, r.by_digest));
END $$;
COMMENT ON FUNCTION app.match_report_open_to_me IS 'reports are dealt with by whoever is named for complaints, never by who is reported or reports';

CREATE FUNCTION app.match_reports(today date, request text) RETURNS TABLE (id uuid, profile_id uuid, words bytea, card bytea, made_on date, state text, closed_on date) LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$ BEGIN
  INSERT INTO app.person_access (id, person_id, at, actor_person, account_id, org_id, role, field, purpose, reason, request_id)
    SELECT md5(concat_ws(' ', today, t.account_id, m.person_id, r.id))::uuid, m.person_id, now(), app.me(), t.account_id, t.org_id, t.role, 'matchProfile', 'matchReport', '处理交友举报', request
    FROM app.match_report r JOIN app.match_profile m ON r.about_digest IN (SELECT app.match_key(r.salt, x) FROM unnest(app.match_selves(m.person_id)) x) JOIN app.post t ON t.id = app.acting_post()
    WHERE r.state = 'open' AND app.match_report_open_to_me(r) ON CONFLICT DO NOTHING;
  RETURN QUERY SELECT r.id, r.profile_id, r.words, r.card, r.made_on, r.state, r.closed_on FROM app.match_report r WHERE app.match_report_open_to_me(r)
    ORDER BY r.state <> 'open', r.state <> 'barred', r.made_on DESC, r.id;
END $$;
COMMENT ON FUNCTION app.match_reports IS 'to whoever is named for complaints: reports with the card, without a name; the look stands in the access log of whom it is about, once a day';

CREATE FUNCTION app.settle_match(of_report uuid, act text, today date) RETURNS text LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE r app.match_report; hers uuid[];
BEGIN
  SELECT * INTO r FROM app.match_report x WHERE x.id = of_report FOR UPDATE;
  IF r.id IS NULL OR NOT app.match_report_open_to_me(r) THEN RETURN 'report'; END IF;
  IF r.state <> (CASE WHEN act = 'lift' THEN 'barred' ELSE 'open' END) THEN RETURN 'state'; END IF;
  UPDATE app.match_report x SET state = CASE act WHEN 'bar' THEN 'barred' WHEN 'lift' THEN 'lifted' ELSE 'dismissed' END, closed_on = today,
      closed_by = (SELECT t.account_id FROM app.post t WHERE t.id = app.acting_post()), about_digest = CASE WHEN act = 'bar' THEN r.about_digest END,
      words = CASE WHEN act = 'bar' THEN r.words END, card = CASE WHEN act = 'bar' THEN r.card END WHERE x.id = of_report;
  IF act = 'bar' THEN
    SELECT array_agg(m.person_id) INTO hers FROM app.match_profile m WHERE r.about_digest IN (SELECT app.match_key(r.salt, x) FROM unnest(app.match_selves(m.person_id)) x);
    IF hers IS NOT NULL THEN PERFORM app.forget_match(hers); END IF;
  END IF;
  RETURN NULL;
END $$;
COMMENT ON FUNCTION app.settle_match IS 'closes match-making to whom a report is about (bar), opens it again (lift), or sees no abuse (dismiss). Refused: report, state';

CREATE FUNCTION app.forget_match(hers uuid[]) RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$ BEGIN
  DELETE FROM app.match_answer a WHERE a.person_id = ANY (hers) OR a.profile_id IN (SELECT m.id FROM app.match_profile m WHERE m.person_id = ANY (hers));
  DELETE FROM app.match_block k WHERE k.person_id = ANY (hers);
  DELETE FROM app.match_profile m WHERE m.person_id = ANY (hers);
  UPDATE app.match_report r SET by_digest = NULL WHERE EXISTS (SELECT FROM unnest(hers) h WHERE r.by_digest = app.match_key(r.salt, h));
END $$;
COMMENT ON FUNCTION app.forget_match IS 'who leaves or is erased: card, contact, answers of and about her, whom she blocked, that she reported';

CREATE FUNCTION app.leave_match() RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE hers uuid[] := app.match_selves(app.me()); was_in boolean := EXISTS (SELECT FROM app.match_profile m WHERE m.person_id = ANY (hers));
BEGIN
  PERFORM app.forget_match(hers);
  RETURN was_in;
END $$;
COMMENT ON FUNCTION app.leave_match IS 'she takes back that she is single and looking: nothing of her stays';

CREATE FUNCTION app.match_counts(OUT women int, OUT men int, OUT pairs int) LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$ BEGIN
  IF NOT (app.in_post('cadre') OR app.in_post('leader')) THEN RETURN; END IF;
  SELECT count(*) FILTER (WHERE p.sex = '女'), count(*) FILTER (WHERE p.sex = '男') INTO women, men FROM app.match_profile m JOIN app.person p ON p.id = m.person_id AND p.state = 'active'
    WHERE m.text_hash = app.match_text();
  WITH those AS MATERIALIZED (SELECT a.person_id AS one, m.person_id AS other FROM app.match_answer a JOIN app.match_profile m ON m.id = a.profile_id AND a.person_id < m.person_id
      JOIN app.match_profile h ON h.person_id = a.person_id JOIN app.match_answer b ON b.person_id = m.person_id AND b.profile_id = h.id AND b.says_yes WHERE a.says_yes)
    SELECT count(*) INTO pairs FROM those t WHERE app.match_meets(t.one, t.other);
  women := CASE WHEN women >= 11 THEN women / 10 * 10 END;
  men := CASE WHEN men >= 11 THEN men / 10 * 10 END;
  pairs := CASE WHEN pairs >= 11 THEN pairs / 10 * 10 END;
END $$;
COMMENT ON FUNCTION app.match_counts IS 'of the whole city, to all tiers alike: full tens from eleven on, below that nothing, so that two looks do not tell of one person';

REVOKE ALL ON FUNCTION app.match_key, app.match_text, app.match_selves, app.match_meets, app.match_years, app.match_barred, app.match_standing, app.join_match, app.match_people, app.match_agreed, app.answer_match, app.match_answers,
  app.match_pairs, app.block_match, app.report_match, app.match_report_open_to_me, app.match_reports, app.settle_match, app.forget_match, app.leave_match, app.match_counts FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.match_text, app.match_standing, app.join_match, app.match_people, app.answer_match, app.match_answers, app.match_pairs, app.block_match, app.report_match, app.match_reports, app.settle_match,
  app.leave_match, app.match_counts TO app;

DO $$ DECLARE t text; BEGIN
  FOREACH t IN ARRAY ARRAY['match_profile', 'match_answer', 'match_block', 'match_report'] LOOP
    EXECUTE format('ALTER TABLE app.%s ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', t);
  END LOOP;
END $$;
-- Her own rows, for her page and her copy; everything else goes through the functions above. Of reports nobody reads a row.
GRANT SELECT ON app.match_profile, app.match_answer, app.match_block TO app;
CREATE POLICY match_profile_hers ON app.match_profile FOR SELECT TO app USING (person_id = (SELECT app.me()) OR person_id IN (SELECT p.id FROM app.person p WHERE p.merged_into = (SELECT app.me())));
CREATE POLICY match_answer_hers ON app.match_answer FOR SELECT TO app USING (person_id = (SELECT app.me()) OR person_id IN (SELECT p.id FROM app.person p WHERE p.merged_into = (SELECT app.me())));
CREATE POLICY match_block_hers ON app.match_block FOR SELECT TO app USING (person_id = (SELECT app.me()) OR person_id IN (SELECT p.id FROM app.person p WHERE p.merged_into = (SELECT app.me())));
