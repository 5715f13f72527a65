import { useEffect, useState } from 'react'
import type { Programme } from '#kit/programme.ts'
import { savedDraft, type SaveDraft } from '#record/api.ts'
import { call } from '../api/client.dom.ts'
import { ApiProblem, toProblem } from '../api/problem.ts'
import { isSessionLost, subscribeSession } from '../api/session.dom.ts'
import { api } from '../paths.ts'
import { Autosave, type Attempt, type SaveState } from './autosave.ts'
import type { Values } from './formState.ts'
import { forgetLocal, keepLocal } from './localDrafts.dom.ts'
import type { Opened } from './opening.dom.ts'

/** Personal and sensitive classes never enter the browser's store (个人信息保护法 第五十一条). */
const mayKeepHere = (programme: Programme): boolean => programme.class === 'S0' || programme.class === 'S1'

const elsewhere = (): ApiProblem =>
  new ApiProblem(409, { code: '草稿', message: '这份草稿在另一个页面里更新过，请关闭其中一个页面后刷新' })

async function put(programme: Programme, opened: Opened, values: Values, sequence: number): Promise<Attempt> {
  const body: SaveDraft = {
    programme: programme.key,
    kind: opened.kind,
    recordId: opened.recordId,
    baseVersion: opened.baseVersion,
    body: values,
    sequence,
  }
  try {
    const saved = await call(api.draft(opened.id), savedDraft, { method: 'PUT', body })
    // A higher number than ours: another page has the draft open and is ahead; ours was not taken.
    return saved.sequence > sequence
      ? { ok: false, again: false, error: elsewhere() }
      : { ok: true, at: saved.savedAt }
  } catch (thrown) {
    const { status } = toProblem(thrown)
    return { ok: false, again: status === 0 || status === 401 || status >= 500, error: thrown }
  }
}

function queueOf(programme: Programme, opened: Opened, account: string, onState: (state: SaveState) => void) {
  return new Autosave(
    {
      put: (values, sequence) => put(programme, opened, values, sequence),
      keep: (values, sequence) => {
        if (!mayKeepHere(programme)) return Promise.resolve(false)
        const { id, kind, recordId, baseVersion } = opened
        const typedAt = new Date().toISOString()
        const kept = { id, account, programme: programme.key, kind, recordId, baseVersion }
        return keepLocal({ ...kept, body: values, sequence, typedAt })
      },
      later: (act, ms) => {
        const timer = window.setTimeout(act, ms)
        return () => window.clearTimeout(timer)
      },
      onState: (state) => {
        if (state.kind === 'saved') void forgetLocal(opened.id)
        onState(state)
      },
    },
    opened.sequence,
  )
}

/** The queue of one open form: saves on the way out, and at once when the line or the session is back. */
export function useAutosave(programme: Programme, opened: Opened, account: string) {
  const [state, setState] = useState<SaveState>({ kind: 'untouched' })
  const [queue] = useState(() => queueOf(programme, opened, account, setState))
  useEffect(() => {
    const flush = (): void => void queue.flush()
    const onSession = (): void => {
      if (!isSessionLost()) flush()
    }
    const unsubscribe = subscribeSession(onSession)
    window.addEventListener('online', flush)
    window.addEventListener('pagehide', flush)
    return () => {
      flush()
      unsubscribe()
      window.removeEventListener('online', flush)
      window.removeEventListener('pagehide', flush)
    }
  }, [queue])
  return { queue, state }
}
