import type { Programme } from '#kit/programme.ts'
import { careRoom } from './careRoom/definition.ts'
import { childcare } from './childcare/definition.ts'
import { competition } from './competition/definition.ts'
import { contract } from './contract/definition.ts'
import { familyTalk } from './familyTalk/definition.ts'
import { highlight } from './highlight/definition.ts'
import { honour } from './honour/definition.ts'
import { jobReferral } from './jobReferral/definition.ts'
import { lawTalk } from './lawTalk/definition.ts'
import { lecture } from './lecture/definition.ts'
import { matchmaking } from './matchmaking/definition.ts'
import { material } from './material/definition.ts'
import { policyInput } from './policyInput/definition.ts'
import { quiz } from './quiz/definition.ts'
import { screening } from './screening/definition.ts'
import { skillClass } from './skillClass/definition.ts'
import { training } from './training/definition.ts'

/** The register of programmes, in the order of the annual summary. */
export const programmes: readonly Programme[] = [
  honour,
  training,
  competition,
  quiz,
  material,
  lawTalk,
  contract,
  screening,
  skillClass,
  jobReferral,
  careRoom,
  childcare,
  matchmaking,
  lecture,
  familyTalk,
  highlight,
  policyInput,
]

const byKey = new Map(programmes.map((p) => [p.key, p]))

/** The programme of a key, or null. */
export function findProgramme(key: string): Programme | null {
  return byKey.get(key) ?? null
}

/** Every indicator with its programme and its heading of the summary, in the order of the register. */
export const indicators = programmes.flatMap((programme) =>
  Object.entries(programme.indicators).map(([id, indicator]) => ({
    id,
    indicator,
    programme,
    section: indicator.section ?? programme.section,
  })),
)
