import { findProgramme } from '#programmes/index.ts'
import { useEffect } from 'react'
import { recordDetail, type Card, type RecordDetail } from '#record/api.ts'
import { useApi } from '../api/hooks.tsx'
import { toProblem } from '../api/problem.ts'
import { Blank, Loaded } from '../kit/states.tsx'
import { api } from '../paths.ts'
import { ActionBar } from '../record/actionBar.tsx'
import { RecordView } from '../record/recordView.tsx'
import { useRemarks } from '../record/remarks.tsx'

type DeskProps = { card: Card; onLoaded: () => void; onDone: () => void }

const mayReturn = (detail: RecordDetail): boolean =>
  detail.actions.some((offer) => offer.action === 'return' && offer.disabled === null)

/** The record under review; pressing 批注 at a field writes a remark there. */
export function Desk({ card, onLoaded, onDone }: DeskProps) {
  const query = useApi(api.record(card.programme, card.recordId ?? card.id), recordDetail)
  const remarks = useRemarks()
  const programme = findProgramme(card.programme)
  const loaded = query.data !== undefined
  useEffect(() => {
    if (loaded) onLoaded()
    // Once for each record: the desk is keyed by its card.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [loaded])
  if (!programme || (query.error && toProblem(query.error).status === 404)) {
    return (
      <section className="desk">
        <Blank why="这件已被办理或撤回" />
      </section>
    )
  }
  return (
    <section className="desk" aria-label="正在审核">
      <Loaded query={query} rows={12}>
        {(detail) => (
          <>
            <RecordView
              programme={programme}
              detail={detail}
              remarks={mayReturn(detail) ? remarks : null}
              onDecided={onDone}
            />
            <ActionBar detail={detail} remarks={remarks} onDone={onDone} inQueue />
          </>
        )}
      </Loaded>
    </section>
  )
}
