import { personLabels } from '#person/form.ts'
import type { PersonDetail } from '#person/api.ts'
import type { Values } from '../record/formState.ts'
import { merge, type Rival } from '../record/merge.ts'

export type Met = { values: Values; rivals: Rival[]; taken: string[] }

const sealed = ['idNumber', 'phone'] as const

const labelOf = (field: string): string => (personLabels as Record<string, string>)[field] ?? field

/**
 * Her form and what a colleague saved meanwhile. Of sealed values only the mask is known here: that it changed is told, what
 * she typed of them stays typed.
 */
export function meetPerson(values: Values, was: PersonDetail, now: PersonDetail): Met {
  const { taken, ...met } = merge(was.values, values, now.values)
  const masked = sealed.filter((field) => was.masks[field] !== now.masks[field])
  return {
    ...met,
    taken: [
      ...taken.map(labelOf),
      ...masked.map((field) => `${labelOf(field)}（现为 ${now.masks[field] ?? '没有登记'}）`),
    ],
  }
}
