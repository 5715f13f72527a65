-- why: danger opens a matter to the lead, so that the login itself could call it danger; it is marked by a function that asks who may read
CREATE FUNCTION app.silo_mark(of_case uuid, urgent boolean) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$ BEGIN
  UPDATE app.silo_case c SET is_urgent = urgent
    WHERE c.id = of_case AND c.ended_on IS NULL AND ((urgent AND app.silo_holds(c.receipt)) OR app.silo_reads(of_case));
  RETURN FOUND;
END $$;
COMMENT ON FUNCTION app.silo_mark IS 'calls an open matter urgent or no longer so: whoever may read its texts, and whoever holds the receipt may call it urgent';
REVOKE UPDATE (is_urgent) ON app.silo_case FROM app;
REVOKE ALL ON FUNCTION app.silo_mark FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.silo_mark TO app;
