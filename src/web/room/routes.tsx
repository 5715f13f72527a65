import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { paths } from '../paths.ts'
import { rootRoute } from '../root.tsx'
import { readSearch } from '../urlState.ts'
import { roomSearch, roomsSearch } from './addresses.ts'

const getParentRoute = () => rootRoute

export const roomRoutes = [
  createRoute({
    getParentRoute,
    path: paths.rooms,
    validateSearch: readSearch(roomsSearch),
    component: lazyRouteComponent(() => import('./listPage.tsx'), 'RoomsPage'),
  }),
  createRoute({
    getParentRoute,
    path: paths.room,
    validateSearch: readSearch(roomSearch),
    component: lazyRouteComponent(() => import('./roomPage.tsx'), 'RoomPage'),
  }),
] as const
