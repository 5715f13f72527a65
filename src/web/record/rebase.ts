import type { RecordDetail } from '#record/api.ts'
import { stateLabels } from '#record/workflow.ts'
import type { Values } from './formState.ts'
import { merge, type Rival } from './merge.ts'

type Base = Pick<RecordDetail, 'body' | 'version' | 'history'>

/** A record as it stood at an earlier version: its changes taken back, the newest first. Null where its history is not shown. */
export function bodyAt({ body, version, history }: Base, wanted: number): Values | null {
  const later = history.filter((entry) => entry.version > wanted && entry.version <= version)
  if (later.length < version - wanted) return null
  const was: Record<string, unknown> = { ...body }
  for (const { changes } of later.toSorted((a, b) => b.version - a.version))
    for (const { field, old } of changes) was[field] = old
  return was
}

/** What became of a record since a draft of it was begun. */
export type Moved = { by: string; at: string; state: string; stateWord: string; reviewer: string | null }

export const movedOf = ({ history, state, turnOf }: RecordDetail): Moved => {
  const last = history.at(-1)
  return {
    by: last?.person ?? '有人',
    at: last?.at ?? '',
    state,
    stateWord: stateLabels[state],
    reviewer: turnOf?.name ?? null,
  }
}

type Grown = { values: Values; rivals: readonly Rival[]; taken: readonly string[] }

/**
 * Values that grew from an earlier state of a record, brought onto the record as it stands: what only one side changed is
 * kept from it, the rest is hers to choose. @param base what both grew from, where more is known than the record's version
 */
export function rebase(side: Grown, record: Base, from: number, base?: Values): Grown {
  const merged = merge(base ?? bodyAt(record, from) ?? {}, side.values, record.body)
  const rivals = merged.rivals.map((rival) => ({ ...rival, inRecord: true }))
  const waiting = side.rivals.filter(({ field }) => !rivals.some((rival) => rival.field === field))
  // What she had still to choose stays so, with her side of it in the form.
  const own = Object.fromEntries(waiting.map(({ field }) => [field, side.values[field]]))
  const taken = merged.taken.filter((field) => !Object.hasOwn(own, field))
  return {
    values: { ...merged.values, ...own },
    rivals: [...waiting, ...rivals],
    taken: [...side.taken, ...taken],
  }
}
