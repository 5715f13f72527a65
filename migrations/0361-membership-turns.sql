-- why: a woman at work who joins was not counted as joined; a membership can be kept while she is out of work; and who came and left is asked of the tree of its month
ALTER TABLE app.membership DROP CONSTRAINT membership_kind_check, DROP CONSTRAINT membership_joined_by_check, DROP CONSTRAINT membership_left_by_check;
ALTER TABLE app.membership
  ADD CONSTRAINT membership_kind_check CHECK (kind IN ('会员', '保留会籍', '女职工', '职工子女')),
  ADD CONSTRAINT membership_joined_by_check CHECK (joined_by IN ('入会', '登记', '转入', '保留', '恢复')),
  ADD CONSTRAINT membership_left_by_check CHECK (left_by IN ('转出', '退会', '除名', '离职', '退休', '死亡', '入会', '保留', '恢复'));
COMMENT ON COLUMN app.membership.kind IS '保留会籍: a member out of work, whose membership is kept and rests; it is an interval of its own, so that any day is told by its own rows';
COMMENT ON COLUMN app.membership.left_by IS '入会, 保留, 恢复: she stays in the unit, and the row that follows says as what';
-- A workbook that made a member of a woman at work left the way in which she had been registered.
UPDATE app.membership SET joined_by = '入会' WHERE kind = '会员' AND joined_by = '登记';

-- As in 0011; besides, a membership that rested is an ordinary one again where she begins to work anew.
CREATE OR REPLACE FUNCTION app.move_person(moved uuid, into_org int, since date, why text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE old record;
BEGIN
  SELECT * INTO old FROM app.membership m WHERE m.person_id = moved AND m.until_on IS NULL FOR UPDATE;
  IF FOUND THEN
    UPDATE app.membership m SET until_on = greatest(since, old.from_on), left_by = '转出', reason = why WHERE m.id = old.id;
  ELSE
    SELECT * INTO old FROM app.membership m WHERE m.person_id = moved ORDER BY m.from_on DESC LIMIT 1;
  END IF;
  INSERT INTO app.membership (id, person_id, org_id, kind, from_on, joined_by)
  VALUES (gen_random_uuid(), moved, into_org, CASE old.kind WHEN '保留会籍' THEN '会员' ELSE coalesce(old.kind, '女职工') END,
    greatest(since, old.from_on, old.until_on), '转入');
  UPDATE app.person p SET org_id = into_org, version = version + 1, updated_at = now() WHERE p.id = moved;
END $$;

-- Whoever is asked for is of today's scope; who counted below it, the closure of each month says. A unit that was split off
-- brought memberships from before its founding: they count along its first superiors.
CREATE OR REPLACE FUNCTION app.member_moves(of_org int, from_on date, until_on date) RETURNS TABLE (what text, cause text, worker_group text, n int)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE starts int; ends int;
BEGIN
  IF NOT app.in_post('cadre') OR NOT EXISTS (SELECT FROM app.org a WHERE a.id = of_org AND a.scope_code >= current_setting('app.scope', true)
    AND a.scope_code < current_setting('app.scope_end', true)) THEN RETURN; END IF;
  starts := extract(year FROM member_moves.from_on)::int * 100 + extract(month FROM member_moves.from_on)::int;
  ends := extract(year FROM member_moves.until_on)::int * 100 + extract(month FROM member_moves.until_on)::int;
  RETURN QUERY WITH under AS (
    SELECT c.des, CASE WHEN c.from_ym <= coalesce((SELECT min(e.from_ym) FROM app.org_closure e WHERE e.des = c.des AND e.depth = 1 AND e.line < 2), 0)
      THEN 0 ELSE c.from_ym END AS lo, c.to_ym AS hi
    FROM app.org_closure c WHERE c.anc = of_org AND c.line < 2
  ), held AS MATERIALIZED (
    SELECT m.*, p.worker_group AS grp, extract(year FROM m.from_on)::int * 100 + extract(month FROM m.from_on)::int AS came,
      extract(year FROM m.until_on)::int * 100 + extract(month FROM m.until_on)::int AS went
    FROM app.membership m JOIN app.person p ON p.id = m.person_id
    WHERE m.kind IN ('会员', '保留会籍') AND p.sex = '女' AND p.state <> 'merged' AND m.org_id IN (SELECT u.des FROM under u)
  ), members AS (SELECT h.* FROM held h WHERE h.kind = '会员'
  ), parts AS (
    SELECT 'start' AS w, NULL::text AS c, NULL::text AS g, count(*)::int AS k FROM members h JOIN under u ON u.des = h.org_id AND starts >= u.lo AND starts < u.hi
      WHERE h.from_on < member_moves.from_on AND (h.until_on IS NULL OR h.until_on >= member_moves.from_on)
    UNION ALL SELECT 'in', h.joined_by, h.grp, count(*)::int FROM members h JOIN under u ON u.des = h.org_id AND h.came >= u.lo AND h.came < u.hi
      WHERE h.from_on BETWEEN member_moves.from_on AND member_moves.until_on GROUP BY 2, 3
    UNION ALL SELECT 'out', h.left_by, NULL, count(*)::int FROM members h JOIN under u ON u.des = h.org_id AND h.went >= u.lo AND h.went < u.hi
      WHERE h.until_on BETWEEN member_moves.from_on AND member_moves.until_on GROUP BY 2
    UNION ALL SELECT 'within', NULL, NULL, count(*)::int FROM held h JOIN under u ON u.des = h.org_id AND h.came >= u.lo AND h.came < u.hi
      WHERE h.kind = '会员' AND h.joined_by = '转入' AND h.from_on BETWEEN member_moves.from_on AND member_moves.until_on
        AND EXISTS (SELECT FROM members b JOIN under v ON v.des = b.org_id AND b.went >= v.lo AND b.went < v.hi
          WHERE b.person_id = h.person_id AND b.left_by = '转出' AND b.until_on = h.from_on)
    UNION ALL SELECT 'end', NULL, NULL, count(*)::int FROM members h JOIN under u ON u.des = h.org_id AND ends >= u.lo AND ends < u.hi
      WHERE h.from_on <= member_moves.until_on AND (h.until_on IS NULL OR h.until_on > member_moves.until_on)
    UNION ALL SELECT 'kept', NULL, NULL, count(*)::int FROM held h JOIN under u ON u.des = h.org_id AND ends >= u.lo AND ends < u.hi
      WHERE h.kind = '保留会籍' AND h.from_on <= member_moves.until_on AND (h.until_on IS NULL OR h.until_on > member_moves.until_on)
  )
  SELECT p.w, p.c, p.g, p.k FROM parts p
  UNION ALL SELECT 'tree', NULL, NULL, sum(CASE p.w WHEN 'end' THEN p.k WHEN 'out' THEN p.k WHEN 'start' THEN -p.k WHEN 'in' THEN -p.k ELSE 0 END)::int FROM parts p;
END $$;
COMMENT ON FUNCTION app.member_moves IS 'women members of a unit of the scope and of what was below it in the month of each: at the start, who came and how, who left and why, who moved within it, at the end, whose membership rests; tree: who came or went with a unit that changed its superior; counts alone cross units';
