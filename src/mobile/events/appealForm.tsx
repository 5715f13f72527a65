import { useState } from 'react'
import { anything, call } from '../../web/api/client.dom.ts'
import { useAct } from '../../web/api/hooks.tsx'
import { issueAt } from '../../web/api/problem.ts'
import { Fault } from '../kit/parts.tsx'

/** Why she did not come, in her words, once. */
export function AppealForm({ path }: { path: string }) {
  const [words, setWords] = useState('')
  const act = useAct((body: { words: string }, key) => call(path, anything, { method: 'POST', key, body }))
  const fault = issueAt(act.error, 'words')
  return (
    <form
      className="card form"
      onSubmit={(event) => {
        event.preventDefault()
        act.run({ words: words.trim() })
      }}
    >
      <label className="field">
        没有到场的原因
        <span className="soft small">只有主办单位和本单位看得到；不用写病情等细节。</span>
        <textarea
          rows={3}
          maxLength={300}
          required
          value={words}
          aria-invalid={fault !== undefined}
          onChange={(event) => setWords(event.target.value)}
        />
        {fault && <span className="fault">{fault}</span>}
      </label>
      {act.error && !fault && <Fault error={act.error} again={act.again} />}
      <button
        type="submit"
        className="button button-main button-wide"
        disabled={act.busy || words.trim() === ''}
      >
        {act.busy ? '正在提交…' : '提交'}
      </button>
    </form>
  )
}
