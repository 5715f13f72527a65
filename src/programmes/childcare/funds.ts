import type { Issue } from '#kit/programme.ts'

/** At least one source of funds, each source on one line. */
export function fundsCheck(funds: readonly { source: string }[]): Issue[] {
  if (funds.length === 0) return [{ field: 'funds', message: '请至少填写一项经费来源' }]
  return funds.flatMap(({ source }, i) =>
    funds.findIndex((f) => f.source === source) < i
      ? [{ field: `funds.${i}.source`, message: `“${source}”已经填过，请合并成一行` }]
      : [],
  )
}
