import type { Answered, DayLine, EntryList, MemberList, RoundDetail, RoundDone } from '#screening/api.ts'
import type { Stage } from './client.ts'
import { well } from './hardship.ts'
import { entryOf, madeUpNumber } from './persons.ts'
import type { Refusal } from './play.ts'

export const hospital = '示例妇幼保健院'
export const roundBody = {
  title: '2020年第一批',
  fund: '市总',
  fromOn: '2020-04-16',
  untilOn: '2020-06-30',
  budget: 5000,
  price: 500,
  directed: 6,
  openPlaces: 2,
  days: [
    { hospital, onDay: '2020-04-16', capacity: 3 },
    { hospital, onDay: '2020-04-17', capacity: 2 },
    { hospital, onDay: '2020-06-30', capacity: 2 },
  ],
}

const at = (id: string, rest = '') => `/api/screening/rounds/${id}${rest}`

/** The moves of a screening round over HTTP: D1 opens it and names D1b; U4, which reports to D1, lists and books its women. */
export function screeningAt(stage: Pick<Stage, 'as' | 'world'>) {
  const as = (who: string) => stage.as(who)
  const read = async (who: string, id: string) => well(await as(who).get<RoundDetail>(at(id)))
  const step = async (who: string, id: string, name: string) =>
    as(who).post<RoundDone & Refusal>(at(id, '/steps'), {
      step: name,
      version: (await read(who, id)).version,
    })
  const allot = (who: string, id: string, org: string, quota: number) =>
    as(who).put<Refusal>(at(id, '/allotments'), { orgId: stage.world.org(org), quota })
  const name = (id: string, duty: string, whom = 'D1b') =>
    as('D1').post<Refusal>(at(id, '/handlers'), { accountId: stage.world.person(whom).accountId, duty })
  const play = {
    at,
    read,
    step,
    allot,
    name,
    make: (who: string, changes: object = {}) =>
      as(who).post<RoundDone & Refusal>('/api/screening/rounds', { ...roundBody, ...changes }),
    /** A woman of U4 by the day of her birth. */
    woman: async (n: number, birth: string, who = 'U4') =>
      well(
        await as(who).post<{ id: string }>('/api/persons', {
          body: entryOf(n, { idNumber: madeUpNumber(birth, 2 * n + 2) }),
        }),
      ).id,
    members: async (id: string, standing: string, who = 'U4') =>
      well(await as(who).get<MemberList>(at(id, `/members?standing=${standing}`))),
    list: (id: string, personIds: string[], more: object = { agreedOn: '2020-04-16' }, who = 'U4') =>
      as(who).post<{ count: number } & Refusal>(at(id, '/entries'), {
        personIds,
        quota: 'directed',
        ...more,
      }),
    entries: async (who: string, id: string, query = '') =>
      well(await as(who).get<EntryList>(at(id, `/entries${query}`))).rows,
    book: (id: string, entryIds: string[], day: DayLine, who = 'U4') =>
      as(who).post<{ count: number } & Refusal>(at(id, '/bookings'), { entryIds, dayId: day.id }),
    came: (id: string, lines: string[], who = 'D1b', head = '预约编码,到检,请本人联系医院') =>
      as(who).upload<Answered & Refusal>(at(id, '/attendance'), Buffer.from([head, ...lines, ''].join('\n'))),
    /** A woman of U4 who came on the last day of the round and is asked to call. */
    followed: async (personId: string) => {
      const { id, days } = await play.opened()
      well(await play.list(id, [personId]))
      well(await play.book(id, [(await play.entries('U4', id))[0]!.id], days[2]!))
      const { today } = stage.world.deps
      stage.world.deps.today = () => days[2]!.onDay
      well(await play.came(id, [`${(await play.entries('D1b', id))[0]!.code},到检,是`]))
      stage.world.deps.today = today
      return id
    },
    /** Open, with four of its places at U4, and D1b named for everything. */
    opened: async () => {
      const { id } = well(await as('D1').post<RoundDone>('/api/screening/rounds', roundBody))
      well(await step('D1', id, 'open'))
      well(await allot('D1', id, 'U4', 4))
      for (const duty of ['book', 'followUp']) well(await name(id, duty))
      return { id, days: (await read('D1', id)).days }
    },
  }
  return play
}
