import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { paths } from '../paths.ts'
import { rootRoute } from '../root.tsx'
import { readSearch } from '../urlState.ts'
import { earlierSearch } from './addresses.ts'

export const earlierRoutes = [
  createRoute({
    getParentRoute: () => rootRoute,
    path: paths.earlier,
    validateSearch: readSearch(earlierSearch),
    component: lazyRouteComponent(() => import('./page.tsx'), 'EarlierPage'),
  }),
] as const
