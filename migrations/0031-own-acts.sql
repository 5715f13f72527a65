-- why: a copy of everything about her holds what she did herself, in whichever stream it stands (个人信息保护法 第四十五条)
CREATE POLICY audit_own ON app.audit FOR SELECT TO app
  USING (actor IN (SELECT a.id FROM app.account a WHERE a.person_id = (SELECT app.me())));
