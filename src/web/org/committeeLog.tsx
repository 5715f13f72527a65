import { Link } from '@tanstack/react-router'
import { recordDetail, recordList } from '#record/api.ts'
import { useApi } from '../api/hooks.tsx'
import { api, paths } from '../paths.ts'
import { withQuery } from '../urlState.ts'

type Seat = { name: string; post: string; fromOn: string; how: string; untilOn?: string | null }
const latest = 3

/** Who sits on the committee, who was co-opted, and its latest meetings, as the accepted records say. */
export function CommitteeLog({ org, recordId }: { org: number; recordId: string }) {
  const { data: record } = useApi(api.record('committee', recordId), recordDetail, { staleTime: 60_000 })
  const { data: meetings } = useApi(
    withQuery(api.records('meeting'), { org: String(org), state: 'accepted', size: '10' }),
    recordList,
    { staleTime: 60_000 },
  )
  const seats = ((record?.body['members'] as Seat[] | undefined) ?? []).toSorted((a, b) =>
    a.fromOn < b.fromOn ? -1 : 1,
  )
  const held = (meetings?.rows ?? []).filter((row) => row.org.id === org)
  if (seats.length === 0 && held.length === 0) return null
  return (
    <div className="term-log">
      {seats.length > 0 && (
        <>
          <h3>副主任和委员</h3>
          <ul>
            {seats.map((seat) => (
              <li key={seat.name + seat.fromOn}>
                {seat.name}（{seat.post}）
                <small>{`${seat.fromOn} ${seat.how}${seat.untilOn ? `，${seat.untilOn} 离任` : ''}`}</small>
              </li>
            ))}
          </ul>
        </>
      )}
      {held.length > 0 && (
        <>
          <h3>会议</h3>
          <ul>
            {held.slice(0, latest).map((row) => (
              <li key={row.id}>
                <Link to={paths.records} params={{ programme: 'meeting' }} search={{ id: row.id }}>
                  {row.title}
                </Link>{' '}
                <small>{row.endsOn}</small>
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  )
}
