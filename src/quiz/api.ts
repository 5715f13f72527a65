import * as z from 'zod/mini'
import { orgBrief } from '#org/api.ts'
import { uuid } from '#record/api.ts'
import { entryStates } from '#signup/states.ts'
import { questionKinds, quizFlags, quizPhases, quizStates, reveals } from './states.ts'

const words = (most: number) => z.string().check(z.trim(), z.maxLength(most))
const whole = (from: number, to: number) => z.int().check(z.gte(from), z.lte(to))
const instant = z.string().check(
  z.regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})$/),
  z.refine((text) => !Number.isNaN(Date.parse(text))),
)

export const mostQuestions = 500
export const mostOptions = 8

/** A question as its bank keeps it; `answer` = numbers of the right options from 1 on. */
export const bankQuestion = z.strictObject({
  /** Of a question that stands already; what was changed is another. */
  id: z.nullable(uuid),
  kind: z.enum(questionKinds),
  stem: words(300),
  options: z.array(words(100)).check(z.maxLength(mostOptions)),
  answer: z.array(whole(1, mostOptions)).check(z.maxLength(mostOptions)),
  explanation: words(300),
})
export type BankQuestion = z.infer<typeof bankQuestion>
/** POST /api/quiz-banks */
export const newBank = z.strictObject({
  title: words(60),
  questions: z.array(bankQuestion).check(z.maxLength(mostQuestions)),
})
export type NewBank = z.infer<typeof newBank>
/** PUT /api/quiz-banks/:id */
export const bankEdit = z.strictObject({ ...newBank.shape, version: z.int32() })
export const bankDone = z.strictObject({ id: z.string(), version: z.number() })
const bankLine = { id: z.string(), title: z.string(), version: z.number(), questions: z.number() }
/** GET /api/quiz-banks */
export const bankList = z.strictObject({ rows: z.array(z.strictObject(bankLine)) })
export type BankList = z.infer<typeof bankList>
/** GET /api/quiz-banks/:id: to a cadre of the unit whose bank it is, keys and all. */
export const bankDetail = z.strictObject({ ...bankLine, questions: z.array(bankQuestion) })
export type BankDetail = z.infer<typeof bankDetail>

/** POST /api/quizzes, PUT /api/quizzes/:id */
export const newQuiz = z.strictObject({
  title: words(60),
  about: words(1000),
  bankId: uuid,
  isPublic: z.boolean(),
  opensAt: instant,
  closesAt: instant,
  /** Questions of one attempt. */
  draws: whole(1, 100),
  /** Of one attempt; null = until it closes. */
  minutes: z.nullable(whole(1, 180)),
  timesADay: whole(1, 9),
  passMark: whole(1, 100),
  reveals: z.enum(reveals),
  /** 0 = none are drawn. */
  prizes: whole(0, 10_000),
  prizePlace: words(80),
  prizeFrom: z.nullable(instant),
  prizeUntil: z.nullable(instant),
  prizeSource: words(100),
})
export type NewQuiz = z.infer<typeof newQuiz>
export const quizEdit = z.strictObject({ ...newQuiz.shape, version: z.int32() })
export const quizDone = z.strictObject({ id: z.string(), state: z.enum(quizStates), version: z.number() })
export type QuizDone = z.infer<typeof quizDone>

/** POST /api/quizzes/:id/steps */
export const quizActs = ['publish', 'cancel', 'drop'] as const
export type QuizAct = (typeof quizActs)[number]
export const quizStep = z.strictObject({
  act: z.enum(quizActs),
  version: z.int32(),
  reason: z.optional(words(200)),
})
/** POST /api/quizzes/:id/bars: takes an entry out of the draw of prizes. */
export const newBar = z.strictObject({ entryId: uuid, reason: words(200) })
export const quizRecordDone = z.strictObject({ recordId: z.string(), attendances: z.number() })

const quizShape = {
  id: z.string(),
  org: orgBrief,
  title: z.string(),
  about: z.string(),
  state: z.enum(quizStates),
  phase: z.enum(quizPhases),
  isPublic: z.boolean(),
  opensAt: z.string(),
  closesAt: z.string(),
  draws: z.number(),
  minutes: z.nullable(z.number()),
  timesADay: z.number(),
  passMark: z.number(),
  reveals: z.enum(reveals),
  prizes: z.number(),
  /** The draw of prizes, public by this id. */
  eventId: z.nullable(z.string()),
}
export const quizLine = z.strictObject(quizShape)
export type QuizLine = z.infer<typeof quizLine>
/** GET /api/quizzes: of the actor's unit. */
export const quizList = z.strictObject({ rows: z.array(quizLine) })
export type QuizList = z.infer<typeof quizList>

