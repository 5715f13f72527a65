-- why: passwords and second factors, sessions that say how surely we know who acts, invitations, posts given by two persons
CREATE TABLE app.credential (
  account_id uuid NOT NULL,
  password_hash text,
  password_at timestamptz,
  factor text,
  factor_at timestamptz,
  factor_step bigint NOT NULL DEFAULT 0,
  recovery_salt bytea,
  CONSTRAINT credential_pkey PRIMARY KEY (account_id),
  CONSTRAINT credential_account_fkey FOREIGN KEY (account_id) REFERENCES app.account (id)
);
COMMENT ON COLUMN app.credential.password_hash IS 'argon2id in PHC form; its pepper stands in the key file, outside the database';
COMMENT ON COLUMN app.credential.factor IS 'TOTP secret, sealed under a sub-key of the key file; counts only once factor_at is set';
COMMENT ON COLUMN app.credential.factor_step IS 'the last 30-second step whose code was taken: each is taken once';

CREATE TABLE app.recovery_code (
  account_id uuid NOT NULL,
  code_hash bytea NOT NULL,
  used_at timestamptz,
  CONSTRAINT recovery_code_pkey PRIMARY KEY (account_id, code_hash),
  CONSTRAINT recovery_code_account_fkey FOREIGN KEY (account_id) REFERENCES app.account (id)
);
COMMENT ON COLUMN app.recovery_code.code_hash IS 'argon2id under the account''s recovery_salt, so that one hashing finds the code among ten';

CREATE TABLE app.attempt (
  subject text NOT NULL,
  failures int NOT NULL,
  since timestamptz NOT NULL,
  next_at timestamptz NOT NULL,
  CONSTRAINT attempt_pkey PRIMARY KEY (subject)
);
COMMENT ON TABLE app.attempt IS 'failed sign-ins of a window, by keyed digest of the name typed or of the address; whether the name exists makes no difference';

CREATE TABLE app.invitation (
  token_hash bytea NOT NULL,
  account_id uuid NOT NULL,
  kind text NOT NULL,
  made_by uuid NOT NULL,
  made_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz NOT NULL,
  used_at timestamptz,
  CONSTRAINT invitation_pkey PRIMARY KEY (token_hash),
  CONSTRAINT invitation_account_fkey FOREIGN KEY (account_id) REFERENCES app.account (id),
  CONSTRAINT invitation_kind_check CHECK (kind IN ('invite', 'reset'))
);
CREATE INDEX invitation_account ON app.invitation (account_id);
COMMENT ON COLUMN app.invitation.token_hash IS 'SHA-256 of a 128-bit token that is shown once and stored nowhere';

CREATE TABLE app.notice (
  id uuid NOT NULL,
  account_id uuid NOT NULL,
  kind text NOT NULL,
  detail text NOT NULL,
  at timestamptz NOT NULL DEFAULT clock_timestamp(),
  seen_at timestamptz,
  CONSTRAINT notice_pkey PRIMARY KEY (id),
  CONSTRAINT notice_account_fkey FOREIGN KEY (account_id) REFERENCES app.account (id)
);
CREATE INDEX notice_account ON app.notice (account_id, at);
COMMENT ON TABLE app.notice IS 'what happened to the safety of an account, told to its owner at the next sign-in';

CREATE TABLE app.post_request (
  id uuid NOT NULL,
  account_id uuid NOT NULL,
  org_id int NOT NULL,
  role text NOT NULL,
  from_on date NOT NULL,
  until_on date,
  asked_by uuid NOT NULL,
  asked_at timestamptz NOT NULL DEFAULT now(),
  decided_by uuid,
  decided_at timestamptz,
  is_granted boolean,
  CONSTRAINT post_request_pkey PRIMARY KEY (id),
  CONSTRAINT post_request_account_fkey FOREIGN KEY (account_id) REFERENCES app.account (id),
  CONSTRAINT post_request_org_fkey FOREIGN KEY (org_id) REFERENCES app.org (id)
);
CREATE INDEX post_request_account ON app.post_request (account_id);
COMMENT ON TABLE app.post_request IS 'posts that review or administer: asked for by the system administrator, given by the security administrator';

CREATE TABLE app.oidc_identity (
  issuer text NOT NULL,
  subject text NOT NULL,
  account_id uuid NOT NULL,
  bound_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT oidc_identity_pkey PRIMARY KEY (issuer, subject),
  CONSTRAINT oidc_identity_account_unique UNIQUE (issuer, account_id),
  CONSTRAINT oidc_identity_account_fkey FOREIGN KEY (account_id) REFERENCES app.account (id)
);
COMMENT ON TABLE app.oidc_identity IS 'a person at the unified sign-in of another authority, by the pair that never changes';

