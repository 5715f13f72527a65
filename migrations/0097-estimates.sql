-- why: what earlier years are only estimated at (估报) is named beside every figure that it stands in; those records are few and found by themselves

CREATE INDEX record_estimated ON app.record (district_id, id) WHERE grade = '估报';
COMMENT ON INDEX app.record_estimated IS 'records of grade 估报: how much of a figure, or of the year before, is estimated';
