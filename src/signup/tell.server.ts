import { sql } from 'kysely'
import { accounts, tell } from '#notify/tell.server.ts'
import { rows, type Tx } from '#server/database.server.ts'
import type { Ended } from './places.server.ts'

/** Where she reads how she stands. */
export const myLink = '/my/events'

/** Tells those whom entries are of; in the transaction that changed the entries. */
export function tellHer(tx: Tx, entries: readonly string[], subject: string, but: string | null): void {
  if (entries.length === 0) return
  tell(
    tx,
    accounts(sql`SELECT app.accounts_of_entries(${[...entries]}::uuid[])`),
    { kind: 'notice', subject, link: myLink },
    but,
  )
}

/** Tells those whom entries are of how it went; who signed them up learns that there is news, and reads it where she may. */
export async function tellEntries(
  tx: Tx,
  entries: readonly string[],
  subject: string,
  but: string | null,
): Promise<void> {
  if (entries.length === 0) return
  tellHer(tx, entries, subject, but)
  const events = await rows<{ id: string; title: string }>(
    tx,
    sql`SELECT DISTINCT p.event_id AS id, p.title FROM app.proxies_of_entries(${[...entries]}::uuid[]) p`,
  )
  for (const { id, title } of events)
    tell(
      tx,
      sql`SELECT p.account_id, p.org_id FROM app.proxies_of_entries(${[...entries]}::uuid[]) p WHERE p.event_id = ${id}::uuid`,
      { kind: 'notice', subject: `您代报的会员有新结果：${title}`, link: `/events/${id}` },
      but,
    )
}

/** Tells who is marked as absent, with the way to appeal, and who still waited when it ended. */
export async function tellEnded(
  tx: Tx,
  title: string,
  { missed, remained }: Pick<Ended, 'missed' | 'remained'>,
  but: string | null,
): Promise<void> {
  tellHer(
    tx,
    missed,
    `“${title}”登记您没有到场；有特殊情况或登记有误的，请在“我的活动”里说明原因，主办单位会答复`,
    but,
  )
  await tellEntries(tx, remained, `“${title}”已经办完，您没有等到名额`, but)
}

/** Tells those who were promoted: a place at once, or an offer that wants an answer. */
export async function tellPromoted(tx: Tx, entries: readonly string[], but: string | null): Promise<void> {
  if (entries.length === 0) return
  const all = await rows<{ id: string; state: string; title: string }>(
    tx,
    sql`SELECT x.id, s.state, s.title FROM unnest(${[...entries]}::uuid[]) x(id) JOIN LATERAL app.entry_state(x.id) s ON true`,
  )
  const those = new Map<string, string[]>()
  for (const { id, state, title } of all) {
    const subject =
      state === 'offered'
        ? `候补到位：“${title}”有了名额，请在期限内确认`
        : `候补成功：您已有“${title}”的名额；不能参加的请及时取消`
    those.set(subject, [...(those.get(subject) ?? []), id])
  }
  for (const [subject, ids] of those) await tellEntries(tx, ids, subject, but)
}
