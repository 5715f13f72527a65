import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { paths } from '../paths.ts'
import { rootRoute } from '../root.tsx'
import { readSearch } from '../urlState.ts'
import { locksSearch } from './addresses.ts'

export const lockRoutes = [
  createRoute({
    getParentRoute: () => rootRoute,
    path: paths.locks,
    validateSearch: readSearch(locksSearch),
    component: lazyRouteComponent(() => import('./page.tsx'), 'LocksPage'),
  }),
] as const
