import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { paths } from '../paths.ts'
import { rootRoute } from '../root.tsx'
import { readSearch } from '../urlState.ts'
import { rulesSearch } from './addresses.ts'

export const rulesRoutes = [
  createRoute({
    getParentRoute: () => rootRoute,
    path: paths.rules,
    validateSearch: readSearch(rulesSearch),
    component: lazyRouteComponent(() => import('./page.tsx'), 'RulesPage'),
  }),
] as const
