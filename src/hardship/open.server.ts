import { sql } from 'kysely'
import { Problem } from '#kit/problem.ts'
import type { UnitOfWork } from '#audit/unitOfWork.server.ts'
import { openNotice, noticesOf } from '#publicNotice/open.server.ts'
import { first, rows, type Tx } from '#server/database.server.ts'
import type { Deps } from '#server/deps.server.ts'
import { enterCounts } from './counts.server.ts'
import { loadFiles, moveFile, openFile, type File } from './file.server.ts'
import { hadFile, handsOf } from './next.ts'
import { many, surnameOf } from './states.ts'
import { mustTake } from './step.server.ts'

/** 公示 of files: surname and unit, never a cause nor a number. Who fits no category is not shown. @throws Problem */
export async function showFiles(
  deps: Deps,
  tx: Tx,
  work: UnitOfWork,
  { ids, title }: { ids: readonly string[]; title: string },
): Promise<{ id: string; count: number }> {
  if (title === '') throw Problem.invalid({ issues: [{ field: 'title', message: '请填写公示标题' }] })
  const files = await loadFiles(tx, ids)
  for (const file of files) {
    await mustTake(tx, work.actor, many.notice, file)
    const { result } = await openFile(deps, tx, work.actor, file, '公示前核对困难类别')
    if (result?.category == null)
      throw Problem.invalid({
        issues: [{ field: 'ids', message: `${await nameOf(tx, file)}不符合任何困难类别，请作不予建档处理` }],
      })
  }
  const named = await rows<{ id: string; name: string; unit: string }>(
    tx,
    sql`SELECT f.id, p.name, o.name AS unit FROM app.hardship_file f JOIN app.person p ON p.id = f.person_id JOIN app.org o ON o.id = f.org_id
      WHERE f.id = ANY (${files.map((f) => f.id)}::uuid[]) ORDER BY o.scope_code, p.name_sort, f.id`,
  )
  const notice = await openNotice(deps, tx, work, {
    kind: 'hardship',
    subject: 'hardship:files',
    title,
    lines: named.map(({ name, unit }) => ({
      name: surnameOf(name),
      unitName: unit,
      detail: '拟建立困难职工档案',
    })),
  })
  for (const [at, { id }] of named.entries())
    await moveFile(
      deps,
      tx,
      work,
      files.find((f) => f.id === id)!,
      'notice',
      {
        state: 'noticed',
        notice_id: notice.id,
        notice_line: at + 1,
      },
    )
  return { id: notice.id, count: named.length }
}

const nameOf = async (tx: Tx, file: File): Promise<string> =>
  (await first<{ name: string }>(tx, sql`SELECT name FROM app.person WHERE id = ${file.person_id}::uuid`))!
    .name

/** Opens files whose notice has passed without a valid objection. Who opens entered and checked none of them. */
export async function openFiles(
  deps: Deps,
  tx: Tx,
  work: UnitOfWork,
  ids: readonly string[],
): Promise<{ count: number }> {
  const { actor } = work
  const files = await loadFiles(tx, ids)
  const notices = await noticesOf(
    deps,
    tx,
    files.flatMap((f) => f.notice_id ?? []),
  )
  let serial = await lastSerial(tx, deps, actor.org.id)
  let singles = 0
  for (const file of files) {
    await mustTake(tx, actor, many.open, file)
    if (hadFile(file.state, file).includes(actor.personId))
      throw Problem.fourEyes({ what: '这份申请是您登记或核对的' })
    mustHavePassed(notices.get(file.notice_id ?? ''), file)
    const { household } = await openFile(deps, tx, actor, file, '建档，核对是否单亲以便统计')
    if (household.singleParent) singles++
    await moveFile(deps, tx, work, file, 'open', {
      state: 'open',
      no: `${actor.org.code}-K${deps.today().slice(0, 4)}-${String(++serial).padStart(4, '0')}`,
      opened_on: deps.today(),
      rechecked_on: deps.today(),
      opened_person: actor.personId,
    })
  }
  const hands = files.flatMap(handsOf)
  await enterCounts(deps, tx, work, hands, '困难女职工建档', {
    matter: '建档',
    households: files.length,
    singles,
  })
  return { count: files.length }
}

type Notice = Awaited<ReturnType<typeof noticesOf>> extends Map<string, infer N> ? N : never

function mustHavePassed(notice: Notice | undefined, file: File): void {
  const against = notice?.objections.some(
    (o) => o.state === 'valid' && (o.line === null || o.line === file.notice_line),
  )
  if (against) throw Problem.denied({ what: '公示期间对她的异议成立，不能建档，请作不予建档处理' })
  if (notice?.state === 'open') throw Problem.denied({ what: `公示到 ${notice.closesOn} 期满，期满后再建档` })
  if (notice?.state !== 'passed') throw Problem.denied({ what: '公示还有异议没有答复，答复后再建档' })
}

/** The last serial of the centre in the year; two who open at once are told apart by the number, which stands once. */
async function lastSerial(tx: Tx, deps: Deps, centreId: number): Promise<number> {
  const found = await first<{ n: number }>(
    tx,
    sql`SELECT coalesce(max(right(no, 4)::int), 0) AS n FROM app.hardship_file
      WHERE centre_id = ${centreId} AND no LIKE ${`%-K${deps.today().slice(0, 4)}-%`}`,
  )
  return found!.n
}
