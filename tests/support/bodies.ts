import type { Field, Fields } from '#kit/field/kind.ts'
import { formFields, type AnyRow, type Programme } from '#kit/programme.ts'

type Body = Record<string, unknown>

/** The day of the facts that tests enter, and a later one in another month for corrections. */
export const factDay = '2019-09-20'
export const laterDay = '2019-10-25'

/** A valid value of a field; counts fall along the form, since parts stand after their whole. */
function valueOf(field: Field, at: number): unknown {
  switch (field.kind) {
    case 'text':
    case 'note':
      return `${field.label}示例`.slice(0, field.max).padEnd(field.min ?? 1, '例')
    case 'count':
      return Math.min(Math.max(60 - 2 * at, field.min ?? 0), field.max ?? 60)
    case 'money':
      return 1000.25 + at
    case 'day':
      return factDay
    case 'yesNo':
      return true
    case 'choice':
      return field.choices![0]
    case 'creditCode':
      return '91350100M000100Y43'
    case 'org':
      return 1
  }
}

const valuesOf = (fields: Fields): Body =>
  Object.fromEntries(Object.entries(fields).map(([name, field], at) => [name, valueOf(field, at)]))

/** What a programme's own rules need beyond the kinds of its fields; everything else comes from the definition. */
const overrides: Record<string, Body> = {
  material: { act: '发放' },
  specialAction: { action: '脱贫攻坚帮扶服务' },
  contract: {
    offeredOn: '2019-08-01',
    repliedOn: '2019-08-12',
    draftedOn: '2019-09-02',
    clauses: [{ item: '产假', quote: '女职工生育享受98天产假。', agreed: 98 }],
    heldOn: '2019-09-10',
    filedOn: '2019-09-25',
    effectiveOn: '2019-10-12',
    termFromOn: '2019-10-12',
    termUntilOn: '2021-10-11',
    publishedOn: '2019-10-13',
    unionFiledOn: '2019-09-26',
  },
  screening: { fund: '市总' },
  jobReferral: { intents: 30 },
  careRoom: {
    delistedOn: null,
    intervals: [
      { attribute: '对外开放', fromOn: '2019-10-01' },
      { attribute: '高德上线', fromOn: '2019-11-05' },
      { attribute: '级别', value: '市示范', fromOn: '2019-10-01' },
    ],
  },
  childcare: { funds: [{ source: '市总', amount: 20000 }] },
  honour: { revokedOn: null },
  highlight: { link: 'https://example.org/1' },
  studio: { delistedOn: null },
  committee: {
    dissolvedOn: null,
    form: '女职工委员会',
    terms: [{ termNo: 1, fromOn: '2019-11-20', untilOn: '2024-11-19', director: '李演' }],
    members: [{ name: '王样', post: '委员', fromOn: '2019-11-20', how: '选举' }],
  },
  parentStudio: { delistedOn: null },
}

/** A valid body of a programme, made from its definition alone; hidden fields are left out. */
export function bodyOf(programme: Programme, changes: Body = {}): Body {
  const fields = formFields(programme)
  const children = Object.entries(programme.children).map(([name, child]) => [name, [valuesOf(child.fields)]])
  const body: Body = {
    ...valuesOf(fields),
    title: `${programme.label}一`,
    ...('mode' in programme.fields ? { count: 2 } : {}),
    ...Object.fromEntries(children),
    ...overrides[programme.key],
    ...changes,
  }
  const shown = (name: string) => !(name in programme.fields) || programme.shown(name, body)
  return Object.fromEntries(Object.entries(body).filter(([name]) => shown(name)))
}

/** The same body a month later, with one more of what it counts: a correction that moves every kind of figure. */
export function correctedBody(programme: Programme): Body {
  const body = bodyOf(programme)
  const date = programme.dated ?? 'endsOn'
  const sums = Object.values(programme.indicators).flatMap((i) =>
    'measure' in i && i.measure !== 'records' ? [i.measure.sum] : [],
  )
  const whole = sums.filter((name) => name in programme.fields && name in body)
  const raised = Object.fromEntries(whole.map((name) => [name, Number(body[name]) - 1]))
  const dates =
    programme.key === 'contract'
      ? {
          filedOn: '2019-10-28',
          effectiveOn: '2019-11-15',
          termFromOn: '2019-11-15',
          termUntilOn: '2021-11-14',
          publishedOn: null,
          unionFiledOn: null,
        }
      : programme.key === 'careRoom'
        ? { intervals: [{ attribute: '级别', value: '星级', fromOn: laterDay }], verifiedOn: laterDay }
        : programme.key === 'studio'
          ? { reviewedOn: laterDay }
          : {}
  return bodyOf(programme, { ...raised, ...dates, [date]: laterDay, title: `${programme.label}更正后` })
}

/** The body as the server gives it back: every field of the form, null where nothing stands. */
export function whole(programme: Programme, row: AnyRow): Body {
  const names = [
    ...Object.keys(formFields(programme)),
    'startsOn',
    'endsOn',
    ...Object.keys(programme.children),
  ]
  return Object.fromEntries(names.map((name) => [name, row[name] ?? null]))
}
