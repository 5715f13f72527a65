import { useRules } from '../rules/useRules.tsx'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { Issue, Programme } from '#kit/programme.ts'
import type { OrgBrief } from '#org/api.ts'
import type { Autosave } from './autosave.ts'
import { byField, judge, layoutOf, withValue, type Values } from './formState.ts'
import type { Rival } from './merge.ts'
import { splitCoHosts, type Opened } from './opening.dom.ts'

const linesOf = (value: unknown): readonly Values[] => (Array.isArray(value) ? (value as Values[]) : [])

type Form = Pick<Opened, 'values' | 'coHosts' | 'rivals' | 'taken'>

const formOf = ({ values, coHosts, rivals, taken }: Opened): Form => ({ values, coHosts, rivals, taken })

/** The values of one open form, what is wrong with them, and where that may already be said. */
export function useRecordForm(
  programme: Programme,
  opened: Opened,
  { queue, settle }: { queue: Autosave; settle: () => void },
  today: string,
) {
  const [form, setForm] = useState(() => formOf(opened))
  const latest = useRef(form)
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set())
  const [told, setTold] = useState(false)
  const [fromServer, setFromServer] = useState<readonly Issue[]>([])
  const [warned, setWarned] = useState<readonly Issue[]>([])
  const [focusOn, setFocusOn] = useState<{ field: string } | null>(null)
  const { values, coHosts, rivals, taken } = form

  const change = useCallback(
    (part: Partial<Form>) => {
      latest.current = { ...latest.current, ...part }
      setForm(latest.current)
      const { values, coHosts, rivals } = latest.current
      if (!rivals.some((rival) => rival.inRecord)) settle()
      queue.change(
        { ...values, coHosts },
        rivals.filter((rival) => !rival.inRecord),
      )
    },
    [queue, settle],
  )
  const edit = useCallback(
    (next: (old: Values) => Values) => change({ values: next(latest.current.values) }),
    [change],
  )
  useEffect(() => {
    const end = queue.listen(({ values: body, rivals, taken }) => {
      const ofRecord = latest.current.rivals.filter(
        ({ field, inRecord }) => inRecord && !rivals.some((rival) => rival.field === field),
      )
      latest.current = {
        ...splitCoHosts(body),
        rivals: [...rivals, ...ofRecord],
        taken: [...latest.current.taken, ...taken],
      }
      setForm(latest.current)
    })
    // What only this browser held goes up at once, not with the next key.
    if (opened.recovered || opened.moved !== null) change({})
    return end
  }, [queue, opened, change])
  const set = (name: string, value: unknown): void => {
    edit((old) => withValue(programme, old, name, value))
    setFromServer((old) => old.filter((issue) => issue.field !== name))
    setWarned((old) => old.filter((issue) => issue.field !== name))
  }
  const touch = useCallback(
    (name: string) => setTouched((old) => (old.has(name) ? old : new Set([...old, name]))),
    [],
  )

  const rules = useRules(programme)
  const judged = useMemo(() => judge(programme, values, today, rules), [programme, values, today, rules])
  const faults = byField([...fromServer, ...judged.issues])
  const mayBeSaid = (name: string): boolean =>
    told || touched.has(name) || fromServer.some((issue) => issue.field === name)
  const warnings = [...judged.warnings, ...warned]

  useEffect(() => {
    if (!focusOn) return
    const row = document.querySelector(`[data-field="${CSS.escape(focusOn.field.split('.')[0] ?? '')}"]`)
    const input = document.getElementById(focusOn.field) ?? row?.querySelector('input,textarea')
    row?.scrollIntoView({ block: 'center' })
    if (input instanceof HTMLElement) input.focus({ preventScroll: true })
  }, [focusOn])

  return {
    values,
    coHosts,
    layout: layoutOf(programme, values, today),
    issues: judged.issues,
    warnings,
    warningAt: byField(warnings),
    errorAt: Object.fromEntries(Object.entries(faults).filter(([name]) => mayBeSaid(name))),
    told,
    set,
    /** Several at once, as from the last record. */
    setAll: (part: Values) => edit((old) => ({ ...old, ...part })),
    touch,
    /** Puts the form as it stands on the server, untouched too: files hang on a draft that is there. */
    keep: (): Promise<boolean> => {
      edit((old) => old)
      return queue.flush()
    },
    setCoHosts: (orgs: OrgBrief[]) => change({ coHosts: orgs }),
    rivals,
    taken,
    /** Her choice where here and elsewhere differ. */
    choose: ({ field, theirs }: Rival, side: 'mine' | 'theirs') => {
      const left = latest.current.rivals.filter((rival) => rival.field !== field)
      if (side === 'mine') return change({ rivals: left })
      const body = { ...latest.current.values, coHosts: latest.current.coHosts, [field]: theirs }
      change({ ...splitCoHosts(body), rivals: left })
    },
    linesOf: (name: string) => linesOf(values[name]),
    updateLines: (name: string, next: (lines: readonly Values[]) => readonly Values[]) =>
      edit((old) => ({ ...old, [name]: next(linesOf(old[name])) })),
    /** From now on every fault is said at its field; the first one gets the cursor. */
    tell: (field: string) => {
      setTold(true)
      setFocusOn({ field })
    },
    setFromServer,
    setWarned,
  }
}

export type RecordFormState = ReturnType<typeof useRecordForm>
