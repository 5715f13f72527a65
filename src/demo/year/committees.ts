import type { OrgSeed } from '#demo/tree.ts'
import { accepted, type DemoRecord } from './record.ts'

const left = '2020-03-02'

/** The committees and delegates in office, as the units' cards show them. */
export function committees(tree: readonly OrgSeed[]): DemoRecord[] {
  return tree.flatMap((org, n) => {
    if (!org.committee) return []
    const { form, director, termNo, foundedOn, termFromOn, termUntilOn } = org.committee
    const isCommittee = form === 'committee'
    // Now and then the seat of the director stands empty.
    const isVacant = isCommittee && org.tier === 'grassroots' && n % 197 === 11 && termFromOn < left
    return [
      accepted('committee', org, {
        title: `${org.shortName}${isCommittee ? '女职工委员会' : '女职工委员'}`,
        grade: '台账',
        form: isCommittee ? '女职工委员会' : '女职工委员',
        foundedOn,
        terms: [
          {
            termNo,
            fromOn: termFromOn,
            untilOn: termUntilOn,
            director,
            ...(isVacant && { directorLeftOn: left }),
          },
        ],
      }),
    ]
  })
}
