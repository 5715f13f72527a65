import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { paths } from '../paths.ts'
import { rootRoute } from '../root.tsx'

export const runningRoutes = [
  createRoute({
    getParentRoute: () => rootRoute,
    path: paths.running,
    component: lazyRouteComponent(() => import('./page.tsx'), 'RunningPage'),
  }),
] as const
