-- why: a check of staff or a paper of safety that runs out takes a class off the page; its unit is told before, and told again when it has
ALTER TABLE app.due_reminder DROP CONSTRAINT due_reminder_kind_check;
ALTER TABLE app.due_reminder ADD CONSTRAINT due_reminder_kind_check
  CHECK (kind IN ('plan', 'assessment', 'committee', 'gap', 'contract', 'contractFix', 'childcare'));

CREATE FUNCTION app.childcare_ends(today date) RETURNS TABLE (id uuid, org_id int, title text, checked_on date, paper_until date)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$ BEGIN
  RETURN QUERY SELECT c.id, c.org_id, c.title,
      (SELECT min(s.checked_on) FROM app.childcare_staff s WHERE s.district_id = c.district_id AND s.class_id = c.id),
      (SELECT min(p.valid_until) FROM app.childcare_paper p WHERE p.district_id = c.district_id AND p.class_id = c.id)
    FROM app.childcare_class c JOIN app.org o ON o.id = c.org_id AND o.closed_on IS NULL
    WHERE c.state = 'published' AND c.until_on >= today
      AND o.scope_code >= current_setting('app.scope', true) AND o.scope_code < current_setting('app.scope_end', true);
END $$;
COMMENT ON FUNCTION app.childcare_ends IS 'of classes that are on, the oldest check of staff and the first end of a paper: days without a name';
REVOKE ALL ON FUNCTION app.childcare_ends FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.childcare_ends TO app;
