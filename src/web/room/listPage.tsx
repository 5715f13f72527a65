import './room.css'
import { DownloadOutlined } from '@ant-design/icons'
import { getRouteApi, Link } from '@tanstack/react-router'
import { Button, Card, Dropdown, Grid, Input, Segmented, Table, Tag } from 'antd'
import { useState } from 'react'
import { roomList, shows, type RoomLine, type Show } from '#programmes/careRoom/api.ts'
import { vendors } from '#programmes/careRoom/listing.ts'
import { useApi } from '../api/hooks.tsx'
import { formatCount } from '../format.ts'
import { KeyPager } from '../kit/keyPager.tsx'
import { PageHead } from '../kit/pageHead.tsx'
import { Sideways } from '../kit/sideways.tsx'
import { Blank, Loaded } from '../kit/states.tsx'
import { paths } from '../paths.ts'
import { roomApi } from './addresses.ts'
import { ListingTags } from './stateTags.tsx'

const route = getRouteApi(paths.rooms)

const labels: Readonly<Record<Show, string>> = {
  all: '全部',
  noPoint: '没有坐标',
  faults: '提交前要改',
  due: '待核对',
  open: '已对外开放',
}
const blanks: Readonly<Record<Show, string>> = {
  all: '还没有审核通过的关爱室；先在“女职工特殊关爱室”里填报',
  noPoint: '每间在用的关爱室都有坐标',
  faults: '没有要改的',
  due: '这个月没有要到地图上核对的',
  open: '还没有对外开放并且上图的',
}

/** 关爱室台账: where rooms stand, and how they stand on the maps. */
export function RoomsPage() {
  const navigate = route.useNavigate()
  const { q = '', show = 'all' } = route.useSearch()
  const [keys, setKeys] = useState<string[]>([])
  const query = useApi(roomApi.list({ q: q || undefined, show, after: keys.at(-1) }), roomList, {
    keep: true,
  })
  const look = (to: { q?: string; show?: Show }) => {
    setKeys([])
    void navigate({ search: { q: (to.q ?? q) || undefined, show: to.show ?? show } })
  }
  return (
    <>
      <PageHead
        title="关爱室台账"
        sub="坐标和上图情况；在任一地图上线并对外开放的，计入“对外开放关爱室”"
        extra={
          <>
            <Input.Search
              className="room-search"
              aria-label="名称、地址或单位"
              placeholder="名称、地址或单位"
              allowClear
              defaultValue={q}
              maxLength={40}
              onSearch={(to) => look({ q: to.trim() })}
            />
            {query.data?.mayList && <Books />}
          </>
        }
      />
      <Loaded query={query}>
        {({ rows, counts, next }) => (
          <Card size="small">
            <Sideways label="按情况筛选">
              <Segmented<Show>
                value={show}
                options={shows.map((value) => ({
                  value,
                  label: `${labels[value]} ${formatCount(counts[value])}`,
                }))}
                onChange={(to) => look({ show: to })}
              />
            </Sideways>
            {rows.length === 0 ? (
              <Blank why={q ? '没有符合条件的关爱室' : blanks[show]} />
            ) : (
              <RoomTable rows={rows} />
            )}
            <KeyPager keys={keys} onKeys={setKeys} next={next} />
          </Card>
        )}
      </Loaded>
    </>
  )
}

/** The workbook of each vendor. */
function Books() {
  return (
    <Dropdown
      menu={{
        items: vendors.map((vendor) => ({
          key: vendor,
          label: (
            <a href={roomApi.book(vendor)} download>
              {vendor}提交表
            </a>
          ),
        })),
      }}
    >
      <Button icon={<DownloadOutlined />}>图商提交表</Button>
    </Dropdown>
  )
}

const Name = ({ row }: { row: RoomLine }) => (
  <div>
    <Link className="link" to={paths.room} params={{ id: row.id }}>
      {row.title}
    </Link>
    <small className="room-under">
      {row.org.shortName} · {row.address}
    </small>
  </div>
)

const Point = ({ row }: { row: RoomLine }) => {
  if (row.delistedOn) return <Tag>{row.delistedOn} 摘牌</Tag>
  if (!row.hasPoint) return <Tag color="gold">没有坐标</Tag>
  return row.isOutside ? <Tag color="gold">在市外</Tag> : <Tag color="green">有坐标</Tag>
}

function RoomTable({ rows }: { rows: readonly RoomLine[] }) {
  const wide = Grid.useBreakpoint().lg ?? true
  return (
    <Table
      className="room-table"
      size="small"
      rowKey="id"
      pagination={false}
      dataSource={[...rows]}
      columns={
        wide
          ? [
              { title: '关爱室', render: (_, row) => <Name row={row} /> },
              {
                title: '建成日期',
                width: 110,
                render: (_, row) => <span className="num">{row.builtOn}</span>,
              },
              { title: '级别', width: 90, render: (_, row) => row.rank ?? '—' },
              { title: '坐标', width: 130, render: (_, row) => <Point row={row} /> },
              { title: '上图', width: 330, render: (_, row) => <ListingTags listings={row.listings} /> },
            ]
          : [
              {
                title: '关爱室',
                render: (_, row) => (
                  <div className="room-cell">
                    <Name row={row} />
                    <Point row={row} />
                    <ListingTags listings={row.listings} />
                  </div>
                ),
              },
            ]
      }
    />
  )
}
