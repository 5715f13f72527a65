import { recordDetail, recordList, type RecordDetail } from '#record/api.ts'
import type { Programme } from '#kit/programme.ts'
import { useApi, useMe } from '../api/hooks.tsx'
import { api } from '../paths.ts'
import { withQuery } from '../urlState.ts'

/** The newest record of the programme in her own unit, for its values to be used again; null where there is none. */
export function useLast(programme: Programme, wanted: boolean): RecordDetail | null {
  const { post } = useMe()
  const search = { org: String(post.org.id), size: '10' }
  const list = useApi(withQuery(api.records(programme.key), search), recordList, { enabled: wanted })
  const last = list.data?.rows.find((row) => row.org.id === post.org.id)
  const detail = useApi(api.record(programme.key, last?.id ?? ''), recordDetail, {
    enabled: last !== undefined,
    staleTime: 600_000,
  })
  return wanted ? (detail.data ?? null) : null
}
