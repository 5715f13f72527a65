-- why: women's committees and delegates are records like all else: founded, re-elected, co-opted under the eyes of the upper union; the card of a unit shows what was passed
INSERT INTO app.programme (id, key) VALUES (25, 'committee');
INSERT INTO app.indicator (id, code, unit, scale, kind, nature) VALUES
  (57, 'committee.committees', '个', 0, 'thing', 'stock'),
  (58, 'committee.delegates', '个', 0, 'thing', 'stock');

CREATE TABLE app.committee (
  district_id integer NOT NULL,
  record_id uuid NOT NULL,
  form text NOT NULL,
  founded_on date NOT NULL,
  approval_no text,
  dissolved_on date,
  CONSTRAINT committee_pkey PRIMARY KEY (district_id, record_id),
  CONSTRAINT committee_record_fkey FOREIGN KEY (district_id, record_id) REFERENCES app.record (district_id, id),
  CONSTRAINT committee_form_check CHECK (form IN ('女职工委员会', '女职工委员'))
);
COMMENT ON TABLE app.committee IS '女职工组织';

CREATE TABLE app.committee_terms (
  district_id integer NOT NULL,
  record_id uuid NOT NULL,
  line smallint NOT NULL,
  term_no integer NOT NULL,
  from_on date NOT NULL,
  until_on date NOT NULL,
  director text NOT NULL,
  director_kind text,
  CONSTRAINT committee_terms_pkey PRIMARY KEY (district_id, record_id, line),
  CONSTRAINT committee_terms_record_fkey FOREIGN KEY (district_id, record_id) REFERENCES app.record (district_id, id),
  CONSTRAINT committee_terms_term_no_check CHECK (term_no BETWEEN 1 AND 99),
  CONSTRAINT committee_terms_director_kind_check CHECK (director_kind IN ('女主席', '女副主席', '专配'))
);
COMMENT ON TABLE app.committee_terms IS '女职工组织：各届任期';

CREATE TABLE app.committee_members (
  district_id integer NOT NULL,
  record_id uuid NOT NULL,
  line smallint NOT NULL,
  name text NOT NULL,
  post text NOT NULL,
  from_on date NOT NULL,
  how text NOT NULL,
  until_on date,
  CONSTRAINT committee_members_pkey PRIMARY KEY (district_id, record_id, line),
  CONSTRAINT committee_members_record_fkey FOREIGN KEY (district_id, record_id) REFERENCES app.record (district_id, id),
  CONSTRAINT committee_members_post_check CHECK (post IN ('副主任', '常委', '委员')),
  CONSTRAINT committee_members_how_check CHECK (how IN ('选举', '增补'))
);
COMMENT ON TABLE app.committee_members IS '女职工组织：副主任和委员';

CALL app.guard('committee', 'SELECT, INSERT, UPDATE');
CALL app.guard('committee_terms', 'SELECT, INSERT, UPDATE');
CALL app.guard('committee_members', 'SELECT, INSERT, UPDATE');
GRANT DELETE ON app.committee_terms, app.committee_members TO app;

ALTER TABLE app.org_committee ADD record_id uuid;
COMMENT ON COLUMN app.org_committee.record_id IS 'the accepted record that says so; NULL = as the unit was onboarded, until a record takes over';

-- The app login writes no unit, and this lets it write nothing of its own: what stands here follows from accepted records alone.
CREATE FUNCTION app.seat_committees(units int[]) RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  DELETE FROM app.org_committee k WHERE k.org_id = ANY (units) AND k.record_id IS NOT NULL;
  INSERT INTO app.org_committee (org_id, form, director, term_no, founded_on, term_from_on, term_until_on, record_id)
  SELECT DISTINCT ON (r.org_id) r.org_id, CASE c.form WHEN '女职工委员会' THEN 'committee' ELSE 'delegate' END,
    t.director, t.term_no, c.founded_on, t.from_on, t.until_on, r.id
  FROM app.record r JOIN app.committee c ON c.district_id = r.district_id AND c.record_id = r.id
    JOIN app.committee_terms t ON t.district_id = r.district_id AND t.record_id = r.id
  WHERE r.org_id = ANY (units) AND r.state = 'accepted' AND c.dissolved_on IS NULL
  ORDER BY r.org_id, t.from_on DESC, c.founded_on DESC
  ON CONFLICT ON CONSTRAINT org_committee_pkey DO UPDATE SET form = excluded.form, director = excluded.director, term_no = excluded.term_no,
    founded_on = excluded.founded_on, term_from_on = excluded.term_from_on, term_until_on = excluded.term_until_on, record_id = excluded.record_id
$$;
COMMENT ON FUNCTION app.seat_committees IS 'the committee in office of each of these units, by its accepted record; the latest term counts';
REVOKE ALL ON FUNCTION app.seat_committees FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.seat_committees TO app;
