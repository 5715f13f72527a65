import { useMemo } from 'react'
import type { Programme } from '#kit/programme.ts'
import { builtInRules, ruleBook, type RuleBook } from '#kit/rule.ts'
import { ruleBookAnswer } from '#rules/tablesApi.ts'
import { useApi } from '../api/hooks.tsx'
import { rulesApi } from './addresses.ts'

/** The dated tables that the checks of a programme ask; what comes with the program until those of the city are here. */
export function useRules(programme: Programme): RuleBook {
  const { data } = useApi(rulesApi.book, ruleBookAnswer, { enabled: programme.ruled })
  return useMemo(() => (data ? ruleBook(data.entered) : builtInRules), [data])
}
