-- why: the city keeps the register of employers by workbook, and an import goes back within a day

GRANT DELETE ON app.enterprise, app.org_employer TO app;
CREATE POLICY enterprise_delete ON app.enterprise FOR DELETE TO app USING (EXISTS (SELECT FROM app.org o WHERE o.tier = 'city'
  AND o.scope_code = (SELECT current_setting('app.scope', true))));
CREATE POLICY org_employer_delete ON app.org_employer FOR DELETE TO app USING (EXISTS (SELECT FROM app.org o WHERE o.tier = 'city'
  AND o.scope_code = (SELECT current_setting('app.scope', true))));
