-- why: what the city is about to help open is shown to everybody first (公示), one class a notice, by the machinery that ranks of rooms use
ALTER TABLE app.childcare_class ADD COLUMN notice_id uuid;
COMMENT ON COLUMN app.childcare_class.notice_id IS 'the public notice under which the city showed the application; none after it came back';
GRANT UPDATE (notice_id) ON app.childcare_class TO app;
