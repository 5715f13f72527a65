import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { paths } from './paths.ts'
import { rootRoute } from './root.tsx'
import { formSearch, inboxSearch, listSearch, reviewSearch } from './search.ts'
import { readSearch } from './urlState.ts'

const getParentRoute = () => rootRoute

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
    path: paths.formRows,
    component: lazyRouteComponent(() => import('./record/rowsPage.tsx'), 'RowsPage'),
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
  createRoute({
    getParentRoute,
    path: paths.proof,
    component: lazyRouteComponent(() => import('./proof/page.tsx'), 'ProofPage'),
  }),
] as const
