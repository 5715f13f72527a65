import { keepPreviousData, QueryClient, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { v4 as uuid } from 'uuid'
import type * as z from 'zod/mini'
import { me, type Me } from '#identity/api.ts'
import { call } from './client.dom.ts'
import { ApiProblem } from './problem.ts'
import { api } from '../paths.ts'

const worthRetrying = (failures: number, error: unknown): boolean =>
  failures < 2 && error instanceof ApiProblem && (error.status === 0 || error.status >= 502)

// Without a line a call is made all the same and fails with a sentence: a paused one would only go on turning.
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      networkMode: 'always',
      retry: worthRetrying,
      staleTime: 10_000,
      refetchOnWindowFocus: true,
      refetchOnReconnect: true,
    },
    mutations: { networkMode: 'always', retry: worthRetrying },
  },
})

/** Reads every address anew, after an act or a new sign-in. What a form opened with is no address and stays. */
export const refreshAll = (client: QueryClient): Promise<void> =>
  client.invalidateQueries({
    predicate: ({ queryKey: [path] }) => typeof path === 'string' && path.startsWith('/'),
  })

type UseApi = { enabled?: boolean; keep?: boolean; staleTime?: number; gcTime?: number }

/**
 * Reads an address of the API. The address is the cache key, so the same page twice is one call.
 * @param keep shows the old rows while new ones come (paging, filters)
 */
export function useApi<T>(
  path: string,
  schema: z.ZodMiniType<T>,
  { enabled = true, keep, staleTime, gcTime }: UseApi = {},
) {
  return useQuery({
    queryKey: [path],
    queryFn: ({ signal }) => call(path, schema, { signal }),
    enabled,
    ...(staleTime === undefined ? {} : { staleTime }),
    ...(gcTime === undefined ? {} : { gcTime }),
    ...(keep ? { placeholderData: keepPreviousData } : {}),
  })
}

/** The signed-in person, in the post she acts in. Only below the shell, which has loaded it. */
export function useMe(): Me {
  const { data } = useApi(api.me, me, { staleTime: 60_000 })
  if (!data) throw new Error('useMe outside the shell')
  return data
}

/**
 * A user's act: `run(values)` takes a fresh Idempotency-Key, `again()` repeats the last one with its key,
 * so that an act whose answer was lost is not done twice. Afterwards every figure and list is read anew.
 * @param once is sent by her hand alone, never again by itself
 */
export function useAct<V, T>(
  act: (values: V, key: string) => Promise<T>,
  onDone?: (result: T, values: V) => void,
  onFailed?: (error: unknown) => void,
  { once = false }: { once?: boolean } = {},
) {
  const client = useQueryClient()
  const mutation = useMutation({
    mutationFn: ({ values, key }: { values: V; key: string }) => act(values, key),
    onSuccess: (result, { values }) => {
      void refreshAll(client)
      onDone?.(result, values)
    },
    onError: (error) => onFailed?.(error),
    ...(once ? { retry: false } : {}),
  })
  return {
    run: (values: V) => mutation.mutate({ values, key: uuid() }),
    again: () => mutation.variables && mutation.mutate(mutation.variables),
    reset: mutation.reset,
    busy: mutation.isPending,
    error: mutation.error,
    done: mutation.data,
  }
}
