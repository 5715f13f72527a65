-- why: families rank the childcare classes of a round; places go by deferred acceptance, levels by rule and a lot that anybody recomputes
CREATE TABLE app.childcare_round (
  district_id int NOT NULL,
  id uuid NOT NULL,
  org_id int NOT NULL,
  title text NOT NULL,
  about text NOT NULL,
  state text NOT NULL DEFAULT 'draft',
  version int NOT NULL DEFAULT 1,
  opens_at timestamptz NOT NULL,
  closes_at timestamptz NOT NULL,
  source text NOT NULL,
  secret_hash text,
  list text,
  list_hash text,
  frozen_at timestamptz,
  public_value text,
  secret text,
  seed text,
  withdrawn text,
  result text,
  placed_at timestamptz,
  reason text,
  made_by uuid NOT NULL,
  made_on date NOT NULL,
  CONSTRAINT childcare_round_pkey PRIMARY KEY (district_id, id),
  CONSTRAINT childcare_round_org_fkey FOREIGN KEY (org_id) REFERENCES app.org (id),
  CONSTRAINT childcare_round_state_check CHECK (state IN ('draft', 'open', 'frozen', 'placed', 'cancelled')),
  CONSTRAINT childcare_round_times_check CHECK (opens_at < closes_at),
  CONSTRAINT childcare_round_order_check CHECK ((list IS NULL) = (frozen_at IS NULL) AND (seed IS NULL) = (placed_at IS NULL) AND (placed_at IS NULL OR frozen_at IS NOT NULL) AND (state = 'placed') = (placed_at IS NOT NULL))
);
CREATE INDEX childcare_round_id ON app.childcare_round (id);
CREATE INDEX childcare_round_org ON app.childcare_round (org_id, opens_at);
COMMENT ON TABLE app.childcare_round IS 'one giving out of childcare places: what was promised before, the frozen list, what the seed was made of, the result; there is one, and no second';
COMMENT ON COLUMN app.childcare_round.source IS 'where the public value is read that nobody knows before closing';
COMMENT ON COLUMN app.childcare_round.list IS 'a line for each child: number, random id, and each wish as class:level in the order of the family';
COMMENT ON COLUMN app.childcare_round.withdrawn IS 'numbers of the frozen list that took the consent back or were erased before the lots were drawn: passed over, and told so that the result can be recomputed';
COMMENT ON COLUMN app.childcare_round.result IS 'a line for each child that got a place: number, class';

CREATE TABLE app.childcare_round_class (
  district_id int NOT NULL,
  round_id uuid NOT NULL,
  n smallint NOT NULL,
  class_id uuid NOT NULL,
  org_id int NOT NULL,
  title text NOT NULL,
  place text NOT NULL,
  places int NOT NULL,
  CONSTRAINT childcare_round_class_pkey PRIMARY KEY (district_id, round_id, n),
  CONSTRAINT childcare_round_class_round_fkey FOREIGN KEY (district_id, round_id) REFERENCES app.childcare_round (district_id, id),
  CONSTRAINT childcare_round_class_org_fkey FOREIGN KEY (org_id) REFERENCES app.org (id),
  CONSTRAINT childcare_round_class_places_check CHECK (places > 0)
);
COMMENT ON TABLE app.childcare_round_class IS 'classes of a round, under the numbers by which families rank them; as they stood when the draft was written';

CREATE TABLE app.childcare_secret (
  district_id int NOT NULL,
  round_id uuid NOT NULL,
  secret text NOT NULL,
  CONSTRAINT childcare_secret_pkey PRIMARY KEY (district_id, round_id),
  CONSTRAINT childcare_secret_round_fkey FOREIGN KEY (district_id, round_id) REFERENCES app.childcare_round (district_id, id)
);
COMMENT ON TABLE app.childcare_secret IS 'half of the seed of a round, committed to by its hash when the round is put up; read by the functions of the round alone';

