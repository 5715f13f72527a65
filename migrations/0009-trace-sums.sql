-- why: counting follows the tree of the fact's date, rights follow today's; a sum must be whole where some of its records are hidden
CREATE FUNCTION app.trace_sums(asked int, of_indicator smallint, of_stock boolean, at_ym int, first_ym int, last_ym int)
RETURNS TABLE (grade text, value bigint, records bigint) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT r.grade, sum(e.value)::bigint, count(*)
  FROM (
    SELECT l.district_id, l.record_id, sum(l.val) AS value
    FROM app.ledger l JOIN app.org_closure c ON c.anc = asked AND c.des = l.org_id AND c.line < 2
      AND c.from_ym <= coalesce(at_ym, l.ym) AND coalesce(at_ym, l.ym) < c.to_ym
    WHERE l.district_id = ANY (ARRAY(SELECT h.district_id FROM app.audit_head h)) AND l.indicator_id = of_indicator AND l.state = 1
      AND l.ym <= last_ym AND (of_stock OR l.ym >= first_ym)
    GROUP BY 1, 2 HAVING sum(l.val) <> 0
  ) e JOIN app.record r ON r.district_id = e.district_id AND r.id = e.record_id GROUP BY r.grade ORDER BY r.grade
$$;
COMMENT ON FUNCTION app.trace_sums IS 'by the tree of a month, or (null) of each entry''s own: sum, number of records and evidence grades of a figure, no row of it: whoever may see the figure may see these';
REVOKE ALL ON FUNCTION app.trace_sums FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.trace_sums TO app;
