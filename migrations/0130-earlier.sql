-- why: totals of years before the system stand as estimates (估报) with their source, beside the books and never in them, so that a year has something to be compared with

CREATE TABLE app.earlier_total (
  district_id int NOT NULL,
  id uuid NOT NULL,
  org_id int NOT NULL,
  indicator_id smallint NOT NULL,
  year smallint NOT NULL,
  val bigint NOT NULL,
  source text NOT NULL DEFAULT '',
  state text NOT NULL DEFAULT 'draft',
  reason text NOT NULL DEFAULT '',
  entered_by uuid NOT NULL,
  entered_at timestamptz NOT NULL DEFAULT now(),
  decided_by uuid,
  decided_at timestamptz,
  CONSTRAINT earlier_total_pkey PRIMARY KEY (district_id, id),
  CONSTRAINT earlier_total_org_fkey FOREIGN KEY (org_id) REFERENCES app.org (id),
  CONSTRAINT earlier_total_indicator_fkey FOREIGN KEY (indicator_id) REFERENCES app.indicator (id),
  CONSTRAINT earlier_total_year_check CHECK (year BETWEEN 1949 AND 2100),
  CONSTRAINT earlier_total_val_check CHECK (val BETWEEN 0 AND 999999999999),
  CONSTRAINT earlier_total_state_check CHECK (state IN ('draft', 'submitted', 'returned', 'accepted', 'replaced', 'withdrawn', 'voided')),
  CONSTRAINT earlier_total_source_check CHECK (source <> '' OR state IN ('draft', 'withdrawn')),
  CONSTRAINT earlier_total_decided_check CHECK (state NOT IN ('accepted', 'replaced', 'voided') OR decided_by IS NOT NULL AND decided_at IS NOT NULL)
);
CREATE UNIQUE INDEX earlier_total_one_moving ON app.earlier_total (district_id, org_id, indicator_id, year) WHERE state IN ('draft', 'submitted', 'returned');
CREATE UNIQUE INDEX earlier_total_one_counted ON app.earlier_total (district_id, org_id, indicator_id, year) WHERE state = 'accepted';
CREATE INDEX earlier_total_org ON app.earlier_total (org_id, year);
CREATE INDEX earlier_total_waiting ON app.earlier_total (org_id) WHERE state = 'submitted';
COMMENT ON TABLE app.earlier_total IS 'a year''s total of one unit and indicator from before the system, graded 估报; it enters no ledger and no sum of records: where records of that year stand, they win';
COMMENT ON COLUMN app.earlier_total.val IS 'as in the ledger: money in fen, everything else in whole units; of a stock the balance at the end of the year';
COMMENT ON COLUMN app.earlier_total.source IS 'which document says so, and where in it';
COMMENT ON COLUMN app.earlier_total.state IS 'draft is saved as she types; accepted counts; replaced = a later one was accepted in its place; nothing is deleted';
COMMENT ON COLUMN app.earlier_total.reason IS 'why it was returned or voided';

ALTER TABLE app.earlier_total ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
GRANT SELECT, INSERT, UPDATE ON app.earlier_total TO app;

CREATE POLICY earlier_total_read ON app.earlier_total FOR SELECT TO app USING (EXISTS (SELECT FROM app.org o WHERE o.id = earlier_total.org_id
  AND o.scope_code >= (SELECT current_setting('app.scope', true)) AND o.scope_code < (SELECT current_setting('app.scope_end', true))));
CREATE POLICY earlier_total_insert ON app.earlier_total FOR INSERT TO app WITH CHECK (EXISTS (SELECT FROM app.org o WHERE o.id = earlier_total.org_id
  AND o.scope_code >= (SELECT current_setting('app.scope', true)) AND o.scope_code < (SELECT current_setting('app.scope_end', true))));
CREATE POLICY earlier_total_update ON app.earlier_total FOR UPDATE TO app USING (EXISTS (SELECT FROM app.org o WHERE o.id = earlier_total.org_id
  AND o.scope_code >= (SELECT current_setting('app.scope', true)) AND o.scope_code < (SELECT current_setting('app.scope_end', true))));
