import type { TypedCopy } from '#record/typedApi.ts'
import type { LocalAnswers } from './localDrafts.dom.ts'

/** What is asked: what was typed for another version, or sent since, is done with. */
export type Asked = { version: number; sentAt: string | null }

type Copy = Pick<LocalAnswers, 'version' | 'values' | 'typedAt' | 'seen' | 'isSaved'>

export const stands = (
  { version, typedAt }: { version: number; typedAt: string },
  { version: asked, sentAt }: Asked,
): boolean => version === asked && !(sentAt !== null && Date.parse(typedAt) < Date.parse(sentAt))

/** Where what is given back comes from; `sent` = typed here after another machine sent or threw away what it grew from. */
export type From = 'here' | 'elsewhere' | 'sent'

/** With what a form begins: `seen` is the server's copy that it grew from, `rival` what was typed elsewhere and is not in it. */
export type Begun = {
  values: Record<string, unknown> | null
  seen: number
  from: From | null
  rival: TypedCopy | null
}

/**
 * Of what this browser holds and what the server holds, the one to go on with: what was typed here and has not arrived goes first,
 * and what was typed elsewhere meanwhile is offered beside it; neither is lost. Where the server had all of it and has none now,
 * it was sent: it is not offered again.
 */
export function beginTyped(local: Copy | null, held: TypedCopy | null | 'unanswered', asked: Asked): Begun {
  const here = local && stands(local, asked) ? local : null
  if (held === 'unanswered')
    return { values: here?.values ?? null, seen: here?.seen ?? 0, from: here ? 'here' : null, rival: null }
  const seen = held?.sequence ?? 0
  const there = held && stands(held, asked) ? held : null
  if (!here) return { values: there?.values ?? null, seen, from: there ? 'elsewhere' : null, rival: null }
  if (!held && here.isSaved) return { values: null, seen, from: null, rival: null }
  if (!there || here.seen === there.sequence)
    return { values: here.values, seen, from: !held && here.seen > 0 ? 'sent' : 'here', rival: null }
  return here.isSaved
    ? { values: there.values, seen, from: 'elsewhere', rival: null }
    : { values: here.values, seen: here.seen, from: 'here', rival: there }
}
