import { sql, type RawBuilder } from 'kysely'
import type * as z from 'zod/mini'
import type { Preview } from '#rules/editor.server.ts'
import { first, type Tx } from '#server/database.server.ts'
import type { contractClock, contractCongress, contractTerm } from './tables.ts'

/** Accepted contracts valid on a day for which something holds. */
async function count(tx: Tx, day: string, holds: RawBuilder<unknown>): Promise<number> {
  const found = await first<{ n: number }>(
    tx,
    sql`SELECT count(*)::int AS n FROM app.contract c JOIN app.record r ON r.district_id = c.district_id AND r.id = c.record_id
      WHERE r.state = 'accepted' AND c.effective_on <= ${day}::date AND c.term_until_on >= ${day}::date AND (${holds})`,
  )
  return found!.n
}

/** The same question asked of the present and of the proposed value. */
const asked =
  <V>(label: string, holds: (value: V, day: string) => RawBuilder<unknown>): Preview =>
  async (tx, before, after, day) => {
    const [was, is] = await Promise.all(
      [before, after].map((value) => count(tx, day, holds(value as V, day))),
    )
    return [{ label, before: `${was} 份`, after: `${is} 份` }]
  }

const both =
  (...previews: readonly Preview[]): Preview =>
  async (tx, before, after, day) =>
    (await Promise.all(previews.map((one) => one(tx, before, after, day)))).flat()

type Clock = z.infer<typeof contractClock.schema>
type Congress = z.infer<typeof contractCongress.schema>
type Term = z.infer<typeof contractTerm.schema>

export const contractPreviews: Readonly<Record<string, Preview>> = {
  contractClock: both(
    asked<Clock>(
      '有效合同中签字后报送超期的',
      ({ fileDays }) => sql`c.filed_on > c.signed_on + ${fileDays}::int`,
    ),
    asked<Clock>(
      '有效合同中报送后不满期即生效的',
      ({ objectionDays }) => sql`c.effective_on < c.filed_on + ${objectionDays}::int`,
    ),
  ),
  contractCongress: both(
    asked<Congress>(
      '有效合同中职代会出席不足的',
      ({ presentParts, presentOf }) => sql`c.present * ${presentOf}::int < c.due * ${presentParts}::int`,
    ),
    asked<Congress>(
      '有效合同中赞成票不足的',
      ({ favourParts, favourOf }) => sql`c.in_favour * ${favourOf}::int < c.due * ${favourParts}::int`,
    ),
  ),
  contractTerm: asked<Term>(
    '有效合同中期限不足或超过的',
    ({ leastYears, mostYears }) =>
      sql`c.term_until_on < c.term_from_on + make_interval(years => ${leastYears}::int) - interval '1 day'
        OR c.term_until_on > c.term_from_on + make_interval(years => ${mostYears}::int)`,
  ),
}
