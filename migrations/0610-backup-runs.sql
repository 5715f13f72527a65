-- why: a backup that nobody misses is no backup; what was made and what was put in for a trial stands where the administrator looks
CREATE TABLE app.backup_run (
  id uuid NOT NULL,
  kind text NOT NULL,
  ended_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  seconds int NOT NULL,
  file text NOT NULL,
  bytes bigint NOT NULL,
  row_count bigint NOT NULL,
  fault text NOT NULL DEFAULT '',
  CONSTRAINT backup_run_pkey PRIMARY KEY (id),
  CONSTRAINT backup_run_kind_check CHECK (kind IN ('backup', 'trial')),
  CONSTRAINT backup_run_sizes_check CHECK (seconds >= 0 AND bytes >= 0 AND row_count >= 0)
);
CREATE INDEX backup_run_ended ON app.backup_run (kind, ended_at DESC);
COMMENT ON TABLE app.backup_run IS 'backups that were made and read back, and trials that put one in and counted it; those of a year are kept';
COMMENT ON COLUMN app.backup_run.file IS 'name of the file without its folder';
COMMENT ON COLUMN app.backup_run.fault IS 'why it was not made or did not agree; empty where all is well';

ALTER TABLE app.backup_run ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY backup_run_at_door ON app.backup_run TO app USING ((SELECT app.at_door())) WITH CHECK ((SELECT app.at_door()));
GRANT SELECT, INSERT, DELETE ON app.backup_run TO app;
