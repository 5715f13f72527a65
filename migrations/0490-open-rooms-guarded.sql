-- why: one sender alone marked any room for the whole city and filled its keeper's list; mobiles that stand in earlier records went out as open data

-- A mobile however it is parted, but not the tail of a number with its area code.
CREATE FUNCTION app.has_mobile(words text) RETURNS boolean LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
  SELECT words ~ '1[3-9][0-9]{9}' OR words ~ '(^|[^0-9])1[ ()（）—-]*[3-9]([ ()（）—-]*[0-9]){9}'
$$;
COMMENT ON FUNCTION app.has_mobile IS 'whether words hold the number of a mobile, which is most often that of one person';
REVOKE ALL ON FUNCTION app.has_mobile FROM PUBLIC;

CREATE OR REPLACE FUNCTION app.open_care_rooms(today date, most int, only_one uuid) RETURNS TABLE (id uuid, title text, org text, district text, address text,
  door_hint text, hours text, phone text, form text, area int, equipment text[], fathers_welcome boolean, step_free boolean, verified_on date,
  lng float8, lat float8, reported date)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$ BEGIN
  RETURN QUERY SELECT r.id, r.title, o.name, d.short_name, t.address,
      CASE WHEN app.has_mobile(t.door_hint) THEN '' ELSE coalesce(t.door_hint, '') END, t.hours,
      CASE WHEN t.phone ~ '^([0-9 +()（）—、转-]|分机)*$' AND NOT app.has_mobile(t.phone) THEN t.phone ELSE '' END, t.form, t.area,
      ARRAY(SELECT e.item FROM app.care_room_equipment e WHERE e.district_id = r.district_id AND e.record_id = r.id ORDER BY e.line),
      t.fathers_welcome, t.step_free, t.verified_on, p.lng, p.lat,
      (SELECT max(w.told_on) FROM app.care_room_report w WHERE w.district_id = r.district_id AND w.record_id = r.id AND w.handled_on IS NULL
        AND w.kind IN ('gone', 'shut') AND w.times >= 2 AND NOT EXISTS (SELECT FROM app.care_room_report u WHERE u.district_id = w.district_id
          AND u.record_id = w.record_id AND u.kind = w.kind AND u.finding = 'untrue' AND u.handled_on > today - 7))
    FROM app.record r JOIN app.care_room t ON t.district_id = r.district_id AND t.record_id = r.id
    JOIN app.org h ON h.id = coalesce(r.held_by, r.org_id) JOIN app.org o ON o.id = coalesce(h.successor_id, h.id) AND o.closed_on IS NULL
    JOIN app.org d ON d.id = o.district_id
    LEFT JOIN app.care_room_point p ON p.district_id = r.district_id AND p.record_id = r.id AND p.replaced_at IS NULL
    WHERE r.state = 'accepted' AND (only_one IS NULL OR r.id = only_one) AND t.built_on <= today AND coalesce(t.delisted_on > today, true)
      AND EXISTS (SELECT FROM app.care_room_intervals i WHERE i.district_id = r.district_id AND i.record_id = r.id AND i.attribute = '对外开放'
        AND i.from_on <= today AND coalesce(i.until_on >= today, true))
    ORDER BY o.scope_code, t.built_on, r.id LIMIT most;
END $$;
COMMENT ON FUNCTION app.open_care_rooms IS 'rooms that anybody may come to on a day: accepted, not taken off, open to the public; all of class S0, and no number of a mobile. A report shows from the second telling on, and not within seven days after one of its kind was found untrue';

DROP FUNCTION app.report_care_room(uuid, text, text, date, date);
CREATE FUNCTION app.report_care_room(room uuid, what text, words text, today date, due date, teller text) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE at int; is_first boolean; told text[] := '{}'; BEGIN
  SELECT r.district_id INTO at FROM app.record r WHERE r.id = room AND EXISTS (SELECT FROM app.open_care_rooms(today, 1, room));
  IF at IS NULL THEN RETURN NULL; END IF;
  INSERT INTO app.attempt (subject, failures, since, next_at) VALUES (teller, 1, now(), now()) ON CONFLICT DO NOTHING;
  is_first := FOUND;
  IF words <> '' THEN
    INSERT INTO app.attempt (subject, failures, since, next_at) VALUES (teller || ' words', 1, now(), now()) ON CONFLICT DO NOTHING;
    IF FOUND THEN told := ARRAY[words]; END IF;
  END IF;
  IF is_first THEN
    INSERT INTO app.care_room_report AS w (district_id, id, record_id, kind, first_on, told_on, notes, due_on)
      VALUES (at, gen_random_uuid(), room, what, today, today, told, due)
      ON CONFLICT (district_id, record_id, kind) WHERE handled_on IS NULL DO UPDATE SET times = w.times + 1, told_on = greatest(w.told_on, excluded.told_on),
        notes = CASE WHEN excluded.notes <@ w.notes OR cardinality(w.notes) >= 20 THEN w.notes ELSE w.notes || excluded.notes END;
  ELSE
    UPDATE app.care_room_report w SET notes = w.notes || told WHERE w.district_id = at AND w.record_id = room AND w.kind = what AND w.handled_on IS NULL
      AND NOT told <@ w.notes AND cardinality(w.notes) < 20;
  END IF;
  RETURN at;
END $$;
COMMENT ON FUNCTION app.report_care_room IS 'takes what anybody says of a room that is open to the public, by whoever may read no record; the district that it lies in, or nothing. A teller (keyed digest of day, room, kind and address) counts once and leaves words once';

CREATE FUNCTION app.purge_room_words(before date) RETURNS int LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE n int; BEGIN
  UPDATE app.care_room_report SET notes = '{}' WHERE handled_on < before AND notes <> '{}';
  GET DIAGNOSTICS n = ROW_COUNT;
  RETURN n;
END $$;
COMMENT ON FUNCTION app.purge_room_words IS 'takes away what strangers wrote of rooms, where it was dealt with before a day';
REVOKE ALL ON FUNCTION app.report_care_room, app.purge_room_words FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.report_care_room, app.purge_room_words TO app;

COMMENT ON TABLE app.care_room_report IS 'what anybody says of a room that is not as the list tells; of whoever said it neither name nor address stands here. Beside it stay the audit row of each telling, with its instant, and for a day or two keyed digests of the address in app.attempt';
COMMENT ON COLUMN app.care_room_report.times IS 'tellings; those of one kind from one address on one day are one';
COMMENT ON COLUMN app.care_room_report.notes IS 'in the words of who said it, each once, twenty at most; taken away 180 days after it was dealt with';
COMMENT ON TABLE app.attempt IS 'tries of a window that are paced (failed sign-ins; what is sent without signing in), by keyed digest of the name typed or of the address, whether the name exists makes no difference; and who told of a room on a day, so that it counts once';