CREATE TABLE app.childcare_wish (
  district_id int NOT NULL,
  id uuid NOT NULL,
  round_id uuid NOT NULL,
  person_id uuid NOT NULL,
  child smallint NOT NULL,
  ranked smallint[] NOT NULL,
  asked_at timestamptz NOT NULL,
  number int,
  got smallint,
  CONSTRAINT childcare_wish_pkey PRIMARY KEY (district_id, id),
  CONSTRAINT childcare_wish_round_fkey FOREIGN KEY (district_id, round_id) REFERENCES app.childcare_round (district_id, id),
  CONSTRAINT childcare_wish_person_fkey FOREIGN KEY (person_id) REFERENCES app.person (id),
  CONSTRAINT childcare_wish_once UNIQUE (district_id, round_id, person_id, child),
  CONSTRAINT childcare_wish_child_check CHECK (child BETWEEN 1 AND 3),
  CONSTRAINT childcare_wish_ranked_check CHECK (cardinality(ranked) BETWEEN 1 AND 20)
);
CREATE INDEX childcare_wish_person ON app.childcare_wish (person_id);
COMMENT ON TABLE app.childcare_wish IS 'the classes that a guardian wishes for one child, best first; of the child there is nothing but which of hers it is';
COMMENT ON COLUMN app.childcare_wish.number IS 'in the frozen list, where nothing else names her';
COMMENT ON COLUMN app.childcare_wish.got IS 'the class that the child got';

CREATE FUNCTION app.leads_round(r app.childcare_round) RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$ BEGIN
  RETURN app.in_post('cadre') AND EXISTS (SELECT FROM app.org o WHERE o.id = r.org_id AND o.scope_code = current_setting('app.scope', true));
END $$;
COMMENT ON FUNCTION app.leads_round IS 'whether who acts is a cadre of the organiser';

CREATE FUNCTION app.lock_round(of_round uuid) RETURNS SETOF app.childcare_round LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$ BEGIN
  PERFORM FROM app.childcare_round x WHERE x.id = of_round FOR UPDATE;
  RETURN QUERY SELECT r.* FROM app.childcare_round r WHERE r.id = of_round AND app.leads_round(r);
END $$;
COMMENT ON FUNCTION app.lock_round IS 'a round to a cadre of its organiser, held until the act is over, in whatever state: of two acts the later one reads what the first did';

CREATE FUNCTION app.childcare_free(of_class uuid, besides uuid) RETURNS int LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE c app.childcare_class; counted text;
BEGIN
  SELECT * INTO c FROM app.childcare_class x WHERE x.id = of_class;
  SELECT max(k) INTO counted FROM jsonb_object_keys(c.children_on) k;
  RETURN c.places - coalesce(c.children, 0)
    - (SELECT coalesce(sum(k.places), 0) FROM app.childcare_round_class k JOIN app.childcare_round r ON r.district_id = k.district_id AND r.id = k.round_id
        WHERE k.class_id = of_class AND r.state IN ('open', 'frozen') AND r.id IS DISTINCT FROM besides)
    -- Whom an earlier round placed is among the children that the unit counted on a later day.
    - (SELECT count(*) FROM app.childcare_round_class k JOIN app.childcare_round r ON r.district_id = k.district_id AND r.id = k.round_id
        JOIN app.childcare_wish w ON w.district_id = k.district_id AND w.round_id = k.round_id AND w.got = k.n
        WHERE k.class_id = of_class AND r.state = 'placed' AND (counted IS NULL OR (r.placed_at AT TIME ZONE 'Asia/Shanghai')::date >= counted::date));
END $$;
COMMENT ON FUNCTION app.childcare_free IS 'places of a class that neither a child of it nor another round has';

