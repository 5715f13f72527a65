import { useQueries } from '@tanstack/react-query'
import { rowList, rowsPerPage, type IntakeRow } from '#intake/api.ts'
import type { LineState } from '#intake/target.ts'
import { call } from '../api/client.dom.ts'
import { api } from '../paths.ts'
import { withQuery } from '../urlState.ts'

/** A page that is only passed by is not asked for. */
const glanceMs = 60

const glance = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, glanceMs)
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      reject(signal.reason as Error)
    })
  })

type Asked = { id: string; sheet: string; only: LineState | undefined }

/** Rows of the pages in sight; the others are asked for when they come into sight. Old rows stay while new ones come. */
export function usePages({ id, sheet, only }: Asked, first: number, last: number) {
  const pages: number[] = []
  for (let page = Math.floor(first / rowsPerPage); page <= Math.floor(last / rowsPerPage); page++)
    pages.push(page)
  const found = useQueries({
    queries: pages.map((page) => {
      const path = withQuery(api.intakeRows(id), {
        sheet,
        state: only,
        from: page === 0 ? undefined : String(page * rowsPerPage),
      })
      return {
        queryKey: [path],
        queryFn: async ({ signal }: { signal: AbortSignal }) => {
          await glance(signal)
          return call(path, rowList, { signal })
        },
      }
    }),
  })
  const rowAt = (at: number): IntakeRow | undefined => {
    const page = found[Math.floor(at / rowsPerPage) - (pages[0] ?? 0)]?.data
    return page?.rows[at - page.from]
  }
  return { rowAt, isBusy: found.some((query) => query.isFetching), error: found.find((q) => q.error)?.error }
}
