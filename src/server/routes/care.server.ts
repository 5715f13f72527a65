import type { Deps } from '../deps.server.ts'
import type { Routes } from '../route.server.ts'
import { eventScanRoutes } from './eventScan.server.ts'
import { hardshipRoutes } from './hardship.server.ts'
import { hardshipAidRoutes } from './hardshipAid.server.ts'
import { myHardshipRoutes } from './myHardship.server.ts'
import { childcareRoundRoutes } from './childcareRound.server.ts'
import { childcareRoutes } from './childcare.server.ts'
import { eventRoutes } from './event.server.ts'
import { eventMineRoutes } from './eventMine.server.ts'
import { courseRoutes } from './course.server.ts'
import { matchRoutes } from './match.server.ts'
import { quizRoutes } from './quiz.server.ts'
import { screeningRoutes } from './screening.server.ts'

/** What is given to single women: aid in hardship, screenings, childcare, places at events, match-making. */
export function careRoutes(routes: Routes, deps: Deps): void {
  hardshipRoutes(routes, deps)
  hardshipAidRoutes(routes, deps)
  myHardshipRoutes(routes, deps)
  eventScanRoutes(routes, deps)
  screeningRoutes(routes, deps)
  childcareRoutes(routes, deps)
  childcareRoundRoutes(routes, deps)
  eventRoutes(routes, deps)
  eventMineRoutes(routes, deps)
  quizRoutes(routes, deps)
  courseRoutes(routes, deps)
  matchRoutes(routes, deps)
}
