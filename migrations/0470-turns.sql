-- why: a term runs from the day on which a turn began, and what was approved and then given up is not shown as about to open

ALTER TABLE app.care_room_rating ADD COLUMN turned_on date;
-- Of the turns before an end, a plaque or a notice no day stands anywhere; the last score is the nearest that is known.
UPDATE app.care_room_rating g SET turned_on = coalesce(g.ended_on, g.granted_on, (SELECT n.opened_on FROM app.public_notice n WHERE n.id = g.notice_id),
  (coalesce((SELECT max(c.scored_at) FROM app.care_room_score c WHERE c.district_id = g.district_id AND c.rating_id = g.id), g.created_at)
    AT TIME ZONE 'Asia/Shanghai')::date);
ALTER TABLE app.care_room_rating ALTER COLUMN turned_on SET NOT NULL;
COMMENT ON COLUMN app.care_room_rating.turned_on IS 'the day on which it came into its state: the term of whose turn it is counts from it';

CREATE FUNCTION app.withdraw_childcare_notice(district int, class uuid, today date, reason text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE shown uuid; BEGIN
  SELECT c.notice_id INTO shown FROM app.childcare_class c JOIN app.org o ON o.id = c.org_id
    WHERE c.district_id = district AND c.id = class AND c.state = 'approved' AND o.scope_code = current_setting('app.scope', true);
  IF shown IS NULL OR NOT app.in_post('cadre') THEN RETURN false; END IF;
  UPDATE app.public_notice n SET withdrawn_on = today, withdrawn_for = reason WHERE n.id = shown AND n.withdrawn_on IS NULL;
  RETURN FOUND;
END $$;
COMMENT ON FUNCTION app.withdraw_childcare_notice IS 'a unit that gives up its approved class takes down the notice of it, which is the city''s; no other notice, and in no other state';
REVOKE ALL ON FUNCTION app.withdraw_childcare_notice FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.withdraw_childcare_notice TO app;
