-- why: which units became this one is asked wherever the records are sought that it keeps
CREATE INDEX org_successor ON app.org (successor_id) WHERE successor_id IS NOT NULL;
