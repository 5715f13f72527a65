import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  type RouteComponent,
} from '@tanstack/react-router'
import { EventsPage } from './events/listPage.tsx'
import { Frame } from './frame.tsx'
import { HomePage } from './homePage.tsx'
import { Broken, Missing } from './kit/parts.tsx'
import { MinePage } from './mine/minePage.tsx'
import { SignInPage } from './mine/signInPage.tsx'
import { paths } from './paths.ts'
import { ServicesPage } from './services/page.tsx'

const root = createRootRoute({ component: Frame, notFoundComponent: Missing })

const match = () => import('./match/pages.tsx')
const honours = () => import('./honours/page.tsx')
const courses = () => import('./courses/pages.tsx')

/** The four tabs come with the first load; what is behind them when it is opened. */
const pages: Readonly<Record<keyof typeof paths, RouteComponent>> = {
  home: HomePage,
  services: ServicesPage,
  events: EventsPage,
  event: lazyRouteComponent(() => import('./events/eventPage.tsx'), 'EventPage'),
  quizzes: lazyRouteComponent(() => import('./quiz/listPage.tsx'), 'QuizzesPage'),
  quiz: lazyRouteComponent(() => import('./quiz/quizPage.tsx'), 'QuizPage'),
  attempt: lazyRouteComponent(() => import('./quiz/attemptPage.tsx'), 'AttemptPage'),
  courses: lazyRouteComponent(courses, 'CoursesPage'),
  course: lazyRouteComponent(courses, 'CoursePage'),
  match: lazyRouteComponent(match, 'MatchPage'),
  matchAnswers: lazyRouteComponent(match, 'MatchAnswersPage'),
  matchPairs: lazyRouteComponent(match, 'MatchPairsPage'),
  matchCard: lazyRouteComponent(match, 'MatchCardPage'),
  childcare: lazyRouteComponent(() => import('./childcare/page.tsx'), 'ChildcarePage'),
  hardship: lazyRouteComponent(() => import('./hardship/page.tsx'), 'HardshipPage'),
  honours: lazyRouteComponent(honours, 'HonoursPage'),
  honourStory: lazyRouteComponent(honours, 'HonourStoryPage'),
  policy: lazyRouteComponent(() => import('./policy/page.tsx'), 'PolicyPage'),
  suggest: lazyRouteComponent(() => import('./services/suggestPage.tsx'), 'SuggestPage'),
  joining: lazyRouteComponent(() => import('./services/joinPage.tsx'), 'JoinPage'),
  mine: MinePage,
  signIn: SignInPage,
  rooms: lazyRouteComponent(() => import('./rooms/listPage.tsx'), 'RoomsPage'),
  room: lazyRouteComponent(() => import('./rooms/roomPage.tsx'), 'RoomPage'),
  door: lazyRouteComponent(() => import('./rooms/doorPage.tsx'), 'DoorPage'),
}

/** The H5, below /m. */
export const mobileRouter = createRouter({
  routeTree: root.addChildren(
    (Object.keys(paths) as (keyof typeof paths)[]).map((name) =>
      createRoute({ getParentRoute: () => root, path: paths[name], component: pages[name] }),
    ),
  ),
  basepath: '/m',
  defaultErrorComponent: Broken,
  scrollRestoration: true,
})
