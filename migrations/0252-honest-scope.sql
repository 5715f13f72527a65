-- why: what is told of who is nominated is for cadres, leaders and the jury alone; a scope that a statement has set for itself names no juror, moves no campaign and enters no person
ALTER POLICY honour_campaign_insert ON app.honour_campaign WITH CHECK ((SELECT app.in_post('cadre')) AND EXISTS (SELECT FROM app.org o
  WHERE o.id = honour_campaign.org_id AND o.scope_code = (SELECT current_setting('app.scope', true))));
ALTER POLICY honour_campaign_update ON app.honour_campaign USING ((SELECT app.in_post('cadre') OR app.in_post('leader')) AND EXISTS (SELECT FROM app.org o
  WHERE o.id = honour_campaign.org_id AND o.scope_code = (SELECT current_setting('app.scope', true))));
ALTER POLICY honour_juror_insert ON app.honour_juror WITH CHECK ((SELECT app.in_post('cadre')) AND EXISTS (SELECT FROM app.honour_campaign c
  JOIN app.org o ON o.id = c.org_id WHERE c.id = honour_juror.campaign_id AND o.scope_code = (SELECT current_setting('app.scope', true))));
ALTER POLICY honour_juror_delete ON app.honour_juror USING ((SELECT app.in_post('cadre')) AND EXISTS (SELECT FROM app.honour_campaign c
  JOIN app.org o ON o.id = c.org_id WHERE c.id = honour_juror.campaign_id AND o.scope_code = (SELECT current_setting('app.scope', true))));
ALTER POLICY person_insert ON app.person WITH CHECK ((SELECT app.in_post('cadre')) AND org_id = nullif(current_setting('app.unit', true), '')::int
  AND org_id IN (SELECT o.id FROM app.org o WHERE o.scope_code >= current_setting('app.scope', true) AND o.scope_code < current_setting('app.scope_end', true)));

ALTER POLICY honour_nomination_read ON app.honour_nomination USING ((SELECT app.scope_ok()) AND (app.judges(campaign_id)
  OR (SELECT app.in_post('cadre') OR app.in_post('leader')) AND EXISTS (SELECT FROM app.org o WHERE o.id = honour_nomination.org_id
    AND o.scope_code >= (SELECT current_setting('app.scope', true)) AND o.scope_code < (SELECT current_setting('app.scope_end', true)))));
ALTER POLICY honour_nomination_insert ON app.honour_nomination WITH CHECK ((SELECT app.in_post('cadre')) AND EXISTS (SELECT FROM app.org o
  WHERE o.id = honour_nomination.org_id AND o.scope_code = (SELECT current_setting('app.scope', true))));
ALTER POLICY honour_nomination_update ON app.honour_nomination USING ((SELECT app.in_post('cadre') OR app.in_post('leader')) AND EXISTS (SELECT FROM app.org o
  WHERE o.id = honour_nomination.org_id AND o.scope_code >= (SELECT current_setting('app.scope', true)) AND o.scope_code < (SELECT current_setting('app.scope_end', true))));
DROP POLICY honour_opinion_with ON app.honour_opinion;
CREATE POLICY honour_opinion_read ON app.honour_opinion FOR SELECT TO app USING (EXISTS (SELECT FROM app.honour_nomination n
  WHERE n.district_id = honour_opinion.district_id AND n.id = honour_opinion.nomination_id));
CREATE POLICY honour_opinion_insert ON app.honour_opinion FOR INSERT TO app WITH CHECK ((SELECT app.in_post('cadre'))
  AND org_id = nullif(current_setting('app.unit', true), '')::int AND EXISTS (SELECT FROM app.honour_nomination n JOIN app.org o ON o.id = n.org_id
    WHERE n.district_id = honour_opinion.district_id AND n.id = honour_opinion.nomination_id
      AND o.scope_code >= current_setting('app.scope', true) AND o.scope_code < current_setting('app.scope_end', true)));
CREATE POLICY honour_opinion_update ON app.honour_opinion FOR UPDATE TO app USING ((SELECT app.in_post('cadre')) AND EXISTS (SELECT FROM app.honour_nomination n
    JOIN app.org o ON o.id = n.org_id WHERE n.district_id = honour_opinion.district_id AND n.id = honour_opinion.nomination_id
      AND o.scope_code >= current_setting('app.scope', true) AND o.scope_code < current_setting('app.scope_end', true)))
  WITH CHECK (org_id = nullif(current_setting('app.unit', true), '')::int);
ALTER POLICY honour_story_of_writer ON app.honour_story USING ((SELECT app.in_post('cadre')) AND EXISTS (SELECT FROM app.org o WHERE o.id = honour_story.org_id
  AND o.scope_code = (SELECT current_setting('app.scope', true))));