CREATE FUNCTION app.round_lacks(of_round uuid, now_at timestamptz) RETURNS TABLE (title text, free int) LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE r app.childcare_round;
BEGIN
  SELECT * INTO r FROM app.childcare_round x WHERE x.id = of_round FOR UPDATE;
  IF r.id IS NULL OR NOT app.leads_round(r) THEN RETURN; END IF;
  -- Held, so that two rounds do not open the same places at once.
  PERFORM FROM app.childcare_class c WHERE c.id IN (SELECT k.class_id FROM app.childcare_round_class k WHERE k.district_id = r.district_id AND k.round_id = r.id) ORDER BY c.id FOR NO KEY UPDATE;
  RETURN QUERY SELECT f.title, f.free FROM (SELECT k.n, k.title, k.places, CASE WHEN c.state = 'published' AND c.until_on > (now_at AT TIME ZONE 'Asia/Shanghai')::date
        THEN greatest(app.childcare_free(k.class_id, r.id), 0) END AS free
      FROM app.childcare_round_class k LEFT JOIN app.childcare_class c ON c.id = k.class_id WHERE k.district_id = r.district_id AND k.round_id = r.id) f
    WHERE f.free IS NULL OR f.free < f.places ORDER BY f.n;
END $$;
COMMENT ON FUNCTION app.round_lacks IS 'classes of a round that have not the places which it gives out; free is null where the class is not shown any more';

CREATE FUNCTION app.open_round(of_round uuid, now_at timestamptz) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE r app.childcare_round; hidden text;
BEGIN
  SELECT * INTO r FROM app.childcare_round x WHERE x.id = of_round FOR UPDATE;
  IF r.id IS NULL OR NOT app.leads_round(r) OR r.state <> 'draft' OR EXISTS (SELECT FROM app.round_lacks(of_round, now_at)) THEN RETURN false; END IF;
  hidden := encode(sha256(convert_to(gen_random_uuid()::text || gen_random_uuid()::text, 'UTF8')), 'hex');
  INSERT INTO app.childcare_secret VALUES (r.district_id, r.id, hidden);
  UPDATE app.childcare_round x SET state = 'open', version = x.version + 1, secret_hash = encode(sha256(convert_to(hidden, 'UTF8')), 'hex') WHERE x.district_id = r.district_id AND x.id = r.id;
  RETURN true;
END $$;
COMMENT ON FUNCTION app.open_round IS 'puts a round up whose places are all free: makes its secret and publishes the hash';

CREATE FUNCTION app.wish_childcare(of_round uuid, children jsonb, received timestamptz) RETURNS text LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE r app.childcare_round; p app.person;
BEGIN
  -- Shared, so that none comes while the list is being fixed.
  SELECT * INTO r FROM app.childcare_round x WHERE x.id = of_round AND x.state <> 'draft' FOR SHARE;
  SELECT * INTO p FROM app.person x WHERE x.id = app.me() AND x.state = 'active' FOR NO KEY UPDATE;
  IF r.id IS NULL THEN RETURN 'round'; END IF;
  IF p.id IS NULL THEN RETURN 'person'; END IF;
  IF received < r.opens_at THEN RETURN 'early'; END IF;
  IF r.state <> 'open' OR received >= r.closes_at THEN RETURN 'late'; END IF;
  IF NOT EXISTS (SELECT FROM app.org o JOIN app.org h ON h.id = p.org_id WHERE o.id = r.org_id AND starts_with(h.scope_code, o.scope_code)) THEN RETURN 'outside'; END IF;
  IF EXISTS (SELECT FROM jsonb_array_elements(children) c CROSS JOIN jsonb_array_elements_text(c) w WHERE NOT EXISTS (SELECT FROM app.childcare_round_class k
    WHERE k.district_id = r.district_id AND k.round_id = r.id AND k.n = w::smallint)) THEN RETURN 'class'; END IF;
  DELETE FROM app.childcare_wish x WHERE x.district_id = r.district_id AND x.round_id = r.id AND x.person_id = p.id;
  INSERT INTO app.childcare_wish (district_id, id, round_id, person_id, child, ranked, asked_at)
    SELECT r.district_id, gen_random_uuid(), r.id, p.id, c.nth, ARRAY(SELECT w::smallint FROM jsonb_array_elements_text(c.wishes) WITH ORDINALITY t (w, k) ORDER BY k), received
    FROM jsonb_array_elements(children) WITH ORDINALITY c (wishes, nth);
  RETURN NULL;
