import { v4 as uuid } from 'uuid'
import { savedTyped, typedHeld, type SavedTyped, type SaveTyped, type TypedCopy } from '#record/typedApi.ts'
import { anything, call } from '../api/client.dom.ts'
import { api } from '../paths.ts'
import { findAnswers, forgetAnswers } from './localDrafts.dom.ts'
import { beginTyped, type Asked, type Begun } from './typed.ts'

/** What the server holds of a form, or null: also where it does not answer; then this browser's copy stands. */
async function findHeld(form: string): Promise<TypedCopy | null> {
  try {
    return (await call(api.typed(form), typedHeld)).held
  } catch {
    return null
  }
}

/** With what a form begins that was left here or at another machine. */
export async function openTyped(
  form: string,
  { account, post }: { account: string; post: string },
  asked: Asked,
): Promise<Begun> {
  const [local, held] = await Promise.all([findAnswers(form, account, post), findHeld(form)])
  return beginTyped(local, held, asked)
}

/** Puts what is typed on the server; null where it does not answer, and the next change tries again. */
export async function putTyped(form: string, body: SaveTyped): Promise<SavedTyped | null> {
  try {
    return await call(api.typed(form), savedTyped, { method: 'PUT', body })
  } catch {
    return null
  }
}

/** What was sent or given up is kept nowhere. */
export async function dropTyped(form: string, post: string): Promise<void> {
  await forgetAnswers(form, post)
  try {
    await call(api.typed(form), anything, { method: 'DELETE', key: uuid() })
  } catch {
    // It goes after a month.
  }
}
