-- why: who acts, in which post, and the context by which the database itself checks it
CREATE TABLE app.account (
  id uuid NOT NULL,
  person_id uuid NOT NULL,
  login text NOT NULL,
  name text NOT NULL,
  title text NOT NULL,
  pitch text,
  is_demo boolean NOT NULL DEFAULT false,
  disabled_at timestamptz,
  CONSTRAINT account_pkey PRIMARY KEY (id),
  CONSTRAINT account_login_unique UNIQUE (login)
);
CREATE INDEX account_person ON app.account (person_id);
COMMENT ON COLUMN app.account.person_id IS 'submitter and decider must be two persons, whatever their posts';

CREATE TABLE app.post (
  id uuid NOT NULL,
  account_id uuid NOT NULL,
  org_id int NOT NULL,
  role text NOT NULL,
  from_on date NOT NULL,
  until_on date,
  CONSTRAINT post_pkey PRIMARY KEY (id),
  CONSTRAINT post_account_fkey FOREIGN KEY (account_id) REFERENCES app.account (id),
  CONSTRAINT post_org_fkey FOREIGN KEY (org_id) REFERENCES app.org (id),
  CONSTRAINT post_role_check CHECK (role IN ('cadre', 'leader', 'worker', 'handler', 'systemAdmin', 'securityAdmin', 'auditAdmin', 'service'))
);
CREATE INDEX post_account ON app.post (account_id);

CREATE TABLE app.session (
  token_hash bytea NOT NULL,
  account_id uuid NOT NULL,
  post_id uuid NOT NULL,
  is_demo boolean NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  seen_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz NOT NULL,
  CONSTRAINT session_pkey PRIMARY KEY (token_hash),
  CONSTRAINT session_account_fkey FOREIGN KEY (account_id) REFERENCES app.account (id),
  CONSTRAINT session_post_fkey FOREIGN KEY (post_id) REFERENCES app.post (id)
);
COMMENT ON COLUMN app.session.token_hash IS 'SHA-256 of the token; the token itself is stored nowhere';

CREATE UNLOGGED TABLE app.context (
  pid int NOT NULL,
  xid xid8 NOT NULL,
  person_id uuid NOT NULL,
  post_id uuid NOT NULL,
  scope text NOT NULL,
  scope_end text NOT NULL,
  CONSTRAINT context_pkey PRIMARY KEY (pid)
);
COMMENT ON TABLE app.context IS 'who acts in the transaction; the app login cannot read or write it, so a forged setting gains nothing';

CREATE FUNCTION app.begin(token text) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE a record;
BEGIN
  SELECT p.id AS post_id, c.person_id, o.scope_code INTO a
  FROM app.session s JOIN app.account c ON c.id = s.account_id JOIN app.post p ON p.id = s.post_id
  JOIN app.org o ON o.id = p.org_id
  WHERE s.token_hash = sha256(convert_to(token, 'UTF8')) AND s.expires_at > now() AND c.disabled_at IS NULL
    AND p.from_on <= current_date AND coalesce(p.until_on, 'infinity') >= current_date;
  IF NOT FOUND THEN RETURN; END IF;
  INSERT INTO app.context VALUES (pg_backend_pid(), pg_current_xact_id(), a.person_id, a.post_id, a.scope_code, a.scope_code || '~')
  ON CONFLICT (pid) DO UPDATE SET xid = EXCLUDED.xid, person_id = EXCLUDED.person_id, post_id = EXCLUDED.post_id,
    scope = EXCLUDED.scope, scope_end = EXCLUDED.scope_end;
END $$;
COMMENT ON FUNCTION app.begin IS 'opens the context of S2 to S4 rows for this transaction; without it none of them is visible';

CREATE FUNCTION app.scope_ok() RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$ BEGIN
  RETURN EXISTS (SELECT FROM app.context WHERE pid = pg_backend_pid() AND xid = pg_current_xact_id_if_assigned()
    AND scope = current_setting('app.scope', true) AND scope_end = current_setting('app.scope_end', true));
END $$;
