-- why: whoever needs a room finds those that are open without signing in, and says when one is shut or gone; its keeper looks into it by a day

CREATE TABLE app.care_room_report (
  district_id int NOT NULL,
  id uuid NOT NULL,
  record_id uuid NOT NULL,
  kind text NOT NULL,
  first_on date NOT NULL,
  told_on date NOT NULL,
  times int NOT NULL DEFAULT 1,
  notes text[] NOT NULL DEFAULT '{}',
  due_on date NOT NULL,
  finding text,
  answer text NOT NULL DEFAULT '',
  handled_on date,
  handled_by uuid,
  CONSTRAINT care_room_report_pkey PRIMARY KEY (district_id, id),
  CONSTRAINT care_room_report_record_fkey FOREIGN KEY (district_id, record_id) REFERENCES app.record (district_id, id),
  CONSTRAINT care_room_report_kind_check CHECK (kind IN ('gone', 'shut', 'wrong')),
  CONSTRAINT care_room_report_finding_check CHECK (finding IN ('restored', 'corrected', 'untrue')),
  CONSTRAINT care_room_report_handled_check CHECK ((finding IS NULL) = (handled_on IS NULL) AND (finding IS NULL) = (handled_by IS NULL)),
  CONSTRAINT care_room_report_times_check CHECK (times >= 1 AND told_on >= first_on)
);
CREATE UNIQUE INDEX care_room_report_open ON app.care_room_report (district_id, record_id, kind) WHERE handled_on IS NULL;
CREATE INDEX care_room_report_record ON app.care_room_report (district_id, record_id, first_on);
COMMENT ON TABLE app.care_room_report IS 'what anybody says of a room that is not as the list tells; of whoever said it nothing is kept, neither name nor address';
COMMENT ON COLUMN app.care_room_report.kind IS 'gone = there is none any more, shut = it does not open, wrong = told wrongly; until it is dealt with, the same said again is counted here';
COMMENT ON COLUMN app.care_room_report.told_on IS 'the last day on which it was said';
COMMENT ON COLUMN app.care_room_report.notes IS 'in the words of who said it, each once, twenty at most';
COMMENT ON COLUMN app.care_room_report.due_on IS 'counted from the first day, by the rule of that day';
COMMENT ON COLUMN app.care_room_report.finding IS 'restored = it is open again, corrected = what is told of it was mended, untrue = it was open and as told';

ALTER TABLE app.care_room_report ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
GRANT SELECT, UPDATE ON app.care_room_report TO app;
CREATE POLICY care_room_report_of_record ON app.care_room_report TO app USING (EXISTS (SELECT FROM app.record r
  WHERE r.district_id = care_room_report.district_id AND r.id = care_room_report.record_id
    AND r.scope_code >= (SELECT current_setting('app.scope', true)) AND r.scope_code < (SELECT current_setting('app.scope_end', true))));

CREATE FUNCTION app.open_care_rooms(today date, most int, only_one uuid) RETURNS TABLE (id uuid, title text, org text, district text, address text,
  door_hint text, hours text, phone text, form text, area int, equipment text[], fathers_welcome boolean, step_free boolean, verified_on date,
  lng float8, lat float8, reported date)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$ BEGIN
  RETURN QUERY SELECT r.id, r.title, o.name, d.short_name, t.address, coalesce(t.door_hint, ''), t.hours, coalesce(t.phone, ''), t.form, t.area,
      ARRAY(SELECT e.item FROM app.care_room_equipment e WHERE e.district_id = r.district_id AND e.record_id = r.id ORDER BY e.line),
      t.fathers_welcome, t.step_free, t.verified_on, p.lng, p.lat,
      (SELECT max(w.told_on) FROM app.care_room_report w WHERE w.district_id = r.district_id AND w.record_id = r.id AND w.handled_on IS NULL
        AND w.kind IN ('gone', 'shut'))
    FROM app.record r JOIN app.care_room t ON t.district_id = r.district_id AND t.record_id = r.id
    JOIN app.org h ON h.id = coalesce(r.held_by, r.org_id) JOIN app.org o ON o.id = coalesce(h.successor_id, h.id) AND o.closed_on IS NULL
    JOIN app.org d ON d.id = o.district_id
    LEFT JOIN app.care_room_point p ON p.district_id = r.district_id AND p.record_id = r.id AND p.replaced_at IS NULL
    WHERE r.state = 'accepted' AND (only_one IS NULL OR r.id = only_one) AND t.built_on <= today AND coalesce(t.delisted_on > today, true)
      AND EXISTS (SELECT FROM app.care_room_intervals i WHERE i.district_id = r.district_id AND i.record_id = r.id AND i.attribute = '对外开放'
        AND i.from_on <= today AND coalesce(i.until_on >= today, true))
    ORDER BY o.scope_code, t.built_on, r.id LIMIT most;
END $$;
COMMENT ON FUNCTION app.open_care_rooms IS 'rooms that anybody may come to on a day: accepted, not taken off, open to the public; all of class S0, and of no person';

CREATE FUNCTION app.report_care_room(room uuid, what text, words text, today date, due date) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE at int; BEGIN
  SELECT r.district_id INTO at FROM app.record r WHERE r.id = room AND EXISTS (SELECT FROM app.open_care_rooms(today, 1, room));
  IF at IS NULL THEN RETURN NULL; END IF;
  INSERT INTO app.care_room_report AS w (district_id, id, record_id, kind, first_on, told_on, notes, due_on)
    VALUES (at, gen_random_uuid(), room, what, today, today, CASE WHEN words = '' THEN '{}' ELSE ARRAY[words] END, due)
    ON CONFLICT (district_id, record_id, kind) WHERE handled_on IS NULL DO UPDATE SET times = w.times + 1, told_on = greatest(w.told_on, excluded.told_on),
      notes = CASE WHEN excluded.notes <@ w.notes OR cardinality(w.notes) >= 20 THEN w.notes ELSE w.notes || excluded.notes END;
  RETURN at;
END $$;
COMMENT ON FUNCTION app.report_care_room IS 'takes what anybody says of a room that is open to the public, by whoever may read no record; the district that it lies in, or nothing';
REVOKE ALL ON FUNCTION app.open_care_rooms, app.report_care_room FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.open_care_rooms, app.report_care_room TO app;
