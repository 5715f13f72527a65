import type { Target } from './deps.server.ts'
import { onboarding } from '#onboarding/target.server.ts'
import { memberIntake } from '#person/intake.server.ts'

/** What a workbook may become: the register of targets. */
export const intakes: readonly Target[] = [memberIntake, onboarding]
