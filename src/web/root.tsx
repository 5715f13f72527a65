import { createRootRoute } from '@tanstack/react-router'
import { Root } from './shell/root.tsx'

/** Parent of every page; an area adds its own routes in its `routes.tsx` and a line in `router.tsx`. */
export const rootRoute = createRootRoute({ component: Root })
