import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { paths } from '../paths.ts'
import { rootRoute } from '../root.tsx'
import { readSearch } from '../urlState.ts'
import { certificatesSearch } from './addresses.ts'

export const certificateRoutes = [
  createRoute({
    getParentRoute: () => rootRoute,
    path: paths.certificates,
    validateSearch: readSearch(certificatesSearch),
    component: lazyRouteComponent(() => import('./page.tsx'), 'CertificatesPage'),
  }),
] as const
