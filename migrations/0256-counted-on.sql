-- why: a value that a form comes filled in with says of which day it is; the head counts of a unit had no day
ALTER TABLE app.org ADD counted_on date;
COMMENT ON COLUMN app.org.counted_on IS 'day of the head counts; NULL: of the founding, or nobody said';

CREATE FUNCTION app.date_heads(units int[], counted date) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$ BEGIN
  PERFORM app.acts_as('systemAdmin');
  UPDATE app.org o SET counted_on = counted WHERE o.id = ANY (units);
END $$;
COMMENT ON FUNCTION app.date_heads IS 'the day on which head counts of units were brought';
REVOKE ALL ON FUNCTION app.date_heads FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.date_heads TO app;
