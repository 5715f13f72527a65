import { builtInRules } from './rule.ts'
import { describe, expect, it } from 'vitest'
import { activity, activityCheck, activityWarn } from './activity.ts'
import { otherNeedsWords } from './check.ts'
import { choice, creditCode, day, money, note, org, text, yesNo } from './field/index.ts'
import { defineProgramme, formFields } from './programme.ts'
import { validate } from './validate.ts'

const today = '2019-12-31'

const talk = defineProgramme({
  key: 'talk',
  label: '讲座',
  class: 'S1',
  section: '一',
  fields: {
    ...activity('场'),
    topic: choice('主题', ['家风', '其他'], { required: true }),
    otherTopic: text('其他主题', { max: 5 }),
    speech: note('讲稿'),
    isOpen: yesNo('公开'),
    host: org('联办单位'),
    code: creditCode('信用代码'),
  },
  children: {
    guests: { label: '嘉宾', fields: { name: text('姓名', { required: true }), fee: money('报酬（元）') } },
  },
  list: ['title', 'topic'],
  when: { otherTopic: (r) => r.topic === '其他' },
  indicators: {},
  check: (r) => [...activityCheck(r), ...otherNeedsWords(r.topic, r.otherTopic, 'otherTopic', '其他主题')],
  warn: activityWarn,
})

const good = {
  title: '家风讲座',
  startsOn: '2019-03-08',
  endsOn: '2019-03-08',
  grade: '台账',
  mode: '线下',
  count: 1,
  all: 60,
  women: 50,
  topic: '家风',
}

const messages = (changes: Record<string, unknown>, on = today) =>
  validate(talk, { ...good, ...changes }, on).issues.map((i) => `${i.field}: ${i.message}`)

describe('a right body', () => {
  it('becomes a row: every field present, absent ones null, children empty', () => {
    const { row, issues } = validate(talk, good, today)
    expect(issues).toEqual([])
    expect(row).toEqual({
      ...good,
      place: null,
      tags: null,
      note: null,
      teacher: null,
      cost: null,
      fund: null,
      otherTopic: null,
      speech: null,
      isOpen: null,
      host: null,
      code: null,
      guests: [],
    })
  })

  it('keeps emoji and rare Han characters, and counts each as one', () => {
    const { row } = validate(
      talk,
      { ...good, title: '㛃𬱖👩‍🏫', topic: '其他', otherTopic: '𬱖𬱖𬱖𬱖𬱖' },
      today,
    )
    expect(row).toMatchObject({ title: '㛃𬱖👩‍🏫', otherTopic: '𬱖𬱖𬱖𬱖𬱖' })
  })

  it('trims, makes one line of a title, composes characters, drops what cannot be stored', () => {
    const { row } = validate(
      talk,
      { ...good, title: '  家风\r\n讲座\u0000e\u0301\ud800 ', note: '一\n二' },
      today,
    )
    expect(row).toMatchObject({ title: '家风 讲座é', note: '一\n二' })
  })

  it('reads 10,000 characters where they fit nowhere, with the number in the message', () => {
    expect(messages({ speech: '长'.repeat(10_000) })).toEqual([
      'speech: 讲稿最多 5000 个字，现有 10000 个字，请精简',
    ])
    expect(messages({ title: '𬱖'.repeat(61) })).toEqual(['title: 名称最多 60 个字，现有 61 个字，请精简'])
    expect(messages({ speech: '长'.repeat(5000) })).toEqual([])
  })
})

