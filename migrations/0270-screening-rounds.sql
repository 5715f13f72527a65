-- why: a screening round is opened, allotted, matched with the register, booked and counted here; who came is known to her own union and to named handlers, no diagnosis to anybody
CREATE TABLE app.screening_round (
  id uuid NOT NULL,
  org_id int NOT NULL,
  title text NOT NULL,
  fund text NOT NULL,
  state text NOT NULL DEFAULT 'draft',
  version int NOT NULL DEFAULT 1,
  from_on date NOT NULL,
  until_on date NOT NULL,
  min_age smallint NOT NULL,
  max_age smallint NOT NULL,
  cycle_years smallint NOT NULL,
  rule_version text NOT NULL,
  rule_basis text NOT NULL,
  budget numeric(12,2) NOT NULL,
  price numeric(8,2) NOT NULL,
  directed int NOT NULL,
  open_places int NOT NULL,
  passed int NOT NULL DEFAULT 0,
  open_used int NOT NULL DEFAULT 0,
  satisfied int,
  fair int,
  dissatisfied int,
  made_on date NOT NULL,
  made_by uuid NOT NULL,
  closed_on date,
  CONSTRAINT screening_round_pkey PRIMARY KEY (id),
  CONSTRAINT screening_round_org_fkey FOREIGN KEY (org_id) REFERENCES app.org (id),
  CONSTRAINT screening_round_fund_check CHECK (fund IN ('全总', '省总', '市总', '区县', '单位', '自筹')),
  CONSTRAINT screening_round_state_check CHECK (state IN ('draft', 'open', 'closed')),
  CONSTRAINT screening_round_dates_check CHECK (from_on <= until_on),
  CONSTRAINT screening_round_ages_check CHECK (min_age <= max_age AND cycle_years >= 1),
  CONSTRAINT screening_round_budget_check CHECK (price > 0 AND budget >= price * (directed + open_places)),
  CONSTRAINT screening_round_places_check CHECK (directed >= 0 AND open_places >= 0 AND directed + open_places > 0),
  CONSTRAINT screening_round_passed_check CHECK (passed BETWEEN 0 AND directed),
  CONSTRAINT screening_round_open_check CHECK (open_used BETWEEN 0 AND open_places),
  CONSTRAINT screening_round_told_check CHECK (satisfied >= 0 AND fair >= 0 AND dissatisfied >= 0
    AND (satisfied IS NULL) = (fair IS NULL) AND (satisfied IS NULL) = (dissatisfied IS NULL)),
  CONSTRAINT screening_round_closed_check CHECK ((state = 'closed') = (closed_on IS NOT NULL))
);
COMMENT ON TABLE app.screening_round IS '“两癌”筛查轮次: whom it is for by the rules of its first day, places and money; satisfaction is three counts';
COMMENT ON COLUMN app.screening_round.passed IS 'directed places handed on to units, reckoned by app.count_screening';
COMMENT ON COLUMN app.screening_round.open_used IS 'open places taken, first come first served, reckoned likewise';

CREATE TABLE app.screening_day (
  id uuid NOT NULL,
  round_id uuid NOT NULL,
  hospital text NOT NULL,
  on_day date NOT NULL,
  capacity int NOT NULL,
  taken int NOT NULL DEFAULT 0,
  CONSTRAINT screening_day_pkey PRIMARY KEY (id),
  CONSTRAINT screening_day_round_fkey FOREIGN KEY (round_id) REFERENCES app.screening_round (id),
  CONSTRAINT screening_day_once UNIQUE (round_id, hospital, on_day),
  CONSTRAINT screening_day_full_check CHECK (taken BETWEEN 0 AND capacity)
);
COMMENT ON TABLE app.screening_day IS 'how many a hospital examines on a day; taken is reckoned by app.count_screening, so that nothing overbooks it';

