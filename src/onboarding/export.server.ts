import { sql, type RawBuilder } from 'kysely'
import { can, type Place } from '#identity/decide.ts'
import { Problem } from '#kit/problem.ts'
import type { Asked } from '#export/api.ts'
import type { OpenSource } from '#export/source.server.ts'
import { refLabel } from '#intake/ref.ts'
import { shownFields } from '#intake/target.ts'
import type { Cell } from '#paper/sheet/cell.ts'
import { cellOf, columnOf } from '#paper/sheet/fieldColumn.ts'
import { first } from '#server/database.server.ts'
import { onboardingTarget } from './sheets.ts'
import { standingUnits, unitRef, type Standing } from './unitUpdate.server.ts'

const [sheet] = onboardingTarget.sheets

const within = (code: RawBuilder<unknown>, scope: string): RawBuilder<unknown> =>
  sql`(${code} >= ${scope} AND ${code} < ${`${scope}~`})`

/**
 * The units at and below one, or those that she marked, by the columns of the template: what the city mends in such a workbook
 * comes back as updates. By the right of the page that shows them: also what is only looked at leaves. @throws Problem.notFound
 */
export const openUnits: OpenSource<Extract<Asked, { kind: 'orgs' }>> = async (
  { tx, actor },
  { org, ids },
) => {
  if (!can(actor, 'org.read')) throw Problem.denied({ what: '您的岗位不查看组织资料' })
  const at = await first<Place & { name: string }>(
    tx,
    sql`SELECT id, name, scope_code AS "scopeCode", view_code AS "viewCode" FROM app.org WHERE id = ${org ?? actor.org.id}`,
  )
  if (!at || !can(actor, 'figure.read', at)) throw Problem.notFound()
  const own = actor.org.scopeCode
  const units = await standingUnits(
    tx,
    sql`${within(sql`o.scope_code`, at.scopeCode)} AND (${within(sql`o.scope_code`, own)} OR ${within(sql`o.view_code`, own)})${ids ? sql` AND o.id = ANY (${ids}::int[])` : sql``}`,
  )
  const fields = shownFields(sheet!)
  const cellsOf = (unit: Standing): Cell[] => [
    unitRef(unit),
    ...fields.map(([key, field]) => cellOf(field, unit.values[key])),
  ]
  const columns = fields.map(([, field]) => columnOf(field))
  return {
    title: '单位资料',
    scope: [`${at.name}${ids ? '及所属单位中选定的单位' : '及所属单位'}`],
    rows: units.length,
    // Directors and delegates stand in it by name.
    personal: true,
    columns: columns.map(({ title }) => title),
    sheets: () => [
      {
        name: sheet!.label,
        columns: [{ title: refLabel, kind: 'text', width: 12, hidden: true }, ...columns],
        rows: units.map((unit) => ({ cells: cellsOf(unit) })),
      },
    ],
  }
}