const flagged = z.strictObject({
  id: z.string(),
  name: z.string(),
  org: z.string(),
  startedAt: z.string(),
  seconds: z.number(),
  asked: z.number(),
  score: z.number(),
  submits: z.number(),
  flags: z.array(z.enum(quizFlags)),
  entryId: z.nullable(z.string()),
  entryState: z.nullable(z.enum(entryStates)),
})
export type Flagged = z.infer<typeof flagged>
/** GET /api/quizzes/:id: to its organiser. */
export const quizDetail = z.strictObject({
  ...quizShape,
  version: z.number(),
  bank: z.strictObject({ id: z.string(), title: z.string(), version: z.number(), questions: z.number() }),
  prizePlace: z.string(),
  prizeFrom: z.nullable(z.string()),
  prizeUntil: z.nullable(z.string()),
  prizeSource: z.string(),
  reason: z.nullable(z.string()),
  recordId: z.nullable(z.string()),
  counts: z.strictObject({
    started: z.number(),
    submitted: z.number(),
    valid: z.number(),
    women: z.number(),
    persons: z.number(),
    passed: z.number(),
  }),
  flagged: z.array(flagged),
  draw: z.nullable(z.strictObject({ frozenAt: z.nullable(z.string()), drawnAt: z.nullable(z.string()) })),
})
export type QuizDetail = z.infer<typeof quizDetail>

/** GET /api/open-quizzes: to anybody, those of the whole city that run or soon will. */
export const openQuizzes = z.strictObject({ now: z.string(), rows: z.array(quizLine) })
export type OpenQuizzes = z.infer<typeof openQuizzes>

const myAttempt = z.strictObject({
  id: z.string(),
  startedAt: z.string(),
  dueAt: z.string(),
  submittedAt: z.nullable(z.string()),
  asked: z.number(),
  answered: z.number(),
  /** Null until she has handed in. */
  score: z.nullable(z.number()),
  isPassed: z.nullable(z.boolean()),
})
export type MyAttempt = z.infer<typeof myAttempt>
const myQuizShape = {
  ...quizShape,
  /** Why it was called off. */
  reason: z.nullable(z.string()),
  /** How often she may still begin today. */
  leftToday: z.number(),
  attempts: z.array(myAttempt),
  /** Her entry in the draw of prizes. */
  entry: z.nullable(
    z.strictObject({ seq: z.number(), state: z.enum(entryStates), reason: z.nullable(z.string()) }),
  ),
}
export const myQuiz = z.strictObject(myQuizShape)
export type MyQuiz = z.infer<typeof myQuiz>
/** GET /api/my/quizzes */
export const myQuizzes = z.strictObject({
  isRegistered: z.boolean(),
  now: z.string(),
  rows: z.array(myQuiz),
})
export type MyQuizzes = z.infer<typeof myQuizzes>
/** POST /api/my/quizzes/:id/attempts */
export const attemptDone = z.strictObject({ id: z.string() })

const sheetQuestion = z.strictObject({
  id: z.string(),
  kind: z.enum(questionKinds),
  stem: z.string(),
  options: z.array(z.string()),
  choice: z.array(z.number()),
  seq: z.number(),
  /** Null until the quiz tells: after it has closed, or as soon as she handed in, as the organiser chose. */
  answer: z.nullable(z.array(z.number())),
  explanation: z.nullable(z.string()),
})
export type SheetQuestion = z.infer<typeof sheetQuestion>
/** GET /api/my/attempts/:id */
export const attemptSheet = z.strictObject({
  ...myAttempt.shape,
  quizId: z.string(),
  title: z.string(),
  passMark: z.number(),
  closesAt: z.string(),
  reveals: z.enum(reveals),
  now: z.string(),
  questions: z.array(sheetQuestion),
})
export type AttemptSheet = z.infer<typeof attemptSheet>
/** PUT /api/my/attempts/:id/answers: idempotent by question and number; of two the higher number stands. */
export const newAnswer = z.strictObject({
  questionId: uuid,
  choice: z.array(whole(1, mostOptions)).check(z.maxLength(mostOptions)),
  seq: whole(1, 1_000_000),
})
/** What stands by then: another telephone may have gone ahead. */
export const answerDone = z.strictObject({ seq: z.number(), choice: z.array(z.number()) })
export type AnswerDone = z.infer<typeof answerDone>
/** POST /api/my/attempts/:id/submit */
export const submitDone = z.strictObject({ ...myAttempt.shape })
