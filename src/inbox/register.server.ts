import { assessmentWaits } from '#figures/assessment/inbox.server.ts'
import { childcareWaits } from '#childcare/inbox.server.ts'
import { contractWaits } from '#programmes/contract/inbox.server.ts'
import { earlierWaits } from '#figures/earlier/inbox.server.ts'
import { exportWaits } from '#export/inbox.server.ts'
import { hardshipWaits } from '#hardship/inbox.server.ts'
import { honourWaits } from '#honour/inbox.server.ts'
import { orgChangeWaits } from '#org/change/inbox.server.ts'
import { personWaits } from '#person/inbox.server.ts'
import { planWaits } from '#figures/plan/inbox.server.ts'
import { ruleWaits } from '#rules/inbox.server.ts'
import { summaryWaits } from '#figures/summary/inbox.server.ts'
import { taskWaits } from '#task/inbox.server.ts'
import type { Contributor } from './contributor.server.ts'

/** Whatever hands work to somebody stands here, so that she finds all of it in one place. Records come by their own pages. */
export const contributors: readonly Contributor[] = [
  taskWaits,
  summaryWaits,
  hardshipWaits,
  honourWaits,
  childcareWaits,
  contractWaits,
  orgChangeWaits,
  planWaits,
  assessmentWaits,
  personWaits,
  exportWaits,
  ruleWaits,
  earlierWaits,
]
