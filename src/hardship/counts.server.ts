import { sql } from 'kysely'
import type { UnitOfWork } from '#audit/unitOfWork.server.ts'
import { Problem } from '#kit/problem.ts'
import { condolence, condolencePaid, hardship } from '#programmes/hardship/definition.ts'
import { enterAccepted } from '#record/flow.server.ts'
import { first, type Tx } from '#server/database.server.ts'
import type { Deps } from '#server/deps.server.ts'

/**
 * Enters what the aid centre did as an accepted record of counts of its own unit. The files went through several hands
 * already: of those who had them before, one has brought it, and the actor is another. Names stay in the files.
 * @param hands persons who had it in hand before
 */
export async function enterCounts(
  deps: Pick<Deps, 'catalogue' | 'today'>,
  tx: Tx,
  work: UnitOfWork,
  hands: readonly (string | null)[],
  what: string,
  values: Record<string, unknown>,
  on = deps.today(),
): Promise<void> {
  const { actor } = work
  const personId = hands.find((one) => one !== null && one !== actor.personId)
  const brought = await first<{ id: string }>(
    tx,
    sql`SELECT id FROM app.account WHERE person_id = ${personId ?? null}::uuid ORDER BY id LIMIT 1`,
  )
  if (!personId || !brought) throw Problem.fourEyes({ what: '前面各步都是您办的' })
  await enterAccepted(
    deps,
    tx,
    work,
    values['aidKind'] === condolence ? condolencePaid : hardship,
    {
      orgId: actor.org.id,
      accountId: brought.id,
      personId,
      reason: '由困难帮扶档案登记，经办和核定是两个人',
    },
    {
      title: `${Number(on.slice(0, 4))}年${Number(on.slice(5, 7))}月${what}`,
      startsOn: on,
      endsOn: on,
      grade: '实名',
      ...values,
    },
  )
}
