import type { OrgSeed } from '#demo/tree.ts'
import { accepted, type DemoRecord } from './record.ts'

/** The committees and delegates in office, as the units' cards show them. */
export function committees(tree: readonly OrgSeed[]): DemoRecord[] {
  return tree.flatMap((org) => {
    if (!org.committee) return []
    const { form, director, termNo, foundedOn, termFromOn, termUntilOn } = org.committee
    const isCommittee = form === 'committee'
    return [
      accepted('committee', org, {
        title: `${org.shortName}${isCommittee ? '女职工委员会' : '女职工委员'}`,
        grade: '台账',
        form: isCommittee ? '女职工委员会' : '女职工委员',
        foundedOn,
        terms: [{ termNo, fromOn: termFromOn, untilOn: termUntilOn, director }],
      }),
    ]
  })
}
