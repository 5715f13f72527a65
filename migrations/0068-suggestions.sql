-- why: whoever works with the system may complain or suggest past her superiors, to the city tier, and sees what became of it
CREATE TABLE app.suggestion (
  district_id int NOT NULL,
  id uuid NOT NULL,
  org_id int NOT NULL,
  account_id uuid NOT NULL,
  person_id uuid NOT NULL,
  kind text NOT NULL,
  body text NOT NULL,
  state text NOT NULL DEFAULT 'sent',
  answer text NOT NULL DEFAULT '',
  sent_at timestamptz NOT NULL DEFAULT now(),
  read_at timestamptz,
  answered_at timestamptz,
  answered_by uuid,
  CONSTRAINT suggestion_pkey PRIMARY KEY (district_id, id),
  CONSTRAINT suggestion_org_fkey FOREIGN KEY (org_id) REFERENCES app.org (id),
  CONSTRAINT suggestion_account_fkey FOREIGN KEY (account_id) REFERENCES app.account (id),
  CONSTRAINT suggestion_kind_check CHECK (kind IN ('complaint', 'suggestion', 'question')),
  CONSTRAINT suggestion_state_check CHECK (state IN ('sent', 'read', 'answered')),
  CONSTRAINT suggestion_answer_check CHECK ((state = 'answered') = (answer <> ''))
);
CREATE INDEX suggestion_person ON app.suggestion (person_id, sent_at DESC);
CREATE INDEX suggestion_sent ON app.suggestion (sent_at DESC);
COMMENT ON TABLE app.suggestion IS '投诉建议: seen by who sent it and by the city tier, by nobody between them';

ALTER TABLE app.suggestion ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY suggestion_own ON app.suggestion FOR SELECT TO app USING (person_id = (SELECT app.me()));
CREATE POLICY suggestion_sent ON app.suggestion FOR INSERT TO app WITH CHECK (person_id = (SELECT app.me()) AND state = 'sent');
CREATE POLICY suggestion_city ON app.suggestion TO app USING ((SELECT app.in_post('cadre')
  AND EXISTS (SELECT FROM app.org o WHERE o.tier = 'city' AND o.scope_code = current_setting('app.scope', true))));
GRANT SELECT, INSERT, UPDATE ON app.suggestion TO app;
