-- why: a unit issues certificates from accepted records, and anyone who holds one can ask whether and for what it was issued

CREATE TABLE app.certificate (
  district_id int NOT NULL,
  id uuid NOT NULL,
  org_id int NOT NULL,
  year int NOT NULL,
  serial int NOT NULL,
  no text NOT NULL,
  code text NOT NULL,
  layout text NOT NULL,
  programme smallint NOT NULL,
  record_district_id int NOT NULL,
  record_id uuid NOT NULL,
  record_version int NOT NULL,
  recipient text NOT NULL,
  is_person boolean NOT NULL,
  words text NOT NULL,
  issuer text NOT NULL,
  granted_on date NOT NULL,
  issued_on date NOT NULL,
  state text NOT NULL DEFAULT 'valid',
  replaces uuid,
  issued_by uuid NOT NULL,
  issued_at timestamptz NOT NULL DEFAULT now(),
  ended_by uuid,
  ended_on date,
  reason text NOT NULL DEFAULT '',
  CONSTRAINT certificate_pkey PRIMARY KEY (district_id, id),
  CONSTRAINT certificate_serial UNIQUE (district_id, org_id, year, serial),
  CONSTRAINT certificate_org_fkey FOREIGN KEY (org_id) REFERENCES app.org (id),
  CONSTRAINT certificate_programme_fkey FOREIGN KEY (programme) REFERENCES app.programme (id),
  CONSTRAINT certificate_state_check CHECK (state IN ('valid', 'revoked', 'superseded')),
  CONSTRAINT certificate_ended_check CHECK ((state = 'valid') = (ended_on IS NULL) AND (state = 'valid') = (ended_by IS NULL))
);
CREATE UNIQUE INDEX certificate_once ON app.certificate (district_id, org_id, record_id, layout, recipient) WHERE state = 'valid';
CREATE INDEX certificate_code ON app.certificate (code);
COMMENT ON TABLE app.certificate IS 'what a unit certified, word for word; a certificate is never changed: it is revoked, or superseded by another';
COMMENT ON COLUMN app.certificate.code IS 'keyed digest over number, name, words, days and issuer: a row that is made up or altered in the database does not fit its code';
COMMENT ON COLUMN app.certificate.record_version IS 'of the record that it was issued from; a later one asks for a look';
COMMENT ON COLUMN app.certificate.is_person IS 'the recipient is shown masked to whoever checks the code';

ALTER TABLE app.certificate ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY certificate_of_issuer ON app.certificate TO app USING ((SELECT app.scope_ok()) AND EXISTS (SELECT FROM app.org o
  WHERE o.id = certificate.org_id AND o.scope_code = (SELECT current_setting('app.scope', true))));
GRANT SELECT, INSERT, UPDATE ON app.certificate TO app;

CREATE FUNCTION app.find_certificate(of_code text) RETURNS SETOF app.certificate LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$ BEGIN
  RETURN QUERY SELECT * FROM app.certificate c WHERE c.code = of_code;
END $$;
COMMENT ON FUNCTION app.find_certificate IS 'the certificate of a code of 130 bits, for whoever holds it; the server masks the name of a person';
REVOKE ALL ON FUNCTION app.find_certificate FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.find_certificate TO app;
