import { sql } from 'kysely'
import type * as z from 'zod/mini'
import { keyed, type Tx } from '#server/database.server.ts'
import {
  builtInRules,
  ruleBook,
  type CityVersion,
  type Rule,
  type RuleBook,
  type RuleSchema,
  type RuleValue,
} from '#kit/rule.ts'

/** All tables as they hold on any day; one statement, whatever is asked of it afterwards. */
export async function readRules(tx: Tx): Promise<RuleBook> {
  return ruleBook(
    await keyed<CityVersion>(
      tx,
      sql`SELECT key, from_on::text AS "fromOn", basis, value FROM app.rule_version WHERE state = 'approved' ORDER BY from_on`,
    ),
  )
}

/** The tables for the checks of a programme: read only where they ask any. */
export const rulesFor = (tx: Tx, { ruled }: { ruled: boolean }): Promise<RuleBook> =>
  ruled ? readRules(tx) : Promise.resolve(builtInRules)

/** One table as it holds on a day. Whoever asks for several reads the book once. */
export async function ruleOn<S extends RuleSchema>(
  tx: Tx,
  rule: Rule<S>,
  day: string,
): Promise<RuleValue<z.infer<S>>> {
  return (await readRules(tx)).on(rule, day)
}
