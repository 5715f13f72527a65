import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { paths } from '../paths.ts'
import { rootRoute } from '../root.tsx'
import { readSearch } from '../urlState.ts'
import { sheetSearch } from './addresses.ts'

const getParentRoute = () => rootRoute

export const assessmentRoutes = [
  createRoute({
    getParentRoute,
    path: paths.assessments,
    component: lazyRouteComponent(() => import('./listPage.tsx'), 'AssessmentsPage'),
  }),
  createRoute({
    getParentRoute,
    path: paths.assessmentForm,
    validateSearch: readSearch(sheetSearch),
    component: lazyRouteComponent(() => import('./formPage.tsx'), 'AssessmentFormPage'),
  }),
  createRoute({
    getParentRoute,
    path: paths.assessment,
    component: lazyRouteComponent(() => import('./sheetPage.tsx'), 'AssessmentPage'),
  }),
  createRoute({
    getParentRoute,
    path: paths.assessmentUnit,
    component: lazyRouteComponent(() => import('./unitPage.tsx'), 'AssessmentUnitPage'),
  }),
] as const
