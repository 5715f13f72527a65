import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { paths } from '../paths.ts'
import { rootRoute } from '../root.tsx'
import { readSearch } from '../urlState.ts'
import { helpSearch } from './addresses.ts'

export const helpRoutes = [
  createRoute({
    getParentRoute: () => rootRoute,
    path: paths.help,
    validateSearch: readSearch(helpSearch),
    component: lazyRouteComponent(() => import('./page.tsx'), 'HelpPage'),
  }),
] as const
