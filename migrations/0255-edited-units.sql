-- why: units that were exported, edited in the workbook and brought again are updated, over the state that was exported and no other
CREATE FUNCTION app.org_mark(o app.org) RETURNS text LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
  SELECT left(md5(jsonb_build_array(o.name, o.short_name, o.org_type, o.region_code, o.workers, o.women_workers, o.members, o.women_members)::text), 16)
$$;
COMMENT ON FUNCTION app.org_mark IS 'tells a state of what a workbook may change of a unit from any other';

CREATE FUNCTION app.edit_org(unit int, stood text, spec jsonb) RETURNS text LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE now_is text;
BEGIN
  PERFORM app.acts_as('systemAdmin');
  UPDATE app.org o SET name = spec ->> 'name', short_name = spec ->> 'shortName', name_sort = spec ->> 'nameSort', org_type = spec ->> 'orgType',
      region_code = spec ->> 'regionCode', workers = (spec ->> 'workers')::int, women_workers = (spec ->> 'womenWorkers')::int,
      members = (spec ->> 'members')::int, women_members = (spec ->> 'womenMembers')::int
    WHERE o.id = unit AND o.closed_on IS NULL AND app.org_mark(o) = stood RETURNING app.org_mark(o) INTO now_is;
  RETURN now_is;
END $$;
COMMENT ON FUNCTION app.edit_org IS 'what a unit is called and how many belong to it; its place in the tree is changed elsewhere. Null where it is not as it stood';
REVOKE ALL ON FUNCTION app.org_mark, app.edit_org FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.org_mark, app.edit_org TO app;
