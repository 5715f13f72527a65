-- why: an import that opened units and accounts by mistake is taken back within a day, as far as nobody has used them
CREATE FUNCTION app.unopen_accounts(accounts uuid[]) RETURNS SETOF uuid LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE one uuid;
BEGIN
  PERFORM app.acts_as('systemAdmin');
  FOR one IN SELECT a.id FROM app.account a WHERE a.id = ANY (accounts) AND a.disabled_at IS NULL ORDER BY a.id FOR UPDATE LOOP
    -- Its owner came, a second person decided, or another post was given to it.
    CONTINUE WHEN EXISTS (SELECT FROM app.invitation i WHERE i.account_id = one AND i.used_at IS NOT NULL)
      OR EXISTS (SELECT FROM app.post_request q WHERE q.account_id = one AND q.decided_at IS NOT NULL)
      OR EXISTS (SELECT FROM app.audit u WHERE u.actor = one)
      OR (SELECT count(*) FROM app.post p WHERE p.account_id = one) + (SELECT count(*) FROM app.post_request q WHERE q.account_id = one) <> 1;
    BEGIN
      DELETE FROM app.invitation i WHERE i.account_id = one;
      DELETE FROM app.message m WHERE m.account_id = one;
      DELETE FROM app.post_request q WHERE q.account_id = one;
      DELETE FROM app.post p WHERE p.account_id = one;
      DELETE FROM app.account a WHERE a.id = one;
      RETURN NEXT one;
    EXCEPTION WHEN foreign_key_violation THEN
      -- Something of hers stands elsewhere: all of this one stays.
      NULL;
    END;
  END LOOP;
END $$;
COMMENT ON FUNCTION app.unopen_accounts IS 'accounts that nobody has used go, with the one post and the invitation that came with them; says which';

CREATE FUNCTION app.unopen_orgs(units int[], marks text[], closed date) RETURNS SETOF int LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  of_table regclass; of_column name; used int[]; kept int[]; n int;
BEGIN
  PERFORM app.acts_as('systemAdmin');
  -- As at their opening: nobody folds or files by a tree that is being rewritten.
  PERFORM pg_advisory_xact_lock(1, 0);
  -- Changed since, or closed already.
  SELECT coalesce(array_agg(x.unit), '{}') INTO kept FROM unnest(units, marks) x (unit, mark)
  WHERE NOT EXISTS (SELECT FROM app.org o WHERE o.id = x.unit AND o.closed_on IS NULL AND app.org_mark(o) = x.mark);
  -- Whatever refers to a unit uses it, but what came with it and what the program itself reminds of.
  FOR of_table, of_column IN SELECT k.conrelid, a.attname FROM pg_constraint k JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = ANY (k.conkey)
    WHERE k.contype = 'f' AND k.confrelid = 'app.org'::regclass AND k.conparentid = 0
      AND NOT k.conrelid = ANY (ARRAY['app.org_edge', 'app.org_committee', 'app.message', 'app.due_reminder', 'app.task_reminder']::regclass[]) LOOP
    EXECUTE format('SELECT coalesce(array_agg(DISTINCT t.%I), ''{}'') FROM %s t WHERE t.%I = ANY ($1)', of_column, of_table, of_column) INTO used USING units;
    kept := kept || used;
  END LOOP;
  kept := kept || ARRAY(SELECT k.org_id FROM app.org_committee k WHERE k.org_id = ANY (units) AND k.record_id IS NOT NULL);
  -- A unit under which another stays, stays; so does its own superior then.
  LOOP
    SELECT count(DISTINCT x) INTO n FROM unnest(kept) x;
    kept := kept || ARRAY(SELECT e.parent_id FROM app.org_edge e JOIN app.org c ON c.id = e.child_id
      WHERE e.parent_id = ANY (units) AND e.to_ym = 999912 AND c.closed_on IS NULL AND (NOT c.id = ANY (units) OR c.id = ANY (kept)));
    EXIT WHEN n = (SELECT count(DISTINCT x) FROM unnest(kept) x);
  END LOOP;
  DELETE FROM app.org_committee k WHERE k.org_id = ANY (units) AND NOT k.org_id = ANY (kept);
  -- Its number is spent, its code is free again for the corrected workbook.
  RETURN QUERY UPDATE app.org o SET closed_on = closed, org_code = o.org_code || '~' || o.id
    WHERE o.id = ANY (units) AND NOT o.id = ANY (kept) RETURNING o.id;
END $$;
COMMENT ON FUNCTION app.unopen_orgs IS 'closes units that nothing refers to, as never opened: without a successor and with their code free again; says which';
REVOKE ALL ON FUNCTION app.unopen_accounts, app.unopen_orgs FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.unopen_accounts, app.unopen_orgs TO app;
