import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { paths } from '../paths.ts'
import { rootRoute } from '../root.tsx'

const getParentRoute = () => rootRoute

export const siloRoutes = [
  createRoute({
    getParentRoute,
    path: paths.myTell,
    component: lazyRouteComponent(() => import('./myTellPage.tsx'), 'MyTellPage'),
  }),
  createRoute({
    getParentRoute,
    path: paths.silos,
    component: lazyRouteComponent(() => import('./deskPage.tsx'), 'SiloDeskPage'),
  }),
  createRoute({
    getParentRoute,
    path: paths.siloSeats,
    component: lazyRouteComponent(() => import('./seatsPage.tsx'), 'SiloSeatsPage'),
  }),
  createRoute({
    getParentRoute,
    path: paths.siloCounts,
    component: lazyRouteComponent(() => import('./countsPage.tsx'), 'SiloCountsPage'),
  }),
] as const
