import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { paths } from '../paths.ts'
import { rootRoute } from '../root.tsx'
import { bulletinSearch } from '../bulletin/addresses.ts'
import { calendarSearch } from '../calendar/addresses.ts'
import { readSearch } from '../urlState.ts'

const getParentRoute = () => rootRoute

export const notifyRoutes = [
  createRoute({
    getParentRoute,
    path: paths.messages,
    component: lazyRouteComponent(() => import('./messagesPage.tsx'), 'MessagesPage'),
  }),
  createRoute({
    getParentRoute,
    path: paths.bulletins,
    validateSearch: readSearch(bulletinSearch),
    component: lazyRouteComponent(() => import('../bulletin/page.tsx'), 'BulletinsPage'),
  }),
  createRoute({
    getParentRoute,
    path: paths.calendar,
    validateSearch: readSearch(calendarSearch),
    component: lazyRouteComponent(() => import('../calendar/page.tsx'), 'CalendarPage'),
  }),
] as const