describe('a wrong body: a Chinese sentence at the field', () => {
  it.each<[string, Record<string, unknown>, string]>([
    ['missing', { title: undefined }, 'title: 请填写名称'],
    ['blank', { title: ' \t' }, 'title: 请填写名称'],
    ['control characters alone', { title: '\u0001' }, 'title: 名称至少 2 个字'],
    ['no choice', { mode: null }, 'mode: 请选择方式'],
    ['foreign choice', { mode: '空中' }, 'mode: 方式请从“线下、线上、混合”中选择'],
    ['text for a number', { all: '60' }, 'all: 参加总人次要填数字'],
    ['fraction', { women: 1.5 }, 'women: 其中女职工要填整数'],
    ['not a number', { all: Number.NaN }, 'all: 参加总人次要填数字'],
    ['negative', { women: -1 }, 'women: 其中女职工不能小于 0'],
    ['nobody in a session', { all: 0, women: 0 }, 'all: 参加总人次不能小于 1'],
    ['people without a session', { count: 0 }, 'count: 场数不能小于 1'],
    ['too large', { all: 10_000_000 }, 'all: 参加总人次不能大于 9999999，请核对是否多填了位数'],
    ['number for text', { title: 5 }, 'title: 名称要填文字'],
    ['object for text', { place: {} }, 'place: 地点要填文字'],
    ['text for yes or no', { isOpen: '是' }, 'isOpen: 公开请选是或否'],
    ['unknown kind of org', { host: 1.5 }, 'host: 联办单位请从组织树中选择'],
    ['no such day', { startsOn: '2019-02-30' }, 'startsOn: 开始日期不是有效日期，请按 2019-03-08 的样子填写'],
    ['future', { endsOn: '2020-01-01' }, 'endsOn: 结束日期（2020-01-01）还没有到，办完再填'],
    ['reversed', { endsOn: '2019-03-07' }, 'endsOn: 结束日期（2019-03-07）不能早于开始日期（2019-03-08）'],
    ['three decimals', { cost: 0.125 }, 'cost: 经费（元）最多两位小数'],
    [
      'wrong check character',
      { code: '91210200000000000X' },
      'code: 统一社会信用代码校验位不符，请对照证照核对',
    ],
    ['women above all', { women: 61 }, 'women: 女职工 61 多于总人次 60，请核对'],
    ['其他 without words', { topic: '其他' }, 'otherTopic: 选了“其他”，请填写其他主题'],
    ['unknown field', { attendees: 5 }, 'attendees: 没有“attendees”这一项，请检查栏目名称'],
    ['inherited name', { constructor: 5 }, 'constructor: 没有“constructor”这一项，请检查栏目名称'],
    ['row is no list', { guests: '张示宁' }, 'guests: 嘉宾要填成若干行，最多 500 行'],
    [
      'too many rows',
      { guests: Array.from({ length: 501 }, () => ({ name: '例' })) },
      'guests: 嘉宾要填成若干行，最多 500 行',
    ],
    ['row without its name', { guests: [{ name: '李演' }, { fee: 1 }] }, 'guests.1.name: 请填写姓名'],
    ['unknown cell', { guests: [{ name: '李演', age: 3 }] }, 'guests.0.age: 没有“age”这一项，请检查栏目名称'],
  ])('%s', (_, changes, message) => expect(messages(changes)).toContain(message))

  it('names every wrong field at once', () => {
    expect(messages({ title: '', all: 'x', endsOn: '2020-02-01' })).toHaveLength(3)
  })

  it('today is no future', () => expect(messages({ endsOn: '2019-03-08' }, '2019-03-08')).toEqual([]))

  it('money holds to the last fen, at the upper end too', () => {
    expect(messages({ cost: 9_999_999_999.99 })).toEqual([])
    expect(messages({ cost: 0.29 })).toEqual([])
    expect(messages({ cost: 1e10 })).toEqual(['cost: 经费（元）过大，请核对单位是否为元'])
  })
})

describe('hidden fields', () => {
  it('hold null and raise no issue, whatever was typed before they were hidden', () => {
    const { row, issues } = validate(talk, { ...good, otherTopic: '太长太长太长' }, today)
    expect(issues).toEqual([])
    expect(row!['otherTopic']).toBeNull()
    expect(messages({ topic: '其他', otherTopic: '太长太长太长' })).toHaveLength(1)
  })
})

describe('a dated programme', () => {
  const signing = defineProgramme({
    key: 'signing',
    label: '签约',
    class: 'S1',
    section: '一',
    dated: 'signedOn',
    fields: { signedOn: day('签订日期', { required: true }) },
    list: ['signedOn'],
    indicators: {},
  })
  const body = { title: '签约', grade: '台账', signedOn: '2019-03-08' }

  it('fills the dates of the head and asks for none', () => {
    expect(validate(signing, body, today).row).toMatchObject({ startsOn: '2019-03-08', endsOn: '2019-03-08' })
    expect(Object.keys(formFields(signing))).toEqual(['title', 'signedOn', 'place', 'grade', 'tags', 'note'])
    expect(validate(signing, { ...body, endsOn: '2019-03-08' }, today).issues).toHaveLength(1)
  })

  it('does not lie in the future', () => {
    expect(validate(signing, { ...body, signedOn: '2020-01-01' }, today).issues).toEqual([
      { field: 'signedOn', message: '签订日期（2020-01-01）还没有到，办完再填' },
    ])
  })
})

it('warns of many sessions and of crowds, and of nothing else', () => {
  expect(talk.warn({ count: 20, all: 40_000 }, builtInRules)).toEqual([])
  expect(talk.warn({ count: 21, all: 42_001 }, builtInRules).map((i) => i.field)).toEqual(['count', 'all'])
})