END $$;
COMMENT ON FUNCTION app.wish_childcare IS 'her wishes for each of her children, in the place of earlier ones; none = taken back. Refused: round, person, early, late, outside, class';

CREATE FUNCTION app.goes_first(who uuid) RETURNS boolean LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
  SELECT EXISTS (SELECT FROM app.hardship_file f WHERE f.person_id = who AND f.state = 'open') OR EXISTS (SELECT FROM app.person p WHERE p.id = who AND p.worker_group IS NOT NULL)
$$;
COMMENT ON FUNCTION app.goes_first IS 'in hardship or in a new form of employment: never told apart';

CREATE FUNCTION app.leave_round(r app.childcare_round, words text) RETURNS void LANGUAGE sql SET search_path = pg_catalog, pg_temp AS $$
  DELETE FROM app.childcare_wish w WHERE w.district_id = r.district_id AND w.round_id = r.id AND NOT EXISTS (SELECT FROM app.person p JOIN app.consent c ON c.person_id = p.id
    WHERE p.id = w.person_id AND p.state = 'active' AND c.purpose = 'childcare' AND c.withdrawn_at IS NULL AND c.text_hash = words)
$$;
COMMENT ON FUNCTION app.leave_round IS 'who does not agree to the words of today takes part no more; whoever left the register neither';

CREATE FUNCTION app.freeze_round(of_round uuid, words text, now_at timestamptz) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE r app.childcare_round; lines text; is_ranked boolean;
BEGIN
  SELECT * INTO r FROM app.childcare_round x WHERE x.id = of_round FOR UPDATE;
  IF r.id IS NULL OR NOT app.at_door() OR r.state <> 'open' OR now_at < r.closes_at + app.draw_grace() THEN RETURN false; END IF;
  PERFORM app.leave_round(r, words);
  UPDATE app.childcare_wish w SET number = f.n FROM (SELECT x.id, row_number() OVER (ORDER BY x.id) AS n FROM app.childcare_wish x WHERE x.district_id = r.district_id AND x.round_id = r.id) f
    WHERE w.district_id = r.district_id AND w.id = f.id;
  -- Of fewer than eleven families a level would tell too much: then nobody goes before others but by unit.
  SELECT count(DISTINCT w.person_id) >= 11 INTO is_ranked FROM app.childcare_wish w WHERE w.district_id = r.district_id AND w.round_id = r.id AND app.goes_first(w.person_id);
  -- Level: open hardship file or new forms of employment, which are one so that no level tells of hardship; then the others; in each those whose unit belongs to the one that holds the class first.
  SELECT coalesce(string_agg(w.number || ' ' || w.id || ' ' || t.wishes, E'\n' ORDER BY w.number), '') INTO lines
    FROM app.childcare_wish w JOIN app.person p ON p.id = w.person_id JOIN app.org h ON h.id = p.org_id CROSS JOIN LATERAL (
      SELECT string_agg(k.n || ':' || (CASE WHEN is_ranked AND app.goes_first(p.id) THEN 1 ELSE 3 END + (NOT starts_with(h.scope_code, o.scope_code))::int), ',' ORDER BY u.k) AS wishes
      FROM unnest(w.ranked) WITH ORDINALITY u (n, k) JOIN app.childcare_round_class k ON k.district_id = w.district_id AND k.round_id = w.round_id AND k.n = u.n
        JOIN app.org o ON o.id = k.org_id) t
    WHERE w.district_id = r.district_id AND w.round_id = r.id;
  UPDATE app.childcare_round x SET state = 'frozen', version = x.version + 1, list = lines, list_hash = encode(sha256(convert_to(lines, 'UTF8')), 'hex'), frozen_at = now_at
    WHERE x.district_id = r.district_id AND x.id = r.id;
  RETURN true;
