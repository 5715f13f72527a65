import type { ChainLink } from './api.ts'

export type Sibling = {
  id: string
  regNo: string
  replacesNo: string | null
  signKind: string
  state: string
  signedOn: string
  termFromOn: string
  termUntilOn: string
}

const linkOf = ({ id, regNo, signKind, state, termFromOn, termUntilOn }: Sibling): ChainLink => ({
  id,
  regNo,
  signKind,
  state,
  termFromOn,
  termUntilOn,
})
const outside = (regNo: string): ChainLink => ({
  id: null,
  regNo,
  signKind: null,
  state: null,
  termFromOn: null,
  termUntilOn: null,
})

/**
 * The contracts of a unit that follow upon each other, the oldest first: back by the number that each names, then forward to
 * whatever names one of these. A number that nobody entered stands at the beginning by itself.
 */
export function chainOf(own: Sibling, siblings: readonly Sibling[]): ChainLink[] {
  const others = siblings.filter(({ id }) => id !== own.id)
  const before: ChainLink[] = []
  const met = new Set([own.regNo])
  for (let no = own.replacesNo; no !== null && !met.has(no);) {
    met.add(no)
    const found: Sibling | undefined = others.find(({ regNo }) => regNo === no)
    before.unshift(found ? linkOf(found) : outside(no))
    no = found?.replacesNo ?? null
  }
  const after: Sibling[] = []
  const reached = new Set([own.regNo])
  for (let again = true; again;) {
    const next = others.filter(
      (one) =>
        one.replacesNo !== null && reached.has(one.replacesNo) && !after.includes(one) && !met.has(one.regNo),
    )
    for (const one of next) {
      after.push(one)
      reached.add(one.regNo)
    }
    again = next.length > 0
  }
  after.sort((a, b) => a.signedOn.localeCompare(b.signedOn))
  return [...before, linkOf(own), ...after.map(linkOf)]
}
