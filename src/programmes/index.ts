import type { Programme } from '#kit/programme.ts'
import { cadreTraining } from './cadreTraining/definition.ts'
import { careRoom } from './careRoom/definition.ts'
import { childcare } from './childcare/definition.ts'
import { committee } from './committee/definition.ts'
import { competition } from './competition/definition.ts'
import { contract } from './contract/definition.ts'
import { counselling } from './counselling/definition.ts'
import { familyTalk } from './familyTalk/definition.ts'
import { hardship } from './hardship/definition.ts'
import { highlight } from './highlight/definition.ts'
import { honour } from './honour/definition.ts'
import { jobReferral } from './jobReferral/definition.ts'
import { lawTalk } from './lawTalk/definition.ts'
import { lecture } from './lecture/definition.ts'
import { matchmaking } from './matchmaking/definition.ts'
import { material } from './material/definition.ts'
import { meeting } from './meeting/definition.ts'
import { parentActivity } from './parentActivity/definition.ts'
import { parentStudio } from './parentStudio/definition.ts'
import { policyInput } from './policyInput/definition.ts'
import { quiz } from './quiz/definition.ts'
import { screening } from './screening/definition.ts'
import { skillClass } from './skillClass/definition.ts'
import { specialAction } from './specialAction/definition.ts'
import { studio } from './studio/definition.ts'
import { study } from './study/definition.ts'
import { training } from './training/definition.ts'

/** The register of programmes, in the order of the annual summary. */
export const programmes: readonly Programme[] = [
  study,
  honour,
  training,
  competition,
  studio,
  quiz,
  material,
  lawTalk,
  contract,
  screening,
  hardship,
  skillClass,
  jobReferral,
  careRoom,
  childcare,
  parentStudio,
  parentActivity,
  counselling,
  matchmaking,
  specialAction,
  lecture,
  familyTalk,
  highlight,
  committee,
  meeting,
  cadreTraining,
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
