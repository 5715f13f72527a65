import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { randomUUID } from 'node:crypto'
import * as z from 'zod/mini'
import { findProgramme } from '#programmes/index.ts'
import type { Tx } from '#server/database.server.ts'
import type { Registered } from '#server/route.server.ts'
import { bodyOf } from '../support/bodies.ts'
import { openStage, type Answer, type Stage } from '../support/client.ts'
import { aidAt, household, well } from '../support/hardship.ts'
import { childcareAt } from '../support/childcare.ts'
import { screeningAt } from '../support/screening.ts'
import { honourPlay } from '../support/honours.ts'
import { entryOf } from '../support/persons.ts'
import { body, peek, playOn } from '../support/play.ts'

/**
 * A fuzzer over the API's own description: for each route requests made from its schemas, most of them spoilt somewhere.
 * The seed makes a run repeatable: JINGUO_FUZZ_SEED, JINGUO_FUZZ_ROUNDS.
 */
const seed = Number(process.env['JINGUO_FUZZ_SEED'] ?? 20191)
const rounds = Number(process.env['JINGUO_FUZZ_ROUNDS'] ?? 25)
/** Stands in records, drafts, members, households and nominations that the asking persons must not see. */
const canary = '丹顶鹤金丝雀'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

/** Mulberry32: small, seeded, good enough to choose by. */
function chooser(from: number) {
  let state = from
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
  return {
    chance: (p: number): boolean => next() < p,
    of: <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)]!,
  }
}
type Chooser = ReturnType<typeof chooser>

const texts = [
  '',
  ' ',
  '0',
  '-1',
  '1.5',
  '1e20',
  '99999999999',
  'NaN',
  '\0',
  '%',
  '%00',
  `'; --`,
  `"`,
  '\\',
  '_%',
  '-'.repeat(36),
  '2019-02-30',
  '2019-03-08',
  '2019-09-20_',
  'constructor',
  '__proto__',
  'toString',
  '𬱖㛃',
  '‮a',
  '<script>',
  '=1+1',
  '../..',
  'training:1',
  '长'.repeat(3e3),
  '\ud800',
  '2019',
  '201903',
  'null',
]
const values: unknown[] = [
  null,
  true,
  false,
  -1,
  0,
  1,
  1.5,
  1e20,
  2 ** 53,
  [],
  {},
  [null],
  [1e20],
  { a: '\u0000' },
]

type Schema = {
  type?: string
  enum?: unknown[]
  const?: unknown
  anyOf?: Schema[]
  properties?: Record<string, Schema>
  required?: string[]
  additionalProperties?: boolean | Schema
  items?: Schema
  prefixItems?: Schema[]
}

/** A value as a schema asks for it; texts come from `known` (ids of real things) or the list of awkward ones. */
function valueOf(schema: Schema, pick: Chooser, known: readonly string[], depth = 0): unknown {
  if (schema.const !== undefined) return schema.const
  if (schema.enum) return pick.of(schema.enum)
  if (schema.anyOf) return valueOf(pick.of(schema.anyOf), pick, known, depth)
  switch (schema.type) {
    case 'string':
      return pick.chance(0.6) ? pick.of(known) : pick.of(texts)
    case 'integer':
      return pick.of([0, 1, 2, -1, 7, 2019, 201903, 2 ** 31 - 1])
    case 'number':
      return pick.of([0, 1, 1.5, -1, 1e9])
    case 'boolean':
      return pick.chance(0.5)
    case 'null':
      return null
    case 'array':
      return Array.from({ length: pick.of([0, 1, 1, 2]) }, () =>
        valueOf(schema.items ?? {}, pick, known, depth + 1),
      )
    case 'object': {
      const given = Object.entries(schema.properties ?? {}).filter(
        ([name]) => schema.required?.includes(name) || pick.chance(0.4),
      )
      const made = Object.fromEntries(given.map(([name, of]) => [name, valueOf(of, pick, known, depth + 1)]))
      // A record's own values, which the route's schema leaves to the programme.
      return given.length === 0 && schema.additionalProperties !== false && depth > 0
        ? pick.of([body(), bodyOf(findProgramme('honour')!), household, {}, { title: pick.of(texts) }])
        : made
    }
    default:
      return pick.of(values)
  }
}

