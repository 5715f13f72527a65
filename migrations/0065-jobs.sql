-- why: work that follows an act (a message, a large file) is written in the act's own transaction and done once, whatever dies meanwhile

CREATE TABLE app.job (
  district_id int NOT NULL,
  id uuid NOT NULL,
  kind text NOT NULL,
  key text NOT NULL,
  payload jsonb NOT NULL,
  state text NOT NULL DEFAULT 'open',
  due_at timestamptz NOT NULL,
  attempts int NOT NULL DEFAULT 0,
  lease uuid,
  leased_until timestamptz,
  fault text NOT NULL DEFAULT '',
  made_at timestamptz NOT NULL DEFAULT now(),
  ended_at timestamptz,
  CONSTRAINT job_pkey PRIMARY KEY (district_id, id),
  CONSTRAINT job_state_check CHECK (state IN ('open', 'done', 'dead')),
  CONSTRAINT job_ended_check CHECK ((state = 'open') = (ended_at IS NULL))
);
CREATE UNIQUE INDEX job_one_open ON app.job (district_id, kind, key) WHERE state = 'open';
CREATE INDEX job_due ON app.job (district_id, due_at) WHERE state = 'open';
CREATE INDEX job_ended ON app.job (ended_at) WHERE state <> 'open';
COMMENT ON TABLE app.job IS 'what is still to be done, and the outbox; done ones stay for a week';
COMMENT ON COLUMN app.job.key IS 'what it is about: while one of the kind is open, the same is not added again';
COMMENT ON COLUMN app.job.payload IS 'ids and choices, never what a sealed field says';
COMMENT ON COLUMN app.job.lease IS 'who holds it; whoever comes back after the lease ran out ends nothing';
COMMENT ON COLUMN app.job.fault IS 'kind of the last failure, without its values';

ALTER TABLE app.job ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
-- Any act may leave work behind; what is there is read and ended by the server's own code.
CREATE POLICY job_added ON app.job FOR INSERT TO app WITH CHECK (true);
CREATE POLICY job_at_door ON app.job TO app USING ((SELECT app.at_door())) WITH CHECK ((SELECT app.at_door()));
GRANT SELECT, INSERT, UPDATE, DELETE ON app.job TO app;
