import type { Random } from '#demo/random.ts'
import type { OrgSeed } from '#demo/tree.ts'

/** A record of the demo as the API takes it: form fields and rows of children, without the owner. */
export type DemoRecord = {
  programme: string
  /** permanent code of the owning unit */
  orgCode: string
  state: 'accepted' | 'submitted' | 'returned' | 'draft' | 'withdrawn'
  body: Body
  /** day of entry, set only where it came late (迟报: more than 30 days after the fact) */
  enteredOn?: string
  /** of returned records: the field that the reviewer points at, and what she says */
  returnRemark?: { field: string; body: string }
}

export type Body = Record<string, unknown>

/** Makes a record of any owner and day; `people` and `count` are meant for events. */
export type Act = { org: OrgSeed; day: string; count: number; people: number }
export type Maker = (random: Random, act: Act) => Body

export function accepted(programme: string, org: OrgSeed, body: Body): DemoRecord {
  return { programme, orgCode: org.code, state: 'accepted', body }
}

/** Grades as they come in: lists of names, mostly ledgers, now and then an estimate. */
export function grade(random: Random): string {
  const drawn = random.next()
  return drawn < 0.25 ? '实名' : drawn < 0.92 ? '台账' : '估报'
}
