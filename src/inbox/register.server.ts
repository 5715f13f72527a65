import { assessmentWaits } from '#figures/assessment/inbox.server.ts'
import { careRoomWaits } from '#programmes/careRoom/inbox.server.ts'
import { roomReportWaits } from '#programmes/careRoom/reportInbox.server.ts'
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
import { suggestionWaits } from '#help/inbox.server.ts'
import { summaryWaits } from '#figures/summary/inbox.server.ts'
import { studioWaits } from '#programmes/studio/inbox.server.ts'
import { taskWaits } from '#task/inbox.server.ts'
import type { Resource } from '#identity/resources.ts'
import type { Contributor } from './contributor.server.ts'

/** Whatever hands work to somebody stands here, with what its cards speak of, so that she finds all of it in one place. Records come by their own pages. */
export const contributors: readonly { waits: Contributor; of: readonly Resource[] }[] = [
  { waits: taskWaits, of: ['task'] },
  { waits: summaryWaits, of: ['summary'] },
  { waits: hardshipWaits, of: ['hardship'] },
  { waits: honourWaits, of: ['honour', 'publicNotice'] },
  { waits: childcareWaits, of: ['record'] },
  { waits: contractWaits, of: ['record'] },
  { waits: careRoomWaits, of: ['record', 'publicNotice'] },
  { waits: studioWaits, of: ['record'] },
  { waits: roomReportWaits, of: ['record'] },
  { waits: orgChangeWaits, of: ['org'] },
  { waits: planWaits, of: ['plan'] },
  { waits: assessmentWaits, of: ['assessment'] },
  { waits: personWaits, of: ['person'] },
  { waits: exportWaits, of: ['export'] },
  { waits: ruleWaits, of: [] },
  { waits: earlierWaits, of: ['figure'] },
  { waits: suggestionWaits, of: ['suggestion'] },
]

/** What an inbox speaks of. */
export const inboxReveals: readonly Resource[] = [
  ...new Set<Resource>(['record', 'proposal', ...contributors.flatMap(({ of }) => of)]),
]
