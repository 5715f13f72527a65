import { creditCodeFault } from '#kit/field/creditCode.ts'
import { brand } from './names.ts'
import { seeded, type Random } from './random.ts'
import type { OrgSeed } from './tree.ts'

/** A made-up employer of the register, and the union that covers it. */
export type EnterpriseSeed = {
  code: string
  name: string
  kind: '机关事业单位' | '公有制企业' | '非公有制企业' | '社会组织'
  area: string
  workers: number
  womenWorkers: number
  closedOn: string | null
  /** Unit that covers it since a day; null: none. */
  cover: { org: string; fromOn: string } | null
}

const SEED = 32100
const coveredSince = '2018-01-01'
/** Shares: streets' employers without a union, by how many each street has; covered ones struck off since. */
const OUTSIDE = [2, 5] as const
const CLOSED = 0.012
const shops = ['餐饮店', '便利店', '美容美发店', '家政服务部', '物流站点', '电子商务店', '服装店', '药店']
const bodies = ['社会工作服务中心', '养老服务中心', '幼儿园', '培训学校']
const check = '0123456789ABCDEFGHJKLMNPQRTUWXY'

/** A code of the standard's form whose check character holds; the serial makes each another. */
export function madeUpCode(head: '91' | '52' | '12', serial: number): string {
  const body = `${head}210299${String(serial).padStart(9, '0')}`
  return body + [...check].find((c) => creditCodeFault(body + c) === null)!
}

const kindOf = (random: Random, name: string): EnterpriseSeed['kind'] =>
  /学|医院|局|中心|院|所|馆/.test(name) ? '机关事业单位' : random.chance(0.2) ? '公有制企业' : '非公有制企业'
const headOf = { 机关事业单位: '12', 公有制企业: '91', 非公有制企业: '91', 社会组织: '52' } as const

/** The register of employers of the demo: one for each union of one employer, several for a joint one, and some that no union covers. */
export function demoEnterprises(tree: readonly OrgSeed[]): EnterpriseSeed[] {
  const random = seeded(SEED)
  const list: EnterpriseSeed[] = []
  const add = (seed: Omit<EnterpriseSeed, 'code' | 'closedOn'>, mayClose: boolean) => {
    const closed = mayClose && random.chance(CLOSED) ? '2020-02-28' : null
    list.push({ ...seed, code: madeUpCode(headOf[seed.kind], list.length + 1), closedOn: closed })
  }
  const streets = tree.filter((o) => o.tier === 'subdistrict')
  for (const org of tree.filter((o) => o.tier === 'grassroots')) {
    const cover = { org: org.code, fromOn: coveredSince }
    const area = org.parent!
    if (org.orgType !== '联合基层') {
      const name = org.name.replace(/工会$/, '')
      const { workers, womenWorkers } = org
      add({ name, kind: kindOf(random, name), area, workers, womenWorkers, cover }, true)
      continue
    }
    const parts = random.int(3, 6)
    for (let n = 0; n < parts; n++)
      add(
        {
          name: `${org.shortName}片区${brand(random)}${random.pick(shops)}`,
          kind: '非公有制企业',
          area,
          workers: Math.max(2, Math.floor(org.workers / parts)),
          womenWorkers: Math.floor(org.womenWorkers / parts),
          cover,
        },
        true,
      )
  }
  for (const street of streets)
    for (let n = random.int(...OUTSIDE); n > 0; n--) {
      const isBody = random.chance(0.2)
      const workers = random.int(3, 60)
      add(
        {
          name: `${street.shortName}${brand(random)}${random.pick(isBody ? bodies : shops)}`,
          kind: isBody ? '社会组织' : '非公有制企业',
          area: street.code,
          workers,
          womenWorkers: Math.round(workers * (0.3 + random.next() * 0.5)),
          cover: null,
        },
        false,
      )
    }
  return list
}
