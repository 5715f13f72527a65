-- why: who holds only the app login (an injected statement) must forge no session, no password and no invitation, and read no
-- answer, summary or chain of others

-- 1. What identity rests on is open to transactions that proved to come from the server's identity code, and to no other.
CREATE TABLE app.door_key (
  only_one boolean NOT NULL DEFAULT true,
  inside bytea NOT NULL,
  outside bytea NOT NULL,
  CONSTRAINT door_key_pkey PRIMARY KEY (only_one),
  CONSTRAINT door_key_one_check CHECK (only_one)
);
COMMENT ON TABLE app.door_key IS 'both padded halves of an HMAC-SHA-256 key that the server derives from its key file; the app login reads it nowhere, so no statement makes a proof';

CREATE UNLOGGED TABLE app.door (
  pid int NOT NULL,
  xid xid8 NOT NULL,
  CONSTRAINT door_pkey PRIMARY KEY (pid)
);
COMMENT ON TABLE app.door IS 'the transaction that proved itself; the app login cannot read or write it';

ALTER TABLE app.door_key ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE app.door ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

CREATE FUNCTION app.fit_door(inner_half bytea, outer_half bytea) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$ BEGIN
  INSERT INTO app.door_key (inside, outside) VALUES (inner_half, outer_half) ON CONFLICT DO NOTHING;
  RETURN EXISTS (SELECT FROM app.door_key WHERE inside = inner_half AND outside = outer_half);
END $$;
COMMENT ON FUNCTION app.fit_door IS 'the first start of a server fits the lock; later it only tells whether the key is still that one';

CREATE FUNCTION app.enter(stamp text, proof bytea) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE k app.door_key;
BEGIN
  SELECT * INTO k FROM app.door_key;
  IF NOT FOUND OR sha256(k.outside || sha256(k.inside || convert_to(stamp, 'UTF8'))) <> proof THEN RETURN; END IF;
  IF abs(extract(epoch FROM clock_timestamp()) - split_part(stamp, ' ', 1)::float8) > 86400 THEN RETURN; END IF;
  INSERT INTO app.door VALUES (pg_backend_pid(), pg_current_xact_id()) ON CONFLICT (pid) DO UPDATE SET xid = EXCLUDED.xid;
END $$;
COMMENT ON FUNCTION app.enter IS 'opens the tables of identity for this transaction: proof = HMAC of the stamp (seconds since 1970, a space, random letters), useless a day later';

CREATE FUNCTION app.at_door() RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$ BEGIN
  RETURN EXISTS (SELECT FROM app.door WHERE pid = pg_backend_pid() AND xid = pg_current_xact_id_if_assigned());
END $$;

DO $$ DECLARE t text; BEGIN
  FOREACH t IN ARRAY ARRAY['session', 'credential', 'recovery_code', 'attempt', 'invitation', 'notice', 'oidc_identity', 'oidc_flow', 'passkey', 'spent_challenge'] LOOP
    EXECUTE format('DROP POLICY %I ON app.%I', t || '_open', t);
    EXECUTE format('CREATE POLICY %I ON app.%I TO app USING ((SELECT app.at_door())) WITH CHECK ((SELECT app.at_door()))', t || '_at_door', t);
  END LOOP;
END $$;

-- Requests for posts are written by definer functions alone.
REVOKE INSERT ON app.post_request FROM app;
DROP POLICY post_request_open ON app.post_request;
CREATE POLICY post_request_at_door ON app.post_request FOR SELECT TO app USING ((SELECT app.at_door()));

-- 2. Every request looks its session up: by the digest of its token, which is a key, not a proof to be computed.
CREATE FUNCTION app.session_actor(digest bytea) RETURNS TABLE (account_id uuid, person_id uuid, name text, post_id uuid, role text,
  org_id int, org_code text, org_name text, short_name text, tier text, scope_code text, district_id int, aal int,
  is_password_due boolean, fresh boolean, stale boolean)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$ BEGIN
  RETURN QUERY SELECT a.id, a.person_id, a.name, p.id, p.role, o.id, o.org_code, o.name, o.short_name, o.tier, o.scope_code::text, o.district_id,
    CASE WHEN s.is_password_due THEN 0 ELSE s.aal END::int,
    s.is_password_due AND (s.aal = 2 OR p.role = 'worker' AND NOT EXISTS (SELECT FROM app.credential c WHERE c.account_id = a.id AND c.factor_at IS NOT NULL)
      AND NOT EXISTS (SELECT FROM app.passkey k WHERE k.account_id = a.id)),
    s.is_demo OR coalesce(s.factor_at > now() - interval '5 minutes', false), s.seen_at < now() - interval '1 minute'
  FROM app.session s JOIN app.account a ON a.id = s.account_id JOIN app.post p ON p.id = s.post_id JOIN app.org o ON o.id = p.org_id
  WHERE s.token_hash = digest AND s.expires_at > now()
    AND s.seen_at > now() - CASE p.role WHEN 'worker' THEN interval '7 days' ELSE interval '30 minutes' END
    AND a.disabled_at IS NULL AND p.from_on <= current_date AND coalesce(p.until_on, 'infinity') >= current_date;
