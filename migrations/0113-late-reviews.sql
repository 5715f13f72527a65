-- why: a review that nobody makes is no review: three working days after an emergency look both administrators are told
ALTER TABLE app.person_emergency ADD COLUMN reminded_on date;
COMMENT ON COLUMN app.person_emergency.reminded_on IS 'business day on which it was told that the review is late; once';

CREATE FUNCTION app.late_emergencies(on_day date) RETURNS int LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE n int;
BEGIN
  UPDATE app.person_emergency e SET reminded_on = on_day WHERE e.reviewed_at IS NULL AND e.due_on < on_day AND e.reminded_on IS NULL;
  GET DIAGNOSTICS n = ROW_COUNT;
  RETURN n;
END $$;
COMMENT ON FUNCTION app.late_emergencies IS 'marks the emergency looks whose review has become late, and says how many; nothing of whom or what';
REVOKE ALL ON FUNCTION app.late_emergencies FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.late_emergencies TO app;
