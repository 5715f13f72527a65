import type { OrgSeed } from '#demo/tree.ts'
import { before } from './year/before.ts'
import { castOf } from './year/cast.ts'
import { committees } from './year/committees.ts'
import { contracts } from './year/contracts.ts'
import { events } from './year/events.ts'
import { further } from './year/further.ts'
import { honours } from './year/honours.ts'
import { open } from './year/open.ts'
import type { DemoRecord } from './year/record.ts'
import { results } from './year/results.ts'
import { rooms } from './year/rooms.ts'
import { services } from './year/services.ts'

export type { DemoRecord }

/**
 * The records of the demo over a tree of `demoTree`: the year 2019, accepted, which gives every figure of the golden
 * table; estimates of 2018 by month; rooms since 2016; open work of 2020; the committees in office. The same at each call and on each machine,
 * every body valid on 2020-04-16, every person made up.
 * @throws Error when the tree lacks a unit that a named result belongs to
 */
export function demoRecords(tree: OrgSeed[]): DemoRecord[] {
  const cast = castOf(tree)
  return [
    ...before(cast),
    ...honours(cast),
    ...events(cast),
    ...contracts(cast),
    ...services(cast),
    ...rooms(cast),
    ...results(cast),
    ...open(cast, tree),
    ...further(cast),
    ...committees(tree),
  ]
}
