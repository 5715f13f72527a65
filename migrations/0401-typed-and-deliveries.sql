-- why: what is typed into a form and not sent yet follows her to another machine; the operator sees what went out by which way, and why not
CREATE TABLE app.typed (
  district_id int NOT NULL,
  post_id uuid NOT NULL,
  form text NOT NULL,
  version int NOT NULL,
  sequence int NOT NULL,
  body jsonb NOT NULL,
  typed_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT typed_pkey PRIMARY KEY (district_id, post_id, form)
);
COMMENT ON TABLE app.typed IS 'a form that is being filled in, of one post and seen by it alone: pasted rows, a survey, an application. Of classes S0 and S1; gone when it is sent, or after thirty days';
COMMENT ON COLUMN app.typed.version IS 'of what is asked: what was typed for another is not given back';
COMMENT ON COLUMN app.typed.sequence IS 'counts the copies: one that grew from a copy which stands no more does not overwrite it';
ALTER TABLE app.typed ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY typed_own ON app.typed TO app USING ((SELECT app.in_post('cadre')) AND post_id = (SELECT app.acting_post()));
GRANT SELECT, INSERT, UPDATE, DELETE ON app.typed TO app;

CREATE FUNCTION app.purge_typed(before timestamptz) RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  -- Whatever the program asks for: nobody loses a month's work before the month is over.
  DELETE FROM app.typed WHERE typed_at < least(before, now() - interval '30 days')
$$;
COMMENT ON FUNCTION app.purge_typed IS 'takes away what was typed and not sent for a month';
REVOKE ALL ON FUNCTION app.purge_typed FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.purge_typed TO app;

ALTER TABLE app.delivery ALTER account_id DROP NOT NULL, ADD job text,
  ADD CONSTRAINT delivery_job_key UNIQUE (job), ADD CONSTRAINT delivery_target_check CHECK ((account_id IS NULL) = (job IS NOT NULL));
COMMENT ON COLUMN app.delivery.job IS 'of a line by the robot of a work group: key of the job that says it; then there is no account';
COMMENT ON COLUMN app.delivery.fault IS 'why the last attempt did not arrive, in words; never what was sent, nor to whom';
