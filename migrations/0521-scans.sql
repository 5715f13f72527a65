-- why: at a door without a line tickets are scanned on telephones that know nothing of each other: every scan is kept, the earliest by corrected clocks is her coming, what contradicts is marked
ALTER TABLE app.enrolment DROP CONSTRAINT enrolment_came_check,
  ADD CONSTRAINT enrolment_came_check CHECK ((came_at IS NULL) = (came_how IS NULL) AND coalesce(came_how, 'code') IN ('code', 'tick', 'paper', 'ticket'));
COMMENT ON COLUMN app.enrolment.came_how IS 'by the code on the wall, by her ticket, ticked off by staff, or from the paper list afterwards';

CREATE TABLE app.event_scan (
  district_id int NOT NULL,
  id uuid NOT NULL,
  event_id uuid NOT NULL,
  enrolment_id uuid,
  person_id uuid,
  device text NOT NULL,
  how text NOT NULL,
  said_at timestamptz NOT NULL,
  real_at timestamptz NOT NULL,
  received_at timestamptz NOT NULL,
  made_by uuid NOT NULL,
  outcome text NOT NULL,
  code text,
  CONSTRAINT event_scan_pkey PRIMARY KEY (district_id, id),
  CONSTRAINT event_scan_event_fkey FOREIGN KEY (district_id, event_id) REFERENCES app.event (district_id, id),
  CONSTRAINT event_scan_how_check CHECK (how IN ('ticket', 'tick')),
  CONSTRAINT event_scan_outcome_check CHECK (outcome IN ('taken', 'again', 'conflict', 'refused') AND (outcome = 'refused') = (code IS NOT NULL))
);
CREATE INDEX event_scan_event ON app.event_scan (district_id, event_id, real_at);
CREATE INDEX event_scan_entry ON app.event_scan (district_id, enrolment_id) WHERE enrolment_id IS NOT NULL;
CREATE INDEX event_scan_person ON app.event_scan (person_id) WHERE person_id IS NOT NULL;
COMMENT ON TABLE app.event_scan IS 'what the telephones at the door scanned, each scan once however often it is sent: her coming, the same again, a conflict with another telephone, or why it was refused. The text of a ticket is not kept';
COMMENT ON COLUMN app.event_scan.id IS 'made by the telephone';
COMMENT ON COLUMN app.event_scan.said_at IS 'by the clock of the telephone';
COMMENT ON COLUMN app.event_scan.real_at IS 'the same, corrected by how far that clock was off when it sent; decides the order';
COMMENT ON COLUMN app.event_scan.code IS 'why it was refused';

CREATE FUNCTION app.note_scans(of_event uuid, from_device text, now_at timestamptz, given jsonb) RETURNS TABLE (scan uuid, result text, why text, came timestamptz)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE e app.event := app.lock_event(of_event); g record; n app.enrolment; known app.event_scan; held app.event_scan;
BEGIN
  IF e.id IS NULL OR NOT app.leads_event(e) THEN RETURN; END IF;
  FOR g IN SELECT x.value ->> 'id' AS id, x.value ->> 'entry' AS entry, x.value ->> 'how' AS how, x.value ->> 'fault' AS fault, (x.value ->> 'said')::timestamptz AS said,
    (x.value ->> 'meant')::timestamptz AS meant FROM jsonb_array_elements(given) WITH ORDINALITY x ORDER BY x.ordinality LOOP
    scan := g.id::uuid;
    SELECT * INTO known FROM app.event_scan s WHERE s.district_id = e.district_id AND s.id = scan;
    IF known.id IS NOT NULL AND known.event_id <> of_event THEN CONTINUE; END IF;
    SELECT * INTO n FROM app.enrolment x WHERE x.district_id = e.district_id AND x.id = coalesce(known.enrolment_id, g.entry::uuid);
    IF known.id IS NOT NULL THEN result := known.outcome; why := known.code; came := n.came_at; RETURN NEXT; CONTINUE; END IF;
    why := CASE WHEN g.fault NOT IN ('early', 'late') THEN g.fault WHEN g.meant > now_at + interval '1 minute' THEN 'future' WHEN g.fault IS NOT NULL THEN g.fault
      WHEN n.id IS NULL THEN 'unknown' WHEN n.event_id <> of_event THEN 'otherEvent'
      WHEN n.state <> 'placed' AND EXISTS (SELECT FROM app.enrolment y JOIN app.event z ON z.district_id = y.district_id AND z.id = y.event_id
        WHERE y.district_id = e.district_id AND z.series_id = e.series_id AND y.person_id = n.person_id AND y.state = 'placed') THEN 'moved'
      WHEN n.state <> 'placed' THEN 'cancelled' WHEN e.state <> 'open' THEN 'ended'
      WHEN g.meant < e.starts_at - interval '2 hours' THEN 'early' WHEN g.meant > e.ends_at + interval '1 hour' THEN 'late' END;
    IF n.event_id IS DISTINCT FROM of_event THEN n := NULL; END IF;
    IF why IS NOT NULL THEN result := 'refused';
    ELSE
      SELECT * INTO held FROM app.event_scan s WHERE s.district_id = e.district_id AND s.enrolment_id = n.id AND s.outcome = 'taken';
      IF n.came_at IS NULL OR g.meant < n.came_at THEN
        result := 'taken';
        UPDATE app.event_scan s SET outcome = CASE WHEN s.device = from_device THEN 'again' ELSE 'conflict' END WHERE s.district_id = e.district_id AND s.id = held.id;
        UPDATE app.enrolment x SET came_at = g.meant, came_how = g.how, came_by = app.me() WHERE x.district_id = e.district_id AND x.id = n.id;
        n.came_at := g.meant;
      ELSE
        result := CASE WHEN held.device <> from_device THEN 'conflict' ELSE 'again' END;
      END IF;
    END IF;
    came := n.came_at;
    INSERT INTO app.event_scan VALUES (e.district_id, scan, of_event, n.id, n.person_id, from_device, g.how, g.said, g.meant, now_at, app.me(), result, why);
    RETURN NEXT;
  END LOOP;
END $$;
COMMENT ON FUNCTION app.note_scans IS 'takes what a telephone at the door scanned, by the organiser, each in its turn: taken, again, conflict, or refused with the reason; a scan that was sent before is answered as it stands now. Nothing where the event is not hers, and of a scan of another event';

CREATE FUNCTION app.forget_scans(hers uuid[]) RETURNS void LANGUAGE sql SET search_path = pg_catalog, pg_temp AS $$
  DELETE FROM app.event_scan s WHERE s.person_id = ANY (hers);
$$;
COMMENT ON FUNCTION app.forget_scans IS 'of an erased woman: when her ticket was held before which telephone';

REVOKE ALL ON FUNCTION app.note_scans, app.forget_scans FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.note_scans TO app;
ALTER TABLE app.event_scan ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
GRANT SELECT ON app.event_scan TO app;
CREATE POLICY event_scan_read ON app.event_scan FOR SELECT TO app USING (person_id = (SELECT app.me()) OR (SELECT app.in_post('cadre')) AND EXISTS (SELECT FROM app.event e
  JOIN app.org o ON o.id = e.org_id WHERE e.district_id = event_scan.district_id AND e.id = event_scan.event_id AND o.scope_code = (SELECT current_setting('app.scope', true))));
