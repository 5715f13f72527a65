import { createHash, randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { Followed, SiloDetail } from '#silo/api.ts'
import type { Duty, Silo } from '#silo/kinds.ts'
import type { Db } from '#server/database.server.ts'
import type { Answer, Client } from './client.ts'
import { well } from './hardship.ts'
import type { Refusal } from './play.ts'
import type { Person, World } from './world.ts'

/** Seats a handler of the city in a silo, with a session of her own; `home` is the unit that employs her. */
export async function seatHandler(
  owner: Db,
  world: World,
  name: string,
  works: Partial<Record<Silo, Duty>>,
  home: string | null = null,
): Promise<Person> {
  const id = randomUUID()
  const person: Person = {
    name,
    token: `token-of-${name}`.padEnd(32, '-'),
    accountId: id,
    personId: id,
    postId: id,
    role: 'handler',
    org: 'C',
  }
  const homeId = home === null ? null : world.org(home)
  await sql`INSERT INTO app.account (id, person_id, login, name, title, is_demo) VALUES (${id}::uuid, ${id}::uuid, ${name}, ${`演示${name}`}, '演示', true)`.execute(
    owner,
  )
  await sql`INSERT INTO app.post (id, account_id, org_id, role, from_on) VALUES (${id}::uuid, ${id}::uuid, ${world.org('C')}, 'handler', '2018-01-01')`.execute(
    owner,
  )
  await sql`INSERT INTO app.session (token_hash, account_id, post_id, is_demo, id, aal, is_password_due, device, created_at, seen_at, expires_at)
    VALUES (${createHash('sha256').update(person.token).digest()}, ${id}::uuid, ${id}::uuid, true, ${id}::uuid, 2, false, '', now(), now(), now() + interval '1 day')`.execute(
    owner,
  )
  for (const [silo, duty] of Object.entries(works))
    await sql`INSERT INTO app.silo_seat (post_id, silo, duty, home_org, set_by) VALUES (${id}::uuid, ${silo}, ${duty}, ${homeId}::int, ${id}::uuid)`.execute(
      owner,
    )
  return person
}

export const matter = {
  silo: 'complaint' as Silo,
  topic: '性骚扰',
  orgId: null as number | null,
  body: '主管多次在加班时言语骚扰，拒绝以后被调岗',
  contact: '',
}

type Told = { code: string; isUrgent: boolean }

/** The moves of a matter over HTTP. */
export function silosAt(client: Pick<Client, 'as'>) {
  const nobody = client.as(null)
  const open = { key: null }
  const look = (who: string | Person, id: string) =>
    client.as(who).post<SiloDetail & Refusal>(`/api/silos/${id}/look`, undefined, open)
  return {
    tell: (more: object = {}): Promise<Answer<Told & Refusal>> =>
      nobody.post('/api/tell', { nonce: randomUUID(), ...matter, ...more }, open),
    follow: async (code: string): Promise<Followed> =>
      well(await nobody.post<Followed>('/api/tell/look', { code }, open)),
    hold: (code: string, act: string, text?: string) =>
      nobody.post<{ isUrgent: boolean } & Refusal>('/api/tell/acts', { code, act, text }, open),
    rows: async (who: string | Person) =>
      well(await client.as(who).get<{ rows: { id: string; no: string; topic: string }[] }>('/api/silos'))
        .rows,
    look,
    act: async (who: string | Person, id: string, act: string, more: object = {}) => {
      const { version } = well(await look(who, id))
      return client.as(who).post<Refusal>(`/api/silos/${id}/acts`, { act, version, ...more })
    },
  }
}
