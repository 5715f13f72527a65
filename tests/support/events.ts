import { sql } from 'kysely'
import type {
  Attendance,
  EventAct,
  EventCode,
  EventDetail,
  EventDone,
  EventList,
  NewEvent,
  ProxyDone,
  PublicDraw,
} from '#signup/api.ts'
import type { MyEvents, MyStanding } from '#signup/myApi.ts'
import { nowOf } from '#signup/clock.server.ts'
import { dueJob, sweepJob } from '#signup/sweep.server.ts'
import { inTransaction, rows, type Db, type Tx } from '#server/database.server.ts'
import { identityContext } from '#server/deps.server.ts'
import type { Job } from '#server/jobs.server.ts'
import type { Stage } from './client.ts'
import { well } from './hardship.ts'
import type { Refusal } from './play.ts'

/** Sign-up from yesterday to the end of the twentieth, the event on the first of May. */
export const eventBody: NewEvent = {
  kind: 'class',
  title: '示例插花班',
  place: '示例工会二楼',
  about: '自带花剪',
  mode: 'firstCome',
  isPublic: true,
  opensAt: '2020-04-15T09:00:00+08:00',
  closesAt: '2020-04-21T00:00:00+08:00',
  cancelUntil: '2020-04-30T09:00:00+08:00',
  startsAt: '2020-05-01T09:00:00+08:00',
  endsAt: '2020-05-01T11:00:00+08:00',
  cap: 2,
  hasList: true,
  offerHours: 12,
  noShow: null,
  allotments: [],
  sexCaps: null,
  slots: [],
  sessions: [],
  doneRule: null,
  drawSource: '',
}

/** In a trial: whoever stands in the queue of an event waits in vain. */
export const holdQueue = (tx: Tx) =>
  sql`CREATE OR REPLACE FUNCTION app.wait_turn(of_event uuid) RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$ BEGIN
    RAISE EXCEPTION 'lock timeout' USING ERRCODE = '55P03'; END $$`.execute(tx)

const at = (id: string, rest = '') => `/api/events/${id}${rest}`

const job = (key: string): Job => ({
  id: '',
  districtId: 0,
  kind: '',
  key,
  payload: {},
  attempt: 1,
  lease: '',
})

/** The moves of an event over HTTP: D1 puts it up; the world's people are women in the register of their units. */
export function eventsAt(stage: Pick<Stage, 'as' | 'world'>) {
  const { world } = stage
  const read = async (who: string, id: string) => well(await stage.as(who).get<EventDetail>(at(id)))
  const make = (changes: object = {}, who = 'D1') =>
    stage.as(who).post<EventDone & Refusal>('/api/events', { ...eventBody, ...changes })
  const step = async (id: string, act: EventAct, reason?: string, who = 'D1', version?: number) =>
    stage.as(who).post<EventDone & Refusal>(at(id, '/steps'), {
      act,
      version: version ?? (await read('D1', id)).version,
      ...(reason === undefined ? {} : { reason }),
    })
  const put = async (changes: object = {}) => {
    const { id } = well(await make(changes))
    well(await step(id, 'publish'))
    return id
  }
  const mine = async (who: string) => well(await stage.as(who).get<MyEvents>('/api/my/events'))
  const act = (who: string, entry: string, what: string, body?: object) =>
    stage.as(who).post<MyStanding & Refusal>(`/api/enrolments/${entry}/${what}`, body)
  return {
    at,
    read,
    make,
    step,
    put,
    mine,
    act,
    list: async (who: string, box: string) =>
      well(await stage.as(who).get<EventList>(`/api/events?box=${box}`)).rows,
    enter: (who: string, id: string, key?: string) =>
      stage.as(who).post<MyStanding & Refusal>(`/api/my/events/${id}/entry`, undefined, key ? { key } : {}),
    proxy: (who: string, id: string, personIds: string[]) =>
      stage.as(who).post<ProxyDone & Refusal>(at(id, '/enrolments'), { personIds }),
    entryOf: async (who: string, id: string) =>
      (await mine(who)).rows.find((row) => row.id === id)?.entry ?? null,
    code: (id: string, who = 'D1') => stage.as(who).get<EventCode & Refusal>(at(id, '/code')),
    checkIn: (who: string, url: string) =>
      stage.as(who).post<{ title: string } & Refusal>('/api/my/came', {
        code: new URL(url).searchParams.get('code') ?? '',
      }),
    tick: (id: string, personIds: string[], hasCome = true, how = 'tick', session?: Attendance['session']) =>
      stage.as('D1').put<{ noted: number } & Refusal>(at(id, '/attendance'), {
        personIds,
        hasCome,
        how,
        ...(session ? { session } : {}),
      }),
    draw: async (id: string) => well(await stage.as(null).get<PublicDraw>(`/api/draws/${id}`)),
    /** What the jobs do: the one that looks, and those that it leaves behind. @returns the events that were due */
    sweep: async (db: Db = world.deps.db) => {
      const { deps } = world
      const run = <T>(work: (tx: Tx) => Promise<T>) => inTransaction(db, identityContext(deps), work)
      await run((tx) => sweepJob.finish({ deps, tx, job: job('due'), prepared: undefined }))
      const left = await run((tx) =>
        rows<{ key: string }>(
          tx,
          sql`UPDATE app.job SET state = 'done', ended_at = now() WHERE kind = ${dueJob.kind} AND state = 'open' RETURNING key`,
        ),
      )
      for (const { key } of left)
        await run((tx) => dueJob.finish({ deps, tx, job: job(key), prepared: undefined }))
      return left.map(({ key }) => key)
    },
    now: () => nowOf(world.deps),
    person: (who: string) => world.person(who).personId,
    /** Enters the world's people, as women, into the register of their units. */
    register: (db: Db, ...names: string[]) =>
      rows(
        db,
        sql`INSERT INTO app.person (id, org_id, name, id_kind, sex) SELECT p.id, p.org, p.name, 'none', '女' FROM jsonb_to_recordset(${JSON.stringify(
          names.map((name) => ({
            id: world.person(name).personId,
            org: world.org(world.person(name).org),
            name: `示例${name}`,
          })),
        )}::jsonb) AS p (id uuid, org int, name text)`,
      ),
  }
}
