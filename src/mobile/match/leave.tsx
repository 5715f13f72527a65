import { useState } from 'react'
import { anything, call } from '../../web/api/client.dom.ts'
import { useAct } from '../../web/api/hooks.tsx'
import { Fault, Sheet } from '../kit/parts.tsx'
import { matchApi } from './useMatch.tsx'

/** The way out, asked once more: nothing of it comes back. */
export function Leave() {
  const [asking, setAsking] = useState(false)
  const leave = useAct((_: null, key) => call(matchApi.leave, anything, { method: 'POST', key }))
  return (
    <>
      <button type="button" className="button button-wide" onClick={() => setAsking(true)}>
        退出并删除
      </button>
      {asking && (
        <Sheet title="退出交友？" onClose={() => setAsking(false)}>
          <p>您的卡片、联系方式、全部回答和牵手立即删除，不能恢复；单身声明同时收回。以后可以重新参加。</p>
          {leave.error && <Fault error={leave.error} />}
          <div className="acts">
            <button type="button" className="button" style={{ flex: 1 }} onClick={() => setAsking(false)}>
              再想想
            </button>
            <button
              type="button"
              className="button button-main"
              style={{ flex: 1 }}
              disabled={leave.busy}
              onClick={() => leave.run(null)}
            >
              退出并删除
            </button>
          </div>
        </Sheet>
      )}
    </>
  )
}
