-- why: an honour is recommended, heard, shown and decided before it is a record: by quotas and rules that are checked while the list grows, by jurors who cannot copy each other

CREATE TABLE app.honour_campaign (
  id uuid NOT NULL,
  org_id int NOT NULL,
  kind text NOT NULL,
  year smallint NOT NULL,
  title text NOT NULL,
  note text NOT NULL DEFAULT '',
  opens_on date NOT NULL,
  closes_on date NOT NULL,
  types jsonb NOT NULL,
  quotas jsonb NOT NULL DEFAULT '[]',
  has_shares boolean NOT NULL DEFAULT false,
  state text NOT NULL DEFAULT 'draft',
  notice_id uuid,
  proposed_by uuid,
  decided_by uuid,
  doc_no text,
  granted_on date,
  reason text NOT NULL DEFAULT '',
  version int NOT NULL DEFAULT 1,
  created_by uuid NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT honour_campaign_pkey PRIMARY KEY (id),
  CONSTRAINT honour_campaign_org_fkey FOREIGN KEY (org_id) REFERENCES app.org (id),
  CONSTRAINT honour_campaign_kind_check CHECK (kind IN ('honour', 'family')),
  CONSTRAINT honour_campaign_state_check CHECK (state IN ('draft', 'open', 'jury', 'party', 'notice', 'granted', 'cancelled')),
  CONSTRAINT honour_campaign_window_check CHECK (opens_on <= closes_on),
  CONSTRAINT honour_campaign_second_check CHECK (decided_by IS NULL OR decided_by <> proposed_by),
  CONSTRAINT honour_campaign_granted_check CHECK ((state = 'granted') = (granted_on IS NOT NULL) AND (state <> 'granted' OR doc_no IS NOT NULL))
);
CREATE INDEX honour_campaign_organiser ON app.honour_campaign (org_id, year);
COMMENT ON TABLE app.honour_campaign IS '一次评选: titles, places and days, from the call to the grant; what was granted are records of the programme honour';
COMMENT ON COLUMN app.honour_campaign.types IS 'titles of this campaign: key, name, subject, level, what is asked of it, places in all';
COMMENT ON COLUMN app.honour_campaign.quotas IS 'places by unit and title; none for a title = its places are open to all';
COMMENT ON COLUMN app.honour_campaign.has_shares IS 'whether the list as a whole keeps the shares of the rule table';

CREATE TABLE app.honour_nomination (
  district_id int NOT NULL,
  id uuid NOT NULL,
  campaign_id uuid NOT NULL,
  org_id int NOT NULL,
  type_key text NOT NULL,
  person_id uuid,
  name text NOT NULL,
  employer text NOT NULL,
  sex text, nation text, birth_month text, politics text, education text, job_title text, position text, post_kind text,
  front_since date,
  is_industrial boolean NOT NULL DEFAULT false,
  is_migrant boolean NOT NULL DEFAULT false,
  is_head boolean NOT NULL DEFAULT false,
  is_non_public boolean NOT NULL DEFAULT false,
  size int, women int, head_name text, head_is_woman boolean, founded_on date,
  motto text,
  before text NOT NULL DEFAULT '',
  deeds_short text NOT NULL DEFAULT '',
  deeds text NOT NULL DEFAULT '',
  state text NOT NULL DEFAULT 'draft',
  turn_of int,
  notice_id uuid,
  reason text NOT NULL DEFAULT '',
  submitted_by uuid NOT NULL,
  submitted_person uuid NOT NULL,
  record_district_id int,
  record_id uuid,
  version int NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT honour_nomination_pkey PRIMARY KEY (district_id, id),
  CONSTRAINT honour_nomination_campaign_fkey FOREIGN KEY (campaign_id) REFERENCES app.honour_campaign (id),
  CONSTRAINT honour_nomination_org_fkey FOREIGN KEY (org_id) REFERENCES app.org (id),
  CONSTRAINT honour_nomination_person_fkey FOREIGN KEY (person_id) REFERENCES app.person (id),
  CONSTRAINT honour_nomination_state_check CHECK (state IN ('draft', 'unitNotice', 'upper', 'listed', 'chosen', 'granted', 'notChosen', 'blocked', 'withdrawn'))
);
CREATE INDEX honour_nomination_of ON app.honour_nomination (campaign_id, org_id);
CREATE INDEX honour_nomination_record ON app.honour_nomination (record_id) WHERE record_id IS NOT NULL;
COMMENT ON TABLE app.honour_nomination IS '一份推荐: of a person, a cadre, a collective or a family by her unit';
COMMENT ON COLUMN app.honour_nomination.turn_of IS 'the unit whose opinion it waits for; NULL = with its own unit or the organiser';
COMMENT ON COLUMN app.honour_nomination.record_id IS 'the accepted record that the grant created';

