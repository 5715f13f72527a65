-- why: how much a room is used says whether it is kept, helped or taken off; it is counted at the door and from the book in the room, and nobody is asked who she is
CREATE TABLE app.care_room_use (
  district_id int NOT NULL,
  record_id uuid NOT NULL,
  ym int NOT NULL,
  door int NOT NULL DEFAULT 0,
  book int,
  CONSTRAINT care_room_use_pkey PRIMARY KEY (district_id, record_id, ym),
  CONSTRAINT care_room_use_record_fkey FOREIGN KEY (district_id, record_id) REFERENCES app.record (district_id, id),
  CONSTRAINT care_room_use_month_check CHECK (ym % 100 BETWEEN 1 AND 12),
  CONSTRAINT care_room_use_counts_check CHECK (door >= 0 AND book >= 0)
);
COMMENT ON TABLE app.care_room_use IS 'how often a room was used in a month; of whoever used it nothing is kept, neither name nor address, and its row has no instant. Beside it stay the audit row of each press, with its instant and the room, and for a day or two the keyed digests of the address and of the press in app.attempt';
COMMENT ON COLUMN app.care_room_use.door IS 'counted by the code at the door';
COMMENT ON COLUMN app.care_room_use.book IS 'counted by its keeper from the book in the room; where it is told, it is the number of the month';

ALTER TABLE app.care_room_use ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
GRANT SELECT, INSERT, UPDATE ON app.care_room_use TO app;
CREATE POLICY care_room_use_of_record ON app.care_room_use TO app USING (EXISTS (SELECT FROM app.record r
  WHERE r.district_id = care_room_use.district_id AND r.id = care_room_use.record_id
    AND r.scope_code >= (SELECT current_setting('app.scope', true)) AND r.scope_code < (SELECT current_setting('app.scope_end', true))));

CREATE FUNCTION app.count_room_use(room uuid, today date, press text) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE at int; BEGIN
  SELECT r.district_id INTO at FROM app.record r JOIN app.care_room t ON t.district_id = r.district_id AND t.record_id = r.id
    WHERE r.id = room AND r.state = 'accepted' AND t.built_on <= today AND coalesce(t.delisted_on > today, true);
  IF at IS NULL THEN RETURN NULL; END IF;
  IF press IS NOT NULL THEN
    INSERT INTO app.attempt (subject, failures, since, next_at) VALUES (press, 1, now(), now()) ON CONFLICT DO NOTHING;
    IF NOT FOUND THEN RETURN at; END IF;
  END IF;
  INSERT INTO app.care_room_use AS u (district_id, record_id, ym, door)
    VALUES (at, room, extract(year FROM today)::int * 100 + extract(month FROM today)::int, 1)
    ON CONFLICT (district_id, record_id, ym) DO UPDATE SET door = u.door + 1;
  RETURN at;
END $$;
COMMENT ON FUNCTION app.count_room_use IS 'one more use of a room that stands, by whoever is at its door and may read no record; the district that it lies in, or nothing. A press (keyed digest of the room and of what the telephone called it) counts once, however often it is sent';
REVOKE ALL ON FUNCTION app.count_room_use FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.count_room_use TO app;
