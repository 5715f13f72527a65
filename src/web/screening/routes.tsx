import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { paths } from '../paths.ts'
import { rootRoute } from '../root.tsx'
import { readSearch } from '../urlState.ts'
import { roundFormSearch, roundSearch } from './addresses.ts'

const getParentRoute = () => rootRoute

export const screeningRoutes = [
  createRoute({
    getParentRoute,
    path: paths.screening,
    component: lazyRouteComponent(() => import('./listPage.tsx'), 'ScreeningPage'),
  }),
  createRoute({
    getParentRoute,
    path: paths.screeningForm,
    validateSearch: readSearch(roundFormSearch),
    component: lazyRouteComponent(() => import('./formPage.tsx'), 'ScreeningFormPage'),
  }),
  createRoute({
    getParentRoute,
    path: paths.screeningRound,
    validateSearch: readSearch(roundSearch),
    component: lazyRouteComponent(() => import('./roundPage.tsx'), 'ScreeningRoundPage'),
  }),
] as const
