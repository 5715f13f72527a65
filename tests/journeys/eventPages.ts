/** A look at a page: who, at which address. Null = nobody is signed in. `$snapshot` stands for a frozen summary. */
export type Visit = readonly [who: string | null, address: string]

/** Pages of events: whoever plans one, whoever comes, and the draw that anybody may follow. */
export const eventVisits: Readonly<Record<string, readonly Visit[]>> = {
  '/draws/$id': [
    [null, '/draws/00000000-0000-4000-8000-000000000000'],
    ['顾样静', '/draws/$drawn'],
  ],
  '/events': [
    ['顾样静', '/events'],
    ['郝例娟', '/events?events=open'],
  ],
  '/events/new': [
    ['顾样静', '/events/new'],
    ['顾样静', '/events/new?like=$event'],
  ],
  '/events/$id': [
    ['顾样静', '/events/$event'],
    ['顾样静', '/events/$drawn'],
  ],
  '/events/$id/code': [['顾样静', '/events/$event/code']],
  '/events/$id/scan': [['顾样静', '/events/$event/scan']],
  '/my/events': [
    ['常例晴', '/my/events'],
    ['郝例娟', '/my/events'],
  ],
  '/courses': [['白示宁', '/courses']],
  '/courses/new': [['白示宁', '/courses/new']],
  '/courses/$id': [['白示宁', '/courses/$course']],
  '/quizzes': [
    ['白示宁', '/quizzes'],
    ['白示宁', '/quizzes?tab=banks'],
  ],
  '/quizzes/new': [['白示宁', '/quizzes/new']],
  '/quizzes/$id': [['白示宁', '/quizzes/$quiz']],
  '/quiz-banks/$id': [
    ['白示宁', '/quiz-banks/new'],
    ['白示宁', '/quiz-banks/$bank'],
  ],
  '/my/came': [['常例晴', '/my/came']],
}
