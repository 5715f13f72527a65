-- why: thresholds, terms, quotas and formulas are set by law and city and change; a new version is entered by one person and approved by another, and what was decided before keeps the version of its day

CREATE TABLE app.rule_version (
  id uuid NOT NULL,
  key text NOT NULL,
  from_on date NOT NULL,
  basis text NOT NULL,
  value jsonb NOT NULL,
  note text NOT NULL DEFAULT '',
  state text NOT NULL DEFAULT 'proposed',
  proposed_by uuid NOT NULL,
  proposed_at timestamptz NOT NULL DEFAULT now(),
  decided_by uuid,
  decided_at timestamptz,
  reason text,
  CONSTRAINT rule_version_pkey PRIMARY KEY (id),
  CONSTRAINT rule_version_state_check CHECK (state IN ('proposed', 'approved', 'rejected', 'withdrawn')),
  CONSTRAINT rule_version_basis_check CHECK (basis <> ''),
  CONSTRAINT rule_version_decided_check CHECK ((state = 'proposed') = (decided_at IS NULL)),
  CONSTRAINT rule_version_second_check CHECK (state NOT IN ('approved', 'rejected') OR decided_by <> proposed_by),
  CONSTRAINT rule_version_proposer_fkey FOREIGN KEY (proposed_by) REFERENCES app.account (id),
  CONSTRAINT rule_version_decider_fkey FOREIGN KEY (decided_by) REFERENCES app.account (id)
);
CREATE UNIQUE INDEX rule_version_one_a_day ON app.rule_version (key, from_on) WHERE state = 'approved';
CREATE UNIQUE INDEX rule_version_one_waiting ON app.rule_version (key) WHERE state = 'proposed';
COMMENT ON TABLE app.rule_version IS 'versions of rule tables that the city entered; they go before those that came with the program. Approved ones are never changed: a later version follows';
COMMENT ON COLUMN app.rule_version.key IS 'the table, as declared in the program';
COMMENT ON COLUMN app.rule_version.basis IS 'law and article, or the document of the city, that the version rests on';
COMMENT ON COLUMN app.rule_version.note IS 'why, where it reaches back into what is locked';
COMMENT ON COLUMN app.rule_version.decided_by IS 'who approved or rejected it, never who proposed it; of a withdrawn one the proposer';

ALTER TABLE app.rule_version ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
GRANT SELECT, INSERT, UPDATE ON app.rule_version TO app;
CREATE POLICY rule_version_open ON app.rule_version FOR SELECT TO app USING (true);
CREATE POLICY rule_version_of_city ON app.rule_version TO app USING (EXISTS (SELECT FROM app.org o WHERE o.tier = 'city'
  AND o.scope_code = (SELECT current_setting('app.scope', true))));
