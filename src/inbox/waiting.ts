import type { OrgBrief } from '#org/api.ts'
import type { Box } from '#record/api.ts'
import type { LimitKind } from '#rules/api.ts'

/** Something of a domain that stands in an inbox: what, from whom, until when, how long it takes, and where it is dealt with. */
export type Waiting = {
  box: Box
  /** Unique among all that waits. */
  id: string
  kind: 'task' | 'matter'
  /** What it is, in a word or two. */
  label: string
  /** Names nothing of a class above S2: of a file in confidence only that there is one. */
  title: string
  org: OrgBrief
  person?: string
  at: string
  /** What is asked of her, or who has it now. */
  what: string
  /** A day, or the term of a turn that began with `at`. */
  due: { on: string } | { turn: LimitKind } | null
  minutes: number | null
  /** Address within the workbench. */
  link: string
}

/** What an act of one look and one word takes. */
export const aLook = 1
/** What a paper of one page takes to be read and judged. */
export const aPaper = 5
