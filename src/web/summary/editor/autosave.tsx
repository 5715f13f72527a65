import { useCallback, useEffect, useRef, useState } from 'react'
import type { Draft } from '#figures/summary/draft.ts'
import { paperSaved } from '#figures/summaryApi.ts'
import { call } from '../../api/client.dom.ts'
import { toProblem } from '../../api/problem.ts'
import { summaryApi } from '../addresses.ts'

/** Typing rests so long before it is saved. */
const REST_MS = 1500

export type Saving =
  | { state: 'saved'; at: string | null }
  | { state: 'dirty' }
  | { state: 'saving' }
  | { state: 'failed'; error: unknown }
  | { state: 'conflict'; error: unknown }

export interface Autosave {
  saving: Saving
  /** The text changed. */
  touch: () => void
  /** Saves at once what is not saved yet. @returns the version, or null when it could not be saved */
  flush: (note?: string) => Promise<number | null>
  /** After a conflict: hers goes over theirs, as a new version. */
  saveOver: (version: number) => Promise<number | null>
  /** Starts anew from a version that was taken over. */
  restart: (version: number) => void
}

/**
 * Saves the text while it is written, one request at a time, over the version it was read in. Another's version in between
 * stops the saving and changes nothing of what is on screen.
 */
export function useAutosave(year: number, start: number, text: () => Draft): Autosave {
  const [saving, setSaving] = useState<Saving>({ state: 'saved', at: null })
  const version = useRef(start)
  const dirty = useRef(false)
  const stopped = useRef(false)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const running = useRef<Promise<number | null> | null>(null)
  const read = useRef(text)
  useEffect(() => {
    read.current = text
  })

  const send = useCallback(
    async (note?: string): Promise<number | null> => {
      dirty.current = false
      setSaving({ state: 'saving' })
      try {
        const body = { year, version: version.current, draft: read.current(), ...(note ? { note } : {}) }
        const done = await call(summaryApi.draft, paperSaved, { method: 'PUT', body })
        version.current = done.version
        setSaving(dirty.current ? { state: 'dirty' } : { state: 'saved', at: done.at })
        return done.version
      } catch (error) {
        dirty.current = true
        const isConflict = toProblem(error).status === 409
        stopped.current = isConflict
        setSaving({ state: isConflict ? 'conflict' : 'failed', error })
        return null
      }
    },
    [year],
  )

  const flush = useCallback(
    async (note?: string): Promise<number | null> => {
      clearTimeout(timer.current)
      if (running.current) await running.current
      if (stopped.current) return null
      if (!dirty.current && !note) return version.current
      running.current = send(note).finally(() => (running.current = null))
      return running.current
    },
    [send],
  )

  const touch = useCallback(() => {
    dirty.current = true
    if (stopped.current) return
    setSaving((old) => (old.state === 'saving' || old.state === 'dirty' ? old : { state: 'dirty' }))
    clearTimeout(timer.current)
    timer.current = setTimeout(() => void flush(), REST_MS)
  }, [flush])

  const restart = useCallback((from: number) => {
    clearTimeout(timer.current)
    version.current = from
    dirty.current = false
    stopped.current = false
    setSaving({ state: 'saved', at: null })
  }, [])

  const saveOver = useCallback(
    (over: number) => {
      version.current = over
      stopped.current = false
      dirty.current = true
      return flush('与他人同时修改，以本稿为准')
    },
    [flush],
  )

  useEffect(() => {
    const ask = (event: BeforeUnloadEvent) => {
      if (dirty.current || running.current) event.preventDefault()
    }
    window.addEventListener('beforeunload', ask)
    return () => {
      window.removeEventListener('beforeunload', ask)
      void flush()
    }
  }, [flush])

  return { saving, touch, flush, saveOver, restart }
}
