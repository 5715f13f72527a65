import { forgetLocal, listLocal, type LocalDraft } from './localDrafts.dom.ts'
import { imprint, same, withTheirs } from './merge.ts'
import { putDraft } from './putDraft.dom.ts'

// Drafts that stand open on this page: their own queue sends them.
const open = new Map<string, number>()
const listeners = new Set<() => void>()

/** Called when a form was closed: what it could not send is left to this page. */
export function subscribeClosed(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Leaves a draft to its open form; returns the end of it. */
export function openHere(id: string): () => void {
  open.set(id, (open.get(id) ?? 0) + 1)
  return () => {
    const left = (open.get(id) ?? 1) - 1
    if (left > 0) open.set(id, left)
    else open.delete(id)
    for (const listener of listeners) listener()
  }
}

/** A draft that is here and not on the server: for want of a line, or because she has to look at it first. */
export type Unsent = { draft: LocalDraft; why: 'line' | 'look' }

async function send(draft: LocalDraft): Promise<Unsent | null> {
  const { base, tried } = draft
  const values = withTheirs(draft.values, draft.rivals)
  const done = async (): Promise<Unsent | null> => {
    if (draft.rivals.length > 0) return { draft, why: 'look' }
    await forgetLocal(draft.id)
    return null
  }
  if (same(values, base.values)) return done()
  const { id, programme, kind, recordId, baseVersion } = draft
  const head = { id, programme, kind, recordId, baseVersion }
  let attempt = await putDraft(head, values, base.sequence)
  if (!attempt.ok && 'theirs' in attempt && tried.includes(imprint(attempt.theirs.values)))
    attempt = await putDraft(head, values, attempt.theirs.sequence)
  if (attempt.ok) return done()
  return { draft, why: 'again' in attempt && attempt.again ? 'line' : 'look' }
}

/**
 * Sends what was typed without a line and closed since, each draft under its own id; what stays is told.
 * @param all those that stand open on this page too, before they are left
 */
export async function sendUnsent(account: string, post: string, all = false): Promise<Unsent[]> {
  const left: Unsent[] = []
  for (const draft of await listLocal(account, post)) {
    if (!all && open.has(draft.id)) continue
    const stays = await send(draft)
    if (stays) left.push(stays)
  }
  return left
}
