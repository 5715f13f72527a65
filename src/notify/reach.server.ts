import { sql } from 'kysely'
import { bounds } from '#kit/bounds.ts'
import { openSecret, sealSecret } from '#crypto/secret.server.ts'
import { Problem } from '#kit/problem.ts'
import type { Issue } from '#kit/programme.ts'
import type { UnitOfWork } from '#audit/unitOfWork.server.ts'
import type { Actor } from '#identity/actor.ts'
import type { Deps } from '#server/deps.server.ts'
import { first, rows, type Tx } from '#server/database.server.ts'
import type { Reach, ReachChange } from './api.ts'
import { channelKinds, type ChannelKind } from './channel.ts'
import { maskOf, wrongAddress } from './words.ts'

type Kept = { addresses: Partial<Record<ChannelKind, string>>; channels: ChannelKind[]; hour: number }

const about = (accountId: string, kind: ChannelKind): string => `${accountId} ${kind}`

const keptOf = (tx: Tx, accountId: string): Promise<Kept | null> =>
  first<Kept>(
    tx,
    sql`SELECT addresses, channels, hour FROM app.contact WHERE account_id = ${accountId}::uuid`,
  )

/** The address of an account on a channel, or null where she took it back. */
export async function addressOf(
  deps: Pick<Deps, 'crypto'>,
  tx: Tx,
  accountId: string,
  kind: ChannelKind,
): Promise<string | null> {
  const kept = await keptOf(tx, accountId)
  const sealed = kept?.channels.includes(kind) ? kept.addresses[kind] : undefined
  return sealed === undefined
    ? null
    : openSecret(deps.crypto, 'jinguo.contact', sealed, about(accountId, kind))
}

/** How she is told of news, addresses masked, and what went out lately. */
export async function readReach(deps: Deps, tx: Tx, actor: Actor): Promise<Reach> {
  const [kept, log] = await Promise.all([
    keptOf(tx, actor.accountId),
    rows<Reach['log'][number]>(
      tx,
      sql`SELECT channel, on_day AS "onDay", state, fault FROM app.delivery WHERE account_id = ${actor.accountId}::uuid ORDER BY on_day DESC, channel LIMIT ${bounds.deliveriesToMe.most}`,
    ),
  ])
  return {
    hour: kept?.hour ?? 9,
    channels: channelKinds
      .filter((kind) => deps.waysOut.channels[kind])
      .map((kind) => {
        const sealed = kept?.addresses[kind]
        return {
          kind,
          isOn: kept?.channels.includes(kind) ?? false,
          address:
            sealed === undefined
              ? null
              : maskOf(kind, openSecret(deps.crypto, 'jinguo.contact', sealed, about(actor.accountId, kind))),
        }
      }),
    log,
  }
}

/** Changes how she is told; an address that is not given stays, an empty one is taken away. @throws Problem.invalid */
export async function changeReach(deps: Deps, tx: Tx, work: UnitOfWork, given: ReachChange): Promise<void> {
  const { actor } = work
  const kept = await keptOf(tx, actor.accountId)
  const addresses = { ...kept?.addresses }
  const issues: Issue[] = []
  for (const { kind, isOn, address } of given.channels) {
    const typed = address?.trim()
    if (typed === '') delete addresses[kind]
    else if (typed !== undefined) {
      const wrong = wrongAddress(kind, typed)
      if (wrong) issues.push({ field: kind, message: wrong })
      else addresses[kind] = sealSecret(deps.crypto, 'jinguo.contact', typed, about(actor.accountId, kind))
    }
    if (isOn && !deps.waysOut.channels[kind]) issues.push({ field: kind, message: '本系统没有开通这种方式' })
    else if (isOn && addresses[kind] === undefined)
      issues.push({ field: kind, message: '请先填写地址，再打开提醒' })
  }
  if (issues.length > 0) throw Problem.invalid({ issues })
  const channels = given.channels.filter(({ isOn }) => isOn).map(({ kind }) => kind)
  await sql`INSERT INTO app.contact (account_id, addresses, channels, hour) VALUES (${actor.accountId}::uuid, ${JSON.stringify(addresses)}::jsonb, ${channels}::text[], ${given.hour})
    ON CONFLICT (account_id) DO UPDATE SET addresses = EXCLUDED.addresses, channels = EXCLUDED.channels, hour = EXCLUDED.hour, updated_at = now()`.execute(
    tx,
  )
  work.audit({
    districtId: actor.org.districtId,
    action: 'account.reach',
    object: `account:${actor.accountId}`,
    fields: ['hour', ...channels],
  })
}
