import { sql, type RawBuilder } from 'kysely'
import type pg from 'pg'
import { findProgramme } from '#programmes/index.ts'
import { countStatement, pageStatement, rowsStatement, type Asked } from '#record/list.server.ts'
import { openDb } from '#server/database.server.ts'
import type { Cast } from './cast.ts'
import type { Plain } from './api.ts'

/** Composes statements for connections of the bench's own. */
const compileOnly = openDb(null as never)

const months = Array.from({ length: 12 }, (_, m) => `r.m${String(m + 1).padStart(2, '0')}`).join(' + ')
const value = `sum(CASE i.nature WHEN 'stock' THEN r.m00 + ${months} ELSE ${months} END)`

/** The same rows by plain SQL, as superuser: no policy, no session, no pending deltas, nothing made of the answer. */
export function plainReads(client: pg.Client, cast: Cast): NonNullable<Plain> {
  return {
    totals: () =>
      client.query(`SELECT i.code, r.yr, r.state, r.line, ${value} FROM app.rollup r JOIN app.indicator i ON i.id = r.indicator_id
        WHERE r.org_id = ${cast.city.org} AND r.yr IN (2018, 2019) GROUP BY 1, 2, 3, 4`),
    drill: () =>
      client.query(
        `SELECT c.des, i.code, r.state, ${value} FROM app.org_closure c JOIN app.rollup r ON r.org_id = c.des AND (r.line = 0 OR r.line = 1 AND c.line > 0)
          JOIN app.indicator i ON i.id = r.indicator_id
          WHERE c.anc = ${cast.city.org} AND c.depth <= 1 AND r.yr = 2019 AND i.code = ANY($1) GROUP BY 1, 2, 3`,
        [cast.codes],
      ),
    list: async () => {
      await client.query(page)
      await client.query(count)
    },
  }
}

/** The number of `contract` by migration 0006. As the server has it: of a number the planner knows how common it is, of a look-up not. */
const contract = 7
const where = `r.programme = ${contract} AND r.state = 'accepted'
    AND r.occurred_on BETWEEN '2019-01-01' AND '2019-12-31'`
const order = 'ORDER BY r.occurred_on DESC, r.id DESC LIMIT 51'
const page = `SELECT r.*, t.* FROM app.record r JOIN app.contract t ON t.district_id = r.district_id AND t.record_id = r.id WHERE ${where} ${order}`
const count = `SELECT count(*) FROM (SELECT 1 FROM app.record r WHERE ${where} LIMIT 10001) x`

/** The server's own statements of a page and its bounded count, as the app login in the context of a unit and as superuser. */
export function listWithAndWithoutPolicy(
  app: pg.Client,
  superuser: pg.Client,
  scope: string,
): [() => Promise<void>, () => Promise<void>] {
  const programme = findProgramme('contract')!
  const asked: Asked = { programme, ofTypedRow: false, where: sql.raw(where), arms: armsOf(scope) }
  const both = async (client: pg.Client) => {
    const ask = async (statement: RawBuilder<unknown>) => {
      const { sql: text, parameters } = statement.compile(compileOnly)
      return client.query(text, parameters as unknown[])
    }
    const keys = await ask(pageStatement(asked, sql`true`, false, 51, 0))
    await ask(rowsStatement(programme, keys.rows as { district_id: number; id: string }[]))
    await ask(countStatement(asked))
  }
  return [
    async () => {
      await app.query(`BEGIN; SET LOCAL app.scope = '${scope}'; SET LOCAL app.scope_end = '${scope}~'`)
      await both(app)
      await app.query('COMMIT')
    },
    async () => {
      await superuser.query('BEGIN')
      await both(superuser)
      await superuser.query('COMMIT')
    },
  ]
}

/** As arms(actor, scope) says it, without co-hosts. */
function armsOf(scope: string): RawBuilder<unknown>[] {
  const range = (column: string) => sql.raw(`r.${column} >= '${scope}' AND r.${column} < '${scope}~'`)
  const [own, viewed] = [range('scope_code'), range('view_code')]
  return [sql`r.class <= 2 AND ${own}`, sql`r.class <= 2 AND ${viewed} AND NOT (${own})`]
}
