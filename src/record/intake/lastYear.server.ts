import { sql } from 'kysely'
import { isCarried } from '#kit/field/kind.ts'
import type { Programme } from '#kit/programme.ts'
import type { Actor } from '#identity/actor.ts'
import { cellText } from '#intake/ref.ts'
import type { Cell } from '#paper/sheet/cell.ts'
import type { Deps } from '#server/deps.server.ts'
import type { Tx } from '#server/database.server.ts'
import { mustEnter } from '../create.server.ts'
import { bounds } from '#kit/bounds.ts'
import { briefs } from '../place.server.ts'
import { loadRecords } from '../rows.server.ts'
import { visible } from '../visible.server.ts'
import { ofTitle, recordTargetOf } from './target.ts'

/**
 * What the unit entered last year, as a start: names, places, choices and rows of children as they were; dates and numbers
 * are this year's own and stay empty, so that nothing of last year is reported twice.
 */
export async function lastYear(
  deps: Deps,
  tx: Tx,
  actor: Actor,
  programme: Programme,
): Promise<Record<string, Cell[][]>> {
  mustEnter(actor, programme)
  const year = Number(deps.today().slice(0, 4)) - 1
  const found = await loadRecords(
    tx,
    programme,
    sql`r.org_id = ${actor.org.id} AND r.programme = ${deps.catalogue.programmeId(programme.key)} AND ${visible(actor)}
      AND r.state IN ('accepted', 'submitted', 'returned') AND r.occurred_on BETWEEN ${`${year}-01-01`}::date AND ${`${year}-12-31`}::date
      ORDER BY r.occurred_on, r.id LIMIT ${bounds.lastYear.most}`,
  )
  const names = await briefs(
    tx,
    found.flatMap(({ spine }) => spine.co_hosts),
  )
  const rows: Record<string, Cell[][]> = {}
  for (const { key, fields, hidden = [] } of recordTargetOf(programme).sheets) {
    const shown = Object.entries(fields).filter(([name]) => !hidden.includes(name))
    rows[key] = found.flatMap(({ spine, row }) => {
      const hosts = spine.co_hosts.map((id) => names.get(id)?.name ?? '').join('、')
      const lines =
        key === programme.key
          ? [{ ...row, coHosts: hosts }]
          : (row[key] as object[]).map((line) => ({ ...line, [ofTitle]: spine.title }))
      return lines.map((line: Record<string, unknown>) =>
        // Rows of children name their record by its title, so the title comes as well.
        shown.map(([name, field]): Cell =>
          name === 'title' || isCarried(field) ? cellText(line[name]) || null : null,
        ),
      )
    })
  }
  return rows
}
