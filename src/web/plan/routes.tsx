import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { paths } from '../paths.ts'
import { rootRoute } from '../root.tsx'
import { readSearch } from '../urlState.ts'
import { planSearch } from './addresses.ts'

const getParentRoute = () => rootRoute

export const planRoutes = [
  createRoute({
    getParentRoute,
    path: paths.plan,
    validateSearch: readSearch(planSearch),
    component: lazyRouteComponent(() => import('./page.tsx'), 'PlanPage'),
  }),
] as const
