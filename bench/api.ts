import { training, type Cast } from './cast.ts'
import { sideBySide, timed, timesOf, together, type Rate, type Times } from './clock.ts'
import { must, openClient, type Client } from './http.ts'

export type Pair = { http: Times; plain: Times | null }
/** Reads of the same rows by plain SQL; null where nothing but the server may open the database. */
export type Plain = { totals(): Promise<unknown>; drill(): Promise<unknown>; list(): Promise<unknown> } | null
export type ApiTimes = {
  create: Rate
  batch: Rate
  acceptMany: Times
  totals: Pair
  drill: Pair
  list: Pair
  firstPage: Times
  deepPage: Times
  mixed: Rate
  mixedList: Times
  fresh: boolean
}

export const listQuery = 'size=50&state=accepted&from=2019-01-01&until=2019-12-31'
const clients = 8

/** Everything that goes over HTTP. `deep` is the cursor of a row far down the list of contracts. */
export async function measureApi(
  port: number,
  cast: Cast,
  plain: Plain,
  deep: { cursor: string; size: number },
  quick: boolean,
): Promise<ApiTimes> {
  const [runs, seconds] = quick ? [20, 2] : [150, 8]
  const city = openClient(port, cast.city.token)
  const pair = async (path: string, other: (() => Promise<unknown>) | undefined): Promise<Pair> => {
    const get = async () => must(await city.get(path))
    if (!other) return { http: await timed(runs, get), plain: null }
    const [http, sql] = await sideBySide(runs, get, other)
    return { http, plain: sql }
  }
  const totals = await pair(`/api/figures?org=${cast.city.org}&year=2019`, plain?.totals)
  const drill = await pair(
    `/api/figures/drill?org=${cast.city.org}&year=2019&indicator=${cast.codes.join()}`,
    plain?.drill,
  )
  const list = await pair(`/api/records/contract?${listQuery}`, plain?.list)
  const page = `/api/records/contract?size=${deep.size}`
  const [firstPage, deepPage] = await sideBySide(
    runs,
    async () => must(await city.get(page)),
    async () => must(await city.get(`${page}&after=${deep.cursor}`)),
  )
  const desks = cast.desks.slice(0, clients)
  const enterers = desks.map((d) => openClient(port, d.enters))
  const enter = async (c: number) => must(await enterers[c]!.post('/api/records/training', training()))
  // A server that has run for a while: its code is compiled, its plans are made.
  await together(clients, seconds, enter)
  const create = await together(clients, seconds, enter)
  const batch = await together(clients, seconds, async (c) =>
    must(
      await enterers[c]!.post('/api/records/training/batch', {
        records: Array.from({ length: 100 }, training),
      }),
    ),
  )
  await mixedLoad(port, cast, enterers, seconds)
  const { mixed, mixedList } = await mixedLoad(port, cast, enterers, seconds * 1.5)
  return {
    totals,
    drill,
    list,
    firstPage,
    deepPage,
    create,
    batch,
    mixed,
    mixedList,
    acceptMany: await acceptMany(enterers[0]!, openClient(port, desks[0]!.decides), quick ? 2 : 7),
    fresh: await isFresh(city, enterers[0]!, openClient(port, desks[0]!.decides), cast),
  }
}

const hundred = () => ({ records: Array.from({ length: 100 }, training) })

/** A reviewer takes 500 records at once, having opened those that the server names. */
async function acceptMany(enterer: Client, reviewer: Client, rounds: number): Promise<Times> {
  const list: number[] = []
  for (let round = 0; round < rounds; round++) {
    const items: { id: string; version: number }[] = []
    while (items.length < 500) {
      const { records } = must(await enterer.post('/api/records/training/batch', hundred())) as {
        records: { id: string; version: number; state: string }[]
      }
      items.push(...records.map(({ id, version }) => ({ id, version })))
    }
    const kept = await withoutWarnings(reviewer, items)
    const named = await reviewer.post('/api/review/accept', { items: kept })
    const { mustOpen } = named.body['details'] as { mustOpen: string[] }
    for (const id of mustOpen) must(await reviewer.get(`/api/records/training/${id}`))
    const start = performance.now()
    const { accepted } = must(await reviewer.post('/api/review/accept', { items: kept })) as {
      accepted: number
    }
    if (round > 0) list.push(((performance.now() - start) * 500) / accepted)
  }
  return timesOf(list)
}

/** A batch may hold none with warnings; those are named and left out. */
async function withoutWarnings(
  reviewer: Client,
  items: { id: string; version: number }[],
): Promise<{ id: string; version: number }[]> {
  const answer = await reviewer.post('/api/review/accept', { items })
  const ids = new Set((answer.body['details'] as { ids?: string[] }).ids ?? [])
  return items.filter((i) => !ids.has(i.id))
}

/** Of ten requests four lists, two details, two figures, one inbox, one entry. */
async function mixedLoad(
  port: number,
  cast: Cast,
  enterers: Client[],
  seconds: number,
): Promise<{ mixed: Rate; mixedList: Times }> {
  const readers = cast.desks.slice(0, clients).map((d) => openClient(port, d.decides))
  const lists: number[] = []
  const known: string[][] = readers.map(() => [])
  const mixed = await together(clients, seconds, async (c, n) => {
    const [reader, kind] = [readers[c]!, (n + c) % 10]
    if (kind < 4 || known[c]!.length === 0) {
      const start = performance.now()
      const found = must(
        await reader.get(`/api/records/training?size=50${kind < 2 ? '&state=accepted' : '&from=2019-01-01'}`),
      )
      lists.push(performance.now() - start)
      known[c] = (found['rows'] as { id: string }[]).map((r) => r.id)
    } else if (kind < 6) must(await reader.get(`/api/records/training/${known[c]![n % known[c]!.length]!}`))
    else if (kind < 8) must(await reader.get(`/api/figures?org=${cast.desks[c]!.district}&year=2019`))
    else if (kind < 9) must(await reader.get('/api/inbox?box=review'))
    else must(await enterers[c]!.post('/api/records/training', training()))
  })
  return { mixed, mixedList: timesOf(lists) }
}

/** The city's figure right after an acceptance is answered: exactly the people of that one record more. */
async function isFresh(city: Client, enterer: Client, reviewer: Client, cast: Cast): Promise<boolean> {
  const asked = {
    ...training(),
    body: {
      ...(training()['body'] as object),
      startsOn: '2019-05-06',
      endsOn: '2019-05-06',
      all: 60,
      women: 60,
    },
  }
  const value = async () => {
    const { figures } = must(await city.get(`/api/figures?org=${cast.city.org}&year=2019`)) as {
      figures: { indicator: string; value: number }[]
    }
    return figures.find((f) => f.indicator === 'training.attendances')!.value
  }
  const before = await value()
  const { id } = must(await enterer.post('/api/records/training', asked)) as { id: string }
  must(await reviewer.post(`/api/records/training/${id}/actions`, { action: 'accept', version: 1 }))
  return (await value()) === before + 60
}
