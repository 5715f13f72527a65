-- why: a complaint is for who sent it and for the city: whoever holds the disk, a dump or the log of the database reads none
COMMENT ON COLUMN app.suggestion.body IS 'sealed under a key of the installation, bound to its row; rows of before 0251 stand in clear until they are read or answered';
COMMENT ON COLUMN app.suggestion.answer IS 'sealed as the body, which it mostly repeats; empty: none yet';
