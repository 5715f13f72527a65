import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { paths } from '../paths.ts'
import { rootRoute } from '../root.tsx'
import { readSearch } from '../urlState.ts'
import { statutoryListSearch, statutorySearch } from './addresses.ts'

const getParentRoute = () => rootRoute

export const statutoryRoutes = [
  createRoute({
    getParentRoute,
    path: paths.statutory,
    validateSearch: readSearch(statutoryListSearch),
    component: lazyRouteComponent(() => import('./listPage.tsx'), 'StatutoryListPage'),
  }),
  createRoute({
    getParentRoute,
    path: paths.statutoryTable,
    validateSearch: readSearch(statutorySearch),
    component: lazyRouteComponent(() => import('./page.tsx'), 'StatutoryPage'),
  }),
] as const
