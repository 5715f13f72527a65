-- why: a workbook is put into staging piece by piece, so that other requests are served meanwhile; until all of it stands nobody sees it
ALTER TABLE app.intake DROP CONSTRAINT intake_state_check,
  ADD CONSTRAINT intake_state_check CHECK (state IN ('arriving', 'open', 'committed', 'undone')),
  DROP CONSTRAINT intake_committed_check,
  ADD CONSTRAINT intake_committed_check CHECK ((state IN ('arriving', 'open')) = (committed_at IS NULL));
COMMENT ON COLUMN app.intake.state IS 'arriving: its rows are being written, or its server stopped while they were; seen by nobody and purged after a day';

CREATE OR REPLACE FUNCTION app.purge_intakes(before timestamptz) RETURNS int LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE n int;
BEGIN
  -- Whatever the program asks for: nobody loses a week's work before the week is over.
  DELETE FROM app.intake i WHERE i.made_at < least(before, now() - interval '7 days')
    OR (i.state = 'arriving' AND i.made_at < now() - interval '1 day');
  GET DIAGNOSTICS n = ROW_COUNT;
  RETURN n;
END $$;
