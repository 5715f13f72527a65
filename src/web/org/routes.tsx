import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { paths } from '../paths.ts'
import { rootRoute } from '../root.tsx'
import { readSearch } from '../urlState.ts'
import { changeSearchParams, gapSearchParams, orgSearchParams } from './addresses.ts'

export const orgRoutes = [
  createRoute({
    getParentRoute: () => rootRoute,
    path: paths.orgs,
    validateSearch: readSearch(orgSearchParams),
    component: lazyRouteComponent(() => import('./page.tsx'), 'OrgsPage'),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: paths.orgGaps,
    validateSearch: readSearch(gapSearchParams),
    component: lazyRouteComponent(() => import('./gaps/page.tsx'), 'GapsPage'),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: paths.orgChanges,
    validateSearch: readSearch(changeSearchParams),
    component: lazyRouteComponent(() => import('./change/page.tsx'), 'ChangesPage'),
  }),
] as const
