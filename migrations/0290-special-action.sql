-- why: special actions of the city, such as help in an epidemic, are opened and closed by date; what units did for them is counted
INSERT INTO app.programme (id, key) VALUES (27, 'specialAction');
INSERT INTO app.indicator (id, code, unit, scale, kind, nature) VALUES
  (63, 'specialAction.events', '次', 0, 'event', 'flow'),
  (64, 'specialAction.served', '人次', 0, 'person_time', 'flow'),
  (65, 'specialAction.value', '元', 2, 'money', 'flow');

CREATE TABLE app.special_action (
  district_id integer NOT NULL,
  record_id uuid NOT NULL,
  action text NOT NULL,
  kind text NOT NULL,
  count integer NOT NULL,
  served integer NOT NULL,
  women integer NOT NULL,
  goods text,
  value numeric(12,2),
  CONSTRAINT special_action_pkey PRIMARY KEY (district_id, record_id),
  CONSTRAINT special_action_record_fkey FOREIGN KEY (district_id, record_id) REFERENCES app.record (district_id, id),
  CONSTRAINT special_action_kind_check CHECK (kind IN ('志愿服务', '物资捐赠', '一线慰问', '心理疏导', '复工复产服务', '其他')),
  CONSTRAINT special_action_count_check CHECK (count BETWEEN 1 AND 999),
  CONSTRAINT special_action_served_check CHECK (served BETWEEN 0 AND 999999),
  CONSTRAINT special_action_women_check CHECK (women BETWEEN 0 AND 999999),
  CONSTRAINT special_action_value_check CHECK (value >= 0)
);
COMMENT ON TABLE app.special_action IS '专项行动服务';


CALL app.guard('special_action', 'SELECT, INSERT, UPDATE');
