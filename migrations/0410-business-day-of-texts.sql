-- why: 0362 dated what had been named after a review by the day of the session that migrated, which is not the day of business: between midnight and eight in the morning it was the day before
UPDATE app.contract_text SET after_review_on = (noted_at AT TIME ZONE 'Asia/Shanghai')::date
  WHERE after_review_on = (noted_at AT TIME ZONE 'UTC')::date AND after_review_on <> (noted_at AT TIME ZONE 'Asia/Shanghai')::date;
