import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { paths } from '../paths.ts'
import { rootRoute } from '../root.tsx'
import { readSearch } from '../urlState.ts'
import { checkInSearch, eventFormSearch, eventsSearch } from './addresses.ts'

const getParentRoute = () => rootRoute

export const eventRoutes = [
  createRoute({
    getParentRoute,
    path: paths.events,
    validateSearch: readSearch(eventsSearch),
    component: lazyRouteComponent(() => import('./listPage.tsx'), 'EventsPage'),
  }),
  createRoute({
    getParentRoute,
    path: paths.eventForm,
    validateSearch: readSearch(eventFormSearch),
    component: lazyRouteComponent(() => import('./formPage.tsx'), 'EventFormPage'),
  }),
  createRoute({
    getParentRoute,
    path: paths.event,
    component: lazyRouteComponent(() => import('./eventPage.tsx'), 'EventPage'),
  }),
  createRoute({
    getParentRoute,
    path: paths.eventCode,
    component: lazyRouteComponent(() => import('./codePage.tsx'), 'EventCodePage'),
  }),
  createRoute({
    getParentRoute,
    path: paths.eventScan,
    component: lazyRouteComponent(() => import('./scanPage.tsx'), 'EventScanPage'),
  }),
  createRoute({
    getParentRoute,
    path: paths.myEvents,
    component: lazyRouteComponent(() => import('./minePage.tsx'), 'MyEventsPage'),
  }),
  createRoute({
    getParentRoute,
    path: paths.checkIn,
    validateSearch: readSearch(checkInSearch),
    component: lazyRouteComponent(() => import('./checkInPage.tsx'), 'CheckInPage'),
  }),
] as const
