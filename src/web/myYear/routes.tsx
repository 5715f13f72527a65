import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { paths } from '../paths.ts'
import { rootRoute } from '../root.tsx'
import { readSearch } from '../urlState.ts'
import { myYearSearch } from './addresses.ts'

export const myYearRoutes = [
  createRoute({
    getParentRoute: () => rootRoute,
    path: paths.myYear,
    validateSearch: readSearch(myYearSearch),
    component: lazyRouteComponent(() => import('./page.tsx'), 'MyYearPage'),
  }),
] as const
