import { makeExport } from '#export/make.server.ts'
import { notifyJobs } from '#notify/jobs.server.ts'
import { remindChildcare } from '#childcare/remind.server.ts'
import { roundsJob } from '#childcare/roundSweep.server.ts'
import { remindContracts } from '#programmes/contract/remind.server.ts'
import { remindSilos } from '#silo/remind.server.ts'
import { settleJob } from '#quiz/settle.server.ts'
import { dueJob, sweepJob } from '#signup/sweep.server.ts'
import type { JobKind } from './jobs.server.ts'

/** Those that the clock asks for. */
export const clockJobs: readonly JobKind[] = [sweepJob, settleJob, roundsJob]

/** What jobs there are: the register of kinds. */
export const jobKinds: readonly JobKind[] = [
  makeExport,
  sweepJob,
  dueJob,
  settleJob,
  roundsJob,
  ...notifyJobs([remindContracts, remindSilos, remindChildcare]),
]
