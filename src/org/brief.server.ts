import { sql, type RawBuilder } from 'kysely'

/** A row of app.org as the brief of the API; `alias` is the table's in the statement. */
export const briefOf = (alias: string): RawBuilder<unknown> =>
  sql.raw(
    `jsonb_build_object('id', ${alias}.id, 'code', ${alias}.org_code, 'name', ${alias}.name, 'shortName', ${alias}.short_name, 'tier', ${alias}.tier)`,
  )
