-- why: a cadre who is away names a colleague of her own unit; the colleague acts with the rights of her own post, and each act says for whom

CREATE TABLE app.delegation (
  id uuid NOT NULL,
  org_id int NOT NULL,
  from_account uuid NOT NULL,
  from_post uuid NOT NULL,
  to_account uuid NOT NULL,
  to_post uuid NOT NULL,
  from_on date NOT NULL,
  until_on date NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  ended_at timestamptz,
  CONSTRAINT delegation_pkey PRIMARY KEY (id),
  CONSTRAINT delegation_org_fkey FOREIGN KEY (org_id) REFERENCES app.org (id),
  CONSTRAINT delegation_from_fkey FOREIGN KEY (from_account) REFERENCES app.account (id),
  CONSTRAINT delegation_to_fkey FOREIGN KEY (to_account) REFERENCES app.account (id),
  CONSTRAINT delegation_other_check CHECK (from_account <> to_account),
  CONSTRAINT delegation_days_check CHECK (from_on <= until_on)
);
CREATE INDEX delegation_from ON app.delegation (from_account);
CREATE INDEX delegation_to ON app.delegation (to_account);
COMMENT ON TABLE app.delegation IS 'who acts for whom while she is away, between two cadres of one unit; it gives no right that the other has not, and ends by itself';
COMMENT ON COLUMN app.delegation.from_on IS 'by the business calendar, as all due dates';

ALTER TABLE app.delegation ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY delegation_at_door ON app.delegation TO app USING ((SELECT app.at_door())) WITH CHECK ((SELECT app.at_door()));
GRANT SELECT, INSERT, UPDATE ON app.delegation TO app;

ALTER TABLE app.session ADD COLUMN behalf uuid;
ALTER TABLE app.session ADD COLUMN behalf_until timestamptz;
COMMENT ON COLUMN app.session.behalf IS 'delegation by which she acts for a colleague just now';

-- As in 0035, and for whom she acts, as long as the delegation holds.
DROP FUNCTION app.session_actor(bytea);
CREATE FUNCTION app.session_actor(digest bytea) RETURNS TABLE (account_id uuid, person_id uuid, name text, post_id uuid, role text,
  org_id int, org_code text, org_name text, short_name text, tier text, scope_code text, district_id int, aal int,
  is_password_due boolean, fresh boolean, stale boolean, behalf_post uuid, behalf_name text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$ BEGIN
  RETURN QUERY SELECT a.id, a.person_id, a.name, p.id, p.role, o.id, o.org_code, o.name, o.short_name, o.tier, o.scope_code::text, o.district_id,
    CASE WHEN s.is_password_due THEN 0 ELSE s.aal END::int,
    s.is_password_due AND (s.aal = 2 OR p.role = 'worker' AND NOT EXISTS (SELECT FROM app.credential c WHERE c.account_id = a.id AND c.factor_at IS NOT NULL)
      AND NOT EXISTS (SELECT FROM app.passkey k WHERE k.account_id = a.id)),
    s.is_demo OR coalesce(s.factor_at > now() - interval '5 minutes', false), s.seen_at < now() - interval '1 minute',
    d.from_post, f.name
  FROM app.session s JOIN app.account a ON a.id = s.account_id JOIN app.post p ON p.id = s.post_id JOIN app.org o ON o.id = p.org_id
    LEFT JOIN app.delegation d ON d.id = s.behalf AND s.behalf_until > now() AND d.ended_at IS NULL AND d.to_account = a.id AND d.to_post = p.id
    LEFT JOIN app.account f ON f.id = d.from_account
  WHERE s.token_hash = digest AND s.expires_at > now()
    AND s.seen_at > now() - CASE p.role WHEN 'worker' THEN interval '7 days' ELSE interval '30 minutes' END
    AND a.disabled_at IS NULL AND p.from_on <= current_date AND coalesce(p.until_on, 'infinity') >= current_date;
END $$;
COMMENT ON FUNCTION app.session_actor IS 'who acts by a token of this digest, and for whom; a woman worker''s session rests for a week, everybody else''s for half an hour. A password that is due counts for nothing (aal 0) but its change; a worker changes it past no factor that she has';
REVOKE ALL ON FUNCTION app.session_actor FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.session_actor TO app;
