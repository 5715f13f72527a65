import type { Issue } from '#kit/programme.ts'
import type { EventDetail, NewEvent } from './api.ts'
import { minutesAfter, minutesBefore } from './ticket.ts'

const at = (text: string): number => Date.parse(text)

/** What is wrong with the evenings of a class as they are given. */
export function sessionFaults({ sessions, doneRule, slots, startsAt, endsAt }: NewEvent): Issue[] {
  if (sessions.length === 0)
    return doneRule === null ? [] : [{ field: 'doneRule', message: '只上一次的活动没有出勤要求，请去掉' }]
  const faults: Issue[] = []
  const fault = (field: string, message: string) => void faults.push({ field, message })
  if (sessions.length === 1) fault('sessions', '分次上课至少两次；只上一次的，请关掉“分几次上课”')
  if (slots.length > 0) fault('sessions', '分次上课和分时段预约只能选一种')
  if (doneRule === null) fault('doneRule', '请填写到几次算完成')
  else if (doneRule.sessions > sessions.length)
    fault('doneRule', `一共 ${sessions.length} 次，要求的次数不能更多`)
  sessions.forEach((one, n) => {
    if (at(one.endsAt) <= at(one.startsAt)) fault(`sessions.${n}.endsAt`, '下课要晚于上课')
    if (n > 0 && at(one.startsAt) < at(sessions[n - 1]!.endsAt))
      fault(`sessions.${n}.startsAt`, '请按先后填写，上一次下课以后才能开始')
  })
  if (at(sessions[0]!.startsAt) !== at(startsAt) || at(sessions.at(-1)!.endsAt) !== at(endsAt))
    fault('sessions', '活动的开始和结束要与第一次上课、最后一次下课一致')
  return faults
}

/** The session that whoever is scanned now comes to, and from when on scans are of it. */
export type OnNow = { id: string; fromMs: number }

/** As `app.session_at`: the next that is not over, from two hours before; else the last, until an hour after. Null between them and where there is one attendance. */
export function sessionAt(sessions: EventDetail['sessions'], now: Date): OnNow | null {
  const ms = now.getTime()
  const near = sessions.filter(
    (one) => ms >= at(one.startsAt) - minutesBefore * 60_000 && ms <= at(one.endsAt) + minutesAfter * 60_000,
  )
  const found = near.find((one) => ms <= at(one.endsAt)) ?? near.at(-1)
  if (!found) return null
  const before = sessions[sessions.indexOf(found) - 1]
  const from = at(found.startsAt) - minutesBefore * 60_000
  return { id: found.id, fromMs: before ? Math.max(from, at(before.endsAt) + 1) : from }
}
