import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useRef, useState } from 'react'
import { v4 as uuid } from 'uuid'
import { earlierSaved, type EarlierSave } from '#figures/earlier/api.ts'
import { call } from '../api/client.dom.ts'
import { refreshAll } from '../api/hooks.tsx'
import { toProblem } from '../api/problem.ts'
import { earlierApi } from './addresses.ts'
import { cellKey } from './cells.ts'

type Cell = EarlierSave['cells'][number]
export type Saving = { state: 'saved' | 'dirty' | 'saving' } | { state: 'failed'; error: unknown }

/** Typing rests so long before it is saved. */
const REST_MS = 1000
const AT_ONCE = 500

/**
 * Saves what is typed as drafts, one request at a time. What a request could not save stays here and goes with the next one;
 * a cell that the server refuses says so and does not hold up the others.
 */
export function useDrafts(org: number) {
  const client = useQueryClient()
  const [saving, setSaving] = useState<Saving>({ state: 'saved' })
  const [faults, setFaults] = useState<ReadonlyMap<string, string>>(new Map())
  const waiting = useRef(new Map<string, Cell>())
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const running = useRef<Promise<boolean> | null>(null)

  const sendSome = useCallback(async (): Promise<boolean> => {
    const cells = [...waiting.current.values()].slice(0, AT_ONCE)
    if (cells.length === 0) return true
    for (const cell of cells) waiting.current.delete(cellKey(cell.indicator, cell.year))
    setSaving({ state: 'saving' })
    try {
      await call(earlierApi.save, earlierSaved, { method: 'PUT', body: { org, cells }, key: uuid() })
      setFaults((old) => {
        const left = new Map(old)
        for (const cell of cells) left.delete(cellKey(cell.indicator, cell.year))
        return left
      })
      await refreshAll(client)
    } catch (error) {
      const refused = refusedOf(error, cells)
      setFaults((old) => new Map([...old, ...refused]))
      for (const cell of cells) {
        const key = cellKey(cell.indicator, cell.year)
        if (!refused.has(key) && !waiting.current.has(key)) waiting.current.set(key, cell)
      }
      if (refused.size === 0) {
        setSaving({ state: 'failed', error })
        return false
      }
    }
    return true
  }, [client, org])

  const send = useCallback(async (): Promise<boolean> => {
    while (waiting.current.size > 0) if (!(await sendSome())) return false
    setSaving({ state: 'saved' })
    return true
  }, [sendSome])

  /** Saves at once. @returns whether everything is saved */
  const flush = useCallback(async (): Promise<boolean> => {
    clearTimeout(timer.current)
    if (running.current) await running.current
    running.current = send().finally(() => (running.current = null))
    return running.current
  }, [send])

  const touch = useCallback(
    (cells: readonly Cell[]) => {
      for (const cell of cells) waiting.current.set(cellKey(cell.indicator, cell.year), cell)
      setSaving({ state: 'dirty' })
      clearTimeout(timer.current)
      timer.current = setTimeout(() => void flush(), REST_MS)
    },
    [flush],
  )

  useEffect(() => {
    const ask = (event: BeforeUnloadEvent) => {
      if (waiting.current.size > 0 || running.current) event.preventDefault()
    }
    window.addEventListener('beforeunload', ask)
    return () => {
      window.removeEventListener('beforeunload', ask)
      void flush()
    }
  }, [flush])

  return { saving, faults, touch, flush }
}

/** The cells that the server refused, each with its sentence; none where it refused nothing in particular. */
function refusedOf(error: unknown, cells: readonly Cell[]): Map<string, string> {
  const { body, status } = toProblem(error)
  const refused = new Map<string, string>()
  for (const { field, message } of body.issues ?? []) {
    const cell = cells[Number(/^cells\.(\d+)\./.exec(field)?.[1] ?? -1)]
    if (cell) refused.set(cellKey(cell.indicator, cell.year), message)
  }
  // One of the cells moved under her: which, the fresh table shows.
  if (status === 409) for (const cell of cells) refused.set(cellKey(cell.indicator, cell.year), body.message)
  return refused
}