CREATE TABLE app.honour_opinion (
  district_id int NOT NULL,
  nomination_id uuid NOT NULL,
  step text NOT NULL,
  org_id int NOT NULL,
  agrees boolean NOT NULL,
  body text NOT NULL,
  given_on date NOT NULL,
  account_id uuid NOT NULL,
  CONSTRAINT honour_opinion_pkey PRIMARY KEY (district_id, nomination_id, step),
  CONSTRAINT honour_opinion_nomination_fkey FOREIGN KEY (district_id, nomination_id) REFERENCES app.honour_nomination (district_id, id),
  CONSTRAINT honour_opinion_step_check CHECK (step IN ('party', 'union', 'outside', 'upper'))
);
COMMENT ON COLUMN app.honour_opinion.step IS 'party and union of the unit, outside bodies on the head of an enterprise, the district or industry above';

CREATE TABLE app.honour_juror (
  campaign_id uuid NOT NULL,
  post_id uuid NOT NULL,
  account_id uuid NOT NULL,
  person_id uuid NOT NULL,
  org_id int NOT NULL,
  CONSTRAINT honour_juror_pkey PRIMARY KEY (campaign_id, post_id),
  CONSTRAINT honour_juror_campaign_fkey FOREIGN KEY (campaign_id) REFERENCES app.honour_campaign (id),
  CONSTRAINT honour_juror_org_fkey FOREIGN KEY (org_id) REFERENCES app.org (id)
);

CREATE TABLE app.honour_score (
  district_id int NOT NULL,
  nomination_id uuid NOT NULL,
  post_id uuid NOT NULL,
  campaign_id uuid NOT NULL,
  recused boolean NOT NULL DEFAULT false,
  points int[] NOT NULL DEFAULT '{}',
  note text NOT NULL DEFAULT '',
  at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT honour_score_pkey PRIMARY KEY (district_id, nomination_id, post_id),
  CONSTRAINT honour_score_nomination_fkey FOREIGN KEY (district_id, nomination_id) REFERENCES app.honour_nomination (district_id, id),
  CONSTRAINT honour_score_recused_check CHECK (recused = (points = '{}'))
);
COMMENT ON TABLE app.honour_score IS 'what one juror gave, given once; seen by another juror only after her own, by the organiser when judging is over';

CREATE FUNCTION app.acting_post() RETURNS uuid LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$ BEGIN
  RETURN (SELECT post_id FROM app.context WHERE pid = pg_backend_pid() AND xid = pg_current_xact_id_if_assigned());
END $$;
COMMENT ON FUNCTION app.acting_post IS 'the post in which somebody acts in this transaction, as app.begin(token) found it';
CREATE FUNCTION app.judges(of_campaign uuid) RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$ BEGIN
  RETURN EXISTS (SELECT FROM app.honour_juror j WHERE j.campaign_id = of_campaign AND j.post_id = app.acting_post());
