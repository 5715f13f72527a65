import type { Box, Inbox } from '#record/api.ts'
import type { Stage } from './client.ts'
import { well } from './hardship.ts'

/** What waits for somebody, box by box, as `what · link`; with no word of records. */
export function inboxOf(stage: Pick<Stage, 'as'>) {
  const look = async (who: string, box: Box) => well(await stage.as(who).get<Inbox>(`/api/inbox?box=${box}`))
  const cards = async (who: string, box: Box) =>
    (await look(who, box)).cards
      .filter(({ link }) => link !== null)
      .map(({ what, link }) => `${what} · ${link}`)
  return { look, cards }
}
