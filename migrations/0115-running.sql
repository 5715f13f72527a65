-- why: a platform is wound up in order: announced, then read only, then closed; asked for by the system administrator, given by the security administrator
CREATE TABLE app.running_change (
  id uuid NOT NULL,
  mode text NOT NULL,
  from_on date NOT NULL,
  reason text NOT NULL,
  successor text NOT NULL,
  whither text NOT NULL,
  contact text NOT NULL,
  asked_by uuid NOT NULL,
  asked_at timestamptz NOT NULL DEFAULT now(),
  decided_by uuid,
  decided_at timestamptz,
  is_granted boolean,
  CONSTRAINT running_change_pkey PRIMARY KEY (id),
  CONSTRAINT running_change_asked_by_fkey FOREIGN KEY (asked_by) REFERENCES app.account (id),
  CONSTRAINT running_change_decided_by_fkey FOREIGN KEY (decided_by) REFERENCES app.account (id),
  CONSTRAINT running_change_mode_check CHECK (mode IN ('open', 'readonly', 'closed')),
  CONSTRAINT running_change_decided_check CHECK ((decided_at IS NULL) = (decided_by IS NULL) AND (decided_at IS NULL) = (is_granted IS NULL))
);
CREATE UNIQUE INDEX running_change_one_waiting ON app.running_change ((decided_at IS NULL)) WHERE decided_at IS NULL;
COMMENT ON TABLE app.running_change IS 'when the platform is open, read only or closed: what was asked for, and what a second person gave; what was given last holds from its day on';
COMMENT ON COLUMN app.running_change.successor IS 'address of the platform that takes over; empty while there is none';
COMMENT ON COLUMN app.running_change.whither IS 'where the data goes, shown to whoever comes after the end';
ALTER TABLE app.running_change ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

-- What was given is announced to everybody, the visitor at the door too; what is asked for or was refused is the administrators' affair.
CREATE POLICY running_change_read ON app.running_change FOR SELECT TO app USING (
  coalesce(is_granted, false)
  OR (SELECT app.in_post('systemAdmin')) OR (SELECT app.in_post('securityAdmin')) OR (SELECT app.in_post('auditAdmin')));
GRANT SELECT ON app.running_change TO app;

CREATE FUNCTION app.ask_running(new_id uuid, new_mode text, from_day date, why text, new_address text, data_to text, ask_whom text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$ BEGIN
  INSERT INTO app.running_change (id, mode, from_on, reason, successor, whither, contact, asked_by)
  VALUES (new_id, new_mode, from_day, why, new_address, data_to, ask_whom, app.acts_as('systemAdmin'));
END $$;

CREATE FUNCTION app.decide_running(request uuid, granted boolean) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE decider uuid := app.acts_as('securityAdmin');
BEGIN
  UPDATE app.running_change c SET decided_by = decider, decided_at = clock_timestamp(), is_granted = granted
  WHERE c.id = request AND c.decided_at IS NULL AND NOT EXISTS (SELECT FROM app.account a JOIN app.account d ON d.person_id = a.person_id
    WHERE d.id = decider AND a.id = c.asked_by);
  RETURN FOUND;
END $$;
COMMENT ON FUNCTION app.decide_running IS 'false where it was decided before, or the decider asked for it';

CREATE FUNCTION app.withdraw_running(request uuid) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE who uuid := app.acts_as('systemAdmin');
BEGIN
  UPDATE app.running_change c SET decided_by = who, decided_at = clock_timestamp(), is_granted = false WHERE c.id = request AND c.decided_at IS NULL;
  RETURN FOUND;
END $$;
COMMENT ON FUNCTION app.withdraw_running IS 'what the system administrator asked for she may take back; false where it was decided before';

REVOKE ALL ON FUNCTION app.ask_running, app.decide_running, app.withdraw_running FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.ask_running, app.decide_running, app.withdraw_running TO app;
