-- why: one spine for the records of all programmes, one table for everything that is not yet a record
CREATE TABLE app.programme (
  id smallint NOT NULL,
  key text NOT NULL,
  CONSTRAINT programme_pkey PRIMARY KEY (id),
  CONSTRAINT programme_key_unique UNIQUE (key)
);
COMMENT ON TABLE app.programme IS 'numbers are given by migrations and never reused';

CREATE TABLE app.record (
  district_id int NOT NULL,
  id uuid NOT NULL,
  programme smallint NOT NULL,
  class smallint NOT NULL,
  org_id int NOT NULL,
  co_hosts int[] NOT NULL DEFAULT '{}',
  scope_code text COLLATE "C" NOT NULL,
  view_code text COLLATE "C",
  then_code text COLLATE "C" NOT NULL,
  then_view text COLLATE "C",
  title text NOT NULL,
  starts_on date NOT NULL,
  occurred_on date NOT NULL,
  place text,
  grade text NOT NULL,
  tags text,
  note text,
  state text NOT NULL,
  turn_of int,
  version int NOT NULL DEFAULT 1,
  warnings text[] NOT NULL DEFAULT '{}',
  warning_note text,
  words text[] NOT NULL,
  created_by uuid NOT NULL,
  entered_on date NOT NULL,
  submitted_by uuid NOT NULL,
  submitted_at timestamptz NOT NULL DEFAULT now(),
  decided_by uuid,
  decided_at timestamptz,
  updated_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT record_pkey PRIMARY KEY (id, district_id),
  CONSTRAINT record_district_fkey FOREIGN KEY (district_id) REFERENCES app.org (id),
  CONSTRAINT record_programme_fkey FOREIGN KEY (programme) REFERENCES app.programme (id),
  CONSTRAINT record_org_fkey FOREIGN KEY (org_id) REFERENCES app.org (id),
  CONSTRAINT record_class_check CHECK (class BETWEEN 0 AND 4),
  CONSTRAINT record_dates_check CHECK (starts_on <= occurred_on),
  CONSTRAINT record_grade_check CHECK (grade IN ('实名', '台账', '估报')),
  CONSTRAINT record_state_check CHECK (state IN ('submitted', 'returned', 'accepted', 'withdrawn', 'voided'))
);
CREATE INDEX record_scope ON app.record (programme, scope_code) INCLUDE (district_id, id, view_code, co_hosts, class, state, occurred_on, grade);
CREATE INDEX record_view ON app.record (programme, view_code) INCLUDE (district_id, id, scope_code, co_hosts, class, state, occurred_on, grade) WHERE view_code IS NOT NULL;
CREATE INDEX record_inbox ON app.record (turn_of, updated_at, id) WHERE state = 'submitted';
CREATE INDEX record_list ON app.record (programme, occurred_on DESC, id DESC);
CREATE INDEX record_owner ON app.record (org_id, programme, occurred_on DESC);
CREATE INDEX record_words ON app.record USING gin (words);
CREATE INDEX record_co_hosts ON app.record USING gin (co_hosts) WHERE co_hosts <> '{}';
COMMENT ON INDEX app.record_scope IS 'includes what policies and usual filters ask, so that a bounded count reads no rows; record_view likewise';
COMMENT ON COLUMN app.record.district_id IS 'top unit of the month of the fact: the distribution key, never updated';
COMMENT ON COLUMN app.record.then_code IS 'path of the owner as of the fact''s date; scope_code is the path of today';
COMMENT ON COLUMN app.record.view_code IS 'path of today on the view line, on S1 records only';
COMMENT ON COLUMN app.record.co_hosts IS 'units in whose lists, not totals, the record stands as well, on S1 records only';
COMMENT ON COLUMN app.record.occurred_on IS 'endsOn of the head';
COMMENT ON COLUMN app.record.words IS 'bigrams of title and place: two-character words like 家风 are found by index';
COMMENT ON COLUMN app.record.entered_on IS 'business date of the first submission';
COMMENT ON COLUMN app.record.created_by IS 'account; submitted_by and decided_by are persons';

