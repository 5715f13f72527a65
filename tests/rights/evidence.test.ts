import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { EvidenceList } from '#record/evidence/api.ts'
import { openStore } from '#record/evidence/store.server.ts'
import { rows } from '#server/database.server.ts'
import type { Answer, Stage } from '../support/client.ts'
import { peek } from '../support/play.ts'
import {
  canary,
  makeThings,
  openMatrixStage,
  people,
  relationOf,
  states,
  type Level,
  type Standing,
  type Thing,
} from './stage.ts'

let stage: Stage
let folder: string
let picture: Buffer
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'jinguo-files-'))
  stage = await openMatrixStage()
  stage.world.deps.files = openStore(folder)
  picture = await sharp({ create: { width: 8, height: 8, channels: 3, background: '#b3262e' } })
    .jpeg()
    .toBuffer()
}, 120_000)
afterAll(async () => {
  await stage.close()
  rmSync(folder, { recursive: true })
})

/** A line, a view line and a unit that moved, by both classes; U5's are the co-hosted ones. */
const isAsked = ({ owner, hosted }: Thing) => hosted || ['U1', 'U6', 'U7'].includes(owner)
/** An upload is written to disk before anybody looks at rights: of like standings one is enough. */
const added: readonly Standing[] = ['submitted', 'returned', 'voided']
const asks = ['list', 'file', 'preview', 'add', 'remove'] as const
type Ask = (typeof asks)[number]
const fileName = `${canary}名单.jpg`

/** A file on every record, in whatever state: put there behind the server, as voided records take none. */
async function withFiles(things: readonly Thing[]): Promise<Map<Thing, string>> {
  const draft = randomUUID()
  await stage
    .as('U1')
    .put(
      `/api/drafts/${draft}`,
      { programme: 'training', kind: 'draft', body: {}, sequence: 1 },
      { key: null },
    )
  const address = `/api/records/training/${draft}/evidence/${randomUUID()}?name=${encodeURIComponent(fileName)}`
  const sent = await stage.as('U1').upload(address, picture)
  if (sent.status !== 200) throw new Error(sent.raw)
  const files = new Map(things.map((thing) => [thing, randomUUID()]))
  for (const [{ record }, id] of files)
    await sql`INSERT INTO app.evidence (district_id, id, record_id, org_id, name, type, bytes, hash, account_id)
      SELECT r.district_id, ${id}::uuid, r.id, r.org_id, e.name, e.type, e.bytes, e.hash, e.account_id
      FROM app.record r, app.evidence e WHERE r.id = ${record.id}::uuid AND e.draft_id = ${draft}::uuid`.execute(
      stage.world.deps.db,
    )
  return files
}

function ask(who: string | null, what: Ask, { key, record }: Pick<Thing, 'key' | 'record'>, file: string) {
  const base = `/api/records/${key}/${record.id}/evidence`
  const caller = stage.as(who)
  if (what === 'list') return caller.get(base)
  if (what === 'add')
    return caller.upload(`${base}/${randomUUID()}?name=${encodeURIComponent('补充.jpg')}`, picture)
  if (what === 'remove') return caller.del(`${base}/${file}`)
  return caller.get(`${base}/${file}${what === 'preview' ? '/preview' : ''}`)
}

const open: readonly Standing[] = ['returned', 'withdrawn']

/**
 * Who may, told from the rules and not from the engine: cadres of the owner and above it on the line look, cadres of the owner
 * add until the record is voided and take off while nobody reviews it; through view line and co-hosting it is told that there is
 * nothing to see, to all others nothing.
 */
