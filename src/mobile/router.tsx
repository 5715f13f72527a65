import { createRootRoute, createRoute, createRouter } from '@tanstack/react-router'
import { ChildcarePage } from './childcare/page.tsx'
import { CoursePage, CoursesPage } from './courses/pages.tsx'
import { EventPage } from './events/eventPage.tsx'
import { EventsPage } from './events/listPage.tsx'
import { Frame } from './frame.tsx'
import { HomePage } from './homePage.tsx'
import { Missing } from './kit/parts.tsx'
import { MatchAnswersPage, MatchCardPage, MatchPage, MatchPairsPage } from './match/pages.tsx'
import { MinePage } from './mine/minePage.tsx'
import { SignInPage } from './mine/signInPage.tsx'
import { paths } from './paths.ts'
import { AttemptPage } from './quiz/attemptPage.tsx'
import { QuizzesPage } from './quiz/listPage.tsx'
import { QuizPage } from './quiz/quizPage.tsx'
import { DoorPage } from './rooms/doorPage.tsx'
import { RoomsPage } from './rooms/listPage.tsx'
import { RoomPage } from './rooms/roomPage.tsx'
import { JoinPage } from './services/joinPage.tsx'
import { SuggestPage } from './services/suggestPage.tsx'
import { ServicesPage } from './services/page.tsx'

const root = createRootRoute({ component: Frame, notFoundComponent: Missing })

const pages: Readonly<Record<keyof typeof paths, () => React.ReactNode>> = {
  home: HomePage,
  services: ServicesPage,
  events: EventsPage,
  event: EventPage,
  quizzes: QuizzesPage,
  quiz: QuizPage,
  attempt: AttemptPage,
  courses: CoursesPage,
  course: CoursePage,
  match: MatchPage,
  matchAnswers: MatchAnswersPage,
  matchPairs: MatchPairsPage,
  matchCard: MatchCardPage,
  childcare: ChildcarePage,
  suggest: SuggestPage,
  joining: JoinPage,
  mine: MinePage,
  signIn: SignInPage,
  rooms: RoomsPage,
  room: RoomPage,
  door: DoorPage,
}

/** The H5, below /m. */
export const mobileRouter = createRouter({
  routeTree: root.addChildren(
    (Object.keys(paths) as (keyof typeof paths)[]).map((name) =>
      createRoute({ getParentRoute: () => root, path: paths[name], component: pages[name] }),
    ),
  ),
  basepath: '/m',
  scrollRestoration: true,
})
