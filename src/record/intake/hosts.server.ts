import { sql } from 'kysely'
import type { Actor } from '#identity/actor.ts'
import { choose } from '#intake/choose.ts'
import type { Line, LineIssue } from '#intake/target.ts'
import type { OrgBrief } from '#org/api.ts'
import { nameSort } from '#org/pinyin.server.ts'
import { rows, type Tx } from '#server/database.server.ts'
import { hostNames } from './plan.ts'

const mostHosts = 20

type Found = { org: OrgBrief; note: string | null } | { fault: string; fixes: string[] }

/** Units by what people write for them: code, name, short name, a part, pinyin. */
async function orgBook(tx: Tx): Promise<(typed: string) => Found> {
  const list = await rows<OrgBrief>(
    tx,
    sql`SELECT id, org_code AS code, name, short_name AS "shortName", tier FROM app.org WHERE closed_on IS NULL`,
  )
  const exact = new Map<string, OrgBrief[]>()
  for (const org of list)
    for (const word of new Set([org.code, org.name, org.shortName]))
      exact.set(word, [...(exact.get(word) ?? []), org])
  const names = list.map((org) => org.name)
  const known = new Map<string, Found>()
  const look = (typed: string): Found => {
    const found = exact.get(typed) ?? []
    if (found.length === 1) return { org: found[0]!, note: null }
    if (found.length > 1)
      return {
        fault: `“${typed}”有 ${found.length} 个同名单位，请写编码`,
        fixes: found.slice(0, 5).map((org) => org.code),
      }
    const near = choose(typed, names, nameSort)
    if ('fault' in near)
      return {
        fault: near.fixes ? near.fault : `没有“${typed.slice(0, 20)}”这个单位，请写全称、简称或编码`,
        fixes: near.fixes ?? [],
      }
    return { org: exact.get(String(near.value))![0]!, note: `“${typed}”读作“${String(near.value)}”` }
  }
  return (typed) => {
    const found = known.get(typed) ?? look(typed)
    known.set(typed, found)
    return found
  }
}

export type Hosts = ReadonlyMap<Line, OrgBrief[]>

/** Co-hosts of rows that name some; what cannot be read is said at their cell. */
export async function readHosts(tx: Tx, actor: Actor, lines: readonly Line[]): Promise<Hosts> {
  const naming = lines.filter((line) => typeof line.values['coHosts'] === 'string')
  const hosts = new Map<Line, OrgBrief[]>()
  if (naming.length === 0) return hosts
  const find = await orgBook(tx)
  for (const line of naming) {
    const names = hostNames(String(line.values['coHosts']))
    const found = names.map(find)
    const say = (message: string, level: LineIssue['level'], fixes: string[] = []): void => {
      line.issues.push({ column: 'coHosts', message, level, ...(fixes.length > 0 ? { fixes } : {}) })
    }
    found.forEach((one, n) => {
      const whole = (part: string) => names.map((name, at) => (at === n ? part : name)).join('、')
      if ('fault' in one) say(one.fault, 'error', one.fixes.map(whole))
      else if (one.org.id === actor.org.id) say('联办单位不用填本单位，请删去', 'error')
      else if (one.note !== null) say(one.note, 'warning', [whole(one.org.name)])
    })
    if (found.length > mostHosts) say(`联办单位最多 ${mostHosts} 个`, 'error')
    const orgs = found.flatMap((one) => ('org' in one ? [one.org] : []))
    hosts.set(line, [...new Map(orgs.map((org) => [org.id, org])).values()])
  }
  return hosts
}
