import type { Programme } from '#kit/programme.ts'
import type { Target } from '#server/deps.server.ts'
import { checkLines } from './check.server.ts'
import { commitLines } from './commit.server.ts'
import { lastYear } from './lastYear.server.ts'
import { recordTargetOf } from './target.ts'
import { undoLines } from './undo.server.ts'

/** Records of a programme from a workbook. */
export const recordIntake = (programme: Programme): Target => ({
  ...recordTargetOf(programme),
  check: (deps, tx, actor, lines) => checkLines(deps, tx, actor, programme, lines),
  commit: (deps, tx, work, lines, how) => commitLines(deps, tx, work, programme, lines, how),
  undo: (deps, tx, work, made, file) => undoLines(deps, tx, work, programme, made, file),
  lastYear: (deps, tx, actor) => lastYear(deps, tx, actor, programme),
})
