-- why: the term of a step counts from the day on which it came to the hands that hold it, not from the first draft or the day of asking
ALTER TABLE app.hardship_aid ADD turned_on date;
ALTER TABLE app.honour_nomination ADD turned_at timestamptz;
ALTER TABLE app.paper ADD turned_at timestamptz;
COMMENT ON COLUMN app.hardship_aid.turned_on IS 'since when it stands where it stands; NULL = since it was asked for';
COMMENT ON COLUMN app.honour_nomination.turned_at IS 'since when it stands where it stands; NULL = since it was begun';
COMMENT ON COLUMN app.paper.turned_at IS 'when it was sent for signature, came back or was signed; NULL = a draft that was never sent';
-- Of what is under way the last day that is known; walls stay forced but for this.
ALTER TABLE app.honour_nomination NO FORCE ROW LEVEL SECURITY;
ALTER TABLE app.honour_opinion NO FORCE ROW LEVEL SECURITY;
ALTER TABLE app.paper NO FORCE ROW LEVEL SECURITY;
UPDATE app.honour_nomination n SET turned_at = o.day FROM (SELECT district_id, nomination_id, max(given_on)::timestamptz AS day FROM app.honour_opinion GROUP BY 1, 2) o
  WHERE o.district_id = n.district_id AND o.nomination_id = n.id AND n.state <> 'draft';
UPDATE app.paper SET turned_at = submitted_at WHERE submitted_at IS NOT NULL;
ALTER TABLE app.honour_nomination FORCE ROW LEVEL SECURITY;
ALTER TABLE app.honour_opinion FORCE ROW LEVEL SECURITY;
ALTER TABLE app.paper FORCE ROW LEVEL SECURITY;
