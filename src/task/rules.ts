import * as field from '#kit/field/index.ts'
import type { Field, Fields } from '#kit/field/kind.ts'
import type { Issue } from '#kit/programme.ts'
import type { WorkCalendar } from '#rules/calendar.ts'
import type { Question, TaskState } from './api.ts'

/** What a unit's answer tells of its state; null where it has none. */
export type Answered = { state: Exclude<TaskState, 'changed'>; taskVersion: number } | null

/** The state of a task at a unit: whatever was done with an earlier version of it must be looked at again, unless it is closed. */
export function stateOf(answer: Answered, version: number): TaskState {
  if (answer === null) return 'unreceived'
  if (answer.state === 'closed' || answer.state === 'unreceived') return answer.state
  return answer.taskVersion < version ? 'changed' : answer.state
}

export const acts = ['receive', 'report', 'return', 'close', 'chase'] as const
export type TaskAct = (typeof acts)[number]

/** Who may do what in which state: the unit that owes it, or the issuer. */
export const actors: Readonly<Record<TaskAct, { by: 'unit' | 'issuer'; from: readonly TaskState[] }>> = {
  receive: { by: 'unit', from: ['unreceived', 'changed'] },
  report: { by: 'unit', from: ['unreceived', 'received', 'returned', 'changed'] },
  return: { by: 'issuer', from: ['reported'] },
  close: { by: 'issuer', from: ['reported'] },
  chase: { by: 'issuer', from: ['unreceived', 'received', 'returned', 'changed'] },
}

/** States in which a unit still owes an answer. */
export const owing: readonly TaskState[] = ['unreceived', 'received', 'returned', 'changed']

/**
 * Faults of the legal head and the dates of a form that is to be sent down (统计法 §17: 表号、制定机关、批准/备案文号、有效期限;
 * lacking one or expired, units may refuse it).
 */
export function headFaults(
  given: {
    formNo: string
    issuer: string
    approvalNo: string
    validFrom: string
    validUntil: string
    fromOn: string
    untilOn: string
    dueOn: string
  },
  today: string,
): Issue[] {
  const issues: Issue[] = []
  const need = (name: 'formNo' | 'issuer' | 'approvalNo', label: string) => {
    if (given[name].trim() === '')
      issues.push({
        field: name,
        message: `请填写${label}；表头不全的报表，单位有权拒绝填报（统计法第十七条）`,
      })
  }
  need('formNo', '表号')
  need('issuer', '制定机关')
  need('approvalNo', '批准或备案文号')
  if (given.validFrom > given.validUntil)
    issues.push({ field: 'validUntil', message: '有效期止不能早于有效期起' })
  else if (given.validUntil < today)
    issues.push({ field: 'validUntil', message: '这张报表已过有效期，请先办理延期，再下达' })
  else if (given.validFrom > today)
    issues.push({ field: 'validFrom', message: '这张报表还没有生效，不能下达' })
  else if (given.dueOn > given.validUntil)
    issues.push({ field: 'dueOn', message: '报送期限晚于报表有效期，请提前，或先办理延期' })
  if (given.fromOn > given.untilOn) issues.push({ field: 'untilOn', message: '统计期止不能早于统计期起' })
  if (given.dueOn < today) issues.push({ field: 'dueOn', message: '报送期限已过，请改为今天或以后' })
  return issues
}

/** The fields of a survey, by key `q1`, `q2` … */
export const surveyFields = (questions: readonly Question[]): Fields =>
  Object.fromEntries(questions.map((question, n) => [`q${n + 1}`, fieldOf(question)]))

function fieldOf({ kind, label, required, hint, choices }: Question): Field {
  const options = { required: required as true, ...(hint ? { hint } : {}) }
  switch (kind) {
    case 'text':
      return field.text(label, { ...options, max: 200 })
    case 'note':
      return field.note(label, { ...options, max: 2000 })
    case 'count':
      return field.count(label, options)
    case 'money':
      return field.money(label, options)
    case 'day':
      return field.day(label, options)
    case 'yesNo':
      return field.yesNo(label, options)
    case 'choice':
      return field.choice(label, choices ?? [], options)
  }
}

/** Seconds that a field takes to answer: words take longest, a choice least. */
const seconds: Partial<Record<Field['kind'], number>> = { note: 60, text: 20, choice: 6, yesNo: 4 }

/** The burden of a form: how much it asks, how much of that is filled in already, and minutes for what is left. */
export type Burden = { fields: number; known: number; toFill: number; minutes: number }

/** @param known keys that come filled in; only required fields burden anyone */
export function burdenOf(fields: Fields, known: ReadonlySet<string>): Burden {
  const asked = Object.entries(fields).filter(([, one]) => one.required)
  const open = asked.filter(([key]) => !known.has(key))
  const time = open.reduce((sum, [, one]) => sum + (seconds[one.kind] ?? 12), 0)
  return {
    fields: asked.length,
    known: asked.length - open.length,
    toFill: open.length,
    minutes: Math.max(1, Math.ceil(time / 60)),
  }
}

/** How a due date stands by the working days that are left to it, in words and as what it asks: nothing yet, soon, today, late. */
export function dueOf(left: number): { level: 'far' | 'soon' | 'today' | 'late'; words: string } {
  if (left < 0) return { level: 'late', words: `已逾期 ${-left} 个工作日` }
  if (left === 0) return { level: 'today', words: '今天到期' }
  return { level: left <= 3 ? 'soon' : 'far', words: `还有 ${left} 个工作日` }
}

/**
 * Working days from today to a due date. A due date on a holiday counts as the last working day before it; past it, the first
 * working day after is one too late, and so is a holiday before that day.
 */
export function leftUntil(calendar: WorkCalendar, dueOn: string, today: string): number {
  const last = calendar.onOrBefore(dueOn)
  if (today <= last) return calendar.between(today, last)
  return today <= dueOn ? 0 : Math.min(-1, calendar.between(today, last))
}

export const reminderStages = ['before', 'due', 'after', 'above'] as const
export type ReminderStage = (typeof reminderStages)[number]

/**
 * Which reminder of an open answer is due by a day: the unit three working days before, on the day and on the next working day;
 * from the second on the unit above it. Nobody is reminded on a holiday, and a day without the program leaves the latest to be sent.
 */
export function stageOn(calendar: WorkCalendar, dueOn: string, today: string): ReminderStage | null {
  if (!calendar.isWorkday(today)) return null
  const left = leftUntil(calendar, dueOn, today)
  if (left > 3) return null
  if (left > 0) return 'before'
  if (left === 0) return 'due'
  return left === -1 ? 'after' : 'above'
}
