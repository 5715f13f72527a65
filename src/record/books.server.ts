import { contributions, difference, type Contribution } from '#kit/contribution.ts'
import type { AnyRow, Programme } from '#kit/programme.ts'
import type { Entry, UnitOfWork } from '#audit/unitOfWork.server.ts'
import type { Catalogue } from '#server/deps.server.ts'
import type { Spine } from './spine.ts'
import { countedIn, type RecordState } from './workflow.ts'

/** A record as it counts: its row and state; null = not in the books. */
export type Counted = { row: AnyRow; state: RecordState } | null

/**
 * Enters a change of a record into the books: new contributions minus old, per ledger state.
 * @param version of the record after the change; entries of one version are written once.
 */
export function enterChange(
  work: UnitOfWork,
  catalogue: Catalogue,
  programme: Programme,
  record: Pick<Spine, 'district_id' | 'id' | 'org_id'> & { version: number },
  before: Counted,
  after: Counted,
): void {
  const given = (counted: Counted, state: 0 | 1): Contribution[] =>
    counted && countedIn(counted.state).includes(state) ? contributions(programme, counted.row) : []
  const entries: Entry[] = []
  for (const state of [0, 1] as const) {
    for (const c of difference(given(before, state), given(after, state))) {
      entries.push({
        district_id: record.district_id,
        record_id: record.id,
        version: record.version,
        indicator_id: catalogue.indicatorId(c.indicator),
        state,
        org_id: record.org_id,
        ym: c.ym,
        val: c.value,
      })
    }
  }
  work.enter(entries)
  const bring = catalogue.consequences[programme.key]
  if (bring && (before?.state === 'accepted' || after?.state === 'accepted'))
    work.follow(programme.key, record.org_id, bring)
}
