import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { paths } from '../paths.ts'
import { rootRoute } from '../root.tsx'
import { readSearch } from '../urlState.ts'
import { courseFormSearch } from './addresses.ts'

const getParentRoute = () => rootRoute

export const courseRoutes = [
  createRoute({
    getParentRoute,
    path: paths.courses,
    component: lazyRouteComponent(() => import('./listPage.tsx'), 'CoursesPage'),
  }),
  createRoute({
    getParentRoute,
    path: paths.courseForm,
    validateSearch: readSearch(courseFormSearch),
    component: lazyRouteComponent(() => import('./formPage.tsx'), 'CourseFormPage'),
  }),
  createRoute({
    getParentRoute,
    path: paths.course,
    component: lazyRouteComponent(() => import('./coursePage.tsx'), 'CoursePage'),
  }),
] as const