END $$;
COMMENT ON FUNCTION app.freeze_round IS 'by the clock, after closing and the grace: fixes who takes part, with the level of each in each class, once, and publishes list and hash';

CREATE FUNCTION app.rounds_due(now_at timestamptz) RETURNS TABLE (district_id int, id uuid, org_id int, title text) LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$ BEGIN
  IF NOT app.at_door() THEN RETURN; END IF;
  RETURN QUERY SELECT r.district_id, r.id, r.org_id, r.title FROM app.childcare_round r WHERE r.state = 'open' AND r.closes_at + app.draw_grace() <= now_at ORDER BY r.closes_at, r.id;
END $$;
COMMENT ON FUNCTION app.rounds_due IS 'rounds whose list the clock fixes';

CREATE FUNCTION app.draw_round(of_round uuid, value text, words text, now_at timestamptz) RETURNS TABLE (number int, lot text) LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE r app.childcare_round; hidden text; root bytea; gone int[];
BEGIN
  SELECT * INTO r FROM app.childcare_round x WHERE x.id = of_round FOR UPDATE;
  IF r.id IS NULL OR NOT app.leads_round(r) OR r.state <> 'frozen' OR value = '' OR EXISTS (SELECT FROM app.round_lacks(of_round, now_at)) THEN RETURN; END IF;
  PERFORM app.leave_round(r, words);
  SELECT coalesce(array_agg(split_part(l, ' ', 1)::int), '{}') INTO gone FROM string_to_table(r.list, E'\n') l
    WHERE l <> '' AND NOT EXISTS (SELECT FROM app.childcare_wish w WHERE w.district_id = r.district_id AND w.round_id = r.id AND w.number = split_part(l, ' ', 1)::int);
  SELECT s.secret INTO hidden FROM app.childcare_secret s WHERE s.district_id = r.district_id AND s.round_id = r.id;
  root := app.hmac_sha256(decode(hidden, 'hex'), r.list_hash || value);
  UPDATE app.childcare_round x SET state = 'placed', version = x.version + 1, public_value = value, secret = hidden, seed = encode(root, 'hex'), placed_at = now_at, result = '',
    withdrawn = array_to_string(gone, ',') WHERE x.district_id = r.district_id AND x.id = r.id;
  RETURN QUERY SELECT f.n, encode(app.hmac_sha256(root, f.n::text), 'hex') FROM (SELECT split_part(l, ' ', 1)::int AS n FROM string_to_table(r.list, E'\n') l WHERE l <> '') f WHERE f.n <> ALL (gone);
END $$;
COMMENT ON FUNCTION app.draw_round IS 'draws the lots once, as anybody recomputes them from the secret, the frozen list and the public value, without those who left since; a round that lacks places is not drawn';

CREATE FUNCTION app.place_round(of_round uuid, lines text) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE r app.childcare_round;
BEGIN
  SELECT * INTO r FROM app.childcare_round x WHERE x.id = of_round FOR UPDATE;
  IF r.id IS NULL OR NOT app.leads_round(r) OR r.state <> 'placed' OR r.result <> '' THEN RETURN false; END IF;
  UPDATE app.childcare_round x SET result = lines WHERE x.district_id = r.district_id AND x.id = r.id;
  UPDATE app.childcare_wish w SET got = split_part(l, ' ', 2)::smallint FROM string_to_table(lines, E'\n') l
    WHERE l <> '' AND w.district_id = r.district_id AND w.round_id = r.id AND w.number = split_part(l, ' ', 1)::int;
  RETURN true;
