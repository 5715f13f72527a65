import { existsSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

const text = readFileSync('docs/security.md', 'utf8')

/** `file` followed by “titles” of tests in it. */
const proofs = [...text.matchAll(/`((?:tests|src|docs)\/[\w./-]+)`((?: “[^”]+”,?)*)/g)].map(
  ([, file, titles]) => ({
    file: file!,
    titles: [...titles!.matchAll(/“([^”]+)”/g)].map((m) => m[1]!),
  }),
)

it('names proofs', () => {
  expect(proofs.length).toBeGreaterThan(40)
  expect(proofs.flatMap((p) => p.titles).length).toBeGreaterThan(25)
})

it.each(proofs)('$file holds what it is named for: $titles', ({ file, titles }) => {
  expect(existsSync(file)).toBe(true)
  const source = readFileSync(file, 'utf8').replaceAll(/\s+/g, ' ').replaceAll("\\'", "'")
  expect(titles.filter((title) => !source.includes(title))).toEqual([])
})
