import { careRoomTables } from '#programmes/careRoom/tables.ts'
import { contractTables } from '#programmes/contract/tables.ts'
import { orgRules } from '#org/rules.ts'
import { honourTables } from '#honour/tables.ts'
import { policyAnswer } from '#help/rules.ts'
import { hardshipRules } from '#hardship/rules.ts'
import { studioReview } from '#programmes/studio/tables.ts'
import { specialActions } from '#programmes/specialAction/tables.ts'
import { childcareRules } from '#childcare/rules.ts'
import { screeningRules } from '#screening/rules.ts'
import { noticeDays } from '#publicNotice/rules.ts'
import { siloRules } from '#silo/rules.ts'
import type { Rule } from '#kit/rule.ts'

/** Every rule table, in the order of the page. A table that stands here can be changed by the city. */
export const ruleTables: readonly Rule[] = [
  ...orgRules,
  ...contractTables,
  ...careRoomTables,
  studioReview,
  noticeDays,
  ...honourTables,
  ...hardshipRules,
  specialActions,
  ...siloRules,
  policyAnswer,
  ...screeningRules,
  ...childcareRules,
]

export const findRule = (key: string): Rule | null => ruleTables.find((rule) => rule.key === key) ?? null
