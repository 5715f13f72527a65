import { sql } from 'kysely'
import type { UnitOfWork } from '#audit/unitOfWork.server.ts'
import { isDay } from '#kit/day.ts'
import { Problem } from '#kit/problem.ts'
import { giveConsent, textHash } from '#person/consent.server.ts'
import { rows, type Tx } from '#server/database.server.ts'
import type { Deps } from '#server/deps.server.ts'

// A place in a round rests on two consents, her data to the union and to the hospital: when she is listed, booked and handed over.

const purposes = ['screening', 'handOver'] as const
const refuse = (field: string, message: string): Problem => Problem.invalid({ issues: [{ field, message }] })
/** 「王示一、李示二等 12 人」. */
const named = (names: readonly string[]): string =>
  names.slice(0, 5).join('、') + (names.length > 5 ? `等 ${names.length} 人` : '')

/** Whether both consents of a person, by a column of the query around it, stand in the words of today. */
export const hasAgreed = (person: string) =>
  sql<boolean>`((SELECT count(DISTINCT c.purpose) FROM app.consent c WHERE c.person_id = ${sql.ref(person)} AND c.withdrawn_at IS NULL
    AND (c.purpose, c.text_hash) IN ((${purposes[0]}, ${textHash(purposes[0])}), (${purposes[1]}, ${textHash(purposes[1])}))) = 2)`

type Woman = { id: string; name: string; agreed: boolean }

/** Both consents; noted here where she signed on paper, and never in the place of what she took back later. @throws Problem.invalid */
export async function mustHaveAgreed(
  deps: Pick<Deps, 'today'>,
  tx: Tx,
  work: UnitOfWork,
  women: readonly Woman[],
  agreedOn: string | undefined,
): Promise<void> {
  const without = women.filter((one) => !one.agreed)
  if (without.length === 0) return
  if (agreedOn === undefined)
    throw refuse(
      'agreedOn',
      `${named(without.map(({ name }) => name))}还没有登记同意：请本人签署“两癌”筛查和移交筛查医院两份同意书后，填写签署日期`,
    )
  if (!isDay(agreedOn) || agreedOn > deps.today()) throw refuse('agreedOn', '签署日期不能晚于今天')
  const took = await tookBack(
    tx,
    without.map(({ id }) => id),
  )
  const issues = without.flatMap(({ id, name }) => {
    const on = took.get(id)
    return on === undefined || agreedOn > on
      ? []
      : [
          {
            field: 'personIds',
            message: `${name}已在 ${on} 撤回同意：须在这以后由本人重新签署，再填新的签署日期；不愿参加的请登记“本人不参加”`,
          },
        ]
  })
  if (issues.length > 0) throw Problem.invalid({ issues: issues.slice(0, 10) })
  for (const { id } of without)
    for (const purpose of purposes)
      await giveConsent(tx, work, { personId: id, purpose, givenOn: agreedOn, form: 'paper' })
}

/** The last day on which a consent was taken back that has none after it. */
async function tookBack(tx: Tx, ids: readonly string[]): Promise<Map<string, string>> {
  const found = await rows<{ id: string; on: string }>(
    tx,
    sql`SELECT c.person_id AS id, max((c.withdrawn_at AT TIME ZONE 'Asia/Shanghai')::date)::text AS on FROM app.consent c
      WHERE c.person_id = ANY (${[...ids]}::uuid[]) AND c.purpose IN (${purposes[0]}, ${purposes[1]}) AND NOT EXISTS (SELECT FROM app.consent n
        WHERE n.person_id = c.person_id AND n.purpose = c.purpose AND n.withdrawn_at IS NULL) GROUP BY 1`,
  )
  return new Map(found.map(({ id, on }) => [id, on]))
}

/** Still both, of those who have a place. @throws Problem.invalid */
export function mustStillAgree(field: string, women: readonly { name: string; agreed: boolean }[]): void {
  const without = women.filter((one) => !one.agreed).map(({ name }) => name)
  if (without.length > 0)
    throw refuse(
      field,
      `${named(without)}没有同意或已撤回同意（“两癌”筛查和移交筛查医院两份都要有）：请她的单位移出名单；本人重新签署的，先在会员登记里补上`,
    )
}
