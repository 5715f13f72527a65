import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { paths } from '../paths.ts'
import { rootRoute } from '../root.tsx'
import { readSearch } from '../urlState.ts'
import { formSearch, nominateSearch, registerSearch } from './addresses.ts'

const getParentRoute = () => rootRoute

export const honourRoutes = [
  createRoute({
    getParentRoute,
    path: paths.honours,
    component: lazyRouteComponent(() => import('./listPage.tsx'), 'HonoursPage'),
  }),
  createRoute({
    getParentRoute,
    path: paths.honourForm,
    validateSearch: readSearch(formSearch),
    component: lazyRouteComponent(() => import('./formPage.tsx'), 'HonourFormPage'),
  }),
  createRoute({
    getParentRoute,
    path: paths.honour,
    component: lazyRouteComponent(() => import('./campaignPage.tsx'), 'HonourPage'),
  }),
  createRoute({
    getParentRoute,
    path: paths.nominate,
    validateSearch: readSearch(nominateSearch),
    component: lazyRouteComponent(() => import('./nominatePage.tsx'), 'NominatePage'),
  }),
  createRoute({
    getParentRoute,
    path: paths.nomination,
    component: lazyRouteComponent(() => import('./nominationPage.tsx'), 'NominationPage'),
  }),
  createRoute({
    getParentRoute,
    path: paths.honourRegister,
    validateSearch: readSearch(registerSearch),
    component: lazyRouteComponent(() => import('./registerPage.tsx'), 'HonourRegisterPage'),
  }),
] as const
