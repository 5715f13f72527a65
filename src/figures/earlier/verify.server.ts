import { sql } from 'kysely'
import type { Deps } from '#server/deps.server.ts'
import { rows, type Tx } from '#server/database.server.ts'
import type { Difference } from '../verify.server.ts'
import { chained } from './write.server.ts'

type Held = {
  id: string
  org: number
  name: string
  indicator: string
  year: number
  value: number
  source: string
  isSame: boolean
  digests: string[]
}

/** Holds accepted totals of earlier years against the chain: each is what another person accepted, word for word. */
export async function compareEarlier(
  { crypto }: Pick<Deps, 'crypto'>,
  tx: Tx,
): Promise<{ totals: number; differences: Difference[] }> {
  const held = await rows<Held>(
    tx,
    sql`SELECT t.id, t.org_id AS org, o.name, i.code AS indicator, t.year, t.val::float8 AS value, t.source,
        e.person_id = d.person_id AS "isSame",
        ARRAY(SELECT a.body_hmac FROM app.audit a WHERE a.action = 'earlier.accept' AND a.object = 'earlier:' || t.id) AS digests
      FROM app.earlier_total t JOIN app.org o ON o.id = t.org_id JOIN app.indicator i ON i.id = t.indicator_id
      JOIN app.account e ON e.id = t.entered_by JOIN app.account d ON d.id = t.decided_by
      WHERE t.state = 'accepted' ORDER BY t.year, t.id`,
  )
  const differences = held.flatMap((total): Difference[] => {
    const at = `${total.name} ${total.indicator} ${total.year}年估报 ${total.value}`
    if (total.isSame) return [{ what: `${at}：录入人与审核人是同一人` }]
    return total.digests.includes(crypto.mac(JSON.stringify(chained(total))))
      ? []
      : [{ what: `${at}：与审核通过时不同` }]
  })
  return { totals: held.length, differences: differences.slice(0, 100) }
}