END $$;
COMMENT ON FUNCTION app.judges IS 'whether the post that acts is of the jury: it reads what is nominated, wherever its unit stands';
CREATE FUNCTION app.scored(of_nomination uuid) RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$ BEGIN
  RETURN EXISTS (SELECT FROM app.honour_score s WHERE s.nomination_id = of_nomination AND s.post_id = app.acting_post() AND NOT s.recused);
END $$;
COMMENT ON FUNCTION app.scored IS 'whether the juror who acts has given her own score';
CREATE FUNCTION app.scores_given(of_campaign uuid) RETURNS TABLE (nomination_id uuid, post_id uuid, recused boolean)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$ BEGIN
  RETURN QUERY SELECT s.nomination_id, s.post_id, s.recused FROM app.honour_score s WHERE s.campaign_id = of_campaign;
END $$;
COMMENT ON FUNCTION app.scores_given IS 'who has given or declined, without a point of it: the organiser sees how far judging has come';
CREATE FUNCTION app.places_taken(of_campaign uuid, of_type text, scope text, but uuid) RETURNS int
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$ BEGIN
  RETURN (SELECT count(*) FROM app.honour_nomination n JOIN app.org o ON o.id = n.org_id WHERE n.campaign_id = of_campaign AND n.type_key = of_type
    AND n.id IS DISTINCT FROM but AND n.state IN ('upper', 'listed', 'chosen', 'granted') AND o.scope_code >= scope AND o.scope_code < scope || '~');
END $$;
COMMENT ON FUNCTION app.places_taken IS 'how many have been sent up within a unit: a sibling counts what she does not read';
CREATE FUNCTION app.honours_before(of_campaign uuid) RETURNS TABLE (nomination_id uuid, title text, level text, granted_on date)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$ BEGIN
  RETURN QUERY SELECT n.id, t.honour_type, t.level, h.granted_on FROM app.honour_nomination n
    JOIN app.record r ON r.org_id = n.org_id AND r.state = 'accepted' AND r.programme = (SELECT p.id FROM app.programme p WHERE p.key = 'honour')
    JOIN app.honour h ON h.district_id = r.district_id AND h.record_id = r.id AND h.revoked_on IS NULL AND h.honoree = n.name
    JOIN app.honour_titles t ON t.district_id = r.district_id AND t.record_id = r.id
    WHERE n.campaign_id = of_campaign AND r.id IS DISTINCT FROM n.record_id
  UNION SELECT n.id, t.honour_type, t.level, h.granted_on FROM app.honour_nomination n
    JOIN app.honour_nomination o ON o.person_id = n.person_id AND o.state = 'granted' AND o.id <> n.id
    JOIN app.record r ON r.district_id = o.record_district_id AND r.id = o.record_id AND r.state = 'accepted'
    JOIN app.honour h ON h.district_id = r.district_id AND h.record_id = r.id AND h.revoked_on IS NULL
    JOIN app.honour_titles t ON t.district_id = r.district_id AND t.record_id = r.id
    WHERE n.campaign_id = of_campaign;
END $$;
COMMENT ON FUNCTION app.honours_before IS 'honours in force of whoever is nominated: by her register entry, and by name within her unit';

ALTER TABLE app.honour ADD revoked_on date, ADD revoked_for text;

ALTER TABLE app.honour_campaign ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE app.honour_nomination ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE app.honour_opinion ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE app.honour_juror ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE app.honour_score ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
GRANT SELECT, INSERT, UPDATE ON app.honour_campaign, app.honour_nomination, app.honour_opinion TO app;
GRANT SELECT, INSERT, DELETE ON app.honour_juror TO app;
GRANT SELECT, INSERT ON app.honour_score TO app;
CREATE POLICY honour_campaign_read ON app.honour_campaign FOR SELECT TO app USING (EXISTS (SELECT FROM app.org o WHERE o.id = honour_campaign.org_id
  AND (o.scope_code >= (SELECT current_setting('app.scope', true)) AND o.scope_code < (SELECT current_setting('app.scope_end', true))
    OR starts_with((SELECT current_setting('app.scope', true)), o.scope_code))));
