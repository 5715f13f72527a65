import type { FormLayout } from '#paper/form/layout.ts'
import { careRoomForms } from './careRoom/forms.ts'
import { childcareForms } from './childcare/forms.ts'
import { competitionForms } from './competition/forms.ts'
import { contractForms } from './contract/forms.ts'
import { familyTalkForms } from './familyTalk/forms.ts'
import { honourForms } from './honour/forms.ts'
import { jobReferralForms } from './jobReferral/forms.ts'
import { lawTalkForms } from './lawTalk/forms.ts'
import { lectureForms } from './lecture/forms.ts'
import { matchmakingForms } from './matchmaking/forms.ts'
import { materialForms } from './material/forms.ts'
import { quizForms } from './quiz/forms.ts'
import { screeningForms } from './screening/forms.ts'
import { skillClassForms } from './skillClass/forms.ts'
import { trainingForms } from './training/forms.ts'

/** The seal-ready forms of each programme; a highlight and a policy input go up as text and have none. */
export const forms: Readonly<Record<string, readonly FormLayout[]>> = {
  honour: honourForms,
  training: trainingForms,
  competition: competitionForms,
  quiz: quizForms,
  material: materialForms,
  lawTalk: lawTalkForms,
  contract: contractForms,
  screening: screeningForms,
  skillClass: skillClassForms,
  jobReferral: jobReferralForms,
  careRoom: careRoomForms,
  childcare: childcareForms,
  matchmaking: matchmakingForms,
  lecture: lectureForms,
  familyTalk: familyTalkForms,
}
