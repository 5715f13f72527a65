-- why: a passkey stands for password and second factor at once, or for the second factor alone
CREATE TABLE app.passkey (
  id uuid NOT NULL,
  account_id uuid NOT NULL,
  credential_id text NOT NULL,
  public_key bytea NOT NULL,
  counter bigint NOT NULL,
  transports text[] NOT NULL,
  label text NOT NULL,
  made_at timestamptz NOT NULL DEFAULT now(),
  used_at timestamptz,
  CONSTRAINT passkey_pkey PRIMARY KEY (id),
  CONSTRAINT passkey_credential_unique UNIQUE (credential_id),
  CONSTRAINT passkey_account_fkey FOREIGN KEY (account_id) REFERENCES app.account (id)
);
CREATE INDEX passkey_account ON app.passkey (account_id);
COMMENT ON COLUMN app.passkey.credential_id IS 'as the authenticator names it, base64url; tells nothing of the person';
COMMENT ON COLUMN app.passkey.public_key IS 'COSE; whoever reads it can check a signature and make none';
COMMENT ON COLUMN app.passkey.counter IS 'signatures the authenticator counted; one that does not grow (but from 0, which counts none) is refused as copied';

CREATE TABLE app.spent_challenge (
  challenge_hash bytea NOT NULL,
  expires_at timestamptz NOT NULL,
  CONSTRAINT spent_challenge_pkey PRIMARY KEY (challenge_hash)
);
COMMENT ON TABLE app.spent_challenge IS 'challenges that a passkey has answered: each serves once. Open ones are sealed tickets and stored nowhere';

DO $$ DECLARE t text; BEGIN
  FOREACH t IN ARRAY ARRAY['passkey', 'spent_challenge'] LOOP
    EXECUTE format('ALTER TABLE app.%I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY %I ON app.%I TO app USING (true) WITH CHECK (true)', t || '_open', t);
  END LOOP;
END $$;
GRANT SELECT, INSERT, UPDATE, DELETE ON app.passkey TO app;
GRANT SELECT, INSERT, DELETE ON app.spent_challenge TO app;
