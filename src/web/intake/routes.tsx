import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { paths } from '../paths.ts'
import { rootRoute } from '../root.tsx'
import { readSearch } from '../urlState.ts'
import { intakeSearch } from './search.ts'

export const intakeRoutes = [
  createRoute({
    getParentRoute: () => rootRoute,
    path: paths.imports,
    validateSearch: readSearch(intakeSearch),
    component: lazyRouteComponent(() => import('./page.tsx'), 'IntakePage'),
  }),
] as const
