-- why: a woman in hardship has one file for her household, seen by named handlers alone; aid is claimed once, checked by four people and never paid twice
CREATE TABLE app.hardship_handler (
  id uuid NOT NULL,
  org_id int NOT NULL,
  account_id uuid NOT NULL,
  person_id uuid NOT NULL,
  duty text NOT NULL,
  named_by uuid NOT NULL,
  named_at timestamptz NOT NULL DEFAULT now(),
  ended_by uuid,
  ended_at timestamptz,
  CONSTRAINT hardship_handler_pkey PRIMARY KEY (id),
  CONSTRAINT hardship_handler_org_fkey FOREIGN KEY (org_id) REFERENCES app.org (id),
  CONSTRAINT hardship_handler_account_fkey FOREIGN KEY (account_id) REFERENCES app.account (id),
  CONSTRAINT hardship_handler_duty_check CHECK (duty IN ('enter', 'check', 'approve', 'pay')),
  CONSTRAINT hardship_handler_named_check CHECK (named_by <> person_id),
  CONSTRAINT hardship_handler_ended_check CHECK ((ended_at IS NULL) = (ended_by IS NULL))
);
CREATE UNIQUE INDEX hardship_handler_once ON app.hardship_handler (org_id, person_id, duty) WHERE ended_at IS NULL;
COMMENT ON TABLE app.hardship_handler IS 'who of a unit handles hardship files, and as what; named by another person, nobody else opens a file';

CREATE TABLE app.hardship_file (
  id uuid NOT NULL,
  no text,
  person_id uuid NOT NULL,
  org_id int NOT NULL,
  centre_id int NOT NULL,
  state text NOT NULL,
  version int NOT NULL DEFAULT 1,
  household bytea,
  result bytea,
  applied_on date NOT NULL,
  applied_person uuid NOT NULL,
  checked_person uuid,
  visited_on date,
  authorised_on date,
  visitors text,
  notice_id uuid,
  notice_line smallint,
  opened_on date,
  opened_person uuid,
  rechecked_on date,
  closed_on date,
  closed_for text,
  touched_on date NOT NULL,
  updated_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT hardship_file_pkey PRIMARY KEY (id),
  CONSTRAINT hardship_file_no_unique UNIQUE (no),
  CONSTRAINT hardship_file_person_fkey FOREIGN KEY (person_id) REFERENCES app.person (id),
  CONSTRAINT hardship_file_org_fkey FOREIGN KEY (org_id) REFERENCES app.org (id),
  CONSTRAINT hardship_file_centre_fkey FOREIGN KEY (centre_id) REFERENCES app.org (id),
  CONSTRAINT hardship_file_state_check CHECK (state IN ('applied', 'returned', 'checked', 'visited', 'inquired', 'verified', 'noticed', 'open', 'closed', 'refused', 'withdrawn')),
  CONSTRAINT hardship_file_checked_check CHECK (checked_person <> applied_person),
  CONSTRAINT hardship_file_opened_check CHECK ((state IN ('open', 'closed')) = (opened_on IS NOT NULL) AND (opened_on IS NULL) = (no IS NULL)
    AND opened_person <> applied_person AND opened_person <> checked_person),
  CONSTRAINT hardship_file_closed_check CHECK ((state = 'closed') = (closed_on IS NOT NULL) AND closed_on >= opened_on),
  CONSTRAINT hardship_file_closed_for_check CHECK (closed_for IN ('脱困', '退休', '调离', '死亡'))
);
CREATE UNIQUE INDEX hardship_file_one_live ON app.hardship_file (person_id) WHERE state NOT IN ('closed', 'refused', 'withdrawn');
CREATE INDEX hardship_file_org ON app.hardship_file (org_id, state);
CREATE INDEX hardship_file_centre ON app.hardship_file (centre_id, state);
COMMENT ON TABLE app.hardship_file IS '困难职工档案: one for a household, by the woman in the register; what is told of the household is sealed under her key';
COMMENT ON COLUMN app.hardship_file.centre_id IS 'the aid centre: the nearest district or industry union at or above her unit, else the city';
COMMENT ON COLUMN app.hardship_file.result IS 'sealed: category, income a head, the version of the rules and what went in';
COMMENT ON COLUMN app.hardship_file.touched_on IS 'business day of the last act or aid; a year without any is listed';

