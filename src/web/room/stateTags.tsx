import { Tag } from 'antd'
import type { ListingNow } from '#programmes/careRoom/api.ts'
import type { ListingState } from '#programmes/careRoom/listing.ts'

const colors: Readonly<Record<ListingState, string>> = {
  未提交: 'default',
  已提交: 'blue',
  审核中: 'blue',
  已上线: 'green',
  被驳回: 'red',
  信息有误: 'gold',
  已下线: 'red',
}

export const ListingTag = ({ state }: { state: ListingState }) => <Tag color={colors[state]}>{state}</Tag>

/** How a room stands with each vendor. */
export function ListingTags({ listings }: { listings: readonly ListingNow[] }) {
  return (
    <span className="room-listings">
      {listings.map(({ vendor, state, isDue }) => (
        <span key={vendor}>
          {vendor} <ListingTag state={state} />
          {isDue && <small className="room-due">待核对</small>}
        </span>
      ))}
    </span>
  )
}