/** The same with one spot spoilt: another kind of value, a key too many, a key gone. */
function spoilt(value: unknown, pick: Chooser): unknown {
  if (typeof value !== 'object' || value === null || pick.chance(0.2)) return pick.of([...values, ...texts])
  if (Array.isArray(value)) return value.map((v) => (pick.chance(0.5) ? spoilt(v, pick) : v))
  const entries = Object.entries(value)
  if (entries.length === 0 || pick.chance(0.15))
    return { ...value, [pick.of(['stray', '__proto__x', 'id'])]: 1 }
  const [name, inner] = pick.of(entries)
  if (pick.chance(0.15)) return Object.fromEntries(entries.filter(([key]) => key !== name))
  return { ...value, [name]: spoilt(inner, pick) }
}

const schemaOf = (schema: z.ZodMiniType): Schema =>
  z.toJSONSchema(schema, { unrepresentable: 'any', io: 'input' }) as Schema

const problem = z.strictObject({
  code: z.string().check(z.regex(/^[45]\d\d\.\d+$/)),
  message: z.string().check(z.regex(/\p{Script=Han}/u)),
  reqId: z.string(),
  issues: z.optional(z.array(z.strictObject({ field: z.string(), message: z.string() }))),
  details: z.optional(z.record(z.string(), z.unknown())),
})

/**
 * A member, her household in hardship, a campaign and a nomination: of U1, so that its routes answer with content, and the same of
 * U5 full of canaries. @returns their ids by the addresses that take them
 */
async function sowPersons(tx: Tx): Promise<Record<string, string[]>> {
  const honour = honourPlay(stage)
  const campaign = await honour.opened()
  const ids = { persons: [] as string[], files: [] as string[], nominations: [] as string[] }
  for (const [unit, above, words] of [
    ['U1', 'D1', ''],
    ['U5', 'D2', canary],
  ] as const) {
    const named = words === '' ? {} : { name: `${words}甲` }
    const { id } = well(
      await stage.as(unit).post<{ id: string }>('/api/persons', { body: entryOf(ids.persons.length, named) }),
    )
    const aid = aidAt(stage)
    well(await aid.name(above, unit, unit, 'enter'))
    const told = { ...household, story: `${words}一人抚养孩子`, address: `${words}示例路 3 号` }
    const file = well(await aid.apply(unit, id, told))
    const nomination = await honour.begin(unit, campaign, { ...named, deeds: `${words}带班二十年` })
    ids.persons.push(id)
    ids.files.push(file.id)
    ids.nominations.push(nomination)
  }
  well(await aidAt(stage).name('C', 'D1', 'D1', 'check'))
  const { accountId } = stage.world.person('worker')
  await sql`UPDATE app.account SET person_id = ${ids.persons[0]!}::uuid WHERE id = ${accountId}::uuid`.execute(
    tx,
  )
  return {
    '/api/persons/:id': ids.persons,
    '/api/hardship/files/:id': ids.files,
    '/api/childcare/classes/:id': [await childcareAt(stage).approved()],
    '/api/screening/rounds/:id': [(await screeningAt(stage).opened()).id],
    '/api/honour-campaigns/:id': [campaign],
    '/api/honour-nominations/:id': ids.nominations,
  }
}

/** What is wrong with an answer, or null. */
function fault(route: Registered, answer: Answer): string | null {
  if (answer.status >= 500) return `failed: ${answer.raw}`
  if (answer.raw.includes(canary)) return 'shows what its asker must not see'
  const isJson = String(answer.headers['content-type']).startsWith('application/json')
  if (answer.status === 200)
    return !isJson || z.safeParse(route.reply, answer.body).success ? null : 'is not as its schema says'
  return z.safeParse(problem, answer.body).success ? null : `is no problem as told: ${answer.raw}`
}