CREATE TABLE app.screening_allotment (
  round_id uuid NOT NULL,
  org_id int NOT NULL,
  by_org int NOT NULL,
  quota int NOT NULL,
  passed int NOT NULL DEFAULT 0,
  used int NOT NULL DEFAULT 0,
  CONSTRAINT screening_allotment_pkey PRIMARY KEY (round_id, org_id),
  CONSTRAINT screening_allotment_round_fkey FOREIGN KEY (round_id) REFERENCES app.screening_round (id),
  CONSTRAINT screening_allotment_org_fkey FOREIGN KEY (org_id) REFERENCES app.org (id),
  CONSTRAINT screening_allotment_by_fkey FOREIGN KEY (by_org) REFERENCES app.org (id),
  CONSTRAINT screening_allotment_quota_check CHECK (quota >= 0 AND passed >= 0 AND used >= 0 AND passed + used <= quota)
);
CREATE INDEX screening_allotment_by ON app.screening_allotment (round_id, by_org);
COMMENT ON TABLE app.screening_allotment IS 'directed places of a unit: what it has, what it handed on below, what its own women took; the sum never exceeds what it has';

CREATE TABLE app.screening_handler (
  id uuid NOT NULL,
  round_id uuid NOT NULL,
  org_id int NOT NULL,
  account_id uuid NOT NULL,
  person_id uuid NOT NULL,
  duty text NOT NULL,
  named_by uuid NOT NULL,
  named_at timestamptz NOT NULL DEFAULT now(),
  ended_by uuid,
  ended_at timestamptz,
  CONSTRAINT screening_handler_pkey PRIMARY KEY (id),
  CONSTRAINT screening_handler_round_fkey FOREIGN KEY (round_id) REFERENCES app.screening_round (id),
  CONSTRAINT screening_handler_org_fkey FOREIGN KEY (org_id) REFERENCES app.org (id),
  CONSTRAINT screening_handler_account_fkey FOREIGN KEY (account_id) REFERENCES app.account (id),
  CONSTRAINT screening_handler_duty_check CHECK (duty IN ('book', 'followUp')),
  CONSTRAINT screening_handler_named_check CHECK (named_by <> person_id),
  CONSTRAINT screening_handler_ended_check CHECK ((ended_at IS NULL) = (ended_by IS NULL))
);
CREATE UNIQUE INDEX screening_handler_once ON app.screening_handler (round_id, person_id, duty) WHERE ended_at IS NULL;
COMMENT ON TABLE app.screening_handler IS 'who hands the booking list to the hospital and takes attendance back, and who follows up; named by another person, for one round';

CREATE TABLE app.screening_entry (
  id uuid NOT NULL,
  round_id uuid NOT NULL,
  person_id uuid NOT NULL,
  org_id int NOT NULL,
  quota text NOT NULL,
  state text NOT NULL,
  version int NOT NULL DEFAULT 1,
  day_id uuid,
  code text,
  listed_on date NOT NULL,
  listed_person uuid NOT NULL,
  booked_on date,
  handed_on date,
  attended_on date,
  CONSTRAINT screening_entry_pkey PRIMARY KEY (id),
  CONSTRAINT screening_entry_round_fkey FOREIGN KEY (round_id) REFERENCES app.screening_round (id),
  CONSTRAINT screening_entry_person_fkey FOREIGN KEY (person_id) REFERENCES app.person (id),
  CONSTRAINT screening_entry_org_fkey FOREIGN KEY (org_id) REFERENCES app.org (id),
  CONSTRAINT screening_entry_day_fkey FOREIGN KEY (day_id) REFERENCES app.screening_day (id),
  CONSTRAINT screening_entry_code_unique UNIQUE (code),
  CONSTRAINT screening_entry_quota_check CHECK (quota IN ('directed', 'open')),
  CONSTRAINT screening_entry_state_check CHECK (state IN ('listed', 'booked', 'attended', 'missed', 'declined', 'cancelled')),
  CONSTRAINT screening_entry_booked_check CHECK (state <> 'booked' OR day_id IS NOT NULL AND code IS NOT NULL),
  CONSTRAINT screening_entry_attended_check CHECK ((state = 'attended') = (attended_on IS NOT NULL))
);
CREATE UNIQUE INDEX screening_entry_one_live ON app.screening_entry (person_id) WHERE state IN ('listed', 'booked');
CREATE UNIQUE INDEX screening_entry_one_a_round ON app.screening_entry (round_id, person_id) WHERE state NOT IN ('cancelled', 'missed');
CREATE INDEX screening_entry_person ON app.screening_entry (person_id);
CREATE INDEX screening_entry_round ON app.screening_entry (round_id, org_id, state);
CREATE INDEX screening_entry_day ON app.screening_entry (day_id) WHERE day_id IS NOT NULL;
COMMENT ON TABLE app.screening_entry IS 'one woman in one round: listed, booked, came or not; what was found is nowhere';
COMMENT ON COLUMN app.screening_entry.handed_on IS 'day on which her name and phone first left for the hospital';

