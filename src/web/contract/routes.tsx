import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { paths } from '../paths.ts'
import { rootRoute } from '../root.tsx'
import { readSearch } from '../urlState.ts'
import { contractsSearch } from './addresses.ts'

export const contractRoutes = [
  createRoute({
    getParentRoute: () => rootRoute,
    path: paths.contracts,
    validateSearch: readSearch(contractsSearch),
    component: lazyRouteComponent(() => import('./page.tsx'), 'ContractsPage'),
  }),
] as const
