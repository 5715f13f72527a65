import './room.css'
import { useMutation } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { Alert, App, Button, Card, Tabs, Tag } from 'antd'
import { useState } from 'react'
import { roomDetail, type RoomDetail } from '#programmes/careRoom/api.ts'
import { callFile } from '../api/client.dom.ts'
import { useApi } from '../api/hooks.tsx'
import { toProblem } from '../api/problem.ts'
import { PageHead } from '../kit/pageHead.tsx'
import { Loaded } from '../kit/states.tsx'
import { save } from '../my/save.dom.ts'
import { paths } from '../paths.ts'
import { roomApi, type Tab } from './addresses.ts'
import { CheckModal } from './checkModal.tsx'
import { LedgerCard } from './ledgerCard.tsx'
import { ListingModal } from './listingModal.tsx'
import type { Opened } from './opened.ts'
import { PointCard } from './pointCard.tsx'
import { PointModal } from './pointModal.tsx'
import { RatingTab } from './ratingTab.tsx'
import { ReportsCard } from './reportsCard.tsx'
import { UseTab } from './useTab.tsx'

const route = getRouteApi(paths.room)

/** One room: its point in each system, and its way onto the maps. */
export function RoomPage() {
  const { id } = route.useParams()
  const query = useApi(roomApi.room(id), roomDetail)
  return <Loaded query={query}>{(detail) => <Room detail={detail} />}</Loaded>
}

function Room({ detail }: { detail: RoomDetail }) {
  const { room, point } = detail
  const { tab = 'map' } = route.useSearch()
  const navigate = route.useNavigate()
  const { message } = App.useApp()
  const card = useMutation({
    mutationFn: async () =>
      save(
        `上图提交卡_${room.title}.docx`,
        await callFile(roomApi.card(room.id), { method: 'POST', body: {} }),
      ),
    onError: (error) => void message.error(toProblem(error).message),
  })
  return (
    <>
      <PageHead
        title={room.title}
        sub={
          <>
            {room.org.name} · 建成 <span className="num">{room.builtOn}</span>
          </>
        }
        extra={
          <>
            <Link className="link room-back" to={paths.rooms}>
              返回台账
            </Link>
            <Button
              loading={card.isPending}
              disabled={point === null}
              title={point === null ? '先填写坐标' : undefined}
              onClick={() => card.mutate()}
            >
              打印提交卡
            </Button>
          </>
        }
      />
      <div className="room-tags">
        {room.delistedOn && <Tag color="red">{room.delistedOn} 已摘牌</Tag>}
        {room.rank && <Tag color="red">{room.rank}</Tag>}
        {room.isOpen ? <Tag color="green">今天计入对外开放</Tag> : <Tag>今天不计入对外开放</Tag>}
      </div>
      <ReportsCard detail={detail} />
      <Tabs
        activeKey={tab}
        onChange={(key) => void navigate({ search: { tab: key as Tab }, replace: true })}
        items={[
          { key: 'map', label: '坐标和上图', children: <MapTab detail={detail} /> },
          { key: 'rank', label: '评定和检查', children: <RatingTab detail={detail} /> },
          { key: 'use', label: '使用情况', children: <UseTab detail={detail} /> },
        ]}
      />
    </>
  )
}

/** Where it stands, and its way onto the maps. */
function MapTab({ detail }: { detail: RoomDetail }) {
  const { room, details, unlike } = detail
  const [opened, setOpened] = useState<Opened>(null)
  const shared = { detail, onClose: () => setOpened(null) }
  return (
    <>
      {unlike.length > 0 && (
        <Alert
          type="warning"
          showIcon
          className="room-alert"
          title={`${unlike.join('、')}的上线时间与填报记录不一致，请核对；指标按填报记录计`}
        />
      )}
      {room.faults.length > 0 && (
        <Alert
          type="info"
          showIcon
          className="room-alert"
          title="提交前请先处理"
          description={room.faults.join('；')}
        />
      )}
      <div className="room-cards">
        <LedgerCard detail={detail} onOpen={setOpened} />
        <div className="room-column">
          <PointCard detail={detail} onOpen={setOpened} />
          <Card size="small" title="填报的情况">
            <dl className="room-facts">
              {details.map(({ label, text }) => (
                <div key={label}>
                  <dt>{label}</dt>
                  <dd>{text}</dd>
                </div>
              ))}
            </dl>
          </Card>
        </div>
      </div>
      {opened?.kind === 'point' && <PointModal {...shared} />}
      {opened?.kind === 'listing' && <ListingModal {...shared} vendor={opened.vendor} />}
      {opened?.kind === 'check' && <CheckModal {...shared} vendor={opened.vendor} />}
    </>
  )
}
