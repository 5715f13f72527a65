import { sql, type RawBuilder } from 'kysely'

/**
 * The unit that keeps the record of an alias today: who holds it since a split, else its owner; of one that was merged its
 * successor. `keeperOf` says the same of a spine that was read with `spineOf`.
 */
export const keeper = (alias: string): RawBuilder<unknown> =>
  sql`(SELECT coalesce(h.successor_id, h.id) FROM app.org h WHERE h.id = coalesce(${sql.ref(`${alias}.held_by`)}, ${sql.ref(`${alias}.org_id`)}))`

/**
 * Whether a unit keeps the record of an alias today: `keeper` asked the other way round, by the units that became it, so that
 * the indexes of owner and holder find the rows.
 */
export const keptBy = (alias: string, unit: RawBuilder<unknown>): RawBuilder<unknown> => {
  const became = sql`SELECT h.id FROM app.org h WHERE h.successor_id = ${unit} OR h.id = ${unit} AND h.successor_id IS NULL`
  return sql`(${sql.ref(`${alias}.held_by`)} IS NULL AND ${sql.ref(`${alias}.org_id`)} = ANY (ARRAY(${became}))
    OR ${sql.ref(`${alias}.held_by`)} = ANY (ARRAY(${became})))`
}

/** The spine r as jsonb, with the unit that keeps it where that is not its owner. */
export const spineOf = sql`to_jsonb(r) || jsonb_build_object('held_by', nullif(${keeper('r')}, r.org_id))`
