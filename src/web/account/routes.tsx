import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { paths } from '../paths.ts'
import { rootRoute } from '../root.tsx'

const getParentRoute = () => rootRoute

export const accountRoutes = [
  createRoute({
    getParentRoute,
    path: paths.account,
    component: lazyRouteComponent(() => import('./page.tsx'), 'AccountPage'),
  }),
] as const
