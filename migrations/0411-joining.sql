-- why: a woman at work asks herself to be a member of her unit's union; a cadre of the unit takes her in or says why not
ALTER TABLE app.person_request DROP CONSTRAINT person_request_kind_check;
ALTER TABLE app.person_request ADD CONSTRAINT person_request_kind_check CHECK (kind IN ('transfer', 'merge', 'erase', 'join')),
  ADD CONSTRAINT person_request_join_check CHECK (kind <> 'join' OR asked_person = person_id);
COMMENT ON TABLE app.person_request IS 'what a second person decides: transfer to another unit, merge of two entries (other_id goes into person_id), erasure, joining as she herself asked';
