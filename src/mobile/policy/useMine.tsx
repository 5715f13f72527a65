import { suggestionList } from '#help/api.ts'
import { useApi } from '../../web/api/hooks.tsx'

/** What she said to the city tier under her name. */
export const useMine = (isIn: boolean) =>
  useApi('/suggestions', suggestionList, { keep: true, enabled: isIn })