CREATE TABLE app.hardship_result (
  id uuid NOT NULL,
  file_id uuid NOT NULL,
  person_id uuid NOT NULL,
  on_day date NOT NULL,
  occasion text NOT NULL,
  rule_version text NOT NULL,
  rule_basis text NOT NULL,
  outcome bytea,
  account_id uuid NOT NULL,
  made_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT hardship_result_pkey PRIMARY KEY (id),
  CONSTRAINT hardship_result_file_fkey FOREIGN KEY (file_id) REFERENCES app.hardship_file (id),
  CONSTRAINT hardship_result_occasion_check CHECK (occasion IN ('verify', 'recheck'))
);
CREATE INDEX hardship_result_file ON app.hardship_result (file_id, made_at);
COMMENT ON TABLE app.hardship_result IS 'every time a category was found: the version of the rules in clear, what went in and what came out sealed';

CREATE TABLE app.hardship_step (
  file_id uuid NOT NULL,
  seq int NOT NULL,
  step text NOT NULL,
  on_day date NOT NULL,
  at timestamptz NOT NULL DEFAULT now(),
  org_id int NOT NULL,
  account_id uuid NOT NULL,
  note text,
  CONSTRAINT hardship_step_pkey PRIMARY KEY (file_id, seq),
  CONSTRAINT hardship_step_file_fkey FOREIGN KEY (file_id) REFERENCES app.hardship_file (id),
  CONSTRAINT hardship_step_org_fkey FOREIGN KEY (org_id) REFERENCES app.org (id)
);
COMMENT ON TABLE app.hardship_step IS 'the way of a file: which step, when, by whom; a note never tells a cause';

CREATE TABLE app.hardship_kin (
  id_index bytea NOT NULL,
  file_id uuid NOT NULL,
  is_claimant boolean NOT NULL,
  is_live boolean NOT NULL DEFAULT true,
  CONSTRAINT hardship_kin_pkey PRIMARY KEY (file_id, id_index),
  CONSTRAINT hardship_kin_file_fkey FOREIGN KEY (file_id) REFERENCES app.hardship_file (id)
);
CREATE UNIQUE INDEX hardship_kin_one_household ON app.hardship_kin (id_index) WHERE is_live;
COMMENT ON COLUMN app.hardship_kin.is_claimant IS 'herself or her spouse: aid to one is aid to both';
COMMENT ON TABLE app.hardship_kin IS 'blind indexes of the IDs of a household: whoever is in one live file is in no other, in no district';

CREATE TABLE app.hardship_inquiry (
  code text NOT NULL,
  file_id uuid NOT NULL,
  sheet uuid NOT NULL,
  asked_on date NOT NULL,
  asked_by uuid NOT NULL,
  state text NOT NULL DEFAULT 'waiting',
  answered_on date,
  answered_by uuid,
  CONSTRAINT hardship_inquiry_pkey PRIMARY KEY (code),
  CONSTRAINT hardship_inquiry_file_fkey FOREIGN KEY (file_id) REFERENCES app.hardship_file (id),
  CONSTRAINT hardship_inquiry_state_check CHECK (state IN ('waiting', 'fits', 'differs')),
  CONSTRAINT hardship_inquiry_answered_check CHECK ((state = 'waiting') = (answered_on IS NULL) AND (state = 'waiting') = (answered_by IS NULL))
);
CREATE UNIQUE INDEX hardship_inquiry_one_waiting ON app.hardship_inquiry (file_id) WHERE state = 'waiting';
COMMENT ON TABLE app.hardship_inquiry IS 'what went to civil affairs and came back, by code: a second answer changes nothing';