CREATE TABLE app.oidc_flow (
  state_hash bytea NOT NULL,
  verifier text NOT NULL,
  nonce text NOT NULL,
  account_id uuid,
  expires_at timestamptz NOT NULL,
  CONSTRAINT oidc_flow_pkey PRIMARY KEY (state_hash),
  CONSTRAINT oidc_flow_account_fkey FOREIGN KEY (account_id) REFERENCES app.account (id)
);
COMMENT ON COLUMN app.oidc_flow.account_id IS 'the account that asked to be bound; null where somebody signs in';

ALTER TABLE app.session ADD COLUMN id uuid NOT NULL DEFAULT gen_random_uuid();
ALTER TABLE app.session ADD COLUMN aal smallint NOT NULL DEFAULT 1;
ALTER TABLE app.session ADD COLUMN factor_at timestamptz;
ALTER TABLE app.session ADD COLUMN is_password_due boolean NOT NULL DEFAULT false;
ALTER TABLE app.session ADD COLUMN device text NOT NULL DEFAULT '';
CREATE INDEX session_account ON app.session (account_id);
COMMENT ON COLUMN app.session.id IS 'names the session in the list of devices; opens nothing';
COMMENT ON COLUMN app.session.aal IS '1 password alone, 2 with second factor; demo and service sessions are 2';
COMMENT ON COLUMN app.session.factor_at IS 'when the second factor was last given: acts that ask for step-up want it within 5 minutes';

DO $$ DECLARE t text; BEGIN
  FOREACH t IN ARRAY ARRAY['credential', 'recovery_code', 'attempt', 'invitation', 'notice', 'post_request', 'oidc_identity', 'oidc_flow'] LOOP
    EXECUTE format('ALTER TABLE app.%I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY %I ON app.%I TO app USING (true) WITH CHECK (true)', t || '_open', t);
  END LOOP;
END $$;
GRANT SELECT, INSERT, UPDATE ON app.credential, app.invitation, app.notice TO app;
GRANT SELECT, INSERT, UPDATE, DELETE ON app.attempt, app.recovery_code TO app;
GRANT SELECT, INSERT ON app.post_request TO app;
GRANT SELECT, INSERT, DELETE ON app.oidc_identity, app.oidc_flow TO app;

-- As in 0002, and not for a session that still lacks its second factor or a due change of password.
CREATE OR REPLACE FUNCTION app.begin(token text) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE a record;
BEGIN
  SELECT p.id AS post_id, c.person_id, o.scope_code INTO a
  FROM app.session s JOIN app.account c ON c.id = s.account_id JOIN app.post p ON p.id = s.post_id
  JOIN app.org o ON o.id = p.org_id
  WHERE s.token_hash = sha256(convert_to(token, 'UTF8')) AND s.expires_at > now() AND c.disabled_at IS NULL
    AND s.aal = 2 AND NOT s.is_password_due
    AND p.from_on <= current_date AND coalesce(p.until_on, 'infinity') >= current_date;
  IF NOT FOUND THEN RETURN; END IF;
  INSERT INTO app.context VALUES (pg_backend_pid(), pg_current_xact_id(), a.person_id, a.post_id, a.scope_code, a.scope_code || '~')
  ON CONFLICT (pid) DO UPDATE SET xid = EXCLUDED.xid, person_id = EXCLUDED.person_id, post_id = EXCLUDED.post_id,
    scope = EXCLUDED.scope, scope_end = EXCLUDED.scope_end;
END $$;

-- The app login writes neither accounts nor posts: these functions do, for an administrator whose session opened the context.
CREATE FUNCTION app.acts_as(wanted text) RETURNS uuid LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE who uuid;
BEGIN
  SELECT p.account_id INTO who FROM app.context x JOIN app.post p ON p.id = x.post_id
  WHERE x.pid = pg_backend_pid() AND x.xid = pg_current_xact_id_if_assigned() AND p.role = wanted;
  IF who IS NULL THEN RAISE insufficient_privilege USING MESSAGE = 'needs a post of ' || wanted; END IF;
  RETURN who;
END $$;

