import { afterEach, describe, expect, it, vi } from 'vitest'
import { unsentWords } from '../shell/unsentWords.ts'
import { cameBefore, isStillHeld, uploaded, type KeptScan } from './kept.ts'
import { keep, readKept, sendKept, wipeKept } from './scans.dom.ts'

const entryId = '00000000-0000-4000-8000-0000000000e1'
const event = '00000000-0000-4000-8000-0000000000e0'
const ticket = `JG1.0123abcd.${event}.${entryId}.q8w2a0.q8w9zz.${'x'.repeat(86)}`
const scan = (more: Partial<KeptScan> = {}): KeptScan => ({
  id: '00000000-0000-4000-8000-0000000000a1',
  ticket,
  at: '2020-05-01T01:00:00.000Z',
  outcome: null,
  code: null,
  ...more,
})
const done = (id: string) => ({ results: [{ id, outcome: 'taken' as const, code: null, cameAt: null }] })

afterEach(() => vi.unstubAllGlobals())

describe('a ticket held up a second time', () => {
  it('is told with the first time, by the clock of the server', () => {
    expect(cameBefore([scan()], entryId, null, 60_000)).toBe('2020-05-01T01:01:00.000Z')
    expect(cameBefore([], entryId, '2020-05-01T08:59:00+08:00', 0)).toBe('2020-05-01T00:59:00.000Z')
    expect(cameBefore([scan()], entryId, '2020-05-01T08:59:00+08:00', 0)).toBe('2020-05-01T00:59:00.000Z')
    expect(cameBefore([scan({ ticket: undefined, entryId })], entryId, null, 0)).not.toBeNull()
  })

  it('is the first where the earlier one was refused, here or by the server, or was of another', () => {
    const refused = [scan({ fault: 'early' }), scan({ outcome: 'refused', code: 'early' })]
    expect(cameBefore(refused, entryId, null, 0)).toBeNull()
    expect(cameBefore([scan()], event, null, 0)).toBeNull()
    expect(cameBefore([scan()], undefined, null, 0)).toBeNull()
  })

  it('is passed over by the camera while it is held there', () => {
    expect(isStillHeld(null, ticket, 0)).toBe(false)
    expect(isStillHeld({ text: ticket, atMs: 0 }, ticket, 4999)).toBe(true)
    expect(isStillHeld({ text: ticket, atMs: 0 }, ticket, 5000)).toBe(false)
    expect(isStillHeld({ text: ticket, atMs: 0 }, 'another', 10)).toBe(false)
  })
})

it('an uploaded scan keeps its place and what was said, not the ticket', () => {
  const [first, second] = uploaded([scan(), scan({ id: 'b' })], done(scan().id))
  expect(first).toEqual({ id: scan().id, entryId, at: scan().at, outcome: 'taken', code: null })
  expect(second).toEqual(scan({ id: 'b' }))
})

const store = () => {
  const kept: Record<string, string> = {}
  const hidden = { enumerable: false }
  Object.defineProperties(kept, {
    getItem: { ...hidden, value: (name: string) => kept[name] ?? null },
    setItem: { ...hidden, value: (name: string, value: string) => void (kept[name] = value) },
    removeItem: { ...hidden, value: (name: string) => delete kept[name] },
  })
  vi.stubGlobal('localStorage', kept)
  return kept
}

describe('signing out', () => {
  it('sends what was scanned, counts what could not be sent, of her alone, and leaves nothing', async () => {
    const kept = store()
    const online = vi.fn<typeof fetch>((_, init) => {
      const { scans } = JSON.parse(init!.body as string) as { scans: { id: string }[] }
      return Promise.resolve(Response.json(done(scans[0]!.id)))
    })
    keep(event, 'me', [scan(), scan({ id: 'sent', outcome: 'taken' })])
    keep(event, 'another', [scan()])
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('no line')))
    expect(await sendKept('me')).toBe(1)
    expect(readKept(event, 'me')[0]!.outcome).toBeNull()
    vi.stubGlobal('fetch', online)
    vi.stubGlobal('window', { crypto: { getRandomValues: (of: Uint16Array) => of } })
    expect(await sendKept('me')).toBe(0)
    expect(online).toHaveBeenCalledTimes(1)
    expect(readKept(event, 'me')[0]).toMatchObject({ outcome: 'taken', entryId })
    expect(readKept(event, 'another')[0]!.outcome).toBeNull()
    wipeKept()
    expect(Object.keys(kept).filter((name) => name.startsWith('jinguo-scans'))).toEqual([])
  })

  it('tells each kind', () => {
    expect(unsentWords(2, 0)).toBe('有 2 份填写的内容还没有上传')
    expect(unsentWords(0, 3)).toBe('有 3 条现场扫码还没有上传')
    expect(unsentWords(1, 3)).toBe('有 1 份填写的内容、3 条现场扫码还没有上传')
  })
})
