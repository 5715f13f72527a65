import * as z from 'zod/mini'

/** What a table holds: an object of numbers, texts, choices, and rows of them. */
export type RuleSchema = z.ZodMiniObject

export type RuleVersion<V = unknown> = {
  /** First day on which it holds, until the next version begins. */
  fromOn: string
  /** 法规名 条号, or the city's own document. */
  basis: string
  value: V
}

/** A dated table: thresholds, ages, quotas, subsidies, formulas and days that law and city set and change. */
export type Rule<S extends RuleSchema = RuleSchema> = {
  key: string
  title: string
  explain: string
  schema: S
  /** Chinese names of its values by path: `days`, `levels`, `levels.upTo`. The editor is drawn from schema and labels. */
  labels: Readonly<Record<string, string>>
  /** What came with the program, ascending. */
  versions: readonly RuleVersion<z.infer<S>>[]
}

/** A value as it held on a day; `version` is kept beside whatever was decided by it. */
export type RuleValue<V> = { value: V; version: string; basis: string; fromOn: string }

/** Versions that the city entered and a second person approved. */
export type CityVersion = RuleVersion & { key: string }

/** What every table says on any day. */
export type RuleBook = {
  on<S extends RuleSchema>(rule: Rule<S>, day: string): RuleValue<z.infer<S>>
}

/** Declares a table, beside the domain that reads it; `register.ts` lists them all. */
export function defineRule<const S extends RuleSchema>(rule: Rule<S>): Rule<S> {
  return rule
}

const lastBegun = <V extends RuleVersion>(versions: readonly V[], day: string): V | undefined =>
  versions.reduce<V | undefined>(
    (best, one) => (one.fromOn <= day && (!best || one.fromOn >= best.fromOn) ? one : best),
    undefined,
  )

/**
 * The city's versions go before those of the program: of either the one that began last. Before the first of all, the
 * first. A version that no longer fits its table is passed over, and the editor shows it as such.
 */
export function ruleBook(entered: readonly CityVersion[]): RuleBook {
  return {
    on: <S extends RuleSchema>(rule: Rule<S>, day: string) => {
      type V = z.infer<S>
      const fits = entered.filter(
        (one): one is RuleVersion<V> & CityVersion =>
          one.key === rule.key && z.safeParse(rule.schema, one.value).success,
      )
      const ours = lastBegun(fits, day)
      const found = ours ?? lastBegun(rule.versions, day) ?? rule.versions[0]!
      return {
        value: found.value,
        basis: found.basis,
        fromOn: found.fromOn,
        version: `${rule.key}@${found.fromOn}${ours ? '·市' : ''}`,
      }
    },
  }
}

/** What the program brings, where no database is at hand: forms before they have loaded, tests. */
export const builtInRules = ruleBook([])
