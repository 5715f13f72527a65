import { sql } from 'kysely'
import { closeWork, openWork } from '#audit/unitOfWork.server.ts'
import { Problem } from '#kit/problem.ts'
import type { Actor } from '#identity/actor.ts'
import type { BookRow, BookSheet } from '#paper/sheet/book.ts'
import { csvLine, csvStart } from '#paper/sheet/csvText.ts'
import { toldInstant } from '#kit/day.ts'
import { clockOf } from '#server/clock.server.ts'
import { first, inTransaction, type Tx } from '#server/database.server.ts'
import { identityContext, type Deps } from '#server/deps.server.ts'
import type { Job, JobKind } from '#server/jobs.server.ts'
import { exportJob, needsSecond } from './rules.ts'
import { remarksSheet } from './remarks.ts'
import type { Reading } from './source.server.ts'
import { openSource } from './sources.server.ts'
import { failExport, findExport, writeFile, type Kept } from './store.server.ts'

type Asker = {
  account_id: string
  person_id: string
  name: string
  post_id: string
  role: Actor['role']
  org_id: number
  org_code: string
  org_name: string
  short_name: string
  tier: Actor['org']['tier']
  scope_code: string
  district_id: number
}

/** Opens the context of who asked; null when she no longer holds the post, or the file no longer waits. */
const begin = (tx: Tx, job: Job): Promise<Asker | null> =>
  first<Asker>(tx, sql`SELECT * FROM app.begin_export(${job.districtId}, ${job.key}::uuid)`)

const actorOf = (a: Asker, job: Job): Actor => ({
  accountId: a.account_id,
  personId: a.person_id,
  postId: a.post_id,
  name: a.name,
  role: a.role,
  org: {
    id: a.org_id,
    code: a.org_code,
    name: a.org_name,
    shortName: a.short_name,
    tier: a.tier,
    scopeCode: a.scope_code,
    districtId: a.district_id,
  },
  // Her session had two factors when she asked.
  aal: 2,
  stepUp: false,
  isPasswordDue: false,
  token: null,
  onBehalf: a.post_id,
  requestId: job.id,
})

/** Null: she no longer holds the post in which she asked, and nobody else may have the file. */
type Made = { actor: Actor; bytes: Uint8Array; rows: number } | { fault: string } | null

/** Counts what goes by. */
async function* counted(rows: BookSheet['rows'], count: { n: number }): AsyncGenerator<BookRow> {
  for await (const row of rows) {
    count.n++
    yield row
  }
}

async function csvOf({ columns, rows }: BookSheet): Promise<Uint8Array> {
  const lines = [csvStart + csvLine(columns.map((c) => c.title))]
  for await (const { cells } of rows) lines.push(csvLine(cells))
  return Buffer.from(lines.join(''))
}

async function make(deps: Deps, job: Job): Promise<Made> {
  const asker = await inTransaction(deps.db, identityContext(deps), (tx) => begin(tx, job))
  if (asker === null) return null
  const actor = actorOf(asker, job)
  const context = { scopeCode: actor.org.scopeCode, unit: actor.org.id, door: deps.door }
  const reading: Reading = (read) =>
    inTransaction(deps.db, context, async (tx) => {
      if ((await begin(tx, job)) === null) throw Problem.notFound()
      return read(tx)
    })
  const { kept, source } = await reading(async (tx) => {
    const found = await findExport(deps, tx, actor, job.key)
    const {
      asked: { ask, reason = '' },
      full,
    } = found.head
    return { kept: found, source: await openSource({ deps, tx, actor, full, reason }, ask) }
  })
  // What was asked for or agreed to is that many, whoever has been added since.
  if (source.rows > kept.rows && needsSecond(source, 0, deps.exportAlone))
    return { fault: `要导出的有 ${source.rows} 行，比申请时的 ${kept.rows} 行多，请重新导出` }
  if (source.paper) return { actor, bytes: await source.paper(), rows: source.rows }
  const [main, ...others] = await source.sheets(reading)
  const count = { n: 0 }
  const told = { ...main!, rows: counted(main!.rows, count) }
  const bytes =
    kept.head.asked.format === 'csv'
      ? await csvOf(told)
      : await deps.sheets.write({
          keys: {},
          sheets: [told, ...others, remarksSheet(remarksOf(deps, actor, kept, source.rows))],
        })
  return { actor, bytes, rows: count.n }
}

const backOf = (kept: Kept): string =>
  kept.head.asked.ask.kind === 'records'
    ? '改好后可用“导入”带回：按隐藏的“记录编号”更新原记录；状态、填报单位、审核通过日期只供查看'
    : ''

const remarksOf = (deps: Deps, actor: Actor, kept: Kept, rows: number) => ({
  title: kept.title,
  who: actor.name,
  org: actor.org.name,
  at: toldInstant(kept.askedAt, clockOf(deps)),
  scope: kept.head.scope,
  rows,
  full: kept.full,
  reason: kept.reason,
  isDemo: deps.mode === 'demo',
  back: backOf(kept),
})

const key = (job: Job) => ({ districtId: job.districtId, id: job.key })

/** Makes the file that was asked for, in the post and with the rights of who asked. */
export const makeExport: JobKind = {
  kind: exportJob,
  atOnce: 2,
  mostAttempts: 4,
  prepare: async (deps, job): Promise<Made> => {
    try {
      return await make(deps, job)
    } catch (error) {
      // What she may no longer see, or a file that cannot be made, is told at once; anything else is tried again.
      if (error instanceof Problem && error.status < 500) return { fault: error.message }
      throw error
    }
  },
  finish: async ({ deps, tx, job, prepared }) => {
    const made = prepared as Made
    const asker = await begin(tx, job)
    if (asker === null || made === null) return
    await sql.raw(`SET LOCAL app.unit='${asker.org_id}'`).execute(tx)
    if ('fault' in made) return failExport(tx, key(job), made.fault)
    const kept = await findExport(deps, tx, made.actor, job.key)
    await writeFile(tx, kept, made.bytes, made.rows)
    const work = openWork(made.actor)
    work.audit({
      districtId: job.districtId,
      action: 'export.made',
      object: `export:${job.key}`,
      fields: [String(made.rows)],
    })
    await closeWork(tx, work, deps.crypto)
  },
  giveUp: async ({ tx, job }) => {
    const asker = await begin(tx, job)
    if (asker === null) return
    await sql.raw(`SET LOCAL app.unit='${asker.org_id}'`).execute(tx)
    await failExport(tx, key(job), '没有做成，请稍后重新导出；还不行请告知系统管理员')
  },
}
