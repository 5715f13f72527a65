-- why: 0362 dated what had been named after a review by the day of the session that migrated, which is not the day of business: between midnight and eight in the morning it was the day before; and where the migrating role is no superuser, the walls hid every row from it
ALTER TABLE app.contract_text NO FORCE ROW LEVEL SECURITY;
ALTER TABLE app.record NO FORCE ROW LEVEL SECURITY;
UPDATE app.contract_text SET after_review_on = (noted_at AT TIME ZONE 'Asia/Shanghai')::date
  WHERE after_review_on = (noted_at AT TIME ZONE 'UTC')::date AND after_review_on <> (noted_at AT TIME ZONE 'Asia/Shanghai')::date;
UPDATE app.contract_text t SET after_review_on = (t.noted_at AT TIME ZONE 'Asia/Shanghai')::date FROM app.record r
  WHERE r.district_id = t.district_id AND r.id = t.record_id AND r.state = 'accepted' AND r.decided_at < t.noted_at AND t.after_review_on IS NULL;
ALTER TABLE app.contract_text FORCE ROW LEVEL SECURITY;
ALTER TABLE app.record FORCE ROW LEVEL SECURITY;
