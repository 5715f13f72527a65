-- why: a woman worker comes in by a code sent to the phone that the member register knows of her; the phone is found without being opened
ALTER TABLE app.person ADD COLUMN phone_index bytea;
CREATE INDEX person_phone ON app.person (phone_index) WHERE phone_index IS NOT NULL;
CREATE INDEX person_phone_missing ON app.person (id) WHERE phone IS NOT NULL AND phone_index IS NULL;
COMMENT ON COLUMN app.person.phone_index IS 'blind index of the phone: keyed digest of its digits, not unique, since some share one; filled at the start of a server for rows from before it';

CREATE TABLE app.phone_code (
  ticket_hash bytea NOT NULL,
  phone_index bytea NOT NULL,
  code_hash bytea NOT NULL,
  tries smallint NOT NULL DEFAULT 0,
  expires_at timestamptz NOT NULL,
  CONSTRAINT phone_code_pkey PRIMARY KEY (ticket_hash)
);
COMMENT ON TABLE app.phone_code IS 'codes on their way to telephones, whether or not anybody is known by them; gone once used';
COMMENT ON COLUMN app.phone_code.ticket_hash IS 'SHA-256 of a token in the cookie of the browser that asked: nobody else can spend the tries';
COMMENT ON COLUMN app.phone_code.code_hash IS 'keyed digest of ticket and code: six digits alone would be guessed in an instant';

CREATE TABLE app.phone_identity (
  account_id uuid NOT NULL,
  phone_index bytea NOT NULL,
  bound_at timestamptz NOT NULL DEFAULT now(),
  seen_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT phone_identity_pkey PRIMARY KEY (account_id),
  CONSTRAINT phone_identity_account_fkey FOREIGN KEY (account_id) REFERENCES app.account (id)
);
COMMENT ON TABLE app.phone_identity IS 'by which phone an account comes in: set the first time and never changed, or whoever writes another number into the register would come in by it; gone with a link that an administrator makes';

DO $$ DECLARE t text; BEGIN
  FOREACH t IN ARRAY ARRAY['phone_code', 'phone_identity'] LOOP
    EXECUTE format('ALTER TABLE app.%I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY %I ON app.%I TO app USING ((SELECT app.at_door())) WITH CHECK ((SELECT app.at_door()))', t || '_at_door', t);
  END LOOP;
END $$;
GRANT SELECT, INSERT, UPDATE, DELETE ON app.phone_code TO app;
GRANT SELECT, DELETE ON app.phone_identity TO app;

ALTER TABLE app.session ADD COLUMN is_by_phone boolean;
COMMENT ON COLUMN app.session.is_by_phone IS 'true where it began with a code sent to a telephone: never acts in a post other than worker, also in one given to the account since';

CREATE FUNCTION app.enter_by_phone(of_index bytea, her_name text, new_account uuid, new_post uuid,
  OUT outcome text, OUT account uuid, OUT post uuid, OUT district int, OUT is_first boolean)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE found_ids uuid[]; her app.person; every uuid[]; hers uuid[]; held app.post;
