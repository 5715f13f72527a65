import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { paths } from '../paths.ts'
import { rootRoute } from '../root.tsx'

export const publicNoticeRoutes = [
  createRoute({
    getParentRoute: () => rootRoute,
    path: paths.noticeDesk,
    component: lazyRouteComponent(() => import('./deskPage.tsx'), 'NoticeDeskPage'),
  }),
] as const
