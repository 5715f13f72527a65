-- why: a woman worker who signed in by one factor may take a place or answer a quiz (event.own, quiz.own at the first level), but the database knew nobody below the second and told her that she stands in no register

CREATE FUNCTION app.has_factor(of_account uuid) RETURNS boolean LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
  SELECT EXISTS (SELECT FROM app.credential c WHERE c.account_id = of_account AND c.factor_at IS NOT NULL)
    OR EXISTS (SELECT FROM app.passkey k WHERE k.account_id = of_account);
$$;
COMMENT ON FUNCTION app.has_factor IS 'whether an account has a second factor: a code of an app, or a passkey';
REVOKE ALL ON FUNCTION app.has_factor FROM PUBLIC;

-- As in 0075; a woman worker who has a second factor has given nothing that counts before it (aal 0), so that her password alone opens nothing.
CREATE OR REPLACE FUNCTION app.session_actor(digest bytea) RETURNS TABLE (account_id uuid, person_id uuid, name text, post_id uuid, role text,
  org_id int, org_code text, org_name text, short_name text, tier text, scope_code text, district_id int, aal int,
  is_password_due boolean, fresh boolean, stale boolean, behalf_post uuid, behalf_name text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$ BEGIN
  RETURN QUERY SELECT a.id, a.person_id, a.name, p.id, p.role, o.id, o.org_code, o.name, o.short_name, o.tier, o.scope_code::text, o.district_id,
    CASE WHEN s.is_password_due OR s.aal = 1 AND p.role = 'worker' AND app.has_factor(a.id) THEN 0 ELSE s.aal END::int,
    s.is_password_due AND (s.aal = 2 OR p.role = 'worker' AND NOT app.has_factor(a.id)),
    s.is_demo OR coalesce(s.factor_at > now() - interval '5 minutes', false), s.seen_at < now() - interval '1 minute',
    d.from_post, f.name
  FROM app.session s JOIN app.account a ON a.id = s.account_id JOIN app.post p ON p.id = s.post_id JOIN app.org o ON o.id = p.org_id
    LEFT JOIN app.delegation d ON d.id = s.behalf AND s.behalf_until > now() AND d.ended_at IS NULL AND d.to_account = a.id AND d.to_post = p.id
    LEFT JOIN app.account f ON f.id = d.from_account
  WHERE s.token_hash = digest AND s.expires_at > now()
    AND s.seen_at > now() - CASE p.role WHEN 'worker' THEN interval '7 days' ELSE interval '30 minutes' END
    AND a.disabled_at IS NULL AND p.from_on <= current_date AND coalesce(p.until_on, 'infinity') >= current_date;
END $$;
COMMENT ON FUNCTION app.session_actor IS 'who acts by a token of this digest, and for whom; a woman worker''s session rests for a week, everybody else''s for half an hour. A password that is due, and a worker''s alone where she has a factor, count for nothing (aal 0); a worker changes a due password past no factor that she has';

-- As in 0010; of a woman worker without a second factor the first level opens her own rows. What asks for the second level asks at its door.
CREATE OR REPLACE FUNCTION app.begin(token text) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE a record;
BEGIN
  SELECT p.id AS post_id, c.person_id, o.scope_code INTO a
  FROM app.session s JOIN app.account c ON c.id = s.account_id JOIN app.post p ON p.id = s.post_id
  JOIN app.org o ON o.id = p.org_id
  WHERE s.token_hash = sha256(convert_to(token, 'UTF8')) AND s.expires_at > now() AND c.disabled_at IS NULL
    AND (s.aal = 2 OR s.aal = 1 AND p.role = 'worker' AND NOT app.has_factor(c.id)) AND NOT s.is_password_due
    AND p.from_on <= current_date AND coalesce(p.until_on, 'infinity') >= current_date;
  IF NOT FOUND THEN RETURN; END IF;
  INSERT INTO app.context VALUES (pg_backend_pid(), pg_current_xact_id(), a.person_id, a.post_id, a.scope_code, a.scope_code || '~')
  ON CONFLICT (pid) DO UPDATE SET xid = EXCLUDED.xid, person_id = EXCLUDED.person_id, post_id = EXCLUDED.post_id,
    scope = EXCLUDED.scope, scope_end = EXCLUDED.scope_end;
END $$;
