import type { TypedCopy } from '#record/typedApi.ts'
import type { LocalAnswers } from './localDrafts.dom.ts'

/** What is asked: what was typed for another version, or sent since, is done with. */
export type Asked = { version: number; sentAt: string | null }

type Copy = Pick<LocalAnswers, 'version' | 'values' | 'typedAt' | 'seen' | 'isSaved'>

const stands = ({ version, typedAt }: { version: number; typedAt: string }, asked: Asked): boolean =>
  version === asked.version && !(asked.sentAt !== null && Date.parse(typedAt) < Date.parse(asked.sentAt))

/** With what a form begins: `seen` is the server's copy that stands, `rival` what was typed elsewhere and is not in it. */
export type Begun = {
  values: Record<string, unknown> | null
  seen: number
  from: 'here' | 'elsewhere' | null
  rival: TypedCopy | null
}

/**
 * Of what this browser holds and what the server holds, the one to go on with: what was typed here and has not arrived goes first,
 * and what was typed elsewhere meanwhile is offered beside it; neither is lost.
 */
export function beginTyped(local: Copy | null, held: TypedCopy | null, asked: Asked): Begun {
  const seen = held?.sequence ?? 0
  const here = local && stands(local, asked) ? local : null
  const there = held && stands(held, asked) ? held : null
  if (!here) return { values: there?.values ?? null, seen, from: there ? 'elsewhere' : null, rival: null }
  if (!there || here.seen === there.sequence) return { values: here.values, seen, from: 'here', rival: null }
  return here.isSaved
    ? { values: there.values, seen, from: 'elsewhere', rival: null }
    : { values: here.values, seen, from: 'here', rival: there }
}
