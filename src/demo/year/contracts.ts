import { addDays } from '#kit/day.ts'
import { brand, nameMaker } from '#demo/names.ts'
import { seeded, type Random } from '#demo/random.ts'
import { SHOPS } from '#demo/recordTexts.ts'
import type { OrgSeed } from '#demo/tree.ts'
import { monthsFor, SHAPES, someDay } from './calendar.ts'
import { splitWithin, type Cast } from './cast.ts'
import { bargained } from './bargaining.ts'
import { accepted, type Body, type DemoRecord } from './record.ts'

/** Signed in the year, and besides amended, which the figure leaves out. */
const SIGNED = 3537
const AMENDED = 44

/** How many contracts a unit concludes a year at most: a firm one, a joint union one for each of a few employers. */
function boundOf(org: OrgSeed): number {
  if (org.tier === 'subdistrict') return org.orgType === '街道' ? 3 : 5
  if (org.tier === 'district' || org.tier === 'industry') return 2
  if (org.tier === 'city') return 0
  if (org.orgType === '联合基层') return 4
  return org.name.endsWith('有限公司工会') ? 1 : 0
}

type Covered = { firm: string; women: number }

const shop = (random: Random): Covered => ({
  firm: `大连${brand(random)}${random.pick(SHOPS)}`,
  women: random.int(2, 24),
})

/** The firms of a contract, no two of one name. */
function shops(random: Random, n: number): Covered[] {
  const firms = new Map<string, Covered>()
  while (firms.size < n) {
    const one = shop(random)
    firms.set(one.firm, one)
  }
  return [...firms.values()]
}

function coveredBy(random: Random, org: OrgSeed): { scope: string; covered: Covered[] } {
  if (org.tier !== 'grassroots') {
    const scope = org.tier === 'industry' || org.orgType === '行业' ? '行业性' : '区域性'
    return { scope, covered: shops(random, random.int(3, 8)) }
  }
  if (org.orgType === '联合基层') return { scope: '企业', covered: shops(random, 1) }
  return { scope: '企业', covered: [{ firm: org.name.replace(/工会$/, ''), women: org.womenWorkers }] }
}

const numberOf = (year: number, i: number): string => `演示合同${year}-${String(i + 1).padStart(4, '0')}`
/** One in so many units enters how the contract came about and what it says. */
const papersOf = 12

const later = (day: string, years: number): string => `${Number(day.slice(0, 4)) + years}${day.slice(4)}`
/** Terms start on the first of a month, so that no 29 February comes in. */
const firstOfNext = (day: string): string => `${addDays(`${day.slice(0, 8)}01`, 31).slice(0, 8)}01`

/** A small staff meets whole, a larger one through delegates. */
function congressOf(org: OrgSeed, covered: Covered[]): number {
  const own = org.tier === 'grassroots' && org.orgType !== '联合基层'
  const staff = own ? org.workers : covered.reduce((sum, c) => sum + c.women * 2, 0)
  return staff <= 30 ? staff : Math.max(30, Math.round(Math.min(staff, 400) * 0.3))
}

/** A contract by the book: congress, signing, filing within ten days, effect after fifteen. */
export function contractBody(
  random: Random,
  org: OrgSeed,
  signedOn: string,
  signKind: string,
  regNo: string,
  name: () => string,
): Body {
  const { scope, covered } = coveredBy(random, org)
  const filedOn = addDays(signedOn, random.int(1, 9))
  const effectiveOn = addDays(filedOn, random.int(15, 19))
  const termFromOn = random.chance(0.5) ? firstOfNext(effectiveOn) : `${effectiveOn.slice(0, 8)}01`
  const years = random.pick([1, 2, 3, 3, 3, 3])
  const due = congressOf(org, covered)
  const present = Math.ceil(due * (0.8 + random.next() * 0.2))
  const about = scope === '企业' ? covered[0]!.firm : org.shortName
  return {
    title: `${about}女职工权益保护专项集体合同`,
    grade: '台账',
    regNo,
    form: random.pick(['单独', '专章', '附件', '单独']),
    scope,
    signKind,
    employerChief: name(),
    unionChief: org.committee?.director ?? name(),
    heldOn: addDays(signedOn, -random.int(1, 12)),
    due,
    present,
    inFavour: Math.ceil(present * (0.9 + random.next() * 0.1)),
    signedOn,
    filedOn,
    effectiveOn,
    termFromOn,
    termUntilOn: addDays(later(termFromOn, years), -1),
    ...(random.chance(0.6) ? { publishedOn: addDays(effectiveOn, random.int(1, 5)) } : {}),
    covered,
  }
}

/** The contracts of 2019, one record each; enterprises, joint unions, regional and trade contracts. */
export function contracts(cast: Cast, name: () => string = nameMaker(seeded(54))): DemoRecord[] {
  const random = seeded(201904)
  const signers = [...cast.upper, ...cast.middle, ...cast.grassroots].filter((o) => boundOf(o) > 0)
  const bounds = signers.map(boundOf)
  const shares = splitWithin(
    SIGNED,
    bounds.map((bound) => bound * (0.7 + random.next() * 0.6)),
    bounds,
    0,
  )
  const owners = signers.flatMap((org, i) => Array<OrgSeed>(shares[i]!).fill(org))
  const months = monthsFor(random, 2019, SIGNED, SHAPES.contract)
  const amended = random.shuffle(owners.filter((o) => o.name.endsWith('有限公司工会'))).slice(0, AMENDED)
  const one = (org: OrgSeed, i: number, ym: number, signKind: string): DemoRecord => {
    const body = contractBody(random, org, someDay(random, ym), signKind, numberOf(2019, i), name)
    return accepted('contract', org, {
      ...body,
      ...(signKind === '首签'
        ? {}
        : { replacesNo: signKind === '变更' ? amends(org, i) : numberOf(2016, i) }),
      ...(i % papersOf === 0 ? bargained(String(body['heldOn'])) : {}),
    })
  }
  const amends = (org: OrgSeed, i: number): string => {
    const at = owners.indexOf(org)
    return at >= 0 && months[at]! < 201906 ? numberOf(2019, at) : numberOf(2016, i)
  }
  return [
    ...owners.map((org, i) => one(org, i, months[i]!, random.chance(0.12) ? '首签' : '续订')),
    ...amended.map((org, i) => one(org, SIGNED + i, 201900 + random.int(6, 11), '变更')),
  ]
}
