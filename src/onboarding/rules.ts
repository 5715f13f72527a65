import type { AnyRow, Issue } from '#kit/programme.ts'
import { tierLabels, type Tier } from '#org/api.ts'

/** A unit that stands or is to stand. */
export type Known = { code: string; name: string; tier: Tier; superior: string | null }

const rank: Record<Tier, number> = {
  city: 0,
  district: 1,
  industry: 1,
  subdistrict: 2,
  grassroots: 3,
  branch: 4,
}

/** Units by code and by full name; several of one name are found by code alone. */
export function openBook(list: readonly Known[]) {
  const byCode = new Map(list.map((org) => [org.code, org]))
  const byName = new Map<string, Known[]>()
  for (const org of list) byName.set(org.name, [...(byName.get(org.name) ?? []), org])
  return {
    /** The unit that a cell names, or why it is none. */
    find(typed: string, what: string): Known | string {
      const named = byName.get(typed) ?? []
      const found = byCode.get(typed) ?? (named.length === 1 ? named[0] : undefined)
      if (found) return found
      return named.length > 1
        ? `有 ${named.length} 个单位叫“${typed}”，请改填组织编码`
        : `没有“${typed}”这个单位，请核对${what}的编码或全称`
    },
    byCode,
  }
}

/** Whether following the superiors from a unit comes back to it. */
export function circles(code: string, byCode: ReadonlyMap<string, Known>): boolean {
  const seen = new Set<string>()
  for (let at = byCode.get(code); at?.superior; at = byCode.get(at.superior)) {
    if (at.superior === code || seen.has(at.code)) return true
    seen.add(at.code)
  }
  return false
}

/** Why a unit may not stand under another, or null. */
export const badSuperior = (tier: Tier, superior: Tier): string | null =>
  rank[superior] <= rank[tier] && superior !== 'branch' && !(rank[superior] === 1 && rank[tier] === 1)
    ? null
    : `${tierLabels[tier]}单位不能放在${tierLabels[superior]}单位之下，请核对层级或上级`

const committeeParts = ['director', 'termNo', 'foundedOn', 'termFromOn', 'termUntilOn'] as const

/** Rules across the columns of a unit. */
export function unitIssues(row: AnyRow, labels: Readonly<Record<string, string>>): Issue[] {
  const issues: Issue[] = []
  const say = (field: string, message: string) => void issues.push({ field, message })
  if (!/^[0-9A-Za-z-]+$/.test(String(row['code']))) say('code', '组织编码只用字母、数字和横线，请修改')
  const region = row['regionCode']
  if (typeof region === 'string' && !/^\d{6}$/.test(region)) say('regionCode', '行政区划代码应为 6 位数字')
  const most = (part: string, whole: string) => {
    const [a, b] = [row[part], row[whole]]
    if (typeof a === 'number' && typeof b === 'number' && a > b)
      say(part, `${labels[part]}（${a}）不能多于${labels[whole]}（${b}）`)
  }
  most('womenWorkers', 'workers')
  most('womenMembers', 'members')
  const given = committeeParts.filter((part) => row[part] !== null)
  if (row['committee'] === null && given.length > 0)
    say('committee', `填了${labels[given[0]!]}，请选择女职工组织的形式`)
  if (row['committee'] !== null)
    for (const part of committeeParts) if (row[part] === null) say(part, `请填写${labels[part]}`)
  const [from, until] = [row['termFromOn'], row['termUntilOn']]
  if (typeof from === 'string' && typeof until === 'string' && from >= until)
    say('termUntilOn', '本届届满应晚于本届开始')
  return issues
}

/** A login of a name's pinyin that nobody has: 王示一 → wangshiyi, wangshiyi2. Takes it. */
export function freeLogin(pinyin: string, taken: Set<string>): string {
  const base = (pinyin.split(' ')[0] ?? '').slice(0, 40).padEnd(3, 'x')
  let login = base
  for (let n = 2; taken.has(login); n++) login = `${base}${n}`
  taken.add(login)
  return login
}
