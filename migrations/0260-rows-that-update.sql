-- why: a row that will change what stands already was counted as one that comes in anew, and one that was taken back as one still to come
ALTER TABLE app.intake_row
  DROP CONSTRAINT intake_row_state_check,
  ADD CONSTRAINT intake_row_state_check CHECK (state IN ('right', 'warned', 'update', 'wrong', 'double', 'skipped', 'same', 'done', 'undone'));
