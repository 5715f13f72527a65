import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { paths } from '../paths.ts'
import { rootRoute } from '../root.tsx'
import { readSearch } from '../urlState.ts'
import { snapshotPath, summarySearch } from './addresses.ts'

const getParentRoute = () => rootRoute

export const summaryRoutes = [
  createRoute({
    getParentRoute,
    path: paths.summary,
    validateSearch: readSearch(summarySearch),
    component: lazyRouteComponent(() => import('./page.tsx'), 'SummaryPage'),
  }),
  createRoute({
    getParentRoute,
    path: snapshotPath,
    component: lazyRouteComponent(() => import('./snapshotPage.tsx'), 'SnapshotPage'),
  }),
] as const
