import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { paths } from '../paths.ts'
import { rootRoute } from '../root.tsx'
import { readSearch } from '../urlState.ts'
import { classesSearch, classFormSearch } from './addresses.ts'

const getParentRoute = () => rootRoute

export const childcareRoutes = [
  createRoute({
    getParentRoute,
    path: paths.childcare,
    validateSearch: readSearch(classesSearch),
    component: lazyRouteComponent(() => import('./listPage.tsx'), 'ChildcarePage'),
  }),
  createRoute({
    getParentRoute,
    path: paths.childcareForm,
    validateSearch: readSearch(classFormSearch),
    component: lazyRouteComponent(() => import('./formPage.tsx'), 'ChildcareFormPage'),
  }),
  createRoute({
    getParentRoute,
    path: paths.childcareRounds,
    component: lazyRouteComponent(() => import('./roundsPage.tsx'), 'ChildcareRoundsPage'),
  }),
  createRoute({
    getParentRoute,
    path: paths.childcareClass,
    component: lazyRouteComponent(() => import('./classPage.tsx'), 'ChildcareClassPage'),
  }),
] as const
