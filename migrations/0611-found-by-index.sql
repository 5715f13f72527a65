-- why: measured with a million records, each of these was found by reading a whole table: looks that somebody has to take and texts that nobody has looked at (inbox), honours of the levels that a summary names
CREATE INDEX contract_inspection_open ON app.contract_inspection (asked_by) WHERE checked_on IS NULL;
CREATE INDEX contract_text_after_review ON app.contract_text (district_id, record_id) WHERE after_review_on IS NOT NULL;
CREATE INDEX honour_titles_level ON app.honour_titles (level, district_id, record_id);
