import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { paths } from '../paths.ts'
import { rootRoute } from '../root.tsx'

export const systemRoutes = [
  createRoute({
    getParentRoute: () => rootRoute,
    path: paths.system,
    component: lazyRouteComponent(() => import('./page.tsx'), 'SystemPage'),
  }),
] as const
