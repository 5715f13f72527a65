-- why: the trace of a record named who acted, and only the audit for whom: who reads the record sees both
ALTER TABLE app.record_history ADD COLUMN behalf_post uuid;
COMMENT ON COLUMN app.record_history.behalf_post IS 'the post that whoever acted stood in for, its holder being away';
