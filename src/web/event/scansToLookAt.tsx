import { Button, Tag } from 'antd'
import { useState } from 'react'
import type { EntryLine, EventDetail } from '#signup/api.ts'
import type { EventScans } from '#signup/scanApi.ts'
import { scanFaults, scannedWho } from '#signup/ticket.ts'
import { CutNote } from '../kit/cutNote.tsx'
import { AnswerModal } from './answerModal.tsx'
import { at } from './times.ts'

/** Scans that contradict each other or were refused, for whoever looks afterwards. */
export function ScansToLookAt({ rows, entries }: Pick<EventScans, 'rows'> & Pick<EventDetail, 'entries'>) {
  const [answering, setAnswering] = useState<EntryLine | null>(null)
  if (rows.length === 0) return null
  return (
    <section className="hardship-card">
      <h2>要核对的</h2>
      <ul className="event-words num">
        {rows.map((one) => (
          <li key={one.id}>
            <Tag color={one.outcome === 'refused' ? 'red' : 'gold'}>
              {one.outcome === 'taken'
                ? '以这次为准'
                : one.outcome === 'refused'
                  ? '没有签上'
                  : '两台手机都扫过'}
            </Tag>
            {`${scannedWho(one.name, one.code)} · ${one.device} · ${at(one.realAt)}`}
            {Math.abs(Date.parse(one.saidAt) - Date.parse(one.realAt)) > 60_000 && (
              <span className="hardship-aside">{`（手机上的时间 ${at(one.saidAt)}）`}</span>
            )}
            {one.code !== null && `：${scanFaults[one.code]}`}
            <Excuse scan={one} entries={entries} onAsk={setAnswering} />
          </li>
        ))}
      </ul>
      <CutNote list="eventScans" count={rows.length} />
      {answering && <AnswerModal one={answering} onClose={() => setAnswering(null)} />}
    </section>
  )
}

type ExcuseProps = {
  scan: EventScans['rows'][number]
  entries: EventDetail['entries']
  onAsk: (one: EntryLine) => void
}

/** She was at the door, and her scan came after the end: it is the organiser who takes the absence back. */
function Excuse({ scan, entries, onAsk }: ExcuseProps) {
  const entry = entries.find(({ id }) => id === scan.entryId)
  if (scan.code !== 'ended' || (entry?.noShow !== 'counted' && entry?.noShow !== 'appealed')) return null
  return (
    <Button size="small" onClick={() => onAsk(entry)} aria-label={`谅解 ${entry.name}`}>
      谅解
    </Button>
  )
}