CREATE POLICY honour_campaign_insert ON app.honour_campaign FOR INSERT TO app WITH CHECK (EXISTS (SELECT FROM app.org o WHERE o.id = honour_campaign.org_id
  AND o.scope_code = (SELECT current_setting('app.scope', true))));
CREATE POLICY honour_campaign_update ON app.honour_campaign FOR UPDATE TO app USING (EXISTS (SELECT FROM app.org o WHERE o.id = honour_campaign.org_id
  AND o.scope_code = (SELECT current_setting('app.scope', true))));
CREATE POLICY honour_nomination_read ON app.honour_nomination FOR SELECT TO app USING ((SELECT app.scope_ok()) AND (app.judges(campaign_id)
  OR EXISTS (SELECT FROM app.org o WHERE o.id = honour_nomination.org_id
    AND o.scope_code >= (SELECT current_setting('app.scope', true)) AND o.scope_code < (SELECT current_setting('app.scope_end', true)))));
CREATE POLICY honour_nomination_insert ON app.honour_nomination FOR INSERT TO app WITH CHECK ((SELECT app.scope_ok()) AND EXISTS (SELECT FROM app.org o
  WHERE o.id = honour_nomination.org_id AND o.scope_code = (SELECT current_setting('app.scope', true))));
CREATE POLICY honour_nomination_update ON app.honour_nomination FOR UPDATE TO app USING ((SELECT app.scope_ok()) AND EXISTS (SELECT FROM app.org o
  WHERE o.id = honour_nomination.org_id AND o.scope_code >= (SELECT current_setting('app.scope', true)) AND o.scope_code < (SELECT current_setting('app.scope_end', true))));
CREATE POLICY honour_opinion_with ON app.honour_opinion TO app USING (EXISTS (SELECT FROM app.honour_nomination n
  WHERE n.district_id = honour_opinion.district_id AND n.id = honour_opinion.nomination_id));
CREATE POLICY honour_juror_read ON app.honour_juror FOR SELECT TO app USING (EXISTS (SELECT FROM app.honour_campaign c WHERE c.id = honour_juror.campaign_id));
CREATE POLICY honour_juror_insert ON app.honour_juror FOR INSERT TO app WITH CHECK (EXISTS (SELECT FROM app.honour_campaign c JOIN app.org o ON o.id = c.org_id
  WHERE c.id = honour_juror.campaign_id AND o.scope_code = (SELECT current_setting('app.scope', true))));
CREATE POLICY honour_juror_delete ON app.honour_juror FOR DELETE TO app USING (EXISTS (SELECT FROM app.honour_campaign c JOIN app.org o ON o.id = c.org_id
  WHERE c.id = honour_juror.campaign_id AND o.scope_code = (SELECT current_setting('app.scope', true))));
CREATE POLICY honour_score_insert ON app.honour_score FOR INSERT TO app WITH CHECK ((SELECT app.scope_ok()) AND post_id = (SELECT app.acting_post()) AND app.judges(campaign_id));
CREATE POLICY honour_score_read ON app.honour_score FOR SELECT TO app USING ((SELECT app.scope_ok()) AND (post_id = (SELECT app.acting_post())
  OR app.judges(campaign_id) AND app.scored(nomination_id)
  OR EXISTS (SELECT FROM app.honour_campaign c JOIN app.org o ON o.id = c.org_id WHERE c.id = honour_score.campaign_id AND c.state NOT IN ('draft', 'open', 'jury')
    AND o.scope_code = (SELECT current_setting('app.scope', true)))));
REVOKE ALL ON FUNCTION app.acting_post, app.judges, app.scored, app.scores_given, app.places_taken, app.honours_before FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.acting_post, app.judges, app.scored, app.scores_given, app.places_taken, app.honours_before TO app;