CREATE TABLE app.screening_follow (
  entry_id uuid NOT NULL,
  state text NOT NULL DEFAULT 'needed',
  told_on date NOT NULL,
  closed_on date,
  closed_by uuid,
  CONSTRAINT screening_follow_pkey PRIMARY KEY (entry_id),
  CONSTRAINT screening_follow_entry_fkey FOREIGN KEY (entry_id) REFERENCES app.screening_entry (id),
  CONSTRAINT screening_follow_state_check CHECK (state IN ('needed', 'closed')),
  CONSTRAINT screening_follow_closed_check CHECK ((state = 'closed') = (closed_on IS NOT NULL) AND (closed_on IS NULL) = (closed_by IS NULL))
);
COMMENT ON TABLE app.screening_follow IS 'one fact, 请本人联系医院, and whether she did: for her and the named handlers; no column holds why';

-- Places are counted by the database, one act on a round after the other: no day, unit or round is overbooked.
CREATE FUNCTION app.count_screening(of_round uuid) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM FROM app.screening_round r WHERE r.id = of_round FOR NO KEY UPDATE;
  UPDATE app.screening_day d SET taken = n.taken FROM (SELECT x.id, count(e.id) AS taken FROM app.screening_day x
      LEFT JOIN app.screening_entry e ON e.day_id = x.id AND e.state IN ('booked', 'attended', 'missed') WHERE x.round_id = of_round GROUP BY x.id) n
    WHERE d.id = n.id AND d.taken <> n.taken;
  UPDATE app.screening_allotment a SET used = n.used, passed = n.passed FROM (SELECT x.org_id,
      (SELECT count(*) FROM app.screening_entry e WHERE e.round_id = of_round AND e.org_id = x.org_id AND e.quota = 'directed'
        AND e.state IN ('listed', 'booked', 'attended')) AS used,
      (SELECT coalesce(sum(y.quota), 0) FROM app.screening_allotment y WHERE y.round_id = of_round AND y.by_org = x.org_id AND y.org_id <> x.org_id) AS passed
      FROM app.screening_allotment x WHERE x.round_id = of_round AND x.org_id <> (SELECT r.org_id FROM app.screening_round r WHERE r.id = of_round)
    UNION ALL SELECT r.org_id, (SELECT count(*) FROM app.screening_entry e WHERE e.round_id = of_round AND e.org_id = r.org_id AND e.quota = 'directed'
        AND e.state IN ('listed', 'booked', 'attended')), 0 FROM app.screening_round r WHERE r.id = of_round) n
    WHERE a.round_id = of_round AND a.org_id = n.org_id AND (a.used, a.passed) IS DISTINCT FROM (n.used, n.passed);
  UPDATE app.screening_round r SET
      passed = (SELECT coalesce(sum(a.quota), 0) FROM app.screening_allotment a WHERE a.round_id = of_round AND a.by_org = r.org_id),
      open_used = (SELECT count(*) FROM app.screening_entry e WHERE e.round_id = of_round AND e.quota = 'open' AND e.state IN ('listed', 'booked', 'attended'))
    WHERE r.id = of_round;
  IF EXISTS (SELECT FROM app.screening_entry e WHERE e.round_id = of_round AND e.quota = 'directed' AND e.state IN ('listed', 'booked', 'attended')
      AND NOT EXISTS (SELECT FROM app.screening_allotment a WHERE a.round_id = of_round AND a.org_id = e.org_id))
    OR EXISTS (SELECT FROM app.screening_allotment a JOIN app.screening_round r ON r.id = a.round_id WHERE a.round_id = of_round AND a.by_org <> r.org_id
      AND NOT EXISTS (SELECT FROM app.screening_allotment b WHERE b.round_id = of_round AND b.org_id = a.by_org)) THEN
    RAISE check_violation USING CONSTRAINT = 'screening_allotment_quota_check', MESSAGE = 'who has no places takes none and hands none on';
  END IF;
