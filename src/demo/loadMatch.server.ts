import { sql } from 'kysely'
import { sha256, type CryptoProvider } from '#crypto/provider.server.ts'
import { closed } from '#match/seal.server.ts'
import { matchText } from '#match/text.ts'
import { rows, type Tx } from '#server/database.server.ts'
import { idOf } from './loadTree.server.ts'

const insert = (tx: Tx, table: string, list: readonly object[]) =>
  sql`INSERT INTO ${sql.raw(`app.${table}`)} SELECT * FROM jsonb_populate_recordset(NULL::${sql.raw(`app.${table}`)}, ${JSON.stringify(list)}::jsonb)`.execute(
    tx,
  )

const cards: readonly (readonly [name: string, alias: string, about: string])[] = [
  ['王示平', '爬山的鱼', '周末常去爬山，想认识作息规律、爱运动的朋友'],
  ['李例林', '夜读人', '喜欢看书和老电影，话不多，愿意听人说话'],
  ['张演春', '海边单车', '下班骑车看海，会做几道家常菜'],
  ['刘样华', '小城慢火', '性子慢，喜欢养花，想找一个合得来的人'],
  ['陈示安', '早班地铁', '倒班工作，休息日陪父母，也爱打羽毛球'],
  ['赵例秋', '一杯清茶', '喜欢喝茶聊天，希望对方真诚、顾家'],
]

/** Six made-up men of one unit take part in match-making; the worker of the picker has not joined. */
export async function loadMatch(tx: Tx, crypto: CryptoProvider): Promise<void> {
  const areas = await rows<{ name: string }>(
    tx,
    sql`SELECT o.short_name AS name FROM app.org o WHERE o.tier = 'district' ORDER BY o.scope_code`,
  )
  // A unit that no worker of the picker belongs to.
  const [unit] = await rows<{ id: number }>(
    tx,
    sql`SELECT p.org_id AS id FROM app.person p WHERE NOT EXISTS (SELECT FROM app.post t WHERE t.org_id = p.org_id AND t.role = 'worker') GROUP BY 1 ORDER BY 1 DESC LIMIT 1`,
  )
  if (!unit) throw new Error('loadMatch: no unit for the men of the demo')
  const taking = cards.map(([name, alias, about], n) => ({
    name,
    alias,
    about,
    person: idOf(98, n),
    id: idOf(98, 100 + n),
  }))
  await insert(
    tx,
    'person',
    taking.map(({ person, name }, n) => ({
      id: person,
      org_id: unit.id,
      state: 'active',
      name,
      name_sort: name,
      id_kind: 'none',
      sex: '男',
      birth_year: 1982 + 2 * n,
      version: 1,
      created_at: '2020-04-01T01:00:00Z',
      updated_at: '2020-04-01T01:00:00Z',
    })),
  )
  await insert(
    tx,
    'membership',
    taking.map(({ person }, n) => ({
      id: idOf(98, 200 + n),
      person_id: person,
      org_id: unit.id,
      kind: '会员',
      from_on: '2019-03-01',
      joined_by: '入会',
    })),
  )
  await insert(
    tx,
    'match_profile',
    taking.map(({ person, id, alias, about }, n) => ({
      person_id: person,
      id,
      card: closed(crypto, 'card', id, JSON.stringify({ alias, area: areas[n % areas.length]!.name, about })),
      contact: closed(crypto, 'contact', id, `演示号码 139000000${10 + n}`),
      text_hash: sha256(matchText),
      single_on: '2020-04-10',
    })),
  )
}
