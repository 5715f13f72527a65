import { sql } from 'kysely'
import { longDay } from '#kit/day.ts'
import { Problem } from '#kit/problem.ts'
import type { UnitOfWork } from '#audit/unitOfWork.server.ts'
import { headMark } from '#audit/mark.server.ts'
import { writeForm } from '#paper/docx/form.server.ts'
import { fillForm } from '#paper/form/fill.ts'
import { first, type Tx } from '#server/database.server.ts'
import type { Deps } from '#server/deps.server.ts'
import { numberOf, openFile, type File } from './file.server.ts'
import { hardshipForms, onPaper } from './forms.ts'
import { mustBeNamed, standsAt } from './hands.server.ts'
import { duties } from './states.ts'

const below =
  '本表按系统里的困难档案填制，空白处手工填写；含敏感个人信息，用后归档或销毁。本表为本系统自拟的工作用表，未编表号、文号。'

/** One of the forms of a file, ready to be signed face to face; that it was opened for it stands in her access log. @throws Problem */
export async function printFile(
  deps: Deps,
  tx: Tx,
  work: UnitOfWork,
  { id, form }: { id: string; form: string },
): Promise<{ name: string; bytes: () => Promise<Uint8Array> }> {
  const { actor } = work
  const layout = hardshipForms.find(({ key }) => key === form)
  const file = await first<File & { name: string; unit: string; centre: string; district: number }>(
    tx,
    sql`SELECT f.*, p.name, o.name AS unit, c.name AS centre FROM app.hardship_file f JOIN app.person p ON p.id = f.person_id
      JOIN app.org o ON o.id = f.org_id JOIN app.org c ON c.id = f.centre_id WHERE f.id = ${id}::uuid`,
  )
  if (!layout || !file || !standsAt(actor, { at: 'either' }, file)) throw Problem.notFound()
  await mustBeNamed(tx, actor, ...duties)
  if (file.person_id === actor.personId) throw Problem.denied({ what: '本人的表格请由另一位经办人打印' })
  const reason = `打印${layout.title}`
  const { household, result } = await openFile(deps, tx, actor, file, reason)
  const row = {
    ...household,
    name: file.name,
    idNumber: await numberOf(deps, tx, actor, file.person_id, reason),
    unit: file.unit,
    centre: file.centre,
    no: file.no,
    appliedOn: file.applied_on,
    visitedOn: file.visited_on,
    visitors: file.visitors,
    category: result?.category ?? null,
    perHead: result?.perHead ?? null,
  }
  const own = { '@org': file.unit, '@person': actor.name, '@today': longDay(deps.today()) }
  const filled = fillForm(layout, onPaper, row, own, below)
  const mark = await headMark(tx, actor.org.districtId)
  work.audit({
    districtId: actor.org.districtId,
    action: 'hardship.print',
    object: `hardshipFile:${id}`,
    fields: [layout.title],
  })
  return {
    name: `${layout.title}_${file.name}.docx`,
    bytes: () => writeForm(filled, mark, deps.mode === 'demo' ? '演示数据　不作公文使用' : undefined),
  }
}
