import { committeeForms, onboardingTarget } from '#onboarding/sheets.ts'
import { tierLabels, type Tier } from '#org/api.ts'
import type { Question } from './api.ts'

/** Of which day a fact of a unit is: when its people were counted, when the term of its committee began, or as the register stands. */
type Since = 'counted' | 'term' | 'today'
type Shape = {
  /** Its name in a question where that of the register says too little. */
  label?: string
  kind: Question['kind']
  since: Since
  /** The stored value in words. */
  words?: (value: unknown) => string
}

const forms = Object.entries(committeeForms)

/** What the register of units answers by itself, by the keys of its sheet; a superior may be named, not typed again. */
const shapes = {
  code: { kind: 'text', since: 'today' },
  name: { kind: 'text', since: 'today' },
  shortName: { kind: 'text', since: 'today' },
  tier: { kind: 'text', since: 'today', words: (value) => tierLabels[value as Tier] },
  orgType: { kind: 'text', since: 'today' },
  superior: { kind: 'text', since: 'today' },
  view: { kind: 'text', since: 'today' },
  regionCode: { kind: 'text', since: 'today' },
  workers: { kind: 'count', since: 'counted', label: '职工总数' },
  womenWorkers: { kind: 'count', since: 'counted' },
  members: { kind: 'count', since: 'counted', label: '工会会员人数' },
  womenMembers: { kind: 'count', since: 'counted' },
  committee: {
    kind: 'text',
    since: 'term',
    words: (value) => forms.find(([, form]) => form === value)?.[0] ?? '',
  },
  director: { kind: 'text', since: 'term', label: '女职工委员会主任' },
  termNo: { kind: 'count', since: 'term', label: '女职工委员会届次' },
  foundedOn: { kind: 'day', since: 'term' },
  termFromOn: { kind: 'day', since: 'term' },
  termUntilOn: { kind: 'day', since: 'term', label: '女职工委员会任期届满日期' },
} as const satisfies Record<string, Shape>

export type UnitFact = keyof typeof shapes

export const shapeOf = (fact: UnitFact): Shape => shapes[fact]

const { fields } = onboardingTarget.sheets[0]!

/** Every name of a fact of a unit that a question may use. */
export const unitFacts: readonly { fact: UnitFact; label: string }[] = (
  Object.keys(shapes) as UnitFact[]
).flatMap((fact) =>
  [shapeOf(fact).label, fields[fact]!.label].flatMap((label) =>
    label === undefined ? [] : [{ fact, label }],
  ),
)
