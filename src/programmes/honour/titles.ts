import type { Issue } from '#kit/programme.ts'

/** At least one title, and none twice: two titles of one person are two lines of one record. */
export function titlesCheck(titles: readonly { honourType: string }[]): Issue[] {
  if (titles.length === 0) return [{ field: 'titles', message: '请至少填写一项荣誉称号' }]
  return titles.flatMap(({ honourType }, i) =>
    titles.findIndex((t) => t.honourType === honourType) < i
      ? [{ field: `titles.${i}.honourType`, message: `“${honourType}”已经填过，请删去重复的一行` }]
      : [],
  )
}

/** Who takes an honour back says when and why. */
export function revocationCheck(r: {
  grantedOn: string
  revokedOn: string | null
  revokedFor: string | null
}): Issue[] {
  if (r.revokedOn === null) return []
  return [
    ...(r.revokedOn < r.grantedOn
      ? [{ field: 'revokedOn', message: '撤销日期不能早于授予日期，请核对' }]
      : []),
    ...(r.revokedFor ? [] : [{ field: 'revokedFor', message: '请填写撤销理由' }]),
  ]
}
