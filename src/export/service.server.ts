import { randomId } from '#crypto/provider.server.ts'
import { toldInstant } from '#kit/day.ts'
import { Problem } from '#kit/problem.ts'
import type { UnitOfWork } from '#audit/unitOfWork.server.ts'
import type { Actor } from '#identity/actor.ts'
import type { Tx } from '#server/database.server.ts'
import type { Deps } from '#server/deps.server.ts'
import { clockOf } from '#server/clock.server.ts'
import { enqueue } from '#server/jobs.server.ts'
import type { ExportLine, NewExport } from './api.ts'
import { isMaskedOut } from './masks.ts'
import { exportJob, fileNameOf, leastReason, mostRows, needsSecond } from './rules.ts'
import { takenToday, tellSecond } from './second.server.ts'
import { openSource } from './sources.server.ts'
import { dropFile, findExport, insertExport, lineOf, listExports, readFile } from './store.server.ts'

const refuse = (field: string, message: string): Problem => Problem.invalid({ issues: [{ field, message }] })

/** Whether sealed values may stand in such a file, for this reason; the right and the second factor were asked at the door. */
function mustFitFull(deps: Deps, { ask, format }: NewExport, reason: string): void {
  const programme = ask.kind === 'records' ? deps.findProgramme(ask.programme) : null
  const hasMasks =
    ask.kind === 'persons' || ask.kind === 'hardship' || (programme !== null && isMaskedOut(programme))
  if (!hasMasks) throw refuse('full', '这里没有掩码的栏目，请直接导出')
  if (format !== 'xlsx') throw refuse('format', '完整信息只导出为带水印页的 Excel 工作簿，请选择 .xlsx')
  if (reason.length < 4)
    throw refuse('reason', `请写明导出理由（至少 4 个字）${ask.kind === 'records' ? '' : '，本人看得到'}`)
}

/**
 * Asks for a file: looks whether it may leave and how large it is; a job makes it at once, within seconds where it is small.
 * @throws Problem
 */
export async function askExport(
  deps: Deps,
  tx: Tx,
  work: UnitOfWork,
  asked: NewExport,
  full: boolean,
): Promise<ExportLine> {
  const { actor } = work
  const { ask, format } = asked
  const reason = (asked.reason ?? '').trim()
  if (full) mustFitFull(deps, asked, reason)
  const source = await openSource({ deps, tx, actor, full, reason }, ask)
  if ((format === 'pdf') !== (source.paper !== undefined))
    throw refuse('format', source.paper ? '证书只导出为 PDF，请选择 .pdf' : '表格请导出为 .xlsx 或 .csv')
  if (source.rows === 0) throw refuse('ask', '没有符合条件的内容，不用导出')
  if (source.rows > mostRows)
    throw refuse('ask', `一次最多导出 ${mostRows.toLocaleString('zh-CN')} 行，请用日期、单位等条件分几次导出`)
  const alone = deps.exportAlone
  const second = needsSecond(source, source.personal ? await takenToday(tx, actor) : 0, alone)
  if (second && reason.length < leastReason)
    throw refuse(
      'reason',
      `${source.alwaysSecond ? '困难档案' : `一天内个人导出超过 ${alone} 人，`}须由第二人批准：请写明用途（至少 ${leastReason} 个字），批准人看得到`,
    )
  const id = randomId()
  const at = new Date(toldInstant(new Date().toISOString(), clockOf(deps)))
  const fileName = fileNameOf(source.title, actor.org.name, at, format, deps.mode === 'demo')
  const head = { asked, full, fileName, scope: [...source.scope] }
  await insertExport(deps, tx, actor, id, { source, head, second })
  const { districtId } = actor.org
  if (second) tellSecond(tx, work, source.title, source.rows)
  else await enqueue(tx, { districtId, kind: exportJob, key: id, payload: {} })
  work.audit({
    districtId,
    action: full ? 'export.full' : 'export.ask',
    object: `export:${id}`,
    purpose: reason,
    fields: [ask.kind === 'records' ? ask.programme : ask.kind],
    body: asked,
  })
  return lineOf(await findExport(deps, tx, actor, id))
}

/** The actor's files, the newest first. */
export const readExports = async (deps: Deps, tx: Tx, actor: Actor): Promise<{ rows: ExportLine[] }> => ({
  rows: (await listExports(deps, tx, actor)).map(lineOf),
})

/** One of the actor's files. @throws Problem.notFound */
export const readExport = async (deps: Deps, tx: Tx, actor: Actor, id: string): Promise<ExportLine> =>
  lineOf(await findExport(deps, tx, actor, id))

/** A file that is ready. @throws Problem.notFound */
export async function takeExport(
  deps: Deps,
  tx: Tx,
  actor: Actor,
  id: string,
): Promise<{ name: string; bytes: Buffer }> {
  const kept = await findExport(deps, tx, actor, id)
  if (kept.state !== 'ready') throw Problem.notFound()
  return { name: kept.head.fileName, bytes: await readFile(tx, kept) }
}

/** Takes one of the actor's files away before its week is over. @throws Problem.notFound */
export async function dropExport(deps: Deps, tx: Tx, work: UnitOfWork, id: string): Promise<void> {
  const kept = await findExport(deps, tx, work.actor, id)
  await dropFile(tx, kept)
  work.audit({ districtId: kept.districtId, action: 'export.drop', object: `export:${id}` })
}
