import { openDB, type DBSchema } from 'idb'
import type { AnyRow } from '#kit/programme.ts'

/** A draft as it stood when it was last typed into; newer than the server's while `sequence` is above it. */
export type LocalDraft = {
  id: string
  account: string
  programme: string
  kind: 'draft' | 'correction'
  recordId: string | null
  baseVersion: number | null
  body: AnyRow
  sequence: number
  typedAt: string
}

interface Store extends DBSchema {
  drafts: { key: string; value: LocalDraft }
}

const open = () =>
  openDB<Store>('jinguo', 1, { upgrade: (db) => void db.createObjectStore('drafts', { keyPath: 'id' }) })

/** Keeps a draft in this browser. Without IndexedDB (private window) nothing is kept and nothing breaks. */
export async function keepLocal(draft: LocalDraft): Promise<boolean> {
  try {
    await (await open()).put('drafts', draft)
    return true
  } catch {
    return false
  }
}

/** The local copy of a draft, or null; another account's copy is never shown. */
export async function findLocal(id: string, account: string): Promise<LocalDraft | null> {
  try {
    const kept = await (await open()).get('drafts', id)
    return kept?.account === account ? kept : null
  } catch {
    return null
  }
}

export async function forgetLocal(id: string): Promise<void> {
  try {
    await (await open()).delete('drafts', id)
  } catch {
    // Nothing was kept.
  }
}

/** At sign-out: nothing of hers stays on a shared computer. */
export async function wipeLocalDrafts(): Promise<void> {
  try {
    await (await open()).clear('drafts')
  } catch {
    // Nothing was kept.
  }
}
