/** Addresses of the H5, below `/m`; `$name` is a parameter of the router. */
export const paths = {
  home: '/',
  services: '/services',
  events: '/events',
  event: '/events/$id',
  quizzes: '/quizzes',
  quiz: '/quizzes/$id',
  attempt: '/attempts/$id',
  courses: '/courses',
  course: '/courses/$id',
  match: '/match',
  matchAnswers: '/match/answers',
  matchPairs: '/match/pairs',
  matchCard: '/match/card',
  childcare: '/childcare',
  mine: '/mine',
  signIn: '/sign-in',
  rooms: '/rooms',
  room: '/rooms/$id',
  door: '/rooms/$id/door',
} as const

/** Pages of the workbench that anybody or a woman worker reads, which open at their own addresses. */
export const elsewhere = {
  tell: '/tell',
  follow: '/tell/follow',
  notices: '/public-notices',
  childcare: '/open-childcare',
  honours: '/honour-roll',
  check: '/check',
  my: '/my',
  myTell: '/my/tell',
  privacy: '/privacy',
  draw: '/draws/$id',
  placement: '/placements/$id',
  workbench: '/',
} as const
