-- why: what somebody was honoured for is told to all, as long as she agrees to it; the roll of a campaign that was shown and granted is open to everybody

CREATE TABLE app.honour_story (
  district_id int NOT NULL,
  id uuid NOT NULL,
  org_id int NOT NULL,
  record_id uuid NOT NULL,
  person_id uuid,
  honoree text NOT NULL,
  employer text NOT NULL DEFAULT '',
  title text NOT NULL,
  body text NOT NULL,
  state text NOT NULL DEFAULT 'draft',
  published_on date,
  written_by uuid NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT honour_story_pkey PRIMARY KEY (district_id, id),
  CONSTRAINT honour_story_org_fkey FOREIGN KEY (org_id) REFERENCES app.org (id),
  CONSTRAINT honour_story_person_fkey FOREIGN KEY (person_id) REFERENCES app.person (id),
  CONSTRAINT honour_story_state_check CHECK (state IN ('draft', 'published', 'withdrawn')),
  CONSTRAINT honour_story_published_check CHECK (state = 'draft' OR published_on IS NOT NULL)
);
CREATE INDEX honour_story_record ON app.honour_story (record_id);
COMMENT ON TABLE app.honour_story IS '先进事迹: shown to everybody while it is published and her consent to that stands; from the day she takes it back nobody finds it';
COMMENT ON COLUMN app.honour_story.person_id IS 'the woman of the register whose consent it hangs on; NULL = of a collective';
ALTER TABLE app.honour_story ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
GRANT SELECT, INSERT, UPDATE ON app.honour_story TO app;
CREATE POLICY honour_story_of_writer ON app.honour_story TO app USING ((SELECT app.scope_ok()) AND EXISTS (SELECT FROM app.org o WHERE o.id = honour_story.org_id
  AND o.scope_code = (SELECT current_setting('app.scope', true))));

CREATE FUNCTION app.shown_stories(of_id uuid) RETURNS TABLE (id uuid, record_id uuid, honoree text, employer text, title text, body text, published_on date)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$ BEGIN
  RETURN QUERY SELECT s.id, s.record_id, s.honoree, s.employer, s.title, s.body, s.published_on FROM app.honour_story s
    JOIN app.record r ON r.id = s.record_id AND r.state = 'accepted'
    JOIN app.honour h ON h.district_id = r.district_id AND h.record_id = r.id AND h.revoked_on IS NULL
    WHERE s.state = 'published' AND (of_id IS NULL OR s.id = of_id) AND (s.person_id IS NULL OR EXISTS (SELECT FROM app.consent c
      JOIN app.person p ON p.id = c.person_id AND p.state = 'active' WHERE c.person_id = s.person_id AND c.purpose = 'publication' AND c.withdrawn_at IS NULL));
END $$;
COMMENT ON FUNCTION app.shown_stories IS 'stories that everybody may read now';
CREATE FUNCTION app.honour_roll(of_year int, wanted text) RETURNS TABLE (record_id uuid, honoree text, employer text, title text, giver text, granted_on date)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$ BEGIN
  RETURN QUERY SELECT r.id, h.honoree, coalesce(h.employer, ''), t.honour_type, t.giver, h.granted_on FROM app.honour_nomination n
    JOIN app.honour_campaign c ON c.id = n.campaign_id AND c.state = 'granted'
    JOIN app.record r ON r.district_id = n.record_district_id AND r.id = n.record_id AND r.state = 'accepted'
    JOIN app.honour h ON h.district_id = r.district_id AND h.record_id = r.id AND h.revoked_on IS NULL
    JOIN app.honour_titles t ON t.district_id = r.district_id AND t.record_id = r.id
    WHERE n.state = 'granted' AND (of_year IS NULL OR extract(year FROM h.granted_on) = of_year)
      AND (wanted = '' OR strpos(h.honoree || ' ' || coalesce(h.employer, '') || ' ' || t.honour_type, wanted) > 0)
    ORDER BY h.granted_on DESC, t.honour_type, h.honoree LIMIT 500;
END $$;
COMMENT ON FUNCTION app.honour_roll IS 'honours in force that were shown to everybody before they were granted';
REVOKE ALL ON FUNCTION app.shown_stories, app.honour_roll FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.shown_stories, app.honour_roll TO app;
