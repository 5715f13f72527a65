import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { SuggestionInbox } from '#help/api.ts'
import type { TaskList } from '#task/api.ts'
import { openStage, type Stage } from '../support/client.ts'
import { well } from '../support/hardship.ts'
import { survey } from '../support/tasks.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

type Page = { rows: { id: string }[]; next: string | null }
/** All pages of a desk, as ids. */
async function pages(who: string, url: string): Promise<string[][]> {
  const found: string[][] = []
  for (let next: string | null = '0'; next !== null;) {
    const page: Page = well(
      await stage.as(who).get<Page>(`${url}${url.includes('?') ? '&' : '?'}after=${next}`),
    )
    found.push(page.rows.map(({ id }) => id))
    next = page.next
  }
  return found
}
const sizes = (found: string[][]) => [found.map((page) => page.length), new Set(found.flat()).size]

it('complaints come fifty a page, none twice, and what is open is counted over all pages', () =>
  stage.trial(async (tx) => {
    const { accountId, personId } = stage.world.person('U1')
    await sql`INSERT INTO app.suggestion (district_id, id, org_id, account_id, person_id, kind, body, sent_at)
      SELECT o.district_id, md5(g::text)::uuid, o.id, ${accountId}::uuid, ${personId}::uuid, 'suggestion', 'x', now()
      FROM app.org o, generate_series(1, 120) g WHERE o.id = ${stage.world.org('U1')}`.execute(tx)
    expect(sizes(await pages('C', '/api/suggestions/inbox'))).toEqual([[50, 50, 20], 120])
    expect(well(await stage.as('C').get<SuggestionInbox>('/api/suggestions/inbox?after=100')).open).toBe(120)
    expect((await stage.as('C').get('/api/suggestions/inbox?after=-1')).status).toBe(400)
  }))

it('tasks of many years come fifty a page, the last page ending it', () =>
  stage.trial(async (tx) => {
    const { id } = well(await stage.as('D1').post<{ id: string }>('/api/tasks', survey()))
    await sql`INSERT INTO app.task SELECT n.* FROM app.task t, generate_series(1, 99) g,
        jsonb_populate_record(t, jsonb_build_object('id', md5(g::text))) n WHERE t.id = ${id}::uuid`.execute(
      tx,
    )
    expect(sizes(await pages('D1', '/api/tasks?box=sent'))).toEqual([[50, 50], 100])
    expect(well(await stage.as('D1').get<TaskList>('/api/tasks?box=sent&after=50')).next).toBeNull()
  }))
