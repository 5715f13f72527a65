-- why: the tree of unions with dated edges is what every right and every figure is reckoned by
CREATE EXTENSION IF NOT EXISTS btree_gist;

CREATE TABLE app.setting (
  key text NOT NULL,
  value text NOT NULL,
  CONSTRAINT setting_pkey PRIMARY KEY (key)
);
COMMENT ON TABLE app.setting IS 'mode (demo or live, written at creation, never changed), last opened year';

CREATE TABLE app.org (
  id int NOT NULL,
  org_code text COLLATE "C" NOT NULL,
  seg text COLLATE "C" NOT NULL,
  scope_code text COLLATE "C" NOT NULL,
  view_code text COLLATE "C",
  district_id int NOT NULL,
  tier text NOT NULL,
  org_type text NOT NULL,
  name text NOT NULL,
  short_name text NOT NULL,
  name_sort text COLLATE "C" NOT NULL,
  region_code text,
  workers int NOT NULL DEFAULT 0,
  women_workers int NOT NULL DEFAULT 0,
  members int NOT NULL DEFAULT 0,
  women_members int NOT NULL DEFAULT 0,
  closed_on date,
  CONSTRAINT org_pkey PRIMARY KEY (id),
  CONSTRAINT org_code_unique UNIQUE (org_code),
  CONSTRAINT org_seg_unique UNIQUE (seg),
  CONSTRAINT org_scope_unique UNIQUE (scope_code),
  CONSTRAINT org_tier_check CHECK (tier IN ('city', 'district', 'industry', 'subdistrict', 'grassroots', 'branch'))
);
COMMENT ON COLUMN app.org.org_code IS 'permanent; after a merge it still resolves';
COMMENT ON COLUMN app.org.seg IS 'four base-36 characters of id: the step of this org in every path';
COMMENT ON COLUMN app.org.scope_code IS 'path of today on the reporting line; range [code, code~) is the scope';
COMMENT ON COLUMN app.org.view_code IS 'path of today under the superior of the nearest view edge, own or inherited';
COMMENT ON COLUMN app.org.district_id IS 'top unit of today under the city on the reporting line; the city office is its own';

CREATE TABLE app.org_edge (
  child_id int NOT NULL,
  parent_id int NOT NULL,
  line smallint NOT NULL,
  from_ym int NOT NULL,
  to_ym int NOT NULL DEFAULT 999912,
  decided_on date,
  doc_no text,
  CONSTRAINT org_edge_pkey PRIMARY KEY (child_id, parent_id, line, from_ym),
  CONSTRAINT org_edge_child_fkey FOREIGN KEY (child_id) REFERENCES app.org (id),
  CONSTRAINT org_edge_parent_fkey FOREIGN KEY (parent_id) REFERENCES app.org (id),
  CONSTRAINT org_edge_line_check CHECK (line IN (1, 2)),
  CONSTRAINT org_edge_months_check CHECK (from_ym < to_ym),
  CONSTRAINT org_edge_one_parent EXCLUDE USING gist (child_id WITH =, line WITH =, int4range(from_ym, to_ym) WITH &&)
);
CREATE INDEX org_edge_parent ON app.org_edge (parent_id);
COMMENT ON COLUMN app.org_edge.line IS '1 reporting: exactly one a month; 2 view: at most one';
COMMENT ON COLUMN app.org_edge.from_ym IS 'month grain: from_ym <= ym < to_ym';

CREATE TABLE app.org_closure (
  anc int NOT NULL,
  des int NOT NULL,
  line smallint NOT NULL,
  from_ym int NOT NULL,
  to_ym int NOT NULL,
  depth smallint NOT NULL,
  CONSTRAINT org_closure_pkey PRIMARY KEY (anc, des, from_ym),
  CONSTRAINT org_closure_line_check CHECK (line IN (0, 1, 2))
);
CREATE INDEX org_closure_des ON app.org_closure (des) INCLUDE (anc, line, from_ym, to_ym, depth);
CREATE INDEX org_closure_below ON app.org_closure (anc) WHERE depth <= 1;
CREATE INDEX org_closure_dated ON app.org_closure (anc, des) WHERE from_ym > 0 OR to_ym < 999912;
COMMENT ON COLUMN app.org_closure.line IS '0 self, 1 reporting, 2 view only; an ancestor reached both ways counts once, as reporting';
COMMENT ON INDEX app.org_closure_dated IS 'who moved: few, and asked for apart by the city''s totals and the view of today';
COMMENT ON COLUMN app.org_closure.depth IS 'steps from anc down to des';

CREATE TABLE app.org_committee (
  org_id int NOT NULL,
  form text NOT NULL,
  director text NOT NULL,
  term_no int NOT NULL,
  founded_on date NOT NULL,
  term_from_on date NOT NULL,
  term_until_on date NOT NULL,
  CONSTRAINT org_committee_pkey PRIMARY KEY (org_id),
  CONSTRAINT org_committee_org_fkey FOREIGN KEY (org_id) REFERENCES app.org (id),
  CONSTRAINT org_committee_form_check CHECK (form IN ('committee', 'delegate')),
  CONSTRAINT org_committee_term_check CHECK (term_from_on < term_until_on)
);
COMMENT ON TABLE app.org_committee IS '女职工委员会 or 女职工委员 in office (工会女职工委员会工作条例: from ten women members a committee)';
