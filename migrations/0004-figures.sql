-- why: every total is exact at commit and one read: ledger for the trace, deltas as queue, folded roll-up
CREATE TABLE app.indicator (
  id smallint NOT NULL,
  code text NOT NULL,
  unit text NOT NULL,
  scale smallint NOT NULL DEFAULT 0,
  kind text NOT NULL,
  nature text NOT NULL,
  CONSTRAINT indicator_pkey PRIMARY KEY (id),
  CONSTRAINT indicator_code_unique UNIQUE (code),
  CONSTRAINT indicator_kind_check CHECK (kind IN ('event', 'person_time', 'person', 'thing', 'document', 'copy', 'money')),
  CONSTRAINT indicator_nature_check CHECK (nature IN ('flow', 'stock', 'distinct'))
);
COMMENT ON TABLE app.indicator IS 'numbers are given by migrations and never reused';

CREATE TABLE app.ledger (
  district_id int NOT NULL,
  record_id uuid NOT NULL,
  version int NOT NULL,
  indicator_id smallint NOT NULL,
  state smallint NOT NULL,
  org_id int NOT NULL,
  ym int NOT NULL,
  val bigint NOT NULL,
  seq bigint NOT NULL,
  CONSTRAINT ledger_pkey PRIMARY KEY (district_id, record_id, version, indicator_id, state, org_id, ym),
  CONSTRAINT ledger_indicator_fkey FOREIGN KEY (indicator_id) REFERENCES app.indicator (id),
  CONSTRAINT ledger_state_check CHECK (state IN (0, 1)),
  CONSTRAINT ledger_val_check CHECK (val <> 0)
);
CREATE INDEX ledger_trace ON app.ledger (district_id, indicator_id, state, ym, org_id);
CREATE INDEX ledger_seq ON app.ledger (district_id, seq);
COMMENT ON TABLE app.ledger IS 'append-only signed entries. state 0 submitted or accepted, 1 accepted; shown "+n" = 0 minus 1';
COMMENT ON COLUMN app.ledger.seq IS 'audit sequence of the district at the time of writing: snapshots are as-of it';

CREATE SEQUENCE app.rollup_delta_seq;
CREATE TABLE app.rollup_delta (
  district_id int NOT NULL,
  id bigint NOT NULL DEFAULT nextval('app.rollup_delta_seq'),
  org_id int NOT NULL,
  ym int NOT NULL,
  indicator_id smallint NOT NULL,
  state smallint NOT NULL,
  val bigint NOT NULL,
  CONSTRAINT rollup_delta_pkey PRIMARY KEY (district_id, id)
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 10000);
COMMENT ON TABLE app.rollup_delta IS 'the same entries as a queue that names the owner only: writers never depend on the tree and no row is hot';

CREATE TABLE app.rollup (
  org_id int NOT NULL,
  yr smallint NOT NULL,
  indicator_id smallint NOT NULL,
  state smallint NOT NULL,
  line smallint NOT NULL,
  district_id int NOT NULL,
  m00 bigint NOT NULL DEFAULT 0,
  m01 bigint NOT NULL DEFAULT 0,
  m02 bigint NOT NULL DEFAULT 0,
  m03 bigint NOT NULL DEFAULT 0,
  m04 bigint NOT NULL DEFAULT 0,
  m05 bigint NOT NULL DEFAULT 0,
  m06 bigint NOT NULL DEFAULT 0,
  m07 bigint NOT NULL DEFAULT 0,
  m08 bigint NOT NULL DEFAULT 0,
  m09 bigint NOT NULL DEFAULT 0,
  m10 bigint NOT NULL DEFAULT 0,
  m11 bigint NOT NULL DEFAULT 0,
  m12 bigint NOT NULL DEFAULT 0,
  CONSTRAINT rollup_pkey PRIMARY KEY (org_id, yr, indicator_id, state, line, district_id),
  CONSTRAINT rollup_line_check CHECK (line IN (0, 1, 2))
) WITH (fillfactor = 70);
COMMENT ON TABLE app.rollup IS 'total = line 0 own + line 1 descendants; line 2 viewed, shown apart. m00 = opening balance of a stock. Each district keeps its own part of the city row';

CREATE TABLE app.snapshot (
  id text NOT NULL,
  org_id int NOT NULL,
  year int NOT NULL,
  seqs jsonb NOT NULL,
  content_hash text NOT NULL,
  content jsonb NOT NULL,
  created_by uuid NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT snapshot_pkey PRIMARY KEY (id),
  CONSTRAINT snapshot_org_fkey FOREIGN KEY (org_id) REFERENCES app.org (id)
);
COMMENT ON COLUMN app.snapshot.seqs IS 'last audit sequence per district: later entries are what moved since';

CREATE TABLE app.snapshot_value (
  snapshot_id text NOT NULL,
  indicator_id smallint NOT NULL,
  val bigint NOT NULL,
  CONSTRAINT snapshot_value_pkey PRIMARY KEY (snapshot_id, indicator_id),
  CONSTRAINT snapshot_value_snapshot_fkey FOREIGN KEY (snapshot_id) REFERENCES app.snapshot (id),
  CONSTRAINT snapshot_value_indicator_fkey FOREIGN KEY (indicator_id) REFERENCES app.indicator (id)
);

CREATE TABLE app.summary_text (
  org_id int NOT NULL,
  year int NOT NULL,
  part text NOT NULL,
  body text NOT NULL,
  version int NOT NULL DEFAULT 1,
  updated_by uuid NOT NULL,
  updated_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT summary_text_pkey PRIMARY KEY (org_id, year, part),
  CONSTRAINT summary_text_org_fkey FOREIGN KEY (org_id) REFERENCES app.org (id)
);
COMMENT ON TABLE app.summary_text IS 'what editors write: problems, the plan part';
