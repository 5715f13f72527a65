import { createRouter } from '@tanstack/react-router'
import { assessmentRoutes } from './assessment/routes.tsx'
import { accountRoutes } from './account/routes.tsx'
import { accountsRoutes } from './accounts/routes.tsx'
import { auditRoutes } from './audit/routes.tsx'
import { boardRoutes } from './board/routes.tsx'
import { certificateRoutes } from './certificate/routes.tsx'
import { conformityRoutes } from './conformity/routes.tsx'
import { exportRoutes } from './export/routes.tsx'
import { hardshipRoutes } from './hardship/routes.tsx'
import { childcareRoutes } from './childcare/routes.tsx'
import { eventRoutes } from './event/routes.tsx'
import { courseRoutes } from './course/routes.tsx'
import { quizRoutes } from './quiz/routes.tsx'
import { screeningRoutes } from './screening/routes.tsx'
import { honourRoutes } from './honour/routes.tsx'
import { figureRoutes } from './figures/routes.tsx'
import { helpRoutes } from './help/routes.tsx'
import { Failure } from './kit/states.tsx'
import { NotFound } from './kit/notFound.tsx'
import { intakeRoutes } from './intake/routes.tsx'
import { notifyRoutes } from './notify/routes.tsx'
import { myYearRoutes } from './myYear/routes.tsx'
import { lockRoutes } from './lock/routes.tsx'
import { orgRoutes } from './org/routes.tsx'
import { personRoutes } from './person/routes.tsx'
import { planRoutes } from './plan/routes.tsx'
import { pageRoutes } from './pages.tsx'
import { rootRoute } from './root.tsx'
import { contractRoutes } from './contract/routes.tsx'
import { roomRoutes } from './room/routes.tsx'
import { earlierRoutes } from './earlier/routes.tsx'
import { rulesRoutes } from './rules/routes.tsx'
import { publicNoticeRoutes } from './publicNotice/routes.tsx'
import { runningRoutes } from './running/routes.tsx'
import { systemRoutes } from './system/routes.tsx'
import { siloRoutes } from './silo/routes.tsx'
import { statutoryRoutes } from './statutory/routes.tsx'
import { summaryRoutes } from './summary/routes.tsx'
import { taskRoutes } from './task/routes.tsx'
import { parseSearch, stringifySearch } from './urlState.ts'

export const router = createRouter({
  routeTree: rootRoute.addChildren([
    ...pageRoutes,
    ...conformityRoutes,
    ...figureRoutes,
    ...boardRoutes,
    ...summaryRoutes,
    ...statutoryRoutes,
    ...certificateRoutes,
    ...roomRoutes,
    ...contractRoutes,
    ...publicNoticeRoutes,
    ...honourRoutes,
    ...hardshipRoutes,
    ...siloRoutes,
    ...childcareRoutes,
    ...eventRoutes,
    ...quizRoutes,
    ...courseRoutes,
    ...screeningRoutes,
    ...earlierRoutes,
    ...lockRoutes,
    ...orgRoutes,
    ...auditRoutes,
    ...accountRoutes,
    ...accountsRoutes,
    ...runningRoutes,
    ...systemRoutes,
    ...personRoutes,
    ...taskRoutes,
    ...notifyRoutes,
    ...rulesRoutes,
    ...planRoutes,
    ...assessmentRoutes,
    ...intakeRoutes,
    ...exportRoutes,
    ...helpRoutes,
    ...myYearRoutes,
  ]),
  // Search parameters are plain text: `?year=2019` stays the text 2019, and addresses stay readable.
  parseSearch,
  stringifySearch,
  defaultPreload: 'intent',
  defaultErrorComponent: ({ error, reset }) => <Failure error={error} retry={reset} />,
  defaultNotFoundComponent: NotFound,
  scrollRestoration: true,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
