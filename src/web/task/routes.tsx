import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { paths } from '../paths.ts'
import { rootRoute } from '../root.tsx'
import { readSearch } from '../urlState.ts'
import { taskSearch, tasksSearch } from './addresses.ts'

const getParentRoute = () => rootRoute

export const taskRoutes = [
  createRoute({
    getParentRoute,
    path: paths.tasks,
    validateSearch: readSearch(tasksSearch),
    component: lazyRouteComponent(() => import('./listPage.tsx'), 'TasksPage'),
  }),
  createRoute({
    getParentRoute,
    path: paths.taskForm,
    component: lazyRouteComponent(() => import('./sendPage.tsx'), 'SendTaskPage'),
  }),
  createRoute({
    getParentRoute,
    path: paths.task,
    validateSearch: readSearch(taskSearch),
    component: lazyRouteComponent(() => import('./taskPage.tsx'), 'TaskPage'),
  }),
] as const
