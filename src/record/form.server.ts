import type { UnitOfWork } from '#audit/unitOfWork.server.ts'
import { headMark } from '#audit/mark.server.ts'
import { longDay } from '#kit/day.ts'
import { Problem } from '#kit/problem.ts'
import type { Programme } from '#kit/programme.ts'
import { writeForm } from '#paper/docx/form.server.ts'
import { fillForm } from '#paper/form/fill.ts'
import { formsFor, type FormLayout } from '#paper/form/layout.ts'
import type { Tx } from '#server/database.server.ts'
import type { Deps } from '#server/deps.server.ts'
import { getRecord } from './act.server.ts'
import { accountName, brief } from './place.server.ts'
import { stateLabels } from './workflow.ts'

/** Under the table: what the paper is, so that nobody takes it for a statutory form. */
const below = (state: string): string =>
  `本表按系统记录填制，打印时记录状态为“${state}”；空白处手工填写。本表为本系统自拟的工作用表，未编表号、文号。`

/**
 * A record on one of its programme's forms, ready for the seal. Whoever may read the record may print it; that it was
 * printed stands in the audit.
 * @throws Problem.notFound for a hidden record and for a form that does not fit it
 */
export async function printForm(
  deps: Deps,
  tx: Tx,
  work: UnitOfWork,
  programme: Programme,
  layouts: readonly FormLayout[],
  { id, form }: { id: string; form: string },
): Promise<{ name: string; bytes: () => Promise<Uint8Array> }> {
  const { spine, row } = await getRecord(tx, work.actor, programme, id)
  const layout = formsFor(layouts, row).find(({ key }) => key === form)
  if (!layout) throw Problem.notFound()
  const own = {
    '@org': (await brief(tx, spine.org_id)).name,
    '@person': await accountName(tx, spine.submitted_by),
    '@today': longDay(deps.today()),
  }
  const filled = fillForm(layout, programme, row, own, below(stateLabels[spine.state]))
  const mark = await headMark(tx, spine.district_id)
  work.audit({
    districtId: spine.district_id,
    action: 'record.print',
    object: `${programme.key}:${id}`,
    fields: [layout.title],
  })
  return {
    name: `${layout.title}_${spine.title}.docx`,
    bytes: () => writeForm(filled, mark, deps.mode === 'demo' ? '演示数据　不作公文使用' : undefined),
  }
}
