import type { Box } from '#record/api.ts'
import { many, steps, type FileState, type Step } from './states.ts'

/** The step that a file waits for, and what is said to whoever takes it. */
export type Next = Pick<Step, 'at' | 'by'> & {
  box: Extract<Box, 'review' | 'fill' | 'returned'>
  what: string
}

const forward: Readonly<Partial<Record<FileState, Next>>> = {
  applied: { ...steps.check, box: 'review', what: '请核对申请' },
  returned: { at: 'unit', by: ['enter'], box: 'returned', what: '被退回，请补正后再报' },
  checked: { ...steps.visit, box: 'fill', what: '请入户调查并登记' },
  visited: { ...many.inquire, box: 'review', what: '请送民政核对收入' },
  verified: { ...many.notice, box: 'review', what: '请安排公示' },
  noticed: { ...many.open, box: 'review', what: '公示期满，请建档' },
  open: { ...steps.recheck, box: 'fill', what: '请做年度复核' },
}

/** States in which the aid centre may have a step to take. */
export const atCentre = (Object.entries(forward) as [FileState, Next][]).flatMap(([state, { at }]) =>
  at === 'unit' ? [] : [state],
)

/** Who has had a file in hand and may not take the step that it waits for. */
export function hadFile(
  state: FileState,
  { applied_person, checked_person }: { applied_person: string; checked_person: string | null },
): (string | null)[] {
  if (state === 'applied') return [applied_person]
  return state === 'noticed' ? [applied_person, checked_person] : []
}

/** Whether she asked herself: then it is hers to mend, and nobody of the union writes in her place. */
export const isHerOwn = (file: { person_id: string; applied_person: string }): boolean =>
  file.person_id === file.applied_person

type Hands = {
  person_id: string
  applied_person: string
  checked_person: string | null
  opened_person: string | null
}
/** Who of the union had a file in hand; she whose it is is none of them. */
export const handsOf = (file: Hands): (string | null)[] =>
  [file.checked_person, file.applied_person, file.opened_person].filter((one) => one !== file.person_id)

/** Null where nobody of the union has a step to take: the answer of the civil affairs is awaited, or it is over. */
export const nextOf = (state: FileState): Next | null => forward[state] ?? null
