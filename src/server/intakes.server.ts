import { earlierIntake } from '#figures/earlier/intake.server.ts'
import { onboarding } from '#onboarding/target.server.ts'
import { employerIntake } from '#org/employers/intake.server.ts'
import { memberIntake } from '#person/intake.server.ts'
import { programmes } from '#programmes/index.ts'
import { recordIntake } from '#record/intake/target.server.ts'
import { entryIntake } from '#signup/intake.server.ts'
import type { Target } from './deps.server.ts'

/** What a workbook may become: the register of targets. */
export const intakes: readonly Target[] = [
  memberIntake,
  onboarding,
  earlierIntake,
  employerIntake,
  entryIntake,
  ...programmes.map(recordIntake),
]
