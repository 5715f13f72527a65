import { sql } from 'kysely'
import type { Actor } from '#identity/actor.ts'
import type { Place } from '#identity/decide.ts'
import { visible } from '#record/visible.server.ts'
import { rows, type Tx } from '#server/database.server.ts'
import type { Board } from './api.ts'
import { toldStep, type Standing } from './steps.ts'

type Found = Standing & { process: Board['steps'][number]['process']; step: string }

/**
 * Where work stands between two hands: how much at each step, and how many days the oldest. What the reader may not see is
 * left out by the row policies; of files of persons, which stand only before their handlers, she learns besides how many stand
 * there in her unit and below it.
 */
export async function readSteps(
  tx: Tx,
  actor: Actor,
  at: Place & { id: number },
  today: string,
): Promise<Board['steps']> {
  const within = (code: string) =>
    sql`${sql.ref(code)} >= ${at.scopeCode} AND ${sql.ref(code)} < ${`${at.scopeCode}~`}`
  const days = (column: string) =>
    sql`greatest(0, ${today}::date - (${sql.ref(column)} AT TIME ZONE 'Asia/Shanghai')::date)`
  const found = await rows<Found>(
    tx,
    sql`SELECT process, step, count(*) AS count, max(days) AS longest FROM (
      SELECT 'record' AS process, r.state AS step, ${days('r.updated_at')} AS days FROM app.record r
        WHERE r.state IN ('submitted', 'returned') AND ${within('r.scope_code')} AND ${visible(actor)}
      UNION ALL SELECT 'record', 'correction', ${days('p.updated_at')} FROM app.proposal p JOIN app.record r ON r.district_id = p.record_district_id AND r.id = p.record_id
        WHERE p.kind IN ('correction', 'void') AND p.state = 'submitted' AND ${within('p.scope_code')} AND ${visible(actor)}
      UNION ALL SELECT 'task', a.state, ${days('a.received_at')} FROM app.task_answer a JOIN app.task t ON t.id = a.task_id AND t.closed_at IS NULL
        JOIN app.org o ON o.id = a.org_id WHERE a.state IN ('received', 'reported', 'returned') AND ${within('o.scope_code')}
      UNION ALL SELECT 'honour', n.state, ${days('n.created_at')} FROM app.honour_nomination n JOIN app.org o ON o.id = n.org_id
        WHERE n.state IN ('draft', 'unitNotice', 'upper', 'listed', 'chosen') AND ${within('o.scope_code')}
      UNION ALL SELECT 'hardship', f.state, greatest(0, ${today}::date - f.touched_on) FROM app.hardship_file f JOIN app.org o ON o.id = f.org_id
        WHERE f.state IN ('applied', 'returned', 'checked', 'visited', 'inquired', 'verified', 'noticed') AND ${within('o.scope_code')}
      UNION ALL SELECT 'aid', d.state, greatest(0, ${today}::date - d.asked_on) FROM app.hardship_aid d JOIN app.org o ON o.id = d.org_id
        WHERE d.state IN ('asked', 'checked', 'approved', 'sent') AND ${within('o.scope_code')}
    ) x GROUP BY 1, 2`,
  )
  const below =
    at.id === actor.org.id
      ? await rows<Found>(
          tx,
          sql`SELECT process, step, n AS count, greatest(0, ${today}::date - since) AS longest FROM app.hardship_steps_unseen()`,
        )
      : []
  const keys = new Map([...found, ...below].map((one) => [`${one.process} ${one.step}`, one]))
  return [...keys.values()].flatMap(({ process, step }) => {
    const at = (list: readonly Found[]) => list.find((x) => x.process === process && x.step === step) ?? null
    const told = toldStep(process, at(found), at(below))
    return told ? [{ process, step, ...told }] : []
  })
}
