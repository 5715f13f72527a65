import dayjs, { type Dayjs } from 'dayjs'
import type { EventDetail, NewEvent } from '#signup/api.ts'
import type { OrgBrief } from '#org/api.ts'
import { told } from '../clock.ts'
import { realInstant } from '../format.ts'

type SlotValues = { startsAt: Dayjs; endsAt: Dayjs; cap: number }
type SessionValues = { startsAt: Dayjs; endsAt: Dayjs }
type ShareValues = { org: OrgBrief[]; cap: number }

/** What stands in the form: wall times of China, and switches for what few events need. */
export type Values = Pick<
  NewEvent,
  'kind' | 'title' | 'place' | 'about' | 'mode' | 'isPublic' | 'cap' | 'hasList' | 'offerHours' | 'drawSource'
> & {
  opensAt: Dayjs
  closesAt: Dayjs
  cancelUntil: Dayjs
  startsAt: Dayjs
  endsAt: Dayjs
  isAllotted: boolean
  allotments: ShareValues[]
  isSlotted: boolean
  slots: SlotValues[]
  isInSessions: boolean
  sessions: SessionValues[]
  doneSessions: number
  doneShare: number
  women: number
  men: number
  hasRule: boolean
  ruleLimit: number
  ruleDays: number
}

const wall = (iso: string): Dayjs => dayjs(realInstant(iso))
const instant = (time: Dayjs): string => `${time.format('YYYY-MM-DDTHH:mm')}:00+08:00`
const times = ['opensAt', 'closesAt', 'cancelUntil', 'startsAt', 'endsAt'] as const

/** A form to begin with: empty, a draft, or an earlier event a year later. */
export function valuesOf(before: EventDetail | null, isCopy: boolean): Partial<Values> {
  if (before === null)
    return {
      kind: 'class',
      mode: 'firstCome',
      isPublic: false,
      hasList: true,
      offerHours: 12,
      about: '',
      drawSource: '',
      isAllotted: false,
      isSlotted: false,
      isInSessions: false,
      doneShare: 80,
      hasRule: false,
      ruleLimit: 2,
      ruleDays: 90,
      opensAt: dayjs(told(new Date().toISOString())).add(1, 'day').startOf('day').hour(9),
    }
  // The same week of the next year, so that a Saturday stays a Saturday.
  const later = (iso: string) => (isCopy ? wall(iso).add(52, 'week') : wall(iso))
  return {
    kind: before.kind === 'prize' ? 'other' : before.kind,
    title: before.title,
    place: before.place,
    about: before.about,
    mode: before.mode,
    isPublic: before.isPublic,
    cap: before.cap,
    hasList: before.hasList,
    offerHours: before.offerHours,
    drawSource: isCopy ? '' : (before.draw?.source ?? ''),
    ...Object.fromEntries(times.map((name) => [name, later(before[name])])),
    isAllotted: before.allotments.length > 0,
    allotments: before.allotments.map(({ orgId, org, cap }) => ({
      org: [{ id: orgId, name: org, shortName: org, code: '', tier: 'grassroots' }],
      cap,
    })),
    ...(before.sexCaps === null ? {} : before.sexCaps),
    isSlotted: before.slots.length > 0,
    slots: before.slots.map(({ startsAt, endsAt, cap }) => ({
      startsAt: later(startsAt),
      endsAt: later(endsAt),
      cap,
    })),
    isInSessions: before.sessions.length > 0,
    sessions: before.sessions.map(({ startsAt, endsAt }) => ({
      startsAt: later(startsAt),
      endsAt: later(endsAt),
    })),
    ...(before.doneRule ? { doneSessions: before.doneRule.sessions } : {}),
    doneShare: before.doneRule?.share ?? 80,
    hasRule: before.noShow !== null,
    ruleLimit: before.noShow?.limit ?? 2,
    ruleDays: before.noShow?.days ?? 90,
  }
}

/** Of several sessions the first begins the event and the last ends it. */
const edgesOf = ({ isInSessions, sessions, startsAt, endsAt }: Values): SessionValues =>
  isInSessions && sessions?.[0]
    ? { startsAt: sessions[0].startsAt, endsAt: sessions.at(-1)!.endsAt }
    : { startsAt, endsAt }

export const bodyOf = (values: Values): NewEvent => ({
  kind: values.kind,
  title: values.title,
  place: values.place,
  about: values.about ?? '',
  mode: values.mode,
  isPublic: values.isPublic,
  opensAt: instant(values.opensAt),
  closesAt: instant(values.closesAt),
  cancelUntil: instant(values.cancelUntil),
  startsAt: instant(edgesOf(values).startsAt),
  endsAt: instant(edgesOf(values).endsAt),
  cap: values.cap,
  hasList: values.hasList,
  offerHours: values.offerHours ?? 12,
  noShow: values.hasRule ? { limit: values.ruleLimit ?? 2, days: values.ruleDays ?? 90 } : null,
  allotments:
    values.isAllotted && values.kind !== 'match'
      ? (values.allotments ?? []).flatMap(({ org, cap }) => org.map(({ id }) => ({ orgId: id, cap })))
      : [],
  sexCaps: values.kind === 'match' ? { women: values.women ?? 0, men: values.men ?? 0 } : null,
  slots: values.isSlotted
    ? (values.slots ?? []).map(({ startsAt, endsAt, cap }) => ({
        startsAt: instant(startsAt),
        endsAt: instant(endsAt),
        cap,
      }))
    : [],
  sessions: values.isInSessions
    ? (values.sessions ?? []).map(({ startsAt, endsAt }) => ({
        startsAt: instant(startsAt),
        endsAt: instant(endsAt),
      }))
    : [],
  doneRule: values.isInSessions
    ? { sessions: values.doneSessions ?? values.sessions?.length ?? 1, share: values.doneShare ?? 80 }
    : null,
  drawSource: values.mode === 'draw' ? (values.drawSource ?? '') : '',
})

const texted = (time: Dayjs | undefined): string | null => time?.format('YYYY-MM-DDTHH:mm') ?? null
const timed = (text: unknown): Dayjs | undefined => (typeof text === 'string' ? dayjs(text) : undefined)

type Span = { startsAt?: Dayjs; endsAt?: Dayjs } | undefined
const spanKept = (span: Span) => ({ ...span, startsAt: texted(span?.startsAt), endsAt: texted(span?.endsAt) })
const spansFound = (list: unknown) =>
  ((list as Record<string, unknown>[] | undefined) ?? []).map((span) => ({
    ...span,
    startsAt: timed(span['startsAt']),
    endsAt: timed(span['endsAt']),
  }))

/** What is kept in this browser: times as text. */
export const kept = (values: Partial<Values>): Record<string, unknown> => ({
  ...values,
  ...Object.fromEntries(times.map((name) => [name, texted(values[name])])),
  slots: (values.slots ?? []).map(spanKept),
  sessions: (values.sessions ?? []).map(spanKept),
})

export const unkept = (values: Record<string, unknown>): Partial<Values> =>
  ({
    ...values,
    ...Object.fromEntries(times.map((name) => [name, timed(values[name])])),
    slots: spansFound(values['slots']),
    sessions: spansFound(values['sessions']),
  }) as unknown as Partial<Values>
