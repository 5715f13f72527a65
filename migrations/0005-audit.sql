-- why: every change leaves a chained row in its own transaction, and a repeated request gets its first answer
CREATE TABLE app.audit (
  district_id int NOT NULL,
  seq bigint NOT NULL,
  at timestamptz NOT NULL,
  actor uuid NOT NULL,
  on_behalf text NOT NULL,
  action text NOT NULL,
  object text NOT NULL,
  result text NOT NULL,
  purpose text NOT NULL,
  request_id text NOT NULL,
  fields text NOT NULL,
  body_hmac text NOT NULL,
  prev text NOT NULL,
  hash text NOT NULL,
  CONSTRAINT audit_pkey PRIMARY KEY (district_id, seq)
);
CREATE INDEX audit_at ON app.audit (at);
COMMENT ON TABLE app.audit IS 'no content, only a keyed digest of it, so that erasure keeps the chain whole. Stream = unit directly under the city, the city its own';
COMMENT ON COLUMN app.audit.on_behalf IS 'post (and operating-system user of the command line)';

CREATE TABLE app.audit_head (
  district_id int NOT NULL,
  seq bigint NOT NULL,
  hash text NOT NULL,
  CONSTRAINT audit_head_pkey PRIMARY KEY (district_id)
) WITH (fillfactor = 50);
COMMENT ON TABLE app.audit_head IS 'its row is the audit lock of the district, taken last in a transaction: it orders seq';

CREATE TABLE app.idempotency (
  account_id uuid NOT NULL,
  key text NOT NULL,
  route text NOT NULL,
  body_hash text NOT NULL,
  status smallint NOT NULL,
  answer jsonb NOT NULL,
  at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT idempotency_pkey PRIMARY KEY (account_id, key)
);
COMMENT ON TABLE app.idempotency IS 'the stored answer of a mutating request, written in its transaction';