END $$;
COMMENT ON FUNCTION app.count_screening IS 'reckons the places of days, units and the round anew under its lock; their CHECKs refuse one too many';
REVOKE ALL ON FUNCTION app.count_screening FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.count_screening TO app;

CREATE FUNCTION app.handles_screening(of_round uuid, wanted text) RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$ BEGIN
  RETURN app.in_post('cadre') AND EXISTS (SELECT FROM app.screening_handler h WHERE h.round_id = of_round AND h.person_id = app.me()
    AND h.org_id = nullif(current_setting('app.unit', true), '')::int AND h.ended_at IS NULL AND h.duty = coalesce(wanted, h.duty));
END $$;
COMMENT ON FUNCTION app.handles_screening IS 'whether who acts is named for a round, with a duty or any, in the unit in which she acts';

CREATE FUNCTION app.screened_before(ids uuid[]) RETURNS TABLE (person_id uuid, last_on date, is_live boolean)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$ BEGIN
  IF NOT app.in_post('cadre') THEN RETURN; END IF;
  RETURN QUERY SELECT p.id, max(e.attended_on), bool_or(e.state IN ('listed', 'booked'))
    FROM app.person p JOIN app.person q ON q.id = p.id OR q.merged_into = p.id JOIN app.screening_entry e ON e.person_id = q.id
    JOIN app.org o ON o.id = p.org_id
    WHERE p.id = ANY (ids) AND o.scope_code = current_setting('app.scope', true)
    GROUP BY p.id;
END $$;
COMMENT ON FUNCTION app.screened_before IS 'of members of her own unit the last day on which they came, in whatever district, and whether they are on a list now; nothing else crosses units';

CREATE FUNCTION app.screening_counts(of_round uuid) RETURNS TABLE (state text, n int)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$ BEGIN
  IF NOT app.in_post('cadre') THEN RETURN; END IF;
  RETURN QUERY SELECT e.state, count(*)::int FROM app.screening_entry e JOIN app.screening_round r ON r.id = e.round_id JOIN app.org o ON o.id = r.org_id
    WHERE e.round_id = of_round AND o.scope_code = current_setting('app.scope', true) GROUP BY e.state;
END $$;
COMMENT ON FUNCTION app.screening_counts IS 'how many stand where in a round of her own unit: counts for whoever may read no name';
REVOKE ALL ON FUNCTION app.handles_screening, app.screened_before, app.screening_counts FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.handles_screening, app.screened_before, app.screening_counts TO app;

DO $$ DECLARE t text; BEGIN
  FOREACH t IN ARRAY ARRAY['round', 'day', 'allotment', 'handler', 'entry', 'follow'] LOOP
    EXECUTE format('ALTER TABLE app.screening_%s ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE ON app.screening_%s TO app', t);
  END LOOP;
END $$;

