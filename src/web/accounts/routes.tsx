import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { accountQuery } from '#identity/api.ts'
import { paths } from '../paths.ts'
import { rootRoute } from '../root.tsx'
import { readSearch } from '../urlState.ts'

const getParentRoute = () => rootRoute

export const accountsRoutes = [
  createRoute({
    getParentRoute,
    path: paths.accounts,
    validateSearch: readSearch(accountQuery),
    component: lazyRouteComponent(() => import('./page.tsx'), 'AccountsPage'),
  }),
] as const
