import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { paths } from '../paths.ts'
import { rootRoute } from '../root.tsx'

export const exportRoutes = [
  createRoute({
    getParentRoute: () => rootRoute,
    path: paths.downloads,
    component: lazyRouteComponent(() => import('./page.tsx'), 'DownloadsPage'),
  }),
] as const
