import { useState } from 'react'

/** A reviewer's located remarks, not yet sent: at most one a field, numbered in the order of the form. */
export type Remarks = {
  at: (field: string) => string | undefined
  set: (field: string, body: string) => void
  remove: (field: string) => void
  clear: () => void
  list: { field: string; body: string }[]
}

/** Remarks of one record; `key` of the component that holds them should be the record's id. */
export function useRemarks(): Remarks {
  const [bodies, setBodies] = useState<Readonly<Record<string, string>>>({})
  return {
    at: (field) => bodies[field],
    set: (field, body) => setBodies((old) => ({ ...old, [field]: body })),
    remove: (field) =>
      setBodies((old) => Object.fromEntries(Object.entries(old).filter(([at]) => at !== field))),
    clear: () => setBodies({}),
    list: Object.entries(bodies)
      .filter(([, body]) => body.trim() !== '')
      .map(([field, body]) => ({ field, body: body.trim() })),
  }
}
