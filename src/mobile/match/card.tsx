import { useState } from 'react'
import type { MatchCard } from '#match/api.ts'
import { issueAt } from '../../web/api/problem.ts'
import { Fault, Sheet } from '../kit/parts.tsx'
import { useToward } from './useMatch.tsx'

/** What anybody who takes part reads of somebody. */
export const CardText = ({ one }: { one: MatchCard }) => (
  <>
    <h3>{one.alias}</h3>
    <p className="soft small num">{`${one.band} · ${one.area}`}</p>
    <p className="course-text">{one.about}</p>
  </>
)

/** 不再见到, and 举报: neither is told to the other. */
export function Away({ one }: { one: MatchCard }) {
  const [asking, setAsking] = useState<'block' | 'report' | null>(null)
  const [words, setWords] = useState('')
  const { block, report } = useToward(one.id)
  const fault = issueAt(report.error, 'words')
  const failed = block.error ?? (fault ? null : report.error)
  return (
    <>
      <p className="match-away">
        <button type="button" onClick={() => setAsking('block')}>
          不再见到
        </button>
        <button type="button" onClick={() => setAsking('report')}>
          举报
        </button>
      </p>
      {asking !== null && (
        <Sheet
          title={asking === 'block' ? `不再见到“${one.alias}”？` : `举报“${one.alias}”`}
          onClose={() => setAsking(null)}
        >
          {asking === 'block' ? (
            <p>你们以后都看不到对方的卡片，已经牵手的也不再显示。对方不会收到通知，看起来和您退出一样。</p>
          ) : (
            <label className="field">
              发生了什么
              <span className="soft small">只有指定的投诉承办人看得到；举报以后你们不再互相见到。</span>
              <textarea
                rows={4}
                maxLength={500}
                value={words}
                aria-invalid={fault !== undefined}
                onChange={(event) => setWords(event.target.value)}
              />
              {fault && <span className="fault">{fault}</span>}
            </label>
          )}
          {failed && <Fault error={failed} />}
          <div className="acts">
            <button type="button" className="button" style={{ flex: 1 }} onClick={() => setAsking(null)}>
              取消
            </button>
            <button
              type="button"
              className="button button-main"
              style={{ flex: 1 }}
              disabled={block.busy || report.busy}
              onClick={() => (asking === 'block' ? block.run(null) : report.run(words.trim()))}
            >
              {asking === 'block' ? '不再见到' : '提交举报'}
            </button>
          </div>
        </Sheet>
      )}
    </>
  )
}
