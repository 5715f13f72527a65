import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { paths } from '../paths.ts'
import { rootRoute } from '../root.tsx'
import { readSearch } from '../urlState.ts'
import { memberFormSearch, memberSearch, movementSearch } from './addresses.ts'

const getParentRoute = () => rootRoute

export const personRoutes = [
  createRoute({
    getParentRoute,
    path: paths.members,
    validateSearch: readSearch(memberSearch),
    component: lazyRouteComponent(() => import('./listPage.tsx'), 'MembersPage'),
  }),
  createRoute({
    getParentRoute,
    path: paths.memberMovement,
    validateSearch: readSearch(movementSearch),
    component: lazyRouteComponent(() => import('./movementPage.tsx'), 'MemberMovementPage'),
  }),
  createRoute({
    getParentRoute,
    path: paths.memberForm,
    validateSearch: readSearch(memberFormSearch),
    component: lazyRouteComponent(() => import('./formPage.tsx'), 'MemberFormPage'),
  }),
  createRoute({
    getParentRoute,
    path: paths.memberRequests,
    component: lazyRouteComponent(() => import('./requestsPage.tsx'), 'MemberRequestsPage'),
  }),
  createRoute({
    getParentRoute,
    path: paths.emergencies,
    component: lazyRouteComponent(() => import('./emergenciesPage.tsx'), 'EmergenciesPage'),
  }),
  createRoute({
    getParentRoute,
    path: paths.impact,
    component: lazyRouteComponent(() => import('../my/impactPage.tsx'), 'ImpactPage'),
  }),
  createRoute({
    getParentRoute,
    path: paths.my,
    component: lazyRouteComponent(() => import('../my/page.tsx'), 'MyPage'),
  }),
  createRoute({
    getParentRoute,
    path: paths.privacy,
    component: lazyRouteComponent(() => import('../my/privacyPage.tsx'), 'PrivacyPage'),
  }),
] as const
