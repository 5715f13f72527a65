import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import * as z from 'zod/mini'
import { lineStates } from '#intake/target.ts'
import { paths } from '../paths.ts'
import { rootRoute } from '../root.tsx'
import { readSearch } from '../urlState.ts'

/** `id` opens a workbook; the rest is what of it is shown. */
const intakeSearch = z.strictObject({
  id: z.optional(z.string()),
  sheet: z.optional(z.string()),
  only: z.optional(z.enum(lineStates)),
})
export type IntakeSearch = z.infer<typeof intakeSearch>

export const intakeRoutes = [
  createRoute({
    getParentRoute: () => rootRoute,
    path: paths.imports,
    validateSearch: readSearch(intakeSearch),
    component: lazyRouteComponent(() => import('./page.tsx'), 'IntakePage'),
  }),
] as const
