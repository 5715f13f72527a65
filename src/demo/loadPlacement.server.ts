import { sql } from 'kysely'
import { sha256 } from '#crypto/provider.server.ts'
import type { Tx } from '#server/database.server.ts'
import { demoCadre } from './loadTasks.server.ts'
import { idOf } from './loadTree.server.ts'

/** A round of childcare places of the city that families may still wish in, over the classes that are shown. */
export async function loadPlacement(tx: Tx): Promise<void> {
  const city = await demoCadre(tx, 'city')
  const [district, id] = [city.org.districtId, idOf(99, 0)]
  // A made-up installation has a made-up secret: nothing hangs on it.
  const secret = sha256('演示轮次')
  await sql`INSERT INTO app.childcare_round (district_id, id, org_id, title, about, state, version, opens_at, closes_at, source, secret_hash, made_by, made_on)
    VALUES (${district}, ${id}::uuid, ${city.org.id}, '暑假职工子女托管班报名', '小学一至六年级；午餐自理，接送人以现场登记为准', 'open', 2, '2020-04-10T09:00:00+08:00', '2020-05-31T18:00:00+08:00',
      '2020年6月1日上证指数收盘点位', ${sha256(secret)}, ${city.accountId}::uuid, '2020-04-08')`.execute(tx)
  await sql`INSERT INTO app.childcare_secret VALUES (${district}, ${id}::uuid, ${secret})`.execute(tx)
  await sql`INSERT INTO app.childcare_round_class SELECT ${district}::int, ${id}::uuid, row_number() OVER (ORDER BY c.id), c.id, c.org_id, c.title, c.place, least(c.places, 20)
    FROM app.childcare_class c WHERE c.state = 'published'`.execute(tx)
}