CREATE TABLE app.hardship_aid (
  id uuid NOT NULL,
  file_id uuid NOT NULL,
  person_id uuid NOT NULL,
  org_id int NOT NULL,
  centre_id int NOT NULL,
  kind text NOT NULL,
  period text NOT NULL,
  amount numeric(12,2) NOT NULL,
  fund text NOT NULL,
  rule_version text NOT NULL,
  state text NOT NULL DEFAULT 'asked',
  version int NOT NULL DEFAULT 1,
  asked_on date NOT NULL,
  entered_person uuid NOT NULL,
  checked_person uuid,
  approved_person uuid,
  paid_person uuid,
  paid_on date,
  receipt_by text,
  receipt_on date,
  answer text,
  CONSTRAINT hardship_aid_pkey PRIMARY KEY (id),
  CONSTRAINT hardship_aid_file_fkey FOREIGN KEY (file_id) REFERENCES app.hardship_file (id),
  CONSTRAINT hardship_aid_org_fkey FOREIGN KEY (org_id) REFERENCES app.org (id),
  CONSTRAINT hardship_aid_centre_fkey FOREIGN KEY (centre_id) REFERENCES app.org (id),
  CONSTRAINT hardship_aid_kind_check CHECK (kind IN ('生活', '医疗', '助学', '慰问', '姐妹献爱心')),
  CONSTRAINT hardship_aid_amount_check CHECK (amount > 0),
  CONSTRAINT hardship_aid_fund_check CHECK (fund IN ('全总', '省总', '市总', '区县', '单位', '自筹')),
  CONSTRAINT hardship_aid_state_check CHECK (state IN ('asked', 'checked', 'approved', 'sent', 'paid', 'refused')),
  CONSTRAINT hardship_aid_four_eyes_check CHECK (checked_person <> entered_person AND approved_person NOT IN (entered_person, checked_person)
    AND paid_person NOT IN (entered_person, checked_person, approved_person)),
  CONSTRAINT hardship_aid_paid_check CHECK ((state = 'paid') = (paid_on IS NOT NULL)),
  CONSTRAINT hardship_aid_receipt_check CHECK ((receipt_on IS NULL) = (receipt_by IS NULL) AND receipt_on >= paid_on)
);
CREATE INDEX hardship_aid_file ON app.hardship_aid (file_id, asked_on);
CREATE INDEX hardship_aid_centre ON app.hardship_aid (centre_id, state);
COMMENT ON TABLE app.hardship_aid IS 'one aid of a kind in a period; who enters, checks, approves and pays are four people, whatever a program says';

CREATE TABLE app.hardship_claim (
  id_index bytea NOT NULL,
  kind text NOT NULL,
  period text NOT NULL,
  aid_id uuid NOT NULL,
  CONSTRAINT hardship_claim_pkey PRIMARY KEY (id_index, kind, period),
  CONSTRAINT hardship_claim_aid_fkey FOREIGN KEY (aid_id) REFERENCES app.hardship_aid (id)
);
CREATE INDEX hardship_claim_aid ON app.hardship_claim (aid_id);
COMMENT ON TABLE app.hardship_claim IS 'herself and her spouse, by blind index: whoever had a kind of aid in a period has none again; a refused one gives its claim back';

CREATE TABLE app.hardship_batch (
  id uuid NOT NULL,
  no text NOT NULL,
  org_id int NOT NULL,
  kind text NOT NULL,
  fund text NOT NULL,
  made_on date NOT NULL,
  made_by uuid NOT NULL,
  made_person uuid NOT NULL,
  CONSTRAINT hardship_batch_pkey PRIMARY KEY (id),
  CONSTRAINT hardship_batch_no_unique UNIQUE (no),
  CONSTRAINT hardship_batch_org_fkey FOREIGN KEY (org_id) REFERENCES app.org (id)
);
COMMENT ON TABLE app.hardship_batch IS 'what goes to the bank at once';

