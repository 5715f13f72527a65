-- why: a woman suggests herself or another of her union for an honour; a cadre of her unit takes it up or says why not, and writes the nomination
ALTER TABLE app.person_request DROP CONSTRAINT person_request_kind_check, DROP CONSTRAINT person_request_join_check;
ALTER TABLE app.person_request ADD CONSTRAINT person_request_kind_check CHECK (kind IN ('transfer', 'merge', 'erase', 'join', 'nominate')),
  ADD CONSTRAINT person_request_join_check CHECK (kind NOT IN ('join', 'nominate') OR asked_person = person_id);
COMMENT ON TABLE app.person_request IS 'what a second person decides: transfer to another unit, merge of two entries (other_id goes into person_id), erasure, joining and whom to honour as she herself asked';

-- As in 0361; besides, whom to honour she told the unit that she leaves: another does not read it.
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
  UPDATE app.person_request q SET state = 'refused', answer = '已转到别的单位，原单位不再办理；可以在现在的单位重新推荐', decided_at = now()
    WHERE q.person_id = moved AND q.kind = 'nominate' AND q.state = 'open';
  UPDATE app.person p SET org_id = into_org, version = version + 1, updated_at = now() WHERE p.id = moved;
END $$;

CREATE FUNCTION app.purge_nominees(before timestamptz) RETURNS int LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE n int; BEGIN
  UPDATE app.person_request q SET reason = '（已到期清除）', answer = NULL WHERE q.kind = 'nominate' AND q.state <> 'open'
    AND q.decided_at < least(before, now() - interval '90 days') AND q.reason <> '（已到期清除）' AND q.reason <> '（已删除）';
  GET DIAGNOSTICS n = ROW_COUNT;
  RETURN n;
END $$;
COMMENT ON FUNCTION app.purge_nominees IS 'takes the name and the deeds of whom a woman suggested out of what was decided before an instant, never of the last 90 days';
REVOKE ALL ON FUNCTION app.purge_nominees FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.purge_nominees TO app;