END $$;
COMMENT ON FUNCTION app.place_round IS 'notes who got which place, in the transaction that drew the lots';

CREATE FUNCTION app.round_counts(of_round uuid, OUT families int, OUT children int) LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE r app.childcare_round;
BEGIN
  SELECT * INTO r FROM app.childcare_round x WHERE x.id = of_round;
  IF r.id IS NULL OR NOT app.leads_round(r) THEN RETURN; END IF;
  SELECT count(DISTINCT w.person_id), count(*) INTO families, children FROM app.childcare_wish w WHERE w.district_id = r.district_id AND w.round_id = r.id;
END $$;
COMMENT ON FUNCTION app.round_counts IS 'to the organiser: how many families and children; no names';

CREATE FUNCTION app.round_guardians(of_round uuid, today date, request text) RETURNS TABLE (n smallint, name text, org text, child smallint) LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE told uuid[];
BEGIN
  SELECT coalesce(array_agg(w.id), '{}') INTO told FROM app.childcare_wish w JOIN app.childcare_round r ON r.district_id = w.district_id AND r.id = w.round_id
      JOIN app.childcare_round_class k ON k.district_id = w.district_id AND k.round_id = w.round_id AND k.n = w.got JOIN app.org h ON h.id = k.org_id
    WHERE w.round_id = of_round AND r.state = 'placed' AND app.in_post('cadre') AND h.scope_code = current_setting('app.scope', true)
      AND EXISTS (SELECT FROM app.consent c WHERE c.person_id = w.person_id AND c.purpose = 'childcare' AND c.withdrawn_at IS NULL);
  INSERT INTO app.person_access (id, person_id, at, actor_person, account_id, org_id, role, field, purpose, reason, request_id)
    SELECT DISTINCT md5(concat_ws(' ', today, t.account_id, w.person_id, of_round))::uuid, w.person_id, now(), app.me(), t.account_id, t.org_id, t.role, 'childcareWish', 'childcare', '查看分到班级的家庭', request
    FROM app.childcare_wish w JOIN app.post t ON t.id = app.acting_post() WHERE w.id = ANY (told) ON CONFLICT DO NOTHING;
  RETURN QUERY SELECT w.got, p.name, o.short_name, w.child FROM app.childcare_wish w JOIN app.person p ON p.id = w.person_id JOIN app.org o ON o.id = p.org_id
    WHERE w.id = ANY (told) ORDER BY 1, p.name_sort, w.child;
END $$;
COMMENT ON FUNCTION app.round_guardians IS 'to the unit that holds a class: whose children got its places, as long as they agree; without the number, which would tell the level; the look stands in the access log of each guardian, once a day';

CREATE FUNCTION app.accounts_of_round(of_round uuid) RETURNS SETOF uuid LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$ BEGIN
  RETURN QUERY SELECT DISTINCT a.id FROM app.childcare_wish w JOIN app.childcare_round r ON r.district_id = w.district_id AND r.id = w.round_id
    JOIN app.account a ON a.person_id = w.person_id AND a.disabled_at IS NULL WHERE w.round_id = of_round AND app.leads_round(r);
END $$;
COMMENT ON FUNCTION app.accounts_of_round IS 'who is told what became of a round: the guardians who take part in it';

CREATE FUNCTION app.forget_childcare_wishes(hers uuid[]) RETURNS void LANGUAGE sql SET search_path = pg_catalog, pg_temp AS $$ DELETE FROM app.childcare_wish w WHERE w.person_id = ANY (hers) $$;
COMMENT ON FUNCTION app.forget_childcare_wishes IS 'of an erased guardian: her wishes and what came of them; numbers of a frozen list name nobody';

