import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import * as z from 'zod/mini'
import { paths } from '../paths.ts'
import { rootRoute } from '../root.tsx'
import { readSearch } from '../urlState.ts'

const text = z.optional(z.string())
const boardSearch = z.strictObject({ org: text, year: text, indicator: text, figure: text })

export const boardRoutes = [
  createRoute({
    getParentRoute: () => rootRoute,
    path: paths.board,
    validateSearch: readSearch(boardSearch),
    component: lazyRouteComponent(() => import('./page.tsx'), 'BoardPage'),
  }),
] as const
