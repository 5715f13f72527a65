import { savedDraft, type SaveDraft } from '#record/api.ts'
import { call } from '../api/client.dom.ts'
import { toProblem } from '../api/problem.ts'
import { api } from '../paths.ts'
import type { Attempt } from './autosave.ts'
import type { Values } from './formState.ts'

export type DraftHead = { id: string } & Pick<SaveDraft, 'programme' | 'kind' | 'recordId' | 'baseVersion'>

/** Puts a draft on the server where it still holds the copy `seen`; otherwise tells what it holds. */
export async function putDraft({ id, ...head }: DraftHead, values: Values, seen: number): Promise<Attempt> {
  const body: SaveDraft = { ...head, body: values, sequence: seen + 1, seen }
  try {
    const saved = await call(api.draft(id), savedDraft, { method: 'PUT', body })
    return saved.theirs
      ? { ok: false, theirs: { values: saved.theirs, sequence: saved.sequence } }
      : { ok: true, at: saved.savedAt }
  } catch (thrown) {
    const { status } = toProblem(thrown)
    return { ok: false, again: status === 0 || status === 401 || status >= 500, error: thrown }
  }
}
