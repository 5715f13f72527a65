-- why: what somebody does not want to be shown again is kept with her, not with a browser

CREATE TABLE app.dismissed (
  person_id uuid NOT NULL,
  what text NOT NULL,
  at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT dismissed_pkey PRIMARY KEY (person_id, what)
);
COMMENT ON TABLE app.dismissed IS 'offers that its person closed for good, such as the tour of her post';

ALTER TABLE app.dismissed ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
GRANT SELECT, INSERT ON app.dismissed TO app;
CREATE POLICY dismissed_at_door ON app.dismissed TO app USING ((SELECT app.at_door())) WITH CHECK ((SELECT app.at_door()));
