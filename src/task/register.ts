import { isCarried, type Field, type KindName } from '#kit/field/kind.ts'
import { formFields, type Programme } from '#kit/programme.ts'
import { personalTables } from '#person/registry.ts'
import { indicators, programmes } from '#programmes/index.ts'
import type { Question } from './api.ts'
import { sameAs, type Known } from './likeness.ts'
import { shapeOf, unitFacts, type UnitFact } from './unitFacts.ts'

type Kind = Question['kind']

/** Where the answer to a question comes from for a unit that is asked. */
export type Fill =
  | { of: 'unit'; fact: UnitFact }
  | { of: 'figure'; indicator: string; programme: Programme; where: string }
  /** @property alone it is the unit's answer only where one record tells it: of two rooms neither's size is */
  | { of: 'record'; programme: Programme; key: string; where: string; alone: boolean }
type Held = Known & { kinds: readonly Kind[]; fill: Fill | null }

const held = (label: string, where: string): Held => ({ label, where, kinds: [], fill: null })
const recordsOf = ({ label }: Programme): string => `“${label}”记录`

/** Of these tables nobody would ask: they say who looked, agreed or applied. */
export const processTables: readonly string[] = [
  'person_key',
  'person_access',
  'consent',
  'person_request',
  'person_hold',
  'person_emergency',
]

const ofUnits: readonly Held[] = unitFacts.map(({ fact, label }) => ({
  ...held(label, '组织档案'),
  kinds: [shapeOf(fact).kind],
  fill: { of: 'unit', fact },
}))

/** A figure of few persons is told by whoever counts them, not put into a form that others read. */
const ofFigures: readonly Held[] = indicators.map(({ id, indicator, programme }): Held => ({
  ...held(indicator.label, `指标（由${recordsOf(programme)}汇总）`),
  unit: indicator.unit,
  kinds: [indicator.kind === 'money' ? 'money' : 'count'],
  fill:
    indicator.cell === 'none'
      ? { of: 'figure', indicator: id, programme, where: `指标“${indicator.label}”` }
      : null,
}))

/** A field that one figure sums whole is answered by that figure, for the period that is asked of. */
const figureOf = ({ indicators: all }: Programme, key: string): Fill | null => {
  const id = Object.entries(all).find(
    ([, one]) =>
      one.nature !== 'stock' &&
      one.measure !== 'records' &&
      one.measure.sum === key &&
      one.where === undefined,
  )?.[0]
  return ofFigures.find(({ fill }) => fill?.of === 'figure' && fill.indicator === id)?.fill ?? null
}

const answers: Partial<Record<KindName, Kind>> = { choice: 'text', creditCode: 'text' }

/** Of records that stand (a contract, a room) all they say holds the next time too; of what was held on a day only words are carried. */
function fillFrom(programme: Programme, key: string, field: Field): Fill | null {
  if (!['S0', 'S1'].includes(programme.class) || !Object.hasOwn(programme.fields, key)) return null
  const figure = figureOf(programme, key)
  if (figure) return figure
  const lasts = Object.values(programme.indicators).some(({ nature }) => nature === 'stock')
  const carried = isCarried(field) && ['text', 'yesNo'].includes(field.kind)
  return carried || lasts
    ? { of: 'record', programme, key, where: recordsOf(programme), alone: !carried }
    : null
}

const ofRecords: readonly Held[] = programmes.flatMap((programme) => [
  ...Object.entries(formFields(programme)).map(([key, field]): Held => ({
    ...held(field.label, recordsOf(programme)),
    also: programme.label + field.label,
    kinds: [answers[field.kind] ?? (field.kind as Kind)],
    fill: fillFrom(programme, key, field),
  })),
  ...Object.values(programme.children).flatMap(({ fields }) =>
    Object.values(fields).map(({ label }) => held(label, recordsOf(programme))),
  ),
])

const ofPersons: readonly Held[] = Object.entries(personalTables)
  .filter(([table]) => !processTables.includes(table))
  .flatMap(([, { title, columns }]) => Object.values(columns).map(({ label }) => held(label, title)))

/** Asked of whoever answers, not of a room or a member that has one too. */
const ofWhoAnswers = /电话|手机|^单位负责人$|^工作单位$/

/** A label that many use (名称, 说明, 状态), or of a word alone, does not say which thing is meant. */
const others = [...ofRecords, ...ofPersons]
const usersOf = (label: string): number =>
  new Set(others.filter((one) => one.label === label).map(({ where }) => where)).size
const says = ({ label }: Held): boolean =>
  Array.from(label).length >= 3 && usersOf(label) <= 2 && !ofWhoAnswers.test(label)

/** All that the system holds, of units, figures, records, members, honours and hardship: made of what each declares itself. */
const register: readonly Held[] = [...ofUnits, ...ofFigures, ...others.filter(says)]

export const known: readonly Known[] = register

/** A label of two programmes says not which is meant. */
const fillable = register.filter(
  ({ fill, label }) => fill !== null && (fill.of !== 'record' || usersOf(label) === 1),
)

/** So alike must a question be that the answer is put into it; where it is only like, it is told and typed. */
const sure = 0.85

/** From where a question is answered before anybody types. */
export function fillOf({ label, kind }: Pick<Question, 'label' | 'kind'>): Fill | null {
  const best = sameAs(
    label,
    fillable.filter(({ kinds }) => kinds.includes(kind)),
  )
  if (!best || best.score < sure) return null
  const likest = sameAs(label, register)
  return likest !== null && likest.score > best.score ? null : best.one.fill
}
