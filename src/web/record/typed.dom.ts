import { v4 as uuid } from 'uuid'
import { savedTyped, typedHeld, type SavedTyped, type SaveTyped, type TypedCopy } from '#record/typedApi.ts'
import { anything, call } from '../api/client.dom.ts'
import { api } from '../paths.ts'
import { findAnswers, forgetAnswers, type LocalAnswers } from './localDrafts.dom.ts'
import { beginTyped, stands, type Asked, type Begun } from './typed.ts'

/** So long the server is waited for; what it says later is found when the next change is put there. */
const mostMs = 3000

async function findHeld(form: string): Promise<TypedCopy | null | 'unanswered'> {
  try {
    return (await call(api.typed(form), typedHeld, { signal: AbortSignal.timeout(mostMs) })).held
  } catch {
    return 'unanswered'
  }
}

/**
 * With what a form begins that was left here or at another machine. What this browser alone has is given back at once by `onHere`;
 * what the server had, and has no more, is forgotten here too.
 */
export async function openTyped(
  form: string,
  { account, post }: { account: string; post: string },
  asked: Asked,
  onHere?: (here: LocalAnswers) => void,
): Promise<Begun> {
  const asking = findHeld(form)
  const local = await findAnswers(form, account, post)
  if (local && !local.isSaved && stands(local, asked)) onHere?.(local)
  const held = await asking
  const begun = beginTyped(local, held, asked)
  if (local?.isSaved && held === null) {
    const now = await findAnswers(form, account, post)
    if (now?.typedAt === local.typedAt) await forgetAnswers(form, post)
  }
  return begun
}

/** Puts what is typed on the server; null where it does not answer, and the next change tries again. */
export async function putTyped(form: string, body: SaveTyped): Promise<SavedTyped | null> {
  try {
    return await call(api.typed(form), savedTyped, { method: 'PUT', body })
  } catch {
    return null
  }
}

/** What was given up is kept on the server no longer, as far as it is the copy that she has seen. */
export async function dropTyped(form: string, seen: number): Promise<void> {
  if (seen === 0) return
  try {
    await call(`${api.typed(form)}?seen=${seen}`, anything, { method: 'DELETE', key: uuid() })
  } catch {
    // It goes after a month.
  }
}
