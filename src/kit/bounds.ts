/** Rows that a list without pages shows at most, and which: the latest, or the first of its order. */
export type Bound = { most: number; which: 'latest' | 'first'; hint?: string }

const latest = (most: number): Bound => ({ most, which: 'latest' })
const first = (most: number, hint = ''): Bound => ({ most, which: 'first', hint })

/** Every list that ends without a next page. The query is cut by it and the screen says so once it is reached. */
export const bounds = {
  absences: latest(20),
  backupRuns: latest(30),
  bulletins: latest(200),
  careRoomPoints: latest(10),
  careRoomLedger: latest(200),
  careRoomRatings: latest(50),
  careRoomReports: latest(50),
  careRoomUses: latest(24),
  careRoomVisits: latest(50),
  childcareRounds: latest(100),
  childcareStaff: first(100),
  childcareSteps: first(200),
  contractChain: first(1000, '续签关系只在这些合同里查找'),
  contractInspections: latest(100),
  contractTexts: latest(50),
  courses: latest(200),
  deliveriesToMe: latest(10),
  devices: latest(50),
  doubts: latest(100),
  earlierParts: first(500),
  earlierWaiting: first(200, '办完后会显示后面的'),
  emergencies: latest(200),
  eventCandidates: first(100, '请输入姓名查找'),
  eventNews: latest(20),
  eventScans: first(300),
  exports: latest(100),
  exportSeconds: first(100, '办完后会显示后面的'),
  exportWatch: latest(200),
  grants: first(500, '办完后会显示后面的'),
  hardshipBatches: latest(50),
  hardshipInquiries: latest(100),
  handlers: first(500),
  handlerChoices: first(500),
  intakes: latest(50),
  jurorChoices: first(20, '请再多打几个字'),
  lastYear: first(500, '上年更多的请自行添加'),
  locks: latest(500),
  loginNotices: latest(20),
  myCertificates: latest(100),
  myEvents: first(200),
  myHardship: latest(20),
  orgChanges: latest(200),
  orgSearch: first(30, '请再多打几个字'),
  personRequests: first(200, '办完后会显示后面的'),
  publicNotices: first(200),
  quizAttempts: latest(100),
  quizBanks: latest(200),
  quizFlagged: first(300, '办完后会显示后面的'),
  quizzes: latest(200),
  quotaUnits: first(300, '其余单位请自行添加'),
  ruleVersions: latest(100),
  runningChanges: latest(50),
  screeningAllotments: first(1000),
  screeningFollows: first(1000, '办完后会显示后面的'),
  splitChildren: first(500),
  splitEmployers: first(2000),
  splitPersons: first(5000),
  splitRecords: first(500),
  stories: latest(200),
  summaryComments: first(500),
  summaryVersions: latest(200),
  unitNotices: latest(100),
} as const satisfies Record<string, Bound>

export type Bounded = keyof typeof bounds

/** What is said below a list that reached its bound. */
export function boundWords(list: Bounded): string {
  const { most, which, hint = '' }: Bound = bounds[list]
  return `仅列${which === 'latest' ? '最近' : '前'} ${most} 条${hint && `，${hint}`}`
}
