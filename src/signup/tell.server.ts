import { sql } from 'kysely'
import { accounts, tell } from '#notify/tell.server.ts'
import { rows, type Tx } from '#server/database.server.ts'

/** Where she reads how she stands. */
export const myLink = '/my/events'

/** Tells those whom entries are of, and whoever signed them up; in the transaction that changed the entries. */
export function tellEntries(tx: Tx, entries: readonly string[], subject: string, but: string | null): void {
  if (entries.length === 0) return
  tell(
    tx,
    accounts(sql`SELECT app.accounts_of_entries(${[...entries]}::uuid[])`),
    { kind: 'notice', subject, link: myLink },
    but,
  )
}

/** Tells those who were promoted: a place at once, or an offer that wants an answer. */
export async function tellPromoted(tx: Tx, entries: readonly string[], but: string | null): Promise<void> {
  if (entries.length === 0) return
  const all = await rows<{ id: string; state: string; title: string }>(
    tx,
    sql`SELECT x.id, s.state, s.title FROM unnest(${[...entries]}::uuid[]) x(id) JOIN LATERAL app.entry_state(x.id) s ON true`,
  )
  for (const { id, state, title } of all) {
    const subject =
      state === 'offered'
        ? `候补到位：“${title}”有了名额，请在期限内确认`
        : `候补成功：您已有“${title}”的名额；不能参加的请及时取消`
    tellEntries(tx, [id], subject, but)
  }
}
