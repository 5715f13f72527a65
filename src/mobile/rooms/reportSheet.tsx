import { useState } from 'react'
import { reportKindWords, type OpenRoom, type ReportKind } from '#programmes/careRoom/openApi.ts'
import { anything, call } from '../../web/api/client.dom.ts'
import { useAct } from '../../web/api/hooks.tsx'
import { issueAt } from '../../web/api/problem.ts'
import { Fault, Sheet } from '../kit/parts.tsx'

const kinds = Object.keys(reportKindWords) as ReportKind[]

/** 「不在了」「打不开」「信息不对」: without a name; the keeper looks into it within days. */
export function ReportSheet({ room, onClose }: { room: OpenRoom; onClose: () => void }) {
  const [kind, setKind] = useState<ReportKind | null>(null)
  const [note, setNote] = useState('')
  const act = useAct((body: { kind: ReportKind; note: string }, key) =>
    call(`/open-rooms/${encodeURIComponent(room.id)}/reports`, anything, {
      method: 'POST',
      key,
      body,
      nameless: true,
    }),
  )
  if (act.done !== undefined)
    return (
      <Sheet title="谢谢您" onClose={onClose}>
        <p className="said" role="status">
          已经告诉管理单位，核实以后会更正。
        </p>
        <div className="acts">
          <button type="button" className="button button-wide" onClick={onClose}>
            关闭
          </button>
        </div>
      </Sheet>
    )
  const noteFault = issueAt(act.error, 'note')
  return (
    <Sheet title="反映问题" onClose={onClose}>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault()
          if (kind) act.run({ kind, note: note.trim() })
        }}
      >
        <p className="soft small">不用登录，也不问您是谁。</p>
        <ul className="chips" aria-label="什么问题">
          {kinds.map((one) => (
            <li key={one}>
              <button type="button" className="chip" aria-pressed={kind === one} onClick={() => setKind(one)}>
                {reportKindWords[one]}
              </button>
            </li>
          ))}
        </ul>
        <label className="field">
          补充说明（可不填）
          <span className="soft small">只写这间屋子的情况，请不要写姓名、电话。</span>
          <textarea
            rows={3}
            maxLength={200}
            value={note}
            aria-invalid={noteFault !== undefined}
            onChange={(event) => setNote(event.target.value)}
          />
          {noteFault && <span className="fault">{noteFault}</span>}
        </label>
        {act.error && !noteFault && <Fault error={act.error} again={act.again} />}
        <div className="acts" style={{ marginTop: 0 }}>
          <button type="button" className="button" onClick={onClose}>
            取消
          </button>
          <button
            type="submit"
            className="button button-main"
            style={{ flex: 1 }}
            disabled={kind === null || act.busy}
          >
            {act.busy ? '正在提交…' : kind === null ? '请先选是什么问题' : '提交'}
          </button>
        </div>
      </form>
    </Sheet>
  )
}
