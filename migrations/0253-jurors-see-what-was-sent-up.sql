-- why: a juror reads what was sent up to be judged, not what a unit is still writing or shows within its walls
ALTER POLICY honour_nomination_read ON app.honour_nomination USING ((SELECT app.scope_ok())
  AND (state IN ('upper', 'listed', 'chosen', 'granted', 'notChosen', 'blocked') AND app.judges(campaign_id)
    OR (SELECT app.in_post('cadre') OR app.in_post('leader')) AND EXISTS (SELECT FROM app.org o WHERE o.id = honour_nomination.org_id
      AND o.scope_code >= (SELECT current_setting('app.scope', true)) AND o.scope_code < (SELECT current_setting('app.scope_end', true)))));
