import { seeded } from '#demo/random.ts'
import type { Cell, Lattice, Sum } from '#figures/disclosure/lattice.ts'

/** Counts nobody has summed yet: a leaf of tree, categories and periods. */
type Atom = { key: string; value: number; base: number }

/** A random city with tables that are published one after another. */
export type Case = {
  /** The lattice as it is known when a table is published: periods that are over. */
  steps: { lattice: Lattice; table: string[] }[]
  /** Every cell as the atoms it consists of: the cells' truth, told in another way than by sums of cells. */
  atomsOf: ReadonlyMap<string, readonly Atom[]>
}

type Org = { id: string; level: number; below: Org[] }

const totalsOf = (atoms: readonly Atom[]): [value: number, base: number] =>
  atoms.reduce<[number, number]>(([value, base], atom) => [value + atom.value, base + atom.base], [0, 0])
const leavesOf = (org: Org): Org[] => (org.below.length === 0 ? [org] : org.below.flatMap(leavesOf))
const everyOrg = (org: Org): Org[] => [org, ...org.below.flatMap(everyOrg)]

const periodOf = (key: string): string => key.split('|')[2]!

/** Each of a list by itself and, of several, all together. */
const withAll = (list: string[]): [string, string[]][] => [
  ...list.map((one): [string, string[]] => [one, [one]]),
  ...(list.length > 1 ? [['all', list] as [string, string[]]] : []),
]

/** City → lines → units directly under it → sub-districts, small counts most of all, sometimes none. */
export function randomCase(seed: number): Case {
  const random = seeded(seed)
  const k = random.pick([5, 5, 11])
  const positive = random.chance(0.3)
  const cats = Array.from({ length: random.int(1, 2) }, (_, i) => `c${i}`)
  const months = Array.from({ length: random.pick([1, 1, 1, 2, 2, 3]) }, (_, i) => `p${i}`)
  const units = (line: string, most: number): Org[] =>
    Array.from({ length: random.int(1, most) }, (_, i) => {
      const id = `${line}${i}`
      const subs = Array.from({ length: random.chance(0.4) ? random.int(2, 3) : 0 }, (_, j) => `${id}.${j}`)
      return { id, level: 1, below: subs.map((sub) => ({ id: sub, level: 2, below: [] })) }
    })
  const city: Org = {
    id: 'city',
    level: 0,
    below: [
      { id: 'districts', level: 0, below: units('d', 3) },
      { id: 'industries', level: 0, below: units('i', 2) },
    ],
  }
  const atoms = new Map<string, Atom>()
  const count = () => (random.chance(0.3) ? 0 : random.chance(0.5) ? random.int(1, k) : random.int(1, 60))
  for (const { id } of leavesOf(city))
    for (const cat of cats)
      for (const period of months) {
        const value = count()
        const key = `${id}|${cat}|${period}`
        atoms.set(key, { key, value, base: value + (random.chance(0.3) ? 0 : random.int(0, 8)) })
      }
  // A base belongs to its quarter: tables of sensitive positives have no sums over periods.
  const years = months.length > 1 && !positive
  const cells = new Map<string, Cell>()
  const atomsOf = new Map<string, Atom[]>()
  const sums: Sum[] = []
  const orgs = everyOrg(city)
  for (const org of orgs)
    for (const [cat, catList] of withAll(cats))
      for (const [period, periodList] of years ? withAll(months) : months.map((p) => [p, [p]] as const)) {
        const key = `${org.id}|${cat}|${period}`
        const own = leavesOf(org).flatMap(({ id }) =>
          catList.flatMap((c) => periodList.map((p) => atoms.get(`${id}|${c}|${p}`)!)),
        )
        atomsOf.set(key, own)
        const [value, base] = totalsOf(own)
        cells.set(key, { value, k, ...(positive ? { base, positive } : {}) })
        if (org.below.length > 0)
          sums.push({ total: key, parts: org.below.map(({ id }) => `${id}|${cat}|${period}`) })
        if (cat === 'all') sums.push({ total: key, parts: cats.map((c) => `${org.id}|${c}|${period}`) })
        if (period === 'all') sums.push({ total: key, parts: months.map((p) => `${org.id}|${cat}|${p}`) })
      }
  const known = (over: number): Lattice => {
    const there = (key: string) =>
      periodOf(key) === 'all' ? over === months.length : months.indexOf(periodOf(key)) < over
    return {
      cells: new Map([...cells].filter(([key]) => there(key))),
      sums: sums.filter(({ total, parts }) => [total, ...parts].every(there)),
    }
  }
  const tablesOf = (period: string) =>
    [0, 1, 2].flatMap((level) =>
      withAll(cats).map(([cat]) =>
        orgs.filter((org) => org.level === level).map((org) => `${org.id}|${cat}|${period}`),
      ),
    )
  const steps: Case['steps'] = []
  let waiting: string[][] = []
  for (let over = 1; over <= months.length; over++) {
    const last = over === months.length && years
    waiting = random.shuffle([...waiting, ...tablesOf(months[over - 1]!), ...(last ? tablesOf('all') : [])])
    const now = over === months.length ? waiting.length : random.int(1, waiting.length)
    for (const table of waiting.splice(0, now))
      if (table.length > 0) steps.push({ lattice: known(over), table })
  }
  return { steps, atomsOf }
}
