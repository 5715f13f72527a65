-- why: a text that is named or replaced after the contract was accepted was seen by nobody above: the accepting unit is told, looks at it and says so, and until then the contract is marked
ALTER TABLE app.contract_text ADD after_review_on date;
COMMENT ON COLUMN app.contract_text.after_review_on IS 'the business day on which it was named, where the contract had been accepted before: the accepting unit has not seen it';
UPDATE app.contract_text t SET after_review_on = t.noted_at::date FROM app.record r
  WHERE r.district_id = t.district_id AND r.id = t.record_id AND r.state = 'accepted' AND r.decided_at < t.noted_at;

CREATE TABLE app.contract_text_look (
  district_id int NOT NULL,
  record_id uuid NOT NULL,
  n int NOT NULL,
  org_id int NOT NULL,
  finding text NOT NULL,
  note text NOT NULL DEFAULT '',
  looked_on date NOT NULL,
  looked_by uuid NOT NULL,
  CONSTRAINT contract_text_look_pkey PRIMARY KEY (district_id, record_id, n),
  CONSTRAINT contract_text_look_text_fkey FOREIGN KEY (district_id, record_id, n) REFERENCES app.contract_text (district_id, record_id, n),
  CONSTRAINT contract_text_look_record_fkey FOREIGN KEY (district_id, record_id) REFERENCES app.record (district_id, id),
  CONSTRAINT contract_text_look_org_fkey FOREIGN KEY (org_id) REFERENCES app.org (id),
  CONSTRAINT contract_text_look_finding_check CHECK (finding IN ('与登记一致', '要求更正') AND (finding = '要求更正') = (note <> ''))
);
COMMENT ON TABLE app.contract_text_look IS 'what the accepting unit found in a text that was named after its review; once, by another person than who named it';

ALTER TABLE app.contract_text_look ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY contract_text_look_of_record ON app.contract_text_look TO app USING (EXISTS (SELECT FROM app.record r
  WHERE r.district_id = contract_text_look.district_id AND r.id = contract_text_look.record_id
    AND r.scope_code >= (SELECT current_setting('app.scope', true)) AND r.scope_code < (SELECT current_setting('app.scope_end', true))));
GRANT SELECT, INSERT ON app.contract_text_look TO app;