-- A round: read by cadres of whoever stands below or above its owner; led by its owner.
CREATE POLICY screening_round_read ON app.screening_round FOR SELECT TO app USING ((SELECT app.in_post('cadre')) AND EXISTS (SELECT FROM app.org o
  WHERE o.id = screening_round.org_id AND (o.scope_code >= (SELECT current_setting('app.scope', true)) AND o.scope_code < (SELECT current_setting('app.scope_end', true))
    OR starts_with((SELECT current_setting('app.scope', true)), o.scope_code))));
CREATE POLICY screening_round_insert ON app.screening_round FOR INSERT TO app WITH CHECK ((SELECT app.in_post('cadre'))
  AND EXISTS (SELECT FROM app.org o WHERE o.id = screening_round.org_id AND o.scope_code = (SELECT current_setting('app.scope', true))));
CREATE POLICY screening_round_update ON app.screening_round FOR UPDATE TO app USING ((SELECT app.in_post('cadre'))
  AND EXISTS (SELECT FROM app.org o WHERE o.id = screening_round.org_id AND o.scope_code = (SELECT current_setting('app.scope', true))));
CREATE POLICY screening_day_read ON app.screening_day FOR SELECT TO app USING (EXISTS (SELECT FROM app.screening_round r WHERE r.id = round_id));
CREATE POLICY screening_day_insert ON app.screening_day FOR INSERT TO app WITH CHECK ((SELECT app.in_post('cadre')) AND EXISTS (SELECT FROM app.screening_round r
  JOIN app.org o ON o.id = r.org_id WHERE r.id = round_id AND o.scope_code = (SELECT current_setting('app.scope', true))));
CREATE POLICY screening_day_update ON app.screening_day FOR UPDATE TO app USING ((SELECT app.in_post('cadre')) AND EXISTS (SELECT FROM app.screening_round r
  JOIN app.org o ON o.id = r.org_id WHERE r.id = round_id AND o.scope_code = (SELECT current_setting('app.scope', true))));

-- Places: what a unit has and what it handed on; handed on within the scope by who has them.
CREATE POLICY screening_allotment_read ON app.screening_allotment FOR SELECT TO app USING ((SELECT app.in_post('cadre')) AND EXISTS (SELECT FROM app.org o
  WHERE o.id = screening_allotment.org_id AND o.scope_code >= (SELECT current_setting('app.scope', true)) AND o.scope_code < (SELECT current_setting('app.scope_end', true))));
CREATE POLICY screening_allotment_insert ON app.screening_allotment FOR INSERT TO app WITH CHECK ((SELECT app.in_post('cadre'))
  AND EXISTS (SELECT FROM app.org o WHERE o.id = screening_allotment.by_org AND o.scope_code = (SELECT current_setting('app.scope', true)))
  AND EXISTS (SELECT FROM app.org o WHERE o.id = screening_allotment.org_id
    AND o.scope_code >= (SELECT current_setting('app.scope', true)) AND o.scope_code < (SELECT current_setting('app.scope_end', true))));
CREATE POLICY screening_allotment_update ON app.screening_allotment FOR UPDATE TO app USING ((SELECT app.in_post('cadre'))
  AND EXISTS (SELECT FROM app.org o WHERE o.id = screening_allotment.by_org AND o.scope_code = (SELECT current_setting('app.scope', true))));

CREATE POLICY screening_handler_read ON app.screening_handler FOR SELECT TO app USING ((SELECT app.in_post('cadre'))
  AND EXISTS (SELECT FROM app.org o WHERE o.id = screening_handler.org_id AND o.scope_code = (SELECT current_setting('app.scope', true))));
CREATE POLICY screening_handler_insert ON app.screening_handler FOR INSERT TO app WITH CHECK ((SELECT app.in_post('cadre')) AND named_by = (SELECT app.me())
  AND EXISTS (SELECT FROM app.screening_round r JOIN app.org o ON o.id = r.org_id WHERE r.id = round_id AND r.org_id = screening_handler.org_id
    AND o.scope_code = (SELECT current_setting('app.scope', true))));
