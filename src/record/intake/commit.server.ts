import { sql } from 'kysely'
import { v7 as uuidv7 } from 'uuid'
import { Problem } from '#kit/problem.ts'
import type { Programme } from '#kit/programme.ts'
import type { UnitOfWork } from '#audit/unitOfWork.server.ts'
import { pacer } from '#intake/pace.server.ts'
import type { Line } from '#intake/target.ts'
import type { How } from '#intake/targets.server.ts'
import type { Deps } from '#server/deps.server.ts'
import type { Tx } from '#server/database.server.ts'
import { createRecords } from '../create.server.ts'
import { saveDraft } from '../draft.server.ts'
import type { Origin } from '../origin.ts'
import { briefs } from '../place.server.ts'
import { submitDraft } from '../propose.server.ts'
import { bodyOf, plans, type Plan } from './plan.ts'

/** New records of one statement. */
const perStatement = 200

type Job = { line: Line; plan: Plan; origin: Origin }

/**
 * Brings rows in on the path that the form takes: new records submitted (or kept as drafts), returned and withdrawn ones
 * submitted again, accepted ones as corrections that wait.
 * @returns `record:<id>`, `draft:<id>`, `edit:<id>:<version>:<co-hosts before>`, `correction:<proposal>`; of a row of
 * children what its record became
 * @throws Problem.reasonMissing, warningsNeedNote and what the form's path throws
 */
export async function commitLines(
  deps: Deps,
  tx: Tx,
  work: UnitOfWork,
  programme: Programme,
  lines: readonly Line[],
  how: How,
): Promise<(string | null)[]> {
  const made = new Map<Line, string>()
  const jobs = lines.flatMap((line): Job[] => {
    const plan = plans.get(line)
    return plan ? [{ line, plan, origin: { import: how.id, file: how.file, line: line.line } }] : []
  })
  if (jobs.some(({ plan }) => plan.act === 'correct') && !how.reason)
    throw Problem.reasonMissing({ asks: '更正理由', field: 'reason' })
  const fresh = jobs.filter(({ plan }) => plan.act === 'create')
  let count = 0
  const pause = pacer()
  const tell = async (n: number) => {
    count += n
    how.onDone(count)
    await pause()
  }
  if (how.as === 'draft') {
    for (const job of fresh) {
      made.set(job.line, await draftOf(deps, tx, work, programme, job))
      await tell(1)
    }
  } else {
    for (let at = 0; at < fresh.length; at += perStatement) {
      const part = fresh.slice(at, at + perStatement)
      const written = await createRecords(
        deps,
        tx,
        work,
        programme,
        part.map(({ plan, origin }) => ({
          body: bodyOf(programme, plan.row),
          coHosts: plan.hosts ?? [],
          origin,
          ...(how.note ? { warningNote: how.note } : {}),
        })),
      )
      part.forEach(({ line }, n) => made.set(line, `record:${written[n]!.id}`))
      await tell(part.length)
    }
  }
  for (const { line, plan, origin } of jobs) {
    if (plan.act === 'create') continue
    made.set(line, await updated(deps, tx, work, programme, plan, origin, how))
    await tell(1)
  }
  return lines.map((line) => made.get(line) ?? made.get(line.of ?? line) ?? null)
}

async function draftOf(
  deps: Deps,
  tx: Tx,
  work: UnitOfWork,
  programme: Programme,
  { plan, origin }: Job,
): Promise<string> {
  const id = uuidv7()
  const names = await briefs(tx, plan.hosts ?? [])
  const coHosts = (plan.hosts ?? []).map((host) => names.get(host)!)
  const body = { ...bodyOf(programme, plan.row), ...(coHosts.length > 0 ? { coHosts } : {}) }
  await saveDraft(
    deps,
    tx,
    work,
    programme,
    id,
    { programme: programme.key, kind: 'draft', body, sequence: 1 },
    origin,
  )
  return `draft:${id}`
}

async function updated(
  deps: Deps,
  tx: Tx,
  work: UnitOfWork,
  programme: Programme,
  plan: Exclude<Plan, { act: 'create' }>,
  origin: Origin,
  { note, reason }: How,
): Promise<string> {
  const draft = uuidv7()
  const body = bodyOf(programme, plan.row)
  const before = await hostsBefore(tx, plan.id)
  await saveDraft(
    deps,
    tx,
    work,
    programme,
    draft,
    {
      programme: programme.key,
      kind: plan.act === 'correct' ? 'correction' : 'draft',
      recordId: plan.id,
      baseVersion: plan.version,
      body,
      sequence: 1,
    },
    origin,
  )
  const { version } = await submitDraft(deps, tx, work, programme, draft, {
    body,
    ...(plan.act === 'edit' && plan.hosts ? { coHosts: plan.hosts } : {}),
    ...(note ? { warningNote: note } : {}),
    ...(plan.act === 'correct' && reason ? { reason } : {}),
  })
  return plan.act === 'correct' ? `correction:${draft}` : `edit:${plan.id}:${version}:${before.join('.')}`
}

async function hostsBefore(tx: Tx, id: string): Promise<number[]> {
  const { rows } = await sql<{
    hosts: number[]
  }>`SELECT co_hosts AS hosts FROM app.record WHERE id = ${id}::uuid`.execute(tx)
  return rows[0]?.hosts ?? []
}
