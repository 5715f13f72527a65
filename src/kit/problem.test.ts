import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

it('gives each code to one problem: screens tell them apart by it', () => {
  const codes = [...readFileSync('src/kit/problem.ts', 'utf8').matchAll(/'(\d{3}\.\d+)'/g)].map((m) => m[1]!)
  expect(codes.length).toBeGreaterThan(30)
  expect(codes.filter((code, n) => codes.indexOf(code) !== n)).toEqual([])
})
