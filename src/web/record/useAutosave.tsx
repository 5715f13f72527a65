import { useEffect, useState } from 'react'
import type { Me } from '#identity/api.ts'
import type { Programme } from '#kit/programme.ts'
import { isSessionLost, subscribeSession } from '../api/session.dom.ts'
import { Autosave, type SaveState } from './autosave.ts'
import { forgetLocal, keepLocal } from './localDrafts.dom.ts'
import type { Opened } from './opening.dom.ts'
import { putDraft } from './putDraft.dom.ts'
import { openHere } from './unsent.dom.ts'

/** Personal and sensitive classes never enter the browser's store (个人信息保护法 第五十一条). */
export const mayKeepHere = (programme: Programme): boolean =>
  programme.class === 'S0' || programme.class === 'S1'

function queueOf(
  programme: Programme,
  opened: Opened,
  { account, post }: Me,
  onState: (state: SaveState) => void,
): { queue: Autosave; settle: () => void } {
  const { id, kind, recordId, baseVersion, moved, base } = opened
  // While she has still to choose between hers and the record's, the draft stays one of the version that it was begun on.
  const waits = moved !== null && base.sequence > 0 && opened.rivals.some((rival) => rival.inRecord)
  const head = { programme: programme.key, kind, recordId, baseVersion: waits ? moved.from : baseVersion }
  const settle = (): void => {
    head.baseVersion = baseVersion
  }
  const queue = new Autosave(
    {
      put: (values, seen) => putDraft({ id, ...head }, values, seen),
      keep: (kept) => {
        if (!mayKeepHere(programme)) return Promise.resolve(false)
        const typedAt = new Date().toISOString()
        return keepLocal({ ...kept, ...head, id, account: account.id, post: post.id, typedAt })
      },
      later: (act, ms) => {
        const timer = window.setTimeout(act, ms)
        return () => window.clearTimeout(timer)
      },
      onState: (state) => {
        // What waits for her choice stays here too: the server holds the other side of it.
        if (state.kind === 'saved' && queue.rivals.length === 0) void forgetLocal(id)
        onState(state)
      },
    },
    opened,
  )
  return { queue, settle }
}

/** The queue of one open form: saves on the way out, and at once when the line or the session is back. */
export function useAutosave(programme: Programme, opened: Opened, me: Me) {
  const [state, setState] = useState<SaveState>({ kind: 'untouched' })
  const [{ queue, settle }] = useState(() => queueOf(programme, opened, me, setState))
  useEffect(() => {
    const flush = (): void => void queue.flush()
    const onSession = (): void => {
      if (!isSessionLost()) flush()
    }
    const unsubscribe = subscribeSession(onSession)
    const close = openHere(opened.id)
    window.addEventListener('online', flush)
    window.addEventListener('pagehide', flush)
    return () => {
      flush()
      close()
      unsubscribe()
      window.removeEventListener('online', flush)
      window.removeEventListener('pagehide', flush)
    }
  }, [queue, opened.id])
  return { queue, settle, state }
}
