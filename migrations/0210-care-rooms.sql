-- why: a care room has a point with its coordinate system and its way onto the maps of three vendors, beside its record

CREATE TABLE app.care_room_point (
  district_id int NOT NULL,
  id uuid NOT NULL,
  org_id int NOT NULL,
  record_id uuid NOT NULL,
  given_lng float8 NOT NULL,
  given_lat float8 NOT NULL,
  crs text NOT NULL,
  source text NOT NULL,
  accuracy int,
  lng float8 NOT NULL,
  lat float8 NOT NULL,
  is_outside boolean NOT NULL,
  set_on date NOT NULL,
  set_by uuid NOT NULL,
  set_at timestamptz NOT NULL DEFAULT now(),
  replaced_at timestamptz,
  CONSTRAINT care_room_point_pkey PRIMARY KEY (district_id, id),
  CONSTRAINT care_room_point_org_fkey FOREIGN KEY (org_id) REFERENCES app.org (id),
  CONSTRAINT care_room_point_crs_check CHECK (crs IN ('WGS84', 'CGCS2000', 'GCJ02', 'BD09'))
);
CREATE UNIQUE INDEX care_room_point_one ON app.care_room_point (district_id, record_id) WHERE replaced_at IS NULL;
COMMENT ON TABLE app.care_room_point IS 'where a room stands: the point as it was given, with its system, and the canonical WGS84 point derived from it; earlier points stay';
COMMENT ON COLUMN app.care_room_point.accuracy IS 'metres, where the source tells it';
COMMENT ON COLUMN app.care_room_point.is_outside IS 'outside the box of the city, and confirmed by whoever gave it';

CREATE TABLE app.care_room_listing (
  district_id int NOT NULL,
  id uuid NOT NULL,
  org_id int NOT NULL,
  record_id uuid NOT NULL,
  vendor text NOT NULL,
  state text NOT NULL,
  from_on date NOT NULL,
  until_on date,
  poi_id text,
  map_name text,
  reason text NOT NULL DEFAULT '',
  delta_metres int,
  checked_on date,
  noted_by uuid NOT NULL,
  noted_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT care_room_listing_pkey PRIMARY KEY (district_id, id),
  CONSTRAINT care_room_listing_org_fkey FOREIGN KEY (org_id) REFERENCES app.org (id),
  CONSTRAINT care_room_listing_vendor_check CHECK (vendor IN ('高德', '百度', '腾讯')),
  CONSTRAINT care_room_listing_state_check CHECK (state IN ('已提交', '审核中', '已上线', '被驳回', '信息有误', '已下线')),
  CONSTRAINT care_room_listing_dates_check CHECK (until_on >= from_on - 1)
);
CREATE UNIQUE INDEX care_room_listing_one ON app.care_room_listing (district_id, record_id, vendor) WHERE until_on IS NULL;
CREATE INDEX care_room_listing_record ON app.care_room_listing (district_id, record_id, noted_at);
COMMENT ON TABLE app.care_room_listing IS 'the ledger of maps: how a room stands with a vendor, as intervals; a room and vendor without a row was never submitted. What is 已上线 stands in the statements of the record too, from which the figure comes';
COMMENT ON COLUMN app.care_room_listing.until_on IS 'last day of the state; the eve of its first where another state followed on the same day';
COMMENT ON COLUMN app.care_room_listing.delta_metres IS 'how far the vendor''s point lies from ours, as found at the last look';

DO $$ DECLARE t text; BEGIN
  FOREACH t IN ARRAY ARRAY['care_room_point', 'care_room_listing'] LOOP
    EXECUTE format('ALTER TABLE app.%I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', t);
    EXECUTE format($p$CREATE POLICY %I ON app.%I TO app USING (EXISTS (SELECT FROM app.org o WHERE o.id = %I.org_id
      AND o.scope_code >= (SELECT current_setting('app.scope', true)) AND o.scope_code < (SELECT current_setting('app.scope_end', true))))$p$,
      t || '_in_scope', t, t);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE ON app.%I TO app', t);
  END LOOP;
END $$;