CREATE TABLE app.hardship_line (
  code text NOT NULL,
  batch_id uuid NOT NULL,
  aid_id uuid NOT NULL,
  amount numeric(12,2) NOT NULL,
  state text NOT NULL DEFAULT 'waiting',
  answered_on date,
  answered_by uuid,
  fault text,
  replaces text,
  CONSTRAINT hardship_line_pkey PRIMARY KEY (code),
  CONSTRAINT hardship_line_batch_fkey FOREIGN KEY (batch_id) REFERENCES app.hardship_batch (id),
  CONSTRAINT hardship_line_aid_fkey FOREIGN KEY (aid_id) REFERENCES app.hardship_aid (id),
  CONSTRAINT hardship_line_replaces_fkey FOREIGN KEY (replaces) REFERENCES app.hardship_line (code),
  CONSTRAINT hardship_line_state_check CHECK (state IN ('waiting', 'paid', 'failed')),
  CONSTRAINT hardship_line_answered_check CHECK ((state = 'waiting') = (answered_on IS NULL) AND (state = 'waiting') = (answered_by IS NULL))
);
CREATE UNIQUE INDEX hardship_line_never_twice ON app.hardship_line (aid_id) WHERE state <> 'failed';
CREATE UNIQUE INDEX hardship_line_replaced_once ON app.hardship_line (replaces) WHERE replaces IS NOT NULL;
CREATE INDEX hardship_line_batch ON app.hardship_line (batch_id);
COMMENT ON TABLE app.hardship_line IS 'one payment by its code; what failed is retried as a new line that names the old, so that no aid is on its way twice';

DO $$ DECLARE t text; BEGIN
  FOREACH t IN ARRAY ARRAY['hardship_handler', 'hardship_file', 'hardship_result', 'hardship_step', 'hardship_kin', 'hardship_inquiry',
    'hardship_aid', 'hardship_claim', 'hardship_batch', 'hardship_line'] LOOP
    EXECUTE format('ALTER TABLE app.%I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', t);
  END LOOP;
END $$;

CREATE FUNCTION app.handles_hardship() RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$ BEGIN
  RETURN app.in_post('cadre') AND EXISTS (SELECT FROM app.hardship_handler h WHERE h.person_id = app.me()
    AND h.org_id = nullif(current_setting('app.unit', true), '')::int AND h.ended_at IS NULL);
END $$;
COMMENT ON FUNCTION app.handles_hardship IS 'whether who acts is a named handler of the unit in which she acts';
REVOKE ALL ON FUNCTION app.handles_hardship FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.handles_hardship TO app;

-- Named in a unit: seen by its cadres and those above; by nobody who is named.
CREATE POLICY hardship_handler_read ON app.hardship_handler FOR SELECT TO app USING ((SELECT app.in_post('cadre'))
  AND org_id IN (SELECT o.id FROM app.org o WHERE o.scope_code >= current_setting('app.scope', true) AND o.scope_code < current_setting('app.scope_end', true)));
CREATE POLICY hardship_handler_insert ON app.hardship_handler FOR INSERT TO app WITH CHECK ((SELECT app.in_post('cadre')) AND named_by = (SELECT app.me())
  AND org_id IN (SELECT o.id FROM app.org o WHERE o.scope_code >= current_setting('app.scope', true) AND o.scope_code < current_setting('app.scope_end', true)));
CREATE POLICY hardship_handler_update ON app.hardship_handler FOR UPDATE TO app USING ((SELECT app.in_post('cadre'))
  AND org_id IN (SELECT o.id FROM app.org o WHERE o.scope_code >= current_setting('app.scope', true) AND o.scope_code < current_setting('app.scope_end', true)));
GRANT SELECT, INSERT, UPDATE ON app.hardship_handler TO app;

-- A file: the named handlers of her unit and of its aid centre, and herself; no tier between or above.
CREATE POLICY hardship_file_read ON app.hardship_file FOR SELECT TO app USING (person_id = (SELECT app.me())
  OR (SELECT app.handles_hardship()) AND nullif(current_setting('app.unit', true), '')::int IN (org_id, centre_id));
CREATE POLICY hardship_file_insert ON app.hardship_file FOR INSERT TO app WITH CHECK ((SELECT app.handles_hardship())
  AND org_id = nullif(current_setting('app.unit', true), '')::int AND applied_person = (SELECT app.me()) AND person_id <> (SELECT app.me()));
CREATE POLICY hardship_file_update ON app.hardship_file FOR UPDATE TO app USING ((SELECT app.handles_hardship())
  AND nullif(current_setting('app.unit', true), '')::int IN (org_id, centre_id) AND person_id <> (SELECT app.me()));
