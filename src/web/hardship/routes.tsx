import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { paths } from '../paths.ts'
import { rootRoute } from '../root.tsx'
import { readSearch } from '../urlState.ts'
import { aidSearch, deskSearch, fileFormSearch } from './addresses.ts'

const getParentRoute = () => rootRoute

export const hardshipRoutes = [
  createRoute({
    getParentRoute,
    path: paths.hardship,
    validateSearch: readSearch(deskSearch),
    component: lazyRouteComponent(() => import('./deskPage.tsx'), 'HardshipPage'),
  }),
  createRoute({
    getParentRoute,
    path: paths.hardshipForm,
    validateSearch: readSearch(fileFormSearch),
    component: lazyRouteComponent(() => import('./formPage.tsx'), 'HardshipFormPage'),
  }),
  createRoute({
    getParentRoute,
    path: paths.hardshipFile,
    component: lazyRouteComponent(() => import('./filePage.tsx'), 'HardshipFilePage'),
  }),
  createRoute({
    getParentRoute,
    path: paths.hardshipAids,
    validateSearch: readSearch(aidSearch),
    component: lazyRouteComponent(() => import('./aidsPage.tsx'), 'HardshipAidsPage'),
  }),
  createRoute({
    getParentRoute,
    path: paths.hardshipHandlers,
    component: lazyRouteComponent(() => import('./handlersPage.tsx'), 'HardshipHandlersPage'),
  }),
] as const
