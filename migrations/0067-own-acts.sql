-- why: what a unit passed, accepted or returned in a year is asked for by its own cadre; without an index every history would be read
CREATE INDEX record_history_decided ON app.record_history (org_id, account_id) WHERE action IN ('pass', 'accept', 'return');
