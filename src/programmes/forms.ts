import type { FormLayout } from '#paper/form/layout.ts'
import { cadreTrainingForms } from './cadreTraining/forms.ts'
import { careRoomForms } from './careRoom/forms.ts'
import { childcareForms } from './childcare/forms.ts'
import { committeeForms } from './committee/forms.ts'
import { competitionForms } from './competition/forms.ts'
import { contractForms } from './contract/forms.ts'
import { familyTalkForms } from './familyTalk/forms.ts'
import { honourForms } from './honour/forms.ts'
import { jobReferralForms } from './jobReferral/forms.ts'
import { lawTalkForms } from './lawTalk/forms.ts'
import { lectureForms } from './lecture/forms.ts'
import { matchmakingForms } from './matchmaking/forms.ts'
import { materialForms } from './material/forms.ts'
import { parentActivityForms } from './parentActivity/forms.ts'
import { parentStudioForms } from './parentStudio/forms.ts'
import { quizForms } from './quiz/forms.ts'
import { screeningForms } from './screening/forms.ts'
import { skillClassForms } from './skillClass/forms.ts'
import { studioForms } from './studio/forms.ts'
import { studyForms } from './study/forms.ts'
import { trainingForms } from './training/forms.ts'

/** The seal-ready forms of each programme; what goes up as text (a highlight, a policy input, minutes), counselling and
 * hardship as counts have none; those of a hardship file stand beside it. */
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
  study: studyForms,
  studio: studioForms,
  parentStudio: parentStudioForms,
  parentActivity: parentActivityForms,
  committee: committeeForms,
  cadreTraining: cadreTrainingForms,
}
