import { existsSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

const faults = readFileSync('docs/faults.md', 'utf8')
const text = readFileSync('docs/security.md', 'utf8') + faults

/** `file` followed by “titles” of tests in it. */
const proofsIn = (said: string) =>
  [...said.matchAll(/`((?:tests|src|docs)\/[\w./-]+)`((?: “[^”]+”,?)*)/g)].map(([, file, titles]) => ({
    file: file!,
    titles: [...titles!.matchAll(/“([^”]+)”/g)].map((m) => m[1]!),
  }))
const proofs = proofsIn(text)

it('names proofs', () => {
  expect(proofs.length).toBeGreaterThan(40)
  expect(proofs.flatMap((p) => p.titles).length).toBeGreaterThan(25)
})

it.each(proofs)('$file holds what it is named for: $titles', ({ file, titles }) => {
  expect(existsSync(file)).toBe(true)
  const source = readFileSync(file, 'utf8').replaceAll(/\s+/g, ' ').replaceAll("\\'", "'")
  expect(titles.filter((title) => !source.includes(title))).toEqual([])
})

it('each of the 36 faults has a test of its own, or says why it has none', () => {
  const rows = [...faults.matchAll(/^\| (\d+) +\|[^|]+\|([^|]+)\|$/gm)].map(([, f, said]) => ({
    f: Number(f),
    said: said!,
  }))
  expect([...new Set(rows.map(({ f }) => f))]).toEqual(Array.from({ length: 36 }, (_, n) => n + 1))
  const bare = rows.filter(({ said }) => !/_not proved_: \w/.test(said) && proofsIn(said).length === 0)
  expect(bare).toEqual([])
})