CREATE FUNCTION app.open_account(new_id uuid, new_login text, new_name text, new_title text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$ BEGIN
  PERFORM app.acts_as('systemAdmin');
  INSERT INTO app.account (id, person_id, login, name, title) VALUES (new_id, new_id, new_login, new_name, new_title);
END $$;

CREATE FUNCTION app.set_disabled(of_account uuid, disabled boolean) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$ BEGIN
  PERFORM app.acts_as('systemAdmin');
  UPDATE app.account SET disabled_at = CASE WHEN disabled THEN now() END WHERE id = of_account;
END $$;

CREATE FUNCTION app.needs_second(of_role text, at_org int) RETURNS boolean LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp AS $$
  SELECT NOT (of_role = 'worker'
    OR of_role = 'cadre' AND EXISTS (SELECT FROM app.org WHERE id = at_org AND tier IN ('grassroots', 'branch'))
    OR of_role = 'securityAdmin' AND NOT EXISTS (SELECT FROM app.post WHERE role = 'securityAdmin'))
$$;
COMMENT ON FUNCTION app.needs_second IS 'whether a post reviews or administers, so that a second person gives it; the first security administrator has no such person yet';

CREATE FUNCTION app.clashes(of_account uuid, new_role text, from_day date, until_day date) RETURNS boolean LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp AS $$
  SELECT EXISTS (SELECT FROM app.post p JOIN app.account a ON a.id = p.account_id JOIN app.account b ON b.person_id = a.person_id
    WHERE b.id = of_account AND p.role <> new_role
      AND (p.role IN ('systemAdmin', 'securityAdmin', 'auditAdmin') OR new_role IN ('systemAdmin', 'securityAdmin', 'auditAdmin'))
      AND daterange(p.from_on, p.until_on, '[]') && daterange(from_day, until_day, '[]'))
$$;
COMMENT ON FUNCTION app.clashes IS 'an administrator holds no second duty at the same time: neither another administrator''s nor one with business data';

CREATE FUNCTION app.give_post(new_id uuid, to_account uuid, at_org int, of_role text, from_day date, until_day date) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE asker uuid := app.acts_as('systemAdmin');
BEGIN
  IF of_role = 'service' OR app.clashes(to_account, of_role, from_day, until_day) THEN RAISE insufficient_privilege; END IF;
  IF app.needs_second(of_role, at_org) THEN
    INSERT INTO app.post_request (id, account_id, org_id, role, from_on, until_on, asked_by)
    VALUES (new_id, to_account, at_org, of_role, from_day, until_day, asker);
    RETURN false;
  END IF;
  INSERT INTO app.post (id, account_id, org_id, role, from_on, until_on) VALUES (new_id, to_account, at_org, of_role, from_day, until_day);
  RETURN true;
END $$;
COMMENT ON FUNCTION app.give_post IS 'gives a post, or asks for it where a second person must; true where it was given';

CREATE FUNCTION app.decide_post(request uuid, granted boolean) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  decider uuid := app.acts_as('securityAdmin');
  r app.post_request;
BEGIN
  UPDATE app.post_request q SET decided_by = decider, decided_at = now(), is_granted = granted
  WHERE q.id = request AND q.decided_at IS NULL AND NOT EXISTS (SELECT FROM app.account a JOIN app.account d ON d.person_id = a.person_id
    WHERE d.id = decider AND a.id IN (q.asked_by, q.account_id)) RETURNING q.* INTO r;
  IF NOT FOUND THEN RETURN false; END IF;
  IF granted THEN
    IF app.clashes(r.account_id, r.role, r.from_on, r.until_on) THEN RAISE insufficient_privilege; END IF;
    INSERT INTO app.post (id, account_id, org_id, role, from_on, until_on) VALUES (r.id, r.account_id, r.org_id, r.role, r.from_on, r.until_on);
  END IF;
  RETURN true;
END $$;
COMMENT ON FUNCTION app.decide_post IS 'false where the request was decided before, or the decider asked for it or is to get it';

CREATE FUNCTION app.end_post(of_post uuid, last_day date) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$ BEGIN
  PERFORM app.acts_as('systemAdmin');
  UPDATE app.post SET until_on = last_day WHERE id = of_post AND role <> 'service' AND coalesce(until_on, 'infinity') > last_day;
  RETURN FOUND;
END $$;

REVOKE ALL ON FUNCTION app.acts_as, app.open_account, app.set_disabled, app.needs_second, app.clashes, app.give_post, app.decide_post, app.end_post FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.needs_second, app.clashes, app.open_account, app.set_disabled, app.give_post, app.decide_post, app.end_post TO app;