GRANT SELECT, INSERT, UPDATE ON app.hardship_file TO app;

DO $$ DECLARE t text; BEGIN
  FOREACH t IN ARRAY ARRAY['hardship_result', 'hardship_step', 'hardship_kin', 'hardship_inquiry'] LOOP
    EXECUTE format('CREATE POLICY %I ON app.%I FOR SELECT TO app USING (EXISTS (SELECT FROM app.hardship_file f WHERE f.id = file_id))', t || '_read', t);
    EXECUTE format('CREATE POLICY %I ON app.%I FOR INSERT TO app WITH CHECK ((SELECT app.handles_hardship()) AND EXISTS (SELECT FROM app.hardship_file f WHERE f.id = file_id))',
      t || '_insert', t);
  END LOOP;
  FOREACH t IN ARRAY ARRAY['hardship_kin', 'hardship_inquiry'] LOOP
    EXECUTE format('CREATE POLICY %I ON app.%I FOR UPDATE TO app USING ((SELECT app.handles_hardship()) AND EXISTS (SELECT FROM app.hardship_file f WHERE f.id = file_id))',
      t || '_update', t);
  END LOOP;
END $$;
CREATE POLICY hardship_kin_delete ON app.hardship_kin FOR DELETE TO app USING ((SELECT app.handles_hardship()) AND EXISTS (SELECT FROM app.hardship_file f WHERE f.id = file_id));
GRANT SELECT, INSERT ON app.hardship_result, app.hardship_step TO app;
GRANT SELECT, INSERT, UPDATE ON app.hardship_inquiry TO app;
GRANT SELECT, INSERT, UPDATE, DELETE ON app.hardship_kin TO app;

CREATE POLICY hardship_aid_read ON app.hardship_aid FOR SELECT TO app USING (EXISTS (SELECT FROM app.hardship_file f WHERE f.id = file_id));
CREATE POLICY hardship_aid_insert ON app.hardship_aid FOR INSERT TO app WITH CHECK ((SELECT app.handles_hardship())
  AND entered_person = (SELECT app.me()) AND EXISTS (SELECT FROM app.hardship_file f WHERE f.id = file_id));
CREATE POLICY hardship_aid_update ON app.hardship_aid FOR UPDATE TO app USING ((SELECT app.handles_hardship())
  AND EXISTS (SELECT FROM app.hardship_file f WHERE f.id = file_id));
GRANT SELECT, INSERT, UPDATE ON app.hardship_aid TO app;
CREATE POLICY hardship_claim_read ON app.hardship_claim FOR SELECT TO app USING (EXISTS (SELECT FROM app.hardship_aid a WHERE a.id = aid_id));
CREATE POLICY hardship_claim_insert ON app.hardship_claim FOR INSERT TO app WITH CHECK ((SELECT app.handles_hardship()) AND EXISTS (SELECT FROM app.hardship_aid a WHERE a.id = aid_id));
CREATE POLICY hardship_claim_delete ON app.hardship_claim FOR DELETE TO app USING ((SELECT app.handles_hardship()) AND EXISTS (SELECT FROM app.hardship_aid a WHERE a.id = aid_id));
GRANT SELECT, INSERT, DELETE ON app.hardship_claim TO app;

CREATE POLICY hardship_batch_read ON app.hardship_batch FOR SELECT TO app USING ((SELECT app.handles_hardship()) AND org_id = nullif(current_setting('app.unit', true), '')::int);
CREATE POLICY hardship_batch_insert ON app.hardship_batch FOR INSERT TO app WITH CHECK ((SELECT app.handles_hardship())
  AND org_id = nullif(current_setting('app.unit', true), '')::int AND made_person = (SELECT app.me()));
