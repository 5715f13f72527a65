-- why: a woman worker who signed in by one factor may take a place or answer a quiz (event.own, quiz.own at the first level), but the database knew nobody below the second and told her that she stands in no register

-- As in 0010; of a woman worker the first level opens her own rows. What asks for the second level asks at its door.
CREATE OR REPLACE FUNCTION app.begin(token text) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE a record;
BEGIN
  SELECT p.id AS post_id, c.person_id, o.scope_code INTO a
  FROM app.session s JOIN app.account c ON c.id = s.account_id JOIN app.post p ON p.id = s.post_id
  JOIN app.org o ON o.id = p.org_id
  WHERE s.token_hash = sha256(convert_to(token, 'UTF8')) AND s.expires_at > now() AND c.disabled_at IS NULL
    AND (s.aal = 2 OR s.aal = 1 AND p.role = 'worker') AND NOT s.is_password_due
    AND p.from_on <= current_date AND coalesce(p.until_on, 'infinity') >= current_date;
  IF NOT FOUND THEN RETURN; END IF;
  INSERT INTO app.context VALUES (pg_backend_pid(), pg_current_xact_id(), a.person_id, a.post_id, a.scope_code, a.scope_code || '~')
  ON CONFLICT (pid) DO UPDATE SET xid = EXCLUDED.xid, person_id = EXCLUDED.person_id, post_id = EXCLUDED.post_id,
    scope = EXCLUDED.scope, scope_end = EXCLUDED.scope_end;
END $$;
