import { describe, expect, it } from 'vitest'
import { activity } from './activity.ts'
import { childColumnsOf, columnName, columnsOf, ddlOf, tableOf, tablesOf } from './columns.ts'
import { creditCode, day, money, org, text, yesNo } from './field/index.ts'
import { defineProgramme } from './programme.ts'

const { all, mode } = activity('场')

const talk = defineProgramme({
  key: 'lawTalk',
  label: '讲座',
  class: 'S1',
  section: '一',
  fields: {
    all,
    mode,
    otherTopic: text('其他'),
    cost: money('经费'),
    heldOn: day('日期', { required: true }),
  },
  children: {
    coHosts: {
      label: '联办',
      fields: { host: org('单位', { required: true }), code: creditCode('代码'), isPaid: yesNo('付费') },
    },
  },
  list: ['title'],
  indicators: {},
})

it('names are snake case, and the reserved word all becomes all_count', () => {
  expect(['count', 'otherTopic', 'signedOn', 'all'].map(columnName)).toEqual([
    'count',
    'other_topic',
    'signed_on',
    'all_count',
  ])
  expect(tableOf(talk)).toBe('law_talk')
})

describe('columns', () => {
  it('of the programme: type, nullability and the kind’s rule as a named CHECK', () => {
    expect(columnsOf(talk)).toEqual([
      {
        name: 'all_count',
        type: 'integer',
        nullable: false,
        check: { name: 'law_talk_all_count_check', body: 'all_count BETWEEN 1 AND 9999999' },
      },
      {
        name: 'mode',
        type: 'text',
        nullable: false,
        check: { name: 'law_talk_mode_check', body: "mode IN ('线下', '线上', '混合')" },
      },
      { name: 'other_topic', type: 'text', nullable: true },
      {
        name: 'cost',
        type: 'numeric(12,2)',
        nullable: true,
        check: { name: 'law_talk_cost_check', body: 'cost >= 0' },
      },
      { name: 'held_on', type: 'date', nullable: false },
    ])
  })

  it('of its rows', () => {
    expect(childColumnsOf(talk, 'coHosts')).toEqual([
      { name: 'host', type: 'integer', nullable: false },
      { name: 'code', type: 'text', nullable: true },
      { name: 'is_paid', type: 'boolean', nullable: true },
    ])
  })
})

it('tables carry the district in every key', () => {
  expect(tablesOf(talk).map((t) => [t.name, t.child, t.keys.map((k) => k.name).join()])).toEqual([
    ['law_talk', null, 'district_id,record_id'],
    ['law_talk_co_hosts', 'coHosts', 'district_id,record_id,line'],
  ])
  expect(ddlOf(tablesOf(talk)[1]!)).toBe(`CREATE TABLE app.law_talk_co_hosts (
  district_id integer NOT NULL,
  record_id uuid NOT NULL,
  line smallint NOT NULL,
  host integer NOT NULL,
  code text,
  is_paid boolean,
  CONSTRAINT law_talk_co_hosts_pkey PRIMARY KEY (district_id, record_id, line),
  CONSTRAINT law_talk_co_hosts_record_fkey FOREIGN KEY (district_id, record_id) REFERENCES app.record (district_id, id)
);`)
})