describe('whatever is sent', () => {
  it(
    'no answer is a failure, breaks its schema or shows what its asker must not see',
    () =>
      stage.trial(async (tx) => {
        const play = playOn(stage.as)
        const own = await play.submit('U1')
        const foreign = await play.submit('U5', { title: `${canary}培训` })
        const draft = randomUUID()
        const secret = { programme: 'training', kind: 'draft', body: { title: canary }, sequence: 1 }
        await stage.as('U5').put(`/api/drafts/${draft}`, secret)
        const units = ['U1', 'U5', 'D1', 'C'].map((code) => String(stage.world.org(code)))
        const words = 'training honour training.sessions review year accepted 2019-03-08 2019 201903'.split(
          ' ',
        )
        const sown = await sowPersons(tx)
        const made = [own.id, foreign.id, draft, ...Object.values(sown).flat()]
        const known = [...made, randomUUID(), canary, ...words, ...units]
        // Each answers somebody with content, so that what is spoilt there is spoilt behind the door.
        for (const [url, [id]] of Object.entries(sown))
          expect([url, (await stage.as('U1').get(url.replace(':id', id!))).status]).toEqual([url, 200])
        const faults: string[] = []
        const seen = new Map<string, number>()
        for (const [n, route] of stage.routes.entries()) {
          const pick = chooser(seed + n)
          const [params, query, asked] = [route.params, route.query, route.body].map(schemaOf) as [
            Schema,
            Schema,
            Schema,
          ]
          for (let round = 0; round < rounds; round++) {
            const at = valueOf(params, pick, known) as Record<string, unknown>
            // A person's routes are mostly asked of persons, and so on: else hardly one answers with content.
            const like = Object.entries(sown).find(([url]) => route.url.startsWith(url))?.[1]
            if (like && pick.chance(0.8)) at['id'] = pick.of(like)
            const path = route.url.replace(/:(\w+)/g, (_, name: string) =>
              encodeURIComponent(wellFormed(String(at[name]))),
            )
            const parts = Object.entries(valueOf(query, pick, known) as Record<string, unknown>)
            if (pick.chance(0.1)) parts.push(['stray', '1'])
            const search = parts
              .map(([k, v]) => `${k}=${encodeURIComponent(wellFormed(String(v)))}`)
              .join('&')
            const wanted = valueOf(asked, pick, known)
            const payload = pick.chance(0.5) ? spoilt(wanted, pick) : wanted
            const who = pick.of(['U1', 'U1', 'S1', 'D1', 'worker', 'systemAdmin', 'auditAdmin', null])
            const url = search === '' ? path : `${path}?${search}`
            await peek(tx, async () => {
              const sent = route.method === 'GET' || route.method === 'DELETE' ? undefined : payload
              const answer = await stage.as(who).call(route.method, url, sent)
              const wrong = fault(route, answer)
              const tag = `${answer.status}`
              seen.set(tag, (seen.get(tag) ?? 0) + 1)
              if (wrong)
                faults.push(
                  `${route.method} ${url.slice(0, 120)} as ${who} ${JSON.stringify(sent)?.slice(0, 300)}: ${wrong.slice(0, 300)}`,
                )
            })
          }
        }
        expect(faults).toEqual([])
        const total = [...seen.values()].reduce((a, b) => a + b, 0)
        console.log(
          `fuzz: seed ${seed}, ${total} requests to ${stage.routes.length} routes, ${JSON.stringify(Object.fromEntries(seen))}`,
        )
        expect(seen.get('200') ?? 0).toBeGreaterThan(total / 50)
      }),
    300_000,
  )
})

/** As a browser would send it: half a character becomes its stand-in. */
const wellFormed = (text: string): string => text.replace(/\p{Surrogate}/gu, '\uFFFD')
