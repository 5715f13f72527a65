import { useState, type ReactNode } from 'react'
import type * as z from 'zod/mini'
import { useApi } from '../api/hooks.tsx'
import { stringifySearch } from '../urlState.ts'
import { KeyPager } from './keyPager.tsx'

/** A list that comes page by page: the page looked at, and the buttons to stand below it. @param path may hold a query already */
export function usePages<T extends { next: string | null }>(path: string, schema: z.ZodMiniType<T>) {
  const [keys, setKeys] = useState<string[]>([])
  const after = stringifySearch({ after: keys.at(-1) })
  const query = useApi(path + (path.includes('?') ? after.replace('?', '&') : after), schema, { keep: true })
  const next = query.isPlaceholderData ? null : (query.data?.next ?? null)
  const pager: ReactNode = <KeyPager keys={keys} onKeys={setKeys} next={next} />
  return { query, pager }
}