CREATE TABLE app.record_history (
  district_id int NOT NULL,
  record_id uuid NOT NULL,
  version int NOT NULL,
  at timestamptz NOT NULL DEFAULT now(),
  account_id uuid NOT NULL,
  org_id int NOT NULL,
  action text NOT NULL,
  state text NOT NULL,
  reason text,
  changes jsonb NOT NULL DEFAULT '[]',
  CONSTRAINT record_history_pkey PRIMARY KEY (district_id, record_id, version),
  CONSTRAINT record_history_record_fkey FOREIGN KEY (district_id, record_id) REFERENCES app.record (district_id, id)
);
COMMENT ON COLUMN app.record_history.changes IS '[{field, old, new}]; the only place that keeps old values';

CREATE TABLE app.remark (
  district_id int NOT NULL,
  id uuid NOT NULL,
  record_id uuid NOT NULL,
  version int NOT NULL,
  field text NOT NULL,
  body text NOT NULL,
  account_id uuid NOT NULL,
  at timestamptz NOT NULL DEFAULT now(),
  resolved_at timestamptz,
  CONSTRAINT remark_pkey PRIMARY KEY (district_id, id),
  CONSTRAINT remark_record_fkey FOREIGN KEY (district_id, record_id) REFERENCES app.record (district_id, id)
);
CREATE INDEX remark_record ON app.remark (district_id, record_id);

CREATE TABLE app.proposal (
  district_id int NOT NULL,
  id uuid NOT NULL,
  programme smallint NOT NULL,
  class smallint NOT NULL,
  org_id int NOT NULL,
  scope_code text COLLATE "C" NOT NULL,
  record_district_id int,
  record_id uuid,
  base_version int,
  kind text NOT NULL,
  state text NOT NULL DEFAULT 'open',
  turn_of int,
  reason text,
  verdict text,
  body jsonb NOT NULL,
  owner_id uuid NOT NULL,
  sequence int NOT NULL,
  updated_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT proposal_pkey PRIMARY KEY (district_id, id),
  CONSTRAINT proposal_programme_fkey FOREIGN KEY (programme) REFERENCES app.programme (id),
  CONSTRAINT proposal_org_fkey FOREIGN KEY (org_id) REFERENCES app.org (id),
  CONSTRAINT proposal_owner_fkey FOREIGN KEY (owner_id) REFERENCES app.account (id),
  CONSTRAINT proposal_kind_check CHECK (kind IN ('draft', 'correction', 'void')),
  CONSTRAINT proposal_state_check CHECK (state IN ('open', 'submitted', 'returned'))
);
CREATE INDEX proposal_owner ON app.proposal (org_id, state, updated_at);
CREATE INDEX proposal_scope ON app.proposal (scope_code, updated_at);
CREATE INDEX proposal_turn ON app.proposal (turn_of, updated_at) WHERE state = 'submitted';
CREATE INDEX proposal_record ON app.proposal (record_district_id, record_id) WHERE record_id IS NOT NULL;
CREATE INDEX proposal_id ON app.proposal (id);
CREATE UNIQUE INDEX proposal_one_pending ON app.proposal (district_id, record_id) WHERE state = 'submitted';
COMMENT ON INDEX app.proposal_one_pending IS 'of two who propose at once one waits for review, the other is told';
COMMENT ON TABLE app.proposal IS 'unfinished drafts, pending corrections and requests to void; outside all figures. district_id is the owner''s of today';
COMMENT ON COLUMN app.proposal.sequence IS 'rises with each autosave: a late packet never overwrites a newer one';

CREATE TABLE app.record_opened (
  district_id int NOT NULL,
  record_id uuid NOT NULL,
  version int NOT NULL,
  account_id uuid NOT NULL,
  at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT record_opened_pkey PRIMARY KEY (district_id, record_id, version, account_id),
  CONSTRAINT record_opened_record_fkey FOREIGN KEY (district_id, record_id) REFERENCES app.record (district_id, id)
);
COMMENT ON TABLE app.record_opened IS 'which submitted versions a reviewer has opened: batch acceptance asks for it';