GRANT SELECT, INSERT ON app.hardship_batch TO app;
CREATE POLICY hardship_line_read ON app.hardship_line FOR SELECT TO app USING (EXISTS (SELECT FROM app.hardship_batch b WHERE b.id = batch_id));
CREATE POLICY hardship_line_insert ON app.hardship_line FOR INSERT TO app WITH CHECK (EXISTS (SELECT FROM app.hardship_batch b WHERE b.id = batch_id));
CREATE POLICY hardship_line_update ON app.hardship_line FOR UPDATE TO app USING (EXISTS (SELECT FROM app.hardship_batch b WHERE b.id = batch_id));
GRANT SELECT, INSERT, UPDATE ON app.hardship_line TO app;

CREATE FUNCTION app.forget_hardship(hers uuid[]) RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$ BEGIN
  DELETE FROM app.hardship_kin k USING app.hardship_file f WHERE f.id = k.file_id AND f.person_id = ANY (hers);
  DELETE FROM app.hardship_claim c USING app.hardship_aid a WHERE a.id = c.aid_id AND a.person_id = ANY (hers);
  UPDATE app.hardship_result r SET outcome = NULL WHERE r.person_id = ANY (hers);
  UPDATE app.hardship_step s SET note = NULL FROM app.hardship_file f WHERE f.id = s.file_id AND f.person_id = ANY (hers);
  UPDATE app.hardship_aid a SET receipt_by = CASE WHEN a.receipt_by IS NOT NULL THEN '（已删除）' END, answer = NULL WHERE a.person_id = ANY (hers);
  UPDATE app.hardship_file f SET household = NULL, result = NULL, visitors = NULL WHERE f.person_id = ANY (hers);
END $$;
COMMENT ON FUNCTION app.forget_hardship IS 'of an erased woman: what was sealed and the indexes of her household go; days, kinds and sums stay, since the accounts rest on them';
REVOKE ALL ON FUNCTION app.forget_hardship FROM PUBLIC;

-- As in 0111; besides, what her hardship file holds.
CREATE OR REPLACE FUNCTION app.forget_person(gone uuid) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE t text; hers uuid[];
BEGIN
  SELECT array_agg(p.id) INTO hers FROM app.person p WHERE p.id = gone OR p.merged_into = gone;
  DELETE FROM app.person_key k WHERE k.person_id = ANY (hers);
  UPDATE app.account a SET name = '（已删除）', title = '', pitch = NULL, disabled_at = coalesce(a.disabled_at, now())
    WHERE a.person_id = ANY (hers)
      AND NOT EXISTS (SELECT FROM app.post t WHERE t.account_id = a.id AND t.role <> 'worker');
  FOREACH t IN ARRAY ARRAY['session', 'credential', 'recovery_code', 'passkey', 'oidc_identity', 'oidc_flow', 'notice', 'invitation'] LOOP
    EXECUTE format('DELETE FROM app.%I x USING app.account a WHERE x.account_id = a.id AND a.name = $1
      AND a.person_id = ANY ($2)', t) USING '（已删除）', hers;
  END LOOP;
  UPDATE app.consent c SET withdrawn_at = now() WHERE c.withdrawn_at IS NULL AND c.person_id = ANY (hers);
  UPDATE app.membership m SET reason = NULL WHERE m.person_id = ANY (hers);
  UPDATE app.person_request q SET reason = '（已删除）', answer = NULL WHERE q.person_id = ANY (hers) OR q.other_id = ANY (hers);
  UPDATE app.person_emergency e SET reason = '（已删除）', opinion = CASE WHEN e.opinion IS NOT NULL THEN '（已删除）' END WHERE e.person_id = ANY (hers);
  UPDATE app.person_hold h SET reason = '（已删除）', lift_reason = CASE WHEN h.lift_reason IS NOT NULL THEN '（已删除）' END WHERE h.person_id = ANY (hers);
  UPDATE app.person p SET state = 'erased', merged_into = NULL, name = NULL, name_sort = '', id_number = NULL, id_index = NULL, birth = NULL,
    birth_year = NULL, phone = NULL, nation = NULL, politics = NULL, education = NULL, employment = NULL, skill = NULL, hukou = NULL,
    native_place = NULL, is_migrant = NULL, worker_group = NULL, guardian = NULL, guardian_agreed_on = NULL, version = version + 1, updated_at = now()
    WHERE p.id = ANY (hers);
  PERFORM app.forget_hardship(hers);
END $$;
