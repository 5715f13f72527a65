import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { paths } from '../paths.ts'
import { rootRoute } from '../root.tsx'
import { readSearch } from '../urlState.ts'
import { quizFormSearch, quizzesSearch } from './addresses.ts'

const getParentRoute = () => rootRoute

export const quizRoutes = [
  createRoute({
    getParentRoute,
    path: paths.quizzes,
    validateSearch: readSearch(quizzesSearch),
    component: lazyRouteComponent(() => import('./listPage.tsx'), 'QuizzesPage'),
  }),
  createRoute({
    getParentRoute,
    path: paths.quizForm,
    validateSearch: readSearch(quizFormSearch),
    component: lazyRouteComponent(() => import('./formPage.tsx'), 'QuizFormPage'),
  }),
  createRoute({
    getParentRoute,
    path: paths.quiz,
    component: lazyRouteComponent(() => import('./quizPage.tsx'), 'QuizPage'),
  }),
  createRoute({
    getParentRoute,
    path: paths.quizBank,
    component: lazyRouteComponent(() => import('./bankPage.tsx'), 'QuizBankPage'),
  }),
] as const
