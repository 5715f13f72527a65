import { headMark } from '#audit/mark.server.ts'
import type { UnitOfWork } from '#audit/unitOfWork.server.ts'
import { writeDocx } from '#paper/docx/write.server.ts'
import { getRecord } from '#record/act.server.ts'
import { brief } from '#record/place.server.ts'
import { calendarAround } from '#rules/calendar.server.ts'
import type { Tx } from '#server/database.server.ts'
import type { Deps } from '#server/deps.server.ts'
import type { Clause } from './clauses.ts'
import { contract } from './definition.ts'
import { judgedOf } from './detail.server.ts'
import { printedModel } from './model.ts'
import { paperOf, paperTitles, type PaperKind, type Told } from './papers.ts'
import { stepsOf, type StepDates } from './steps.ts'
import { contractFloors } from './tables.ts'

/**
 * The text of a contract, or all that is filed with it, as one Word file. Whoever may read the record may print it; that it was
 * printed stands in the audit.
 * @throws Problem.notFound
 */
export async function contractPaper(
  deps: Deps,
  tx: Tx,
  work: UnitOfWork,
  id: string,
  kind: PaperKind,
): Promise<{ name: string; bytes: () => Promise<Uint8Array> }> {
  const { spine, row } = await getRecord(tx, work.actor, contract, id)
  const { rules, clauses } = await judgedOf(tx, row)
  const dates = row as unknown as StepDates
  const told: Told = {
    ...(row as unknown as Omit<Told, 'title' | 'org' | 'chapters' | 'clauses' | 'steps'>),
    title: spine.title,
    org: (await brief(tx, spine.org_id)).name,
    chapters: printedModel(
      (row['clauses'] ?? []) as Clause[],
      rules.on(contractFloors, dates.signedOn).value,
    ),
    clauses,
    steps: stepsOf(dates, rules, await calendarAround(tx, dates.effectiveOn), deps.today()),
  }
  const banner = deps.mode === 'demo' ? '演示数据　不作公文使用' : undefined
  const mark = await headMark(tx, spine.district_id)
  work.audit({
    districtId: spine.district_id,
    action: 'record.print',
    object: `contract:${id}`,
    fields: [paperTitles[kind]],
  })
  return {
    name: `${paperTitles[kind]}_${spine.title}.docx`,
    bytes: () => writeDocx(paperOf(kind, told, deps.today(), banner), { mode: 'clean', mark }),
  }
}
