import { sha256 as digest } from '#crypto/provider.server.ts'
import { expect, it } from 'vitest'
import { compare, continues, follow, unseen, type Seen } from './witness.ts'

const rows = Array.from({ length: 12 }, (_, n) => digest(`row ${n + 1}`))
const headAt = async (hashes: readonly string[], seq: number): Promise<Seen> => ({
  seq,
  link: await follow(unseen.link, hashes.slice(0, seq), digest),
})
/** A server that gives three hashes at a time. */
const from =
  (hashes: readonly string[]) =>
  async (after: number, until: number): Promise<string[]> =>
    hashes.slice(after, Math.min(until, after + 3))

it('holds every head against every later one', async () => {
  for (let kept = 0; kept <= 12; kept++) {
    for (let now = kept; now <= 12; now++)
      expect(
        await continues(await headAt(rows, kept), await headAt(rows, now), from(rows), digest),
        `${kept} ${now}`,
      ).toBe(true)
  }
})

it('notices books that were set back, also when they have grown past the kept head again', async () => {
  const kept = await headAt(rows, 8)
  expect(compare(kept, await headAt(rows, 5))).toBe('no')
  const anew = [...rows.slice(0, 5), ...rows.slice(5).map((hash) => digest(hash))]
  for (const now of [5, 8, 9, 12])
    expect(await continues(kept, await headAt(anew, now), from(anew), digest), String(now)).toBe(false)
})

it('notices any row that was rewritten with all after it, wherever it stood', async () => {
  const kept = await headAt(rows, 8)
  for (let at = 0; at < 8; at++) {
    const anew = rows.map((hash, n) => (n < at ? hash : digest(`${hash} rewritten`)))
    expect(await continues(kept, await headAt(anew, 12), from(anew), digest), String(at)).toBe(false)
  }
  // What comes after the kept head was never vouched for by it.
  const later = rows.map((hash, n) => (n < 8 ? hash : digest(`${hash} other`)))
  expect(await continues(kept, await headAt(later, 12), from(later), digest)).toBe(true)
})

it('takes no answer for a proof that gives too few hashes, swapped ones or none', async () => {
  const kept = await headAt(rows, 4)
  const now = await headAt(rows, 12)
  const swapped = rows.with(6, rows[7]!).with(7, rows[6]!)
  expect(await continues(kept, now, from(swapped), digest)).toBe(false)
  expect(await continues(kept, now, from(rows.slice(0, 10)), digest)).toBe(false)
  expect(await continues(kept, now, async () => [], digest)).toBe(false)
})