REVOKE ALL ON FUNCTION app.leads_round, app.lock_round, app.childcare_free, app.round_lacks, app.open_round, app.wish_childcare, app.goes_first, app.leave_round, app.freeze_round, app.rounds_due, app.draw_round,
  app.place_round, app.round_counts, app.round_guardians, app.accounts_of_round, app.forget_childcare_wishes FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.leads_round, app.lock_round, app.childcare_free, app.round_lacks, app.open_round, app.wish_childcare, app.freeze_round, app.rounds_due, app.draw_round, app.place_round, app.round_counts,
  app.round_guardians, app.accounts_of_round TO app;

DO $$ DECLARE t text; BEGIN
  FOREACH t IN ARRAY ARRAY['childcare_round', 'childcare_round_class', 'childcare_secret', 'childcare_wish'] LOOP
    EXECUTE format('ALTER TABLE app.%s ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', t);
  END LOOP;
END $$;
GRANT SELECT, INSERT, DELETE ON app.childcare_round, app.childcare_round_class TO app;
GRANT UPDATE (title, about, version, opens_at, closes_at, source, state, reason) ON app.childcare_round TO app;
GRANT SELECT ON app.childcare_wish TO app;
CREATE POLICY childcare_round_read ON app.childcare_round FOR SELECT TO app USING (state <> 'draft' OR (SELECT app.in_post('cadre')) AND EXISTS (SELECT FROM app.org o
  WHERE o.id = childcare_round.org_id AND o.scope_code = (SELECT current_setting('app.scope', true))));
CREATE POLICY childcare_round_insert ON app.childcare_round FOR INSERT TO app WITH CHECK (state = 'draft' AND (SELECT app.in_post('cadre')) AND EXISTS (SELECT FROM app.org o
  WHERE o.id = childcare_round.org_id AND o.district_id = childcare_round.district_id AND o.scope_code = (SELECT current_setting('app.scope', true))));
-- By hand a draft is written, and a round called off; everything else is the functions' affair.
CREATE POLICY childcare_round_update ON app.childcare_round FOR UPDATE TO app USING (state IN ('draft', 'open', 'frozen') AND (SELECT app.in_post('cadre')) AND EXISTS (SELECT FROM app.org o
  WHERE o.id = childcare_round.org_id AND o.scope_code = (SELECT current_setting('app.scope', true)))) WITH CHECK (state IN ('draft', 'cancelled'));
CREATE POLICY childcare_round_delete ON app.childcare_round FOR DELETE TO app USING (state = 'draft' AND (SELECT app.in_post('cadre')) AND EXISTS (SELECT FROM app.org o
  WHERE o.id = childcare_round.org_id AND o.scope_code = (SELECT current_setting('app.scope', true))));
CREATE POLICY childcare_round_class_read ON app.childcare_round_class FOR SELECT TO app USING (EXISTS (SELECT FROM app.childcare_round r
  WHERE r.district_id = childcare_round_class.district_id AND r.id = childcare_round_class.round_id));
CREATE POLICY childcare_round_class_insert ON app.childcare_round_class FOR INSERT TO app WITH CHECK ((SELECT app.in_post('cadre')) AND EXISTS (SELECT FROM app.childcare_round r JOIN app.org o ON o.id = r.org_id
  WHERE r.district_id = childcare_round_class.district_id AND r.id = childcare_round_class.round_id AND r.state = 'draft' AND o.scope_code = (SELECT current_setting('app.scope', true))));
CREATE POLICY childcare_round_class_delete ON app.childcare_round_class FOR DELETE TO app USING ((SELECT app.in_post('cadre')) AND EXISTS (SELECT FROM app.childcare_round r JOIN app.org o ON o.id = r.org_id
  WHERE r.district_id = childcare_round_class.district_id AND r.id = childcare_round_class.round_id AND r.state = 'draft' AND o.scope_code = (SELECT current_setting('app.scope', true))));
CREATE POLICY childcare_wish_hers ON app.childcare_wish FOR SELECT TO app USING (person_id = (SELECT app.me()) OR person_id IN (SELECT p.id FROM app.person p WHERE p.merged_into = (SELECT app.me())));
