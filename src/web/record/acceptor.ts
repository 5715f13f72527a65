import type { AcceptedBy } from '#kit/programme.ts'
import type { Tier } from '#org/api.ts'

const rank: Record<Tier, number> = {
  branch: 0,
  grassroots: 0,
  subdistrict: 1,
  industry: 2,
  district: 2,
  city: 3,
}
const needed: Record<AcceptedBy, number> = { subdistrict: 1, district: 2, city: 3 }

const names: Record<AcceptedBy, string> = {
  subdistrict: '街道（乡镇）总工会',
  district: '区市县总工会或产业工会',
  city: '市总工会',
}

/** Whether units of a tier accept what a programme gives, or only send it up. */
export const accepts = (tier: Tier, acceptedBy: AcceptedBy): boolean => rank[tier] >= needed[acceptedBy]

/** Who will look at a record that a unit of this tier enters, as a sentence. */
export function whoReviews(tier: Tier, acceptedBy: AcceptedBy): string {
  if (accepts(tier, acceptedBy)) return '由本单位另一位同志审核，通过后计入；自己填的自己不能审。'
  const below = rank[tier] === 0 && acceptedBy !== 'subdistrict'
  return `由${names[acceptedBy]}审核，通过后计入${below ? '；隶属街道（乡镇）的，先由街道（乡镇）初审' : ''}。`
}
