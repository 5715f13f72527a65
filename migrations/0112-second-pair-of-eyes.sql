-- why: many persons leave in one file only when a second person has seen why; curiosity and theft of a register both want a quiet mass export
ALTER TABLE app.export
  ADD COLUMN is_personal boolean NOT NULL DEFAULT false,
  ADD COLUMN needs_second boolean NOT NULL DEFAULT false,
  ADD COLUMN columns text NOT NULL DEFAULT '',
  ADD COLUMN second_account uuid,
  ADD COLUMN second_person uuid,
  ADD COLUMN second_at timestamptz,
  ADD COLUMN second_answer text,
  DROP CONSTRAINT export_state_check,
  ADD CONSTRAINT export_state_check CHECK (state IN ('asked', 'refused', 'waiting', 'ready', 'failed', 'gone')),
  ADD CONSTRAINT export_second_check CHECK (second_person <> person_id AND (second_person IS NULL) = (second_at IS NULL)),
  ADD CONSTRAINT export_seen_check CHECK (NOT needs_second OR second_at IS NOT NULL OR state IN ('asked', 'gone'));
COMMENT ON COLUMN app.export.is_personal IS 'rows of persons, masked or not, or of records of class S2 and above';
COMMENT ON COLUMN app.export.needs_second IS 'more persons than one may take alone in a day: no file before a second person agreed';
COMMENT ON COLUMN app.export.columns IS 'titles of the columns, for whoever decides; empty where nobody has to';
CREATE INDEX export_asked_of ON app.export (org_id, asked_at DESC) WHERE needs_second;

-- Of her unit or one above it, and not herself; she decides, and changes nothing else.
CREATE POLICY export_second ON app.export FOR SELECT TO app USING (
  needs_second AND person_id <> (SELECT app.me()) AND (SELECT app.in_post('cadre')) AND EXISTS (SELECT FROM app.org o WHERE o.id = export.org_id
    AND o.scope_code >= current_setting('app.scope', true) AND o.scope_code < current_setting('app.scope_end', true)));
CREATE POLICY export_decided ON app.export FOR UPDATE TO app USING (
  needs_second AND state = 'asked' AND person_id <> (SELECT app.me()) AND (SELECT app.in_post('cadre'))
  AND EXISTS (SELECT FROM app.org o WHERE o.id = export.org_id
    AND o.scope_code >= current_setting('app.scope', true) AND o.scope_code < current_setting('app.scope_end', true)))
  WITH CHECK (state IN ('waiting', 'refused') AND second_person = (SELECT app.me()));
