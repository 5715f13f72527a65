import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { paths } from '../paths.ts'
import { rootRoute } from '../root.tsx'

const getParentRoute = () => rootRoute

export const conformityRoutes = [
  createRoute({
    getParentRoute,
    path: paths.conformity,
    component: lazyRouteComponent(() => import('./page.tsx'), 'ConformityPage'),
  }),
] as const