END $$;
COMMENT ON FUNCTION app.session_actor IS 'who acts by a token of this digest; a woman worker''s session rests for a week, everybody else''s for half an hour. A password that is due counts for nothing (aal 0) but its change; a worker changes it past no factor that she has';

CREATE FUNCTION app.touch_session(digest bytea) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$ BEGIN
  UPDATE app.session SET seen_at = now() WHERE token_hash = digest;
END $$;

-- 3. Stored answers are written blind and read back by the session of their account.
DROP POLICY idempotency_open ON app.idempotency;
CREATE POLICY idempotency_kept ON app.idempotency FOR INSERT TO app WITH CHECK (true);
CREATE POLICY idempotency_at_door ON app.idempotency TO app USING ((SELECT app.at_door())) WITH CHECK ((SELECT app.at_door()));

CREATE FUNCTION app.stored_answer(digest bytea, of_key text) RETURNS TABLE (route text, "bodyHash" text, value jsonb)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$ BEGIN
  RETURN QUERY SELECT i.route, i.body_hash, i.answer FROM app.session s JOIN app.idempotency i ON i.account_id = s.account_id
  WHERE s.token_hash = digest AND i.key = of_key;
END $$;

-- 4. Frozen summaries and their texts by scope; a record's page names the summaries that count it, and nothing of them.
DROP POLICY snapshot_open ON app.snapshot;
CREATE POLICY snapshot_in_scope ON app.snapshot TO app USING (EXISTS (SELECT FROM app.org o WHERE o.id = snapshot.org_id
  AND o.scope_code >= (SELECT current_setting('app.scope', true)) AND o.scope_code < (SELECT current_setting('app.scope_end', true))));
DROP POLICY snapshot_value_open ON app.snapshot_value;
CREATE POLICY snapshot_value_in_scope ON app.snapshot_value TO app
  USING (EXISTS (SELECT FROM app.snapshot s WHERE s.id = snapshot_value.snapshot_id));
DROP POLICY summary_text_open ON app.summary_text;
CREATE POLICY summary_text_in_scope ON app.summary_text TO app USING (EXISTS (SELECT FROM app.org o WHERE o.id = summary_text.org_id
  AND o.scope_code >= (SELECT current_setting('app.scope', true)) AND o.scope_code < (SELECT current_setting('app.scope_end', true))));

CREATE FUNCTION app.cited_by(of_district int, of_record uuid, indicators int[]) RETURNS TABLE (id text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$ BEGIN
  RETURN QUERY SELECT s.id FROM app.snapshot s WHERE EXISTS (
    SELECT FROM app.ledger l JOIN app.snapshot_value v ON v.snapshot_id = s.id AND v.indicator_id = l.indicator_id
    WHERE l.district_id = of_district AND l.record_id = of_record AND l.state = 1 AND l.indicator_id = ANY (indicators)
      AND l.ym / 100 = s.year AND l.seq <= (s.seqs ->> l.district_id::text)::bigint
    GROUP BY l.indicator_id HAVING sum(l.val) <> 0) ORDER BY s.created_at;
END $$;
COMMENT ON FUNCTION app.cited_by IS 'ids of the frozen summaries that count a record';

-- 5. The chain: anybody's act adds to it; it is read by whose scope holds the stream, else where it moved a figure of a record in sight.
DROP POLICY audit_open ON app.audit;
CREATE POLICY audit_added ON app.audit FOR INSERT TO app WITH CHECK (true);
CREATE POLICY audit_read ON app.audit FOR SELECT TO app USING (
  EXISTS (SELECT FROM app.org o WHERE o.id = audit.district_id
    AND o.scope_code >= (SELECT current_setting('app.scope', true)) AND o.scope_code < (SELECT current_setting('app.scope_end', true)))
  OR EXISTS (SELECT FROM app.ledger l WHERE l.district_id = audit.district_id AND l.seq = audit.seq));

REVOKE ALL ON FUNCTION app.fit_door, app.enter, app.at_door, app.session_actor, app.touch_session, app.stored_answer, app.cited_by FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.fit_door, app.enter, app.at_door, app.session_actor, app.touch_session, app.stored_answer, app.cited_by TO app;
