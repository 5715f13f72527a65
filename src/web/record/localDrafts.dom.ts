import { openDB, type DBSchema } from 'idb'
import type { Kept } from './autosave.ts'

/** A draft as it stood when it was last typed into, and the server's copy that it grew from. */
export type LocalDraft = Kept & {
  id: string
  account: string
  post: string
  programme: string
  kind: 'draft' | 'correction'
  recordId: string | null
  baseVersion: number | null
  typedAt: string
}

/** What was typed into a form and not yet sent: a survey, pasted rows, an application. */
export type LocalAnswers = {
  id: string
  account: string
  post: string
  /** Of what is asked: other questions were answered before it was changed. */
  version: number
  values: Record<string, unknown>
  typedAt: string
  /** The server's copy that it grew from or became, and whether the server has all of it. */
  seen: number
  isSaved: boolean
}

/** One account may fill in the same form in each of its posts, and several accounts at one computer. */
const keyOf = ({ id, post }: Pick<LocalAnswers, 'id' | 'post'>): string => `${post} ${id}`

interface Store extends DBSchema {
  drafts: { key: string; value: LocalDraft }
  answers: { key: string; value: LocalAnswers & { key: string } }
}

const open = () =>
  openDB<Store>('jinguo', 4, {
    upgrade: (db, from) => {
      if (from < 2 && db.objectStoreNames.contains('drafts')) db.deleteObjectStore('drafts')
      if (!db.objectStoreNames.contains('drafts')) db.createObjectStore('drafts', { keyPath: 'id' })
      // Those of before stood under the form alone.
      if (db.objectStoreNames.contains('answers')) db.deleteObjectStore('answers')
      db.createObjectStore('answers', { keyPath: 'key' })
    },
  })

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

/** What this browser holds of an account in a post, oldest first. */
export async function listLocal(account: string, post: string): Promise<LocalDraft[]> {
  try {
    const all = await (await open()).getAll('drafts')
    return all
      .filter((kept) => kept.account === account && kept.post === post)
      .sort((a, b) => (a.typedAt < b.typedAt ? -1 : 1))
  } catch {
    return []
  }
}

export async function forgetLocal(id: string): Promise<void> {
  try {
    await (await open()).delete('drafts', id)
  } catch {
    // Nothing was kept.
  }
}

export async function keepAnswers(answers: LocalAnswers): Promise<boolean> {
  try {
    await (await open()).put('answers', { ...answers, key: keyOf(answers) })
    return true
  } catch {
    return false
  }
}

/** What she typed into a form in this post and did not send; another's is never shown. */
export async function findAnswers(id: string, account: string, post: string): Promise<LocalAnswers | null> {
  try {
    const kept = await (await open()).get('answers', keyOf({ id, post }))
    return kept?.account === account ? kept : null
  } catch {
    return null
  }
}

export async function forgetAnswers(id: string, post: string): Promise<void> {
  try {
    await (await open()).delete('answers', keyOf({ id, post }))
  } catch {
    // Nothing was kept.
  }
}

/** At sign-out: nothing of hers stays on a shared computer. */
export async function wipeLocalDrafts(): Promise<void> {
  try {
    const store = await open()
    await Promise.all([store.clear('drafts'), store.clear('answers')])
  } catch {
    // Nothing was kept.
  }
}
