-- why: how many women joined, came, left and why is asked for a period; who was transferred away is no longer in sight of her old unit, whose figure needs her
CREATE FUNCTION app.member_moves(of_org int, from_on date, until_on date) RETURNS TABLE (what text, cause text, worker_group text, n int)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$ BEGIN
  IF NOT app.in_post('cadre') THEN RETURN; END IF;
  RETURN QUERY WITH scope AS (
    SELECT o.id FROM app.org a JOIN app.org o ON o.scope_code >= a.scope_code AND o.scope_code < a.scope_code || '~'
    WHERE a.id = of_org AND a.scope_code >= current_setting('app.scope', true) AND a.scope_code < current_setting('app.scope_end', true)
  ), held AS (
    SELECT m.*, p.worker_group AS grp FROM app.membership m JOIN app.person p ON p.id = m.person_id
    WHERE m.kind = '会员' AND p.sex = '女' AND p.state <> 'merged' AND m.org_id IN (SELECT s.id FROM scope s)
  )
  SELECT 'start', NULL::text, NULL::text, count(*)::int FROM held h
    WHERE h.from_on < member_moves.from_on AND (h.until_on IS NULL OR h.until_on >= member_moves.from_on)
  UNION ALL SELECT 'in', h.joined_by, h.grp, count(*)::int FROM held h
    WHERE h.from_on BETWEEN member_moves.from_on AND member_moves.until_on GROUP BY 2, 3
  UNION ALL SELECT 'out', h.left_by, NULL, count(*)::int FROM held h
    WHERE h.until_on BETWEEN member_moves.from_on AND member_moves.until_on GROUP BY 2
  UNION ALL SELECT 'within', NULL, NULL, count(*)::int FROM held h
    WHERE h.joined_by = '转入' AND h.from_on BETWEEN member_moves.from_on AND member_moves.until_on
      AND EXISTS (SELECT FROM held b WHERE b.person_id = h.person_id AND b.left_by = '转出' AND b.until_on = h.from_on)
  UNION ALL SELECT 'end', NULL, NULL, count(*)::int FROM held h
    WHERE h.from_on <= member_moves.until_on AND (h.until_on IS NULL OR h.until_on > member_moves.until_on);
END $$;
COMMENT ON FUNCTION app.member_moves IS 'women members of a unit within the scope and below it: at the start, who came and how, who left and why, who moved within it, at the end; counts alone cross units';
REVOKE ALL ON FUNCTION app.member_moves FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.member_moves TO app;