CREATE POLICY screening_handler_update ON app.screening_handler FOR UPDATE TO app USING ((SELECT app.in_post('cadre'))
  AND EXISTS (SELECT FROM app.org o WHERE o.id = screening_handler.org_id AND o.scope_code = (SELECT current_setting('app.scope', true))));

-- A woman in a round: herself, her own union, the named handlers; no tier between or above, no other unit.
CREATE POLICY screening_entry_read ON app.screening_entry FOR SELECT TO app USING (person_id = (SELECT app.me())
  OR person_id IN (SELECT p.id FROM app.person p WHERE p.merged_into = (SELECT app.me()))
  OR (SELECT app.in_post('cadre')) AND EXISTS (SELECT FROM app.org o WHERE o.id = screening_entry.org_id AND o.scope_code = (SELECT current_setting('app.scope', true)))
  OR app.handles_screening(round_id, NULL));
CREATE POLICY screening_entry_insert ON app.screening_entry FOR INSERT TO app WITH CHECK ((SELECT app.in_post('cadre')) AND listed_person = (SELECT app.me())
  AND state IN ('listed', 'declined') AND EXISTS (SELECT FROM app.screening_round r WHERE r.id = round_id)
  AND EXISTS (SELECT FROM app.org o WHERE o.id = screening_entry.org_id AND o.scope_code = (SELECT current_setting('app.scope', true)))
  AND EXISTS (SELECT FROM app.person p WHERE p.id = screening_entry.person_id AND p.org_id = screening_entry.org_id));
CREATE POLICY screening_entry_update ON app.screening_entry FOR UPDATE TO app USING (app.handles_screening(round_id, 'book')
  OR (SELECT app.in_post('cadre')) AND EXISTS (SELECT FROM app.org o WHERE o.id = screening_entry.org_id AND o.scope_code = (SELECT current_setting('app.scope', true))));
CREATE POLICY screening_follow_read ON app.screening_follow FOR SELECT TO app USING (EXISTS (SELECT FROM app.screening_entry e WHERE e.id = entry_id
  AND (e.person_id = (SELECT app.me()) OR e.person_id IN (SELECT p.id FROM app.person p WHERE p.merged_into = (SELECT app.me()))
    OR app.handles_screening(e.round_id, 'followUp'))));
CREATE POLICY screening_follow_insert ON app.screening_follow FOR INSERT TO app WITH CHECK (EXISTS (SELECT FROM app.screening_entry e WHERE e.id = entry_id
  AND app.handles_screening(e.round_id, 'followUp')));
CREATE POLICY screening_follow_update ON app.screening_follow FOR UPDATE TO app USING (EXISTS (SELECT FROM app.screening_entry e WHERE e.id = entry_id
  AND app.handles_screening(e.round_id, 'followUp')));

CREATE FUNCTION app.forget_screening(hers uuid[]) RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE of_round uuid;
BEGIN
  DELETE FROM app.screening_follow f USING app.screening_entry e WHERE e.id = f.entry_id AND e.person_id = ANY (hers);
  UPDATE app.screening_entry e SET state = CASE WHEN e.state IN ('listed', 'booked') THEN 'cancelled' ELSE e.state END, code = NULL,
    day_id = CASE WHEN e.state IN ('listed', 'booked') THEN NULL ELSE e.day_id END WHERE e.person_id = ANY (hers);
  FOR of_round IN SELECT DISTINCT e.round_id FROM app.screening_entry e WHERE e.person_id = ANY (hers) LOOP
    PERFORM app.count_screening(of_round);
  END LOOP;
END $$;
COMMENT ON FUNCTION app.forget_screening IS 'of an erased woman: her code and whether she should call the hospital go, a place not yet used is free again; that somebody came stays, the count rests on it';
REVOKE ALL ON FUNCTION app.forget_screening FROM PUBLIC;

-- As in 0240; besides, her places in screening rounds.
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
  PERFORM app.forget_screening(hers);
END $$;
