import type { DemoPerson } from '#identity/api.ts'
import type { Tier } from '#org/api.ts'

export type PeopleGroup = { name: string; what: string; people: DemoPerson[] }

const tierGroups: { name: string; what: string; tiers: Tier[] }[] = [
  { name: '基层', what: '填报自己单位的工作', tiers: ['grassroots', 'branch'] },
  { name: '街道（乡镇）', what: '初审辖区记录', tiers: ['subdistrict'] },
  { name: '区市县与产业', what: '审核、看本级数字', tiers: ['district', 'industry'] },
  { name: '市级', what: '看全市、出总结', tiers: ['city'] },
]
const business = ['cadre', 'leader']

/** Demo persons as the picker shows them: cadres from the grassroots up, then everybody else. Empty groups are left out. */
export function groupPeople(people: readonly DemoPerson[]): PeopleGroup[] {
  const cadres = people.filter((p) => business.includes(p.role))
  return [
    ...tierGroups.map(({ name, what, tiers }) => ({
      name,
      what,
      people: cadres.filter((p) => tiers.includes(p.org.tier)),
    })),
    { name: '其他', what: '没有业务数据权限', people: people.filter((p) => !business.includes(p.role)) },
  ].filter((group) => group.people.length > 0)
}