BEGIN
  outcome := 'none';
  IF NOT app.at_door() THEN RETURN; END IF;
  SELECT array_agg(p.id) INTO found_ids FROM app.person p WHERE p.phone_index = of_index AND p.state = 'active'
    AND (her_name IS NULL OR regexp_replace(p.name, '[\s·•‧・．.]', '', 'g') = her_name)
    AND EXISTS (SELECT FROM app.membership m WHERE m.person_id = p.id AND m.until_on IS NULL AND m.kind <> '职工子女');
  -- Operators give a number that was handed back to somebody else after ninety days.
  IF her_name IS NULL AND NOT (cardinality(found_ids) = 1 AND EXISTS (SELECT FROM app.phone_identity i JOIN app.account a ON a.id = i.account_id
    WHERE a.person_id = found_ids[1] AND i.phone_index = of_index AND i.seen_at > now() - interval '90 days')) THEN
    -- Whoever holds a phone that nobody is known by is asked for a name as well: the question tells nothing.
    outcome := 'name';
    RETURN;
  END IF;
  IF found_ids IS NULL THEN RETURN; END IF;
  IF cardinality(found_ids) > 1 THEN outcome := 'several'; RETURN; END IF;
  SELECT * INTO her FROM app.person p WHERE p.id = found_ids[1] FOR UPDATE;
  SELECT o.district_id INTO district FROM app.org o WHERE o.id = her.org_id;
  SELECT array_agg(a.id), array_agg(a.id ORDER BY a.id) FILTER (WHERE a.disabled_at IS NULL) INTO every, hers
    FROM app.account a JOIN app.person p ON p.id = a.person_id WHERE p.id = her.id OR p.merged_into = her.id;
  -- The register vouches for a woman worker, not for whoever enters, reviews or administers.
  IF EXISTS (SELECT FROM app.post t WHERE t.account_id = ANY (every) AND t.role <> 'worker' AND coalesce(t.until_on, 'infinity') >= current_date - interval '1 year') THEN
    outcome := 'closed';
    RETURN;
  END IF;
  IF every IS NOT NULL AND hers IS NULL THEN outcome := 'disabled'; RETURN; END IF;
  UPDATE app.phone_identity i SET seen_at = now() WHERE i.account_id = (SELECT min(k.account_id::text)::uuid FROM app.phone_identity k
    WHERE k.account_id = ANY (hers) AND k.phone_index = of_index) RETURNING i.account_id INTO account;
  is_first := account IS NULL;
  IF is_first AND EXISTS (SELECT FROM unnest(hers) h (id) WHERE EXISTS (SELECT FROM app.credential c WHERE c.account_id = h.id AND (c.password_hash IS NOT NULL OR c.factor_at IS NOT NULL))
    OR EXISTS (SELECT FROM app.passkey k WHERE k.account_id = h.id) OR EXISTS (SELECT FROM app.oidc_identity k WHERE k.account_id = h.id)) THEN
    outcome := 'bound';
    RETURN;
  END IF;
  -- Another number than the one she came in by may be anybody's who can write into the register.
  IF is_first AND EXISTS (SELECT FROM app.phone_identity k WHERE k.account_id = ANY (hers)) THEN outcome := 'moved'; RETURN; END IF;
  SELECT t.* INTO held FROM app.post t WHERE t.account_id = ANY (CASE WHEN is_first THEN hers ELSE ARRAY[account] END) AND t.role = 'worker'
    AND t.from_on <= current_date AND coalesce(t.until_on, 'infinity') >= current_date ORDER BY t.org_id = her.org_id DESC, t.from_on, t.id LIMIT 1;
  account := coalesce(account, held.account_id, hers[1], new_account);
  post := held.id;
  IF hers IS NULL THEN
    INSERT INTO app.account (id, person_id, login, name, title) VALUES (new_account, her.id, 'sj-' || left(replace(new_account::text, '-', ''), 16), her.name, '女职工');
  END IF;
  IF held.org_id IS DISTINCT FROM her.org_id THEN
    -- She has moved since: her place in the platform follows the register.
    UPDATE app.post t SET until_on = greatest(t.from_on, current_date - 1) WHERE t.id = held.id;
    post := new_post;
    INSERT INTO app.post (id, account_id, org_id, role, from_on) VALUES (new_post, account, her.org_id, 'worker', current_date);
  END IF;
  IF is_first THEN INSERT INTO app.phone_identity (account_id, phone_index) VALUES (account, of_index); END IF;
  outcome := 'open';
END $$;
COMMENT ON FUNCTION app.enter_by_phone IS 'whose account a proved phone opens: of the one living entry of the register with this phone (and this name, where one is asked), by its stable number; made where she has none. Outcomes: open, name, none, several; closed (a post other than worker, now or within the year), disabled, bound (another way in, and not this phone), moved (another phone)';

CREATE FUNCTION app.phones_to_index(most int, beyond uuid) RETURNS TABLE (id uuid, phone bytea, wrapped bytea)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$ BEGIN
  IF NOT app.at_door() THEN RETURN; END IF;
  RETURN QUERY SELECT p.id, p.phone, k.wrapped FROM app.person p JOIN app.person_key k ON k.person_id = p.id
    WHERE p.phone IS NOT NULL AND p.phone_index IS NULL AND k.wrapped IS NOT NULL AND (beyond IS NULL OR p.id > beyond) ORDER BY p.id LIMIT most;
END $$;
COMMENT ON FUNCTION app.phones_to_index IS 'sealed phones that have no index yet, by the number of their person, beyond the last one looked at; for the server alone';

CREATE FUNCTION app.index_phones(given jsonb) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$ BEGIN
  IF NOT app.at_door() THEN RETURN; END IF;
  UPDATE app.person p SET phone_index = (g.value ->> 'index')::bytea FROM jsonb_array_elements(given) g
    WHERE p.id = (g.value ->> 'id')::uuid AND p.phone IS NOT NULL AND p.phone_index IS NULL;
END $$;

CREATE FUNCTION app.forget_phones(hers uuid[]) RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$ BEGIN
  UPDATE app.person p SET phone_index = NULL WHERE p.id = ANY (hers);
  DELETE FROM app.phone_identity i USING app.account a WHERE a.id = i.account_id AND a.person_id = ANY (hers);
END $$;
COMMENT ON FUNCTION app.forget_phones IS 'of an erased woman: by which phone she was found and came in';

REVOKE ALL ON FUNCTION app.enter_by_phone, app.phones_to_index, app.index_phones, app.forget_phones FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.enter_by_phone, app.phones_to_index, app.index_phones TO app;
