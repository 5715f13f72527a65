import { Problem } from '#kit/problem.ts'
import { reasons, type Reason } from './reasons.ts'

/** The answer to a denial. What is hidden is not found, in the very words of what is absent. */
export function problemOf(reason: Reason, state = '', label = '办理'): Problem {
  switch (reason) {
    case 'signedOut':
      return Problem.signedOut()
    case 'aal':
      return Problem.factorMissing()
    case 'stepUp':
      return Problem.stepUpNeeded()
    case 'outOfReach':
    case 'classAbove':
      return Problem.notFound()
    case 'submitter':
    case 'submitterOtherPost':
      return Problem.sameDecider()
    case 'wrongState':
      return Problem.wrongState({ state, label })
    case 'waiting':
      return Problem.pendingAlready()
    case 'lockedAbove':
    case 'notLocked':
      return Problem.lockMoved({ what: reasons[reason] })
    default:
      return Problem.denied({ what: reasons[reason] })
  }
}
