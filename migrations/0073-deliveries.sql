-- why: whoever wishes is told outside the workbench that there is news, once a day at most, by the ways that the operator set up

CREATE TABLE app.contact (
  account_id uuid NOT NULL,
  addresses jsonb NOT NULL DEFAULT '{}',
  channels text[] NOT NULL DEFAULT '{}',
  hour int NOT NULL DEFAULT 9,
  updated_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT contact_pkey PRIMARY KEY (account_id),
  CONSTRAINT contact_account_fkey FOREIGN KEY (account_id) REFERENCES app.account (id),
  CONSTRAINT contact_hour_check CHECK (hour BETWEEN 8 AND 19)
);
COMMENT ON TABLE app.contact IS 'how its owner wishes to be told that there is news; she enters it herself and takes it back at any time';
COMMENT ON COLUMN app.contact.addresses IS 'by channel, each sealed under a sub-key of the key file';
COMMENT ON COLUMN app.contact.hour IS 'hour of the daily digest; before 8 and from 20 on nobody is told anything';

CREATE TABLE app.delivery (
  id uuid NOT NULL,
  account_id uuid NOT NULL,
  channel text NOT NULL,
  on_day date NOT NULL,
  unread int NOT NULL,
  state text NOT NULL DEFAULT 'waiting',
  fault text NOT NULL DEFAULT '',
  tries int NOT NULL DEFAULT 0,
  ended_at timestamptz,
  CONSTRAINT delivery_pkey PRIMARY KEY (id),
  CONSTRAINT delivery_once UNIQUE (account_id, channel, on_day),
  CONSTRAINT delivery_account_fkey FOREIGN KEY (account_id) REFERENCES app.account (id),
  CONSTRAINT delivery_state_check CHECK (state IN ('waiting', 'sent', 'failed'))
);
COMMENT ON TABLE app.delivery IS 'digests that went out, or did not and why: one a day, person and channel';

DO $$ DECLARE t text; BEGIN
  FOREACH t IN ARRAY ARRAY['contact', 'delivery'] LOOP
    EXECUTE format('ALTER TABLE app.%I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY %I ON app.%I TO app USING ((SELECT app.at_door())) WITH CHECK ((SELECT app.at_door()))', t || '_at_door', t);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE ON app.%I TO app', t);
  END LOOP;
END $$;
GRANT DELETE ON app.delivery TO app;
