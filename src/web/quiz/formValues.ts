import dayjs, { type Dayjs } from 'dayjs'
import type { NewQuiz, QuizDetail } from '#quiz/api.ts'
import { told } from '../clock.ts'
import { realInstant } from '../format.ts'

/** What stands in the form: wall times of China, and switches for what not every quiz has. */
export type Values = Pick<
  NewQuiz,
  'title' | 'about' | 'bankId' | 'isPublic' | 'draws' | 'timesADay' | 'passMark' | 'reveals' | 'prizes'
> & {
  opensAt: Dayjs
  closesAt: Dayjs
  isTimed: boolean
  minutes: number
  hasPrizes: boolean
  prizePlace: string
  prizeFrom: Dayjs
  prizeUntil: Dayjs
  prizeSource: string
}

const wall = (iso: string): Dayjs => dayjs(realInstant(iso))
const instant = (time: Dayjs): string => `${time.format('YYYY-MM-DDTHH:mm')}:00+08:00`
const times = ['opensAt', 'closesAt', 'prizeFrom', 'prizeUntil'] as const

/** A form to begin with: empty, or a draft. */
export function valuesOf(before: QuizDetail | null): Partial<Values> {
  if (before === null)
    return {
      about: '',
      isPublic: false,
      draws: 10,
      timesADay: 3,
      passMark: 60,
      isTimed: true,
      minutes: 30,
      reveals: 'closed',
      hasPrizes: false,
      prizes: 50,
      prizePlace: '',
      prizeSource: '',
      opensAt: dayjs(told(new Date().toISOString())).add(1, 'day').startOf('day').hour(9),
    }
  return {
    title: before.title,
    about: before.about,
    bankId: before.bank.id,
    isPublic: before.isPublic,
    opensAt: wall(before.opensAt),
    closesAt: wall(before.closesAt),
    draws: before.draws,
    timesADay: before.timesADay,
    passMark: before.passMark,
    isTimed: before.minutes !== null,
    minutes: before.minutes ?? 30,
    reveals: before.reveals,
    hasPrizes: before.prizes > 0,
    prizes: before.prizes || 50,
    prizePlace: before.prizePlace,
    ...(before.prizeFrom === null ? {} : { prizeFrom: wall(before.prizeFrom) }),
    ...(before.prizeUntil === null ? {} : { prizeUntil: wall(before.prizeUntil) }),
    prizeSource: before.prizeSource,
  }
}

export const bodyOf = (values: Values): NewQuiz => ({
  title: values.title,
  about: values.about ?? '',
  bankId: values.bankId,
  isPublic: values.isPublic,
  opensAt: instant(values.opensAt),
  closesAt: instant(values.closesAt),
  draws: values.draws,
  minutes: values.isTimed ? values.minutes : null,
  timesADay: values.timesADay,
  passMark: values.passMark,
  reveals: values.reveals,
  prizes: values.hasPrizes ? values.prizes : 0,
  prizePlace: values.hasPrizes ? (values.prizePlace ?? '') : '',
  prizeFrom: values.hasPrizes ? instant(values.prizeFrom) : null,
  prizeUntil: values.hasPrizes ? instant(values.prizeUntil) : null,
  prizeSource: values.hasPrizes ? (values.prizeSource ?? '') : '',
})

/** As it may be kept: times as text. */
export const keptQuiz = (values: Partial<Values>): Record<string, unknown> => ({
  ...values,
  ...Object.fromEntries(times.map((name) => [name, values[name]?.format('YYYY-MM-DDTHH:mm') ?? null])),
})
export const unkeptQuiz = (values: Record<string, unknown>): Partial<Values> => ({
  ...values,
  ...Object.fromEntries(
    times.map((name) => [name, typeof values[name] === 'string' ? dayjs(values[name]) : undefined]),
  ),
})
