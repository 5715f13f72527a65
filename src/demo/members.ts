import { addDays } from '#kit/day.ts'
import { checkCharacter } from '#kit/field/idNumber.ts'
import { workerGroups } from '#kit/workerGroups.ts'
import { nameMaker } from './names.ts'
import type { PersonSeed } from './people.ts'
import { demoPhone } from './phone.ts'
import { seeded, type Random } from './random.ts'
import type { OrgSeed } from './tree.ts'

/** An entry of the register: unit, form as a cadre would fill it, account that is hers. */
export type MemberSeed = { orgCode: string; body: Record<string, unknown>; login?: string }

/** A county of the city that never existed: the numbers have a right check character and can be nobody's. */
const county = '210299'

/** How many units besides those of the picker get members, and how many each at most. */
const furtherUnits = 6
const mostEach = 45

/** A number of that county. @param birth 2019-12-31 @param sequence below 1000; even = a woman's */
export function numberOf(birth: string, sequence: number): string {
  const seventeen = county + birth.replaceAll('-', '') + String(sequence).padStart(3, '0')
  return seventeen + checkCharacter(seventeen)
}

const nations = ['汉族', '汉族', '汉族', '汉族', '汉族', '汉族', '满族', '满族', '蒙古族', '回族', '朝鲜族']
const educations = ['高中（中专）', '大专', '大专', '本科', '本科', '本科', '硕士']
const places = ['大连中山', '大连沙河口', '大连金州', '大连庄河', '大连瓦房店', '外省']

function bodyOf(random: Random, name: string, n: number): Record<string, unknown> {
  const birth = addDays('1962-01-01', random.int(0, 13_500))
  const adult = addDays(birth, 18 * 366)
  const fromOn = addDays('2008-01-01', random.int(0, 4_400))
  return {
    kind: random.chance(0.9) ? '会员' : '女职工',
    fromOn: fromOn < adult ? adult : fromOn,
    idKind: '居民身份证',
    // An even 17th digit is a woman's; births differ, so that three digits suffice.
    idNumber: numberOf(birth, (n * 2) % 1000),
    name,
    phone: `1380000${String(n).padStart(4, '0')}`,
    nation: random.pick(nations),
    politics: random.pick(['群众', '群众', '中共党员', '共青团员']),
    education: random.pick(educations),
    employment: '在职',
    hukou: random.pick(places),
    isMigrant: random.chance(0.15),
    ...(random.chance(0.1) ? { group: random.pick(workerGroups) } : {}),
  }
}

/**
 * Members of the units whose persons the picker offers and of a few more: made-up women with impossible numbers, at most as
 * many as the unit's own head count says. The picker's worker is one of them.
 * @param taken names that are somebody's already
 */
export function demoMembers(
  tree: readonly OrgSeed[],
  people: readonly PersonSeed[],
  taken: readonly string[],
): MemberSeed[] {
  const random = seeded(2020)
  const names = nameMaker(random, taken)
  const offered = new Set(people.map((p) => p.orgCode))
  const grassroots = tree.filter((o) => o.tier === 'grassroots' && !o.moves && o.womenMembers > 0)
  const shown = grassroots.filter((o) => offered.has(o.code))
  const streets = new Set(shown.map((o) => o.parent))
  const further = grassroots
    .filter((o) => !offered.has(o.code) && streets.has(o.parent))
    .slice(0, furtherUnits)
  let n = 0
  const entries = [...shown, ...further].flatMap((org) =>
    Array.from({ length: Math.min(org.womenMembers, mostEach) }, (): MemberSeed => {
      n++
      const body = bodyOf(random, names(), n)
      // Some entries lack something, so that the queue of their unit is not empty.
      return { orgCode: org.code, body: n % 11 === 4 ? { ...body, hukou: null } : body }
    }),
  )
  // Each worker of the picker stands for the first entry of her unit.
  const workers = people.filter((p) => p.role === 'worker')
  for (const worker of workers) {
    const entry = entries.find((e) => e.orgCode === worker.orgCode && e.login === undefined)
    if (!entry) throw new Error(`demoMembers: no entry for ${worker.name}`)
    entry.login = worker.key
    entry.body = { ...entry.body, name: worker.name, kind: worker.key === 'newWorker' ? '女职工' : '会员' }
    if (worker === workers[0]) entry.body = { ...entry.body, phone: demoPhone }
  }
  return entries
}
