-- why: a woman suggests herself or another of her union for an honour; a cadre of her unit takes it up or says why not, and writes the nomination
ALTER TABLE app.person_request DROP CONSTRAINT person_request_kind_check, DROP CONSTRAINT person_request_join_check;
ALTER TABLE app.person_request ADD CONSTRAINT person_request_kind_check CHECK (kind IN ('transfer', 'merge', 'erase', 'join', 'nominate')),
  ADD CONSTRAINT person_request_join_check CHECK (kind NOT IN ('join', 'nominate') OR asked_person = person_id);
COMMENT ON TABLE app.person_request IS 'what a second person decides: transfer to another unit, merge of two entries (other_id goes into person_id), erasure, joining and whom to honour as she herself asked';
