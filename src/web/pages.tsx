import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import * as z from 'zod/mini'
import { boxes, recordQuery } from '#record/api.ts'
import { paths } from './paths.ts'
import { rootRoute } from './root.tsx'
import { readSearch } from './urlState.ts'

const getParentRoute = () => rootRoute
const text = z.optional(z.string())

/** `?id=` opens the drawer over the list. */
const listSearch = z.strictObject({ ...recordQuery.shape, id: text })
export type ListSearch = z.infer<typeof listSearch>

/** draft: the open draft · record + kind: what it edits or corrects · from: the record whose values are carried forward. */
const formSearch = z.strictObject({
  draft: text,
  record: text,
  from: text,
  kind: z.optional(z.enum(['draft', 'correction'])),
})
export type FormSearch = z.infer<typeof formSearch>

const inboxSearch = z.strictObject({ box: z.optional(z.enum(boxes)) })
const reviewSearch = z.strictObject({ id: text, programme: text })

export const pageRoutes = [
  createRoute({
    getParentRoute,
    path: paths.home,
    component: lazyRouteComponent(() => import('./home/page.tsx'), 'HomePage'),
  }),
  createRoute({
    getParentRoute,
    path: paths.inbox,
    validateSearch: readSearch(inboxSearch),
    component: lazyRouteComponent(() => import('./inbox/page.tsx'), 'InboxPage'),
  }),
  createRoute({
    getParentRoute,
    path: paths.entry,
    component: lazyRouteComponent(() => import('./record/entryPage.tsx'), 'EntryPage'),
  }),
  createRoute({
    getParentRoute,
    path: paths.form,
    validateSearch: readSearch(formSearch),
    component: lazyRouteComponent(() => import('./record/formPage.tsx'), 'FormPage'),
  }),
  createRoute({
    getParentRoute,
    path: paths.review,
    validateSearch: readSearch(reviewSearch),
    component: lazyRouteComponent(() => import('./review/page.tsx'), 'ReviewPage'),
  }),
  createRoute({
    getParentRoute,
    path: paths.records,
    validateSearch: readSearch(listSearch),
    component: lazyRouteComponent(() => import('./record/listPage.tsx'), 'ListPage'),
  }),
] as const
