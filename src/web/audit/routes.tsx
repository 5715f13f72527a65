import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { auditQuery } from '#audit/api.ts'
import { paths } from '../paths.ts'
import { rootRoute } from '../root.tsx'
import { readSearch } from '../urlState.ts'

const getParentRoute = () => rootRoute

export const auditRoutes = [
  createRoute({
    getParentRoute,
    path: paths.audit,
    validateSearch: readSearch(auditQuery),
    component: lazyRouteComponent(() => import('./page.tsx'), 'AuditPage'),
  }),
] as const
