import { LeftOutlined, PrinterOutlined, RightOutlined } from '@ant-design/icons'
import { Button, Drawer, Flex } from 'antd'
import { findProgramme } from '#programmes/index.ts'
import { recordDetail } from '#record/api.ts'
import { useApi } from '../api/hooks.tsx'
import { toProblem } from '../api/problem.ts'
import { useHotkeys } from '../kit/hotkeys.tsx'
import { Blank, Loaded } from '../kit/states.tsx'
import { api } from '../paths.ts'
import { ActionBar } from './actionBar.tsx'
import { RecordView } from './recordView.tsx'
import { useRemarks } from './remarks.tsx'

type RecordDrawerProps = {
  programme: string
  /** Closed when null. */
  id: string | null
  /** Ids of the list behind, in its order, for ‹上一条 下一条›. */
  neighbours: readonly string[]
  onGo: (id: string) => void
  onClose: () => void
}

/** A record over the page that it was opened from. */
export function RecordDrawer({ programme, id, neighbours, onGo, onClose }: RecordDrawerProps) {
  const at = id === null ? -1 : neighbours.indexOf(id)
  const previous = at > 0 ? neighbours[at - 1] : undefined
  const next = at >= 0 ? neighbours[at + 1] : undefined
  useHotkeys({
    k: id && previous ? () => onGo(previous) : undefined,
    j: id && next ? () => onGo(next) : undefined,
  })
  return (
    <Drawer
      open={id !== null}
      size={720}
      className="record-drawer"
      rootClassName="record-drawer-root"
      title={findProgramme(programme)?.label ?? '记录'}
      destroyOnHidden
      onClose={onClose}
      extra={
        <Flex gap={4}>
          {neighbours.length > 1 && (
            <>
              <Button
                type="text"
                icon={<LeftOutlined />}
                disabled={!previous}
                title="K"
                onClick={() => previous && onGo(previous)}
              >
                上一条
              </Button>
              <Button
                type="text"
                iconPlacement="end"
                icon={<RightOutlined />}
                disabled={!next}
                title="J"
                onClick={() => next && onGo(next)}
              >
                下一条
              </Button>
            </>
          )}
          <Button
            type="text"
            className="print-button"
            icon={<PrinterOutlined />}
            onClick={() => window.print()}
          >
            打印
          </Button>
        </Flex>
      }
    >
      {id !== null && <DrawerRecord key={id} programme={programme} id={id} />}
    </Drawer>
  )
}

function DrawerRecord({ programme: key, id }: { programme: string; id: string }) {
  const query = useApi(api.record(key, id), recordDetail)
  const remarks = useRemarks()
  const programme = findProgramme(key)
  if (!programme) return <Blank why="没有这个项目" />
  if (query.error && toProblem(query.error).status === 404) {
    return <Blank why="没有这条记录，或者不在您的权限范围内" />
  }
  return (
    <Loaded query={query} rows={10}>
      {(detail) => {
        const mayReturn = detail.actions.some((offer) => offer.action === 'return' && offer.disabled === null)
        return (
          <>
            <RecordView programme={programme} detail={detail} remarks={mayReturn ? remarks : null} />
            <ActionBar detail={detail} remarks={remarks} />
          </>
        )
      }}
    </Loaded>
  )
}
