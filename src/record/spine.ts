import type { AnyRow, PrivacyClass } from '#kit/programme.ts'
import { bigrams } from './words.ts'
import type { RecordState } from './workflow.ts'

/** A row of app.record as jsonb gives it: days as text, instants as ISO text. */
export type Spine = {
  district_id: number
  id: string
  programme: number
  class: number
  org_id: number
  /** The unit into which its owner was merged, or that was split off with it: it holds the record now, wherever that counts. */
  held_by?: number | null
  co_hosts: number[]
  scope_code: string
  view_code: string | null
  then_code: string
  then_view: string | null
  title: string
  starts_on: string
  occurred_on: string
  place: string | null
  grade: string
  tags: string | null
  note: string | null
  state: RecordState
  turn_of: number | null
  version: number
  warnings: string[]
  warning_note: string | null
  words: string[]
  created_by: string
  /** Business date of the first submission: later than 30 days after the end it is 迟报. */
  entered_on: string
  submitted_by: string
  submitted_at: string
  decided_by: string | null
  decided_at: string | null
  updated_at: string
}

/** The unit that keeps a record today: rights, reminders and messages follow it, figures stay with the owner. */
export const keeperOf = ({ held_by, org_id }: Pick<Spine, 'held_by' | 'org_id'>): number => held_by ?? org_id

/** Where a record stands, as rights see it. */
export const placeOf = (spine: Spine) => ({
  id: keeperOf(spine),
  scopeCode: spine.scope_code,
  viewCode: spine.view_code,
  class: spine.class,
})

/** The words by which a record is found: bigrams of title and place. */
export const wordsOf = (row: AnyRow): string[] =>
  bigrams([row['title'], row['place']].filter((v) => typeof v === 'string').join(' '))

/** S0 → 0 … S4 → 4, as the spine stores it. */
export const classNumber = (privacy: PrivacyClass): number => Number(privacy.slice(1))

/** Days after the end within which a record is on time (domain: 30 days); later it is 迟报, which blocks nothing. */
export const entryDays = 30
