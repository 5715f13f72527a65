import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { paths } from '../paths.ts'
import { rootRoute } from '../root.tsx'
import { readSearch } from '../urlState.ts'
import { figuresSearch, releasesSearch, tracePath, traceSearch } from './addresses.ts'

const getParentRoute = () => rootRoute

export const figureRoutes = [
  createRoute({
    getParentRoute,
    path: paths.figures,
    validateSearch: readSearch(figuresSearch),
    component: lazyRouteComponent(() => import('./page.tsx'), 'FiguresPage'),
  }),
  createRoute({
    getParentRoute,
    path: paths.releases,
    validateSearch: readSearch(releasesSearch),
    component: lazyRouteComponent(() => import('./releasesPage.tsx'), 'ReleasesPage'),
  }),
  createRoute({
    getParentRoute,
    path: tracePath,
    validateSearch: readSearch(traceSearch),
    component: lazyRouteComponent(() => import('./tracePage.tsx'), 'TracePage'),
  }),
] as const
