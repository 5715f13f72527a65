import type { CryptoProvider } from '#crypto/provider.server.ts'
import type { FileStore } from '#record/evidence/store.server.ts'
import type { Catalogue } from '#server/deps.server.ts'
import type { Tx } from '#server/database.server.ts'
import { loadChildcare } from './loadChildcare.server.ts'
import { loadEvents } from './loadEvents.server.ts'
import { loadHardship } from './loadHardship.server.ts'
import { loadCourses } from './loadCourses.server.ts'
import { loadMatch } from './loadMatch.server.ts'
import { loadPlacement } from './loadPlacement.server.ts'
import { loadQuiz } from './loadQuiz.server.ts'
import { loadScreening } from './loadScreening.server.ts'

/** What is given to single women and to families: aid, screenings, childcare classes, places at events, quizzes, courses, match-making. */
export async function loadCare(
  tx: Tx,
  crypto: CryptoProvider,
  catalogue: Catalogue,
  files: FileStore | null,
): Promise<void> {
  await loadHardship(tx, crypto, catalogue)
  await loadScreening(tx)
  await loadChildcare(tx, files)
  await loadPlacement(tx)
  await loadEvents(tx)
  await loadQuiz(tx)
  await loadCourses(tx)
  await loadMatch(tx, crypto)
}
