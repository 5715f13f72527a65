import { sql } from 'kysely'
import { askedFields, filledIn } from '#kit/burden.ts'
import { findProgramme, indicators } from '#programmes/index.ts'
import type { Actor } from '#identity/actor.ts'
import type { Deps } from '#server/deps.server.ts'
import { first, type Tx } from '#server/database.server.ts'
import { Problem } from '#kit/problem.ts'
import type { BurdenAsked, Question, Task, TaskBurden } from './api.ts'
import { alike, burdenOf, knownAlready, likeness, surveyFields, type Known } from './rules.ts'

type Column = { label: string; kinds: readonly Question['kind'][] }

/** What the register of units holds of each: never asked again without a reason. */
const columns = {
  workers: { label: '职工总数', kinds: ['count'] },
  women_workers: { label: '女职工人数', kinds: ['count'] },
  members: { label: '工会会员人数', kinds: ['count'] },
  women_members: { label: '女会员人数', kinds: ['count'] },
  director: { label: '女职工委员会主任', kinds: ['text'] },
  term_no: { label: '女职工委员会届次', kinds: ['count'] },
  term_until_on: { label: '女职工委员会任期届满日期', kinds: ['day'] },
} as const satisfies Record<string, Column>

const known: readonly Known[] = [
  ...Object.values(columns).map(({ label }) => ({ label, where: '组织档案' })),
  ...indicators.map(({ indicator, programme }) => ({
    label: indicator.label,
    where: `指标（由“${programme.label}”记录汇总）`,
  })),
]

/** The column of the register that answers a question, or null. */
function columnOf({ label, kind }: Question): keyof typeof columns | null {
  const found = Object.entries(columns)
    .filter(([, column]) => (column.kinds as readonly string[]).includes(kind))
    .map(([name, column]) => ({ name, score: likeness(label, column.label) }))
    .sort((a, b) => b.score - a.score)[0]
  return found && found.score >= alike ? (found.name as keyof typeof columns) : null
}

/** Keys of the questions that the register of units answers. */
export const knownKeys = (questions: readonly Question[]): string[] =>
  questions.flatMap((question, n) => (columnOf(question) === null ? [] : [`q${n + 1}`]))

/** Values that the register of units holds for the questions of a survey, with their source and day. */
export async function prefilledOf(
  tx: Tx,
  questions: readonly Question[],
  org: number,
  today: string,
): Promise<Task['prefilled']> {
  const wanted = questions.flatMap((question, n) => {
    const column = columnOf(question)
    return column === null ? [] : [[`q${n + 1}`, column] as const]
  })
  if (wanted.length === 0) return {}
  const held = await first<Record<string, unknown>>(
    tx,
    sql`SELECT o.workers, o.women_workers, o.members, o.women_members, k.director, k.term_no, k.term_until_on
      FROM app.org o LEFT JOIN app.org_committee k ON k.org_id = o.id WHERE o.id = ${org}`,
  )
  return Object.fromEntries(
    wanted.flatMap(([key, column]) => {
      const value = held?.[column] ?? null
      return value === null ? [] : [[key, { value, source: '组织档案', on: today }]]
    }),
  )
}

/** What a form would cost the units below the actor's, before it is published. @throws Problem.invalid for an unknown programme */
export async function readBurden(
  deps: Pick<Deps, 'catalogue'>,
  tx: Tx,
  actor: Actor,
  asked: BurdenAsked,
): Promise<TaskBurden> {
  const programme = asked.programme === null ? null : findProgramme(asked.programme)
  if (asked.programme !== null && !programme)
    throw Problem.invalid({ issues: [{ field: 'programme', message: '请选择要填报的项目' }] })
  const number = programme ? deps.catalogue.programmeId(programme.key) : null
  const scale = await first<{ units: number; used: number }>(
    tx,
    sql`SELECT count(*)::int AS units, count(*) FILTER (WHERE EXISTS (
          SELECT FROM app.record r WHERE r.org_id = u.id AND r.programme = ${number}))::int AS used
      FROM app.org u WHERE u.scope_code >= ${actor.org.scopeCode} AND u.scope_code < ${`${actor.org.scopeCode}~`}
        AND u.tier = ANY(${asked.tiers}::text[]) AND u.id <> ${actor.org.id} AND u.closed_on IS NULL`,
  )
  const { units, used } = scale!
  const fields = programme ? askedFields(programme) : surveyFields(asked.questions)
  const filled = programme
    ? // Carried from the unit's last record, where most units have one.
      filledIn(fields, used * 2 >= units)
    : knownKeys(asked.questions)
  const burden = burdenOf(fields, new Set(filled))
  return {
    units,
    ...burden,
    total: burden.minutes * units,
    duplicates: programme ? [] : knownAlready(asked.questions, known),
  }
}
