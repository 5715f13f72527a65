-- why: whoever is above sees on the board how far screening rounds below have come and where hardship work stands below: counts, no round's names and no file
CREATE FUNCTION app.screening_counts_below(of_year int) RETURNS TABLE (state text, n int)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$ BEGIN
  IF NOT app.in_post('cadre') THEN RETURN; END IF;
  RETURN QUERY SELECT e.state, count(*)::int FROM app.screening_entry e JOIN app.screening_round r ON r.id = e.round_id JOIN app.org o ON o.id = r.org_id
    WHERE r.state <> 'draft' AND date_part('year', r.from_on) = of_year
      AND o.scope_code > current_setting('app.scope', true) AND o.scope_code < current_setting('app.scope_end', true) GROUP BY e.state;
END $$;
COMMENT ON FUNCTION app.screening_counts_below IS 'how many stand where in the rounds of a year that units below hers lead: counts alone, of all rounds together';

CREATE FUNCTION app.hardship_steps_unseen() RETURNS TABLE (process text, step text, n int, since date)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$ DECLARE own int := nullif(current_setting('app.unit', true), '')::int; handles boolean := app.handles_hardship(); me uuid := app.me(); BEGIN
  IF own IS NULL OR NOT app.in_post('cadre') THEN RETURN; END IF;
  RETURN QUERY SELECT 'hardship', f.state, count(*)::int, min(f.touched_on) FROM app.hardship_file f JOIN app.org o ON o.id = f.org_id
    WHERE f.state IN ('applied', 'returned', 'checked', 'visited', 'inquired', 'verified', 'noticed') AND NOT (handles AND own IN (f.org_id, f.centre_id)) AND f.person_id <> me
      AND o.scope_code >= current_setting('app.scope', true) AND o.scope_code < current_setting('app.scope_end', true) GROUP BY f.state
  UNION ALL SELECT 'aid', d.state, count(*)::int, min(d.asked_on) FROM app.hardship_aid d LEFT JOIN app.hardship_file f ON f.id = d.file_id JOIN app.org o ON o.id = d.org_id
    WHERE d.state IN ('asked', 'checked', 'approved', 'sent') AND NOT (handles AND own IN (coalesce(f.org_id, d.org_id), coalesce(f.centre_id, d.centre_id))) AND coalesce(f.person_id, d.person_id) <> me
      AND o.scope_code >= current_setting('app.scope', true) AND o.scope_code < current_setting('app.scope_end', true) GROUP BY d.state;
END $$;
COMMENT ON FUNCTION app.hardship_steps_unseen IS 'how much of the hardship work of her scope that she handles no file of stands at each step, and since when the oldest: counts alone';
REVOKE ALL ON FUNCTION app.screening_counts_below, app.hardship_steps_unseen FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.screening_counts_below, app.hardship_steps_unseen TO app;