function expected(role: string | null, relation: string, what: Ask, { level, standing }: Thing): string {
  if (role === null) return '401.1'
  const looks = what === 'list' || what === 'file' || what === 'preview'
  if (role !== 'cadre' && !(looks && role === 'service')) return '403.1'
  const inScope = /^(own|parent|grandparent|great-grandparent)/.test(relation)
  if (!inScope) return level === 'S1' && /^(viewing|co-host)/.test(relation) ? '403.1' : '404.1'
  if (looks) return 'ok'
  if (!relation.startsWith('own')) return '403.1'
  if (what === 'add') return standing === 'voided' ? '422.11' : 'ok'
  return open.includes(standing) ? 'ok' : '422.11'
}

const codeOf = ({ status, body }: Answer) => (status === 200 ? 'ok' : String(body['code']))
const unnamed = (raw: string) => raw.replace(/"reqId":"[^"]*"/, '')

it('files: each person, of each record, in each standing may what the rules say, and denials tell nothing', async () => {
  const things = (await makeThings(stage)).filter(isAsked)
  const files = await withFiles(things)
  const nowhere = { id: randomUUID(), version: 1, state: '', turnOf: null }
  const faults: string[] = []
  const allowed: Record<Ask, number> = { list: 0, file: 0, preview: 0, add: 0, remove: 0 }
  const seen = { standings: new Set<Standing>(), levels: new Set<Level>() }
  let cells = 0
  for (const who of people)
    for (const what of asks)
      await stage.trial(async (tx) => {
        // The quota of a day is another rule: its own test.
        const absent = new Map<string, string>()
        for (const key of new Set(things.map((t) => t.key)))
          absent.set(key, unnamed((await ask(who, what, { key, record: nowhere }, randomUUID())).raw))
        for (const thing of things) {
          if (what === 'add' && !added.includes(thing.standing)) continue
          const file = files.get(thing)!
          const count = async () =>
            (
              await rows<{ n: number }>(
                tx,
                sql`SELECT count(*) AS n FROM app.evidence WHERE removed_at IS NULL`,
              )
            )[0]!.n
          const { answer, moved } = await peek(tx, async () => {
            const before = await count()
            const got = await ask(who, what, thing, file)
            return { answer: got, moved: (await count()) - before }
          })
          cells++
          const { role } = who === null ? { role: null } : stage.world.person(who)
          const relation = who === null ? '' : relationOf(stage, who, thing)
          const code = codeOf(answer)
          const should = expected(role, relation, what, thing)
          const where = `${who} ${what} ${thing.owner} ${thing.level} ${thing.standing} (${relation})`
          if (code !== should) faults.push(`${where}: ${code} instead of ${should}`)
          const change = code !== 'ok' ? 0 : what === 'add' ? 1 : what === 'remove' ? -1 : 0
          if (moved !== change) faults.push(`${where}: ${moved} files more`)
          if (code === 'ok') {
            allowed[what]++
            seen.standings.add(thing.standing)
            seen.levels.add(thing.level)
          } else {
            if (answer.raw.includes(canary)) faults.push(`${where}: a canary in a denial`)
            if (answer.status === 404 && unnamed(answer.raw) !== absent.get(thing.key))
              faults.push(`${where}: hidden differs from absent`)
          }
          if (what === 'list' && code === 'ok') {
            const { files: listed, mayAdd, mayRemove } = answer.body as unknown as EvidenceList
            if (listed.map((f) => f.name).join() !== fileName) faults.push(`${where}: lists ${listed.length}`)
            const offers = [expected(role, relation, 'add', thing), expected(role, relation, 'remove', thing)]
            if ([mayAdd, mayRemove].join() !== offers.map((o) => o === 'ok').join())
              faults.push(`${where}: offers ${mayAdd}, ${mayRemove}`)
          }
        }
      })
  console.log(`cells of evidence files: ${cells}, allowed ${JSON.stringify(allowed)}`)
  expect(faults.slice(0, 20)).toEqual([])
  expect(cells).toBeGreaterThan(5_000)
  expect([...seen.standings].sort()).toEqual([...states].sort())
  expect(seen.levels).toEqual(new Set(['S1', 'S2']))
}, 600_000)
